"""Plain arithmetic that a text may do on its sources: differences, sums, shares, averages, counts of acts. Decimal only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cards.quantities import round_half_up
from prompts.grounding.cues import Cues, is_end_point
from prompts.grounding.facts import Fact
from prompts.grounding.source import Source
from prompts.grounding.words import fold

_FEW = 8
_NEAR = 2


def is_derived(fact: Fact, sentence: str, cues: Cues, own: list[Fact], sources: list[Source], earlier: list[Fact]) -> str | None:
    """The calculation that gives a stated quantity ("61 − 47"), or None. ``own``: the sentence's sourced quantities."""
    if fact.value is None:
        return None
    pairs = list(_pairs(own, sources, earlier))
    said = {one.value for one in own}
    if fact.kind == "percent":
        found = _percentages(fact, pairs, cues, said) or (_in_row(fact, sources) if cues.total else None)
    elif fact.unit == "punti":
        found = _points(fact, pairs)
    else:
        apart = not is_end_point(sentence[: fact.start]) or _is_short(sources)
        found = _amounts(fact, pairs, cues, apart, said) or _others(fact, cues, sources)
    return found or _count(fact, sources) or (_time_between(fact, sources) if cues.between else None)


def _points(fact: Fact, pairs: list[tuple[Fact, Fact]]) -> str | None:
    """A difference of percentages, which is in points."""
    for a, b in pairs:
        if a.unit in ("%", None) and b.unit in ("%", None) and _matches(fact, abs(_v(a) - _v(b))):
            return _label(a, "−", b)
    return None


def _amounts(fact: Fact, pairs: list[tuple[Fact, Fact]], cues: Cues, apart: bool, said: set[Decimal | None]) -> str | None:
    """Differences, sums, quotients, products and shares of two quantities, as far as the words call for them."""
    for a, b in pairs:
        one, two = _v(a), _v(b)
        measures = {_measure(a), _measure(b)}
        plain = "%" not in measures
        if plain and _alike(fact, measures):
            if apart and (cues.difference or {one, two} <= said) and _matches(fact, abs(one - two)):
                return _label(a, "−", b)
            if cues.total and _matches(fact, one + two):
                return _label(a, "+", b)
        if fact.unit and fact.kind == "number" and fact.unit not in measures:
            continue
        if plain and cues.each:
            rounded = cues.rounded or bool(fact.approx)
            for result in (_quotient(one, two, rounded), _quotient(two, one, rounded)):
                if result is not None and (_matches(fact, result) or (cues.rounded and _average(fact, result))):
                    return _label(a, "/", b)
        if plain and cues.product and "" in measures and _matches(fact, one * two):
            return _label(a, "×", b)
        if (
            not plain
            and len(measures) == 2
            and {a.value if a.kind == "percent" else b.value} <= said - {Decimal(100)}
            and _part(fact, one * two / 100)
        ):
            return _label(a, "×", b)
    return None


def _part(fact: Fact, part: Decimal) -> bool:
    """The 30 % of 600: exact, unless it is money or said to be about."""
    return (part == part.to_integral_value() or bool(fact.approx) or fact.kind == "money") and _matches(fact, part)


def _others(fact: Fact, cues: Cues, sources: list[Source]) -> str | None:
    """One taken away from a few ("due unità su tre"), and sums of several quantities in a row."""
    if cues.left and not fact.unit and fact.value is not None and fact.value <= 9:
        for source in sources:
            for a in source.numbers:
                if 1 < _v(a) <= 10 and _matches(fact, _v(a) - 1):
                    return f"{a.text} − 1"
    return _in_row(fact, sources) if cues.total else None


def _in_row(fact: Fact, sources: list[Source]) -> str | None:
    return next((label for total, label in _runs(fact, sources) if _matches(fact, total)), None)


def _percentages(fact: Fact, pairs: list[tuple[Fact, Fact]], cues: Cues, said: set[Decimal | None]) -> str | None:
    """Shares and relative changes of two quantities of one measure; sums and complements of percentages."""
    for a, b in pairs:
        one, two = _v(a), _v(b)
        if a.kind == b.kind == "percent":
            if cues.together and one + two <= 100 and _matches(fact, one + two):
                return _label(a, "+", b)
        elif one != two and (a.unit == b.unit or ({a.unit, b.unit} == {"€", None} and said & {one, two})):
            small, large = sorted((one, two))
            if large < 10 and not {one, two} <= said:
                continue
            results = [100 * small / large]
            results += [100 * (large - small) / large] if cues.difference and not cues.up else []
            results += [100 * (large - small) / small] if cues.difference and not cues.down else []
            results += [100 * large / small] if cues.reached else []
            if any(_matches(fact, result) for result in results):
                return _label(a, "/", b)
        for whole in (a, b) if cues.complement else ():
            if whole.kind == "percent" and _matches(fact, 100 - _v(whole)):
                return f"100 − {whole.text}"
    return None


def _v(fact: Fact) -> Decimal:
    assert fact.value is not None
    return fact.value


