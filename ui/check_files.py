"""The outcome of *Verifica* in five formats, made when asked for."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import streamlit as st

from exports.findings import FORMATS, WORKBOOKS, Dossier, findings_file
from exports.report import Context
from scoring.findings import CheckReport
from scoring.overview import overview_of
from scoring.profiles import Profile
from store.evidence import evidence_for
from ui.check_copy import rows_of
from ui.check_sources import Choice
from ui.exported import handed_report, mask_box, told
from ui.state import archive

WORDS = {"xlsx": "Excel: la tabella con le segnalazioni nelle celle", "docx": "Word: per la Giunta o l'OIV",
         "html": "Pagina da aprire nel browser e stampare", "json": "JSON: per confrontare una verifica con la successiva",
         "sarif": "SARIF 2.1.0: per altri programmi"}


def outcome_file(choice: Choice, report: CheckReport, profile: Profile) -> None:
    """Choose the format, take the file."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    kind = left.selectbox("Scarica l'esito della verifica", list(WORDS), format_func=WORDS.__getitem__, key="check_format")
    mask_box(left, "check")
    stem = PurePath(choice.name).stem or "verifica"
    content = told(lambda: findings_file(dossier(choice, report, profile), kind), f"verifica:{choice.name}", kind)
    right.download_button("Scarica l'esito", content,
                          file_name=f"{stem} - esito.{kind}", mime=FORMATS[kind], icon=":material/download:", width="stretch",
                          on_click="ignore", key="check_download")


def dossier(choice: Choice, report: CheckReport, profile: Profile) -> Dossier:
    """The check with the table that it was made on."""
    evidence = evidence_for(archive(), choice.reading)
    context = Context(choice.reading, profile, date.today(), overview_of(choice.reading, profile, report, evidence))
    report = handed_report(report, choice.reading.cards)
    if choice.content is None or choice.name.lower().endswith((".json", ".jsonl")):
        return Dossier(report, context)
    if choice.name.lower().endswith(WORKBOOKS):
        return Dossier(report, context, workbook=choice.content)
    return Dossier(report, context, rows=rows_of(choice))
