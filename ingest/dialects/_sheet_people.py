"""People and resources of a sheet: category, name and share of each; type, description and cost of each resource."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cards.model import Resource, StaffShare
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_text import letters

_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%?")
_COST = re.compile(r"(?:€\s*)?-?\s*(?:\d[\d.,]*)?\s*(?:€|euro)?", re.I)
_HEADS = re.compile(r"(?:po|eq)?(?:responsabile)?dirigent[ei]|(?:po|eq)responsabile.*|responsabile.*dirigente|responsabile")


def is_staff_head(line: Line) -> bool:
    """Whether a row is the header of the staff table."""
    keys = line.keys
    named = any(k.startswith(("cognome", "nome", "nominativo")) for k in keys)
    return named and keys[0] in ("cat", "categoria", "area")


def is_resources_head(line: Line) -> bool:
    """Whether a row is the header of the table of resources."""
    return {"tipologia", "descrizione"} <= set(line.keys) or {"descrizione", "costo"} <= set(line.keys)


@dataclass(slots=True)
class Staff:
    """Reads the staff; the total and the managers' row are used but are nobody's share."""

    trace: Trace
    found: list[StaffShare] = field(default_factory=list)
    total: str | None = None
    _closed: bool = False

    def read(self, line: Line) -> bool:
        """Take a row of the staff table."""
        cells = [cell for _, cell in line.filled]
        if _HEADS.fullmatch(line.keys[0]):
            self._closed = True
        shares = [c for c in cells if _SHARE.fullmatch(c)]
        words = [c for c in cells if not _SHARE.fullmatch(c)]
        self.trace.use(line)
        if self._closed:
            return True
        if not words:
            self.total = shares[0] if shares else None
            return True
        self._person(words, shares, line)
        return True

    def _person(self, words: list[str], shares: list[str], line: Line) -> None:
        category = words[0] if len(words) > 1 or line.filled[0][0] == 0 and len(words[0]) <= 4 else None
        name = words[1] if len(words) > 1 else (None if category else words[0])
        if name is None and not shares:
            return
        if not shares and self.found and category is None:
            last = self.found[-1]
            self.found[-1] = last.replace(name=f"{last.name} {name}")
            return
        self.trace.mark(f"staff[{len(self.found)}]", line.place)
        self.found.append(StaffShare(name=name, category=category, share=shares[-1] if shares else None))


@dataclass(slots=True)
class Resources:
    """Reads the resources; ``total`` is the declared cost of all, as written."""

    trace: Trace
    found: list[Resource] = field(default_factory=list)
    total: str | None = None
    total_line: Line | None = None
    _columns: dict[str, int] = field(default_factory=dict)

    def open(self, line: Line) -> None:
        """The header of the table."""
        self._columns = {letters(cell): i for i, cell in line.filled}
        self.trace.use(line)

    def read(self, line: Line) -> bool:
        """Take a row: a resource or the total."""
        self.trace.use(line)
        filled = line.filled
        total = next((i for i, cell in filled if letters(cell) in ("costorisorse", "totale", "costototale", "totalecosto")), None)
        if total is not None:
            self.total = " ".join(cell for i, cell in filled if i > total) or None
            self.total_line = line
            return True
        tail = len(filled)
        while tail and _COST.fullmatch(filled[tail - 1][1]) and filled[tail - 1][0] > 0:
            tail -= 1
        cost = " ".join(cell for _, cell in filled[tail:]) or None
        described = self._columns.get("descrizione", 1)
        words = [cell for i, cell in filled[:tail] if i >= described] or [cell for _, cell in filled[:tail]]
        if not words and not cost:
            return True
        self.trace.mark(f"resources[{len(self.found)}]", line.place)
        self.found.append(Resource(description=" ".join(words) or None, cost=cost))
        return True
