"""What a question asks for, and which sentences of a result answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Literal

from ingest.passages_text import sentences
from store.constraints import asks_why
from store.lexical_tokens import fold, terms
from store.search_values import Hit
from store.vocabulary import load

Asked = Literal["figures", "reasons", "phases", "precedents", "whole"]
LABELS = 3  # words besides the card's title under which a line says only which card it is
_PHASES = re.compile(r"\b(?:fasi|fase|tappe|passi|passaggi|iter|piano di lavoro|in ordine|da dove si comincia|primo passo)\b")
_FIGURES = re.compile(
    r"\b(?:quant[oiae]|quot[ae]|percentual[ei]|target|valor[ei]|attes[oi]|minim[oa]|massim[oa]|raggiunt\w*|consuntivo|risultat[oi]"
    r"|numero|n\.|tempo medio|tempi|grado|tasso|media|punteggio|voto|volumi|crescita|saliti|scesi|piazzamento|misur\w+"
    r"|indicator[ei]"
    r"|superat\w+|\d+ ?%)"
)
_CAUSE = re.compile(
    r"motivazion|a causa|in quanto|dovut|perche|poiche|in considerazione|in ragione|a seguito|non e stato possibile|per effetto"
    r"|per mancanza|rinviat|posticipat|sospes|ritard|a fronte|stante|visto che|dato che"
)


def asks_for(question: str) -> Asked:
    """What the question wants: reasons before phases before figures; else precedents."""
    said = fold(question)
    if asks_why(question):
        return "reasons"
    if _PHASES.search(said):
        return "phases"
    return "figures" if _FIGURES.search(said) else "precedents"


class Relevance:
    """How much a text speaks of what is asked, by the concepts of the question."""

    def __init__(self, question: str, apart_from: str = "", worth: Mapping[tuple[str, ...], float] | None = None) -> None:
        """``apart_from`` are words that the question uses only to name a body or a year; ``worth`` how rare its concepts are."""
        self._question, self._named, self._worth = question, set(terms(apart_from)), worth or {}

    @cached_property
    def _ways(self) -> list[list[tuple[set[str], float]]]:
        concepts = [c for c in load().concepts(self._question) if not self._named.issuperset(c.own)]
        mean = sum(self._worth.values()) / max(len(self._worth), 1)
        return [[(set(phrase), weight * c.weight * c.topic * ((self._worth.get(c.own, mean) / mean) ** 0.5 if mean else 1.0))
                 for phrase, weight in c.ways] for c in concepts]

    def of(self, text: str) -> float:
        """Sum over the concepts of the best way found in the text."""
        held = set(terms(text))
        return sum(max((w for phrase, w in ways if phrase <= held), default=0.0) for ways in self._ways)


def quotable(hit: Hit, asked: Asked, relevance: Relevance, longest: int) -> list[str]:
    """The sentence or two of a result that answer, in the document's order and words; a table row is one sentence."""
    known = set(terms(hit.title or ""))
    said = (s.strip() for line in hit.text.split("\n") for s in _whole(sentences(line)))
    pieces = [s for s in said if len(s) > 12 and not _frame(s) and len(set(terms(s)) - known) > LABELS]
    if not pieces:
        return [] if hit.rank > 1 else [shortened(hit.text, longest)]
    home = set(hit.found.split("\n"))

    def worth(number: int) -> float:
        said = pieces[number]
        value = relevance.of(said) + (0.5 if any(said in line for line in home) else 0.0) + min(len(said), 200) / 1000
        if asked == "figures" and any(c.isdigit() for c in said):
            value += 0.4
        return value + (1.0 if asked == "reasons" and _CAUSE.search(fold(said)) else 0.0)

    best = sorted(sorted(range(len(pieces)), key=worth, reverse=True)[: 2 if asked != "precedents" else 1])
    return [shortened(pieces[i], longest) for i in best]


def _whole(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences with what was cut inside a parenthesis put together again."""
    held = ""
    for piece in pieces:
        held = f"{held} {piece}" if held else piece
        if held.count("(") <= held.count(")"):
            yield held
            held = ""
    if held:
        yield held


def readable(text: str) -> str:
    """A result's text for people: without the lines that are only the frame of a table, unless nothing else is there."""
    lines = text.split("\n")
    return "\n".join([line for line in lines if not _frame(line)] or lines)


def _frame(piece: str) -> bool:
    """Whether a piece is only the frame of a table or a form: column names, a heading, tick boxes."""
    cells = [cell.strip() for cell in piece.split("|")]
    figures = re.sub(r"\b(?:\d\d?[./]\d\d?[./])?(?:19|20)\d\d\b", "", piece)
    if len(cells) >= 4 and not any(c.isdigit() for c in figures) and max(map(len, cells)) <= 60:
        return True
    letters = [c for c in piece if c.isalpha()]
    heading = piece.endswith("/") or bool(letters) and sum(c.isupper() for c in letters) > 0.85 * len(letters)
    return heading or fold(piece).count("in linea con le attese") > 1


def shortened(text: str, longest: int) -> str:
    """A text cut at a word, the cut shown."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
