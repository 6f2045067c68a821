"""From a file to ``Blocks``: one module per format, chosen by what the file contains, then by its extension."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Blocks
from ingest.limits import MB, Limits
from ingest.readers.sniff import kind_of

Reader = Callable[[Path, Limits, str], Blocks]

READERS = {
    "text": ("ingest.readers.text", "read_text"),
    "csv": ("ingest.readers.csv", "read_csv"),
    "docx": ("ingest.readers.docx", "read_docx"),
    "pdf": ("ingest.readers.pdf", "read_pdf"),
    "xlsx": ("ingest.readers.xlsx", "read_xlsx"),
    "odt": ("ingest.readers.odt", "read_odt"),
    "ods": ("ingest.readers.ods", "read_ods"),
    "xls": ("ingest.readers.xls", "read_xls"),
    "json": ("ingest.readers.json", "read_json"),
    "html": ("ingest.readers.html", "read_html"),
}


def read_blocks(path: Path | str, limits: Limits | None = None, name: str | None = None) -> Blocks:
    """Headings, paragraphs and tables of a file, in reading order, with place.

    Raises ``UnreadableFile`` (missing, empty, damaged, encrypted, a scan, unknown type) and ``LimitExceeded``.
    """
    path = Path(path)
    limits = limits or Limits()
    name = name or path.name
    kind = kind_of(path, _checked_size(path, limits, name), name)
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    return reader(path, limits, name)


def _checked_size(path: Path, limits: Limits, name: str) -> int:
    try:
        if path.is_dir():
            raise UnreadableFile(f"{name}: è una cartella, non un file.")
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"{name}: non è un file normale.")
        size = path.stat().st_size
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: il file non esiste. Controlla il percorso.") from None
    except PermissionError:
        raise UnreadableFile(f"{path}: manca il permesso di leggere il file.") from None
    except (OSError, ValueError):
        raise UnreadableFile(f"{name}: il percorso non è valido.") from None
    if size == 0:
        raise UnreadableFile(f"{name}: il file è vuoto (0 byte).")
    if size > limits.max_bytes:
        raise LimitExceeded(f"{name}: {size / MB:.0f} MB, oltre il limite di {limits.max_bytes / MB:.0f} MB (PIAO_MAX_FILE_MB).")
    return size
