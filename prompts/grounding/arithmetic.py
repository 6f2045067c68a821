"""Plain arithmetic that a text may do on its sources: differences, sums, shares, averages, counts of acts. Decimal only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cards.quantities import round_half_up
from prompts.grounding.facts import Fact
from prompts.grounding.source import Source
from prompts.grounding.words import fold

_DIFFERENCE = re.compile(
    r"\b(?:piu|meno|passat\w+|passa|passan\w+|oltre|aument\w+|increment\w+|diminu\w+|cresc\w+|cresciut\w+|"
    r"cal[oai]\w*|ridott\w+|riduzion\w+|ridur\w+|scart\w*|scost\w+|"
    r"differenz\w+|super\w+|manca\w*|rest\w+|risparm\w+|recuper\w+|inferior\w+|superior\w+|sotto|sopra|"
    r"maggior\w*|minor\w*|divari\w+|distacc\w+|guadagn\w+|"
    r"scend\w+|sces\w+|sal[ie]\w*|rispetto|meglio|peggio\w*|avanz\w+|eccede\w*|perd\w+|delta|variazion\w+|"
    r"miglior\w+|rimang\w+|rimast\w+|ulterior\w+|"
    r"non ancora|non hanno|non e stat\w+|non sono|residu\w+|altr[iae]|prima|dopo|anticip\w+|ritard\w+|"
    r"supplementar\w+|aggiuntiv\w+)\b"
)
_SUM = re.compile(
    r"\b(?:total\w*|compless\w+|insieme|somm\w+|tutto|fra|tra|cumulat\w*|dunque|quindi|cioe|pari a|entrambi|"
    r"entrambe|nel complesso|ammont\w+|triennio|biennio|raggiung\w+)\b"
)
_TOGETHER = re.compile(r"\b(?:insieme|somm\w+|compless\w+|total\w*)\b")
_EACH = re.compile(
    r"\b(?:medi[aoe]|mediamente|ciascun\w*|ognun\w+|ogni|testa|pro capite|procapite|per [a-z]{4,}|per (?:ogni|"
    r"ciascun\w*|singol\w*|abitante|alunno|utente|famiglia|cittadino|domanda|evento)|a famiglia|a persona|"
    r"singol\w*|al mese|al giorno|l'uno|l'una)\b"
)
_PRODUCT = re.compile(r"\b(?:total\w*|compless\w+|volte|ciascun\w*|ognun\w+|moltiplic\w+|tutto|triennio|anno|all'anno)\b")
_SHARE = re.compile(
    r"\b(?:su|per cento|quota|percentual\w+|tasso|pari|circa|quindi|accolt\w+|raggiunt\w+|copert\w+|realizz\w+|"
    r"copr\w+)\b|%"
)
_BETWEEN = re.compile(
    r"\b(?:dop\w+|prim\w+|ritard\w+|anticip\w+|durat\w+|per|slitt\w+|prorog\w+|tra|fra|distanza|oltre|circa|"
    r"posticip\w+|rinvi\w+)\b"
)
_END_POINT = re.compile(
    r"(?<!pari )(?<!rispetto )\b(?:a|ad|ai|al|alle|agli|da|dai|dal|dalle|dagli)\s+(?:circa\s+|oltre\s+|quasi\s+|"
    r"soli\s+)?$"
)
_FEW = 8


def is_derived(fact: Fact, sentence: str, own: list[Fact], sources: list[Source], earlier: list[Fact]) -> str | None:
    """The calculation that gives a stated quantity ("61 − 47"), or None. ``own``: the sentence's sourced quantities."""
    if fact.value is None:
        return None
    low = fold(sentence)
    for one, two, label in _candidates(fact, low, own, sources, earlier):
        if one is not None and _matches(fact, one):
            return label
        if two is not None and _matches(fact, two):
            return label
    return _count(fact, sources) or _time_between(fact, low, sources)


def _candidates(
    fact: Fact, low: str, own: list[Fact], sources: list[Source], earlier: list[Fact]
) -> Iterator[tuple[Decimal | None, Decimal | None, str]]:
    """Results of the operations that the sentence's words call for, on operands of one measure that stand together."""
    pairs = list(_pairs(own, sources, earlier))
    if fact.kind == "percent":
        yield from _percentages(pairs, low)
        return
    if fact.unit == "punti":
        for a, b in pairs:
            if _measure(a) in ("%", "") and _measure(b) in ("%", "") and a.value is not None and b.value is not None:
                yield abs(a.value - b.value), None, _label(a, "−", b)
        return
    end = _END_POINT.search(low[: max(0, fact.start)])
    for a, b in pairs:
        if a.value is None or b.value is None:
            continue
        alike = _alike(fact, a, b)
        here = {a.value, b.value} <= {one.value for one in own}
        if alike and _measure(a) != "%" and (not end or _is_short(sources)) and (here or _DIFFERENCE.search(low)):
            yield abs(a.value - b.value), None, _label(a, "−", b)
        if alike and _measure(a) != "%" and _SUM.search(low):
            yield a.value + b.value, None, _label(a, "+", b)
        timed = fact.unit and fact.kind == "number" and fact.unit not in (_measure(a), _measure(b))
        if timed:
            continue
        if _EACH.search(low) and a.value and b.value and _measure(a) != "%" and _measure(b) != "%":
            rounded = bool(fact.approx) or "medi" in low or "circa" in low
            yield _quotient(a.value, b.value, rounded), _quotient(b.value, a.value, rounded), _label(a, "/", b)
        if _PRODUCT.search(low) and _measure(a) != "%" and _measure(b) != "%" and (not a.unit or not b.unit):
            yield a.value * b.value, None, _label(a, "×", b)
        if {_measure(a), _measure(b)} & {"%"} and {_measure(a), _measure(b)} != {"%"}:
            part = a.value * b.value / 100
            yield (
                part if part == part.to_integral_value() or fact.approx or fact.kind == "money" else None,
                None,
                _label(a, "×", b),
            )
    if re.search(r"\bsu\b|\brest|\brima|\bopera", low) and not fact.unit:
        for source in sources:
            for a in source.numbers:
                if a.value is not None and 1 < a.value <= 10 and fact.value is not None and fact.value <= 9:
                    yield a.value - 1, None, f"{a.text} − 1"
    if _SUM.search(low):
        yield from _runs(fact, sources)


