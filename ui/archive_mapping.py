"""Which column was taken for what, and a person's correction of it: seen first, then remembered for that layout."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from cards.errors import PiaoError
from cards.model import Reading
from store.people import Action
from store.records import StoredDocument
from ui.archive_intake import refresh
from ui.plain import md, short
from ui.state import archive, person

if TYPE_CHECKING:
    from ingest.layouts import Layout

NOTHING = "(non leggere questa colonna)"
FIELDS = {
    "": NOTHING, "title": "Titolo dell'obiettivo", "code": "Codice dell'obiettivo",
    "number": "Numero dell'obiettivo o della scheda", "description": "Descrizione dell'obiettivo", "purpose": "Finalità",
    "weight": "Peso", "card.weight": "Peso dell'obiettivo", "unit": "Settore o area", "directorate": "Direzione",
    "section": "Sezione o servizio", "responsible": "Responsabile", "manager": "Dirigente", "politician": "Assessore",
    "mission": "Missione", "programme": "Programma", "project": "Progetto", "strategic_line": "Linea strategica",
    "strategic_objective": "Obiettivo strategico", "operational_objective": "Obiettivo operativo", "start": "Data di inizio",
    "end": "Scadenza", "horizon": "Orizzonte temporale", "priority": "Priorità", "year": "Anno", "entity": "Ente",
    "status": "Stato della scheda", "outcome": "Esito", "indicator.name": "Indicatore",
    "indicator.code": "Indicatore: codice", "indicator.kind": "Indicatore: tipo", "indicator.formula": "Indicatore: formula",
    "indicator.unit": "Indicatore: unità di misura", "indicator.source": "Indicatore: fonte dei dati",
    "indicator.baseline": "Indicatore: valore di partenza", "indicator.target": "Indicatore: valore atteso",
    "indicator.interim": "Indicatore: valore intermedio", "indicator.actual": "Indicatore: risultato",
    "indicator.deviation": "Indicatore: scostamento", "indicator.weight": "Indicatore: peso",
    "indicator.achievement": "Indicatore: % di raggiungimento", "indicator.note": "Indicatore: note",
    "phase.text": "Fase o attività", "phase.number": "Fase: numero", "phase.weight": "Fase: peso",
    "phase.assigned_to": "Fase: assegnata a", "resource.description": "Risorse", "resource.cost": "Risorse: costo",
}  # fmt: skip
"""The generic reader's fields in a clerk's words."""


def mapping(document: StoredDocument, reading: Reading) -> None:
    """What was recognised, and the door to correct it."""
    if reading.mapping:
        st.caption("Come sono state lette le colonne")
        st.dataframe([{"Colonna": left, "Letta come": right} for left, right in pairs(reading.mapping)[:60]], hide_index=True,
                     width="stretch", height="content")
    if not person().may(Action.INGEST):
        return
    if st.toggle("Correggi come si leggono le colonne", key=f"mapping_{document.id}",
                 help="Per le tabelle che il programma legge dalle intestazioni: scegli che cosa contiene ogni colonna. "
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
    """A selectbox per header, the preview, the confirmation."""
    try:
        layouts = archive().document_layouts(document.id)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    if not layouts:
        st.info("Le tabelle di questo documento hanno un disegno conosciuto: non c'è nulla da correggere.",
                icon=":material/check:")
        return
    number = st.selectbox("Tabella", range(len(layouts)), format_func=lambda n: name_of(layouts[n]),
                          key=f"layout_{document.id}")
    layout = layouts[number]
    chosen = selects(document, layout)
    key = f"preview_{document.id}_{layout.fingerprint}"
    left, right = st.columns(2)
    if left.button("Vedi le schede che ne vengono", icon=":material/preview:", key=f"see_{key}", width="stretch"):
        st.session_state[key] = chosen
    if st.session_state.get(key) != chosen:
        right.caption("Prima di confermare si guarda l'anteprima.")
        return
    try:
        seen = archive().preview(document.id, {layout.fingerprint: chosen})
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    show(seen)
    if right.button("Ricorda e rileggi il documento", type="primary", icon=":material/check:", key=f"keep_{key}",
                    width="stretch"):
        keep(document, layout, chosen)


def selects(document: StoredDocument, layout: Layout) -> dict[str, str]:
    """One selectbox a header, with an example of what stands under it; bare header -> field."""
    chosen: dict[str, str] = {}
    columns: Sequence[Any] = ()
    for n, heading in enumerate(layout.headings):
        columns = st.columns(2) if n % 2 == 0 else columns  # row by row, so that the keyboard goes as the eye does
        options = list(FIELDS) if heading.field in FIELDS else [*FIELDS, heading.field]
        example = f" — es. «{short(heading.example, 40)}»" if heading.example else ""
        chosen[heading.key] = columns[n % 2].selectbox(
            md(f"{short(heading.text, 60)}{example}"), options, index=options.index(heading.field),
            format_func=lambda field: FIELDS.get(field, field), key=f"field_{document.id}_{layout.fingerprint}_{n}")
    return chosen


def name_of(layout: Layout) -> str:
    """"Pagina 3: «Obiettivo», «Target» … (4 tabelle, nessuna scheda letta)"."""
    where = f"Foglio «{layout.sheet}»" if layout.sheet else f"Pagina {layout.page}" if layout.page else f"Riga {layout.line}"
    heads = ", ".join(f"«{short(heading.text, 24)}»" for heading in layout.headings[:3])
    times = f"{layout.tables} tabelle" if layout.tables > 1 else "1 tabella"
    return f"{where}: {heads} ({times}, {layout.rows} righe{'' if layout.read else ', non letta'})"


def show(seen: Reading) -> None:
    """The cards of the preview."""
    st.write(f"**Anteprima**: {len(seen.cards)} schede, {len(seen.warnings)} avvertenze")
    rows = [{"Titolo": card.title or "", "Settore": card.unit or "", "Fasi": len(card.phases), "Indicatori": len(card.indicators),
             "Primo indicatore": card.indicators[0].name if card.indicators else "",
             "Valori attesi": "; ".join(f"{y}: {v}" for i in card.indicators[:1] for y, v in i.targets.items()),
             "Peso": card.weight or ""} for card in seen.cards[:200]]
    if rows:
        st.dataframe(rows, hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 320))


def keep(document: StoredDocument, layout: Layout, chosen: dict[str, str]) -> None:
    """Remember the mapping, read the document again; vectors follow in the background."""
    try:
        archive().correct_layout(layout.fingerprint, [h.text for h in layout.headings], chosen, author=person().label)
        archive().reread(document.id)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    if archive().pending_vectors():
        refresh(archive())
    st.toast("Correzione ricordata: vale anche per i prossimi file con queste intestazioni.", icon=":material/check:")
    st.rerun()
