"""A printed sheet read again before it leaves: what the layout does not let one read back is then added below it.

A ``Sheet`` is turned into the blocks that the readers would find in its document, and those go through ``ingest``. So nothing
has to be declared by hand: whatever a layout prints badly, or has no place for, shows here as a difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cards import labels
from cards.model import Card
from exports.sheet import Grid, Heading, Item, Line, Sheet
from ingest.blocks import Block, Blocks, Place, Row
from ingest.readers import read_blocks
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.words import clean
from ingest.reading import cards_in

NAME = "scheda.docx"
GUESSED = frozenset({"entity", "year", "document_type"})
"""What a reading fills from the document's own words where a card does not say it: never a difference to mend."""


def read_back(sheet: Sheet) -> list[Card]:
    """The cards that a reader finds in a sheet."""
    return list(cards_in(blocks_of(sheet)))


def read_printed(sheet: Sheet, printed: Callable[[Sheet], bytes], format: str) -> list[Card]:
    """The cards that a reader finds in a sheet printed in a format other than .docx."""
    return cards_in_file(printed(sheet), format)


def cards_in_file(content: bytes, format: str) -> list[Card]:
    """The cards that a reader finds in a file of ours."""
    with TemporaryDirectory(prefix="piao-") as folder:
        path = Path(folder) / f"scheda.{format}"
        path.write_bytes(content)
        return list(cards_in(read_blocks(path)))


def gives_back(content: bytes, cards: Sequence[Card], format: str) -> bool:
    """Whether a file of ours gives all its cards back whole, and no other."""
    found = cards_in_file(content, format)
    return len(found) == len(cards) and all(same(card, twin) for card, twin in zip(cards, twins(cards, found), strict=True))


def blocks_of(sheet: Sheet) -> Blocks:
    """A sheet as the readers see it in its .docx: headings, paragraphs, tables, each row with its running number."""
    return Blocks(NAME, "docx", tuple(_blocks(sheet.items)), metadata={"title": sheet.title})


def _blocks(items: Sequence[Item]) -> Iterator[Block]:
    line = 0
    for item in items:
        if isinstance(item, Grid):
            rows = [_row(cells, line + n, item.columns) for n, cells in enumerate(item.rows, 1)]
            line += len(rows)
            yield from table_blocks(rows)
            continue
        text = clean(f"{item.label} {item.text}" if isinstance(item, Line) else item.text)
        if text:
            line += 1
            yield text_block(text, Place(line=line), level=item.level if isinstance(item, Heading) else 0)


def _row(cells: Sequence[Any], line: int, columns: int) -> Row:
    texts: list[str] = []
    struck, merged = set(), set()
    for cell in cells:
        at = len(texts)
        texts += [clean(cell.text)] + [""] * (cell.span - 1)
        merged |= set(range(at + 1, at + cell.span))
        if cell.struck and texts[at]:
            struck.add(at)
    return Row((*texts, *[""] * (columns - len(texts))), Place(line=line), frozenset(struck), frozenset(merged))


def twins(cards: Sequence[Card], found: Sequence[Card]) -> list[Card | None]:
    """For each card the one read back in its place: same kind, same name, in order."""
    waiting: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in found:
        waiting[_identity(card)].append(card)
    return [waiting[i].pop(0) if waiting[i := _identity(card)] else None for card in cards]


def _identity(card: Card) -> tuple[str, str]:
    return card.kind, "".join(c for c in labels.name_of(card).casefold() if c.isalnum())


def same(card: Card, other: Card | None) -> bool:
    """Whether a card was read back whole."""
    return other is not None and not differing_fields(card, other) and not differing_lists(card, other)


def differing_fields(card: Card, other: Card) -> list[str]:
    """Single fields that differ, in the order of the labels, title included; spaces do not count."""
    names = ["title", *labels.FIELDS]
    return [n for n in names if _flat(getattr(card, n)) != _flat(getattr(other, n)) and not (_empty(card, n) and n in GUESSED)]


def _empty(card: Card, name: str) -> bool:
    return getattr(card, name) in (None, "")


def differing_lists(card: Card, other: Card) -> list[str]:
    """Lists (and totals) that differ."""
    return [name for name in labels.LISTS if plain(getattr(card, name)) != plain(getattr(other, name))]


def plain(value: Any) -> Any:
    """A value for comparison: spaces do not count, empty entries are absent."""
    if hasattr(value, "to_json"):
        value = value.to_json()
    if isinstance(value, dict):
        return {k: p for k, v in value.items() if (p := plain(v)) not in (None, "", {}, [])}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return _flat(value)


def _flat(value: object) -> str:
    return "" if value is None else "".join(clean(str(value)).split())
