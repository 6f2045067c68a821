"""From a target and an actual value to a degree of achievement, by the profile's formulas. Exact: rounded only when shown.

T is the target, R the result, B the baseline. "No result" is never a silent zero and an unknown polarity never a guess:
``value`` is then None and ``why`` says what is missing. T = 0 with "lower is better" is on/off: a ratio would be useless.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from cards.model import Card, Indicator
from cards.quantities import Target, interval
from scoring.lateness import on_time
from scoring.polarity import Way, way_of
from scoring.profiles import Achievement, Profile
from scoring.values import dated, number, own_actual, own_target, plain, typed

HUNDRED = Decimal(100)
EXACT = Context(prec=50)
_SURELY_PERCENT = 10
_APART = "intervallo e risultato non sono confrontabili"
EQUALLED = "il valore atteso esclude la soglia: eguagliarla non basta"


@dataclass(frozen=True, slots=True)
class Result:
    """``value``: per cent, unrounded, None where it cannot be computed (``why``, Italian). ``met``: the target is reached.

    ``note`` (Italian): what makes the value other than the formula's."""

    value: Decimal | None = None
    met: bool | None = None
    why: str | None = None
    note: str | None = None


def achieved(card: Card, indicator: Indicator, profile: Profile, way: Way | None = None) -> Result:
    """The achievement of an indicator in its card's own year."""
    _, target = own_target(card, indicator)
    _, actual = own_actual(card, indicator)
    return achieve(target, actual, profile, way or known_way(card, indicator, profile), indicator.baseline, card.year)


def known_way(card: Card, indicator: Indicator, profile: Profile) -> Way | None:
    """The polarity, also from the deviation and percentage that the document itself prints beside the values."""
    _, target = own_target(card, indicator)
    _, actual = own_actual(card, indicator)
    return _way_shown(target, actual, indicator) or way_of(indicator, profile, target)


def _way_shown(target: str | None, actual: str | None, indicator: Indicator) -> Way | None:
    """A deviation printed as target minus actual, with the percentage that goes with it, says "lower is better"."""
    wanted = typed(target)
    t, r = wanted.number, typed(actual).number
    if wanted.comparator is not None or t is None or r is None or r == t or not indicator.deviation:
        return None
    gap, percent = number(indicator.deviation), number(indicator.achievement)
    if percent is not None and gap is not None and gap == t - r and (percent >= 100) == (r < t):
        return "lower"
    return None


def achieve(
    target: str | None,
    actual: str | None,
    profile: Profile,
    way: Way | None,
    baseline: str | None = None,
    year: int | None = None,
) -> Result:
    """The achievement of one actual value against one target; ``way`` is which direction is better, ``year`` the year of dates
    that name none."""
    wanted, got = dated(typed(target), typed(actual))
    if not wanted.measurable:
        return Result(why="valore atteso assente" if wanted.type == "unset" else "valore atteso non misurabile")
    if not got.measurable:
        return Result(why="risultato assente" if got.type == "unset" else "risultato non misurabile")
    with localcontext(EXACT):
        return _by_type(wanted, got, profile, way, typed(baseline).number, year)


def _by_type(wanted: Target, got: Target, profile: Profile, way: Way | None, base: Decimal | None, year: int | None) -> Result:
    rules = profile.achievement
    if ends := interval(wanted):
        return _between(*ends, got, profile)
    if wanted.type == "compound":
        return _compound(wanted, got, profile, way, year)
    if wanted.type == "boolean":
        return _boolean(wanted, got)
    if wanted.type in ("date", "month", "year"):
        timely = on_time(wanted, got, rules.late_per_day, year)
        return Result(None if timely.value is None else _limited(timely.value, rules), timely.met, timely.why)
    if wanted.type == "range":
        return Result(why=_APART)
    if wanted.type == "tolerance":
        band = _band(wanted)
        return Result(why=_APART) if band is None or got.number is None else _within(*band, got.number, profile)
    if wanted.type == "ratio" and got.type == "ratio":
        one, two = wanted.ratio, got.ratio
        if one and two and one[1] and two[1]:
            return _numbers(wanted, one[0] / one[1], two[0] / two[1], got, profile, way, None)
        return Result(why="rapporto con denominatore zero")
    t, r = comparable(wanted, got)
    if t is None or r is None:
        doubt = "una quota è in percentuale e l'altra forse in parti di uno: scrivile nello stesso modo"
        return Result(why=doubt if _scale_unknown(wanted, got) else "risultato e valore atteso non sono confrontabili")
    return _numbers(wanted, t, r, got, profile, way, base)


