"""PDFs by LibreOffice: tagged, in Italian, marked as PDF/A, and read back; without it our own hand prints."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from cards.model import Card
from exports import _tagged_pdf, docx, export, office, pdf
from exports.layouts import lay_out
from exports.proof import cards_in_file, gives_back, same, twins
from ingest.blocks import Place, Row
from ingest.dialects._own_card import Found
from tests.exports.test_round_trip import wide_card

needs_office = pytest.mark.skipif(shutil.which(office.PROGRAM) is None, reason="LibreOffice non è installato")


@pytest.mark.office
@needs_office
def test_the_pdf_is_tagged_pdfa_in_italian_and_comes_back() -> None:
    card = Card(entity="Comune di Roccamora", year=2027, title="Più verde in città", unit="Settore Uno", description="Perché sì.")
    content = export(card, "pdf")[0]
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "it-IT"
    metadata = root["/Metadata"].get_data().decode()
    assert "pdfaid:part>2<" in metadata
    assert office.plain_note(content) is None
    found = cards_in_file(content, "pdf")
    assert same(card, twins([card], found)[0])


def test_without_the_program_our_own_hand_prints(full_card: Card) -> None:
    content = export(full_card, "pdf")[0]
    assert content.startswith(b"%PDF")
    assert office.pdf_of(b"") is None


def test_what_the_end_of_a_page_cuts_is_added_below_and_the_pdf_stays_tagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "available", lambda: True)
    monkeypatch.setattr(docx, "sheet_docx", pdf.sheet_pdf)  # pages like those of the office program
    monkeypatch.setattr(office, "pdf_of", lambda content: content)
    card = wide_card().replace(indicators=wide_card().indicators[:1])
    assert not gives_back(pdf.sheet_pdf(lay_out([card], "bellusco")), [card], "pdf")
    assert _tagged_pdf([card], "bellusco")[1]


def test_a_row_that_begins_a_page_without_its_code_is_another_row() -> None:
    found, columns = Found("objective", "Scheda", []), ["Codice indicatore", "Indicatore", "Tipo"]
    for page, cells in ((1, ("N01", "Giorni", "Tempo")), (2, ("", "Gradimento", "Qualità"))):
        found.add("indicators", columns, cells, Row(cells, Place(page=page)))
    assert [(one["name"], one["kind"]) for one in found.lists["indicators"]] == [("Giorni", "tempo"), ("Gradimento", "qualita")]


def test_a_plain_pdf_says_what_it_is_and_why(full_card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    note = office.plain_note(export(full_card, "pdf")[0]) or ""
    assert note.startswith("PDF semplice")
    assert "LibreOffice non è installato su questo computer" in note
    assert "LibreOffice non è installato" in (office.plain_note() or "")
    monkeypatch.setattr(office, "available", lambda: True)
    assert "non restituiva tutti i dati" in (office.plain_note(b"%PDF-1.4") or "")
    assert office.plain_note() is None


@pytest.mark.office
@needs_office
def test_what_is_no_document_is_none(tmp_path: Path) -> None:
    assert office.pdf_of(b"PK\x03\x04 rotto", seconds=60) is None
