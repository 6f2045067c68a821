"""PDFs by LibreOffice: tagged, in Italian, marked as PDF/A, and read back; without it our own hand prints."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from cards.model import Card
from exports import export, office
from exports.proof import cards_in_file, same, twins

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
