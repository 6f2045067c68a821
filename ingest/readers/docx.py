"""Word: paragraphs and tables in document order, with what Word knows and text does not: styles, lists, strikes, changes.

Deleted text of tracked changes counts as struck. Struck words inside a live paragraph or cell stand in a struck block of their
own, so nobody takes them for the current text and search still finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.docx_looks import Looks, Lost, style_of
from ingest.readers.docx_runs import Speech, is_prompt
from ingest.readers.docx_styles import Lists, heading_level
from ingest.readers.safezip import BROKEN_ZIP, check_archive
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.words import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SECTIONS = 20  # sections whose margins are read
_PAGE = re.compile(r"(?:pag(?:ina|\.)?|p\.|foglio)?\s*\d*\s*(?:di|/|su)?\s*\d*", re.I)
_DAMAGED = "il documento Word è danneggiato o incompleto. Aprilo con Word, salvalo di nuovo e riprova."


def read_docx(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a .docx; ``Place.line`` is the running number of paragraph or table row."""
    check_archive(path, limits, name)
    try:
        document = docx.Document(str(path))
        walk = _Walk(document, limits, name)
        blocks = (*walk.headers(), *walk.body(document.element.body), *walk.notes(), *walk.footers())
        walk.count_comments()
        core = document.core_properties
        metadata = {"title": core.title or "", "author": core.author or ""}
    except RecursionError as error:
        raise UnreadableFile(f"{name}: il documento ha tabelle annidate troppo in profondità.") from error
    except (PackageNotFoundError, KeyError, AttributeError, TypeError, etree.LxmlError, *BROKEN_ZIP) as error:
        raise UnreadableFile(f"{name}: {_DAMAGED}") from error
    if not blocks:
        raise UnreadableFile(f"{name}: il documento non contiene testo.")
    return Blocks(name, "docx", blocks, metadata={k: v for k, v in metadata.items() if v}, warnings=tuple(walk.lost.notes()))


