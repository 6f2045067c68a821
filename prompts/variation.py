"""A variation on its card: which part it changes, and the card after it, with the old text still there and marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.errors import PiaoError
from cards.model import Card, Indicator, Phase, Variation
from prompts.words import folded, likeness

_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")


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
    if not names:
        raise PiaoError(f"La scheda «{card.title}» non ha {word}: scegli un altro oggetto.")
    index = _index(card, obj, names, number)
    if index is None:
        raise PiaoError(
            f"La scheda «{card.title}» non ha tra le sue {len(names)} {word} «{number or '(non indicata)'}»: "
            "indica numero o nome."
        )
    return PartOfCard(card, obj, index)


def _index(card: Card, obj: str, names: list[str], number: str | None) -> int | None:
    if not (number or "").strip():
        return 0 if len(names) == 1 else None
    wanted = (number or "").strip()
    if obj == "phase":
        active = [n for n, p in enumerate(card.phases) if p.status not in ("eliminated", "replaced")]
        return next((n for n in active if (card.phases[n].number or str(n + 1)) == wanted), _like(names, wanted))
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    return _like(names, wanted)


def _like(names: list[str], wanted: str) -> int | None:
    exact = next((n for n, name in enumerate(names) if folded(name).strip() == folded(wanted).strip()), None)
    if exact is not None:
        return exact
    near = max(range(len(names)), key=lambda n: likeness(names[n], wanted))
    return near if likeness(names[near], wanted) >= 0.5 else None


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
    """The card after a variation: old phases stay with their status, new text follows them, ``variations`` grows."""
    changed = {"objective": _objective, "phase": _phase, "indicator": _indicator, "activity": _activity}[variation.object](
        card, variation
    )
    status = changed.status if changed.status in ("eliminated", "replaced") else "modified"
    return changed.replace(status=status, variations=(*card.variations, variation))


def _objective(card: Card, v: Variation) -> Card:
    if v.action == "eliminate":
        return card.replace(status="eliminated")
    if v.action in ("extend", "postpone"):
        year = re.search(r"(?:19|20)\d{2}", v.new or "")
        horizon = f"{card.year} - {year[0]}" if year and card.year and int(year[0]) > card.year else card.horizon
        return card.replace(end=v.new, horizon=horizon)
    return card.replace(title=v.new, status="replaced") if v.action == "replace" else card


def _phase(card: Card, v: Variation) -> Card:
    phases = list(card.phases)
    if v.action == "add":
        known = [int(p.number) for p in phases if p.number and p.number.isdigit()]
        number = v.number or str(1 + max(known, default=len(phases)))
        return card.replace(phases=(*phases, Phase(number=number, text=v.new)))
    index = find_part(card, "phase", v.number or v.old).index or 0
    old = phases[index]
    if v.action == "eliminate":
        phases[index] = old.replace(status="eliminated")
    elif v.action in ("extend", "postpone"):
        phases[index] = old.replace(end=v.new)
    else:
        phases[index] = old.replace(status="replaced")
        phases.insert(index + 1, old.replace(text=v.new, status="active"))
    return card.replace(phases=tuple(phases))


def _indicator(card: Card, v: Variation) -> Card:
    indicators = list(card.indicators)
    if v.action == "add":
        return card.replace(indicators=(*indicators, Indicator(name=v.new)))
    index = find_part(card, "indicator", v.name or v.old).index or 0
    old = indicators[index]
    if v.action == "eliminate":
        del indicators[index]
    elif v.action == "change_target":
        targets = v.targets or new_targets(old, card.year, v.new or "")
        indicators[index] = old.replace(targets={**old.targets, **targets})
    else:
        indicators[index] = old.replace(name=v.new)
    return card.replace(indicators=tuple(indicators))


def _activity(card: Card, v: Variation) -> Card:
    activities = list(card.activities)
    if v.action == "add":
        return card.replace(activities=(*activities, v.new))
    index = find_part(card, "activity", v.old).index or 0
    if v.action == "eliminate":
        del activities[index]
    else:
        activities[index] = v.new or activities[index]
    return card.replace(activities=tuple(activities))
