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
    from exports.proof import read_printed

    if format in ("json", "csv"):
        from exports.text import card_csv, card_json

        return (card_json(cards), "application/json") if format == "json" else (card_csv(cards), "text/csv")
    if format == "pdf" and (tagged := _tagged_pdf(cards, layout)):
        return tagged, "application/pdf"
    module = import_module(f"exports.{format}")
    printed = getattr(module, f"sheet_{format}")
    reread = None if format == "docx" else partial(read_printed, printed=printed, format=format)
    return printed(lay_out(cards, layout, reread)), module.MIME


def _tagged_pdf(cards: list[Card], layout: str) -> bytes | None:
    """The cards as tagged PDF/A by LibreOffice; None where it is not installed, or its page does not give the cards back."""
    from exports import docx, office
    from exports.layouts import lay_out
    from exports.proof import cards_in_file, same, twins

    if not office.available():
        return None
    content = office.pdf_of(docx.sheet_docx(lay_out(cards, layout)))
    found = cards_in_file(content, "pdf") if content else []
    whole = len(found) == len(cards) and all(same(card, twin) for card, twin in zip(cards, twins(cards, found), strict=True))
    return content if whole else None


def _slug(cards: list[Card]) -> str:
    """A file name of plain letters: the title of the only card, else what and how many."""
    if len(cards) > 1:
        return f"schede-{len(cards)}"
    card = cards[0]
    text = unicodedata.normalize("NFKD", f"{card.title or card.unit or 'scheda'} {card.year or ''}")
    plain = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")
    return plain[:80].strip("-") or "scheda"
