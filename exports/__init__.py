"""Cards, results and findings as documents: .docx, .xlsx, .odt, .pdf, .json, .csv. Knows ``cards`` and ``scoring`` only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from cards.errors import PiaoError, UnreadableFile
from cards.model import Card
from exports.sheet import Sheet

FORMATS = ("docx", "xlsx", "odt", "pdf", "json", "csv")


def export(card: Card, format: str = "docx", layout: str = "neutro") -> tuple[bytes, str, str]:
    """One card as (content, file name, MIME type); an unknown format or layout is a ``PiaoError``."""
    return export_cards([card], format, layout)


def export_cards(cards: Sequence[Card], format: str = "docx", layout: str = "neutro") -> tuple[bytes, str, str]:
    """Several cards in one document: (content, file name, MIME type)."""
    cards = list(cards)
    if format not in FORMATS:
        raise PiaoError(f"Il formato «{format}» non esiste: scegli tra {', '.join(FORMATS)}.")
    if not cards:
        raise PiaoError("Non c'è nessuna scheda da esportare.")
    content, mime = _written(cards, format, layout)
    return content, file_name(cards, format), mime


def export_template(cards: Sequence[Card], template: Path, format: str = "docx") -> tuple[bytes, str, str]:
    """Several cards in a Word template of the body's own (``exports.template``): (content, file name, MIME type)."""
    from exports.docx import MIME
    from exports.template import fill_template

    if format != "docx":
        raise PiaoError("Un modello Word si riempie solo in formato docx: togli --format.")
    if not template.is_file():
        raise UnreadableFile(f"{template}: il modello non esiste. Controlla il percorso.")
    return fill_template(template.read_bytes(), cards), file_name(cards, format), MIME


def file_name(cards: Sequence[Card], format: str) -> str:
    """What the file of these cards is called, before it is made."""
    return f"{_slug(list(cards))}.{format}"


def _written(cards: list[Card], format: str, layout: str) -> tuple[bytes, str]:
    from exports.layouts import lay_out
    from exports.proof import gives_back, read_printed

    if format in ("json", "csv"):
        from exports.text import card_csv, card_json

        return (card_json(cards), "application/json") if format == "json" else (card_csv(cards), "text/csv")
    module = import_module(f"exports.{format}")
    printed = getattr(module, f"sheet_{format}")
    tagged, whole = _tagged_pdf(cards, layout) if format == "pdf" else (None, False)
    if tagged and whole:
        return tagged, module.MIME
    reread = None if format == "docx" else partial(read_printed, printed=printed, format=format)
    content = printed(lay_out(cards, layout, reread))
    if tagged and not gives_back(content, cards, format):
        return tagged, module.MIME  # neither page gives all the data back: the one that everybody can read
    return content, module.MIME


def _tagged_pdf(cards: list[Card], layout: str) -> tuple[bytes | None, bool]:
    """The cards as tagged PDF/A by LibreOffice, None where it is not installed; and whether its page gives the cards back.

    A text cut by the end of a page reads otherwise than in the Word file: then what is missing is added below the layout, by what
    a reader finds in the PDF itself.
    """
    from exports import docx, office
    from exports.layouts import lay_out
    from exports.proof import gives_back, read_printed

    def printed(sheet: Sheet) -> bytes:
        return office.pdf_of(docx.sheet_docx(sheet)) or b""

    if not office.available():
        return None, False
    content = printed(lay_out(cards, layout))
    if not content:
        return None, False
    if gives_back(content, cards, "pdf"):
        return content, True
    if layout == "neutro":
        return content, False
    again = printed(lay_out(cards, layout, partial(read_printed, printed=printed, format="pdf"))) or content
    return again, gives_back(again, cards, "pdf")


def _slug(cards: list[Card]) -> str:
    """A file name of plain letters: the title of the only card, else what and how many."""
    if len(cards) > 1:
        return f"schede-{len(cards)}"
    card = cards[0]
    text = unicodedata.normalize("NFKD", f"{card.title or card.unit or 'scheda'} {card.year or ''}")
    plain = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")
    return plain[:80].strip("-") or "scheda"
