"""Tables of a card as rows a person edits, and back; what a table does not show stays with the row it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cards.model import Card, Indicator, Phase, StaffShare
from ui.hints import COLUMNS, column_hint
from ui.table_input import ROW, Column, Rows
from ui.words import INDICATOR_KINDS

PHASE_COLUMNS = {"number": "N.", "text": "Fase", "weight": "Peso", "start": "Inizio", "end": "Fine", "assigned_to": "Assegnata a"}
INDICATOR_COLUMNS = {"name": "Indicatore", "kind": "Tipo", "formula": "Formula", "unit": "Unità", "baseline": "Base",
                     "weight": "Peso", "note": "Nota"}
STAFF_COLUMNS = {"name": "Cognome e nome", "category": "Area o categoria", "share": "Quota"}
WIDTHS = {"Indicatore": "wide", "Formula": "wide", "Nota": "wide", "Fase": "wide", "Cognome e nome": "wide", "N.": "tiny",
          "Peso": "small", "Unità": "small", "Quota": "small", "Inizio": "date", "Fine": "date", "Assegnata a": "date"}


def target_column(year: str) -> str:
    """The heading of a year's target column."""
    return f"Atteso {year}"


def target_years(card: Card) -> list[str]:
    """The years the indicator table shows: the card's own, and every other that has a target."""
    years = {str(card.year)} if card.year else set()
    for indicator in card.indicators:
        years.update(indicator.targets)
    return sorted(years)


def columns_of(name: str, years: Sequence[str]) -> list[Column]:
    """The columns of a table ("phases", "indicators", "staff"): what decides comes first, name, targets, weight."""
    labels = list({"phases": PHASE_COLUMNS, "indicators": INDICATOR_COLUMNS, "staff": STAFF_COLUMNS}[name].values())
    targets = [target_column(year) for year in years] if name == "indicators" else []
    first = [one for one in labels if one in ("N.", "Fase", "Indicatore", "Cognome e nome")] + targets
    first += [one for one in labels if one == "Peso"]
    return [_column(label) for label in (*first, *(one for one in labels if one not in first))]


def _column(label: str) -> Column:
    hint = "Atteso" if label.startswith("Atteso ") else label
    options = tuple(INDICATOR_KINDS.values()) if label == INDICATOR_COLUMNS["kind"] else None
    return Column(label, WIDTHS.get(label, "medium"), column_hint(hint) if hint in COLUMNS else "", options)


def phase_rows(card: Card) -> Rows:
    """One row a phase; ``_riga`` remembers which phase it was, None for the blank rows one may type into."""
    return _with_blanks([_row(i, phase, PHASE_COLUMNS) for i, phase in enumerate(card.phases)], PHASE_COLUMNS.values(), 6)


def indicator_rows(card: Card) -> Rows:
    """One row an indicator, a column for each target year."""
    rows = []
    for i, indicator in enumerate(card.indicators):
        row = _row(i, indicator, INDICATOR_COLUMNS)
        row[INDICATOR_COLUMNS["kind"]] = INDICATOR_KINDS.get(indicator.kind or "", "")
        row.update({target_column(year): indicator.targets.get(year, "") for year in target_years(card)})
        rows.append(row)
    return _with_blanks(rows, [*INDICATOR_COLUMNS.values(), *map(target_column, target_years(card))], 5)


def staff_rows(card: Card) -> Rows:
    """One row a person."""
    return _with_blanks([_row(i, person, STAFF_COLUMNS) for i, person in enumerate(card.staff)], STAFF_COLUMNS.values(), 3)


def _with_blanks(rows: Rows, labels: Iterable[str], least: int) -> Rows:
    """Rows to type into at once: at least one, and as many as make the table inviting."""
    blank = {ROW: None, **{label: "" for label in labels}}
    return rows + [dict(blank) for _ in range(max(least - len(rows), 1))]


def _row(index: int, value: Any, columns: Mapping[str, str]) -> dict[str, Any]:
    return {ROW: index, **{label: getattr(value, name) or "" for name, label in columns.items()}}


def kept_rows(rows: Iterable[Mapping[str, Any]]) -> Rows:
    """The rows that count: blank ones that nobody typed into are none."""
    return [dict(row) for row in rows if row.get(ROW) is not None or _filled(row)]


def _filled(row: Mapping[str, Any]) -> bool:
    return any(text(value) for name, value in row.items() if not name.startswith("_"))


def text(value: Any) -> str | None:
    """A cell as the contract wants it: stripped text, or None."""
    return str(value).strip() or None if value is not None else None


def phases_from(rows: Rows, card: Card) -> tuple[Phase, ...]:
    """Rows back to phases; what the table does not show (schedule, status) stays with its row."""
    return tuple(_old(card.phases, row, Phase()).replace(**_values(row, PHASE_COLUMNS)) for row in rows)


def indicators_from(rows: Rows, card: Card, years: Sequence[str]) -> tuple[Indicator, ...]:
    """Rows back to indicators."""
    kinds = {word: key for key, word in INDICATOR_KINDS.items()}
    built = []
    for row in rows:
        old = _old(card.indicators, row, Indicator())
        values = _values(row, INDICATOR_COLUMNS)
        values["kind"] = kinds.get(values["kind"] or "")
        targets = {year: value for year in years if (value := text(row.get(target_column(year)))) is not None}
        built.append(old.replace(**values, targets=targets))
    return tuple(built)


def staff_from(rows: Rows, card: Card) -> tuple[StaffShare, ...]:
    """Rows back to staff shares."""
    return tuple(_old(card.staff, row, StaffShare()).replace(**_values(row, STAFF_COLUMNS)) for row in rows)


def _values(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str | None]:
    return {name: text(row.get(label)) for name, label in columns.items()}


def _old(values: Sequence[Any], row: Mapping[str, Any], blank: Any) -> Any:
    index = row.get(ROW)
    return values[index] if isinstance(index, int) and index < len(values) else blank
