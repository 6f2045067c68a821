"""PDFs by LibreOffice, where it is installed: tagged, with bookmarks, PDF/A for keeping (ISO 19005).

A Word file of ours goes in, never one from outside; the office program runs apart, with a profile of its own and a time limit.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.sheet import Sheet

PROGRAM = "soffice"
SECONDS = 90.0
OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "SelectPdfVersion": {"type": "long", "value": "2"},  # PDF/A-2b
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "PDFUACompliance": {"type": "boolean", "value": "false"},
}
_TAGGED = b"pdfaid"  # the metadata of a PDF/A stand in it as they are
_PLAIN = "PDF semplice, senza la struttura per i lettori di schermo e non PDF/A"
_MISSING = "LibreOffice non è installato su questo computer"
_REFUSED = "la pagina fatta da LibreOffice non è arrivata in tempo o non restituiva tutti i dati"
_INSTEAD = "Per un documento accessibile usa il formato Word (docx) o OpenDocument (odt)"


_alone = threading.Lock()  # a profile serves one conversion at a time


@lru_cache(maxsize=1)
def _profile() -> Path:
    """LibreOffice's own folder, made once a process: the first conversion pays for it (some seconds)."""
    folder = tempfile.mkdtemp(prefix="piao-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def available() -> bool:
    """Whether LibreOffice is there."""
    return shutil.which(PROGRAM) is not None


def plain_note(content: bytes | None = None) -> str | None:
    """What to tell about a PDF made without LibreOffice, and why; None for a tagged one. No ``content``: about one to come."""
    if content is None:
        return None if available() else f"{_PLAIN}: {_MISSING}. {_INSTEAD}."
    if _TAGGED in content:
        return None
    return f"{_PLAIN}: {_REFUSED if available() else _MISSING}. {_INSTEAD}."


def sheet_pdf(sheet: Sheet) -> bytes:
    """A sheet as tagged PDF/A where LibreOffice is installed, else by our own hand."""
    from exports import docx, pdf

    return (pdf_of(docx.sheet_docx(sheet)) if available() else None) or pdf.sheet_pdf(sheet)


def pdf_of(docx: bytes, seconds: float = SECONDS) -> bytes | None:
    """The PDF of a Word document; None where LibreOffice is missing, late or fails: the caller then prints by itself."""
    if not available():
        return None
    with _alone, TemporaryDirectory(prefix="piao-pdf-") as folder:
        place = Path(folder)
        (place / "scheda.docx").write_bytes(docx)
        order = [
            PROGRAM, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(OPTIONS)}", "--outdir", folder, str(place / "scheda.docx"),
        ]  # fmt: skip
        process = subprocess.Popen(
            order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return None
        made = place / "scheda.pdf"
        return made.read_bytes() if process.returncode == 0 and made.exists() else None
