"""PDF: opened by PDFium, page by page; what cannot be read is said with its page.

Page text is laid out by ``pdf_layout`` and put together by ``pdf_flow``; here are the file, its limits and its errors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Blocks, Place
from ingest.limits import Limits
from ingest.readers import ocr
from ingest.readers.pdf_columns import TableItem
from ingest.readers.pdf_fields import Fields, spans
from ingest.readers.pdf_flow import Flow
from ingest.readers.pdf_layout import PageLayout, layout_of
from ingest.readers.pdf_page import canvas_of

MAX_CHARS = 200_000  # characters on a page; beyond, it is not a page of text


def read_pdf(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a PDF with page (1-based) and running line number of paragraphs and rows.

    With ``limits.ocr`` scanned pages are recognised first, and named in the warnings.
    """
    scans, read = _read(path, limits, name)
    if not scans or not limits.ocr or not ocr.available():
        return read()
    with TemporaryDirectory(prefix="piao-ocr-") as folder:
        copy = ocr.recognised(path, Path(folder) / "riconosciuto.pdf", limits.seconds, name)
        _, reread = _read(copy, limits, name)
        found = reread()
    note = "testo riconosciuto da una scansione (OCR): controllalo sulla pagina"
    return replace(found, warnings=(*(((f"pagina {n}: {note}"), Place(n)) for n in scans), *found.warnings))


def _read(path: Path, limits: Limits, name: str) -> tuple[list[int], Callable[[], Blocks]]:
    """The numbers of the scanned pages, and the blocks on request (which refuses a document without any text)."""
    pdf = _open(path, name)
    try:
        count = len(pdf)
        if count == 0:
            raise UnreadableFile(f"{name}: il PDF non ha pagine.")
        if count > limits.max_pages:
            raise LimitExceeded(f"{name}: {count} pagine, oltre il limite di {limits.max_pages} (PIAO_MAX_PAGES).")
        metadata = {k.lower(): v for k, v in pdf.get_metadata_dict(skip_empty=True).items()}
        fields = Fields(pdf)
        pages, damaged, texts = _pages(pdf, fields, limits, name)
    finally:
        pdf.close()
    scans = [page.number for page in pages if page.images and (page.empty or page.bare)]

    def blocks() -> Blocks:
        if all(page.empty for page in pages):
            raise UnreadableFile(_no_text(name, count, scans, damaged))
        warnings = [(f"pagina {n}: nessun testo estraibile, probabile scansione", Place(n)) for n in scans]
        warnings += [(f"pagina {n}: la pagina è danneggiata e non è stata letta", Place(n)) for n in damaged]
        warnings += fields.notes()
        return Blocks(name, "pdf", tuple(Flow(pages).blocks()), count, metadata, tuple(warnings), texts)

    return scans, blocks


def _open(path: Path, name: str) -> pdfium.PdfDocument:
    """The document, or the one line that says why not."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        tail = file.read()
    try:
        pdf = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        # PDFium keeps the last error of another document: a password is asked only where something is encrypted
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD and b"/Encrypt" in path.read_bytes():
            raise UnreadableFile(f"{name}: il PDF è protetto da password. Togli la password e caricalo di nuovo.") from error
        if getattr(error, "err_code", None) == raw.FPDF_ERR_SECURITY:
            raise UnreadableFile(f"{name}: il PDF usa una cifratura ignota. Esportalo di nuovo senza protezione.") from error
        cut = b"%%EOF" not in tail
        why = "è incompleto (troncato)" if cut else "è danneggiato"
        raise UnreadableFile(f"{name}: il PDF {why}. Recupera una copia integra e riprova.") from error
    if b"%%EOF" not in tail:
        pdf.close()
        raise UnreadableFile(f"{name}: il PDF è incompleto (troncato). Recupera una copia integra e riprova.")
    return pdf


def _pages(
    pdf: pdfium.PdfDocument, fields: Fields, limits: Limits, name: str
) -> tuple[list[PageLayout], list[int], tuple[str, ...]]:
    """The layouts of all pages, the numbers of those that PDFium could not load, and the raw words of each."""
    pages: list[PageLayout] = []
    damaged: list[int] = []
    texts = [""] * len(pdf)
    cells = 0
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            try:
                canvas = canvas_of(page)
            finally:
                page.close()
            bare = not canvas.chars
            if canvas.annotated:
                fields.add_to(canvas, index)
        except pdfium.PdfiumError:
            damaged.append(index + 1)
            continue
        if len(canvas.chars) > MAX_CHARS or len(canvas.horizontal) + len(canvas.vertical) > MAX_CHARS:
            raise LimitExceeded(f"{name}, pagina {index + 1}: troppi caratteri o segni per una pagina sola.")
        layout = layout_of(canvas, index + 1)
        layout.bare = bare
        cells += sum(len(item.rows) * len(item.xs) for item in layout.items if isinstance(item, TableItem))
        if cells > limits.max_cells:
            raise LimitExceeded(f"{name}, pagina {index + 1}: più di {limits.max_cells} celle. Dividi il documento.")
        pages.append(layout)
        texts[index] = "".join(char.text for char in canvas.chars)
    return pages, damaged, tuple(texts)


def _no_text(name: str, count: int, scans: Sequence[int], damaged: Sequence[int]) -> str:
    if len(damaged) == count:
        return f"{name}: il PDF è danneggiato, nessuna pagina si apre. Recupera una copia integra e riprova."
    if scans:
        which = f"pagina {scans[0]}" if len(scans) == 1 else f"pagine {spans(scans)}"
        why = "nessun testo estraibile, probabile scansione"
        return f"{name}, {which}: {why}. Carica un PDF con testo o esegui prima l'OCR (PIAO_OCR)."
    return f"{name}: il PDF non contiene testo ({count} pagine vuote)."
