"""Which column was taken for what, and a person's correction of it: seen first, then remembered for that layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from cards.counted import counted
from cards.errors import PiaoError
from cards.model import Reading
from ingest.generic.names import FIELD_NAMES
from ingest.generic.told import FROM_CONTENT
from store.people import Action
from store.records import StoredDocument
from store.remapping import Remapped
from ui.archive_intake import refresh
from ui.plain import distinct, md, short
from ui.state import archive, person

if TYPE_CHECKING:
    from ingest.layouts import Layout

MOST_READ = 20  # other documents proposed for reading again at once
MOST_ROWS = 200
PATH = re.compile(r"(\w+)\[(\d+)\](?:\.(.+))?")
LISTS = {"indicators": ("Indicatore", "indicator"), "phases": ("Fase", "phase"), "staff": ("Persona", "staff"),
         "outcomes": ("Esito", "outcome"), "resources": ("Risorsa", "resource"), "items": ("Riga", "item")}
SINGULAR = {"targets": "target", "actuals": "actual"}
WORDS = {"text": "testo", "name": "nome", "history": "anni passati", "start": "inizio", "end": "fine", "schedule": "mese",
         "label": "giudizio", "percent": "percentuale"}
NOTHING = "(non leggere questa colonna)"
FIELDS = {"": NOTHING, **FIELD_NAMES}


def mapping(document: StoredDocument, reading: Reading) -> None:
    """What was recognised, and the door to correct it."""
    if reading.mapping:
        st.caption("Come sono state lette le colonne")
        st.dataframe([{"Colonna": left, "Letta come": right} for left, right in pairs(reading.mapping)[:60]], hide_index=True,
                     width="stretch", height="content")
        if any(FROM_CONTENT in line for line in reading.mapping):
            st.caption("«Dal contenuto»: l'intestazione non è conosciuta, l'ho capita dai valori che ha sotto. Controllala.")
    if not person().may(Action.INGEST):
        return
    if st.toggle("Correggi come si leggono le colonne", key=f"mapping_{document.id}",
                 help="Scegli che cosa contiene ogni colonna di una tabella: prima vedi che cosa cambia, poi confermi. "
                      "La correzione vale anche per i prossimi file con le stesse intestazioni."):
        correct(document)


def pairs(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    """The reading's lines "«Target 2026» → indicator.target 2026; …" as header and Italian field, each once."""
    found: dict[tuple[str, str], None] = {}
    for line in lines:
        for part in line.split("; "):
            header, arrow, field = part.rpartition(" → ")
            if arrow:
                name, _, rest = field.partition(" ")
                header = header.partition("«")[2].rstrip("»") or header
                found[header, f"{FIELDS.get(name, name)} {rest}".strip()] = None
            elif part.strip():
                found[part, ""] = None
    return list(found)


def correct(document: StoredDocument) -> None:
    """A selectbox per header, what would change, the confirmation."""
    try:
        layouts = archive().document_layouts(document.id)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    if not layouts:
        st.info("In questo documento non ci sono tabelle.", icon=":material/info:")
        return
    words = distinct({n: name_of(layout) for n, layout in enumerate(layouts)})
    number = st.selectbox("Tabella", list(words), format_func=words.__getitem__, key=f"layout_{document.id}")
    layout = layouts[number]
    if layout.reader:
        st.caption(f":material/info: Questa tabella ha un disegno conosciuto («{md(layout.reader)}»). Se correggi le colonne, da "
                   "ora si legge colonna per colonna, come dici tu: prima di confermare guarda che cosa cambia.")
    chosen = selects(document, layout)
    others = also(document, layout)
    if layout.corrected:
        st.caption(":material/edit: Per questo disegno vale già una correzione. Senza, valgono di nuovo le intestazioni.")
        if st.button("Vedi che cosa cambia senza la correzione", icon=":material/undo:",
                     key=f"undo_{document.id}_{layout.fingerprint}"):
            look(document, layout, None, others)
    if st.button("Vedi che cosa cambia", icon=":material/preview:", key=f"see_{document.id}_{layout.fingerprint}"):
        look(document, layout, chosen, others)
    seen = st.session_state.get(key_of(document, layout))
    if seen is None or seen.fields not in (chosen, None) or seen.documents != (document.id, *others):
        st.caption("Prima di confermare si guarda che cosa cambia.")
        return
    show(seen)
    label = "Togli la correzione e rileggi" if seen.fields is None else "Ricorda e rileggi"
    if st.button(f"{label} {how_many(len(seen.documents))}", type="primary", icon=":material/check:",
                 key=f"keep_{document.id}_{layout.fingerprint}"):
        keep(document, layout, seen)


@dataclass(frozen=True)
class Look:
    """What a person has looked at and may confirm: the fields (None: no correction any more), the documents, what changes."""

    fields: dict[str, str] | None
    documents: tuple[str, ...]
    changes: list[Remapped]


def key_of(document: StoredDocument, layout: Layout) -> str:
    """Where the page keeps what was looked at."""
    return f"preview_{document.id}_{layout.fingerprint}"


def also(document: StoredDocument, layout: Layout) -> tuple[str, ...]:
    """The other documents with this layout, that the person wants read again too: all of them unless she says otherwise."""
    found = [one for one in archive().same_layout(layout.fingerprint) if one.id != document.id]
    if not found:
        return ()
    names = distinct({one.id: f"{one.name} ({one.entity or 'ente non trovato'}, {one.year or 'anno non trovato'})"
                      for one in found})
    return tuple(st.multiselect(f"Altri documenti con lo stesso disegno ({len(found)}): quali rileggere", list(names),
                                default=list(names)[:MOST_READ], format_func=names.__getitem__,
                                key=f"also_{document.id}_{layout.fingerprint}"))


