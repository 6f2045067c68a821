"""Targets proposed from an indicator's own series, with the reasoning in words; without data, no proposal.

The step is the mean yearly change of the last three values, never more than a tenth of the last one, rounded towards the last
value; a worsening series aims back at its own mean; a single value asks not to get worse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from cards.quantities import comparator_direction, interval, is_unset, italian, polarity_of, read_target
from prompts.adapt import adapt
from prompts.words import folded

Direction = Literal["higher", "lower"]
NUMERIC = ("number", "percent", "money", "duration", "score")
MAX_STEP = Decimal("0.10")

_HIGHER = re.compile(
    r"^\s*(?:%|n\.?\s|n°|nr\.?\s|num|percentuale|tasso|grado)|rispett|accolt|realizzat|conclus|formati|attivat|utenti"
)
_DURATION = re.compile(r"\W*(?:n\.?\s*(?:gg|giorni)\W+)?(?:temp[oi]|durata|ritard[oi])\b(?!\s+(?:pieno|libero|prolungato))")
_AMBIGUOUS = re.compile(r"\b(cost[oi]\b|spes[ae]\b|unita operative|popolazione|importo)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target for one year and the reasoning that a person reads; ``basis`` the years of the series that it rests on."""

    text: str
    reason: str
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One past value of the series: its year as written, the number and the original string."""

    year: str
    value: Decimal
    text: str


def direction(name: str, targets: Mapping[str, str]) -> Direction | None:
    """Whether higher or lower is better: from the comparators, then from the words of the name; None where unknown.

    >>> direction("Tempo medio di attesa", {}), direction("Costo del servizio", {}), direction("n. partecipanti", {"2023": "20"})
    ('lower', None, 'higher')
    """
    for text in reversed(list(targets.values())):
        way = comparator_direction(read_target(text))
        if way:
            return "higher" if way == "higher" else "lower"
    words = folded(name)
    if "rispett" in words:
        return "higher"
    if _DURATION.match(words):
        return "lower"
    if _AMBIGUOUS.search(words):
        return None
    named = polarity_of(name)
    if named:
        return "higher" if named == "higher" else "lower"
    return "higher" if _HIGHER.search(words) else None


def propose(name: str, values: Mapping[str, str], targets: Mapping[str, str], year: int, ahead: int = 0) -> Proposal | None:
    """A target for ``year + ahead``: the one already set, else from the series, else the last one set; None without data.

    >>> propose("Tempo medio di rilascio (giorni)", {"2021": "27", "2022": "25", "2023": "24"}, {}, 2024).text
    '≤ 23'
    """
    found = _proposal(name, values, targets, year, ahead)
    return None if found and _promises_nothing(found.text) else found


def _promises_nothing(text: str) -> bool:
    """"≥ 0" asks for nothing: what is counted cannot be less."""
    target = read_target(text)
    return target.comparator in (">=", ">") and target.number is not None and target.number <= 0


def _proposal(name: str, values: Mapping[str, str], targets: Mapping[str, str], year: int, ahead: int) -> Proposal | None:
    already = targets.get(str(year + ahead))
    if already and _measurable(already):
        reason = f"valore atteso {year + ahead} già fissato nel documento: {already}"
        return Proposal(_signed(" ".join(already.split()), direction(name, targets)), reason, (str(year + ahead),))
    way = direction(name, targets)
    points = series(values, year)
    if way and points:
        return _from_series(points, way, ahead)
    if points:
        return None
    return _carried(targets, year, way, values, ahead)


def series(values: Mapping[str, str], before: int) -> list[Point]:
    """The last three past values that read as plain numbers of one kind and unit, oldest first."""
    found: list[tuple[Point, tuple[str, str]]] = []
    for key, text in sorted(values.items(), key=lambda item: first_year(item[0]) or 0):
        when = first_year(key)
        if when is None or when >= before or is_unset(text):
            continue
        target = read_target(text)
        if target.type in NUMERIC and target.value is not None and target.comparator is None and target.confident:
            found.append((Point(key, Decimal(str(target.value)), " ".join(text.split())), (target.type, target.unit or "")))
    if not found:
        return []
    kinds = [kind for _, kind in found if kind != ("number", "")]
    wanted = {kinds[-1], ("number", "")} if kinds else {("number", "")}
    if found[-1][1] not in wanted:
        return []
    return [point for point, kind in found if kind in wanted][-3:]


def first_year(key: str) -> int | None:
    """The (first) year of a period key: "2023", "a.s. 2021/2022"."""
    match = re.search(r"(?:19|20)\d{2}", key)
    return int(match[0]) if match else None


def _from_series(points: list[Point], way: Direction, ahead: int) -> Proposal:
    last = points[-1]
    shown = ", ".join(f"{p.year}: {p.text}" for p in points)
    better = 1 if way == "higher" else -1
    basis = tuple(p.year for p in points)
    top = last.text.endswith("%") and last.value >= 100 if way == "higher" else last.value <= 0
    if top:
        return Proposal(_written(last.value, last, way), f"{shown} → già al valore migliore possibile: da mantenere", basis)
    if len(points) == 1:
        reason = f"{shown} → un solo valore noto: si propone di non peggiorarlo; alza il valore o motiva il mantenimento"
        return Proposal(_written(last.value, last, way), reason, basis)
    step = (last.value - points[0].value) / (len(points) - 1) * better
    mean = sum((p.value for p in points), Decimal(0)) / len(points)
    if step < 0 or (step == 0 and way == "higher" and not last.value and mean):
        goal = _rounded(mean, last, "toward", better)
        return Proposal(
            _written(goal, last, way),
            f"{shown} → andamento in peggioramento: si propone di tornare alla media, "
            f"{_sign(way)} {italian(goal)}; ultimo valore {last.text}",
            basis,
        )
    if step == 0:
        return Proposal(_written(last.value, last, way), f"{shown} → valore stabile: mantenimento, da motivare", basis)
    bounded = min(step, abs(last.value) * MAX_STEP) * (ahead + 1)
    goal = _rounded(last.value + better * bounded, last, "last", better)
    if goal == last.value:
        goal = last.value + better * _unit_step(last)
    goal = max(goal, Decimal(0))
    if last.text.endswith("%"):
        goal = min(goal, Decimal(100))
    text = _written(goal, last, way)
    return Proposal(text, f"{shown} → proposta {text}; ultimo valore già {last.text}", basis)


def _carried(
    targets: Mapping[str, str], year: int, way: Direction | None, values: Mapping[str, str], ahead: int = 0
) -> Proposal | None:
    """The last target set, with its comparator written out where the direction is known, a date in the new year."""
    past = [(first_year(k) or 0, k, v) for k, v in targets.items() if (first_year(k) or 9999) < year and _measurable(v)]
    if not past:
        return None
    _, key, text = max(past)
    text = " ".join(text.split())
    target = read_target(text)
    if way and _weaker(target.number, values, year, way):
        return None
    why = (
        "i risultati noti non formano una serie di numeri"
        if any(not is_unset(v) for v in values.values())
        else "nessun risultato disponibile"
    )
    reason = f"{why}; valore atteso {key} nel precedente: {text} → riproposto, da confermare con i dati"
    if target.type in ("date", "month"):
        text = adapt(text, first_year(key), year + ahead, True).text
    return Proposal(_signed(text, way), reason, (key,))


def _signed(text: str, way: Direction | None) -> str:
    """A bare number with the comparator of its better side, so that a result can be measured; 100% stays as it is."""
    target = read_target(text)
    bare = target.type in NUMERIC and target.comparator is None and way is not None
    return text if not bare or _whole(text, target.number, way) else f"{_sign(way)} {text}"


def _whole(text: str, value: Decimal | None, way: Direction | None) -> bool:
    """Whether it is all of it: there is nothing above 100%."""
    return way == "higher" and value == 100 and text.rstrip().endswith("%")


def _weaker(target: Decimal | None, values: Mapping[str, str], year: int, way: Direction) -> bool:
    """Whether a target asks less than the last known value, as far as both are numbers (">100" counts as 100)."""
    known = [(first_year(k) or 0, read_target(v).number) for k, v in values.items() if (first_year(k) or year) < year]
    numbers = [(when, n) for when, n in known if n is not None]
    if target is None or not numbers:
        return False
    last = max(numbers)[1]
    return target < last if way == "higher" else target > last


def _measurable(text: str) -> bool:
    if is_unset(text):
        return False
    target = read_target(text)
    known = {*NUMERIC, "ratio", "date", "month", "boolean", "compound"}
    if target.type == "range":
        return interval(target) is not None
    return target.type in known and (target.type != "boolean" or target.value is not None)


def _sign(way: Direction | None) -> str:
    return "≥" if way == "higher" else "≤"


def _places(last: Point) -> int:
    exponent = last.value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return min(decimals, 1) if abs(last.value) >= 10 else min(decimals, 2)


def _unit_step(last: Point) -> Decimal:
    return Decimal(1).scaleb(-_places(last))


def _rounded(value: Decimal, last: Point, how: str, better: int) -> Decimal:
    """Rounded to the series' own precision: back to the last value ("last"), or to the better side ("toward")."""
    up = better > 0
    if how == "last":
        up = not up
    return value.quantize(_unit_step(last), rounding=ROUND_CEILING if up else ROUND_FLOOR)


def _written(value: Decimal, last: Point, way: Direction) -> str:
    """The value with its comparator and the unit as the series writes it."""
    unit = read_target(last.text).unit or ""
    tail = re.search(r"[^\d.,\s'\"][^\d'\"]*$", last.text)
    if tail and not re.search(r"['’\"]|\d\s*h\s*\d", last.text):
        unit = tail[0].strip()
    if _whole(f"{italian(value)}{unit}", value, way):
        return f"{italian(value)}{unit}"
    return f"{_sign(way)} {italian(value)}{'' if unit in ('%', '') else ' '}{unit}"