class _Walk:
    """Goes through a document once, counting lines and cells."""

    def __init__(self, document: Any, limits: Limits, name: str) -> None:
        self.document, self.limits, self.name = document, limits, name
        looks, self.lost = Looks(document.styles.element), Lost()
        self.speech = Speech(looks, self.lost)
        self.lists = Lists(document, looks)
        self.styles = {style.style_id: style.name or "" for style in document.styles}
        self.line = 0
        self.cells = 0
        self.seen: set[str] = set()  # texts of the margins, each read once

    def body(self, parent: Any) -> Iterator[Block]:
        """Blocks of a body, a content control or a cell."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None and not self._prompts(child):
                    yield from self.body(content)
            elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml"):
                yield from self.body(child)
            elif child.tag == f"{W}altChunk":
                self.lost.add("chunk")

    def _prompts(self, sdt: Any) -> bool:
        if is_prompt(sdt):
            self.lost.add("prompt", "".join(t.text or "" for t in sdt.iter(f"{W}t")))
        return is_prompt(sdt)

    def _paragraph(self, p: Any) -> Iterator[Block]:
        self.lost.place = Place(line=self.line + 1)
        words = self.speech.words(p)
        label = self.lists.label(p) if words.live or not words.struck else ""
        if not words:
            return
        self.line += 1
        place = Place(line=self.line)
        if words.live:
            level = heading_level(p, self.styles.get(style_of(p) or "", ""))
            yield text_block(label + words.live, place, level=level, bold=words.bold)
        if words.struck:
            yield text_block(words.struck, place, struck=True)

    def _table(self, tbl: Any) -> Iterator[Block]:
        rows: list[Row] = []
        after: list[Block] = []
        for tr in _children(tbl, "tr"):
            self.line += 1
            self.lost.place = Place(line=self.line)
            row, nested, struck = self._row(tr, self.lost.place)
            rows.append(row)
            after += [text_block(text, row.place, struck=True) for text in struck]
            for table in nested:
                after += self._table(table)
        yield from table_blocks(rows)
        yield from after

    def _row(self, tr: Any, place: Place) -> tuple[Row, list[Any], list[str]]:
        """A row, the tables nested in it, and struck words of cells that also hold live text."""
        cells: list[str] = []
        struck, merged, above = set(), set(), set()
        nested: list[Any] = []
        leftovers: list[str] = []
        skip = tr.find(f"{W}trPr/{W}gridBefore")
        cells += [""] * min(_number(skip), 64) if skip is not None else []
        deleted = tr.find(f"{W}trPr/{W}del") is not None
        for tc in _children(tr, "tc"):
            span = min(_number(tc.find(f"{W}tcPr/{W}gridSpan")), 1024)
            merge = tc.find(f"{W}tcPr/{W}vMerge")
            text, old = self._cell(tc, nested)
            at = len(cells)
            if merge is not None and merge.get(f"{W}val") != "restart":
                merged.add(at)
                above.add(at)
            gone = deleted or tc.find(f"{W}tcPr/{W}cellDel") is not None
            if (old or gone) and not (text and not gone):
                struck.add(at)
                text = text or old
            elif old:
                leftovers.append(old)
            cells += [text] + [""] * (span - 1)
            merged |= set(range(at + 1, at + span))
        self.cells += len(cells)
        if self.cells > self.limits.max_cells:
            raise LimitExceeded(f"{self.name}: più di {self.limits.max_cells} celle nelle tabelle. Dividi il documento.")
        row = Row(tuple(cells), place, frozenset(struck), frozenset(merged), frozenset(above))
        return row, nested, leftovers

    def _cell(self, tc: Any, nested: list[Any]) -> tuple[str, str]:
        """Live and struck text of a cell; its tables are handed to ``nested``."""
        live: list[str] = []
        struck: list[str] = []
        for part in _children(tc, "p", "tbl"):
            if part.tag == f"{W}tbl":
                nested.append(part)
                continue
            words = self.speech.words(part)
            label = self.lists.label(part)
            if words.live:
                live.append(label + words.live)
            if words.struck:
                struck.append(words.struck)
        return "\n".join(live), "\n".join(struck)

    def headers(self) -> Iterator[Block]:
        """The texts of page headers, each once: the body's name often stands only there."""
        sections = self.document.sections[:_SECTIONS]
        yield from self._margins(part for s in sections for part in (s.first_page_header, s.header, s.even_page_header))

    def footers(self) -> Iterator[Block]:
        """The texts of page footers, each once, after everything else; page numbers are no text."""
        sections = self.document.sections[:_SECTIONS]
        yield from self._margins(part for s in sections for part in (s.first_page_footer, s.footer, s.even_page_footer))

    def _margins(self, parts: Iterable[Any]) -> Iterator[Block]:
        for part in parts:
            for p in part._element.iter(f"{W}p") if not part.is_linked_to_previous else ():
                text = self.speech.words(p).live
                if text and text not in self.seen and any(c.isalpha() for c in text) and not _PAGE.fullmatch(text):
                    self.seen.add(text)
                    self.line += 1
                    yield text_block(text, Place(line=self.line))

    def count_comments(self) -> None:
        """Comments are what readers of the document say, not its text: they are counted as left out."""
        for rel in self.document.part.rels.values():
            if not rel.is_external and rel.reltype.endswith("/comments"):
                root = etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
                count = sum(1 for _ in root.iter(f"{W}comment"))
                if count:
                    self.lost.place = Place()
                    self.lost.add("comment", count=count)

    def notes(self) -> Iterator[Block]:
        """Footnotes and endnotes, after the body."""
        for rel in self.document.part.rels.values():
            if rel.is_external or not rel.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            root = etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            for p in root.iter(f"{W}p"):
                text = clean(self.speech.words(p).live)
                if text:
                    self.line += 1
                    yield text_block(text, Place(line=self.line))


def _children(parent: Any, *names: str) -> Iterator[Any]:
    """Children by name, also inside content controls and inserted parts."""
    tags = {f"{W}{name}" for name in names}
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _children(content, *names)
        elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml"):
            yield from _children(child, *names)


def _number(element: Any, default: int = 1) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return max(int(value), 1) if value.isdigit() else default
