"""What of another body's indicator can be ours: a value that holds anywhere, and a name that speaks of no project of theirs.

How many people, pieces, euro or square metres is a matter of that body's size; a share, a date, a duration, yes or no, one or
none is not.
"""

from __future__ import annotations

import re

from cards.quantities import Target, interval, read_target
from prompts.adapt import names_a_body
from prompts.words import folded

_DAYS = re.compile(r"\b(?:gg|giorn[oi]|or[ae]|minut[oi]|mes[ei]|settiman[ae])\b")
_TIME = re.compile(r"\W*(?:temp[oi]|durata|ritard[oi])\b")
_SCALE = ("percent", "boolean", "date", "month", "duration", "score")
_QUOTED = re.compile(r"[\"“”«»„]|(?<!\w)['‘’][A-ZÀ-Ý][^'‘’]*['’](?!\w)")
_NAMED = re.compile(
    r"\b(?i:progett\w+|piazz\w+|palazz\w+|vill[ae]|parc\w+|scuol[ae]|muse\w+|teatr\w+|convenzion\w+|rassegn\w+|festival|via|viale|region\w+)"
    r"\s+(?:(?i:di|del|della|dell['’])\s*)?[A-ZÀ-Ý](?:\.|[\wÀ-ÿ'’]+)"
)


def holds_anywhere(name: str, unit: str | None, target: str) -> bool:
    """Whether a target of another body says something that does not hang on its size.

    >>> holds_anywhere("Tempo di pagamento", "giorni", "≤ 30"), holds_anywhere("n. iscritti", None, "≥ 40")
    (True, False)
    """
    return _holds(read_target(target), name, unit or "")


def _holds(target: Target, name: str, unit: str) -> bool:
    if target.type == "range":
        return any(_holds(end, name, unit) for end in interval(target) or ())
    if target.type == "compound":
        return all(_holds(part, name, unit) for part in target.parts)
    if target.type in _SCALE or target.number in (0, 1):
        return True
    if target.type != "number":
        return False
    measured = folded(f"{unit} {target.unit or ''}")
    return "%" in measured or bool(_DAYS.search(measured) or _TIME.match(folded(name)))


def names_a_project(name: str) -> bool:
    """Whether an indicator's name carries a proper name: of a project in quotation marks, of a place, of a body.

    >>> names_a_project("Adesioni al progetto «Orti insieme»"), names_a_project("Adesioni al progetto")
    (True, False)
    """
    return bool(_QUOTED.search(name) or _NAMED.search(name)) or names_a_body(name)
