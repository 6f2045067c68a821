"""Changes to a text document that leave its cards what they are, and the gold carried over with them.

A change takes the lines (number in the original, text), the gold cards and a source of chance, and gives both back. Gold cards
whose lines were cut off are marked: nobody is asked for them.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

Line = tuple[int | None, str]
Gold = list[dict[str, Any]]
Change = Callable[[list[Line], Gold, random.Random], tuple[list[Line], Gold]]
CUT = "cut"

_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")


def ranges(gold: Gold) -> list[tuple[int, int]]:
    """First and last line of each card."""
    return [(card["source"]["lines"][0], card["source"]["lines"][1]) for card in gold]


def other_years(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """The same document three years later."""

    def later(text: str) -> str:
        return _YEAR.sub(lambda year: str(int(year[0]) + 3), text)

    def moved(value: Any) -> Any:
        if isinstance(value, dict):
            return {later(k): v if k == "source" else v + 3 if k == "year" else moved(v) for k, v in value.items()}
        if isinstance(value, list):
            return [moved(v) for v in value]
        return later(value) if isinstance(value, str) else value

    return [(n, later(t)) for n, t in lines], moved(gold)


def page_numbers(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """A page number in the middle of tables, again and again."""
    form = chance.choice(["{}", "Pag. {} di 80", "Pagina {}", "- {} -"])
    out: list[Line] = []
    for number, text in lines:
        if "\t" in text and chance.random() < 0.06:
            out += [(None, ""), (None, form.format(len(out))), (None, "")]
        out.append((number, text))
    return out, gold


def page_breaks(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """Tables cut in two by an empty line."""
    out: list[Line] = []
    for number, text in lines:
        out += [(None, "")] if "\t" in text and chance.random() < 0.08 else []
        out.append((number, text))
    return out, gold


def running_lines(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """The document's name at the head of each page, inside tables."""
    out: list[Line] = []
    for number, text in lines:
        if "\t" in text and chance.random() < 0.04:
            out += [(None, ""), (None, "Ente di prova - Piano 2031"), (None, "")]
        out.append((number, text))
    return out, gold


def margin(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """An empty first column in every table, as of a sheet that begins at column B."""
    return [(n, "\t" + t if "\t" in t else t) for n, t in lines], gold


def empty_columns(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """An empty column more somewhere in two tables out of five."""
    out = list(lines)
    for first, last in tables(lines):
        if chance.random() < 0.4:
            at = chance.randrange(min(t.count("\t") for _, t in lines[first:last]) + 2)
            for i in range(first, last):
                cells = out[i][1].split("\t")
                out[i] = (out[i][0], "\t".join([*cells[:at], "", *cells[at:]]))
    return out, gold


def bare_rows(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """Rows without their empty last cells."""
    return [(n, t.rstrip("\t") if "\t" in t.rstrip("\t") else t) for n, t in lines], gold


def part(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """A part that begins and ends in the middle of cards; the cards cut open are marked."""
    low, high = min(a for a, _ in ranges(gold)), max(b for _, b in ranges(gold))
    begin, end = chance.randrange(low, (low + high) // 2), chance.randrange((low + high) // 2, high)
    kept = [card for card, (a, b) in zip(gold, ranges(gold), strict=True) if b >= begin and a < end]
    marked = [card | ({} if begin <= a and b < end else {CUT: True}) for card, (a, b) in zip(kept, ranges(kept), strict=True)]
    return [(n, t) for n, t in lines if n is not None and begin <= n < end], marked


def bold_cells(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """Marks of emphasis around a cell here and there."""
    out: list[Line] = []
    for number, text in lines:
        cells = text.split("\t")
        at = chance.randrange(len(cells))
        if cells[at].strip() and chance.random() < 0.2 and "*" not in cells[at] and not cells[at].startswith(("-", "#")):
            cells[at] = f"**{cells[at]}**"
        out.append((number, "\t".join(cells)))
    return out, gold


def small_headings(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """Headings in capitals written in small letters."""
    return [(n, t if "\t" in t or not t.isupper() else t.capitalize()) for n, t in lines], gold


def recut_words(lines: list[Line], gold: Gold, chance: random.Random) -> tuple[list[Line], Gold]:
    """Texts of phases that a conversion cut into two cells, cut at another place with other letters doubled, lost, misread."""
    out, at = list(lines), {n: i for i, (n, _) in enumerate(lines)}
    cut, width = chance.choice([22, 25, 30, 34]), chance.choice([56, 60, 64])
    for card in gold:
        first, last = card["source"]["lines"]
        for phase in card.get("phases", []):
            text, start = phase.get("text"), phase.get("number")
            for number in range(first, last + 1) if text and start and "_optional" not in phase else ():
                cells = out[at[number]][1].split("\t")
                said = "".join(cells[1:3]).replace(" ", "")
                if len(cells) > 4 and cells[0].strip() == start and said[:8] and text.replace(" ", "")[:8] == said[:8]:
                    cells[1:3] = _two_cells(text, chance, cut, width)
                    out[at[number]] = (number, "\t".join(cells))
                    break
    return out, gold


def _two_cells(text: str, chance: random.Random, cut: int, width: int) -> list[str]:
    """The lines of a paragraph cut at one abscissa: what stands left of it and what stands right."""
    left, right = [], []
    for line in textwrap.wrap(text, width, break_long_words=False):
        at = cut + chance.choice([-2, -1, 0, 0, 1, 2])
        a, b = line[:at], line[at:]
        if a[-1:].isalpha() and b[:1].isalpha():
            what = chance.random()
            a, b = (a, a[-1] + b) if what < 0.4 else (a, b[1:]) if what < 0.5 else (a[:-1] + "l", b) if what < 0.6 else (a, b)
        left.append(a.strip())
        right.append(b.strip())
    return [" ".join(filter(None, left)), " ".join(filter(None, right))]


def tables(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """First line and the line after the last of each table, by position."""
    first = None
    for i, (_, text) in enumerate([*lines, (None, "")]):
        if "\t" in text and first is None:
            first = i
        elif "\t" not in text and first is not None:
            yield first, i
            first = None


CHANGES: dict[Change, float] = {
    other_years: 0.98, page_numbers: 0.98, page_breaks: 0.98, running_lines: 0.95, margin: 0.99, empty_columns: 0.93,
    bare_rows: 0.99, part: 0.96, bold_cells: 0.99, small_headings: 0.98, recut_words: 0.98,
}  # fmt: skip
"""Each change with the F1 that a reading keeps under it."""
