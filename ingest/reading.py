"""From a file to a ``Reading``: blocks, identity, dialects, the generic reader for what no dialect claimed, passages.

A document may hold several layouts: the surest dialect reads first, and table rows that it used are not read twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from cards.model import Card, Document, Notice, Paragraph, Passage, Reading, card_id
from ingest.blocks import Block, Blocks
from ingest.corrections import Corrections, overrides_for
from ingest.dialects import ranked
from ingest.dialects.part import Part, Spot, spot
from ingest.doubts import doubts
from ingest.generic import read_tables
from ingest.identity import identify
from ingest.layouts import Layout, layout_marks, layouts_of
from ingest.limits import Limits
from ingest.passages import passages_of
from ingest.readers import read_blocks
from ingest.tidy import tidied


def read(
    path: Path | str, limits: Limits | None = None, name: str | None = None, corrections: Corrections | None = None
) -> Reading:
    """Everything that can be read in a file. ``name`` replaces the file's own name (an upload kept under another one),
    ``corrections`` are the column mappings that a person mended, by layout.

    Raises ``UnreadableFile`` and ``LimitExceeded``, one clear line each.
    """
    path = Path(path)
    blocks = read_blocks(path, limits or Limits(), name)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return reading_of(blocks, sha256, corrections)


def cards_in(blocks: Blocks) -> tuple[Card, ...]:
    """The cards alone, without passages: for who asks only whether they can be read."""
    document = identify(blocks)
    return tuple(_finished((card for _, part in _parts(tidied(blocks), document) for card in part.cards), document))


def layouts_in(blocks: Blocks, corrections: Corrections | None = None) -> list[Layout]:
    """The layouts of a document whose mapping a person can correct."""
    document, tidy = identify(blocks), tidied(blocks)
    parts = list(_parts(tidy, document, corrections))
    used = {place: name for name, part in parts for place in part.used}
    return layouts_of(tidy, used, corrections)


def reading_of(blocks: Blocks, sha256: str | None = None, corrections: Corrections | None = None) -> Reading:
    """The reading of a document already turned into blocks."""
    document = identify(blocks, sha256)
    tidy = tidied(blocks)
    parts = [part for _, part in _parts(tidy, document, corrections)]
    cards = tuple(_finished((card for part in parts for card in part.cards), document))
    used = {place for part in parts for place in part.used}
    return Reading(
        document=document,
        cards=cards,
        declared=tuple(total for part in parts for total in part.declared),
        listed=tuple(row for part in parts for row in part.listed),
        paragraphs=tuple(_paragraphs(blocks)),
        passages=_passages(blocks, cards, document),
        warnings=(
            *_reader_warnings(blocks), *(notice for part in parts for notice in part.warnings), *doubts(blocks, cards, used),
        ),  # fmt: skip
        mapping=tuple(line for part in parts for line in part.mapping),
        layouts=layout_marks(tidy),
    )


def _parts(blocks: Blocks, document: Document, corrections: Corrections | None = None) -> Iterator[tuple[str, Part]]:
    """What each dialect read of tidied blocks, by its name, and at last the generic reader ("").

    A table whose columns a person put right is the generic reader's, whatever dialect would know it; so is what a dialect took
    for its own without finding anything in it.
    """
    corrected = overrides_for(blocks, corrections)
    withheld = {spot(row.place) for b in blocks.blocks if b.kind == "table" and spot(b.place) in corrected for row in b.rows}
    used: set[Spot] = set()
    for _, dialect in ranked(without(blocks, withheld)):
        part = dialect.read(without(blocks, used | withheld), document)
        if part.cards or part.declared or part.listed or part.warnings:
            used |= part.used
        yield dialect.NAME, part
    yield "", read_tables(untouched(blocks, used - withheld), document, tables=corrected)


def without(blocks: Blocks, used: set[Spot]) -> Blocks:
    """The blocks without the table rows already used; headings and paragraphs stay, they are everybody's context."""
    if not used:
        return blocks
    return replace(blocks, blocks=tuple(block for b in blocks.blocks if (block := _trimmed(b, used)) is not None))


def _trimmed(block: Block, used: set[Spot]) -> Block | None:
    if block.kind != "table":
        return block
    rows = tuple(row for row in block.rows if spot(row.place) not in used)
    return replace(block, rows=rows, place=rows[0].place) if rows else None


def untouched(blocks: Blocks, used: set[Spot]) -> Blocks:
    """The blocks of which nothing was used: what a dialect began is not guessed at again. Headings stay, as context."""
    return replace(blocks, blocks=tuple(b for b in blocks.blocks if b.kind == "heading" or not _touched(b, used)))


def _touched(block: Block, used: set[Spot]) -> bool:
    return spot(block.place) in used or any(spot(row.place) in used for row in block.rows)


def _finished(cards: Iterable[Card], document: Document) -> Iterator[Card]:
    """The cards with id, document and, where they do not say it themselves, the document's entity, year and type."""
    seen: Counter[str] = Counter()
    stem = PurePath(document.name).stem
    for card in cards:
        name = card.title or card.unit or (card.indicators[0].name if card.indicators else None)
        key = card_id((stem, card.kind, card.code, card.number, name))
        seen[key] += 1
        yield card.model_copy(
            update={
                "id": card_id((stem, card.kind, card.code, card.number, name, seen[key])),
                "entity": card.entity or document.entity,
                "year": card.year if card.year is not None else document.year,
                "document_type": card.document_type or document.document_type,
                "source": card.source.model_copy(update={"document": document.name, "sha256": document.sha256}),
            }
        )


def _paragraphs(blocks: Blocks) -> Iterator[Paragraph]:
    heading = None
    for block in blocks.blocks:
        if block.kind == "heading":
            heading = block.text
        elif block.kind == "paragraph":
            yield Paragraph(text=block.text, page=block.place.page, line=block.place.line, heading=heading)


def _passages(blocks: Blocks, cards: tuple[Card, ...], document: Document) -> tuple[Passage, ...]:
    return passages_of(blocks, cards, document)


def _reader_warnings(blocks: Blocks) -> Iterator[Notice]:
    for message, place in blocks.warnings:
        yield Notice(message=message, page=place.page, line=place.line)
