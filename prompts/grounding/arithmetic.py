"""Plain arithmetic that a text may do on its sources: differences, sums, shares, averages, counts of acts. Decimal only.

An operation needs a licence: the words of the sentence call for it ("in totale", "in meno"), the two quantities are tied, or the
result is a figure of so many digits that no chance gives it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from cards.quantities import round_half_up
from prompts.grounding.cues import Cues, is_end_point
from prompts.grounding.dates import find_dates
from prompts.grounding.facts import Fact, Parts
from prompts.grounding.operands import Pair, is_short, neighbours, pairs, rows, same_things
from prompts.grounding.rounding import PART, ROUGHLY, close, is_precise, matches
from prompts.grounding.source import Source
from prompts.grounding.spans import is_span
from prompts.grounding.units import TIME
from prompts.grounding.words import content_stems, fold

_CHANGED_BY = re.compile(
    r"\b(?:aument|cresc|cresciut|increment|ridott|ridu|diminu|cal|sces|scend|sal|super)\w*(?:\s\w+){0,2}\s(?:de(?:l|ll'|llo)|di)\s?"
    r"(?:circa |oltre |quasi |poco )?$"
)
_LIST = 40
_ONE_OF = re.compile(r"\bun[oa]?\s+(?:\w+\s+)?(?:d[aei]\w*|su|fra|tra)\s+$", re.I)
_ONE_AND = re.compile(r"\bun[oa]?\b[^.;]*\be(?:d)?\s+$", re.I)
_AND_ONE = re.compile(r"[^.;]*?\be(?:d)?\s+un[oa]?\b", re.I)
_SMALL = 10
_MONEY = 1000


def is_derived(fact: Fact, sentence: str, cues: Cues, own: list[Fact], sources: list[Source], earlier: list[Fact]) -> str | None:
    """The calculation that gives a stated quantity ("61 − 47"), or None. ``own``: the sentence's sourced quantities."""
    if fact.value is None:
        return None
    operands = list(
        pairs(
            own,
            sources,
            earlier,
            share=fact.kind == "percent",
            compared=cues.compared,
            exact=is_precise(fact) or _to_the_cent(fact),
            topic=content_stems(sentence),
        )
    )
    said = {one.value for one in own}
    if fact.kind == "percent":
        found = _percentages(fact, operands, cues, said, bool(_CHANGED_BY.search(fold(sentence[: fact.start])))) or _met(
            fact, sources, said
        )
    elif fact.unit == "punti":
        found = _points(fact, operands)
    elif fact.unit == "volte":
        found = _times(fact, operands)
    else:
        apart = not is_end_point(sentence[: fact.start]) or is_short(sources)
        found = next((label for one in _in_units(fact) if (label := _amounts(one, operands, cues, apart, said))), None)
        found = found or _one_apart(fact, sources)
    if not found and (cues.total or is_precise(fact)) and fact.unit != "punti":
        found = next((label for total, label in rows(fact, sources) if matches(fact, total)), None)
    if not found and cues.total and fact.kind != "percent":
        found = next((label for total, label in same_things(fact, sources, content_stems(sentence)) if fact.value == total), None)
    found = found or _of_the_year(fact, sentence, own + earlier, sources)
    return found or _count(fact, sentence, sources) or is_span(fact, cues, sources, _days_told(sentence))


def _to_the_cent(fact: Fact) -> bool:
    exponent = fact.value.as_tuple().exponent if fact.value else 0
    return not fact.approx and isinstance(exponent, int) and exponent <= -2


def _days_told(sentence: str) -> list[Parts]:
    return [fact.date for fact in find_dates(sentence) if fact.date]


def _in_units(fact: Fact) -> list[Fact]:
    """The quantity as told and, for a span of time, in the units that it may have been worked out in."""
    if fact.unit not in TIME or fact.value is None:
        return [fact]
    spans = [(unit, fact.value * TIME[fact.unit] / TIME[unit]) for unit in TIME if unit != fact.unit]
    return [fact, *(replace(fact, unit=unit, value=span) for unit, span in spans if span == span.to_integral_value())]


def _points(fact: Fact, operands: list[Pair]) -> str | None:
    """A difference of percentages, which is in points."""
    for pair in operands:
        one, two = pair.values
        if (not pair.far or _to_the_cent(fact)) and pair.measures <= {"%", ""} and matches(fact, abs(one - two)):
            return pair.label("−")
    return None


