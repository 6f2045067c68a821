"""The phases of a draft, written into the card field by field with their origin: those of precedents, or those of a pattern."""

from __future__ import annotations

from collections.abc import Sequence

from cards.model import Card
from prompts.adapt import adapt
from prompts.builder import CardBuilder, computed, from_card, template, user
from prompts.choose import same_entity
from prompts.library import Pattern
from prompts.measures import to_check
from prompts.need import Need, italian_day
from prompts.phases import balanced, slots, timetable
from prompts.weights import in_fives

Pick = tuple[Card, int]


def put_picked(b: CardBuilder, need: Need, picks: Sequence[Pick], entity: str | None) -> None:
    """Phases of one precedent or of several, by card and position: words adapted, weights that sum to 100, new dates."""
    weights, own = balanced(picks)
    for n, ((card, index), weight) in enumerate(zip(picks, weights, strict=True)):
        phase, at, to = card.phases[index], f"phases[{index}]", f"phases[{n}]"
        same = bool(entity) and same_entity(card.entity, entity)
        done = adapt(phase.text or "", card.year, need.year, same, need.span[1].year)
        b.put(f"{to}.number", str(n + 1), computed("in ordine"))
        b.put(f"{to}.text", done.text, from_card(card, f"{at}.text", done.note, done.bodies))
        kept = from_card(card, f"{at}.weight", f"nel precedente {phase.weight}; somma portata a 100")
        b.put(f"{to}.weight", f"{weight}%", kept if own else computed("pesi uguali che sommano a 100"))
    _timing(b, need, picks, weights)


def put_pattern(b: CardBuilder, need: Need, source: Pattern) -> None:
    """The phases of a pattern of our library."""
    weights = in_fives([p.share for p in source.phases])
    note = template(source.key, to_check(source.basis, "fasi di un obiettivo di processo: adattale al lavoro reale"))
    for n, (phase, weight) in enumerate(zip(source.phases, weights, strict=True)):
        b.put(f"phases[{n}].number", str(n + 1), computed("in ordine"))
        b.put(f"phases[{n}].text", phase.text, note)
        b.put(f"phases[{n}].weight", f"{weight}%", note)
    _timing(b, need, [], weights)


def _timing(b: CardBuilder, need: Need, picks: Sequence[Pick], weights: Sequence[int]) -> None:
    for n, slot in enumerate(slots(picks, weights, need.span)):
        at = f"phases[{n}]"
        if slot.kept:
            note = from_card(picks[n][0], f"phases[{picks[n][1]}]", "stessi mesi del precedente")
        else:
            note = computed("fasi in ordine sull'orizzonte, con durata proporzionata al peso")
        b.put(f"{at}.start", italian_day(slot.start), note)
        b.put(f"{at}.end", italian_day(slot.end), note)
        if need.layout == "segrate":
            schedule, due = timetable(slot, need.year)
            for month, share in schedule.items():
                b.put(f"{at}.schedule.{month}", share, computed("quote mensili uguali"))
            for day, share in due.items():
                b.put(f"{at}.due.{day}", share, computed("somma delle quote mensili alla data"))
        if need.layout == "bellusco":
            b.put(f"{at}.assigned_to", " ".join(need.unit.split()), user("unità indicata"))
