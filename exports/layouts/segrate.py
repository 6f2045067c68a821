"""Two sheets: *obiettivo gestionale* (phases, indicators by kind, monthly timetable with the shares at 31 July and 31 December,
staff, resources) and *obiettivo istituzionale* (service, activities, indicators with three past years and three targets)."""

from __future__ import annotations

from collections.abc import Sequence

from cards.model import GONE, Card, Phase
from exports.layouts.common import MONTHS, coded, for_year, masthead, target_of, year_of
from exports.layouts.requests import request_items
from exports.sheet import Cell, Grid, Heading, Item, Sheet, cells, clean, table

STATUS = {"new": "NUOVO", "modified": "MODIFICATO", "eliminated": "ELIMINATO", "replaced": "SOSTITUITO"}
INDICES = (
    ("quantita", "Indici di Quantità"),
    ("tempo", "Indici di Tempo"),
    ("costo", "Indici di Costo"),
    ("qualita", "Indici di Qualità"),
)
KINDS = frozenset({"objective", "service"})


def sheet(cards: Sequence[Card]) -> Sheet:
    """The requests for change first, then each card in its own sheet."""
    year = year_of(cards)
    title = f"PIANO DELLE PERFORMANCE {year}-{year + 2}" if year else "PIANO DELLE PERFORMANCE"
    items: list[Item] = list(masthead(cards, title))
    for card in cards:
        items += request_items(card)
    for card in cards:
        items += _service(card) if card.kind == "service" else _objective(card)
    return Sheet(clean(cards[0].title or title), tuple(items), landscape=True)


def _objective(card: Card) -> list[Item]:
    items: list[Item] = [Heading(f"OBIETTIVO GESTIONALE {STATUS.get(card.status or '', '')}".strip(), 2), _head(card)]
    if card.phases:
        items.append(_phases(card))
    items.append(_indicators(card))
    timed = [p for p in card.phases if p.schedule or p.due]
    if timed:
        items += [Heading(f"CRONOPROGRAMMA ({card.year} - {(card.year or 0) + 2})", 3), _timetable(card)]
    if card.staff:
        items += [
            Heading("PERSONALE DIRIGENZIALE E DEI LIVELLI COINVOLTI NELL'OBIETTIVO", 3),
            table(
                ("Cat.", "Cognome e Nome", "Note eventuali", "% Partecipazione"),
                [(s.category, s.name, "", s.share) for s in card.staff],
                (1, 4, 3, 2),
            ),
        ]
    if card.resources:
        items += [
            Heading("RISORSE UTILIZZATE", 3),
            table(("Tipologia", "Descrizione", "Costo"), [("", r.description, r.cost) for r in card.resources], (1, 4, 2)),
        ]
    return items


def _head(card: Card) -> Grid:
    bold = [
        ("ASSESSORE", "DIRIGENTE", card.politician, card.manager),
        ("PO / RESPONSABILE", "SEZIONE", card.responsible, card.section),
        (
            "MISSIONE (SeS e SeO DUP)",
            "PROGRAMMA (SeO DUP)",
            coded(card.mission, card.mission_name),
            coded(card.programme, card.programme_name),
        ),
        ("OBIETTIVO STRATEGICO", "OBIETTIVO OPERATIVO", card.strategic_objective, card.operational_objective),
    ]
    rows: list[tuple[Cell, ...]] = []
    if card.directorate or not card.section:
        rows.append((Cell(clean(card.directorate or card.unit), bold=True, span=4),))
    for left, right, one, two in bold:
        rows.append((Cell(left, bold=True, span=2), Cell(right, bold=True, span=2)))
        rows.append((Cell(clean(one), span=2), Cell(clean(two), span=2)))
    rows += [(Cell("PROGETTO", bold=True, span=4),), (Cell(clean(card.project), span=4),)] if card.project else []
    rows.append((Cell("FINALITÀ", bold=True), Cell(clean(card.purpose), span=3)))
    rows.append(
        (
            Cell("Titolo Obiettivo:", bold=True),
            Cell(clean(card.title)),
            Cell("Orizzonte Temporale:", bold=True),
            Cell(clean(card.horizon)),
        )
    )
    rows.append((Cell("Descrizione Obiettivo:", bold=True), Cell(clean(card.description), span=3)))
    return Grid(tuple(rows), 0, (1.2, 3, 1.2, 1.6))


