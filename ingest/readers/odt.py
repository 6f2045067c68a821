"""OpenDocument text (.odt): headings, paragraphs, lists and tables in document order, with strikes and tracked changes.

As for .docx, words that were struck or deleted stand in struck blocks and cells, apart from the current text; hidden words and
comments are not read, and counted in the report.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.docx_looks import Lost
from ingest.readers.docx_styles import level_of
from ingest.readers.odt_words import D, O, S, Speech, Styles, T, X, aside, deletions, is_hidden
from ingest.readers.safezip import BROKEN_ZIP, check_archive
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.words import clean

_ENCRYPTED = b"manifest:encryption-data"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MAX_SPAN = 1024
_GROUPS = tuple(f"{T}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))


def read_odt(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of an .odt; ``Place.line`` is the running number of paragraph or table row."""
    check_archive(path, limits, name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part: archive.read(part) for part in _wanted(archive.namelist())}
        if _ENCRYPTED in parts.get("META-INF/manifest.xml", b""):
            raise UnreadableFile(f"{name}: il documento è protetto da password. Togli la password e caricalo di nuovo.")
        content = _parsed(parts["content.xml"])
        shared = _parsed(parts["styles.xml"]) if "styles.xml" in parts else None
        body = content.find(f"{O}body/{O}text")
        walk = _Walk(content, shared, body, limits, name)
        blocks = (*walk.headers(shared), *walk.body(body), *walk.notes())
        walk.count_comments(body)
        title = _parsed(parts["meta.xml"]).findtext(f".//{_TITLE}") if "meta.xml" in parts else None
    except RecursionError as error:
        raise UnreadableFile(f"{name}: il documento ha tabelle annidate troppo in profondità.") from error
    except (KeyError, AttributeError, TypeError, etree.LxmlError, *BROKEN_ZIP) as error:
        raise UnreadableFile(f"{name}: il documento OpenDocument è danneggiato. Aprilo, salvalo di nuovo e riprova.") from error
    if not blocks:
        raise UnreadableFile(f"{name}: il documento non contiene testo.")
    return Blocks(name, "odt", blocks, metadata={"title": title} if title else {}, warnings=tuple(walk.lost.notes()))


