"""An answer without a model, built from what was found: figures of the indicators, verbatim sentences, each with its source.

Nothing is rephrased: values are the document's own strings, sentences are quoted, and every line ends with the number of the
result it comes from. Counts and comparisons are computed over the whole archive (``answering_whole``).
Silence where search abstained, with what was looked through and what came nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cards.counted import counted
from prompts.answering_figures import Figure, figures
from prompts.answering_whole import Count, Whole, over_all
from prompts.answering_words import Asked, Relevance, asks_for, quotable
from store.search_values import Constraint, Hit, SearchResult

SHOWN, ROWS, QUOTES = 5, 10, 4  # results spoken of, lines of figures, results whose sentences are quoted
WORTH = 0.35  # share of the best figure's relevance under which a figure is left out
TOLD = 0.25  # the same share for a sentence: a short one may hold the answer in few of the question's words
LONGEST = 420  # characters of a quotation


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer with the rank of the result that says it; ``quote`` when its words are the document's.

    A line of a list over the whole archive has rank 0 and its own ``source`` ("relazione.pdf, p. 12").
    """

    text: str
    rank: int
    quote: bool = False
    figure: Figure | None = None
    source: str | None = None
    card_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: ``text`` for people, ``lines`` with their sources, ``asked`` what the question was taken for."""

    text: str
    lines: tuple[Line, ...] = ()
    asked: Asked = "precedents"

    @property
    def head(self) -> str:
        """Its first line: what was found, or the figure computed."""
        return self.text.split("\n", 1)[0]


HEADS: dict[Asked, str] = {
    "figures": "Valori attesi e risultati nei precedenti trovati:",
    "reasons": "Le ragioni, con le parole dei documenti:",
    "phases": "Le fasi, con le parole dei documenti:",
    "precedents": "I precedenti trovati, con le parole dei documenti:",
    "whole": "",
}


def answer(result: SearchResult, archive: Whole | None = None) -> Answer:
    """The extractive answer to a search; with the archive, counts and comparisons are computed over all of it."""
    if archive is not None and any(c.isalnum() for c in result.query) and (count := over_all(result, archive)):
        return _counted(count)
    if result.abstained:
        return Answer(silence(result))
    asked = asks_for(result.query)
    named = " ".join(f"{c.words} {c.value}" for c in result.constraints if c.field == "entity")
    lines = list(_lines(result, asked, Relevance(result.query, named, result.worth)))
    said = [HEADS[asked], *(f"- {line.text} [{line.rank}]" for line in lines)]
    return Answer("\n".join([*said, *_sources(result.hits, {line.rank for line in lines})]), tuple(lines), asked)


def _counted(count: Count) -> Answer:
    """A computed figure with the list behind it."""
    lines = tuple(Line(row.text, 0, source=", ".join(x for x in (row.document, row.place) if x), card_id=row.card_id)
                  for row in count.rows)
    said = [count.head, *(f"- {line.text} [{line.source}]" for line in lines)]
    if count.more:
        said.append(f"- e altri {count.more}" if count.more > 1 else "- e un altro")
    return Answer("\n".join(said), lines, "whole")


def _lines(result: SearchResult, asked: Asked, relevance: Relevance) -> Iterator[Line]:
    """Figures and sentences of the first results that speak of what is asked, by result."""
    shown = result.hits[:SHOWN]
    found = {hit.rank: _figures(hit, asked, relevance) for hit in shown}
    best = max((relevance.of(f.name) for figures in found.values() for f in figures), default=0.0)
    year = next((int(c.value) for c in result.constraints if c.field == "year"), None)
    least = TOLD * max([best, *(relevance.of(hit.found) for hit in shown)])
    rows, seen = 0, set()
    for hit in shown:
        kept = [f for n, f in enumerate(found[hit.rank]) if relevance.of(f.name) >= WORTH * best or (n == 0 and hit.rank == 1)]
        for figure in kept[: 3 if asked == "figures" else 1]:
            said = f"{figure.sentence(year or hit.year)} ({_who(hit)})"
            if rows < ROWS and said not in seen:
                rows += 1
                seen.add(said)
                yield Line(said, hit.rank, figure=figure)
        told = max((relevance.of(figure.name) for figure in kept), default=-1.0) if asked == "figures" else -1.0
        if hit.rank <= QUOTES or not kept:
            for sentence in quotable(hit, asked, relevance, LONGEST):
                speaks = relevance.of(sentence)
                if " | " in sentence and any(f.name in sentence for f in kept):  # the row that a figure says
                    continue
                tells = speaks > told or (hit.rank == 1 and speaks >= 0.5 * told)
                said = f"«{sentence}» ({_who(hit)})"
                if tells and (speaks >= least and speaks > 0 or hit.rank == 1) and said not in seen:
                    seen.add(said)
                    yield Line(said, hit.rank, quote=True)


def _figures(hit: Hit, asked: Asked, relevance: Relevance) -> list[Figure]:
    return [f for f in figures(hit, relevance) if not f.empty] if asked in ("figures", "precedents") else []


def _who(hit: Hit) -> str:
    return ", ".join(str(x) for x in (hit.entity, hit.year) if x) or hit.document


def _sources(hits: Iterable[Hit], used: set[int]) -> Iterator[str]:
    cited = [hit for hit in hits if hit.rank in used]
    if cited:
        yield ""
        for hit in cited:
            yield f"[{hit.rank}] {hit.document}, {where(hit)}"


def where(hit: Hit) -> str:
    """The place of a result as a reader says it: "p. 12" or "righe 30-34"."""
    if hit.page is not None:
        return f"p. {hit.page}"
    if not hit.lines:
        return "senza posizione"
    first, last = hit.lines[0], hit.lines[-1]
    return f"riga {first}" if first == last else f"righe {first}-{last}"


def silence(result: SearchResult) -> str:
    """What is said when there is no precedent: what was searched, the words met nowhere, the nearest things."""
    if not any(c.isalnum() for c in result.query):
        return "Scrivi una domanda: per esempio «che target abbiamo usato per i tempi di pagamento?»."
    if not result.searched:
        limits = _limits(result.constraints) or "con questi filtri"
        return f"Nessun precedente nell'archivio: {limits} non c'è alcun documento."
    said = ["Nessun precedente nell'archivio per questa domanda.", f"Cercato in {_how_many(result)}{_within(result)}."]
    if result.unknown:
        said.append("Parole che i documenti non usano mai: " + ", ".join(f"«{w}»" for w in result.unknown[:5]) + ".")
    if result.nearest:
        said.append("Le cose meno lontane:")
        said += [f"- {hit.title or hit.found[:80]} ({hit.document}, {where(hit)})" for hit in result.nearest]
    return "\n".join(said)


def _how_many(result: SearchResult) -> str:
    documents = "un documento" if result.documents == 1 else f"{result.documents} documenti"
    return f"{counted(result.searched, 'passaggio', 'passaggi')} di {documents}"


def _within(result: SearchResult) -> str:
    limits = _limits(c for c in result.constraints if c.strict)
    return f", {limits}" if limits else ""


def _limits(constraints: Iterable[Constraint]) -> str:
    return ", ".join(("ente " if c.field == "entity" else "anno ") + str(c.value) for c in constraints)
