"""An answer without a model, built from what was found: figures of the indicators, verbatim sentences, each with its source.

Nothing is rephrased: values are the document's own strings, sentences are quoted, and every line ends with the number of the
result it comes from. Silence where search abstained, with what was looked through and what came nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prompts.answering_figures import Figure, figures, fits, limit_asked
from prompts.answering_words import Asked, Relevance, asks_for, quotable
from store.search_values import Constraint, Hit, SearchResult

SHOWN, ROWS, QUOTES = 5, 10, 4  # results spoken of, lines of figures, sentences quoted
LONGEST = 420  # characters of a quotation


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer with the rank of the result that says it; ``quote`` when its words are the document's."""

    text: str
    rank: int
    quote: bool = False
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: ``text`` for people, ``lines`` with their sources, ``asked`` what the question was taken for."""

    text: str
    lines: tuple[Line, ...] = ()
    asked: Asked = "precedents"


def answer(result: SearchResult) -> Answer:
    """The extractive answer to a search."""
    if result.abstained:
        return Answer(silence(result))
    asked = asks_for(result.query)
    relevance = Relevance(result.query)
    lines = list(_lines(result, asked, relevance))
    if asked == "figures" and (limit := limit_asked(result.query)):
        kept = [line for line in lines if line.figure is not None and fits(line.figure, limit)]
        head = f"{len(kept)} di {sum(line.figure is not None for line in lines)} indicatori trovati, {limit.words}:"
        lines = kept
    else:
        head = HEADS[asked]
    said = [head, *(f"- {line.text} [{line.rank}]" for line in lines), *_sources(result.hits, {line.rank for line in lines})]
    return Answer("\n".join(said), tuple(lines), asked)


HEADS: dict[Asked, str] = {
    "figures": "Valori attesi e risultati nei precedenti trovati:",
    "reasons": "Le ragioni, con le parole dei documenti:",
    "phases": "Le fasi, con le parole dei documenti:",
    "precedents": "I precedenti trovati, con le parole dei documenti:",
}


def _lines(result: SearchResult, asked: Asked, relevance: Relevance) -> Iterator[Line]:
    rows = 0
    for hit in result.hits[:SHOWN]:
        found = figures(hit, relevance) if asked in ("figures", "precedents") else []
        for figure in found[: 3 if asked == "figures" else 1]:
            if rows < ROWS:
                rows += 1
                yield Line(f"{figure.sentence()} ({_who(hit)})", hit.rank, figure=figure)
        if hit.rank <= QUOTES or not found:
            told = max((relevance.of(figure.name) for figure in found), default=-1.0) if asked == "figures" else -1.0
            for sentence in quotable(hit, asked, relevance, LONGEST):
                if relevance.of(sentence) > told:
                    yield Line(f"«{sentence}» ({_who(hit)})", hit.rank, quote=True)


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
    return f"{result.searched} passaggi di {documents}"


def _within(result: SearchResult) -> str:
    limits = _limits(c for c in result.constraints if c.strict)
    return f", {limits}" if limits else ""


def _limits(constraints: Iterable[Constraint]) -> str:
    return ", ".join(("ente " if c.field == "entity" else "anno ") + str(c.value) for c in constraints)
