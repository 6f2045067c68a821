"""One wide table: an objective a row group, an indicator a row, under its strategic line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cards.model import GONE, Card
from exports.layouts.common import for_year, masthead, target_of, year_of
from exports.sheet import Grid, Heading, Item, Sheet, cells, clean

COLUMNS = (
    "Responsabile",
    "Settore",
    "Obiettivo",
    "Definizione",
    "Indicatore",
    "Formula",
    "Finalità",
    "Target atteso",
    "Target Consuntivo",
    "Scostamento",
    "Note",
    "Peso",
    "% Ragg",
    "Barometro",
)
WIDTHS = (1.4, 1.4, 1.6, 2.6, 2.2, 2.0, 1.6, 1.1, 1.1, 1.0, 1.0, 0.8, 0.8, 0.9)
KINDS = frozenset({"objective"})


def sheet(cards: Sequence[Card]) -> Sheet:
    """The wide table of each strategic line, an objective after the other."""
    year = year_of(cards)
    items: list[Item] = list(masthead(cards, f"Piano degli Obiettivi anno {year}" if year else "Piano degli Obiettivi"))
    for line, group in groupby(cards, key=lambda c: c.strategic_line):
        if line:
            items.append(Heading(clean(line), 2))
        items.append(_table(list(group)))
    return Sheet(clean(cards[0].title or "Piano degli Obiettivi"), tuple(items), landscape=True)


def _table(cards: Sequence[Card]) -> Grid:
    rows = [cells(COLUMNS, bold=True)]
    for card in cards:
        head = (card.responsible, card.unit, card.title, card.description)
        for n, i in enumerate(card.indicators or ()):
            own = head if n == 0 else ("", "", "", "")
            rows.append(
                cells(
                    (
                        *own,
                        i.name,
                        i.formula,
                        i.purpose,
                        target_of(i, card.year),
                        for_year(i.actuals, card.year),
                        i.deviation,
                        i.note,
                        i.weight,
                        i.achievement,
                        "",
                    ),
                    struck=i.status in GONE,
                )
            )
        if not card.indicators:
            rows.append(cells((*head, *[""] * 10)))
    return Grid(tuple(rows), 1, WIDTHS)