def look(document: StoredDocument, layout: Layout, fields: dict[str, str] | None, others: tuple[str, ...]) -> None:
    """Read the documents with these fields, without storing anything."""
    wanted = (document.id, *others)
    try:
        with st.spinner(f"Rileggo {how_many(len(wanted))}, senza cambiare nulla…"):
            changes = archive().try_layout(layout.fingerprint, fields, wanted)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    st.session_state[key_of(document, layout)] = Look(fields, wanted, changes)


def how_many(number: int) -> str:
    """"il documento", "3 documenti"."""
    return "il documento" if number == 1 else f"{number} documenti"


def selects(document: StoredDocument, layout: Layout) -> dict[str, str]:
    """One selectbox a header, with an example of what stands under it; bare header -> field."""
    chosen: dict[str, str] = {}
    columns: Sequence[Any] = ()
    for n, heading in enumerate(layout.headings):
        columns = st.columns(2) if n % 2 == 0 else columns  # row by row, so that the keyboard goes as the eye does
        options = list(FIELDS) if heading.field in FIELDS else [*FIELDS, heading.field]
        known = f" {FROM_CONTENT}" if heading.inferred else ""
        example = f" — es. «{short(heading.example, 40)}»" if heading.example else ""
        chosen[heading.key] = columns[n % 2].selectbox(
            md(f"{short(heading.text, 60)}{known}{example}"), options, index=options.index(heading.field),
            format_func=lambda field: FIELDS.get(field, field), key=f"field_{document.id}_{layout.fingerprint}_{n}")
    return chosen


def name_of(layout: Layout) -> str:
    """"Pagina 3: «Obiettivo», «Target» … (4 tabelle, nessuna scheda letta)"."""
    where = f"Foglio «{layout.sheet}»" if layout.sheet else f"Pagina {layout.page}" if layout.page else f"Riga {layout.line}"
    heads = ", ".join(f"«{short(heading.text, 24)}»" for heading in layout.headings[:3])
    times = counted(layout.tables or 1, "tabella", "tabelle")
    known = ", disegno conosciuto" if layout.reader else "" if layout.read else ", non letta"
    state = ", corretta" if layout.corrected else known
    return f"{where}: {heads} ({times}, {counted(layout.rows, 'riga', 'righe')}{state})"


def show(seen: Look) -> None:
    """What would change: a line a document, then the cards and values that come, go and change."""
    if all(change.same for change in seen.changes):
        st.info("Con queste scelte le schede non cambiano.", icon=":material/info:")
    counts = [{"Documento": change.name, "Schede ora": change.cards_before, "Schede dopo": change.cards_after,
               "Nuove": len(change.added), "Tolte": len(change.removed), "Valori cambiati": len(change.changed),
               "Avvertenze ora": change.warnings_before, "Avvertenze dopo": change.warnings_after} for change in seen.changes]
    st.dataframe(counts, hide_index=True, width="stretch")
    rows = [{"Documento": change.name, "Scheda": card, "Che cosa": what, "Ora": before, "Dopo": after}
            for change in seen.changes for card, what, before, after in lines_of(change)]
    if rows:
        st.dataframe(rows[:MOST_ROWS], hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 320))
    if len(rows) > MOST_ROWS:
        st.caption(f"E {counted(len(rows) - MOST_ROWS, 'altro cambiamento', 'altri cambiamenti')}.")
    if any(change.removed for change in seen.changes):
        st.warning("Alcune schede non ci sarebbero più: controlla l'elenco qui sopra prima di confermare.",
                   icon=":material/warning:")


def lines_of(change: Remapped) -> list[tuple[str, str, str, str]]:
    """Card, what of it, before and after: new cards, cards that go, values."""
    found = [(title, "scheda nuova", "", title) for title in change.added]
    found += [(title, "scheda tolta", title, "") for title in change.removed]
    return found + [(one.card, field_name(one.field), one.before, one.after) for one in change.changed]


def field_name(path: str) -> str:
    """"Indicatore 1: valore atteso 2026" of "indicators[0].targets.2026".

    >>> field_name("indicators[0].targets.2026"), field_name("unit")
    ('Indicatore 1: valore atteso 2026', 'Settore o area')
    """
    found = PATH.fullmatch(path)
    if found is None:
        return FIELDS.get(path, path)
    owner, one, number = LISTS.get(found[1], (found[1], found[1])), int(found[2]) + 1, found[3] or ""
    name, _, key = number.partition(".")
    known = FIELDS.get(f"{owner[1]}.{SINGULAR.get(name, name)}", "").partition(": ")[2] or WORDS.get(name, name)
    return " ".join(f"{owner[0]} {one}{': ' + known if known else ''} {key}".split())


def keep(document: StoredDocument, layout: Layout, seen: Look) -> None:
    """Remember or forget the mapping and read the documents again, all or none; vectors follow in the background."""
    try:
        archive().apply_layout(layout.fingerprint, [h.text for h in layout.headings], seen.fields, seen.documents,
                               author=person().label)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    st.session_state.pop(key_of(document, layout), None)
    if archive().pending_vectors():
        refresh(archive())
    st.toast("Correzione tolta." if seen.fields is None else
             "Correzione ricordata: vale anche per i prossimi file con queste intestazioni.", icon=":material/check:")
    st.rerun()
