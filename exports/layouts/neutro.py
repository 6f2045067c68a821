"""The neutral layout: every field of the card with its Italian label. Also the "dati integrativi" that the other layouts add
for what their own form has no place for. ``ingest`` reads both back (same labels, see ``LABELS``, ``PHASE``, ``INDICATOR``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from cards.model import Card, Indicator, Phase
from exports.layouts.common import masthead
from exports.sheet import Cell, Grid, Heading, Item, Sheet, cells, clean, table

SHEET = {
    "objective": "SCHEDA OBIETTIVO",
    "service": "SCHEDA SERVIZIO",
    "indicator": "SCHEDA INDICATORE",
    "unit_summary": "TABELLA DI UNITÀ",
    "resource_table": "TABELLA DELLE RISORSE",
}
SUPPLEMENT = "DATI INTEGRATIVI DELLA SCHEDA"
STATUS = {
    "new": "Nuovo",
    "active": "Attivo",
    "modified": "Modificato",
    "eliminated": "Eliminato",
    "replaced": "Sostituito",
}
KINDS = {"quantita": "Quantità", "tempo": "Tempo", "costo": "Costo", "qualita": "Qualità"}
LABELS = {
    "entity": "Ente", "year": "Anno", "code": "Codice", "number": "N. scheda", "status": "Stato della scheda",
    "unit": "Settore/Area",
    "directorate": "Direzione", "section": "Sezione/Servizio", "responsible": "Responsabile", "manager": "Dirigente",
    "politician": "Assessore", "mission": "Missione (codice)", "mission_name": "Missione", "programme": "Programma (codice)",
    "programme_name": "Programma", "strategic_line": "Linea strategica", "strategic_objective": "Obiettivo strategico",
    "operational_objective": "Obiettivo operativo", "project": "Progetto", "purpose": "Finalità", "description": "Descrizione",
    "horizon": "Orizzonte temporale", "start": "Data inizio", "end": "Data fine", "priority": "Priorità", "weight": "Peso",
}  # fmt: skip
PHASE = {
    "number": "N. fase",
    "text": "Fase",
    "weight": "Peso fase",
    "start": "Inizio",
    "end": "Fine",
    "assigned_to": "Assegnata a",
    "schedule": "Cronoprogramma",
    "due": "Avanzamento atteso",
    "status": "Stato della fase",
}
INDICATOR = {
    "code": "Codice indicatore",
    "name": "Indicatore",
    "kind": "Tipo",
    "formula": "Formula",
    "purpose": "Finalità indicatore",
    "unit": "U.M.",
    "baseline": "Valore di partenza",
    "weight": "Peso indicatore",
    "deviation": "Scostamento",
    "achievement": "% raggiungimento",
    "note": "Note",
}
PERIODS = {"history": "Storico", "targets": "Target", "interim": "Intermedio", "actuals": "Consuntivo"}
NARROW = {
    "N. fase",
    "Peso fase",
    "Inizio",
    "Fine",
    "Tipo",
    "U.M.",
    "Peso indicatore",
    "Codice indicatore",
    "% raggiungimento",
}


def sheet(cards: Sequence[Card]) -> Sheet:
    """All the cards, one after the other."""
    items: list[Item] = list(masthead(cards))
    for card in cards:
        items += [Heading(clean(card.title or card.unit or "Scheda senza titolo"), 2), *card_items(card)]
    return Sheet(clean(cards[0].title or cards[0].unit or "Scheda obiettivo"), tuple(items), landscape=True)


def supplement(
    card: Card,
    carried: Set[str] = frozenset(),
    phase: Set[str] = frozenset(),
    indicator: Set[str] = frozenset(),
    keys: tuple[str, str] = ("text", "name"),
) -> list[Item]:
    """What another layout does not print: the card's fields but ``carried``, with the given fields of phases and indicators left
    out. Phases and indicators keep their number, text and name, so that a reader can put the rows together."""
    items = list(card_items(card, carried, phase - {keys[0], "number"}, indicator - {keys[1]}, SUPPLEMENT))
    return [Heading("Dati integrativi", 3), *items] if len(items) > 1 or len(getattr(items[0], "rows", ())) > 1 else []


def card_items(
    card: Card,
    carried: Set[str] = frozenset(),
    phase: Set[str] = frozenset(),
    indicator: Set[str] = frozenset(),
    head: str | None = None,
) -> Iterable[Item]:
    """The tables of one card: fields, activities, phases, indicators, staff, resources, outcomes, variations, items."""
    rows: list[tuple[object, object]] = []
    for name, label in LABELS.items():
        value = getattr(card, name)
        if value is not None and name not in carried:
            rows.append((label, STATUS.get(value, value) if name == "status" else value))
    yield Grid((cells((head or SHEET[card.kind], card.title), bold=True), *(_pair(*row) for row in rows)), 1, (1, 3))
    if card.activities and "activities" not in carried:
        yield table(["N. attività", "Attività"], [(n, text) for n, text in enumerate(card.activities, 1)], (1, 9))
    yield from _phases(card.phases, phase if "phases" in carried or phase else phase, "phases" in carried)
    yield from _indicators(card.indicators, indicator, "indicators" in carried)
    yield from _lists(card, carried)


def _pair(label: object, value: object) -> tuple[Cell, Cell]:
    return Cell(clean(label), bold=True), Cell(clean(value))


def _phases(phases: Sequence[Phase], left_out: Set[str], done: bool) -> Iterable[Grid]:
    names = [n for n in PHASE if n not in left_out and any(getattr(p, n) for p in phases)]
    if not phases or done or not set(names) - {"number", "text"} and left_out:
        return
    header = [PHASE[n] for n in names]
    rows = [cells((_phase_value(p, n) for n in names), struck=p.status in ("eliminated", "replaced")) for p in phases]
    widths = [1 if h in NARROW else 3 if h != "Fase" else 5 for h in header]
    total = names.index("weight") if "weight" in names and not any(p.status for p in phases) else None
    yield Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _phase_value(phase: Phase, name: str) -> str:
    value = getattr(phase, name)
    if name in ("schedule", "due"):
        return "; ".join(f"{key}: {share}" for key, share in value.items())
    return clean(STATUS.get(value, value) if name == "status" and value else value)


def _indicators(indicators: Sequence[Indicator], left_out: Set[str], done: bool) -> Iterable[Grid]:
    names = [n for n in INDICATOR if n not in left_out and any(getattr(i, n) for i in indicators)]
    periods = [
        (part, year)
        for part in PERIODS
        if part not in left_out
        for year in sorted({y for i in indicators for y in getattr(i, part)})
    ]
    if not indicators or done or (not (set(names) - {"name"}) and not periods and left_out):
        return
    first = [n for n in names if n not in ("weight", "deviation", "achievement", "note")]
    last = [n for n in names if n not in first]
    header = [INDICATOR[n] for n in first] + [f"{PERIODS[p]} {y}" for p, y in periods] + [INDICATOR[n] for n in last]
    rows = []
    for i in indicators:
        values = [KINDS.get(getattr(i, n) or "", getattr(i, n)) for n in first]
        values += [getattr(i, part).get(year) for part, year in periods]
        rows.append(cells([*values, *(getattr(i, n) for n in last)]))
    widths = [1.0 if h in NARROW else 3.0 if h in ("Indicatore", "Formula") else 1.5 for h in header]
    total = header.index(INDICATOR["weight"]) if INDICATOR["weight"] in header else None
    yield Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _lists(card: Card, carried: Set[str]) -> Iterable[Grid]:
    if card.staff and "staff" not in carried:
        yield table(
            ["Cat.", "Cognome e nome", "% partecipazione"],
            [(s.category, s.name, s.share) for s in card.staff],
            (1, 5, 2),
        )
    if card.resources and "resources" not in carried:
        yield table(["Risorsa", "Costo"], [(r.description, r.cost) for r in card.resources], (5, 2))
    if card.outcomes and "outcomes" not in carried:
        yield table(
            ["Rilevazione al", "Esito", "Esito %"], [(o.at, o.label, o.percent) for o in card.outcomes], (2, 4, 2)
        )
    if card.variations and "variations" not in carried:
        rows = [(v.action, v.object, v.number, v.old, v.new, v.reason) for v in card.variations]
        yield table(
            ["Azione", "Oggetto", "N. oggetto", "Testo precedente", "Testo nuovo", "Motivazione"],
            [(ACTIONS.get(a, a), OBJECTS.get(o, o), *rest) for a, o, *rest in rows],
            (2, 2, 1, 4, 4, 5),
        )
    if card.items and "items" not in carried:
        yield _items(card)


def _items(card: Card) -> Grid:
    dates = sorted({o.at or "" for i in card.items for o in i.outcomes})
    header = ["Codice obiettivo", "Obiettivo", "Priorità", "Peso", "Durata"]
    header += [f"{what} {day}".strip() for day in dates for what in ("Esito", "Esito %")]
    rows: list[list[object]] = []
    for item in card.items:
        by_date = {o.at or "": o for o in item.outcomes}
        values = [
            v
            for day in dates
            for v in (getattr(by_date.get(day), "label", None), getattr(by_date.get(day), "percent", None))
        ]
        rows.append([item.code, item.title, item.priority, item.weight, item.horizon, *values])
    return table(header, rows, [1.5, 5, 1, 1, 1.5, *([1.5] * (2 * len(dates)))])


ACTIONS = {
    "eliminate": "Eliminare",
    "replace": "Sostituire",
    "add": "Aggiungere",
    "extend": "Prolungare",
    "postpone": "Rinviare",
    "change_target": "Variare il valore atteso",
    "change_indicator": "Variare l'indicatore",
    "change_activity": "Variare l'attività",
    "change_phase": "Variare la fase",
}
OBJECTS = {"objective": "Obiettivo", "phase": "Fase", "indicator": "Indicatore", "activity": "Attività"}
