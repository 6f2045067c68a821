"""The head above a unit's table: the unit's name and who leads it ("1° Settore …", "Dirigente: …")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Place
from ingest.dialects._unit_stream import Entry

_LEADER = re.compile(
    r"(dirigente|direttore|responsabile(?:\s+(?:di|del|della)\s+\w+)?|posizione organizzativa|p\.?o\.?|e\.?q\.?)\s*:\s*(\S.*)",
    re.I,
)
_UNIT = re.compile(
    r"(?:\d{1,2}\s*[°ºª.)]?\s*)?(?:settore|area|servizio|servizi|direzione|dipartimento|ufficio|unità|segretari\w+|direttore|segreteria|corpo|"
    r"polizia|struttura|staff)\b", re.I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The unit as written, its manager (*dirigente*) or responsible, and where each stands."""

    unit: str | None = None
    manager: str | None = None
    responsible: str | None = None
    places: dict[str, Place] = field(default_factory=dict)


def head_above(entries: Sequence[Entry], index: int, after: int = 0) -> Head:
    """The head nearest above ``index``, not before ``after``: the line before "Dirigente: …", else a line that names a unit."""
    texts = [i for i in range(index - 1, after - 1, -1) if not entries[i].is_row]
    for i in texts:
        found = _LEADER.fullmatch(entries[i].text)
        if found:
            above = next((j for j in texts if j < i and names_unit(entries[j])), None)
            above = above if above is not None and above >= i - 3 else (i - 1 if i and not entries[i - 1].is_row else None)
            who = "manager" if found[1].lower().startswith("dirigente") else "responsible"
            places = {who: entries[i].place}
            if above is not None:
                places |= {"unit": entries[above].place, "title": entries[above].place}
            unit = entries[above].text if above is not None else None
            return Head(unit, found[2] if who == "manager" else None, found[2] if who == "responsible" else None, places)
    named = next((i for i in texts if names_unit(entries[i])), None)
    if named is None:
        return Head()
    return Head(entries[named].text, places={"unit": entries[named].place, "title": entries[named].place})


def names_unit(entry: Entry) -> bool:
    """A short line, not a sentence, that begins with the name of an organisational unit."""
    text = entry.text
    colon = text.find(":")
    return bool(_UNIT.match(text)) and len(text) <= 110 and not text.endswith((".", ";", ",", ":")) and (colon < 0 or colon <= 12)
