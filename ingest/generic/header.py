"""Where a table's header is, of one row or more, and what each column means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Row
from ingest.generic.evidence import kind_of
from ingest.generic.synonyms import YEAR, Column, column_of, month_of, plain, read_header

ANCHORS = {"title", "indicator.name", "phase.text", "operational_objective", "strategic_objective", "description",
           "staff.name"}  # fmt: skip
_LISTS = {"indicator.target", "indicator.actual", "indicator.baseline", "indicator.formula", "indicator.achievement", "outcome",
          "weight", "card.weight", "indicator.weight", "phase.weight", "phase.text", "indicator.name", "end", "start", "horizon",
          "value", "indicator.interim", "phase.assigned_to", "phase.schedule", "staff.share", "staff.category", "indicator.kind",
          "card.achievement"}  # fmt: skip


_NAMES = {"denominazione", "descrizione", "titolo", "nome", "oggetto", "voce"}
_MEASURES = {"indicator.target", "indicator.actual", "indicator.baseline", "indicator.formula", "indicator.unit", "value"}
_DATA = ("mark", "quantity", "percent", "date")  # what no header row holds, but for years
_SUM = re.compile(r"-?\d+,\d+|-?\d{3,}\.\d+")
_SIDES = {"indicator.name", "phase.text", "horizon", "staff.name"}  # what stands at the side of a table inside a sheet
_LONGEST = 60  # characters of a header beside a label
_YEARS = 3  # that one header names, of a plan
ORDINAL = "ordinal"  # the running number of a row in a table of indicators or phases: it says nothing of the card


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
        return out_fields(self.columns)

    @property
    def people(self) -> bool:
        """Whether it is of people alone: who works at the objective of a sheet, else nobody's business."""
        return "staff.name" in self.fields and not (ANCHORS - {"staff.name"}) & self.fields


def header_at(rows: Sequence[Row], i: int, overrides: Mapping[str, str] | None = None) -> Header | None:
    """The header that begins at row i, if one does: it names what the cards are and at least one thing to measure or to do."""
    best: Header | None = None
    for height in (1, 2, 3):
        if i + height > len(rows) or (height > 1 and not _is_under(rows[i + height - 1], rows[i : i + height - 1], overrides)):
            break
        found = _header(_without_side(rows[i : i + height], rows[i + height : i + height + 1]), overrides)
        if found and (best is None or len(found.columns) > len(best.columns) or _better(found, best)):
            best = found
    return best


def _without_side(rows: Sequence[Row], below: Sequence[Row]) -> Sequence[Row]:
    """A header without the word that stands at its side and goes on down beside the rows: "Indicatori | Descrizione | Target"
    names the next column, and heads none."""
    side = rows[0].cells[0] if rows[0].cells else ""
    column = column_of(side) if side else None
    if not below or 0 not in below[0].above or 1 in below[0].above or column is None or column.field not in _SIDES:
        return rows
    if len(rows[0].cells) < 3 or not rows[0].cells[1]:
        return rows
    named = side if plain(rows[0].cells[1]) in _NAMES else rows[0].cells[1]
    first = replace(rows[0], cells=("", named, *rows[0].cells[2:]))
    return [first, *(replace(row, cells=("", *row.cells[1:])) for row in rows[1:])]


def _better(found: Header, best: Header) -> bool:
    """A second header row that gives years to columns of the first, or tells them apart, is better even with as many columns."""
    return len(found.columns) >= len(best.columns) and _told_apart(found) > _told_apart(best)


def _told_apart(header: Header) -> tuple[int, int]:
    dated = [(c.field, c.year, c.half, c.month) for c in header.columns.values()]
    return len(set(dated)), sum(1 for _, *when in dated if any(when))


def _told(row: Row, overrides: Mapping[str, str] | None) -> bool:
    """A row of a sheet that says its values: "Area: Servizi sociali | Peso: 40%", or a label and a text of its own."""
    texts = [cell for cell in row.cells if cell]
    for text in texts:
        label, colon, value = text.partition(":")
        if colon and value.strip() and column_of(label, overrides) is not None and column_of(text, overrides) is None:
            return True
    return len(texts) == 2 and len(texts[1]) > _LONGEST and column_of(texts[0], overrides) is not None


