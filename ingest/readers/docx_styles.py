"""What Word's styles and lists say: heading levels and the numbers that Word writes by itself before a paragraph."""

from __future__ import annotations

import re
from typing import Any

from ingest.readers.docx_looks import Looks, style_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|titolo|intestazione)\s*(\d)\b", re.I)


def heading_level(p: Any, style: str) -> int:
    """1..6 for a heading, 0 for running text: by style name (in English or Italian) or by outline level."""
    if level := level_of(style):
        return level
    outline = p.find(f"{W}pPr/{W}outlineLvl")
    value = outline.get(f"{W}val", "9") if outline is not None else "9"
    return int(value) + 1 if value.isdigit() and int(value) < 6 else 0


def level_of(style: str) -> int:
    """1..6 for the name of a heading style ("Heading 2", "Titolo 2", "Title"), 0 for another one."""
    found = _HEADING.match(style)
    if found:
        return min(int(found[1]) or 1, 6)
    return 1 if style.lower() in ("title", "titolo") else 0


class Lists:
    """Counts numbered paragraphs as Word does and gives the label that Word would print."""

    def __init__(self, document: Any, looks: Looks | None = None) -> None:
        self._looks = looks or Looks()
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._shared: dict[str, str] = {}  # list -> the form it shares its numbers with
        self._restarts: dict[tuple[str, int], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            link = num.find(f"{W}abstractNumId")
            own, form = num.get(f"{W}numId"), link.get(f"{W}val") if link is not None else ""
            self._levels[own], self._shared[own] = abstract.get(form, {}), form
            for override in num.findall(f"{W}lvlOverride"):
                start, level = override.find(f"{W}startOverride"), override.get(f"{W}ilvl", "0")
                first = start.get(f"{W}val", "1") if start is not None else ""
                if first.isdigit() and level.isdigit():
                    self._restarts[own, int(level)] = int(first)

    def label(self, p: Any) -> str:
        """ "- ", "3. ", "b) " … for a list item, numbered by itself or by its style, "" for anything else."""
        properties = p.find(f"{W}pPr/{W}numPr")
        if properties is None:
            properties = self._looks.numbering(style_of(p))
        if properties is None:
            return ""
        number, indent = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
        key = number.get(f"{W}val", "0") if number is not None else "0"
        level = int(indent.get(f"{W}val", "0")) if indent is not None and indent.get(f"{W}val", "0").isdigit() else 0
        if key == "0" or level not in self._levels.get(key, {}):
            return ""
        form, template, start = self._levels[key][level]
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        shared = self._shared[key]
        if (first := self._restarts.pop((key, level), None)) is not None:
            self._counts[shared, level] = first - 1
        self._counts[shared, level] = self._counts.get((shared, level), start - 1) + 1
        for deeper in [k for k in self._counts if k[0] == shared and k[1] > level]:
            del self._counts[deeper]
        return self._filled(key, template) + " "

    def _filled(self, key: str, template: str) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form, _, start = self._levels[key].get(level, ("decimal", "", 1))
            return written(self._counts.get((self._shared[key], level), start), form)

        return re.sub(r"%(\d)", number, template)


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:
    found = {}
    for level in abstract.findall(f"{W}lvl"):
        form, text, start = (level.find(f"{W}{name}") for name in ("numFmt", "lvlText", "start"))
        first = start.get(f"{W}val", "1") if start is not None else "1"
        found[int(level.get(f"{W}ilvl", "0"))] = (
            form.get(f"{W}val", "decimal") if form is not None else "decimal",
            text.get(f"{W}val", "") if text is not None else "",
            int(first) if first.isdigit() else 1,
        )
    return found


def written(number: int, form: str) -> str:
    """A number as a list writes it: "3", "c", "III".

    >>> written(4, "upperRoman"), written(28, "lowerLetter"), written(7, "decimal")
    ('IV', 'bb', '7')
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
             (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    for value, sign in signs:
        text, number = text + sign * (number // value), number % value
    return text
