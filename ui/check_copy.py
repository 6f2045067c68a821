"""The corrected copy of a table: which corrections, before and after; the file itself is never touched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from exports.findings import WORKBOOKS
from exports.findings_marks import SourceRow
from scoring.remedies import Remedy
from ui.check_sources import Choice, on_disk
from ui.exported import told
from ui.plain import md
from ui.state import settings
from ui.words import field_words


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
        copy_button(choice, chosen, "check_fixed")


def copy_button(choice: Choice, chosen: Sequence[Remedy], key: str) -> None:
    """The copy with these corrections, made when the button is pressed."""
    name = f"{PurePath(choice.name).stem} (corretto){copy_suffix(choice.name)}"
    copy = told(lambda: fixed_copy(choice, chosen), f"verifica:{choice.name}", "copia corretta")
    st.download_button("Scarica la copia corretta", copy, disabled=not chosen, on_click="ignore",
                       file_name=name, icon=":material/download:", type="primary", key=key)


def difference(remedy: Remedy) -> str:
    """Each field with what it says and what it would say."""
    return "\n".join(f"- {md(field_words(edit.path))}: ~~{md(edit.before or 'vuoto')}~~ → **{md(edit.after or 'vuoto')}**"
                     for edit in remedy.edits)


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


def rows_of(choice: Choice) -> list[SourceRow]:
    """The rows of the tables of an uploaded file."""
    from ingest.limits import Limits
    from ingest.source_tables import source_rows

    assert choice.content is not None
    with on_disk(choice.name, choice.content) as path:
        return [SourceRow(*one) for one in source_rows(path, Limits.from_settings(settings()))]
