"""The card editor: every change is in the database before the page is drawn again; a reload loses nothing.

The widgets are fed once per *epoch* (a load of the draft); from then on what counts is what the person typed. Streamlit's
session state is a cache, the draft in the archive the truth. Saving is optimistic: when somebody else saved the same draft
in the meantime the page asks, it never overwrites in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cards.errors import Conflict
from cards.marks import kept as marks_kept
from cards.model import Card, Origin
from store.records import Draft
from ui import receipts, tables
from ui.cell_notes import notes
from ui.hints import field_hint
from ui.plain import md
from ui.provenance import show_provenance
from ui.state import archive
from ui.table_input import ROW, Column, Rows, numbered, table_input, typed
from ui.timetable import show_timetable
from ui.weights import show_total

SHORT_FIELDS = (
    ("title", "Titolo dell'obiettivo"), ("unit", "Settore o servizio"), ("responsible", "Responsabile"),
    ("horizon", "Orizzonte temporale"), ("start", "Inizio"), ("end", "Fine"),
    ("strategic_objective", "Obiettivo strategico (DUP)"), ("operational_objective", "Obiettivo operativo (DUP)"),
    ("mission", "Missione"), ("programme", "Programma"), ("weight", "Peso dell'obiettivo"),
)
LONG_FIELDS = (("purpose", "Finalità"), ("description", "Descrizione"))
LABELS = dict((*SHORT_FIELDS, *LONG_FIELDS))
TABLES = {"indicators": "Indicatori", "phases": "Fasi", "staff": "Personale"}
LOCKED = ("approved", "closed")


class Editor:
    """The editor of one draft in one browser session."""

    def __init__(self, draft_id: str) -> None:
        self.id = draft_id
        self.memory: dict[str, Any] = st.session_state.setdefault(f"editor:{draft_id}", {})
        if "card" not in self.memory or self.memory["due"] or self.left():
            self.load()
        elif self.unsaved():
            self.save()

    # -- state

    def load(self) -> None:
        """Take the draft from the archive; a new epoch gives every widget a new identity."""
        draft = archive().draft(self.id)
        self.memory.update(
            card=draft.card, epoch=receipts.fresh(), conflict=None, drawn=False, due=False,
            base=draft.card, years=tables.target_years(draft.card), findings=(), rows={
                "phases": numbered(tables.phase_rows(draft.card)), "indicators": numbered(tables.indicator_rows(draft.card)),
                "staff": numbered(tables.staff_rows(draft.card))},
        )
        self.memory.update(typed=dict(self.memory["rows"]), seen=dict.fromkeys(TABLES, 0), acknowledged=dict.fromkeys(TABLES, 0),
                           held={name: getattr(draft.card, name) or "" for name in LABELS})
        self.stand(draft)

    def left(self) -> bool:
        """Whether the person was on another page in between: the fields, and what they held, are gone; the archive has it."""
        return self.memory["drawn"] and self.key("title") not in st.session_state

    def unsaved(self) -> bool:
        """Whether the fields hold something that no save has seen: any new request of the browser stops a callback midway (each
        look at the session's state is a place where it may), and the next run would not call it again."""
        if self.locked or self.memory["conflict"] or not self.memory["drawn"]:
            return False
        for name in TABLES:
            self.rows(name)
        return self.texts() != self.memory["held"] or self.memory["seen"] != self.memory["acknowledged"]

    def texts(self) -> dict[str, str]:
        """What the text fields hold, as it was typed."""
        return {name: st.session_state.get(self.key(name), held) for name, held in self.memory["held"].items()}

    def stand(self, draft: Draft) -> None:
        """Remember how the draft stands in the archive."""
        self.memory.update(version=draft.version, state=draft.state, undo=draft.can_undo, redo=draft.can_redo, saved=draft.card)

    @property
    def locked(self) -> bool:
        """Whether the card is decided and may only be read, until it is opened again."""
        return self.memory["state"] in LOCKED

    @property
    def card(self) -> Card:
        """The card as last typed."""
        return self.memory["card"]

    def key(self, name: str) -> str:
        """The identity of a widget in this epoch."""
        return f"{self.id}:{self.memory['epoch']}:{name}"

    def collect(self) -> Card:
        """The card from what the widgets hold now."""
        base, texts = self.memory["base"], self.texts()
        changes: dict[str, Any] = {name: tables.text(text) for name, text in texts.items()}
        self.memory["holding"] = texts
        rows = {name: tables.kept_rows(self.rows(name)) for name in TABLES}
        changes["phases"] = tables.phases_from(rows["phases"], base)
        changes["indicators"] = tables.indicators_from(rows["indicators"], base, self.memory["years"])
        changes["staff"] = tables.staff_from(rows["staff"], base)
        return mark_user(base, base.replace(**changes))

    def rows(self, name: str) -> Rows:
        """The rows of a table as the browser last sent them; what is none of ours is as if it never came."""
        last = typed(st.session_state.get(self.key(name)), self.columns(name), self.memory["rows"][name])
        if last is not None:
            self.memory["typed"][name], self.memory["seen"][name] = last.rows, last.seq
        rows: Rows = self.memory["typed"][name]
        return rows

    def columns(self, name: str) -> list[Column]:
        """The columns of a table in this epoch."""
        return tables.columns_of(name, self.memory["years"])

    def save(self) -> None:
        """Write what was typed; called by every widget at each change, before the page is drawn."""
        if self.locked:
            return
        card = self.collect()
        self.memory["card"] = card
        if self.attempt(lambda: archive().save_draft(card, draft_id=self.id, version=self.memory["version"])):
            self.memory.update(acknowledged=dict(self.memory["seen"]), held=self.memory["holding"])

    def attempt(self, change: Callable[[], Draft]) -> bool:
        """Do one change of the archive; when somebody else saved meanwhile nothing happens and the page asks."""
        try:
            self.stand(change())
            self.memory["conflict"] = None
        except Conflict as conflict:
            self.memory["conflict"] = str(conflict)
        return not self.memory["conflict"]

    def overwrite(self) -> None:
        """The person chose her own text over the other's (which stays in the history); over a decided card, as a new draft."""
        saved = archive().draft(self.id)
        if saved.state in LOCKED:
            mine = archive().save_draft(self.card, note="testo scritto mentre la scheda veniva approvata")
            self.load()
            st.query_params["bozza"] = mine.id
            return
        self.memory["version"] = saved.version
        self.save()

    def give_up(self) -> None:
        """The person chose the other's text over her own."""
        receipts.forget(self.id)
        self.load()

    def change(self, action: Callable[[], Draft]) -> None:
        """A change made by a button (undo, correction, state): do it and feed the widgets anew; in the next run, if this callback
        is stopped in between."""
        self.memory["due"] = True
        try:
            if self.attempt(action):
                self.load()
        except Exception:
            self.memory["due"] = False
            raise
        self.memory["due"] = False

    def put(self, card: Card, note: str | None = None) -> None:
        """Another content of the card, decided by a button."""
        if not self.locked:
            self.change(lambda: archive().save_draft(card, draft_id=self.id, version=self.memory["version"], note=note))

    def undo(self) -> None:
        """Back by one save."""
        if not self.locked:
            self.change(lambda: archive().undo_draft(self.id, self.memory["version"]))

    def redo(self) -> None:
        """Forth again."""
        if not self.locked:
            self.change(lambda: archive().redo_draft(self.id, self.memory["version"]))

    # -- drawing

    def draw(self) -> None:
        """The form and its tables."""
        with st.container():
            self.conflict()
        self.field("title")
        self.memory["drawn"] = True
        self.row("unit", "responsible")
        self.area("purpose", height=80)
        self.area("description", height=140)
        self.table("indicators")
        self.below("indicators")
        self.table("phases")
        self.below("phases")
        timetable = st.expander("Cronoprogramma", icon=":material/view_timeline:", key=self.key("timetable"), on_change="rerun")
        if timetable.open:
            with timetable:
                show_timetable(self.card)
        with st.expander("Collegamenti, tempi e peso", icon=":material/link:"):
            self.row("horizon", "start", "end")
            self.row("strategic_objective", "operational_objective")
            self.row("mission", "programme", "weight")
        with st.expander("Personale coinvolto", icon=":material/group:"):
            self.table("staff")

    def below(self, name: str) -> None:
        """The total under a table, in a place of its own: what comes and goes must not move the next table."""
        with st.container():
            show_total(self, name)

    def conflict(self) -> None:
        """Two people on one card: a clear choice."""
        if not self.memory["conflict"]:
            return
        st.error(md(self.memory["conflict"]), icon=":material/group:")
        left, right = st.columns(2)
        left.button("Tieni il mio testo", on_click=self.overwrite, help="La versione dell'altra persona resta nella cronologia.")
        right.button("Prendi la versione salvata", on_click=self.give_up, help="Quello che hai scritto dopo non viene salvato.")

    def row(self, *names: str) -> None:
        """Fields side by side."""
        for column, name in zip(st.columns(len(names)), names, strict=True):
            with column:
                self.field(name)

    def field(self, name: str) -> None:
        """A one-line field."""
        st.text_input(LABELS[name], value=getattr(self.memory["base"], name) or "", key=self.key(name), help=field_hint(name),
                      on_change=self.save, live=True, max_chars=1000, disabled=self.locked)
        self.receipt(name)

    def area(self, name: str, height: int) -> None:
        """A text field; what is typed is sent after a short pause (``ui/browser/typed.js``)."""
        st.text_area(LABELS[name], value=getattr(self.memory["base"], name) or "", key=self.key(name), help=field_hint(name),
                     on_change=self.save, height=height, max_chars=20000, disabled=self.locked)
        self.receipt(name)

    def receipt(self, name: str) -> None:
        """Tell the browser the text that is in the archive, as it was typed."""
        kept, shown = getattr(self.memory["saved"], name), st.session_state[self.key(name)]
        receipts.keep(self.key(name), shown if tables.text(shown) == kept else kept or "")

    def table(self, name: str) -> None:
        """A table fed with the rows of this epoch."""
        st.markdown(f"**{TABLES[name]}**", help=field_hint(name))
        memory, given = self.memory, self.memory["rows"][name]
        table_input(
            self.key(name), f"{self.id}:{name}", TABLES[name], self.columns(name),
            [row for row in given if row[ROW] is not None] if self.locked else given, self.save, locked=self.locked,
            seen=memory["seen"][name], saved=memory["acknowledged"][name],
            notes=notes(self.card, name, tables.kept_rows(memory["typed"][name]), memory["findings"]),
        )

    def provenance(self) -> None:
        """Where each datum comes from."""
        show_provenance(self.card.provenance)


def mark_user(before: Card, after: Card) -> Card:
    """``after`` with provenance "user" on each field whose value a person changed; moved rows keep their own origin."""
    provenance, old, present = dict(after.provenance), leaves(before), leaves(after)
    for path, value in present.items():
        if old.get(path) != value:
            provenance[path] = marks_kept(before.provenance, path, Origin(from_="user"))
    kept = {path: origin for path, origin in provenance.items() if any(leaf == path or leaf.startswith(path) for leaf in present)}
    return after.replace(provenance=kept)


def leaves(card: Card) -> dict[str, str]:
    """Path -> text of every filled leaf a person can edit."""
    found: dict[str, str] = {}

    def walk(path: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(f"{path}.{name}" if path else name, inner)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(f"{path}[{index}]", inner)
        elif value not in (None, ""):
            found[path] = str(value)

    walk("", card.model_dump(mode="json", by_alias=True, exclude={"provenance", "source", "id", "totals"}))
    return found