def _header(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> Header | None:
    if len(rows) > 1 and any(kind_of(cell) in _DATA and column_of(cell, overrides) is None for cell in rows[0].cells if cell):
        return None
    if any(_SUM.fullmatch(cell.strip()) or len(YEAR.findall(cell)) > _YEARS for row in rows for cell in row.cells):
        return None
    if len(rows) > 1 and any(_told(row, overrides) for row in rows):
        return None
    names = column_names(rows)
    columns: dict[int, Column] = {}
    unknown: dict[int, str] = {}
    calendar = _months(names)
    for j, name in names.items():
        column = calendar.get(j) or _combined(name, overrides) or _counted(name, overrides)
        if column is not None:
            columns[j] = column
        else:
            unknown[j] = " ".join(name)
    fields = [column.field for column in columns.values()]
    distinct = set(fields) | ({"staff.name"} if _staff(fields) else set())
    if len(distinct) < 2 or not distinct & ANCHORS or not (distinct - {"title"}) & _LISTS:
        return None
    if len(columns) < 0.5 * len(names) and len(columns) < 4 or distinct & ANCHORS == {"staff.name"} and not _staff(fields):
        return None
    resolved = _resolved(columns)
    return Header(resolved, len(rows), unknown, "weight" in distinct and "title" in out_fields(resolved))


def _staff(fields: Sequence[str]) -> bool:
    """People with their share or their category: a table of who works at the objective."""
    return "staff.name" in fields and bool({"staff.share", "staff.category"} & set(fields))


def _counted(names: Sequence[str], overrides: Mapping[str, str] | None) -> Column | None:
    """ "Indicatore 2", "Target 2": a column of the second indicator of a row."""
    found = re.fullmatch(r"(.*[^\W\d])[\s._-]*(?:n\.?|n°)?\s*([1-9]|1\d)", " ".join(names).strip(), re.S)
    column = column_of(found[1], overrides) if found else None
    if found is None or column is None or not column.field.startswith("indicator.") and column.field != "weight":
        return None
    field = "indicator.weight" if column.field == "weight" else column.field
    return replace(column, field=field, group=int(found[2]), header=" ".join(names))


def _months(names: Mapping[int, list[str]]) -> dict[int, Column]:
    """The columns of a calendar: three months or more in a row, or the twelve initials."""
    named = {j: month for j, texts in names.items() if (month := month_of(texts[-1]))}
    initials = [(j, texts[-1].strip(" .").casefold()) for j, texts in names.items()]
    for k in range(len(initials) - 11):
        if "".join(text for _, text in initials[k : k + 12]) == "gfmamglasond":
            named = {j: n for n, (j, _) in enumerate(initials[k : k + 12], 1)}
    if sum(1 for j, month in named.items() if named.get(j + 1) == month + 1) < 2:
        return {}
    years = {j: YEAR.search(" ".join(names[j])) for j in named}
    return {
        j: Column("phase.schedule", found[0] if (found := years[j]) else None, None, " ".join(names[j]), month)
        for j, month in named.items()
    }


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
    if _parts_below(row, above[-1]):
        return True
    if not all(known):
        return False
    gaps = any(not cell for cell in row.cells)
    only_dated = all(column is not None and column.field == "value" for column in known)
    return merged_down or only_dated or gaps and any(_empty_above(above, j) for j, cell in enumerate(row.cells) if cell)


def _parts_below(row: Row, above: Row) -> bool:
    """Words and years that stand under merged headers alone, where the headers beside them go on downwards: their parts."""
    filled = {j for j, cell in enumerate(row.cells) if cell}
    under = {j for j in filled if j in above.merged or j + 1 in above.merged and j < len(above.cells) and above.cells[j]}
    words = all(kind_of(text) not in _DATA or YEAR.fullmatch(text.strip()) or month_of(text) for text in row.cells if text)
    return bool(row.above) and filled == under and words and not filled & row.above


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
    if "title" not in fields and "staff.name" in fields:
        for j, column in columns.items():
            if column.field in ("indicator.kind", "weight"):
                out[j] = replace(column, field="staff.category" if column.field == "indicator.kind" else "staff.share")
        return out
    if "title" not in fields:
        for field in ("operational_objective", "strategic_objective", "project"):
            if field in fields:
                out[fields[field]] = replace(columns[fields[field]], field="title")
                break
        else:
            objective = "description" in fields and "obiettiv" in plain(columns[fields["description"]].header)
            if "description" in fields and ("indicator.name" in fields or "indicator.target" in fields and objective):
                out[fields["description"]] = replace(columns[fields["description"]], field="title")
    indicator, phase = fields.get("indicator.name"), fields.get("phase.text")
    measured = {"indicator.target", "indicator.actual", "value"} & fields.keys()
    told = any(column.field == "indicator.target" and not column.half for column in columns.values())
    for j, column in columns.items():
        if column.field == "weight":
            out[j] = replace(column, field=_whose(j, indicator, phase, "weight"))
        elif column.field == "code" and indicator is not None and _whose(j, indicator, None, "code") == "indicator.code":
            taken = any(c.field == "code" and k < j for k, c in columns.items())
            out[j] = replace(column, field="indicator.code") if taken or j == indicator - 1 and "title" in fields else column
        elif column.field == "number" and phase is not None and j == phase - 1:
            out[j] = replace(column, field="phase.number")
        elif column.field == "purpose" and indicator is not None and j > indicator and "title" in out_fields(out):
            out[j] = replace(column, field="indicator.purpose")
        elif column.field == "unit" and indicator is not None and plain(column.header) in ("unita", "unita di"):
            out[j] = replace(column, field="indicator.unit")
        elif column.field == "number" and "title" not in out_fields(out):
            out[j] = replace(column, field=ORDINAL)
        elif column.field == "phase.assigned_to" and phase is None:
            out[j] = replace(column, field="responsible") if "responsible" not in fields else column
        elif column.field in ("start", "end", "responsible") and phase is not None and j > phase:
            field = {"start": "phase.start", "end": "phase.end", "responsible": "phase.assigned_to"}[column.field]
            out[j] = replace(column, field=field) if column.field != "responsible" or "title" not in fields else column
        elif column.field == "value" and column.half and told:
            out[j] = replace(column, field="indicator.actual")
        elif column.field == "value":
            out[j] = replace(column, field="indicator.target" if not measured - {"value"} or column.half else "indicator.value")
    return out


def out_fields(columns: Mapping[int, Column]) -> set[str]:
    """The fields of some columns."""
    return {column.field for column in columns.values()}


def inside_a_sheet(header: Header) -> Header:
    """A table under the title of a sheet whose "Denominazione" or "Descrizione" names what it measures, not an objective."""
    names = [j for j, c in header.columns.items() if c.field == "title" and plain(c.header) in _NAMES]
    if not names or "indicator.name" in header.fields or not header.fields & _MEASURES:
        return header
    columns = {j: replace(c, field="indicator.name" if j == names[0] else c.field) for j, c in header.columns.items()}
    return replace(header, columns=_resolved(columns), whose_weight=False)


def _whose(j: int, indicator: int | None, phase: int | None, what: str) -> str:
    """The nearest list to the left owns the column."""
    owners = [(k, name) for k, name in ((indicator, "indicator"), (phase, "phase")) if k is not None and k < j]
    return f"{max(owners)[1]}.{what}" if owners else "card.weight" if what == "weight" else what


def label_of(text: str, overrides: Mapping[str, str] | None = None) -> Column | None:
    """What a label of a two-column sheet means ("Responsabile:", "Peso dell'obiettivo")."""
    return column_of(re.sub(r"[:\s]+$", "", text), overrides) if len(text) <= 90 else None
