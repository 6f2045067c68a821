"""OpenDocument sheets (.ods): the text of each cell as LibreOffice shows it, with spans and hidden rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.safezip import BROKEN_ZIP, check_archive
from ingest.readers.sheets import sheet_blocks, sheet_heading
from ingest.readers.words import clean

T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ENCRYPTED = b"manifest:encryption-data"


def read_ods(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of an .ods; ``Place.page`` is the sheet's number, ``line`` the row, ``sheet`` its name."""
    check_archive(path, limits, name)
    try:
        with zipfile.ZipFile(path) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and _ENCRYPTED in archive.read("META-INF/manifest.xml"):
                raise UnreadableFile(f"{name}: il foglio è protetto da password. Togli la password e caricalo di nuovo.")
            content = archive.read("content.xml")
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
        tables = root.findall(f".//{T}table")
        blocks = tuple(block for i, table in enumerate(tables, 1) for block in _Sheet(table, i, limits, name).blocks())
    except (KeyError, etree.LxmlError, *BROKEN_ZIP) as error:
        raise UnreadableFile(f"{name}: il foglio OpenDocument è danneggiato. Salvalo di nuovo e riprova.") from error
    if not blocks:
        raise UnreadableFile(f"{name}: il foglio non contiene dati.")
    return Blocks(name, "ods", blocks, len(tables))


class _Sheet:
    def __init__(self, table: Any, page: int, limits: Limits, name: str) -> None:
        self.table, self.page, self.limits, self.name = table, page, limits, name
        self.title = table.get(f"{T}name") or f"Foglio{page}"
        self.cells = 0

    def blocks(self) -> Iterator[Block]:
        rows = list(self._rows())
        if rows:
            yield sheet_heading(self.title, self.page)
            yield from sheet_blocks(rows)

    def _rows(self) -> Iterator[Row]:
        line = 0
        spans: dict[int, int] = {}  # column -> rows still covered by a merged cell above
        for tr in self.table.iter(f"{T}table-row"):
            repeat = _times(tr, "number-rows-repeated")
            cells, merged, above, down = self._row(tr, spans)
            if any(cells):
                if repeat * len(cells) > self.limits.max_cells:
                    self._too_many()
                for k in range(repeat):
                    place = Place(self.page, line + k + 1, self.title)
                    yield Row(tuple(cells), place, frozenset(), frozenset(merged), frozenset(above))
            line += repeat
            spans = {c: n - repeat for c, n in spans.items() if n > repeat} | {c: n - 1 for c, n in down.items() if n > 1}

    def _row(self, tr: Any, spans: dict[int, int]) -> tuple[list[str], set[int], set[int], dict[int, int]]:
        cells: list[str] = []
        merged: set[int] = set()
        above: set[int] = set()
        down: dict[int, int] = {}
        pending = 0
        for tc in tr:
            if tc.tag not in (f"{T}table-cell", f"{T}covered-table-cell"):
                continue
            text = "" if tc.tag.endswith("covered-table-cell") else _text(tc)
            times = _times(tc, "number-columns-repeated")
            covered = tc.tag.endswith("covered-table-cell")
            if not text and not covered:
                pending += times
                continue
            cells += [""] * pending if pending < 20_000 else []
            pending = 0
            self.cells += times
            if self.cells > self.limits.max_cells or times > 20_000:
                self._too_many()
            at = len(cells)
            if covered:
                merged |= set(range(at, at + times))
                above |= {c for c in range(at, at + times) if spans.get(c)}
            else:
                high, wide = _times(tc, "number-rows-spanned"), _times(tc, "number-columns-spanned")
                down |= dict.fromkeys(range(at, at + min(wide, 1000)), high)
            cells += [text] * times
        return cells, merged, above, down

    def _too_many(self) -> None:
        raise LimitExceeded(f"{self.name}: più di {self.limits.max_cells} celle (PIAO_MAX_CELLS). Dividi il foglio.")


def _text(tc: Any) -> str:
    return clean("\n".join("".join(p.itertext()) for p in tc.findall(f"{X}p")))


def _times(element: Any, attribute: str) -> int:
    value = element.get(f"{T}{attribute}") or "1"
    return max(int(value), 1) if value.isdigit() else 1