def _phases(card: Card) -> Grid:
    """Five phases a column, as the sheet has them; a sixth opens the right-hand column. Old and new under one number in line."""
    rows: list[tuple[Cell, ...]] = [(Cell("Descrizione delle fasi di attuazione", bold=True, span=4),)]
    numbered = [(p.number or str(n), p) for n, p in enumerate(card.phases, 1)]
    left = [(n, p) for n, p in numbered if _place(n) <= 5]
    right = [(n, p) for n, p in numbered if _place(n) > 5]
    for k in range(max(len(left), len(right))):
        rows.append((*_phase(left, k), *_phase(right, k)))
    return Grid(tuple(rows), 1, (0.4, 5, 0.4, 5))


def _place(number: str) -> int:
    digits = "".join(c for c in number if c.isdigit())
    return int(digits) if digits else 99


def _phase(column: Sequence[tuple[str, Phase]], k: int) -> tuple[Cell, Cell]:
    if k >= len(column):
        return Cell(), Cell()
    number, phase = column[k]
    struck = phase.status in GONE
    return Cell(number, struck=struck), Cell(clean(phase.text), struck=struck)


def _indicators(card: Card) -> Grid:
    year = card.year
    head = (
        "ATTESO",
        f"RAGGIUNTO al 31.07.{year}",
        f"Scost. al 31.07.{year}",
        f"RAGGIUNTO al 31.12.{year}",
        f"Scost. al 31.12.{year}",
    )
    rows: list[tuple[Cell, ...]] = [(Cell("INDICATORI DI PERFORMANCE", bold=True, span=6),)]
    for kind, label in INDICES:
        rows.append(cells((label, *head), bold=True))
        for i in card.indicators:
            if (i.kind or "quantita") == kind:
                rows.append(
                    cells(
                        (
                            i.name,
                            target_of(i, year),
                            for_year(i.interim, year),
                            "",
                            for_year(i.actuals, year),
                            i.deviation,
                        ),
                        struck=i.status in GONE,
                    )
                )
    return Grid(tuple(rows), 1, (5, 1.4, 1.4, 1.2, 1.4, 1.2))


def _timetable(card: Card) -> Grid:
    year = card.year or 0
    top = (
        Cell("FASI E TEMPI", True),
        Cell("% Raggiunta Anni Precedenti", True),
        Cell(str(year), True, span=16),
        Cell(str(year + 1), True),
        Cell(str(year + 2), True),
    )
    second = cells(
        ("", "", *MONTHS, "% Target al 31-lug", "% Gap al 31-lug", "% Target al 31-dic", "% Gap al 31-dic", "", ""),
        bold=True,
    )
    rows = [top, second]
    for n, phase in enumerate(card.phases, 1):
        if phase.status in GONE:
            continue
        months = [phase.schedule.get(f"{year}-{m:02}", "") for m in range(1, 13)]
        checks = (phase.due.get(f"{year}-07-31", ""), "", phase.due.get(f"{year}-12-31", ""), "")
        rows.append(
            cells(
                (
                    phase.number or n,
                    "",
                    *months,
                    *checks,
                    phase.schedule.get(str(year + 1), ""),
                    phase.schedule.get(str(year + 2), ""),
                )
            )
        )
    return Grid(tuple(rows), 2, (1.2, 1.4, *[1.0] * 12, 1.1, 1.1, 1.1, 1.1, 0.8, 0.8))


def _service(card: Card) -> list[Item]:
    items: list[Item] = [Heading(f"OBIETTIVO ISTITUZIONALE {STATUS.get(card.status or '', '')}".strip(), 2)]
    head = [
        (Cell(clean(card.directorate or card.unit), bold=True, span=2),),
        cells((f"ASSESSORE: {clean(card.politician)}", f"DIRIGENTE: {clean(card.manager)}")),
        cells(
            (
                f"MISSIONE (SeS e SeO DUP): {coded(card.mission, card.mission_name)}",
                f"PROGRAMMA (SeO DUP): {coded(card.programme, card.programme_name)}",
            )
        ),
        cells((f"RESPONSABILE: {clean(card.responsible)}", f"SEZIONE: {clean(card.section)}")),
        (Cell(f"SERVIZIO: {clean(card.title)}", bold=True, span=2),),
        (Cell("ATTIVITA' ISTITUZIONALE", bold=True, span=2),),
        *((Cell(clean(text), span=2),) for text in card.activities),
    ]
    items.append(Grid(tuple(head), 0, (1, 1)))
    past = sorted({y for i in card.indicators for y in i.history})[-3:]
    ahead = sorted({y for i in card.indicators for y in i.targets})[:3]
    rows = [
        (i.name, i.unit, *(i.history.get(y, "") for y in past), *(i.targets.get(y, "") for y in ahead)) for i in card.indicators
    ]
    items.append(
        table(
            ("Indicatore", "U.M.", *past, *(f"Target {y}" for y in ahead)),
            rows,
            (4, 1, *[1.0] * (len(past) + len(ahead))),
        )
    )
    return items
