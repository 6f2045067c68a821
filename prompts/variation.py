"""A variation on its card: which part it changes, and the card after it, with the old text still there and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.errors import PiaoError
from cards.labels import name_of
from cards.model import GONE, Card, Indicator, Origin, Phase, Variation
from cards.quantities import read_date
from prompts.words import folded, likeness

_WHEN = re.compile(
    r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}(?!\d)|(?<!\d)\d{1,2}°?\s+(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio"
    r"|agosto|settembre|ottobre|novembre|dicembre)\s+(?:19|20)\d{2}(?!\d)", re.I,
)  # fmt: skip

_PLACE = re.compile(r"(phases|indicators|activities)\[(\d+)\](.*)")


@dataclass(frozen=True, slots=True)
class PartOfCard:
    """The part of a card that a variation changes. ``index`` is its position, None for the objective itself."""

    card: Card
    object: str
    index: int | None

    @property
    def phase_number(self) -> str | None:
        """The phase's number (its position where it has none); None for the other parts."""
        if self.object != "phase" or self.index is None:
            return None
        return self.card.phases[self.index].number or str(self.index + 1)

    def old(self, action: str) -> str | None:
        """The old text: the target for a change of target, the name or text for the rest."""
        if self.index is None:
            return self.card.title
        if self.object == "phase":
            return self.card.phases[self.index].text
        if self.object == "activity":
            return self.card.activities[self.index]
        indicator = self.card.indicators[self.index]
        return target_of(indicator, self.card.year) if action == "change_target" else indicator.name


def find_part(card: Card, obj: str, number: str | None) -> PartOfCard:
    """The part by number, position or words; one that is not there, or not said where there are several, is a ``PiaoError``."""
    if obj == "objective":
        return PartOfCard(card, obj, None)
    names = {
        "phase": [p.text or "" for p in card.phases], "indicator": [i.name or "" for i in card.indicators],
        "activity": list(card.activities),
    }[obj]  # fmt: skip
    word = {"phase": "fasi", "indicator": "indicatori", "activity": "attività"}[obj]
    if not [1 for n in range(len(names)) if not _gone(card, obj, n)]:
        raise PiaoError(f"La scheda «{card.title}» non ha {word}: scegli un altro oggetto.")
    index = _index(card, obj, names, number)
    if index is None:
        raise PiaoError(
            f"La scheda «{card.title}» non ha tra le sue {len(names)} {word} «{number or '(non indicata)'}»: "
            "indica numero o nome."
        )
    return PartOfCard(card, obj, index)


def _index(card: Card, obj: str, names: list[str], number: str | None) -> int | None:
    """The position among the parts still in force: what an earlier variation took away cannot change again."""
    active = [n for n in range(len(names)) if not _gone(card, obj, n)]
    wanted = (number or "").strip()
    if not wanted:
        return active[0] if len(active) == 1 else None
    if obj == "phase":
        by_number = next((n for n in active if (card.phases[n].number or str(n + 1)) == wanted), None)
        return _like(names, active, wanted) if by_number is None else by_number
    if wanted.isdigit() and int(wanted) - 1 in active:
        return int(wanted) - 1
    return _like(names, active, wanted)


def _gone(card: Card, obj: str, index: int) -> bool:
    """Whether a phase or an indicator was eliminated or replaced; an activity that was is no longer in the card."""
    if obj == "phase":
        return card.phases[index].status in GONE
    return obj == "indicator" and card.indicators[index].status in GONE


def _like(names: list[str], active: list[int], wanted: str) -> int | None:
    exact = next((n for n in active if folded(names[n]).strip() == folded(wanted).strip()), None)
    if exact is not None:
        return exact
    near = max(active, key=lambda n: likeness(names[n], wanted))
    return near if likeness(names[near], wanted) >= 0.5 else None


def refusal(card: Card) -> str | None:
    """Why no variation can be asked of this card, in Italian: it was eliminated or replaced; None where it can.

    >>> refusal(Card(title="Corso", status="active")) is None
    True
    """
    if card.status not in GONE:
        return None
    told = {
        "eliminated": "eliminata e non si può più variare: per rimetterla in vigore riprendi una sua versione precedente dalla "
                      "cronologia",
        "replaced": "sostituita e non si può più variare: chiedi la variazione sulla scheda che ne ha preso il posto",
    }[str(card.status)]
    return f"La scheda «{name_of(card)}» è già {told}."


def described(card: Card, v: Variation) -> str:
    """The part in words, with its article: "la fase 3 «…»"."""
    if v.object == "objective":
        return f"l'obiettivo «{card.title}»"
    if v.object == "phase":
        return f"la fase {v.number} «{v.old}»" if v.old else f"la fase {v.number or ''}".strip()
    name = v.name if v.action == "change_target" else v.old
    return {"indicator": "l'indicatore", "activity": "l'attività"}[v.object] + (f" «{name}»" if name else "")


def target_of(indicator: Indicator, year: int | None) -> str | None:
    """The target of the card's year, else the last one."""
    return indicator.targets.get(str(year)) or next(reversed(list(indicator.targets.values())), None)


def new_targets(indicator: Indicator, year: int | None, new: str) -> dict[str, str]:
    """The new target in every year that had the old one; the card's year where there was none."""
    current = target_of(indicator, year)
    return {y: new for y, text in indicator.targets.items() if text == current} or {str(year): new}


