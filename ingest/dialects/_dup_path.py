"""The strategic path above an indicator table: "Indirizzo Strategico / Obiettivo Strategico / Missione / …" and then
one line per level, closed by a slash, in the order that the heading gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Place
from ingest.dialects._letters import key
from ingest.dialects._unit_stream import Entry

_LEVELS = {
    "indirizzostrategico": "strategic_line", "lineastrategica": "strategic_line", "obiettivostrategico": "strategic_objective",
    "missione": "mission", "programma": "programme", "obiettivooperativo": "operational_objective",
}  # fmt: skip
_NUMBERED = re.compile(r"\d{1,2}\s*[-–—]\s*\S")
_INNER = re.compile(r"/\s+(?=\d{1,2}\s*[-–—]\s*[A-ZÀ-Ü])")
_HORIZON = 30  # entries looked at above a table


@dataclass(frozen=True, slots=True)
class Path:
    """Texts of the levels as written ("01 - …"), and the place of each."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def fields(self) -> dict[str, str]:
        """The card's fields: mission and programme are split in number and name."""
        fields: dict[str, str] = {}
        for level, text in self.texts.items():
            number = re.match(r"(\d{1,2})\s*[-–—.]\s*(.+)", text) if level in ("mission", "programme") else None
            fields |= {level: number[1].zfill(2), f"{level}_name": number[2]} if number else {level: text}
        return fields


def levels_of(text: str) -> list[str]:
    """The levels that a heading lists, [] when it is no such heading.

    >>> levels_of("Indirizzo Strategico / Missione / Programma")
    ['strategic_line', 'mission', 'programme']
    """
    levels = [_LEVELS.get(key(part), "") for part in text.split("/")]
    return levels if len(levels) >= 3 and all(levels) else []


def path_above(entries: Sequence[Entry], index: int) -> Path | None:
    """The path that stands right above a table, None when a table or nothing of the kind comes first."""
    for i in range(index - 1, max(-1, index - _HORIZON), -1):
        if entries[i].is_row:
            return None
        levels = levels_of(entries[i].text)
        if levels:
            return _path(levels, entries[i + 1 : index])
    return None


def _path(levels: Sequence[str], lines: Sequence[Entry]) -> Path:
    """One element per level; a line that does not begin with a number goes on with the one above."""
    parts: list[tuple[str, Place]] = []
    for line in lines:
        for n, piece in enumerate(_INNER.split(line.text)):
            if parts and (parts[-1][0].endswith(";") or (n == 0 and not _NUMBERED.match(piece))):
                parts[-1] = (f"{parts[-1][0]} {piece}", parts[-1][1])
            else:
                parts.append((piece, line.place))
    texts = {level: text.rstrip(" /") for level, (text, _) in zip(levels, parts, strict=False)}
    places = {level: place for level, (_, place) in zip(levels, parts, strict=False)}
    return Path(texts, places)
