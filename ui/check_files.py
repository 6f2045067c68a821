"""The files of *Verifica*: the outcome in five formats, and the corrected copy of a table. Made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

import streamlit as st

from exports.findings import FORMATS, WORKBOOKS, Dossier, findings_file
from exports.findings_marks import SourceRow
from exports.report import Context
from scoring.findings import CheckReport
from scoring.profiles import Profile
from scoring.remedies import Remedy
from ui.check_actions import difference
from ui.check_sources import Choice, on_disk
from ui.plain import md
from ui.state import settings

WORDS = {"xlsx": "Excel: la tabella con le segnalazioni nelle celle", "docx": "Word: per la Giunta o l'OIV",
         "html": "Pagina da aprire nel browser e stampare", "json": "JSON: per confrontare una verifica con la successiva",
         "sarif": "SARIF 2.1.0: per altri programmi"}


def outcome_file(choice: Choice, report: CheckReport, profile: Profile) -> None:
    """Choose the format, take the file."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    kind = left.selectbox("Scarica l'esito della verifica", list(WORDS), format_func=WORDS.__getitem__, key="check_format")
    stem = PurePath(choice.name).stem or "verifica"
    right.download_button("Scarica l'esito", lambda: findings_file(dossier(choice, report, profile), kind),
                          file_name=f"{stem} - esito.{kind}", mime=FORMATS[kind], icon=":material/download:", width="stretch",
                          on_click="ignore", key="check_download")


def dossier(choice: Choice, report: CheckReport, profile: Profile) -> Dossier:
    """The check with the table that it was made on."""
    context = Context(choice.reading, profile, date.today())
    if choice.content is None or choice.name.lower().endswith((".json", ".jsonl")):
        return Dossier(report, context)
    if choice.name.lower().endswith(WORKBOOKS):
        return Dossier(report, context, workbook=choice.content)
    return Dossier(report, context, rows=rows_of(choice))


def rows_of(choice: Choice) -> list[SourceRow]:
    """The rows of the tables of an uploaded file."""
    from ingest.limits import Limits
    from ingest.source_tables import source_rows

    assert choice.content is not None
    with on_disk(choice.name, choice.content) as path:
        return [SourceRow(*one) for one in source_rows(path, Limits.from_settings(settings()))]


def corrections(choice: Choice, remedies: Sequence[Remedy]) -> None:
    """All that can be mended in a file, chosen one by one, in a copy to download."""
    if not remedies or choice.content is None or choice.name.lower().endswith((".json", ".jsonl")):
        return
    with st.expander(f"Correzioni automatiche ({len(remedies)})", icon=":material/build:"):
        st.caption("Il tuo file non si tocca: le correzioni scelte si scrivono in una copia, nelle celle giuste e colorate.")
        chosen = []
        for n, remedy in enumerate(remedies):
            if st.checkbox(md(f"{remedy.title} ({remedy.code or 'unità'})"), value=True, key=f"remedy:{n}"):
                chosen.append(remedy)
            st.markdown(difference(remedy))
        name = f"{PurePath(choice.name).stem} (corretto){copy_suffix(choice.name)}"
        st.download_button("Scarica la copia corretta", lambda: fixed_copy(choice, chosen), disabled=not chosen,
                           on_click="ignore", file_name=name, icon=":material/download:", type="primary", key="check_fixed")


def copy_suffix(name: str) -> str:
    """What the corrected copy is: a .csv stays one, the rest becomes .xlsx."""
    return ".csv" if name.lower().endswith((".csv", ".tsv")) else ".xlsx"


def fixed_copy(choice: Choice, remedies: Sequence[Remedy]) -> bytes:
    """The bytes of the corrected copy."""
    from exports.findings_fix import fixed_csv, fixed_rows, fixed_workbook
    from ingest.readers.csv import find_separator
    from ingest.readers.text import decode

    groups, cards = [remedy.edits for remedy in remedies], choice.reading.cards
    assert choice.content is not None
    if choice.name.lower().endswith(WORKBOOKS):
        return fixed_workbook(choice.content, cards, groups).content
    if copy_suffix(choice.name) == ".csv":
        text, _ = decode(choice.content, choice.name)
        return fixed_csv(text, find_separator(text), rows_of(choice), cards, groups).content
    return fixed_rows(rows_of(choice), cards, groups).content
