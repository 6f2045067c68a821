"""Strategic maps: tables of strategic lines, strategic objectives, operational objectives and, in some, executive objectives.

The levels stand in columns and hold for the rows below until another begins; a conversion may have cut one entry into a row
per printed line, or put the last level's entry into the first column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from cards.model import Listed
from ingest.blocks import Place
from ingest.dialects._letters import key
from ingest.dialects._unit_stream import CODES, Entry, tables_of, undouble

Level = Literal["strategic_line", "strategic_objective", "operational_objective", "objective"]

LIST_NAME = "raccordo tra programmazione strategica e obiettivi"
_LEVELS: dict[str, Level] = {
    "indirizzostrategico": "strategic_line", "lineastrategica": "strategic_line", "obiettivostrategico": "strategic_objective",
    "obiettivooperativo": "operational_objective", "obiettivoesecutivo": "objective", "obiettivogestionale": "objective",
}  # fmt: skip
_ORDER: tuple[Level, ...] = ("strategic_line", "strategic_objective", "operational_objective", "objective")
_NUMBERED = re.compile(r"(?:(?<=\s)|^)(\d{1,2})\s?[-–—]\s?(?=[A-ZÀ-Ü])")
_CODED = re.compile(rf"(?:RIF\.?\s*)?(?:{CODES.pattern})")


@dataclass
class _Element:
    level: Level
    number: str
    place: Place
    words: list[str] = field(default_factory=list)
    parent: str | None = None
    reference: bool = False

    def listed(self) -> Listed:
        """The element as a row of the list."""
        words = re.sub(r"(?<=\w)- (?=\w)", "", " ".join(self.words))
        title = re.split(r"\s*Assessor", words)[0].strip(" -–—/")
        return Listed(
            list_name=LIST_NAME, code=self.number, title=title or None, level=self.level, parent=self.parent,
            action="riferimento" if self.reference else None, page=self.place.page, line=self.place.line,
        )  # fmt: skip


def map_columns(cells: Sequence[str]) -> dict[int, Level]:
    """Columns of a map's header, {} when it is not one.

    >>> map_columns(("Indirizzo Strategico", "Obiettivo Strategico", "Obiettivo Operativo"))[2]
    'operational_objective'
    """
    if len(cells) < 3:
        return {}
    found = {i: level for i, cell in enumerate(undouble(cells)) if (level := _LEVELS.get(key(cell)))}
    return found if len(found) >= 3 else {}


def listed_in(entries: Iterable[Entry]) -> list[Listed]:
    """The elements of all maps of a document, in order, each once; ``parent`` is "01.02.03" of the level above."""
    elements: list[_Element] = []
    current: dict[Level, _Element] = {}
    for table in tables_of(entries):
        columns: dict[int, Level] = {}
        for row in table:
            head = map_columns(row.cells)
            if head:
                columns = head
            elif columns:
                _read_row(row, columns, elements, current)
    found: dict[tuple[str, str | None, str | None], Listed] = {}
    for element in elements:
        one = element.listed()
        known = found.get((one.level, one.parent, one.code))
        if known is None or len(known.title or "") < len(one.title or ""):
            found[one.level, one.parent, one.code] = one
    return list(found.values())


def map_rows(entries: Iterable[Entry]) -> list[Entry]:
    """The rows of the maps, headers included."""
    return [row for table in tables_of(entries) if any(map_columns(r.cells) for r in table[:3]) for row in table]


def _read_row(row: Entry, columns: dict[int, Level], elements: list[_Element], current: dict[Level, _Element]) -> None:
    filled = [(i, cell) for i, cell in enumerate(row.cells) if cell and i in columns]
    if len(filled) == 1 and filled[0][0] == min(columns) and _shifted(filled[0][1], columns, current):
        filled = [(max(columns), filled[0][1])]
    for i, cell in filled:
        level = columns[i]
        pattern = _CODED if level == "objective" else _NUMBERED
        starts = [m.start() for m in pattern.finditer(cell)]
        head = cell[: starts[0]] if starts else cell
        if head.strip() and level in current:
            current[level].words.append(head.strip())
        for start, stop in pairwise([*starts, len(cell)]):
            element = _element(level, cell[start:stop].strip(), pattern, row.place, current)
            current[level] = element
            for below in _ORDER[_ORDER.index(level) + 1 :]:
                current.pop(below, None)
            elements.append(element)


def _shifted(cell: str, columns: dict[int, Level], current: dict[Level, _Element]) -> bool:
    """Whether a lone entry of the first column goes on with the numbers of the last one."""
    last = current.get(columns[max(columns)])
    number = _NUMBERED.match(cell)
    return bool(number and last and last.number.isdigit() and int(number[1]) == int(last.number) + 1 and not _capitals(cell))


def _capitals(cell: str) -> bool:
    letters = [c for c in cell[:30] if c.isalpha()]
    return sum(c.isupper() for c in letters) * 2 > len(letters)


def _element(level: Level, text: str, pattern: re.Pattern[str], place: Place, current: dict[Level, _Element]) -> _Element:
    found = pattern.match(text)
    number = (found[1] if level != "objective" else CODES.search(text)[0]) if found else ""  # type: ignore[index]
    above = [current[name].number.zfill(2) for name in _ORDER[: _ORDER.index(level)] if name in current]
    words = [text[found.end() :].lstrip(" -–—:") if found else text]
    return _Element(level, number, place, words, ".".join(above) or None, text.upper().startswith("RIF"))


def best_path(listed: Sequence[Listed], text: str) -> dict[str, str]:
    """Line, strategic and operational objective of the map whose words a (broken) text holds; {} when none fits."""
    words = frozenset(_long_words(text))
    lines = {one.code: one for one in listed if one.level == "strategic_line"}
    strategic = {f"{one.parent}.{one.code}": one for one in listed if one.level == "strategic_objective"}
    scored = []
    for one in (o for o in listed if o.level == "operational_objective" and o.parent in strategic):
        above = strategic[one.parent or ""]
        line = lines.get(above.parent)
        if line:
            scored.append((_held(one, words) + _held(above, words) + 0.5 * _held(line, words), line, above, one))
    best = max(scored, key=lambda way: way[0], default=None)
    if best is None or best[0] < 1.25:
        return {}
    names = ("strategic_line", "strategic_objective", "operational_objective")
    return {name: f"{one.code} - {one.title}" for name, one in zip(names, best[1:], strict=True)}


def _held(one: Listed, words: frozenset[str]) -> float:
    wanted = _long_words(one.title or "")
    return sum(map(words.__contains__, wanted)) / max(1, len(wanted))


@lru_cache(maxsize=2_000)
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]{3,}", text.casefold()))
