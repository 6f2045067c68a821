"""Citation keys and placeholders: both live in brackets, and only keys may."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BRACKET = re.compile(r"\[([^\[\]\n]{1,60})\]")
_KEY = re.compile(r"(?:[A-Za-z]{0,4}[\s.-]?\d{1,4}[a-z]?|[A-Z]\d*)", re.ASCII)
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_PLACEHOLDER = re.compile(
    r"\[\s*(?:verificare|da\s+(?:verificare|completare|definire|inserire|compilare|precisare)|completare|"
    r"inserire|compilare|indicare|specificare|data|nome|numero|importo|x+|_+|\?+|todo|tbd|n\.\s*_+)[^\]]*\]"
    r"|_{3,}|\.{6,}|(?<!\w)X{2,}(?:[/.,-]X{2,})*(?!\w)|(?<!\w)xx+(?!\w)|\?{3,}|\{\{?[^{}]*[^\W\d_][^{}]*\}?\}|"
    r"<\s*(?:inserire|nome|data|da\b)[^<>]*>|\bTODO\b|\bTBD\b|\bFIXME\b|\blorem ipsum\b",
    re.I,
)
_MARKS = ("[", "___", "......", "xx", "???", "{", "<", "todo", "tbd", "fixme", "lorem")
_NOT_ROMAN = re.compile(r"X{2,3}(?:I{0,3}|IV|V|IX)?")


@dataclass(frozen=True, slots=True)
class Citations:
    """The keys that a sentence cites, those that no precedent has, and the spans of all brackets."""

    keys: tuple[str, ...]
    unknown: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def find_citations(sentence: str, known: Iterable[str]) -> Citations:
    """The citations of a sentence: [1], [1][2], [1, 2], [1-3], or any other key that a precedent bears."""
    names = {key.casefold().strip("[] "): key for key in known}
    keys: list[str] = []
    unknown: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(sentence):
        whole = match[1].strip()
        parts = [whole] if whole.casefold() in names else [part.strip() for part in re.split(r"[,;]|\se\s", whole)]
        parts = [number for part in parts for number in _expand(part, names)]
        if not parts or not all(part.casefold() in names or _KEY.fullmatch(part) for part in parts):
            continue
        spans.append(match.span())
        for part in parts:
            if part.casefold() in names:
                keys.append(names[part.casefold()])
            else:
                unknown.append(part)
    return Citations(tuple(dict.fromkeys(keys)), tuple(unknown), tuple(spans))


def _expand(part: str, names: dict[str, str]) -> list[str]:
    match = _RANGE.fullmatch(part)
    if match and part.casefold() not in names and 0 < int(match[2]) - int(match[1]) < 50:
        return [str(number) for number in range(int(match[1]), int(match[2]) + 1)]
    return [part] if part else []


def find_placeholders(sentence: str) -> list[str]:
    """Marks of something still to be written: [VERIFICARE], ____, XX."""
    if not any(mark in sentence.casefold() for mark in _MARKS):
        return []
    return [
        m[0]
        for m in _PLACEHOLDER.finditer(sentence)
        if not (
            _NOT_ROMAN.fullmatch(m[0])
            and m[0].isupper()
            and re.match(r"\s+[a-z]{4,}|\s*$", sentence[m.end() :])
            and re.search(r"(?:secolo|capo|titolo|allegato|legislatura)\s*$", sentence[: m.start()], re.I)
        )
    ]
