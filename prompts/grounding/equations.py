"""Sums that a sentence states whole, both operands and the result: they are right or wrong whatever else a source holds.

"Da 80 a 50, con una riduzione di 20" is wrong even where the source has a 20 somewhere. Only operands that the sources hold
count: a wrong operand is marked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from prompts.grounding.facts import Fact
from prompts.grounding.rounding import ROUGHLY, close, matches
from prompts.grounding.words import fold

_MORE_THAN = re.compile(
    r"\s*[^\W\d_]*\s*(?:in\s+)?(?:più|meno)\s+(?:rispetto\s+)?(?:a(?:i|l|lle|gli)?|de(?:i|l|lle|gli|ll'|llo)|di)\s"
)
_CHANGE = re.compile(
    r"\b(?:riduzion|aument|diminuzion|increment|cal|crescit|differenz|scart|divari|tagli)\w*\s+(?:\w+\s+)?(?:di|del|dell'|pari\s+a)\s"
    r"(?:\w+\s)?$"
)
_IN_ALL = re.compile(r"\s*(?:[^\W\d_]+\s+)?(?:in\s+tutto|in\s+totale|complessivamente|nel\s+complesso|nell'insieme)(?!\w)")
_OF = re.compile(r"\s*[^\W\d_]*\s*(?:[^\W\d_]+\s+){0,2}(?:su(?:i|lle|gli)?|de(?:i|lle|gli))\s+(?:ogni\s+)?")
_SHARE = re.compile(r"[^.;:\d]{0,45}")
_FROM_TO = re.compile(r"\b(?:da|dai|dal|dalle|dagli)\s+(?:circa\s+|oltre\s+|quasi\s+)?$")
_TO = re.compile(r"\s*[^\W\d_%€]*\s*(?:a|ai|al|alle|agli)\s+(?:circa\s+|oltre\s+|quasi\s+)?")
_NEAR = 60


def wrong_results(body: str, facts: list[Fact], held: list[Fact]) -> Iterator[Fact]:
    """The results that their own operands, told in the sentence and held by the sources, do not give."""
    told = [fact for fact in facts if fact.value is not None and not fact.yearlike and not fact.code]
    for at, fact in enumerate(told):
        others = [one for one in told if one is not fact and one in held]
        results = [
            *_difference(fact, told[:at], told[at + 1 :], body),
            *_change(fact, told[:at], body),
            *_times(fact, told[:at], told[at + 1 :], body),
        ]
        results = [(one, two, result) for one, two, result in results if one in others and two in others]
        wrong = bool(results) and not any(_gives(fact, result) for _one, _two, result in results)
        if wrong or _wrong_total(fact, told[:at], others, body) or _wrong_share(fact, told[:at], others, body):
            yield fact


Result = tuple[Fact, Fact, Decimal]


def _gives(fact: Fact, result: Decimal) -> bool:
    return matches(fact, result) or bool(fact.approx) and close(fact.value or Decimal(0), result, fact.approx)


def _like(one: Fact, two: Fact) -> bool:
    return one.unit == two.unit or "" in (one.unit or "", two.unit or "")


def _minus(one: Fact, two: Fact) -> Result:
    return one, two, abs((one.value or Decimal(0)) - (two.value or Decimal(0)))


def _difference(fact: Fact, before: list[Fact], after: list[Fact], body: str) -> Iterator[Result]:
    """ "5.518, oltre duecento in più dei 5.302 attesi"."""
    if not after or not before or not (found := _MORE_THAN.match(body, fact.end)) or after[0].start - found.end() > 12:
        return
    if fact.kind == "percent" or fact.unit == "volte" or not _like(fact, after[0]):
        return
    yield from (_minus(one, after[0]) for one in before if _like(one, after[0]) and one.kind != "percent")


def _change(fact: Fact, before: list[Fact], body: str) -> Iterator[Result]:
    """ "da ottanta a cinquanta, con una riduzione di trenta"."""
    if fact.kind == "percent" or not _CHANGE.search(fold(body[: fact.start]) + " "):
        return
    for one, two in pairwise(before):
        ends = _FROM_TO.search(body[: one.start].lower()) and _TO.fullmatch(body[one.end : two.start])
        if ends and one.unit == two.unit and _like(one, fact) and fact.start - two.end <= _NEAR:
            yield _minus(one, two)


def _times(fact: Fact, before: list[Fact], after: list[Fact], body: str) -> Iterator[Result]:
    """ "34, più del doppio delle quindici previste"."""
    if fact.unit != "volte" or not fact.approx or not before or not after:
        return
    one, two = before[-1], after[0]
    if re.match(r"\s*(?:d[aei]\w*|di)\s", body[fact.end :]) and two.start - fact.end <= 25 and fact.start - one.end <= _NEAR:
        yield from _ratio(one, two)


def _ratio(one: Fact, two: Fact) -> Iterator[Result]:
    if one.value and two.value and one.unit == two.unit:
        yield one, two, max(one.value, two.value) / min(one.value, two.value)


def _wrong_total(fact: Fact, before: list[Fact], held: list[Fact], body: str) -> bool:
    """ "11 nei nidi, 19 nelle scuole: trenta in tutto"."""
    if fact.kind == "percent" or not _IN_ALL.match(body, fact.end):
        return False
    parts = [one for one in before if one.unit == fact.unit and one.start > body.rfind(". ", 0, fact.start)]
    if len(parts) < 2 or not all(one in held for one in parts):
        return False
    values = [one.value or Decimal(0) for one in parts]
    sums = [sum(values[at:stop], Decimal(0)) for at in range(len(values)) for stop in range(at + 2, len(values) + 1)]
    return not any(_gives(fact, one) for one in [*sums, *(n * values[0] for n in values[1:])])


def _wrong_share(fact: Fact, before: list[Fact], held: list[Fact], body: str) -> bool:
    """ "34 su settanta, poco meno della metà", "45 pratiche su 60, pari al 75 %"."""
    if fact.kind != "percent" or len(before) < 2:
        return False
    one, two = before[-2:]
    if not (one.value and two.value and one.value < two.value and one.unit == two.unit and one.kind != "percent"):
        return False
    if one not in held or two not in held or not _OF.fullmatch(body[one.end : two.start]):
        return False
    if not _SHARE.fullmatch(body[two.end : fact.start]) or re.search(
        r"\b(?:contro|rispetto|atteso|target|obiettivo|previst)", body[two.end : fact.start + 40]
    ):
        return False
    share = 100 * one.value / two.value
    return not (
        _gives(fact, share) or _gives(fact, 100 - share) or fact.approx == ROUGHLY and abs(share - (fact.value or 0)) <= 5
    )
