"""Passages: the short texts that search looks through. Each holds the document's own words and its place; where it stands
(entity, year, card, headings, column names, values in words) is its context, kept apart and indexed together with it.

Passages follow the blocks in reading order, so every word of the document is in one of them whether or not a card was read
there; cards lay their identity over the passages that stand in their lines. (Contextual chunk headers, as in Anthropic's
"contextual retrieval", built here from the card's fields instead of a model.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cards.model import Card, Document, Passage
from ingest.blocks import Block, Blocks
from ingest.passages_cards import CardMap
from ingest.passages_codes import CodeNames
from ingest.passages_pages import PageTurns
from ingest.passages_table import Piece, looks_like_header, table_pieces
from ingest.passages_text import LONG, Lines, clean, cut, is_label

HEADING, LEAD = 120, 400  # characters of a heading, of the paragraph before a table, shown as context


def passages_of(blocks: Blocks, cards: Sequence[Card], document: Document) -> tuple[Passage, ...]:
    """The passages of a document in reading order, each with page or lines; see the module for what they hold."""
    laid = CardMap(cards, document)
    turns = PageTurns(blocks.page_texts)
    walked = (part for piece in _Walk().pieces(blocks.blocks) for part in turns.parted(piece))
    pieces = [p for p in walked if any(map(str.isalnum, p.text))]
    codes = CodeNames(cards, (p.text for p in pieces))
    return tuple(laid.passage(codes.explain(piece), number) for number, piece in enumerate(pieces, 1))


@dataclass
class _Walk:
    """A reading of the blocks: the headings in force, the lines not yet closed, what the last small table named."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    lines: Lines = field(default_factory=Lines)
    under: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    def pieces(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        """Pieces in order; a heading's own words open the piece that follows it."""
        for block in blocks:
            if block.kind == "table" and block.rows:
                yield from self._table(block)
            elif text := clean(block.text):
                yield from self._line(block, text)
        yield from self._close()

    def _line(self, block: Block, text: str) -> Iterator[Piece]:
        heading = block.kind == "heading"
        starts = heading or self.lines.must_close_before(text, block.place)
        if self.lines.texts and starts and not self._only_headings():
            yield from self._close()
        if heading:
            level = block.level or 1
            self.stack = [h for h in self.stack if h[0] < level] + [(level, text[:HEADING])]
            self.lead = ()
        self.lines.add(text, block.place)
        self.under = tuple(h for _, h in self.stack)

    def _table(self, block: Block) -> Iterator[Piece]:
        announces = self._only_headings() or all(is_label(t) for t in self.lines.texts)
        same_page = self.lines.place.page == block.rows[0].place.page
        opening = self.lines.texts if self.lines.texts and announces and same_page and self.lines.size < LONG // 3 else []
        start, spoken = self.lines.place, " ".join(self.lines.texts)
        if opening:
            self.lines = Lines()
        yield from self._close()
        self.under = tuple(h for _, h in self.stack)
        lead = (spoken,) if spoken and not opening and len(spoken) <= LEAD else ()
        for number, piece in enumerate(table_pieces(block.rows)):
            yield piece.under(self.under, lead, () if number else opening, start)
        self.lead = _named_by(block)

    def _close(self) -> Iterator[Piece]:
        lines, self.lines = self.lines, Lines()
        text = "\n".join(lines.texts)
        for part in (cut(text) if lines.size > LONG else [text]) if text else []:
            yield Piece(part, lines.place, lines.last, carried=self.lead, headings=self.under)

    def _only_headings(self) -> bool:
        names = {h for _, h in self.stack}
        return all(t[:HEADING] in names for t in self.lines.texts) and self.lines.size < LONG


def _named_by(block: Block) -> tuple[str, ...]:
    """What a table of one or two rows names ("Patto educativo di comunità | 6"): context of the paragraphs after it."""
    if len(block.rows) > 3:
        return ()
    rows = [r for r in block.rows if not looks_like_header(r)]
    if len(rows) > 2:
        return ()
    cells = [clean(c) for row in rows for c in row.cells]
    return tuple(c[:LEAD // 2] for c in cells if len(c) > 12)[:2]