def _pairs(own: list[Fact], sources: list[Source], earlier: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Operands that belong together. In a source of few numbers any two may; in a long one, one of the two must have been said
    in the sentence or just before it, or any two figures would do for any result."""
    mine = _distinct(own)
    said = _distinct([*own, *earlier])
    for source in sources:
        numbers = [fact for fact in source.numbers if fact.value and not fact.yearlike]
        few = len(numbers) <= _FEW
        for at, a in enumerate(numbers):
            for b in (*(numbers[at + 1 : at + 1 + _NEAR] if few else ()), *(said if few else mine)):
                yield a, b
    for at, a in enumerate(said):
        for b in said[at + 1 :]:
            yield a, b


def _distinct(facts: list[Fact]) -> list[Fact]:
    """The quantities that are not zero, each once."""
    return list({(fact.value, fact.unit): fact for fact in facts if fact.value}.values())


def _runs(fact: Fact, sources: list[Source]) -> Iterator[tuple[Decimal, str]]:
    """Sums of three to eight quantities of one measure that follow each other."""
    for source in sources:
        share = fact.kind == "percent"
        numbers = [one for one in source.numbers if _fits(fact, one) and (one.kind == "percent") is share]
        for start in range(len(numbers)):
            total = Decimal(0)
            for stop in range(start, min(start + 8, len(numbers))):
                total += numbers[stop].value or 0
                if stop - start >= 2:
                    yield total, " + ".join(one.text for one in numbers[start : stop + 1])


def _average(fact: Fact, result: Decimal) -> bool:
    """A mean told in whole units may be cut or rounded up."""
    said = fact.value
    return said is not None and said >= 10 and said == said.to_integral_value() and abs(said - result) < 1


def _quotient(a: Decimal, b: Decimal, rounded: bool) -> Decimal | None:
    """a / b; where the text does not say that it rounds, only a result that needs no rounding to the cent."""
    result = a / b
    return result if rounded or result == round_half_up(result, 2) else None


def _is_short(sources: list[Source]) -> bool:
    return all(len([one for one in source.numbers if not one.yearlike]) <= _FEW for source in sources)


def _alike(fact: Fact, measures: set[str]) -> bool:
    """Operands of the result's measure; bare figures of a table may stand in, but a span of time needs one that says so."""
    if fact.unit and fact.kind == "number":
        return measures in ({fact.unit}, {fact.unit, ""})
    return measures <= {"", _measure(fact)} or (not fact.unit and len(measures) == 1)


def _measure(fact: Fact) -> str:
    return fact.unit or ""


def _fits(fact: Fact, operand: Fact) -> bool:
    """The result has the operands' measure; a table's bare number may be anything."""
    return _measure(fact) == _measure(operand) or not operand.unit or not fact.unit


def _matches(fact: Fact, result: Decimal) -> bool:
    """Equal at the printed decimals; "circa" also allows rounding at the last digit that is not zero."""
    if fact.value is None or result < 0:
        return False
    exponent = fact.value.as_tuple().exponent
    places = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    if result.quantize(places, ROUND_HALF_UP) == fact.value:
        return True
    return bool(fact.approx) and close(fact.value, result, fact.approx)


def close(said: Decimal, real: Decimal, approx: str | None) -> bool:
    """ "circa 140" for 136,5, "oltre 78 mila" for 78.620, "quasi 79 mila": the real value rounded to the digits that are said."""
    if not approx or real <= 0 or said <= 0:
        return False
    step = Decimal(1)
    while said % (step * 10) == 0 and step * 10 <= said:
        step *= 10
    low = approx.casefold()
    if low.startswith(("oltre", "più di", "poco più", "super")):
        return said <= real < said + step
    if low.startswith(("quasi", "meno di", "poco meno")):
        return said - step < real <= said
    return abs(real - said) <= step / 2 or abs(real - said) <= said * Decimal("0.03")


def _count(fact: Fact, sources: list[Source]) -> str | None:
    """ "tre deliberazioni": as many acts (laws, dates) as the sources list."""
    noun = fold(fact.noun or "")
    if fact.value is None or not 2 <= fact.value <= 20 or not noun or fact.unit:
        return None
    acts = [ref for source in sources for ref in source.acts]
    laws = {ref for source in sources for ref in source.laws}
    if re.match(r"deliber|atti|att[oi]$|determin|provvedim|modific", noun) and len(set(acts)) == fact.value:
        return f"{len(acts)} atti elencati"
    if re.match(r"norm|legg|decret|riferiment", noun) and len(laws) == fact.value:
        return f"{len(laws)} norme elencate"
    return None


def _time_between(fact: Fact, sources: list[Source]) -> str | None:
    """ "due mesi dopo": the time between two dates of the sources, in the unit that the text uses, whole and rounded."""
    days_in = {"gg": Decimal(1), "settimane": Decimal(7), "mesi": Decimal("30.44"), "anni": Decimal("365.25")}.get(
        fact.unit or ""
    )
    if days_in is None or fact.value is None:
        return None
    known = sorted({parts for source in sources for parts in source.dates if parts[1]}, key=str)[:14]
    years = {parts[0] for parts in known if parts[0]}
    days = {day for y, m, d in known for year in ([y] if y else years) if (day := _ordinal(year, m, d))}
    for one in days:
        for two in days:
            if two > one and abs((two - one) / days_in - fact.value) <= (Decimal("0.5") if fact.unit != "gg" else Decimal(1)):
                return f"{two - one} giorni fra due date"
    return None


def _ordinal(year: int | None, month: int | None, day: int | None) -> int | None:
    try:
        return date(year or 2000, month or 1, day or 1).toordinal()
    except ValueError:
        return None


def _label(a: Fact, sign: str, b: Fact) -> str:
    return f"{a.text} {sign} {b.text}"
