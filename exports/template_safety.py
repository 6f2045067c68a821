"""What a Word template may not carry: macros, objects, whatever is loaded from elsewhere when the document is opened."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from exports.template import NAME
from ingest.limits import MB, Limits
from ingest.readers.safezip import BROKEN_ZIP, check_archive

MAX_UNPACKED = 60 * MB
BROKEN = f"{NAME} non è un documento .docx integro. Aprilo con Word e salvalo di nuovo come «Documento .docx»."
_OBJECTS = f"{NAME} contiene macro o oggetti incorporati: salvalo come «Documento .docx» senza macro né oggetti."
_ACTIVE = re.compile(r"vbaProject|vbaData|/activeX|/embeddings/|oleObject|aFChunk|attachedToolbars|/control$|keyMapCustom", re.I)
_FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DATABASE|LINK|MACROBUTTON|RD)\b", re.I)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def check_template(template: bytes) -> None:
    """Refuse a file that is not a plain .docx, or does more than show text when it is opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > MAX_UNPACKED:
                most = f"può arrivare a {MAX_UNPACKED // MB} MB"
                raise LimitExceeded(f"{NAME}, una volta aperto, occuperebbe {size // MB} MB: {most}.")
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(folder) / "modello.docx"
                copy.write_bytes(template)
                check_archive(copy, Limits(max_unpacked=MAX_UNPACKED), NAME)
            for member in archive.infolist():
                _check_part(member.filename, archive.read(member))
    except BROKEN_ZIP as error:
        raise UnreadableFile(BROKEN) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(BROKEN) from error


def _check_part(name: str, data: bytes) -> None:
    if _ACTIVE.search("/" + name):
        raise UnreadableFile(_OBJECTS)
    if not name.lower().endswith((".xml", ".rels")):
        return
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    if name.lower().endswith(".rels"):
        for relation in tree.iter("{*}Relationship"):
            _check_relation(dict(relation.attrib))
    elif name.lower() == "[content_types].xml":
        if any("macroEnabled" in value for one in tree.iter("{*}Override", "{*}Default") for value in one.attrib.values()):
            raise UnreadableFile(f"{NAME} ammette le macro (.docm): salvalo come «Documento .docx».")
    else:
        _check_fields(tree)


def _check_relation(relation: dict[str, str]) -> None:
    kind, target = relation.get("Type", ""), relation.get("Target", "")
    if _ACTIVE.search(kind):
        raise UnreadableFile(_OBJECTS)
    if relation.get("TargetMode", "").lower() != "external":
        return
    if not (kind.endswith("/hyperlink") and target.lower().startswith(("http://", "https://", "mailto:"))):
        raise UnreadableFile(f"{NAME} carica qualcosa da fuori ({target[:80]}): incorpora le immagini e togli i collegamenti "
                             "ad altri file o modelli.")


def _check_fields(tree: etree._Element) -> None:
    """Fields of Word that load a file or run a command; their code may be split over many runs."""
    codes = "".join(part.text or "" for part in tree.iter(f"{_WORD}instrText"))
    codes += " ".join(part.get(f"{_WORD}instr") or "" for part in tree.iter(f"{_WORD}fldSimple"))
    found = _FETCHING.search(re.sub(r'"[^"]*"', "", codes))
    if found:
        raise UnreadableFile(f"{NAME} contiene un campo di Word che carica altri file ({found[1].upper()}). Toglilo.")
