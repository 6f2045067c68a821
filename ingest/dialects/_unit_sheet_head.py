"""The first page of an objective sheet: labels that a conversion may have broken ("Tit | tolo") and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ingest.dialects._letters import key
from ingest.dialects._unit_lexicon import Lexicon, doubtful, fold
from ingest.dialects._unit_sheet import PATH
from ingest.dialects._unit_stream import Entry
from ingest.dialects._unit_words import rejoined

_FIT = 0.8  # likeness below which a name is another one
_LABEL_FIT = 0.75  # likeness below which a label is not the one looked for
_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4,7})")


def after_label(cells: Sequence[str], label: str) -> list[str] | None:
    """The cells that follow a label, which may be split across cells, doubled at the cuts or glued to the value.

    >>> after_label(("Tit", "tolo", "Nuc", "ovo"), "titolo")
    ['Nuc', 'ovo']
    >>> after_label(("Titol", "o A", "pprovazione"), "titolo")
    ['A', 'pprovazione']
    """
    filled = [cell for cell in cells if cell]
    for n, cell in enumerate(filled[:3]):
        said = re.match(r"\W*" + r"\W*".join(re.escape(c) for c in label), fold(cell))
        if said and len(fold(cell)) == len(cell) and (n == 0 or label.startswith(key(filled[0])[:3])):
            rest = [cell[said.end() :].lstrip(" ]).:-"), *filled[n + 1 :]]
            return _undoubled([piece for piece in rest if piece], label)
    best, best_at = 0.0, (0, 0)
    prefix = ""
    matcher = SequenceMatcher(None, "", label)
    for n, cell in enumerate(filled[:4]):
        for i in range(1, min(len(cell), 40) + 1):
            said_so_far = key(prefix + cell[:i])
            if len(said_so_far) > len(label) + 3:
                break
            matcher.set_seq1(said_so_far)
            least = max(_LABEL_FIT, best)
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            inside = i < len(cell) and cell[i - 1].isalpha() and cell[i].isalpha()
            ratio = matcher.ratio() - (0.2 if inside else 0.0)
            if n and i < len(cell) and len(filled[0]) >= len(label) - 1 and key(filled[0])[: len(label) - 1] == label[:-1]:
                ratio -= 0.1 if cell[:i].strip().isupper() and i == 1 and len(cell.split(" ")[0]) > 1 else 0.0
            if ratio > best + 1e-9:
                best, best_at = ratio, (n, i)
        prefix += cell
    if best < _LABEL_FIT:
        return None
    n, i = best_at
    rest = [filled[n][i:].lstrip(" ]).:-"), *filled[n + 1 :]]
    return _undoubled([cell for cell in rest if cell], label)


def _undoubled(rest: list[str], label: str) -> list[str]:
    """The value without the end of the label that its first piece repeats ("Finalità | à La …")."""
    if rest:
        first = rest[0].split(" ")[0]
        if first != rest[0] and len(first) <= 3 and first.islower() and label.endswith(key(first) or "-"):
            rest[0] = rest[0][len(first) :].strip()
        elif key(rest[0]).startswith(label):
            rest[0] = rest[0][len(label) :].strip()
    return rest


def title_cells(rows: Sequence[Entry]) -> tuple[list[str], Entry] | None:
    """The cells of the title of a table's head, after the code and the label."""
    for row in rows[:4]:
        cells = [cell for cell in row.cells if cell]
        joined = re.match(rf".*?{PATH.pattern}\s+titolo\b\s*(.*)", " ".join(cells[:2]), re.I) if cells else None
        if joined:
            rest = [joined[joined.lastindex or 1], *cells[2:]]
            return [c for c in rest if c], row
        coded = bool(cells and (PATH.search(cells[0]) or key(cells[0]) in ("obiettivo", "objettivo") or "." in cells[0][:4]))
        found = after_label(cells[1:] if coded else cells, "titolo")
        if found is not None and found:
            return found, row
    return None


def labelled(rows: Sequence[Entry], *labels: str) -> Entry | None:
    """The row whose first cell begins with one of the labels."""
    return next((row for row in rows if key(row.cells[0]).startswith(labels)), None)


def value(row: Entry | None, lexicon: Lexicon) -> str | None:
    """The value of a row: its cells after the first, rejoined; stray signs at its ends are left out."""
    text = rejoined(row.cells[1:], lexicon) if row else ""
    return re.sub(r"^(?:[^\w(«\"]+(?:\s|$))+|(?:\s+[^\w\s]+)+$", "", text).strip() or None