def apply_variation(card: Card, variation: Variation) -> Card:
    """The card after a variation: old phases and indicators stay with their status, new ones follow, ``variations`` grows.

    A replaced objective keeps its own words: the one that takes its place is another card.
    """
    changed = {"objective": _objective, "phase": _phase, "indicator": _indicator, "activity": _activity}[variation.object](
        card, variation
    )
    status = changed.status if changed.status in GONE else "modified"
    return changed.replace(status=status, variations=(*card.variations, variation))


def _objective(card: Card, v: Variation) -> Card:
    if v.action == "eliminate":
        return card.replace(status="eliminated")
    if v.action in ("extend", "postpone"):
        year = re.search(r"(?:19|20)\d{2}", v.new or "")
        horizon = f"{card.year} - {year[0]}" if year and card.year and int(year[0]) > card.year else card.horizon
        return card.replace(end=v.new, horizon=horizon)
    return card.replace(status="replaced") if v.action == "replace" else card


def _phase(card: Card, v: Variation) -> Card:
    phases = list(card.phases)
    if v.action == "add":
        known = [int(p.number) for p in phases if p.number and p.number.isdigit()]
        number = v.number or str(1 + max(known, default=len(phases)))
        return _asked(card, f"phases[{len(phases)}].text").replace(phases=(*phases, Phase(number=number, text=v.new)))
    index = find_part(card, "phase", v.number or v.old).index or 0
    old = phases[index]
    if v.action == "eliminate":
        phases[index] = old.replace(status="eliminated")
    elif v.action in ("extend", "postpone"):
        phases[index] = old.replace(end=v.new)
    else:
        phases[index] = old.replace(status="replaced")
        phases.insert(index + 1, old.replace(text=v.new, status="active"))
        card = _asked(_moved(card, "phases", index + 1, 1), f"phases[{index + 1}].text")
    return card.replace(phases=tuple(phases))


def _indicator(card: Card, v: Variation) -> Card:
    indicators = list(card.indicators)
    if v.action == "add":
        new = Indicator(name=v.new, targets=v.targets)
        return _asked(card, f"indicators[{len(indicators)}].name").replace(indicators=(*indicators, new))
    index = find_part(card, "indicator", v.name or v.old).index or 0
    old = indicators[index]
    if v.action == "eliminate":
        indicators[index] = old.replace(status="eliminated")
    elif v.action == "change_target":
        targets = v.targets or new_targets(old, card.year, v.new or "")
        indicators[index] = old.replace(targets={**old.targets, **targets})
        card = _asked(card, *(f"indicators[{index}].targets.{year}" for year in targets))
    else:
        indicators[index] = old.replace(status="replaced")
        indicators.insert(index + 1, _in_place_of(old, v))
        card = _asked(_moved(card, "indicators", index + 1, 1), f"indicators[{index + 1}].name")
    return card.replace(indicators=tuple(indicators))


def _in_place_of(old: Indicator, v: Variation) -> Indicator:
    """The new indicator with the weight and the targets of the old one, but not its past: that was measured otherwise."""
    return Indicator(
        name=v.new, kind=old.kind, unit=old.unit, weight=old.weight, targets=v.targets or old.targets, status="active"
    )


def _activity(card: Card, v: Variation) -> Card:
    activities = list(card.activities)
    if v.action == "add":
        return card.replace(activities=(*activities, v.new))
    index = find_part(card, "activity", v.old).index or 0
    if v.action == "eliminate":
        del activities[index]
        card = _moved(card, "activities", index, -1)
    else:
        activities[index] = v.new or activities[index]
    return card.replace(activities=tuple(activities))


def still_said(card: Card, v: Variation) -> dict[str, str]:
    """Where the card's own words still tell the end that a postponement moves, a line by field: a person changes them.

    >>> card = Card(title="Corso", description="Si chiude il 30/09/2026.", end="30/09/2026")
    >>> list(still_said(card, Variation(action="postpone", object="objective", new="31/12/2026")))
    ['description']
    """
    if v.action not in ("postpone", "extend"):
        return {}
    index = find_part(card, "phase", v.number or v.old).index if v.object == "phase" else None
    was = card.end if index is None else card.phases[index].end
    day = read_date(was or "")
    if day is None or day == read_date(v.new or ""):
        return {}
    fields = {"description": "la descrizione", "purpose": "la finalità", "title": "il titolo"}
    return {
        name: f"la nuova data dove {where} dice ancora «{found[0]}», la fine di prima: da cambiare in {v.new}"
        for name, where in fields.items()
        if (found := [m[0] for m in _WHEN.finditer(getattr(card, name) or "") if read_date(m[0]) == day])
    }


def _asked(card: Card, *paths: str) -> Card:
    """New words of a variation come from who asks for it."""
    return card.replace(provenance={**card.provenance, **{path: Origin(from_="user", note="variazione") for path in paths}})


def _moved(card: Card, part: str, start: int, by: int) -> Card:
    """The origins of the parts from ``start`` on, moved with them: one part was put in there (1) or taken out (-1)."""
    found: dict[str, Origin] = {}
    for path, origin in card.provenance.items():
        place = _PLACE.fullmatch(path)
        if not place or place[1] != part or int(place[2]) < start:
            found[path] = origin
        elif by > 0 or int(place[2]) > start:
            found[f"{part}[{int(place[2]) + by}]{place[3]}"] = origin
    return card.replace(provenance=found)
