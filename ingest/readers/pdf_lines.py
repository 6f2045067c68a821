"""From characters to lines of text, and from lines back to running text.

Where a producer writes the space on which it broke a line (LibreOffice, Word), lines join exactly as they were written; elsewhere
the room left on the line and the document's own vocabulary tell a wrapped word from a hyphen, and a paragraph's end from a wrap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf_page import Char, Rule

_SMALL = frozenset({
    "al", "all", "alla", "allo", "alle", "ai", "agli", "del", "dell", "della", "dello", "delle", "dei", "degli", "dal", "dalla",
    "dalle", "nel", "nella", "nelle", "nei", "per", "con", "ed", "sul", "sulla",
})  # fmt: skip  # words that no Italian word ends with: after a vowel they stand alone


@dataclass(slots=True)
class Line:
    """A line of text. ``spaced``: the file has a space after its last word. ``right``: how far the text could have gone.
    ``gaps``: white strips inside it; a line with gaps keeps its characters, it may be two."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    y: float
    size: float
    spaced: bool = False
    right: float = 0.0
    struck: bool = False
    first_word: float = 0.0
    gaps: list[tuple[float, float]] = field(default_factory=list)
    chars: list[Char] = field(default_factory=list)


def lines_of(chars: Iterable[Char], right: float, strikes: Sequence[Rule] = ()) -> list[Line]:
    """The lines that characters form, from the top down; sideways characters are turned first."""
    by_angle: dict[int, list[Char]] = {}
    for char in chars:
        by_angle.setdefault(char.angle, []).append(char)
    lines: list[Line] = []
    for angle, group in by_angle.items():
        turned = group if angle == 0 else [_turned(char) for char in group]
        reach = right if angle == 0 else max(char.x1 for char in turned)
        lines += [line for row in _rows(turned) if (line := _line(row, reach, strikes if angle == 0 else ())) is not None]
    return lines


def _turned(char: Char) -> Char:
    """A sideways character as if its line were upright."""
    if char.angle == 90:
        return char._replace(x0=-char.bottom, x1=-char.top, top=char.x0, bottom=char.x1)
    if char.angle == 270:
        return char._replace(x0=char.top, x1=char.bottom, top=-char.x1, bottom=-char.x0, y=-char.y)
    return char._replace(x0=-char.x1, x1=-char.x0, top=-char.bottom, bottom=-char.top, y=-char.y)


def _rows(chars: list[Char]) -> list[list[Char]]:
    """Characters by line: those whose baselines are within a third of the size, raised and lowered ones included."""
    rows: list[list[Char]] = []
    bases: list[float] = []
    for char in chars:
        for k in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            if abs(bases[k] - char.y) <= 0.35 * max(char.size, rows[k][0].size):
                rows[k].append(char)
                break
        else:
            rows.append([char])
            bases.append(char.y)
    order = sorted(range(len(rows)), key=lambda k: bases[k])
    merged: list[list[Char]] = []
    last = None
    for k in order:
        if last is not None and bases[k] - last <= 0.35 * rows[k][0].size:
            merged[-1] += rows[k]
        else:
            merged.append(rows[k])
            last = bases[k]
    return merged


def _line(chars: list[Char], right: float, strikes: Sequence[Rule]) -> Line | None:
    chars.sort(key=lambda char: char.x0)
    while chars and chars[0].text.isspace():
        chars.pop(0)
    last = len(chars)
    while last and chars[last - 1].text.isspace():
        last -= 1
    if not last:
        return None
    spaced, chars = last < len(chars), chars[:last]
    parts: list[str] = []
    gaps: list[tuple[float, float]] = []
    previous: Char | None = None
    blank_from: float | None = None
    for char in chars:
        if char.text.isspace():
            if previous is not None and blank_from is None:
                blank_from = previous.x1
            continue
        if previous is not None:
            if char.text == previous.text and abs(char.x0 - previous.x0) < 0.1 * char.size:
                continue  # the same letter printed twice to look bold
            gap = char.x0 - previous.x1
            if blank_from is not None or gap > 0.2 * char.size:
                parts.append(" ")
                if gap > 0.9 * char.size:
                    gaps.append((previous.x1, char.x0))
        parts.append(char.text)
        previous, blank_from = char, None
    text = "".join(parts)
    line = Line(text, chars[0].x0, chars[-1].x1, min(c.top for c in chars), max(c.bottom for c in chars), chars[0].y,
                max(c.size for c in chars), spaced, right, gaps=gaps, chars=chars if gaps else [])  # fmt: skip
    line.first_word = _width_of_first_word(chars)
    line.struck = any(_strikes(rule, line) for rule in strikes)
    return line


