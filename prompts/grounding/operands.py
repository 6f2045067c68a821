"""The quantities that a calculation may start from: two that belong together, or several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from prompts.grounding.facts import Fact
from prompts.grounding.source import Source
from prompts.grounding.words import stem

_STOP = re.compile(r"[;:](?!\d)|\.\s")
_WHOLE = re.compile(r"\b(?:di\s+cui|dei\s+quali|delle\s+quali|su|contro)\b", re.I)
_AND = re.compile(r"(?:\s+[a-zà-ù]{3,}){0,3}\s+e\s+")
_MORE = re.compile(r"\s*(?:\w+\s+)?(?:in\s+)?(?:più|meno)\b", re.I)
_AFTER = 20
_FEW = 10
_NEAR = 2
_LARGE = 100
_ROW = 8


Tie = Literal["", "said", "part", "more", "and"]


@dataclass(slots=True)
class Pair:
    """Two quantities, with what ties them so that no word of the sentence need say what is done with them: both are said in the
    sentence; a source tells one as part of the other ("87, di cui 51 donne") or as so much more or less ("5, 2 in meno dell'anno
    prima"), or joins the two ("4.100 domestiche e 380 no"). ``far``: a source holds both, but not side by side:
    good for a mean ("a testa") and a product, where chance gives no exact result."""

    a: Fact
    b: Fact
    tie: Tie = ""
    far: bool = False

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        """The two values, never None."""
        assert self.a.value is not None
        assert self.b.value is not None
        return self.a.value, self.b.value

    @property
    def measures(self) -> set[str]:
        """The units, "" for a bare number."""
        return {self.a.unit or "", self.b.unit or ""}

    def label(self, sign: str) -> str:
        """The calculation as text."""
        return f"{self.a.text} {sign} {self.b.text}"


def pairs(
    own: list[Fact], sources: list[Source], earlier: list[Fact], *, share: bool, compared: bool, exact: bool, topic: set[str]
) -> Iterator[Pair]:
    """Operands that belong together. In a source of few numbers any two may; in a long one, one of the two must have been said
    in the sentence or just before it, or any two figures would do for any result. The first source is the input: a sentence that
    cites a precedent takes nothing from there that it does not say. A ``share`` of two measures needs them in one clause;
    an ``exact`` result, with so many digits that chance does not give it, may come from any two of one unit; two of one thing
    that the sentence speaks of (``topic``: its stems) belong together wherever they stand;
    a sentence that compares what is ours with a precedent ("compared") sets the measures of the one against the other's."""
    mine, before, said = _distinct(own), _distinct(earlier), _distinct([*own, *earlier])
    for source in sources:
        numbers = [fact for fact in source.numbers if fact.value and not fact.yearlike and not fact.code]
        few = len(numbers) <= _FEW
        asked = source is not sources[0] or len(sources) == 1
        for at, a in enumerate(numbers):
            for b in numbers[at + 1 : at + 1 + _NEAR] if asked else ():
                between = source.text[a.end : b.start]
                tie = _told(between, source.text[b.end : b.end + _AFTER])
                if (few or tie or (exact and a.unit == b.unit)) and (not share or a.unit == b.unit or not _STOP.search(between)):
                    yield Pair(a, b, tie)
            for b in numbers[at + 1 + _NEAR :] if asked else ():
                if _same_thing(a, b) and stem(a.noun or "")[:7] in topic:
                    yield Pair(a, b)
                elif (few and not share) or (exact and a.unit == b.unit):
                    yield Pair(a, b, far=True)
            yield from (Pair(a, b) for b in mine if a.value != b.value)
            for b in before if asked else ():
                if a.value != b.value and (few or (b.value or 0) > _LARGE and _next_to(numbers, at, b)):
                    yield Pair(a, b)
    for source in sources[1:] if compared else ():
        yield from (
            Pair(a, b)
            for a in sources[0].numbers
            for b in source.numbers
            if not a.code and not b.code and a.unit and a.unit == b.unit and a.value != b.value
        )
    values = {fact.value for fact in mine}
    for at, a in enumerate(said):
        yield from (Pair(a, b, "said" if {a.value, b.value} <= values else "") for b in said[at + 1 :])


def _next_to(numbers: list[Fact], at: int, told: Fact) -> bool:
    """True when a number stands beside one that the text has just told: its table row."""
    return any(one.value == told.value for one in numbers[max(0, at - 1) : at + 2])


def _same_thing(one: Fact, two: Fact) -> bool:
    """ "900 alunni, 60 docenti ... Nel 2024 erano 750 alunni": two quantities of one thing, wherever they stand."""
    return (
        bool(one.noun and two.noun)
        and len(one.noun or "") > 3
        and stem(one.noun or "") == stem(two.noun or "")
        and one.unit == two.unit
    )


def _told(between: str, after: str) -> Tie:
    """What the words between two quantities, and after the second, say of them."""
    if _STOP.search(between):
        return ""
    return "more" if _MORE.match(after) else "part" if _WHOLE.search(between) else "and" if _AND.fullmatch(between) else ""


def rows(fact: Fact, sources: list[Source]) -> Iterator[tuple[Decimal, str]]:
    """Sums of three to eight quantities of one measure that follow each other, and what the first leaves once the others are
    taken from it."""
    share = fact.kind == "percent"
    for source in sources:
        numbers = [one for one in source.numbers if not one.code and _fits(fact, one) and (one.kind == "percent") is share]
        for start in range(len(numbers)):
            total = Decimal(0)
            for stop in range(start, min(start + _ROW, len(numbers))):
                total += numbers[stop].value or 0
                if stop - start >= 2:
                    told = [one.text for one in numbers[start : stop + 1]]
                    yield total, " + ".join(told)
                    yield 2 * (numbers[start].value or 0) - total, " − ".join(told)


def same_things(fact: Fact, sources: list[Source], topic: set[str]) -> Iterator[tuple[Decimal, str]]:
    """Sums of all the quantities of one thing that the sentence speaks of, those of a source that follow each other."""
    for source in sources:
        for noun in {stem(one.noun or "") for one in source.numbers if one.noun and stem(one.noun)[:7] in topic}:
            alike = [one for one in source.numbers if one.noun and stem(one.noun) == noun and one.unit == fact.unit]
            for stop in range(3, len(alike) + 1):
                yield (
                    sum((one.value or Decimal(0) for one in alike[:stop]), Decimal(0)),
                    " + ".join(one.text for one in alike[:stop]),
                )


def neighbours(sources: list[Source]) -> Iterator[Pair]:
    """Each two quantities that follow each other in a source."""
    return (Pair(a, b) for source in sources for a, b in pairwise(source.numbers))


def is_short(sources: list[Source]) -> bool:
    """True when no source holds more than a few quantities."""
    return all(len([one for one in source.numbers if not one.yearlike and not one.code]) <= _FEW for source in sources)


def _distinct(facts: list[Fact]) -> list[Fact]:
    """The quantities that are not zero, each once."""
    return list({(fact.value, fact.unit): fact for fact in facts if fact.value}.values())


def _fits(fact: Fact, operand: Fact) -> bool:
    """The result has the operands' measure; a table's bare number may be anything."""
    return fact.unit == operand.unit or not operand.unit or not fact.unit
