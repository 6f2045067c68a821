"""RIS011: bands of achievement that overlap or leave gaps, in the document's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scoring.facts import Facts
from scoring.rule import Hit, LegalBasis, Level, Rule, hit
from scoring.rules._sources import SMVP
from scoring.values import number, tidy

_BAND = re.compile(
    r"\b(?:da|dal|tra il|tra)\s*(?:l')?\s*(\d{1,3}(?:,\d+)?)\s*%?\s*(?:a|al|e il|e)\s*(?:l')?\s*(\d{1,3}(?:,\d+)?)\s*%"
)
_LEAST = 3


def check(facts: Facts) -> Iterator[Hit]:
    """Three bands or more in one paragraph, or in paragraphs that follow one another; whole numbers may touch at one point."""
    bands: list[tuple[Decimal, Decimal]] = []
    place: tuple[int | None, int | None] = (None, None)
    for paragraph in [*facts.paragraphs, None]:
        found = [(number(m[1]), number(m[2])) for m in _BAND.finditer(paragraph.text)] if paragraph else []
        usable = [(one, two) for one, two in found if one is not None and two is not None and one < two <= 100]
        if not usable:
            yield from _judge(bands, place)
            bands = []
            continue
        if not bands and paragraph:
            place = (paragraph.page, paragraph.line)
        bands += usable


def _judge(bands: list[tuple[Decimal, Decimal]], place: tuple[int | None, int | None]) -> Iterator[Hit]:
    if len(bands) < _LEAST:
        return
    ordered = sorted(set(bands))
    for (a, b), (c, d) in zip(ordered, ordered[1:], strict=False):
        texts = {"one": f"{tidy(a)}-{tidy(b)}%", "two": f"{tidy(c)}-{tidy(d)}%"}
        if c < b:
            yield hit(
                found=f"{texts['one']} e {texts['two']}",
                expected="fasce che si toccano",
                page=place[0],
                line=place[1],
                key=str(texts),
                one=texts["one"],
                two=texts["two"],
            )
        elif c > b + 1:
            yield hit(
                found=f"{texts['one']} e {texts['two']}",
                expected="fasce che si toccano",
                variant="gap",
                page=place[0],
                line=place[1],
                key=str(texts),
                one=texts["one"],
                two=texts["two"],
            )


RULE = Rule(
    code="RIS011",
    level=Level.ERROR,
    document=check,
    title="Fasce che si sovrappongono o lasciano vuoti",
    message="Le fasce {one} e {two} si sovrappongono.",
    variants={"gap": "Tra le fasce {one} e {two} c'è un vuoto."},
    why="Un risultato che cade in due fasce, o in nessuna, non ha un esito: è successo che le fasce andassero "
    "rettificate con decreto.",
    fix="Fai cominciare ogni fascia dove finisce la precedente e di' quale delle due comprende l'estremo.",
    basis=(SMVP, LegalBasis("Avvocatura dello Stato, D.A.G. 1-4-2022", "rettifica delle fasce sovrapposte", "method")),
)
