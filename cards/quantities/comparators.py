"""Comparators as Italian plans write them: signs, words before the value, words after it."""

from __future__ import annotations

import re

from cards.quantities.target import Comparator, Target

_OR_EQUAL = r"(?:o\s+(?:uguale|eguale|pari)(?:\s+a)?)"
_TO = (
    r"(?:\s*(?:(?:al|alla|alle|ai|agli|ad|a|di|del|dello|della|delle|dei|degli|i|il|lo|la|le)(?!\w)|(?:all|dell|"
    r"l)'|prim[ioae](?=\s+\d)))*"
)
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    ("±", r"\+\s?/\s?-|±|\+-|più\s+o\s+meno"),
    (">=", r"≥|⩾|≧|>\s?(?:o\s?)?=|=\s?>|>\s?/\s?=|>\s?" + _OR_EQUAL
        + r"|(?:maggior[ei]|superior[ei]|più\s+grande|sup\.?)\s+" + _OR_EQUAL
        + r"|(?:pari|uguale)\s+o\s+(?:superior[ei]|maggior[ei])"),
    (">=", (
        r"non\s+(?:inferior[ei]|minor[ei]|meno)|(?:al\s+)?meno\s+di\s+non|almeno|al\s+meno|come\s+minimo|"
        r"quantomeno|al\s+minimo|minim[oaie]|min\b\.?|a\s+partire\s+da(?:l|lla|lle|gli|i)?(?!\w)|da\s+un\s+minimo"
    )),
    ("<=", r"≤|⩽|≦|<\s?(?:o\s?)?=|=\s?<|<\s?/\s?=|<\s?" + _OR_EQUAL
        + r"|(?:minor[ei]|inferior[ei]|inf\.?)\s+" + _OR_EQUAL
        + r"|(?:pari|uguale)\s+o\s+(?:inferior[ei]|minor[ei])"),
    ("<=", (
        r"non\s+(?:superior[ei]|maggior[ei]|più|oltre)|al\s+massimo|massim[oaie]|max\b\.?|fino\s+a(?:d|l|lla|"
        r"i)?\b|sino\s+a(?:d|l|lla|i)?\b|entro\s+e\s+non\s+oltre|entro|tutt'al\s+più"
    )),
    (">", r">|superior[ei]|maggior[ei]|più\s+d(?:i|el|ello|ella|ei|egli|elle|ell')(?!\w)|oltre|al\s+di\s+sopra|sopra|dopo\s+il"),
    ("<", r"<|inferior[ei]|minor[ei]|meno|al\s+di\s+sotto|sotto|prima\s+del|prima\s+di"),
    ("circa", r"circa|ca\.|c\.a\.?|approssimativamente|≈|~|∼|intorno|indicativamente|all'incirca"),
    ("=", r"==?|pari|uguale|eguale"),
)  # fmt: skip
BEFORE = tuple((sign, re.compile(rf"(?:(?<!\w)(?=\w)|(?=\W))(?:{words}){_TO}", re.IGNORECASE)) for sign, words in _BEFORE)
_AFTER: tuple[tuple[Comparator, str], ...] = (
    (">=", (
        r"\+(?!\s*[\d/-])|o\s+(?:più|superior[ei]|maggior[ei])(?!\w)|(?:e|ed|ed?\s+)?\s*(?:oltre|in\s+su|"
        r"a\s+salire)\s*$|come\s+minimo|minim[oi](?!\w)|min(?:\.|(?!\w))(?=\s*(?:$|[,;)]))"
    )),
    ("<=", r"o\s+(?:meno|inferior[ei]|minor[ei])(?!\w)|al\s+massimo|massim[oi](?!\w)|max(?:\.|(?!\w))"),
    ("circa", r"circa(?!\w)|ca\.?(?!\w)"),
)  # fmt: skip
AFTER = tuple((sign, re.compile(rf"\s*(?:{words})", re.IGNORECASE)) for sign, words in _AFTER)


def match_before(text: str, pos: int) -> tuple[Comparator, int] | None:
    """The comparator that starts at ``pos`` and the position after it; the longest wins ("superiore o uguale a")."""
    found = [(match.end(), sign) for sign, pattern in BEFORE if (match := pattern.match(text, pos))]
    if not found:
        return None
    end = max(found)[0]
    return next(sign for stop, sign in found if stop == end), end


def match_after(text: str, pos: int) -> tuple[Comparator, int] | None:
    """A comparator written after its value: "10 o più", "5 max"."""
    for sign, pattern in AFTER:
        if match := pattern.match(text, pos):
            return sign, match.end()
    return None


def comparator_direction(target: Target) -> str | None:
    """ "higher" or "lower" when the comparator (of all parts, for a compound) says which way is better; else None.

    "=", "±" and "circa" say nothing, and so do dates: "entro" says when, not how much.
    """
    if target.type == "compound":
        ways = {comparator_direction(part) for part in target.parts if part.measurable}
        return ways.pop() if len(ways) == 1 else None
    if target.type in ("date", "month", "year"):
        return None
    if target.comparator in (">=", ">"):
        return "higher"
    return "lower" if target.comparator in ("<=", "<") else None
