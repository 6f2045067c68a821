"""The two books of *Consuntivo*: drafts, where each value typed is saved at once, and cards of a document, tried out in notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cards.errors import Conflict, NotInArchive
from cards.model import Card, Origin
from scoring.profiles import Profile
from scoring.results import Ways, actual_year, neutralise, neutralised, reinstate, ways, with_actual, with_note, with_percent
from ui.editor import mark_user
from ui.plain import short
from ui.scratch import Scratch
from ui.state import archive
from ui.tables import text as cell

Change = Callable[[Card], Card]
MESSAGE = "consuntivo:avviso"


@dataclass(frozen=True)
class Entry:
    """A card on the page: as it is now, and as it was before anybody typed here."""

    key: str
    card: Card
    before: Card

    def ways(self, profile: Profile) -> Ways:
        """Which direction is better, from the card as it was."""
        return ways(self.before, profile)


def value_of(card: Card, index: int, field: str) -> str:
    """What stands in a cell now."""
    if field == "percent":
        outcomes = card.items[index].outcomes
        return (outcomes[-1].percent if outcomes else None) or ""
    indicator = card.indicators[index]
    if field == "neutral":
        return neutralised(indicator) or ""
    return (indicator.note if field == "note" else indicator.actuals.get(actual_year(card, indicator))) or ""


def name_of(card: Card, index: int, field: str) -> str | None:
    """What the cell belongs to: to find out that somebody moved the rows meanwhile."""
    rows: Any = card.items if field == "percent" else card.indicators
    if index >= len(rows):
        return None
    return str((rows[index].title if field == "percent" else rows[index].name) or "")


def changed(entry: Entry, card: Card, index: int, field: str, text: str | None, profile: Profile) -> Card:
    """The card with a cell typed and the origin of each value."""
    if field == "percent":
        after = with_percent(card, index, text)
    elif field == "note":
        after = with_note(card, index, text)
    elif field == "neutral":
        after = neutralise(card, index, text) if text else reinstate(card, index)
    else:
        after = with_actual(card, index, text, entry.ways(profile)[index], profile)
    after = mark_user(card, after)
    if field != "actual":
        return after
    computed = {f"indicators[{index}].{name}": Origin(from_="computed", note=f"profilo {profile.name}")
                for name in ("achievement", "deviation") if getattr(after.indicators[index], name)}
    return after.replace(provenance={**after.provenance, **computed})


class DraftBook:
    """Drafts: what is typed is in the archive before the page is drawn again."""

    def entries(self, ids: list[str]) -> list[Entry]:
        """The drafts with these ids that are still there."""
        found = []
        for name in ids:
            try:
                card = archive().draft(name).card
            except NotInArchive:
                continue
            before = st.session_state.setdefault(f"consuntivo:prima:{name}", card)
            if [one.name for one in before.indicators] != [one.name for one in card.indicators]:
                before = st.session_state[f"consuntivo:prima:{name}"] = card
            found.append(Entry(name, card, before))
        return found

    def type(self, entry: Entry, index: int, field: str, text: str | None, seen: str, profile: Profile) -> bool:
        """Save one cell on top of whatever others saved meanwhile; the same cell changed by another is never overwritten. False,
        with a message to the person, where it was not saved."""
        for _ in range(3):
            draft = archive().draft(entry.key)
            if name_of(draft.card, index, field) != name_of(entry.card, index, field):
                st.session_state[MESSAGE] = ("Le righe di questa scheda sono cambiate nel frattempo: controlla e scrivi di nuovo "
                                             "il valore.")
                return False
            present = value_of(draft.card, index, field)
            if present != seen:
                st.session_state[MESSAGE] = (f"Nel frattempo un'altra persona ha scritto «{short(present, 80)}» dove tu hai "
                                             f"scritto «{short(text, 80)}»: se vale il tuo, scrivilo di nuovo.")
                return False
            try:
                archive().save_draft(changed(entry, draft.card, index, field, text, profile), draft_id=entry.key,
                                     version=draft.version)
            except Conflict:
                continue
            return True
        st.session_state[MESSAGE] = ("Non sono riuscito a salvare: altri stanno salvando la stessa bozza. Scrivi di nuovo il "
                                     "valore.")
        return False


class TrialBook:
    """Cards of a document: the values typed stay in the page's notes until they are saved as drafts."""

    def __init__(self, notes: Scratch) -> None:
        self.notes = notes

    def entries(self, cards: list[Card], profile: Profile) -> list[Entry]:
        """The cards with the values typed so far."""
        found = []
        for card in cards:
            entry = Entry(card.id or "", card, card)
            for place, text in self.notes.get(f"cells:{card.id}", {}).items():
                field, index = place.split(":")
                if name_of(card, int(index), field) is not None:
                    entry = Entry(entry.key, changed(entry, entry.card, int(index), field, cell(text), profile), card)
            found.append(entry)
        return found

    def type(self, entry: Entry, index: int, field: str, text: str | None, seen: str, profile: Profile) -> bool:
        """Keep one cell; typed back to what the document says, it is forgotten."""
        cells = {**self.notes.get(f"cells:{entry.key}", {}), f"{field}:{index}": text or ""}
        if (text or "") == value_of(entry.before, index, field):
            del cells[f"{field}:{index}"]
        self.notes.put(**{f"cells:{entry.key}": cells or None})
        return True


Book = DraftBook | TrialBook