def _percentages(pairs: list[tuple[Fact, Fact]], low: str) -> Iterator[tuple[Decimal | None, Decimal | None, str]]:
    """Shares and relative changes of two quantities of one measure."""
    changed = bool(_DIFFERENCE.search(low))
    for a, b in pairs:
        if not a.value or not b.value or _measure(a) != _measure(b) or _measure(a) == "%" or a.value == b.value:
            continue
        small, large = sorted((a.value, b.value))
        yield 100 * small / large, None, _label(a, "/", b)
        if changed:
            yield 100 * (large - small) / large, 100 * (large - small) / small, _label(a, "→", b)
        if re.search(r"raggiung|realizz|super|pari|grado", low):
            yield 100 * large / small, None, _label(a, "/", b)
    if _TOGETHER.search(low):
        for a, b in pairs:
            if a.kind == b.kind == "percent" and a.value is not None and b.value is not None and a.value + b.value <= 100:
                yield a.value + b.value, None, _label(a, "+", b)
    if re.search(r"rest|riman|altr|non ", low):
        for a, b in pairs:
            for one in (a, b):
                if one.kind == "percent" and one.value is not None:
                    yield 100 - one.value, None, f"100 − {one.text}"


def _pairs(own: list[Fact], sources: list[Source], earlier: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Operands that belong together. In a source of few numbers any two may; in a long one, one of the two must have been said
    in the sentence or just before it, or any two figures would do for any result."""
    mine = [fact for fact in own if fact.value]
    said = mine + [fact for fact in earlier if fact.value]
    seen: set[tuple[Decimal, str, Decimal, str]] = set()
    for source in sources:
        numbers = [fact for fact in source.numbers if fact.value and not fact.yearlike]
        few = len(numbers) <= _FEW
        for at, a in enumerate(numbers):
            for b in (*(numbers[at + 1 :] if few else ()), *(said if few else mine)):
                yield from _once(a, b, seen)
    for at, a in enumerate(said):
        for b in said[at + 1 :]:
            yield from _once(a, b, seen)


def _once(a: Fact, b: Fact, seen: set[tuple[Decimal, str, Decimal, str]]) -> Iterator[tuple[Fact, Fact]]:
    assert a.value is not None
    assert b.value is not None
    key = (a.value, _measure(a), b.value, _measure(b))
    if key not in seen:
        seen.add(key)
        yield a, b


def _runs(fact: Fact, sources: list[Source]) -> Iterator[tuple[Decimal, None, str]]:
    """Sums of three to eight quantities of one measure that follow each other."""
    for source in sources:
        numbers = [one for one in source.numbers if one.value is not None and _fits(fact, one) and _measure(one) != "%"]
        for start in range(len(numbers)):
            total = Decimal(0)
            for stop in range(start, min(start + 8, len(numbers))):
                total += numbers[stop].value or 0
                if stop - start >= 2:
                    yield total, None, " + ".join(one.text for one in numbers[start : stop + 1])


def _quotient(a: Decimal, b: Decimal, rounded: bool) -> Decimal | None:
    """a / b; where the text does not say that it rounds, only a result that needs no rounding to the cent."""
    result = a / b
    return result if rounded or result == round_half_up(result, 2) else None


def _is_short(sources: list[Source]) -> bool:
    return all(len([one for one in source.numbers if not one.yearlike]) <= _FEW for source in sources)


def _alike(fact: Fact, a: Fact, b: Fact) -> bool:
    """Operands of the result's measure; bare figures of a table may stand in, but a span of time needs one that says so."""
    measures = {_measure(a), _measure(b)}
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


def _time_between(fact: Fact, low: str, sources: list[Source]) -> str | None:
    """ "due mesi dopo": the time between two dates of the sources, in the unit that the text uses, whole and rounded."""
    days_in = {"gg": Decimal(1), "settimane": Decimal(7), "mesi": Decimal("30.44"), "anni": Decimal("365.25")}.get(
        fact.unit or ""
    )
    if days_in is None or fact.value is None or not _BETWEEN.search(low):
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
