"""Office files are zip archives of XML: opened only after their size, names and document types are found harmless."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile
from ingest.limits import MB, Limits

MAX_MEMBERS = 20_000
BROKEN_ZIP = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)
"""What Python raises for a zip archive that is damaged."""
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def check_archive(path: Path, limits: Limits, name: str) -> None:
    """Refuse a damaged or encrypted archive, one that unpacks over the limit, paths that escape, XML with a document type."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(members, limits, name)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, member, name)
    except BROKEN_ZIP as error:
        raise UnreadableFile(f"{name}: il file è danneggiato o incompleto. Recupera una copia integra e riprova.") from error


def _check_members(members: list[zipfile.ZipInfo], limits: Limits, name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise LimitExceeded(f"{name}: contiene {len(members)} file compressi, troppi per un documento.")
    size = sum(member.file_size for member in members)
    if size > limits.max_unpacked:
        raise LimitExceeded(
            f"{name}: una volta aperto occuperebbe {size / MB:.0f} MB, oltre il limite di {limits.max_unpacked / MB:.0f} MB"
            " (PIAO_MAX_UNPACKED_MB)."
        )
    for member in members:
        parts = member.filename.replace("\\", "/").split("/")
        if ".." in parts or member.filename.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", member.filename):
            raise UnreadableFile(f"{name}: contiene percorsi che escono dal documento, non è un file fidato.")
        if member.flag_bits & 1:
            raise UnreadableFile(f"{name}: il documento è protetto da password. Togli la password e caricalo di nuovo.")


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    with archive.open(member) as part:
        head = part.read(8192)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:8]:
        head = head.replace(b"\x00", b"")
    if _DTD.search(head):
        raise UnreadableFile(f"{name}: l'XML interno dichiara entità o un DOCTYPE, cosa vietata nei documenti. File non letto.")
