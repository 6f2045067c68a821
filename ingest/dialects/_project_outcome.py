"""The three-way tick box of a project sheet: "in linea con le attese", "non in linea …", with the percentage beside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.model import Outcome

_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_TICK = re.compile(r"^(?:[xX×](?=[\s:)])|[✗✘✓✔☒☑■]|\[\s*[xX]\s*\])[\s:)]*(?=\S)|\s+(?:[xX×✗✘✓✔☒☑■]|\[\s*[xX]\s*\])$")
_BOX = re.compile(r"^(?:[☐□▢○_]|\[\s*\])\s*")
_UNJUDGED = re.compile(r"obiettivo\s+non\s+valutabile", re.I)


def is_outcome(cells: Sequence[str]) -> bool:
    """Whether a row is the tick box: choices "in linea / non in linea", or "obiettivo non valutabile"."""
    joined = " ".join(cells)
    choices = sum("in linea con" in cell.lower() for cell in cells)
    return (
        (bool(_UNJUDGED.search(joined)) and len(joined) < 160)
        or choices >= 2
        or (choices == 1 and "raggiungimento" in joined.lower())
    )


def outcome_of(cells: Sequence[str]) -> tuple[Outcome | None, str | None]:
    """The ticked choice with its percentage, and what could not be understood.

    >>> outcome_of(("X in linea con le attese", "☐ non in linea con le attese", "100 % raggiungimento"))[0]
    Outcome(at=None, label='in linea con le attese', percent='100 %')
    """
    joined = " ".join(cells)
    unjudged = _UNJUDGED.search(joined)
    if unjudged:
        return Outcome(label=unjudged[0]), None
    percents = [found[0] for cell in cells if (found := _PERCENT.search(cell))]
    ticked = [label for cell in cells for label in _ticked(cell)]
    if len(ticked) > 1:
        return Outcome(percent=percents[0] if percents else None), f"più di una casella segnata: «{'», «'.join(ticked)}»"
    if not ticked and not percents:
        return None, None
    problem = None if ticked else f"percentuale «{percents[0]}» senza casella segnata"
    return Outcome(label=ticked[0] if ticked else None, percent=percents[0] if percents else None), problem


def _ticked(cell: str) -> list[str]:
    """The labels ticked in a cell, without the mark; a cell may hold one choice or, without columns, all three."""
    parts = re.split(r"(?=[☐☒☑□])|(?<=\S)\s+(?=[xX]\s+(?:non )?in linea)", cell)
    marked = [part.strip() for part in parts if part and _TICK.search(part.strip()) and not _BOX.match(part.strip())]
    return [re.sub(r"\s*" + _PERCENT.pattern + r".*$", "", _TICK.sub("", part)).strip() for part in marked]