def comparable(wanted: Target, got: Target) -> tuple[Decimal | None, Decimal | None]:
    """The two numbers on one scale; (None, None) when they count different things."""
    if wanted.minutes is not None and got.minutes is not None:
        return wanted.minutes, got.minutes
    kinds = {wanted.type, got.type}
    if _scale_unknown(wanted, got):
        return None, None
    if kinds <= {"number", "percent"} or kinds <= {"number", "money"} or kinds <= {"number", "score"}:
        return wanted.number, got.number
    if kinds <= {"number", "duration"} and (wanted.unit == got.unit or "number" in kinds):
        return wanted.number, got.number
    return None, None


def _scale_unknown(wanted: Target, got: Target) -> bool:
    """A per cent beside a bare number up to one ("90%", "0,9"): the same share, or a hundredth of it? Never guessed."""
    if {wanted.type, got.type} != {"percent", "number"}:
        return False
    share, bare = (wanted, got) if wanted.type == "percent" else (got, wanted)
    if share.number is None or bare.number is None or share.number < _SURELY_PERCENT:
        return False
    return 0 < bare.number < 1 or (bare is got and bare.number == 1)


def _numbers(
    wanted: Target, t: Decimal, r: Decimal, got: Target, profile: Profile, way: Way | None, base: Decimal | None
) -> Result:
    rules = profile.achievement
    if way is None:
        return _same_either_way(t, r, wanted)
    better = r >= t if way == "higher" else r <= t
    strict = wanted.comparator in (">", "<") and got.comparator != wanted.comparator and r == t
    open_end = got.comparator in ((">", ">=") if way == "lower" else ("<", "<="))
    if open_end and not (wanted.comparator == got.comparator and r == t):
        return Result(why="il risultato è un limite, non una misura")
    met = better and not strict
    formula = rules.higher if way == "higher" else rules.lower
    if formula == "on_off":
        return Result(HUNDRED if met else Decimal(0), met)
    if formula == "baseline" and base is not None:
        return _short_of(_from_baseline(t, r, base, rules, met, way), profile)
    if t < 0 or (way == "lower" and r < 0):
        return Result(HUNDRED, True) if met else Result(None, False, "valori negativi: il rapporto non ha senso")
    return _short_of(Result(_limited(_ratio(t, r, way, formula, met), rules), met), profile)


def _short_of(result: Result, profile: Profile) -> Result:
    """What has to be passed ("> 5") and is only equalled is not reached: never 100, but the highest figure printed below it."""
    if result.met or result.value is None or result.value < HUNDRED:
        return result
    return Result(HUNDRED - Decimal(1).scaleb(-profile.rounding.achievement), False, note=EQUALLED)


def _ratio(t: Decimal, r: Decimal, way: Way, formula: str, met: bool) -> Decimal:
    if t == 0:
        return HUNDRED if met else Decimal(0)
    if way == "higher":
        return r / t * HUNDRED
    if formula == "linear":
        return (2 - r / t) * HUNDRED
    return t / r * HUNDRED if r else HUNDRED


def _from_baseline(t: Decimal, r: Decimal, base: Decimal, rules: Achievement, met: bool, way: Way) -> Result:
    """The share of the way from the baseline; a target that asks for no more than the baseline is met or not."""
    if t == base or (t < base) == (way == "higher"):
        return Result(HUNDRED if met else Decimal(0), met)
    return Result(_limited((r - base) / (t - base) * HUNDRED, rules), met)


def _same_either_way(t: Decimal, r: Decimal, wanted: Target) -> Result:
    if t == r and wanted.comparator not in (">", "<"):
        return Result(HUNDRED, True)
    return Result(why="non si sa se è meglio un valore più alto o più basso")