def _wanted(names: list[str]) -> list[str]:
    return [part for part in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml") if part in names]


def _parsed(part: bytes) -> Any:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


class _Walk:
    """Goes through a document once, counting lines and cells."""

    def __init__(self, content: Any, shared: Any, body: Any, limits: Limits, name: str) -> None:
        self.limits, self.name = limits, name
        self.styles = Styles([root for root in (shared, content) if root is not None])
        self.lost = Lost()
        self.speech = Speech(self.styles, deletions(body), self.lost)
        self.line = 0
        self.cells = 0

    def body(self, parent: Any) -> Iterator[Block]:
        """Blocks of a body, a section, a list or an index."""
        for child in parent:
            if child.tag in (f"{X}p", f"{X}h"):
                yield from self._paragraph(child)
            elif child.tag == f"{T}table":
                yield from self._table(child)
            elif child.tag == f"{X}list":
                yield from self._list(child)
            elif child.tag == f"{X}change":
                yield from self._deleted(child)
            elif isinstance(child.tag, str) and child.tag.startswith(D):  # frames and shapes anchored to the page
                yield from self.body(child)
            elif child.tag == f"{X}section" and _section_hidden(child):
                self.lost.place = Place(line=self.line + 1)
                self.speech.hide(child)
            elif child.tag in (f"{X}section", f"{X}index-body", f"{X}index-title", f"{X}numbered-paragraph") or (
                isinstance(child.tag, str) and child.tag.endswith(("-index", "table-of-content", "bibliography"))
            ):
                yield from self.body(child)

    def _deleted(self, mark: Any) -> Iterator[Block]:
        """Whole paragraphs that a tracked change took out, where they stood."""
        text = clean(self.speech.deleted.get(mark.get(f"{X}change-id") or "", ""))
        if text:
            self.line += 1
            yield text_block(text, Place(line=self.line), struck=True)

    def _list(self, element: Any) -> Iterator[Block]:
        """The items of a list, each with a dash before its first paragraph: a number that its style counts is not guessed."""
        for item in element:
            mark = "- " if item.tag == f"{X}list-item" else ""
            for block in self.body(item) if item.tag in (f"{X}list-item", f"{X}list-header") else ():
                if mark and block.kind == "paragraph" and not block.struck:
                    yield block if block.text.startswith("- ") else replace(block, text=mark + block.text)
                    mark = ""
                else:
                    yield block

    def _paragraph(self, p: Any) -> Iterator[Block]:
        self.lost.place = Place(line=self.line + 1)
        words = self.speech.words(p)
        boxed = self.speech.boxed_tables()
        if words:
            self.line += 1
        place = Place(line=self.line)
        if words.live:
            yield text_block(words.live, place, level=self._level(p), bold=words.bold)
        if words.struck:
            yield text_block(words.struck, place, struck=True)
        for table in boxed:
            yield from self._table(table)

    def _level(self, p: Any) -> int:
        outline = p.get(f"{X}outline-level") or ""
        if p.tag == f"{X}h":
            return min(max(int(outline), 1), 6) if outline.isdigit() else 1
        return next((level for name in self.styles.names(p.get(f"{X}style-name")) if (level := level_of(name))), 0)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[Row] = []
        after: list[Block] = []
        below: dict[int, int] = {}  # column -> rows still covered by a merged cell above
        for tr in _rows(table):
            self.line += 1
            self.lost.place = Place(line=self.line)
            row, nested, struck = self._row(tr, self.lost.place, below)
            rows.append(row)
            after += [text_block(text, row.place, struck=True) for text in struck]
            for inner in nested:
                after += self._table(inner)
        yield from table_blocks(rows)
        yield from after

    def _row(self, tr: Any, place: Place, below: dict[int, int]) -> tuple[Row, list[Any], list[str]]:
        """A row, the tables nested in it, and struck words of cells that also hold live text."""
        cells: list[str] = []
        struck, merged, above = set(), set(), set()
        nested: list[Any] = []
        leftovers: list[str] = []
        opened: dict[int, int] = {}
        for tc in tr:
            if tc.tag not in (f"{T}table-cell", f"{T}covered-table-cell"):
                continue
            at, times = len(cells), min(_number(tc, "number-columns-repeated"), _MAX_SPAN)
            self._count(times)
            if tc.tag == f"{T}covered-table-cell":
                cells += [""] * times
                merged |= set(range(at, at + times))
                above |= {c for c in range(at, at + times) if c in below}
                continue
            live, old = self._cell(tc, nested)
            self._count((times - 1) * (len(live or old) // 100))  # a long text repeated is many cells of it
            if old and not live:
                struck.add(at)
            elif old:
                leftovers.append(old)
            wide, high = _number(tc, "number-columns-spanned"), _number(tc, "number-rows-spanned")
            opened |= dict.fromkeys(range(at, at + min(wide, _MAX_SPAN)), high - 1) if high > 1 else {}
            cells += [live or old] * times
        left = {column: rows - 1 for column, rows in below.items() if rows > 1}
        below.clear()
        below.update(left | opened)
        return Row(tuple(cells), place, frozenset(struck), frozenset(merged), frozenset(above)), nested, leftovers

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > self.limits.max_cells:
            raise LimitExceeded(f"{self.name}: più di {self.limits.max_cells} celle nelle tabelle. Dividi il documento.")

    def _cell(self, tc: Any, nested: list[Any]) -> tuple[str, str]:
        """Live and struck text of a cell; its tables are handed to ``nested``."""
        live: list[str] = []
        struck: list[str] = []
        for part in _inside(tc):
            if part.tag == f"{T}table":
                nested.append(part)
                continue
            if part.tag == f"{X}change":
                struck.append(clean(self.speech.deleted.get(part.get(f"{X}change-id") or "", "")))
                continue
            words = self.speech.words(part)
            nested += self.speech.boxed_tables()
            live += [words.live] if words.live else []
            struck += [words.struck] if words.struck else []
        return "\n".join(live), "\n".join(struck)

    def headers(self, shared: Any) -> Iterator[Block]:
        """The texts of page headers, each once: the body's name often stands only there."""
        seen: set[str] = set()
        for header in shared.iter(f"{S}header", f"{S}header-first") if shared is not None else ():
            for p in (p for p in header.iter(f"{X}p", f"{X}h") if not aside(p)):
                text = self.speech.words(p).live
                if text and text not in seen and any(c.isalpha() for c in text):
                    seen.add(text)
                    self.line += 1
                    yield text_block(text, Place(line=self.line))
        self.speech.boxed_tables()  # their cells' words were read above, a line each: no table of the body

    def notes(self) -> Iterator[Block]:
        """Footnotes and endnotes, after the body."""
        for note in self.speech.notes:
            for p in (p for p in note.iter(f"{X}p") if not aside(p, note)):
                text = self.speech.words(p).live
                if text:
                    self.line += 1
                    yield text_block(text, Place(line=self.line))

    def count_comments(self, body: Any) -> None:
        """Comments are what readers of the document say, not its text: they are counted as left out."""
        count = sum(1 for _ in body.iter(f"{O}annotation"))
        if count:
            self.lost.place = Place()
            self.lost.add("comment", count=count)


def _section_hidden(section: Any) -> bool:
    """Whether a section is not shown: never (``text:display`` "none"), or under a condition that holds now."""
    display = section.get(f"{X}display") or "true"
    return display == "none" or display == "condition" and is_hidden(section)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{T}table-row":
            times = min(_number(child, "number-rows-repeated"), _MAX_SPAN)
            yield from [child] * times
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _inside(tc: Any) -> Iterator[Any]:
    """Paragraphs and tables of a cell, also those in lists and sections."""
    for child in tc:
        if child.tag in (f"{X}p", f"{X}h", f"{T}table", f"{X}change"):
            yield child
        elif child.tag in (f"{X}list", f"{X}list-item", f"{X}list-header", f"{X}section"):
            yield from _inside(child)


def _number(element: Any, attribute: str) -> int:
    value = element.get(f"{T}{attribute}") or "1"
    return max(int(value), 1) if value.isdigit() else 1
