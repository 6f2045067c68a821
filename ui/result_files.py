"""The results on the page of *Consuntivo* as a document, made when asked for."""

from __future__ import annotations

import streamlit as st

from exports.results_report import results_sheet
from exports.sheet import Sheet
from scoring.profiles import Profile
from scoring.results import CardResult, GroupResult
from ui.exported import told

FORMATS = {"docx": "Word", "xlsx": "Excel", "odt": "LibreOffice", "html": "Pagina da stampare", "pdf": "PDF"}


def take_away(results: list[CardResult], groups: list[GroupResult], profile: Profile) -> None:
    """All the results on the page as a document that names the method."""
    with st.popover("Scarica i risultati", icon=":material/download:"):
        kind = st.selectbox("In quale formato?", list(FORMATS), format_func=FORMATS.__getitem__, key="consuntivo_formato")
        years = sorted({str(one.card.year) for one in results if one.card.year})
        title = f"Risultati {' e '.join(years)}".strip()
        content = told(lambda: written(results_sheet(results, groups, profile, title), kind), "consuntivo", kind)
        st.download_button("Scarica", content, on_click="ignore",
                           file_name=f"{title.lower().replace(' ', '-')}.{kind}", key="consuntivo_scarica", type="primary")


def written(sheet: Sheet, kind: str) -> bytes:
    """A document in one of ``FORMATS``."""
    from exports import docx, findings_html, odt, office, xlsx

    write = {"docx": docx.sheet_docx, "xlsx": xlsx.sheet_xlsx, "odt": odt.sheet_odt, "html": findings_html.sheet_html,
             "pdf": office.sheet_pdf}
    return write[kind](sheet)
