"""A precedent's words for a new year: years moved, acts left alone, what still speaks of another body named."""

from __future__ import annotations

import re
from dataclasses import dataclass

_YEAR = re.compile(r"(?<![\d/.])(\d{1,2}[/.]\d{1,2}[/.])?((?:19|20)\d{2})(?:/((?:19|20)?\d{2})(?!\d))?(?!\d)(?!/\d{3,})")
_BRACKETED = re.compile(r"\s*\(((?:19|20)\d{2})\)")
_NORM = re.compile(
    r"(?:\bd\.?\s?lgs\.?|\bd\.?\s?l\.|\bl\.\s?r?\.?|\blegge|\bdecreto|\bd\.?\s?p\.?\s?[rc]\.?\s?m?\.?|\bd\.?\s?m\.|\breg(?:olamento)?\.?\s*\(?ue"
    r"|\bdirettiva|\bccnl|\bccdi|\bart\.|\bpna\b)[^;]{0,40}$",
    re.I,
)
_ACT = re.compile(
    r"\b(?:deliber|determin|ordinanz|circolar|prot\.|nota|convenzion|contratt)\w*[^;]{0,40}\bdel(?:l'|la)?\s*$", re.I
)
_BODY = re.compile(
    r"\b(?i:comune|città|unione|provincia)\s+d(?:i|ei|elle|ella|el)\s+[A-ZÀ-Ý][\w'’]+(?:\s+(?:d['’]|[A-ZÀ-Ý])[\w'’]+)*"
)


@dataclass(frozen=True, slots=True)
class Adapted:
    """The new text; for the person, what was changed or still needs a look (None: word for word); the other bodies it names."""

    text: str
    note: str | None = None
    bodies: tuple[str, ...] = ()


def adapt(text: str, old_year: int | None, new_year: int, same_body: bool, last_year: int | None = None) -> Adapted:
    """Moves the years of a plan by the distance between the two plans; years inside acts and norms stay. A year in brackets after
    ``last_year``, the end of the new horizon, is dropped: what it dated has new dates.

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
    if last_year and (kept := _BRACKETED.sub(lambda m: "" if int(m[1]) > last_year else m[0], moved)) != moved:
        moved = kept
        notes.append("tolto un anno oltre l'orizzonte")
    bodies = () if same_body else tuple(sorted({m[0] for m in _BODY.finditer(moved)}))
    if bodies:
        notes.append(f"nomina un altro ente ({', '.join(bodies)}): da adattare")
    return Adapted(moved, "; ".join(notes) or None, bodies)


def names_a_body(text: str) -> bool:
    """Whether a text names a municipality, union or province."""
    return bool(_BODY.search(text))


def _cited(before: str) -> bool:
    """Whether what follows is the date or year of a norm or of an act."""
    return bool(_NORM.search(before) or _ACT.search(before)) and not re.search(
        r"\b(?:entro|anno|nel)\b[^;,]{0,12}$", before, re.I
    )


def _move(text: str, old_year: int | None, new_year: int) -> str:
    if old_year is None or old_year == new_year:
        return text
    shift = new_year - old_year
    near = range(old_year - 1, old_year + 4)

    def year(match: re.Match[str]) -> str:
        value = int(match[2])
        after, school = match[3] or "", str(value + 1)  # "anno scolastico 2023/2024", "2023/24"
        other = len(after) == 4 and after != school
        if other or value not in near or _cited(text[: match.start()]):
            return match[0]
        moved = str(value + 1 + shift)[-len(after) :] if after and school.endswith(after) else after
        return f"{match[1] or ''}{value + shift}{'/' if after else ''}{moved}"

    return _YEAR.sub(year, text)
