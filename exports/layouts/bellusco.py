"""Project sheets: definition, phases, horizon, assignment; mission and programme; expected and achieved values; evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from cards.model import GONE, Card
from exports.layouts.common import for_year, masthead, month_span, target_of, year_of
from exports.sheet import Grid, Heading, Item, Line, Sheet, cells, clean

KINDS = frozenset({"objective"})
CHOICES = (
    "in linea con le attese",
    "non in linea con le attese, azioni correttive già avviate",
    "non in linea con le attese, necessarie azioni correttive immediate",
)


def sheet(cards: Sequence[Card]) -> Sheet:
    """One project sheet after the other, under the unit's name."""
    year = year_of(cards)
    items: list[Item] = list(masthead(cards, f"Piano della performance {year}" if year else "Piano della performance"))
    unit = None
    for card in cards:
        if card.unit and card.unit != unit:
            unit = card.unit
            items.append(Heading(clean(unit).upper(), 2))
        items += _objective(card)
    return Sheet(clean(cards[0].title or "Piano della performance"), tuple(items))


def _objective(card: Card) -> list[Item]:
    rows = []
    for n, phase in enumerate(card.phases):
        span = month_span(phase.start, phase.end) or clean(card.horizon)
        rows.append(
            cells(
                (card.title if n == 0 else "", phase.text, span, phase.assigned_to),
                struck=phase.status in GONE,
            )
        )
    if not rows:
        rows.append(cells((card.title, "", card.horizon, card.unit)))
    head = cells(("DEFINIZIONE OBIETTIVO", "DESCRIZIONE/FASI", "ORIZZONTE TEMPORALE", "ASSEGNAZIONE OBIETTIVO"), bold=True)
    items: list[Item] = [Grid((head, *rows), 1, (2.5, 4, 1.5, 1.5))]
    if card.description:
        items.append(Line(f"Descrizione: {clean(card.description)}"))
    if card.mission or card.programme:
        items += [
            Line("Collegamento con il bilancio"),
            Grid(
                (
                    cells(("MISSIONE", card.mission, card.mission_name)),
                    cells(("PROGRAMMA", card.programme, card.programme_name)),
                ),
                0,
                (1.5, 0.6, 5),
            ),
        ]
    head = cells(("INDICATORI", "Valore atteso", "Raggiunto"), bold=True)
    values = [
        cells((i.name, target_of(i, card.year), for_year(i.actuals, card.year)), struck=i.status in GONE) for i in card.indicators
    ]
    items.append(Grid((head, *values), 1, (5, 2, 2)))
    if card.outcomes:
        items.append(_evaluation(card))
    return items


def _evaluation(card: Card) -> Grid:
    outcome = card.outcomes[-1]
    label = (outcome.label or "").casefold()
    best = max(range(len(CHOICES)), key=lambda n: len(CHOICES[n]) if label.startswith(CHOICES[n]) else 0)
    ticks = [("X " if label and n == best and label.startswith(CHOICES[n]) else "□ ") + CHOICES[n] for n in range(len(CHOICES))]
    return Grid(
        (
            cells(("Valutazione su stato avanzamento", "", "", ""), bold=True),
            cells((*ticks, f"{clean(outcome.percent)} raggiungimento")),
        ),
        1,
        (2, 2.5, 2.5, 1.5),
    )