def _width_of_first_word(chars: list[Char]) -> float:
    end = chars[0].x1
    for char in chars:
        if char.text.isspace() or char.x0 - end > 0.2 * char.size:
            break
        end = char.x1
    return end - chars[0].x0


def _strikes(rule: Rule, line: Line) -> bool:
    """Whether a rule runs through the middle of the line, for most of its length."""
    height = line.bottom - line.top
    across = min(rule.end, line.x1) - max(rule.start, line.x0)
    return line.top + 0.3 * height < rule.at < line.y - 0.1 * height and across > 0.7 * (line.x1 - line.x0)


class Joiner:
    """Joins the lines of one document; knows whether its producer keeps the spaces at line ends, and its words."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self._broken = self._kept = 0

    def learn(self, lines: Sequence[Line]) -> None:
        """Take note of the lines of a cell or paragraph (before any joining)."""
        for i, line in enumerate(lines):
            tokens = line.text.split(" ")
            self.words.update(_bare(token) for token in tokens[1 if i else 0 : -1 if i + 1 < len(lines) else None])
            if i + 1 < len(lines):
                self._broken += 1
                self._kept += line.spaced

    @property
    def keeps_spaces(self) -> bool:
        """Whether line ends keep their space in this document."""
        return self._kept > 0.3 * self._broken

    def wraps(self, line: Line, following: Line) -> bool:
        """Whether the next line goes on with the same paragraph, as far as the line's own end tells."""
        if line.spaced and self.keeps_spaces:
            return True
        return not self._has_room(line, following) or (self._broken_word(line) and following.text[:1].islower())

    def _has_room(self, line: Line, following: Line) -> bool:
        return line.x1 + 0.3 * line.size + following.first_word < line.right - 0.3 * line.size

    @staticmethod
    def _broken_word(line: Line) -> bool:
        return line.text.endswith("-") and line.text[-2:-1].isalpha()

    def glue(self, line: Line, following: Line) -> str:
        """What stands between two lines of one paragraph: a space, nothing (a broken word), or "\\b" to drop a hyphen."""
        if line.spaced and self.keeps_spaces:
            return " "
        last, first = line.text.rsplit(" ", 1)[-1], following.text.split(" ", 1)[0]
        near = line.x1 > line.right - 1.2 * line.size
        at_edge = line.x1 > line.right - 0.6 * line.size
        if last.endswith("-") and (len(last) > 1 or (self.keeps_spaces and not at_edge)):
            return self._hyphen(last, first)
        alone = " " not in line.text and near
        if not self.keeps_spaces:
            return "" if alone and len(last) > 8 and self.words[_bare(last + first)] else " "
        if alone and not self._two_words(last, first):
            return ""
        return "" if not at_edge and last[-1:] in "/)]" else " "

    def _hyphen(self, last: str, first: str) -> str:
        """A hyphen at a line's end is the word's own ("on-line"), unless the document knows the word without it."""
        joined, whole = _bare(last[:-1] + first), _bare(last + first)
        if self.words[whole] or not first[:1].islower() or len(last) == 1:
            return "" if first[:1].isalnum() else " "
        if not self.keeps_spaces or (self.words[joined] and not self.words[_bare(last[:-1])]):
            return "\b"
        return ""

    def _two_words(self, last: str, first: str) -> bool:
        """A single word that fills a narrow cell to its edge: whole when the document knows it, else cut in the middle."""
        if first[:1] == "€":
            return last[-1:].isdigit()
        if self.words[_bare(last + first)]:
            return False
        if first.casefold() in _SMALL and len(last) > 3 and last[-1] in "aeiouàèéìòù":
            return True
        tail = re.split(r"[/(\[.'’-]", last)[-1]
        return len(tail) > 1 and bool(self.words[_bare(tail)])

    def text(self, lines: Sequence[Line], hard: bool = True) -> str:
        """The running text of lines; with ``hard`` a paragraph's end inside them is kept as a line break."""
        out = lines[0].text if lines else ""
        for line, following in zip(lines, lines[1:], strict=False):
            if hard and not self.wraps(line, following):
                out += "\n" + following.text
                continue
            glue = self.glue(line, following)
            out = out[:-1] + following.text if glue == "\b" else out + glue + following.text
        return out


def _bare(token: str) -> str:
    return re.sub(r"^\W+|\W+$", "", token).casefold()
