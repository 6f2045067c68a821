"""Two values that are the ends of one interval: "tra 2 e 5", "≥ 2 ≤ 5", "non meno di 2 e non più di 5 giorni"."""

from __future__ import annotations

import re
from dataclasses import replace

from cards.quantities.target import Target, Type

_ABOVE, _BELOW = (">", ">="), ("<", "<=")
_COUNTED = {"number", "percent", "money", "duration"}
_CLOCK: dict[str, Type] = dict.fromkeys(("gg", "g lav", "h", "min", "s", "settimane", "mesi", "anni"), "duration")
_TYPE_OF: dict[str, Type] = {"%": "percent", "€": "money", **_CLOCK}
_UNTIL = re.compile(r"entro|fino|sino", re.IGNORECASE)
_YEARS = range(1900, 2101)
_NEXT = re.compile(r"[,;]\s")


def interval(target: Target) -> tuple[Target, Target] | None:
    """The lower and the upper end, each with its comparator: both belong to "tra 2 e 5", neither to "> 2 e < 5".

    None for every other reading, also for two comparators on different things ("≥ 2 corsi; ≤ 5 reclami", "≥ 10 entro 30 gg").

    >>> from cards.quantities import read_target
    >>> low, high = interval(read_target("> 2 e ≤ 5 giorni"))
    >>> low.comparator, low.value, high.comparator, high.value, high.unit
    ('>', '2', '<=', '5', 'gg')
    """
    if target.type == "range":
        return _of_range(target)
    if target.type != "compound" or len(target.parts) != 2 or not _count_the_same(target):
        return None
    one, two = target.parts
    named = two if two.unit or not one.unit else one
    ends = target.parts if one.comparator in _ABOVE else (two, one)
    low, high = (replace(end, type=named.type, unit=named.unit) for end in ends)
    return (low, high) if low.number is not None and high.number is not None and low.number < high.number else None


def _of_range(target: Target) -> tuple[Target, Target] | None:
    """Numbers alone: two years ("2015/2019") are a period."""
    if target.bounds is None or not target.unit and all(end in _YEARS for end in target.bounds):
        return None
    low, high = (target.value or "").split("..")
    kind = _TYPE_OF.get(target.unit or "", "number")
    return Target(target.text, kind, ">=", low, target.unit), Target(target.text, kind, "<=", high, target.unit)


def _count_the_same(target: Target) -> bool:
    """Opposite comparators on numbers of one unit; a bare number takes the other's, unless a comma or "entro" parts them."""
    one, two = target.parts
    opposite = any(low.comparator in _ABOVE and high.comparator in _BELOW for low, high in ((one, two), (two, one)))
    if not opposite or not {one.type, two.type} <= _COUNTED:
        return False
    if (one.type, one.unit) == (two.type, two.unit):
        return True
    bare = any(part.type == "number" and not part.unit for part in target.parts)
    return bare and not _NEXT.search(target.text) and not _UNTIL.match(two.text)
