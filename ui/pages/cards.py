"""*Schede*: the drafts, and the editor of one with live findings beside it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cards.model import Card
from cards.next_year import next_year
from exports.docx import MIME as DOCX
from exports.xlsx import MIME as XLSX
from scoring.check import check
from scoring.findings import Finding
from store.evidence import evidence_for
from store.lookup import reading_of
from ui.approval import state_bar
from ui.comments import comments_panel
from ui.draft_compare import PARAM, compare_page
from ui.draft_log import log_panel
from ui.draft_marks import show_marks
from ui.draft_model import just_written, model_panel
from ui.editor import Editor
from ui.exported import told
from ui.finding_fix import fixes
from ui.findings import show_findings, summary_line
from ui.history import history_bar
from ui.more_formats import more_formats
from ui.plain import md, short
from ui.smvp import choose_profile
from ui.start import start_from
from ui.state import archive, current_draft, open_draft
from ui.template_upload import layout_box, written
from ui.uploads import safe_name
from ui.words import STATES, when

DELETED = "schede:eliminata"
LOCKED_NOTE = {
    "approved": "Questa scheda è approvata: si può solo leggere. Se il piano è già adottato, cambiala da «Variazioni» con la "
                "sua motivazione; se è ancora da correggere, premi «Riapri».",
    "closed": "Il consuntivo di questa scheda è chiuso: si può solo leggere. Per modificarla premi «Riapri».",
}


def page() -> None:
    """The list, or the draft named in the address bar."""
    draft_id = current_draft()
    if draft_id:
        edit(draft_id)
    elif st.query_params.get(PARAM):
        compare_page()
    else:
        drafts()


def drafts() -> None:
    """All drafts, newest first, and the way to begin."""
    st.title("Schede")
    st.write("Le tue schede in lavorazione. Ogni modifica è salvata subito.")
    with st.container(horizontal=True):
        if st.button("Nuova scheda", type="primary", icon=":material/add:"):
            start_from(None)
        if st.button("Confronta più precedenti", icon=":material/view_column:",
                     help="Una nuova scheda scelta campo per campo da due o tre precedenti, messi fianco a fianco."):
            st.query_params[PARAM] = "1"
            st.rerun()
    if deleted := st.session_state.pop(DELETED, None):
        st.success(f"Bozza eliminata: {md(short(deleted, 120))}.", icon=":material/check_circle:")
    saved = archive().drafts()
    if not saved:
        st.info("Non c'è ancora nessuna bozza. Premi «Nuova scheda», oppure cerca un precedente e scegli «Usa come base».",
                icon=":material/edit_note:")
    for draft in saved:
        with st.container(border=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.markdown(f"**{md(short(draft.card.title or 'Senza titolo', 140))}**")
            unit = md(draft.card.unit or "settore da indicare")
            left.caption(f"{unit} · {draft.card.year or ''} · {STATES[draft.state]} · salvata {when(draft.updated_at)}")
            if right.button("Apri", key=f"open_{draft.id}", icon=":material/edit:", width="stretch"):
                open_draft(draft.id)
                st.rerun()


def edit(draft_id: str) -> None:
    """Form on the left, findings on the right."""
    head, back = st.columns([5, 1], vertical_alignment="bottom")
    head.title("Scheda obiettivo")
    if back.button("Tutte le schede", icon=":material/arrow_back:", width="stretch"):
        open_draft(None)
        st.rerun()
    editor = Editor(draft_id)
    bars = st.container()
    form, side = st.columns([2, 1], gap="medium")
    with side:
        errors = beside(editor)
    with form:
        just_written(editor)
        editor.draw()
    with bars:
        with st.container(horizontal=True, vertical_alignment="center"):
            state_bar(editor, errors)
        with st.container(horizontal=True, vertical_alignment="center"):
            history_bar(editor)
            duplicate(editor)
        if editor.locked:
            st.info(LOCKED_NOTE[editor.memory["state"]], icon=":material/lock:")


def duplicate(editor: Editor) -> None:
    """The same card for the year after, as a new draft, opened."""
    year = editor.card.year
    if year is None:
        return
    if st.button(f"Duplica per il {year + 1}", icon=":material/content_copy:",
                 help="Una nuova bozza: date e anni avanzano di uno, i risultati diventano serie storica."):
        copy = archive().save_draft(next_year(editor.card), note=f"duplicata dalla scheda del {year}")
        open_draft(copy.id)
        st.rerun()


def beside(editor: Editor) -> list[Finding]:
    """Save state, findings, download, provenance. Returns the errors that stand."""
    st.caption(f":material/cloud_done: Salvata (versione {editor.memory['version']})" if not editor.memory["conflict"]
               else ":material/warning: Non salvata: scegli qui accanto")
    profile = choose_profile("Controllata con il sistema (SMVP)", "profile")
    one = reading_of([editor.card.replace(id=editor.id)], editor.id)
    report = check(one, profile, year=editor.card.year, evidence=evidence_for(archive(), one))
    editor.memory["findings"] = report.findings
    summary_line(report.summary)
    show_marks(editor)
    model_panel(editor)
    show_findings(report.findings, key=editor.key("finding"), actions=fixes(editor, report, profile))
    comments_panel(editor.id)
    st.divider()
    download(editor)
    log_panel(editor.id, editor.key("model"))
    with st.expander("Da dove viene ogni dato", icon=":material/account_tree:"):
        editor.provenance()
    with st.popover("Elimina la bozza", icon=":material/delete:"):
        st.write("La bozza e la sua cronologia verranno eliminate.")
        if st.button("Sì, elimina", type="primary"):
            archive().delete_draft(editor.id)
            st.session_state[DELETED] = editor.card.title or "Senza titolo"
            open_draft(None)
            st.rerun()
    return [finding for finding in report.findings if finding.level == "error"]


def download(editor: Editor) -> None:
    """The card as a document in the chosen layout."""
    layout = layout_box(st, "export_layout")
    word, sheet = st.columns(2)
    card = editor.card
    name = safe_name(f"{short(card.title or 'scheda', 60).rstrip('…')} {card.year or ''}".replace('.', ' '))
    for column, kind, label, mime in ((word, "docx", "Scarica Word", DOCX), (sheet, "xlsx", "Scarica Excel", XLSX)):
        content = told(partial(content_of, card, kind, layout), f"bozza:{editor.id}", kind)
        column.download_button(label, content, file_name=f"{name}.{kind}", mime=mime,
                               icon=":material/download:", width="stretch", on_click="ignore", key=f"download_{kind}")
    more_formats(st, (card,), layout, name, f"bozza:{editor.id}", without=("xlsx",))


def content_of(card: Card, kind: str, layout: str) -> bytes:
    """The document, made when it is asked for and not at each key."""
    return written((card,), kind, layout)
