"""OpenDocument sheets (.ods): the text of each cell as LibreOffice shows it, with spans and struck words; what is hidden,
commented or failed is said in the report."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.odt_words import O, Speech, Styles, T, X
from ingest.readers.safezip import BROKEN_ZIP, check_archive
from ingest.readers.sheets import column_letters, failed_formula, is_error, sheet_blocks, sheet_heading, written
from ingest.readers.tables import text_block
from ingest.readers.words import clean

_PLAIN = re.compile(r"-?\d{1,18}(?:\.\d{1,18})?")
_FAR = 20_000  # rows or columns beyond which nothing is asked about
_ALIKE = 1000  # equal rows in a row: more are a column filled down to the end of the sheet
_ROWS = 2**20  # of a sheet
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
        tables = root.findall(f"{O}body/{O}spreadsheet/{T}table")
        styles, notes = Styles([root]), list[tuple[str, Place]]()
        sheets = [_Sheet(table, i, limits, name, styles, notes) for i, table in enumerate(tables, 1)]
        blocks = tuple(block for sheet in sheets for block in sheet.blocks())
    except (KeyError, etree.LxmlError, *BROKEN_ZIP) as error:
        raise UnreadableFile(f"{name}: il foglio OpenDocument è danneggiato. Salvalo di nuovo e riprova.") from error
    if not blocks:
        raise UnreadableFile(f"{name}: il foglio non contiene dati.")
    return Blocks(name, "ods", blocks, len(tables), warnings=tuple(notes))


class _Sheet:
    def __init__(self, table: Any, page: int, limits: Limits, name: str, styles: Styles, notes: list[tuple[str, Place]]) -> None:
        self.table, self.page, self.limits, self.name = table, page, limits, name
        self.styles, self.notes = styles, notes
        self.speech = Speech(styles, {})
        self.title = table.get(f"{T}name") or f"Foglio{page}"
        self.cells = 0
        self.line = 1
        self.struck: list[Block] = []

    def blocks(self) -> Iterator[Block]:
        if self.styles.hidden_table(self.table.get(f"{T}style-name")):
            self.notes.append((f"foglio «{self.title}» nascosto: non è stato letto", Place(self.page, sheet=self.title)))
            return
        rows = list(self._rows())
        if rows:
            yield sheet_heading(self.title, self.page)
            yield from sheet_blocks(rows)
        yield from self.struck
        self._tell_hidden({i for row in rows for i, cell in enumerate(row.cells) if cell}, {row.place.line for row in rows})

    def _tell_hidden(self, columns: set[int], lines: set[int | None]) -> None:
        """Hidden rows and columns are read like the others, and said; so are the comments, which are not read."""
        hidden = [column_letters(i) for i in sorted(_unseen(self.table, "column") & columns)]
        rows = [str(i + 1) for i in sorted(_unseen(self.table, "row")) if i + 1 in lines]
        commented = sum(1 for _ in self.table.iter(f"{O}annotation"))
        for found, what in ((rows, "lette anche le righe nascoste"), (hidden, "lette anche le colonne nascoste")):
            if found:
                self._tell(f"foglio «{self.title}»: {what} {', '.join(found[:12])}")
        if commented:
            self._tell(f"foglio «{self.title}»: commenti alle celle non letti ({commented})")

    def _tell(self, message: str, line: int | None = None) -> None:
        self.notes.append((message, Place(self.page, line, self.title)))

    def _rows(self) -> Iterator[Row]:
        line = 0
        spans: dict[int, int] = {}  # column -> rows still covered by a merged cell above
        for tr in self.table.iter(f"{T}table-row"):
            repeat = _times(tr, "number-rows-repeated")
            self.line = line + 1
            cells, merged, above, struck, down = self._row(tr, spans)
            if any(cells):
                if repeat > _ROWS:
                    self._too_many()
                if repeat > _ALIKE:
                    alike = f"le righe da {line + 1} a {line + repeat} sono uguali, letta solo la prima"
                    self._tell(f"foglio «{self.title}»: {alike}", line + 1)
                for k in range(repeat if repeat <= _ALIKE else 1):
                    place = Place(self.page, line + k + 1, self.title)
                    yield Row(tuple(cells), place, frozenset(struck), frozenset(merged), frozenset(above))
            line += repeat
            spans = {c: n - repeat for c, n in spans.items() if n > repeat} | {c: n - 1 for c, n in down.items() if n > 1}

    def _row(self, tr: Any, spans: dict[int, int]) -> tuple[list[str], set[int], set[int], set[int], dict[int, int]]:
        """Cells, columns merged, merged with the row above, struck, and those that go on below with how many rows."""
        cells: list[str] = []
        struck: set[int] = set()
        merged: set[int] = set()
        above: set[int] = set()
        down: dict[int, int] = {}
        pending = 0
        for tc in tr:
            if tc.tag not in (f"{T}table-cell", f"{T}covered-table-cell"):
                continue
            live, old = ("", "") if tc.tag.endswith("covered-table-cell") else self._words(tc, len(cells) + pending)
            text = live or old
            times = _times(tc, "number-columns-repeated")
            covered = tc.tag.endswith("covered-table-cell")
            if not text and not covered:
                pending += times
                continue
            cells += [""] * pending if pending < 20_000 else []
            pending = 0
            self.cells += times if times == 1 else times * (1 + len(text) // 100)  # a long text repeated is many cells of it
            if self.cells > self.limits.max_cells or times > 20_000:
                self._too_many()
            at = len(cells)
            struck |= set(range(at, at + times)) if old and not live else set()
            if live and old:
                self.struck.append(text_block(old, Place(self.page, self.line, self.title), struck=True))
            if covered:
                merged |= set(range(at, at + times))
                above |= {c for c in range(at, at + times) if spans.get(c)}
            else:
                high, wide = _times(tc, "number-rows-spanned"), _times(tc, "number-columns-spanned")
                down |= dict.fromkeys(range(at, at + min(wide, 1000)), high)
            cells += [text] * times
        return cells, merged, above, struck, down

    def _words(self, tc: Any, column: int) -> tuple[str, str]:
        """Live and struck words of a cell as they are shown; its value where a program wrote no words."""
        live: list[str] = []
        struck: list[str] = []
        gone = self.styles.struck(tc.get(f"{T}style-name"))
        for p in tc.findall(f"{X}p"):
            words = self.speech.words(p)
            (struck if gone else live).append(words.live)
            struck.append(words.struck)
        shown = "\n".join(filter(None, live)) or ("" if any(struck) else _value(tc))
        if is_error(shown):
            self._tell(failed_formula(self.title, f"{column_letters(column)}{self.line}", shown), self.line)
            return "", ""
        return shown, "\n".join(filter(None, struck))

    def _too_many(self) -> None:
        raise LimitExceeded(f"{self.name}: più di {self.limits.max_cells} celle (PIAO_MAX_CELLS). Dividi il foglio.")


def _value(tc: Any) -> str:
    """The value of a cell without words, as a reader would see it."""
    kind, value = tc.get(f"{O}value-type"), tc.get(f"{O}value") or ""
    if kind == "date":
        return written(_date(tc.get(f"{O}date-value") or ""))
    if kind == "boolean":
        return written(tc.get(f"{O}boolean-value") == "true")
    if kind in ("float", "percentage", "currency") and _PLAIN.fullmatch(value):
        return written(Decimal(value), {"percentage": "0.##%", "currency": '#,##0.00 "€"'}.get(kind, "General"))
    return clean(tc.get(f"{O}string-value") or "") if kind == "string" else ""


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _unseen(table: Any, what: str) -> set[int]:
    """The 0-based rows or columns that are hidden or filtered away."""
    found: set[int] = set()
    at = 0
    for element in table.iter(f"{T}table-{what}"):
        times = min(_times(element, f"number-{what}s-repeated"), _FAR)
        if element.get(f"{T}visibility") in ("collapse", "filter"):
            found |= set(range(at, at + times))
        at += times
    return found


def _times(element: Any, attribute: str) -> int:
    value = element.get(f"{T}{attribute}") or "1"
    return max(int(value), 1) if value.isdigit() else 1
