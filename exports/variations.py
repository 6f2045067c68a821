"""The variations of a body in one document: the overview list, old text struck and new text marked, then the request sheets."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from cards.errors import PiaoError
from cards.labels import ACTIONS, OBJECTS
from cards.model import Card, Variation
from exports.layouts.requests import overview, request_items
from exports.sheet import Cell, Grid, Heading, Item, Sheet, cells, clean

FORMATS = ("docx", "xlsx", "odt", "pdf")
HEAD = ("Obiettivo", "Oggetto", "Azione", "Testo precedente", "Testo nuovo", "Motivazione")


def export_variations(cards: Sequence[Card], format: str = "docx") -> tuple[bytes, str, str]:
    """The variations of these cards: (content, file name, MIME type); cards without any are left out, none at all is an error."""
    if format not in FORMATS:
        raise PiaoError(f"Il formato «{format}» non esiste: scegli tra {', '.join(FORMATS)}.")
    module = import_module(f"exports.{format}")
    return getattr(module, f"sheet_{format}")(variations_sheet(cards)), variations_name(cards, format), module.MIME


def variations_name(cards: Sequence[Card], format: str) -> str:
    """The file's name: "variazioni-2026.docx"."""
    years = sorted({card.year for card in cards if card.variations and card.year})
    return "-".join(["variazioni", *map(str, years)]) + f".{format}"


def variations_sheet(cards: Sequence[Card]) -> Sheet:
    """The document before any file format."""
    varied = [card for card in cards if card.variations]
    if not varied:
        raise PiaoError("Non c'è nessuna variazione da esportare.")
    items: list[Item] = [Heading("VARIAZIONI AGLI OBIETTIVI", 1), *overview(varied), table_of(varied)]
    for card in varied:
        items += [Heading(f"Richiesta: {clean(card.title)}", 2), *request_items(card)]
    return Sheet("Variazioni agli obiettivi", tuple(items), landscape=True)


def table_of(cards: Sequence[Card]) -> Grid:
    """One row a variation."""
    rows = [cells(HEAD, bold=True)]
    for card in cards:
        rows += [_row(card, one) for one in card.variations]
    return Grid(tuple(rows), 1, (3, 1.3, 1.3, 3, 3, 5))


def _row(card: Card, v: Variation) -> tuple[Cell, ...]:
    thing = f"{OBJECTS[v.object]} {v.number or ''}".strip() + (f" «{clean(v.name)}»" if v.name else "")
    taken = v.action not in ("add", "extend", "postpone")
    return (Cell(clean(card.title)), Cell(thing), Cell(ACTIONS[v.action]), Cell(clean(v.old), struck=taken and bool(v.old)),
            Cell(clean(v.new), new=bool(v.new)), Cell(clean(v.reason)))
