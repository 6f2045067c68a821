"""What a file really is: its first bytes decide, the extension only tells text, csv and markdown apart."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from cards.errors import UnreadableFile
from ingest.readers.safezip import BROKEN_ZIP

EXTENSIONS = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text", ".csv": "csv", ".tsv": "csv",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf", ".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".xls": "xls",
    ".odt": "odt", ".json": "json", ".jsonl": "json", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
KNOWN = ".pdf, .docx, .odt, .xlsx, .xlsm, .xls, .ods, .csv, .txt, .md, .html, .json (schede di piao)"
_HTML = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b", re.I | re.S)
_OTHER = (b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\x7fELF", b"MZ\x90")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path, size: int, name: str) -> str:
    """The reader's name for a file (``text``, ``docx``, …). Raises ``UnreadableFile`` for a type that we do not read."""
    expected = EXTENSIONS.get(Path(name).suffix.lower()) or EXTENSIONS.get(path.suffix.lower())
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except PermissionError:
        raise UnreadableFile(f"{path}: manca il permesso di leggere il file.") from None
    except OSError as error:
        raise UnreadableFile(f"{name}: il file non si lascia leggere dal disco ({error.strerror}).") from None
    if expected is None:
        raise UnreadableFile(f"{name}: tipo di file non riconosciuto. Si leggono {KNOWN}.")
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf") and size <= 4096:
        raise UnreadableFile(f"{name}: il file è vuoto, non contiene testo.")
    return _by_content(path, head, expected, name)


def _by_content(path: Path, head: bytes, expected: str, name: str) -> str:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(path, expected, name)
    if head.startswith(_OLE):
        return _ole_kind(path, name)
    if expected == "pdf":
        raise UnreadableFile(f"{name}: non è un PDF, manca l'intestazione. Esporta di nuovo il documento in PDF.")
    if expected in ("docx", "xlsx", "ods", "odt"):
        raise UnreadableFile(f"{name}: non è un vero .{expected} (non è un archivio zip). Salva di nuovo il documento.")
    if expected == "xls" and not _HTML.match(head):
        raise UnreadableFile(f"{name}: non è un vero file Excel. Salvalo di nuovo in formato .xlsx.")
    if head.startswith(_OTHER):
        raise UnreadableFile(f"{name}: il contenuto non corrisponde all'estensione. Si leggono {KNOWN}.")
    return "html" if _HTML.match(head) and expected in ("html", "xls", "text") else expected


def _zip_kind(path: Path, expected: str, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except BROKEN_ZIP:
        raise UnreadableFile(f"{name}: il file è danneggiato o incompleto. Recupera una copia integra e riprova.") from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx" if "xl/workbook.xml" in names else "xls"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if b"opendocument.text" in mimetype:
        return "odt"
    if any(n.startswith("word/") for n in names):
        raise UnreadableFile(f"{name}: manca il testo del documento Word (word/document.xml). Salva di nuovo il documento.")
    raise UnreadableFile(f"{name}: è un archivio zip, non un documento. Estrai i file e carica quelli.")


def _ole_kind(path: Path, name: str) -> str:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in head:
        raise UnreadableFile(f"{name}: il documento è protetto da password. Togli la password e caricalo di nuovo.")
    if "WordDocument".encode("utf-16-le") in head:
        raise UnreadableFile(f"{name}: è un vecchio documento Word (.doc). Salvalo come .docx o .pdf.")
    return "xls"
