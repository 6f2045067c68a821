"""*Verifica*: a file, a draft or a document of the archive; findings with place and remedy; the report to take away."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cards.model import Reading
from exports.xlsx import findings_xlsx
from scoring.check import CheckReport, check
from store.evidence import evidence_for
from store.lookup import look_up, read_file
from ui.findings import show_findings, summary_line
from ui.pages.archive import TYPES
from ui.plain import md, short
from ui.smvp import choose_profile
from ui.state import archive, settings
from ui.uploads import discard, store_uploads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SOURCES = {"file": "Un file", "draft": "Una bozza", "document": "Un documento dell'archivio"}


@dataclass(frozen=True)
class Choice:
    """What to check, with the name to show."""

    name: str
    reading: Reading


def page() -> None:
    """Choose, check, read, download."""
    st.title("Verifica")
    st.write("Controlla pesi, valori attesi, date e totali prima dell'approvazione: dove, perché e come rimediare.")
    source = st.segmented_control("Che cosa vuoi verificare?", list(SOURCES), format_func=SOURCES.__getitem__, default="file",
                                  key="what")
    profile = choose_profile("Con quale sistema di misurazione e valutazione (SMVP)?", "check_profile")
    choice = {"file": from_file, "draft": from_draft, "document": from_document}[source or "file"]()
    if choice is None:
        return
    year = choice.reading.document.year
    report = check(choice.reading, profile, year=year, evidence=evidence_for(archive(), choice.reading))
    show(choice, report)


def from_file() -> Choice | None:
    """An uploaded table or document."""
    upload = st.file_uploader("Carica la tabella o il documento da verificare", type=[*TYPES, "json"], key="check_upload")
    if upload is None:
        st.info("Carica un file Excel, Word, PDF o di testo con gli obiettivi: le colonne (obiettivo, indicatore, valore atteso, "
                "peso…) possono essere in qualunque ordine.", icon=":material/upload_file:")
        return None
    cached = st.session_state.get("checked_file")
    if cached and cached[0] == upload.file_id:
        return cached[1]
    with st.spinner("Leggo il file…"):
        paths = store_uploads([upload], settings().root / "caricamenti")
        try:
            choice = Choice(upload.name, read_file(paths[0], settings()))
        finally:
            discard(paths)
    st.session_state["checked_file"] = (upload.file_id, choice)
    return choice


def from_draft() -> Choice | None:
    """One of the drafts."""
    drafts = {draft.id: draft for draft in archive().drafts()}
    if not drafts:
        st.info("Non c'è ancora nessuna bozza: creane una da «Schede» o da un precedente.", icon=":material/edit_note:")
        return None
    chosen = st.selectbox("Bozza", list(drafts), format_func=lambda key: short(drafts[key].card.title or "Senza titolo", 100))
    return Choice(drafts[chosen].card.title or chosen, look_up(chosen, settings()))


def from_document() -> Choice | None:
    """One of the archive's documents."""
    documents = {document.id: document for document in archive().documents()}
    if not documents:
        st.info("L'archivio è vuoto: carica prima un documento da «Archivio».", icon=":material/folder_open:")
        return None
    chosen = st.selectbox("Documento", list(documents), format_func=lambda key: documents[key].name)
    return Choice(documents[chosen].name, archive().reading(chosen))


def show(choice: Choice, report: CheckReport) -> None:
    """What was read, the findings, the file."""
    reading = choice.reading
    st.subheader(md(short(choice.name, 100)))
    indicators = sum(len(card.indicators) for card in reading.cards)
    st.caption(f"{len(reading.cards)} schede e {indicators} indicatori letti · profilo {md(report.profile)}")
    if not reading.cards:
        st.warning("Non ho riconosciuto nessuna scheda in questo file: controlla che ci siano colonne con un'intestazione "
                   "(obiettivo, indicatore, valore atteso, peso…).", icon=":material/table_view:")
    if reading.mapping:
        with st.expander("Quali colonne ho riconosciuto"):
            for line in reading.mapping:
                st.markdown(md(line))
    summary_line(report.summary)
    if report.findings:
        st.download_button("Scarica le segnalazioni (Excel)", findings_xlsx(report), file_name="segnalazioni.xlsx", mime=XLSX,
                           icon=":material/download:", on_click="ignore")
    show_findings(report.findings, key="check")
    if report.not_run:
        with st.expander(f"Controlli non eseguiti ({len(report.not_run)})", icon=":material/help:"):
            for skipped in report.not_run:
                st.markdown(f"**{skipped.code}** {md(skipped.why)}")
