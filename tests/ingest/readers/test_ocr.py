"""Scanned pages: named, and recognised where the programs are there and the administrator asked for it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from cards.errors import LimitExceeded, UnreadableFile
from ingest.limits import Limits
from ingest.readers import ocr, read_blocks
from ingest.worker import read_safely

ROOT = Path(__file__).resolve().parents[3]


def scan(folder: Path, with_text: bool) -> Path:
    """A PDF whose second page (or only page) is a picture of words."""
    font = ImageFont.truetype(str(ROOT / "exports" / "fonts" / "DejaVuSansCondensed.ttf"), 46)
    picture = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(picture).text((60, 120), "Obiettivo: ridurre i tempi di pagamento", font=font, fill=0)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    if with_text:
        canvas.drawString(60, 700, "Relazione sulla performance")
        canvas.showPage()
    canvas.drawImage(ImageReader(picture), 0, 500, 595, 192)
    canvas.save()
    path = folder / "scansione.pdf"
    path.write_bytes(out.getvalue())
    return path


def test_a_scanned_page_is_named_and_ocr_is_off_by_default(tmp_path: Path) -> None:
    blocks = read_blocks(scan(tmp_path, with_text=True))
    assert [(message, place.page) for message, place in blocks.warnings] == [
        ("pagina 2: nessun testo estraibile, probabile scansione", 2)]
    with pytest.raises(UnreadableFile, match="pagina 1: nessun testo estraibile"):
        read_blocks(scan(tmp_path, with_text=False))


@pytest.mark.skipif(not ocr.available(), reason="ocrmypdf e Tesseract non sono installati")
@pytest.mark.parametrize("with_text", [True, False])
def test_scanned_pages_are_recognised_on_request(with_text: bool, tmp_path: Path) -> None:
    reading = read_safely(scan(tmp_path, with_text), Limits(ocr=True))
    page = 2 if with_text else 1
    assert any("tempi di pagamento" in p.text and p.page == page for p in reading.paragraphs)
    assert [n.page for n in reading.warnings if "OCR" in n.message] == [page]


@pytest.mark.skipif(not ocr.available(), reason="ocrmypdf e Tesseract non sono installati")
def test_ocr_has_its_share_of_the_time(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded, match="riconoscimento"):
        read_blocks(scan(tmp_path, with_text=False), Limits(ocr=True, seconds=0.05))


def test_without_the_programs_a_scan_is_still_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda _: None)
    assert read_blocks(scan(tmp_path, with_text=True), Limits(ocr=True)).warnings
