"""The variations of a body in one document: every request with its reason, old text struck, new text marked."""

from __future__ import annotations

import io

import pytest
from docx import Document

from cards.errors import PiaoError
from cards.model import Card, Phase, Variation
from exports.variations import FORMATS, export_variations

REASON = "Con nota prot. 812 del 03/06/2026 il fornitore ha comunicato un ritardo."
CARDS = [
    Card(title="Sportello unico", unit="Demografici", year=2026, phases=(Phase(number="1", text="Gara"),), variations=(
        Variation(action="change_phase", object="phase", number="1", old="Gara", new="Procedura negoziata", reason=REASON),
        Variation(action="postpone", object="objective", old="Sportello unico", new="30/06/2027", reason=REASON))),
    Card(title="Senza variazioni", year=2026),
    Card(title="Corso", unit="Personale", year=2026, status="eliminated", variations=(
        Variation(action="eliminate", object="objective", old="Corso", reason=REASON),)),
]


def test_the_list_has_every_request_with_old_and_new_text() -> None:
    content, name, _ = export_variations(CARDS)
    document = Document(io.BytesIO(content))
    assert name == "variazioni-2026.docx"
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    rows = next(table for table in tables if table[0][0] == "Obiettivo")
    assert [row[:3] for row in rows[1:]] == [
        ["Sportello unico", "Fase 1", "Variare la fase"], ["Sportello unico", "Obiettivo", "Rinviare"],
        ["Corso", "Obiettivo", "Eliminare"]]
    assert {row[5] for row in rows[1:]} == {REASON}
    runs = {run.text: run for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
            for run in p.runs}
    assert runs["Gara"].font.strike
    assert runs["Procedura negoziata"].underline
    assert "VARIAZIONE TEMPORALE: RINVIARE AL 30/06/2027" in [p.text for p in document.paragraphs]
    assert "Senza variazioni" not in " ".join(text for table in tables for row in table for text in row)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written(format: str) -> None:
    content, name, mime = export_variations(CARDS, format)
    assert len(content) > 500
    assert name.endswith(format)
    assert mime


def test_nothing_to_export_is_told() -> None:
    with pytest.raises(PiaoError, match="nessuna variazione"):
        export_variations([CARDS[1]])
    with pytest.raises(PiaoError, match="formato"):
        export_variations(CARDS, "bmp")
