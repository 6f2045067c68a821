"""A precedent's words for a new year: years moved, acts left alone, what still speaks of another body named."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d{2}(?!\d)(?!/\d{3,})")
_DATED = re.compile(r"(?<!\d)(\d{1,2}[/.]\d{1,2}[/.])((?:19|20)\d{2})(?!\d)")
_ACT = re.compile(
    r"(?:d\.?\s?lgs\.?|d\.?\s?l\.|l\.\s?r?\.?|legge|decreto|d\.?\s?p\.?\s?[rc]\.?\s?m?\.?|d\.?\s?m\.?|reg(?:olamento)?\.?\s*\(?ue|direttiva|"
    r"ccnl|ccdi|deliber\w*|determin\w*|ordinanza|circolare|art\.?|n\.\s?\d+\s?(?:del|/)|pna|prot\.?)[^.;]{0,40}$",
    re.I,
)
_BODY = re.compile(
    r"\b(?:comune|città|unione|provincia)\s+d(?:i|ei|elle|ella|el)\s+[A-ZÀ-Ý][\w'’]+(?:\s+(?:d['’]|[A-ZÀ-Ý])[\w'’]+)*"
)


@dataclass(frozen=True, slots=True)
class Adapted:
    """The new text and, for the person, what was changed or still needs a look (None: word for word)."""

    text: str
    note: str | None = None


def adapt(text: str, old_year: int | None, new_year: int, same_body: bool) -> Adapted:
    """Moves the years of a plan by the distance between the two plans; years inside acts and norms stay.

    >>> adapt("Approvazione del PIAO 2023-2025", 2023, 2026, True).text
    'Approvazione del PIAO 2026-2028'
    >>> adapt("Attuazione della legge n. 190 del 2012", 2013, 2026, True).text
    'Attuazione della legge n. 190 del 2012'
    """
    text = " ".join(re.sub(r"</?[a-zA-Z][^>]*>|\*+", " ", text).split()).strip()
    notes = []
    moved = _move(text, old_year, new_year)
    if moved != text:
        notes.append(f"anni spostati dal {old_year} al {new_year}")
    if not same_body and (bodies := sorted({m[0] for m in _BODY.finditer(moved)})):
        notes.append(f"nomina un altro ente ({', '.join(bodies)}): da adattare")
    return Adapted(moved, "; ".join(notes) or None)


def names_a_body(text: str) -> bool:
    """Whether a text names a municipality, union or province."""
    return bool(_BODY.search(text))


def _move(text: str, old_year: int | None, new_year: int) -> str:
    if old_year is None or old_year == new_year:
        return text
    shift = new_year - old_year
    near = range(old_year - 1, old_year + 4)

    def year(match: re.Match[str]) -> str:
        value = int(match[0])
        in_act = _ACT.search(text[: match.start()])
        return match[0] if value not in near or in_act else str(value + shift)

    def dated(match: re.Match[str]) -> str:
        in_act = _ACT.search(text[: match.start()])
        return match[0] if int(match[2]) not in near or in_act else f"{match[1]}\x00{int(match[2]) + shift}\x00"

    return _YEAR.sub(year, _DATED.sub(dated, text)).replace("\x00", "") if "\x00" not in text else text
