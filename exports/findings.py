"""The findings of a check as a file: .json and .sarif for machines, .html and .docx to read and sign, .xlsx on the own table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cards.errors import PiaoError
from exports.findings_marks import SourceRow
from exports.report import Context, findings_sheet
from scoring.findings import CheckReport

FORMATS = {
    "json": "application/json",
    "sarif": "application/sarif+json",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Dossier:
    """A check with what it was made on. ``workbook``: the bytes of the .xlsx that was checked; ``rows``: the tables of any
    other source, for the annotated copy."""

    report: CheckReport
    context: Context = Context()
    workbook: bytes | None = None
    rows: Sequence[SourceRow] = field(default=())


def format_of(path: Path) -> str:
    """The format that a file's extension asks for; ``PiaoError`` names those that exist."""
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        known = ", ".join("." + name for name in FORMATS)
        raise PiaoError(f"{path}: l'esito si scrive in {known}. Cambia l'estensione del file.")
    return suffix


def findings_file(dossier: Dossier, format: str) -> bytes:
    """The check in one of ``FORMATS``."""
    report, context = dossier.report, dossier.context
    if format == "json":
        return _json(report.to_json())
    if format == "sarif":
        from scoring.sarif import to_sarif

        return _json(to_sarif(report))
    if format == "xlsx":
        from exports.findings_xlsx import annotated_xlsx, copied_xlsx

        cards = context.reading.cards if context.reading else ()
        if dossier.workbook is not None:
            return annotated_xlsx(report, cards, dossier.workbook)
        return copied_xlsx(report, cards, dossier.rows)
    sheet = findings_sheet(report, context)
    if format == "html":
        from exports.findings_html import sheet_html

        return sheet_html(sheet)
    from exports.docx import sheet_docx

    return sheet_docx(sheet)


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
