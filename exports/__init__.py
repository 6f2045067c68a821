"""Cards, results and findings as documents: .docx, .xlsx, .odt, .pdf, .json, .csv. Knows ``cards`` and ``scoring`` only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cards.errors import PiaoError
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
    return content, f"{_slug(cards)}.{format}", mime


def _written(cards: list[Card], format: str, layout: str) -> tuple[bytes, str]:
    from exports.layouts import lay_out

    if format in ("json", "csv"):
        from exports.text import card_csv, card_json

        return (card_json(cards), "application/json") if format == "json" else (card_csv(cards), "text/csv")
    sheet = lay_out(cards, layout)
    if format == "docx":
        from exports import docx

        return docx.sheet_docx(sheet), docx.MIME
    if format == "xlsx":
        from exports import xlsx

        return xlsx.sheet_xlsx(sheet), xlsx.MIME
    if format == "odt":
        from exports import odt

        return odt.sheet_odt(sheet), odt.MIME
    from exports import pdf

    return pdf.sheet_pdf(sheet), pdf.MIME


def _slug(cards: list[Card]) -> str:
    """A file name of plain letters: the title of the only card, else what and how many."""
    if len(cards) > 1:
        return f"schede-{len(cards)}"
    card = cards[0]
    text = unicodedata.normalize("NFKD", f"{card.title or card.unit or 'scheda'} {card.year or ''}")
    plain = re.sub(r"[^a-z0-9]+", "-", text.encode("ascii", "ignore").decode().lower()).strip("-")
    return plain[:80].strip("-") or "scheda"