def _times(fact: Fact, operands: list[Pair]) -> str | None:
    """ "quasi quattro volte": how often one quantity holds the other."""
    for pair in operands:
        small, large = sorted(pair.values)
        if not pair.far and len(pair.measures) == 1 and fact.value and close(fact.value, large / small, fact.approx or ROUGHLY):
            return pair.label("/")
    return None


def _amounts(fact: Fact, operands: list[Pair], cues: Cues, apart: bool, said: set[Decimal | None]) -> str | None:
    """Differences, sums, quotients, products and shares of two quantities."""
    precise = is_precise(fact)
    for pair in operands:
        one, two = pair.values
        free = precise or _is_free(fact, pair)
        if "%" in pair.measures:
            if not pair.far and len(pair.measures) == 2 and _of_percent(fact, pair, said):
                return pair.label("×")
            continue
        if (not pair.far or precise) and _alike(fact, pair.measures):
            if apart and (cues.difference or (free and pair.tie != "and")) and _equals(fact, abs(one - two)):
                return pair.label("−")
            if (cues.total or (free and pair.tie != "part")) and _equals(fact, one + two):
                return pair.label("+")
        if fact.unit and fact.kind == "number" and not pair.measures <= {fact.unit, ""}:
            continue
        if cues.each and any(_is_mean(fact, result, cues) for result in (one / two, two / one)):
            return pair.label("/")
        if (cues.product or precise) and "" in pair.measures and matches(fact, one * two):
            return pair.label("×")
    return None


def _of_the_year(fact: Fact, sentence: str, told: list[Fact], sources: list[Source]) -> str | None:
    """Twelve months a year: "300 euro al mese" of 3.600 told or given, "480 pacchi in un anno" of 40 a month."""
    low = fold(sentence)
    given = [one for source in sources for one in source.numbers if not one.code]
    if re.search(r"al mese|ogni mese|mensil", low):
        return next(
            (f"{one.text} / 12" for one in [*told, *given] if one.unit == fact.unit and one.value == 12 * (fact.value or 0)), None
        )
    if re.search(r"\bann(?:o|u[oai])\b|annual", low):
        months = (
            one
            for source in sources
            for one in source.numbers
            if re.match(r".{0,25}(?:al mese|mensil|ogni mese)", fold(source.text[one.end : one.end + 40]))
        )
        return next(
            (f"12 × {one.text}" for one in months if one.unit == fact.unit and one.value and 12 * one.value == fact.value), None
        )
    return None


def _equals(fact: Fact, result: Decimal) -> bool:
    """A sum or a difference needs no rounding: only one told as rough may be rounded."""
    return matches(fact, result) if fact.approx else fact.value == result


def _is_free(fact: Fact, pair: Pair) -> bool:
    """True when the two are tied, and of one unit; a sum of money may leave it out once ("1.350.000 euro, di cui 1.080.000")."""
    alike = len(pair.measures) == 1 or (pair.measures == {"€", ""} and min(pair.values) >= _MONEY)
    return bool(pair.tie) and not fact.approx and alike


def _of_percent(fact: Fact, pair: Pair, said: set[Decimal | None]) -> bool:
    """The 30 % of 600, where the 30 % is said: whole people and things are rounded up or down. Or the 100 that +30 % made 130."""
    share, base = (pair.a, pair.b) if pair.a.kind == "percent" else (pair.b, pair.a)
    if share.value is None or base.value is None:
        return False
    if fact.approx and share.value < 100 and matches(fact, base.value * 100 / (100 + share.value)):
        return True
    if fact.value is None or share.value >= 100:
        return False
    up, down = base.value * (100 + share.value) / 100, base.value * (100 - share.value) / 100
    if fact.unit and fact.unit == base.unit and fact.value in (up, down, base.value * 100 / share.value):
        return True
    part = share.value * base.value / 100
    if fact.unit and fact.unit == base.unit and fact.kind == "number" and fact.value == part:
        return True
    if share.value not in said:
        return False
    if fact.kind == "money" or fact.approx:
        return matches(fact, part)
    return (
        fact.value == part or fact.value >= _SMALL and fact.value == fact.value.to_integral_value() and abs(fact.value - part) < 1
    )