def best_name(row: Entry | None, names: Mapping[str, int], lexicon: Lexicon) -> str | None:
    """A person's name; cut or misread, the name that the document writes elsewhere and that fits it (``names``: how often)."""
    text = value(row, lexicon)
    if not text or row is None:
        return None
    pieces = [fold(piece) for piece in row.cells[1:] if piece]
    fits = ((_fit(pieces, fold(text), fold(name)), count, name) for name, count in names.items())
    best = max(((fit + 0.2 * (count > 1), name) for fit, count, name in fits if fit >= _FIT), default=None)
    return best[1] if best else text


def _fit(pieces: Sequence[str], text: str, name: str) -> float:
    """How well a known name explains the pieces: as a whole, or each piece as a part of it that covers most of it."""
    whole = max(_ratio(text, form) for form in (name, " ".join(reversed(name.split(" ")))))
    longest = max(pieces, key=len)
    tail = 0.9 if len(longest) >= 0.7 * len(name) and name.endswith(longest) else 0.0
    start = 0.85 if len(text) >= 5 and " " not in text and name.startswith(text) else 0.0
    return max(whole, tail, start)


@lru_cache(maxsize=5_000)
def _ratio(one: str, other: str) -> float:
    """Likeness of two strings; 0 where a quick look tells that it is under the floor."""
    if 2 * min(len(one), len(other)) < _FIT * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= _FIT else 0.0


def dates(row: Entry | None, year: int | None) -> tuple[str | None, str | None]:
    """Start and end of a row "data inizio … data fine …" whose digits may be split or doubled at the cuts."""
    if row is None:
        return None, None
    digits = re.sub(r"[^\d/]+", " ", re.sub(r"\s", "", "".join(row.cells[1:])))
    found = [f"{d}/{m}/{_year(more, year)}" for d, m, more in _DATE.findall(digits)]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def _year(digits: str, near: int | None) -> str:
    """Four digits of a year out of more: five hold a digit said twice at the cut, longer ones repeat their end.

    >>> [_year(digits, 2024) for digits in ("2024", "20024", "20225", "2024024")]
    ['2024', '2024', '2025', '2024']
    """
    doubled = (
        [digits[:i] + digits[i + 1 :] for i in range(1, len(digits)) if digits[i] == digits[i - 1]] if len(digits) == 5 else []
    )
    likely = [o for o in (*doubled, digits[:4]) if re.fullmatch(r"20\d\d", o) and (near is None or abs(int(o) - near) <= 12)]
    return likely[0] if likely else digits[:4]


def priority(row: Entry | None) -> str | None:
    """ALTA, MEDIA or BASSA: the label before the cross (the cells may cut labels anywhere)."""
    if row is None:
        return None
    text = fold("".join(row.cells[1:])).upper().replace(" ", "")
    text = text.split("PESO")[0]
    cross = text.rfind("X")
    if cross < 0:
        return None
    before = text[:cross]
    if re.search(r"B?ASSA?$|BASS", before):
        return "BASSA"
    return "MEDIA" if re.search(r"M[EH][DI]", before) else ("ALTA" if re.search(r"L?TA", before) else None)


def weight(row: Entry | None) -> str | None:
    """The percentage after "Peso" in a row."""
    if row is None:
        return None
    found = re.search(r"peso\D{0,8}?(\d{1,3}(?:[.,]\d+)?\s*%)", row.joined, re.I)
    return found[1] if found else None


def purpose(rows: Sequence[Entry], lexicon: Lexicon) -> tuple[str | None, Entry] | None:
    """The text of the purpose, with the unlabelled rows under it; None for the text when pieces of it are missing."""
    for n, row in enumerate(rows[:6]):
        found = after_label(row.cells[1:], "finalita")
        if found is None:
            found = after_label(row.cells, "finalita")
        if not found:
            continue
        text = rejoined(found, lexicon)
        for below in rows[n + 1 :]:
            if below.cells[0]:
                break
            text = f"{text} {rejoined(below.cells[1:], lexicon)}".strip()
        pieced = max(len(piece) for piece in found) < 0.8 * len(text)
        broken = pieced and (_gaps(row.cells) or doubtful(text, lexicon) or text[:1].islower())
        return None if broken else text, row
    return None


def _gaps(cells: Sequence[str]) -> bool:
    """Whether empty cells stand between pieces of a text (the label, a gap after it and a piece said twice do not count)."""
    said = ""
    filled = []
    for i, cell in enumerate(cells):
        if cell and not said.endswith(fold(cell)):
            filled.append(i)
            said = fold(cell)
    return any(b - a > 1 for a, b in pairwise(filled[2:]))
