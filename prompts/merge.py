"""A draft put together field by field from several precedents: what each offers, and the card that a person's choices make.

Precedents are known by a letter, in order; "proposta" is what ``draft_card`` proposes. Phases and indicators are chosen
one by one ("A1", "B3": letter and position, 1-based). Each field keeps the origin of the precedent that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cards.errors import PiaoError
from cards.model import GONE, Card, Origin
from prompts.adapt import adapt
from prompts.builder import CardBuilder, from_card
from prompts.choose import Chosen, from_pick, same_entity
from prompts.drafting import draft_card, put_description
from prompts.library import find_pattern
from prompts.links import BUDGET, OWN_LINKS
from prompts.measures import put_indicators
from prompts.need import Need
from prompts.phases import usable
from prompts.phasing import Pick, put_picked

LETTERS = "ABCDE"
PROPOSED = "proposta"
TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",), "purpose": ("purpose",), "description": ("description",), "budget": BUDGET, "strategy": OWN_LINKS,
}  # fmt: skip
LISTS = ("phases", "indicators")
FIELDS = (*TEXTS, *LISTS)
Choices = Mapping[str, str | Sequence[str] | None]
_PICK = re.compile(r"([A-E])(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Offer:
    """What one precedent (by its letter) or the proposal offers for a field: lines of text by the key that chooses them."""

    key: str
    lines: Mapping[str, str]


def offers(need: Need, precedents: Sequence[Card]) -> dict[str, list[Offer]]:
    """Side by side, by field: the proposal first, then what each precedent has; one without a field offers nothing for it.

    >>> card = Card(title="Pagare prima", purpose="Pagare in trenta giorni chi lavora per l'ente")
    >>> [offer.key for offer in offers(Need("Pagamenti", "Ragioneria", 2026), [card])["purpose"]]
    ['proposta', 'A']
    """
    proposed = draft_card(need, precedents)
    found: dict[str, list[Offer]] = {}
    for field, names in TEXTS.items():
        columns = [(PROPOSED, proposed), *zip(LETTERS, precedents, strict=False)]
        texts = [(key, " · ".join(str(getattr(card, n)) for n in names if getattr(card, n))) for key, card in columns]
        found[field] = [Offer(key, {key: text}) for key, text in texts if text]
    for field in LISTS:
        found[field] = [Offer(PROPOSED, {PROPOSED: "\n".join(_lines(proposed, field).values())})]
        for letter, card in zip(LETTERS, precedents, strict=False):
            lines = {f"{letter}{n + 1}": text for n, text in _lines(card, field).items()}
            found[field] += [Offer(letter, lines)] if lines else []
    return found


def _lines(card: Card, field: str) -> dict[int, str]:
    """Phases or indicators that can be taken, as lines by position."""
    if field == "phases":
        return {n: card.phases[n].text or "" for n in usable(card)}
    found = {}
    for n, indicator in enumerate(card.indicators):
        if indicator.name and indicator.status not in GONE:
            values = "; ".join(f"{y}: {t}" for y, t in {**indicator.actuals, **indicator.targets}.items())
            found[n] = indicator.name + (f" ({values})" if values else "")
    return found


def merge_cards(need: Need, precedents: Sequence[Card], choices: Choices) -> Card:
    """The card that the choices make. By field: "proposta" (also where nothing is said), a letter, keys of phases or indicators,
    None or an empty list to leave it out (the title is then the need's own).

    An indicator without data gets ``[VERIFICARE]`` as its target. A choice that names no precedent or part is a ``PiaoError``.
    """
    if unknown := set(choices) - set(FIELDS):
        raise PiaoError(f"Campi che non si possono scegliere: {', '.join(sorted(unknown))}.")
    entity = need.entity
    b = _kept(draft_card(need, precedents), [f for f in FIELDS if choices.get(f, PROPOSED) != PROPOSED])
    for field, names in TEXTS.items():
        chosen = choices.get(field, PROPOSED)
        if isinstance(chosen, str) and chosen != PROPOSED:
            _put_texts(b, need, _precedent(precedents, chosen), names, entity)
    if "title" not in b.data:
        b.put("title", " ".join(need.title.split()), Origin(from_="user"))
    for field, put in (("phases", _put_phases), ("indicators", _put_indicators)):
        chosen = choices.get(field, PROPOSED)
        if chosen != PROPOSED:
            put(b, need, precedents, _picks(precedents, field, chosen or ()), entity)
    if choices.get("description", PROPOSED) == PROPOSED:
        put_description(b, need, find_pattern(need.title, need.year))
    return b.card()


def _kept(card: Card, chosen: Sequence[str]) -> CardBuilder:
    """A builder with the proposal, but for the fields that are chosen otherwise."""
    gone = {name for field in chosen for name in TEXTS.get(field, (field,))} | {"provenance"}
    b = CardBuilder()
    b.data = {name: value for name, value in card.to_json().items() if name not in gone and value not in (None, [], {})}
    b.provenance = {path: o for path, o in card.provenance.items() if re.split(r"[.\[]", path)[0] not in gone}
    return b


def _precedent(precedents: Sequence[Card], letter: str) -> Card:
    index = LETTERS.find(letter) if len(letter) == 1 else -1
    if not 0 <= index < len(precedents):
        raise PiaoError(f"Il precedente «{letter}» non c'è: scegli tra {', '.join(LETTERS[: len(precedents)]) or 'nessuno'}.")
    return precedents[index]


def _put_texts(b: CardBuilder, need: Need, card: Card, names: Sequence[str], entity: str | None) -> None:
    same = bool(entity) and same_entity(card.entity, entity)
    for name in names:
        text = getattr(card, name)
        done = adapt(text, card.year, need.year, same, need.span[1].year) if text else None
        if done:
            b.put(name, done.text, from_card(card, name, done.note, done.bodies))


def _picks(precedents: Sequence[Card], field: str, chosen: str | Sequence[str]) -> list[Pick]:
    """Cards and positions; a letter alone means all of that precedent's."""
    found: list[Pick] = []
    for key in [chosen] if isinstance(chosen, str) else chosen:
        match = _PICK.fullmatch(key)
        card = _precedent(precedents, match[1] if match else key)
        there = _lines(card, field)
        wanted = [int(match[2]) - 1] if match else list(there)
        if any(index not in there for index in wanted):
            word = {"phases": "fasi", "indicators": "indicatori"}[field]
            raise PiaoError(f"«{key}» non è tra {word} del precedente: ricarica il confronto e scegli di nuovo.")
        found += [(card, index) for index in wanted if (card, index) not in found]
    return found


def _put_phases(b: CardBuilder, need: Need, _cards: Sequence[Card], picks: list[Pick], entity: str | None) -> None:
    put_picked(b, need, picks, entity)


def _put_indicators(b: CardBuilder, need: Need, cards: Sequence[Card], picks: list[Pick], entity: str | None) -> None:
    chosen: list[Chosen] = [from_pick(card, index, cards, entity, need.years) for card, index in picks]
    put_indicators(b, need, chosen, need.years)
