"""The sheet of an executive objective: head, detail, expected results, phases with weights and start/end by year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.model import GONE, Card, Phase
from exports.layouts.common import masthead, target_of, year_of
from exports.sheet import Cell, Grid, Heading, Item, Line, Sheet, cells, clean

KINDS = frozenset({"objective", "unit_summary"})


def sheet(cards: Sequence[Card]) -> Sheet:
    """Unit tables as they are, then one sheet for each objective."""
    year = year_of(cards)
    items: list[Item] = list(masthead(cards, f"Piano della Performance Anno {year}" if year else "Piano della Performance"))
    for card in cards:
        items += _unit_table(card) if card.kind == "unit_summary" else _objective(card)
    return Sheet(clean(cards[0].title or cards[0].unit or "Piano della Performance"), tuple(items), landscape=True)


def _unit_table(card: Card) -> list[Item]:
    head = cells(
        ("Obiettivo Esecutivo", "Priorità", "Peso", "Durata", "Esito (monitoraggio)", "", "Esito (consuntivo)", ""),
        bold=True,
    )
    rows = [head]
    for item in card.items:
        title = " - ".join(clean(v) for v in (item.code, item.title) if v)
        two = [v for o in (*item.outcomes, None, None)[:2] for v in (getattr(o, "label", ""), getattr(o, "percent", ""))]
        rows.append(cells((title, item.priority, item.weight, item.horizon, *two)))
    totals = card.totals
    rows.append(
        cells(
            ("TOTALE (peso totale, esito % ponderata)", "", totals.weight, "", "", totals.interim, "", totals.final),
            bold=True,
        )
    )
    return [
        Heading(clean(card.unit), 2),
        Line(f"Dirigente: {clean(card.responsible)}" if card.responsible else ""),
        Grid(tuple(rows), 1, (5, 1, 1, 1.4, 1.6, 1, 1.6, 1)),
    ]


def _objective(card: Card) -> list[Item]:
    key = "OBIETTIVO"
    items: list[Item] = [Heading(clean(card.title), 2), _head(card, key)]
    results = [f"{i.name}: {target_of(i, card.year)}" for i in card.indicators]
    items.append(
        Grid(
            (
                cells((key, "Titolo", card.title), bold=True),
                cells(("Dettaglio obiettivo", Cell(clean(card.description), span=2))),
                (Cell("Risultati attesi - Valori di riferimento - Ultimo valore rilevato", bold=True, span=3),),
                cells(
                    (
                        "Risultato atteso obiettivo (unitamente alla realizzazione delle fasi/attività)",
                        Cell("\n".join(clean(r) for r in results), span=2),
                    )
                ),
            ),
            0,
            (1.5, 1, 6),
        )
    )
    return [*items, _phases(card, key)]


def _head(card: Card, key: str) -> Grid:
    marks = [v for level in ("ALTA", "MEDIA", "BASSA") for v in (level, "X" if (card.priority or "").upper() == level else "")]
    links = "\n".join(clean(v) for v in (card.strategic_line, card.strategic_objective, card.operational_objective) if v)
    wide = 8
    return Grid(
        (
            (Cell(key, bold=True), Cell("Titolo", bold=True), Cell(clean(card.title), bold=True, span=wide - 1)),
            (Cell(clean(card.code), bold=True), Cell("Finalità", bold=True), Cell(clean(card.purpose), span=wide - 1)),
            (Cell("Settore /Servizio", bold=True), Cell(clean(card.unit), span=wide)),
            (Cell("Responsabile", bold=True), Cell(clean(card.responsible), span=wide)),
            (
                Cell("Durata progetto", bold=True),
                Cell("DATA INIZIO", bold=True, span=2),
                Cell(clean(card.start), span=2),
                Cell("DATA FINE", bold=True, span=2),
                Cell(clean(card.end), span=2),
            ),
            (Cell("Indirizzo Strategico Obiettivo Strategico Obiettivo Operativo", bold=True), Cell(links, span=wide)),
            (Cell("Assessore di riferimento", bold=True), Cell(clean(card.politician), span=wide)),
            (Cell("Priorità Giunta", bold=True), *cells(marks), Cell("Peso", bold=True), Cell(clean(card.weight))),
        ),
        0,
        (2, 1, 0.8, 1, 0.8, 1, 0.8, 1, 1),
    )


def _phases(card: Card, key: str) -> Grid:
    years = _years(card)
    head = [v for y in years for v in (f"{y} inizio", f"{y} fine")]
    rows = [
        (
            Cell(key, bold=True, span=1),
            Cell("Titolo", bold=True),
            Cell(clean(card.title), bold=True, span=1 + len(head)),
        ),
        cells(("N.", "Fasi/Attività – Risultato Atteso", "Peso %", *head), bold=True),
    ]
    for n, phase in enumerate(card.phases, 1):
        struck = phase.status in GONE
        rows.append(
            cells(
                (phase.number or n, phase.text, phase.weight, *(v for y in years for v in _dates(phase, y))),
                struck=struck,
            )
        )
    return Grid(tuple(rows), 2, (0.8, 5, 0.9, *[1.0] * len(head)))


def _years(card: Card) -> list[int]:
    found = {int(y) for p in card.phases for day in (p.start, p.end) for y in re.findall(r"(?:19|20)\d{2}", day or "")}
    first = min(found, default=card.year or 0)
    return [first, first + 1, first + 2] if max(found, default=first) - first < 3 else list(range(first, max(found) + 1))


def _dates(phase: Phase, year: int) -> tuple[str, str]:
    """Start and end in the columns of the years they belong to, without the year; a date without year goes to the first."""
    return tuple(_in(day, year) for day in (phase.start, phase.end))  # type: ignore[return-value]


def _in(day: str | None, year: int) -> str:
    match = re.fullmatch(r"\s*(\d{1,2}/\d{1,2})/(\d{4})\s*", day or "")
    return match[1] if match and int(match[2]) == year else ""