def _is_mean(fact: Fact, result: Decimal, cues: Cues) -> bool:
    """a / b; where the text does not say that it rounds, only a result that needs no rounding to the cent."""
    if not (cues.rounded or fact.approx or result == round_half_up(result, 2)):
        return False
    whole = fact.value is not None and fact.value >= _SMALL and fact.value == fact.value.to_integral_value()
    return matches(fact, result) or (cues.rounded and whole and abs((fact.value or 0) - result) < 1)


def _one_apart(fact: Fact, sources: list[Source]) -> str | None:
    """One more or one less than a number that a source tells beside a "one": "un istruttore e due agenti" are three, "una delle
    tre unità è assente" leaves two."""
    if fact.unit or fact.value is None or not 1 < fact.value <= _SMALL:
        return None
    for source in sources:
        for one in source.numbers:
            if one.unit or one.value not in (fact.value - 1, fact.value + 1):
                continue
            before, after = source.text[max(0, one.start - _LIST) : one.start], source.text[one.end : one.end + _LIST]
            if one.value > fact.value and _ONE_OF.search(before):
                return f"{one.text} − 1"
            if one.value < fact.value and (_ONE_AND.search(before) or _AND_ONE.match(after)):
                return f"{one.text} + 1"
    return None


def _percentages(fact: Fact, operands: list[Pair], cues: Cues, said: set[Decimal | None], change: bool) -> str | None:
    """Shares and relative changes of two quantities of one measure; sums and complements of percentages."""
    for pair in operands:
        one, two = pair.values
        if pair.a.kind == pair.b.kind == "percent":
            if cues.complement and one + two < 100 and matches(fact, 100 - one - two):
                return f"100 − {pair.label('−')}"
            if cues.together and one + two <= 100 and matches(fact, one + two):
                return pair.label("+")
        elif one != two and (len(pair.measures) == 1 or pair.measures == {"€", ""}):
            small, large = sorted((one, two))
            if large <= _SMALL and fact.approx not in (ROUGHLY, PART) and not {one, two} <= said:
                continue
            if any(matches(fact, result) for result in _shares(small, large, cues, change)):
                return pair.label("/")
        for whole in (pair.a, pair.b) if cues.complement else ():
            if whole.kind == "percent" and whole.value and matches(fact, 100 - whole.value):
                return f"100 − {whole.text}"
    return None


def _shares(small: Decimal, large: Decimal, cues: Cues, change: bool) -> list[Decimal]:
    """The percentages that two quantities may give, as far as the words call for them; "cresciute del" asks for a change."""
    results = [] if change else [100 * small / large]
    results += [100 * (large - small) / large] if cues.difference and not cues.up else []
    results += [100 * (large - small) / small] if cues.difference and not cues.down else []
    results += [100 * large / small] if cues.reached else []
    results += [100 * small / (small + large), 100 * large / (small + large)] if cues.total else []
    return results


def _met(fact: Fact, sources: list[Source], said: set[Decimal | None]) -> str | None:
    """The 100 % of a target: expected and reached stand side by side and are the same."""
    if fact.value != 100:
        return None
    same = (pair for pair in neighbours(sources) if pair.a.value == pair.b.value and pair.a.value in said)
    return next((pair.label("/") for pair in same), None)


def _alike(fact: Fact, measures: set[str]) -> bool:
    """Operands of the result's measure; bare figures of a table may stand in, but a span of time needs one that says so."""
    if fact.unit and fact.kind == "number":
        return measures in ({fact.unit}, {fact.unit, ""})
    return measures <= {"", fact.unit or ""} or (not fact.unit and len(measures) == 1)


def _count(fact: Fact, sentence: str, sources: list[Source]) -> str | None:
    """ "tre deliberazioni", "sono cinque gli atti": as many acts or laws as the sources list."""
    if fact.value is None or not 2 <= fact.value <= 20 or fact.unit or fact.kind != "number":
        return None
    nouns = fold(sentence)
    acts = {ref for source in sources for ref in source.acts}
    laws = {ref for source in sources for ref in source.laws}
    lists = {len(acts)}.union(*(source.listed for source in sources))
    if fact.value in lists and re.search(r"\b(?:deliber|atti\b|atto\b|determin|provvedim)", nouns):
        return f"{fact.value} atti elencati"
    if len(laws) == fact.value and re.search(r"\b(?:norm[ae]|leggi|decreti|riferimenti)\b", nouns):
        return f"{len(laws)} norme elencate"
    return None
