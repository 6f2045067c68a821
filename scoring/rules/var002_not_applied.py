"""VAR002: what the request adds or replaces is not in the card, or has another target; a redefined value that did not change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card, Indicator, Variation
from scoring.days import first_day, last_day
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import demand
from scoring.rules._sources import CHANGES, CONSISTENT
from scoring.rules._variations import asked_number, asked_period, asked_text, indicators_like, phases_like, same
from scoring.values import plain, short, typed, unset, weight

_CHANGE = r"(?:ridefini\w+|ridetermin\w+|rimodul\w+|riformul\w+|aggiorn\w+|modific\w+|rived\w+|rivist\w+|adegu\w+)"
_VALUE = r"(?:valor[ei]|target)(?:\s+attes[oi])?"
_FOR = r"(?:per\s+(?:il|l'anno)|del(?:l'anno)?|relativ[oi]\s+al|al|dal)?"
_REDEFINED = re.compile(
    rf"\b{_CHANGE}\s+(?:il\s+|i\s+|anche\s+)*{_VALUE}\s*{_FOR}\s*((?:19|20)\d{{2}})\b"
    rf"|\b{_VALUE}\s*{_FOR}\s*((?:19|20)\d{{2}})\s+(?:è|e'|viene|vengono|sono|si|stat[oi]|\s)*{_CHANGE}",
    re.IGNORECASE,
)

_SHARE = 0.8


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Requests against the card; notes against the targets of two plans."""
    if card.status not in GONE:
        for i, variation in enumerate(card.variations):
            yield from _one(card, i, variation)
    for i, indicator in enumerate(card.indicators):
        yield from _redefined(i, indicator)


def _one(card: Card, i: int, variation: Variation) -> Iterator[Hit]:
    new = asked_text(variation.new)
    if variation.action == "change_target":
        yield from _target(card, i, variation)
    elif variation.action in ("add", "replace", "change_indicator", "change_phase", "change_activity") and new:
        if not _present(card, variation, new):
            yield hit(f"variations[{i}].new", found="assente nella scheda", expected=short(new), what=short(new, 100))
        elif variation.object == "phase" and (late := _other_period(card, variation, new)):
            place, there, asked = late
            yield hit(place, variant="period", found=there, expected=asked, what=short(new, 80), there=there, asked=asked)
        elif variation.object == "phase" and variation.number and asked_number(variation.new) in (None, variation.number):
            places = phases_like(card, new)
            if places and card.phases[places[0]].number not in (None, variation.number):
                number = card.phases[places[0]].number
                yield hit(
                    f"phases[{places[0]}].number",
                    variant="number",
                    found=number,
                    expected=variation.number,
                    what=short(new, 80),
                    number=number,
                    asked=variation.number,
                )


def _present(card: Card, variation: Variation, new: str) -> bool:
    if variation.object == "phase":
        return bool(phases_like(card, new)) or not card.phases or any(_mostly(phase.text, new) for phase in card.phases)
    if variation.object == "indicator":
        return bool(indicators_like(card, new)) or not card.indicators or any(_mostly(one.name, new) for one in card.indicators)
    if variation.object == "activity":
        return any(same(text, new) or plain(new)[:60] in plain(text) for text in card.activities) or not card.activities
    return True


def _other_period(card: Card, variation: Variation, new: str) -> tuple[str, str, str] | None:
    """The field, its text and the period asked, where the phase has dates that are not those of the request."""
    period, places = asked_period(variation.new, card.year), phases_like(card, new)
    if period is None or len(places) != 1:
        return None
    phase, at = card.phases[places[0]], f"phases[{places[0]}]"
    asked = f"{period[0]:%d/%m/%Y} - {period[1]:%d/%m/%Y}"
    first, last = first_day(phase.start, card.year), last_day(phase.end, card.year)
    if first and first != period[0]:
        return f"{at}.start", str(phase.start), asked
    if last and last != period[1]:
        return f"{at}.end", str(phase.end), asked
    months = [key for key, share in phase.schedule.items() if weight(share)]
    out = [key for key in months if len(key) == 7 and not f"{period[0]:%Y-%m}" <= key <= f"{period[1]:%Y-%m}"]
    return (f"{at}.schedule", ", ".join(out), asked) if out else None


def _mostly(there: str | None, asked: str) -> bool:
    """The same words but for one in five: reworded, not absent."""
    one, two = set(plain(there).split()), set(plain(asked).split())
    return bool(one and two) and len(one & two) >= _SHARE * max(len(one), len(two))


def _target(card: Card, i: int, variation: Variation) -> Iterator[Hit]:
    """The new target, by year where the request says so, against the card's."""
    places = indicators_like(card, variation.name or "")
    if not places:
        return
    indicator = card.indicators[places[0]]
    asked = variation.targets or {key: variation.new or "" for key in list(indicator.targets)[:1]}
    for key, value in sorted(asked.items()):
        there = indicator.targets.get(key)
        if value and there is not None and not unset(there) and not _equal(value, there):
            yield hit(
                f"indicators[{places[0]}].targets.{key}",
                variant="target",
                found=there,
                expected=value,
                name=short(indicator.name),
                there=there,
                asked=value,
            )
            return


def _equal(one: str, two: str) -> bool:
    if plain(one) == plain(two):
        return True
    a, b = typed(one), typed(two)
    if a.type == "compound" or a.ratio:
        return demand(a, b, "higher") in (0, None)
    if (a.comparator, a.value) == (b.comparator, b.value):
        return True
    return demand(a, b, None) == 0 and (a.comparator == b.comparator or None in (a.comparator, b.comparator))


def _redefined(i: int, indicator: Indicator) -> Iterator[Hit]:
    match = _REDEFINED.search(indicator.note or "")
    if not match:
        return
    year = match[1] or match[2]
    values = [targets[year] for targets in indicator.targets_by_plan.values() if not unset(targets.get(year, ""))]
    if len(values) > 1 and len({plain(value) for value in values}) == 1:
        yield hit(
            f"indicators[{i}].targets.{year}",
            variant="redefined",
            found=f"{year}: {values[0]} in tutti i piani",
            expected="un valore ridefinito",
            name=short(indicator.name),
            year=year,
            value=values[0],
        )


RULE = Rule(
    code="VAR002",
    level=Level.ERROR,
    card=check,
    title="La variazione chiesta non è nella scheda",
    message="La richiesta introduce «{what}», che nella scheda non c'è.",
    variants={
        "number": "La fase «{what}» ha il numero {number}, la richiesta dice {asked}.",
        "period": "La fase «{what}» è nella scheda {there}, la richiesta dice {asked}.",
        "target": "«{name}»: la richiesta porta il valore atteso a {asked}, la scheda dice {there}.",
        "redefined": "«{name}»: la nota dice che il valore {year} è ridefinito, ma è {value} in tutti i piani.",
    },
    why="Una variazione approvata e non riportata lascia in vigore due versioni dello stesso obiettivo.",
    fix="Riporta nella scheda testo, numero, date e valori della richiesta, o correggi la richiesta.",
    basis=(CHANGES, CONSISTENT),
)
