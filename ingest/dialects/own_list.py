"""Our own list, as ``exports`` writes it in .csv: one row for a card and one for each of its phases, indicators and other rows.

Recognised by its first two columns, "Scheda" (the card's running number) and "Parte"; the other columns bear the labels of
``cards.labels``. An apostrophe that keeps a spreadsheet from running a value is taken off again.
"""

from __future__ import annotations

from cards import labels
from cards.model import Document
from ingest.blocks import Block, Blocks, Row
from ingest.dialects._letters import key
from ingest.dialects._own_card import KINDS, Found
from ingest.dialects._unit_stream import flat
from ingest.dialects.part import Part, spot

NAME = "elenco del prodotto"
_HEAD = tuple(key(label) for label in (labels.CARD, labels.PART))
_PARTS = {key(label): name for name, label in labels.PARTS.items()}


def matches(blocks: Blocks) -> float:
    """Sure where a table opens with our two columns."""
    return 2.0 if any(_is_ours(block) for block in blocks.blocks) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """The cards of the list, in order."""
    rows = [row for block in blocks.blocks if _is_ours(block) for row in block.rows]
    found = [one for block in blocks.blocks if _is_ours(block) for one in _cards(block)]
    return Part(
        cards=tuple(one.card(document) for one in found),
        used=frozenset(spot(row.place) for row in rows),
        mapping=("elenco del prodotto: colonne per etichetta",),
    )


def _is_ours(block: Block) -> bool:
    return block.kind == "table" and tuple(key(cell) for cell in block.rows[0].cells[:2]) == _HEAD


def _cards(block: Block) -> list[Found]:
    columns = [flat(cell) for cell in block.rows[0].cells]
    found: dict[str, Found] = {}
    for row in block.rows[1:]:
        cells = [_bare(cell) for cell in row.cells]
        number, part = cells[0], _PARTS.get(key(cells[1]))
        if part is None:
            continue
        one = found.setdefault(number, Found("objective", "", []))
        one.rows.append(row)
        if part == "card":
            _card(one, columns, cells, row)
        else:
            one.add(part, columns, cells, row)
    return list(found.values())


def _card(one: Found, columns: list[str], cells: list[str], row: Row) -> None:
    for column, cell in zip(columns, cells, strict=False):
        if column == labels.TITLE:
            one.title = cell
        elif column == labels.KIND:
            one.kind = KINDS.get(key(cell), "objective")
        elif cell:
            one.put(column, cell, row)


def _bare(cell: str) -> str:
    """A value without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") else cell
