"""Where a table's header is, of one row or more, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Row
from ingest.generic.synonyms import Column, column_of, read_header

ANCHORS = {"title", "indicator.name", "phase.text", "operational_objective", "strategic_objective", "description"}
_LISTS = {"indicator.target", "indicator.actual", "indicator.baseline", "indicator.formula", "indicator.achievement", "outcome",
          "weight", "card.weight", "indicator.weight", "phase.weight", "phase.text", "indicator.name", "end", "start", "horizon",
          "value", "indicator.interim", "phase.assigned_to"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """A header: what each column (by index) means, how many rows it takes, the headers nobody knew."""

    columns: dict[int, Column]
    height: int
    unknown: dict[int, str]
    whose_weight: bool = False
    """A column says "Peso" and not of what: the rows tell whether it weighs indicators or objectives."""

    @property
    def fields(self) -> set[str]:
        """The fields of its columns."""
        return {column.field for column in self.columns.values()}


def header_at(rows: Sequence[Row], i: int, overrides: Mapping[str, str] | None = None) -> Header | None:
    """The header that begins at row i, if one does: it names what the cards are and at least one thing to measure or to do."""
    best: Header | None = None
    for height in (1, 2, 3):
        if i + height > len(rows) or (height > 1 and not _is_under(rows[i + height - 1], rows[i : i + height - 1], overrides)):
            break
        found = _header(rows[i : i + height], overrides)
        if found and (best is None or len(found.columns) > len(best.columns) or _better(found, best)):
            best = found
    return best


def _better(found: Header, best: Header) -> bool:
    """A second header row that gives years to columns of the first is better even with as many columns."""
    dated = sum(1 for c in found.columns.values() if c.year or c.half)
    return len(found.columns) >= len(best.columns) and dated > sum(1 for c in best.columns.values() if c.year or c.half)


def _header(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> Header | None:
    names = column_names(rows)
    columns: dict[int, Column] = {}
    unknown: dict[int, str] = {}
    for j, name in names.items():
        column = _combined(name, overrides)
        if column is not None:
            columns[j] = column
        else:
            unknown[j] = " ".join(name)
    fields = [column.field for column in columns.values()]
    distinct = set(fields)
    if len(distinct) < 2 or not distinct & ANCHORS or not (distinct - {"title"}) & _LISTS:
        return None
    if len(columns) < 0.5 * len(names) and len(columns) < 4:
        return None
    return Header(_resolved(columns), len(rows), unknown, "weight" in distinct and "title" in distinct)


def column_names(rows: Sequence[Row]) -> dict[int, list[str]]:
    """For each column its header texts from the top down; a header merged over several columns counts for each of them."""
    width = max(len(row.cells) for row in rows)
    spread: list[list[str]] = []
    for k, row in enumerate(rows):
        below = rows[k + 1] if k + 1 < len(rows) else None
        cells = [row.cells[j] if j < len(row.cells) else "" for j in range(width)]
        for j in range(1, width):
            if cells[j]:
                continue
            if j in row.merged and j not in row.above or (
                j not in row.merged and below is not None and j < len(below.cells) and below.cells[j] and not _starts(rows[:k], j)
                and cells[j - 1] and _is_sub(below.cells[j])
            ):  # fmt: skip
                cells[j] = cells[j - 1]
        spread.append(cells)
    names: dict[int, list[str]] = {}
    for j in range(width):
        texts = [cells[j] for cells in spread if cells[j]]
        if texts:
            names[j] = list(dict.fromkeys(texts))
    return names


def _starts(rows: Sequence[Row], j: int) -> bool:
    return any(j < len(row.cells) and row.cells[j] for row in rows)


def _is_sub(text: str) -> bool:
    """A text that stands under a header and not alone: a year, a half-year, or another header."""
    return read_header(text) is not None


def _is_under(row: Row, above: Sequence[Row], overrides: Mapping[str, str] | None) -> bool:
    """Whether a row still belongs to the header: all its texts are headers, years, half-years, and no name and value."""
    texts = [cell for cell in row.cells if cell]
    if not texts:
        return False
    merged_down = bool(row.above)
    known = [column_of(text, overrides) for text in texts]
    if not all(known):
        return False
    gaps = any(not cell for cell in row.cells)
    only_dated = all(column is not None and column.field == "value" for column in known)
    return merged_down or only_dated or gaps and any(_empty_above(above, j) for j, cell in enumerate(row.cells) if cell)


def _empty_above(above: Sequence[Row], j: int) -> bool:
    return not any(j < len(row.cells) and row.cells[j] for row in above[-1:])


def _combined(names: Sequence[str], overrides: Mapping[str, str] | None) -> Column | None:
    """A header of several rows read as one text, then as its parts: "Target" over "2026", "Indicatore" over "Formula"."""
    whole = " ".join(names)
    column = column_of(whole, overrides)
    if column is not None and column.field != "value":
        return column
    parts = [column_of(name, overrides) for name in names]
    named = [part for part in parts if part is not None and part.field != "value"]
    dated = [part for part in parts if part is not None and (part.year or part.half)]
    if not named and not dated:
        return None
    base = named[-1] if named else dated[-1]
    year = next((p.year for p in reversed(dated) if p.year), base.year)
    half = next((p.half for p in reversed(dated) if p.half), base.half)
    if len(named) > 1 and base.field == "weight":
        of = {"indicator.name": "indicator.weight", "phase.text": "phase.weight", "title": "card.weight"}.get(named[0].field)
        base = replace(base, field=of or base.field)
    return replace(base, year=year, half=half, header=whole)


def _resolved(columns: dict[int, Column]) -> dict[int, Column]:
    """Fields that depend on their neighbours: whose weight, whose code, whose deadline, what a bare year holds."""
    out = dict(columns)
    fields = {c.field: j for j, c in sorted(columns.items(), reverse=True)}
    if "title" not in fields:
        for field in ("operational_objective", "strategic_objective", "project"):
            if field in fields:
                out[fields[field]] = replace(columns[fields[field]], field="title")
                break
        else:
            if "description" in fields and ("indicator.name" in fields or "indicator.target" in fields):
                out[fields["description"]] = replace(columns[fields["description"]], field="title")
    indicator, phase = fields.get("indicator.name"), fields.get("phase.text")
    measured = {"indicator.target", "indicator.actual", "value"} & fields.keys()
    for j, column in columns.items():
        if column.field == "weight":
            out[j] = replace(column, field=_whose(j, indicator, phase, "weight"))
        elif column.field == "code" and indicator is not None and _whose(j, indicator, None, "code") == "indicator.code":
            taken = any(c.field == "code" and k < j for k, c in columns.items())
            out[j] = replace(column, field="indicator.code") if taken or j == indicator - 1 and "title" in fields else column
        elif column.field == "number" and phase is not None and j == phase - 1:
            out[j] = replace(column, field="phase.number")
        elif column.field in ("start", "end", "responsible") and phase is not None and j > phase:
            field = {"start": "phase.start", "end": "phase.end", "responsible": "phase.assigned_to"}[column.field]
            out[j] = replace(column, field=field) if column.field != "responsible" or "title" not in fields else column
        elif column.field == "value":
            out[j] = replace(column, field="indicator.target" if not measured - {"value"} or column.half else "indicator.value")
    return out


def _whose(j: int, indicator: int | None, phase: int | None, what: str) -> str:
    """The nearest list to the left owns the column."""
    owners = [(k, name) for k, name in ((indicator, "indicator"), (phase, "phase")) if k is not None and k < j]
    return f"{max(owners)[1]}.{what}" if owners else "card.weight" if what == "weight" else what


def label_of(text: str, overrides: Mapping[str, str] | None = None) -> Column | None:
    """What a label of a two-column sheet means ("Responsabile:", "Peso dell'obiettivo")."""
    return column_of(re.sub(r"[:\s]+$", "", text), overrides) if len(text) <= 90 else None