def _limited(value: Decimal, rules: Achievement) -> Decimal:
    value = max(value, rules.floor)
    return min(value, rules.cap) if rules.cap is not None else value


def _boolean(wanted: Target, got: Target) -> Result:
    truth = got.truth
    if truth is None and got.number is not None and got.number in (0, 1):
        truth = got.number == 1
    if truth is None or wanted.truth is None:
        return Result(why="valore atteso sì/no, risultato di altro tipo")
    return Result(HUNDRED, True) if truth == wanted.truth else Result(Decimal(0), False)


def _between(lower: Target, upper: Target, got: Target, profile: Profile) -> Result:
    """An interval with its two ends: within them 100, outside them the ratio to the nearer one."""
    low, r = comparable(lower, got)
    high, _ = comparable(upper, got)
    if low is None or high is None or r is None:
        return Result(why=_APART)
    if got.comparator in (">", ">=", "<", "<="):
        return Result(why="il risultato è un limite, non una misura")
    result = _within(low, high, r, profile)
    equalled = (r == low and lower.comparator == ">") or (r == high and upper.comparator == "<")
    return _short_of(Result(result.value, False), profile) if equalled else result


def _within(low: Decimal, high: Decimal, r: Decimal, profile: Profile) -> Result:
    if low <= r <= high:
        return Result(HUNDRED, True)
    if min(low, high, r) <= 0:
        return Result(Decimal(0), False)
    return Result(_limited((r / low if r < low else high / r) * HUNDRED, profile.achievement), False)


def _band(wanted: Target) -> tuple[Decimal, Decimal] | None:
    """The interval of "50 (+/- 30%)"; None for a tolerance without its value."""
    numbers = [part for part in wanted.parts if part.number is not None]
    if len(numbers) < 2 or numbers[0].number is None or numbers[1].number is None:
        return None
    centre, width = numbers[0].number, numbers[1].number
    if numbers[1].type == "percent" or numbers[1].unit == "%":
        width = centre * width / HUNDRED
    return centre - width, centre + width


def _compound(wanted: Target, got: Target, profile: Profile, way: Way | None, year: int | None) -> Result:
    pairs = list(paired(wanted, got))
    if not pairs or any(actual is None for _, actual in pairs):
        return Result(why=_untold(wanted, got))
    results = []
    for part, actual in pairs:
        assert actual is not None
        own: Way | None = "higher" if part.comparator in (">=", ">") else "lower" if part.comparator in ("<=", "<") else way
        results.append(_by_type(part, actual, profile, own or "higher", None, year))
    values = [result.value for result in results]
    if any(value is None for value in values):
        return Result(why=next(result.why for result in results if result.value is None))
    met = all(result.met for result in results)
    if profile.achievement.compound == "all":
        return Result(HUNDRED if met else Decimal(0), met)
    return Result(sum((value for value in values if value is not None), Decimal(0)) / len(values), met)


def _untold(wanted: Target, got: Target) -> str:
    term = next((part.text for part in wanted.parts if part.type in ("date", "month")), None)
    if term and got.type != "compound" and len(wanted.parts) == 2:
        return f"il risultato non dice se il termine ({term}) è stato rispettato"
    return "il risultato non riporta tutte le quantità del valore atteso"


def paired(wanted: Target, got: Target) -> Iterator[tuple[Target, Target | None]]:
    """Each part of a compound target with the part of the result that counts the same thing; by position if as many."""
    parts = got.parts if got.type == "compound" else (got,)
    by_unit = [next((part for part in parts if _same_thing(one, part)), None) for one in wanted.parts]
    if all(by_unit) and len({id(part) for part in by_unit}) == len(by_unit):
        yield from zip(wanted.parts, by_unit, strict=True)
    elif len(parts) == len(wanted.parts):
        yield from zip(wanted.parts, parts, strict=True)
    else:
        yield from ((one, None) for one in wanted.parts)


def _same_thing(one: Target, two: Target) -> bool:
    return one.type == two.type and bool(one.unit) and plain(one.unit) == plain(two.unit)
