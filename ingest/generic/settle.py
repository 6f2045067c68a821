"""What only the cells under a header tell: which of two columns holds figures, whose a weight or a result is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Row
from ingest.generic.draft import Cell, Draft, Entry
from ingest.generic.evidence import kind_of
from ingest.generic.header import Header
from ingest.generic.synonyms import Column, plain, read_header

_ORDINAL = re.compile(r"(?:fase\s*|n\.?\s*)?(?:\d{1,2}|[ivx]{1,4}|[a-z])[°.)]?", re.I)
_ITEM = re.compile(r"\s*(?:[-•·–]|(?P<number>\d{1,2})[.)])\s+")
UNTIL = re.compile(r"\s*[(–-]\s*(?:entro|fine|al|scadenza|termine)[:\s]+(?:il |la )?(?P<end>[^()]{4,30}?)\s*\)?\s*[.;]?$", re.I)
_PROSE = 4  # words of a cell that is a sentence and not a value
_WHOLE = ("100", "1", "100,00", "1,00")


def settled_columns(header: Header, rows: Sequence[Row], year: int | None = None) -> Header:
    """The header with the columns that its words alone leave in doubt settled by what stands under them."""
    columns = dict(header.columns)
    _number_and_text(columns, rows)
    _prose_target(columns, rows)
    _marked_quarters(columns, rows)
    _past_values(columns, year)
    return header if columns == header.columns else replace(header, columns=columns)


def _number_and_text(columns: dict[int, Column], rows: Sequence[Row]) -> None:
    """ "Fase | Descrizione" over "1 | Analisi": the first is the number, the second the text."""
    by_field = {column.field: j for j, column in columns.items()}
    texts = [j for j, column in sorted(columns.items()) if column.field == "phase.text"]
    under = _under(rows, texts[0]) if len(texts) == 2 and "phase.number" not in by_field else []
    if under and all(_ORDINAL.fullmatch(cell.strip()) for cell in under):
        columns[texts[0]] = replace(columns[texts[0]], field="phase.number")
    for owner, text in (("phase.text", "description"), ("title", "description")):
        number, words = by_field.get(owner), by_field.get(text)
        if number is None or words is None or owner == "phase.text" and "title" in by_field:
            continue
        under = _under(rows, number)
        if under and all(_ORDINAL.fullmatch(cell.strip()) for cell in under):
            field = "phase.number" if owner == "phase.text" else "number"
            columns[number] = replace(columns[number], field=field)
            if owner != "title" or "indicator.name" in by_field or "obiettiv" in plain(columns[number].header):
                columns[words] = replace(columns[words], field=owner)  # else "Titolo I - Entrate tributarie" of a budget


def _prose_target(columns: dict[int, Column], rows: Sequence[Row]) -> None:
    """Of two columns of expected values without a year, the one of sentences describes what is expected."""
    same = [j for j, c in columns.items() if c.field == "indicator.target" and not c.year and not c.half]
    if len(same) != 2:
        return
    prose = [j for j in same if _is_prose(_under(rows, j))]
    if len(prose) == 1:
        taken = {column.field for column in columns.values()}
        columns[prose[0]] = replace(columns[prose[0]], field="purpose" if "description" in taken else "description")


def _marked_quarters(columns: dict[int, Column], rows: Sequence[Row]) -> None:
    """ "I trim. | II trim. | …" over crosses beside phases: when each is carried out, and no expected value."""
    fields = {column.field for column in columns.values()}
    dated = [j for j, c in columns.items() if c.field == "indicator.target" and c.half]
    cells = [cell for j in dated for cell in _under(rows, j)]
    if "phase.text" not in fields or "indicator.name" in fields or any(kind_of(cell) != "mark" for cell in cells):
        return
    for j in dated:
        columns[j] = replace(columns[j], field="phase.quarter" if len(dated) > 2 else "phase.half")


def _past_values(columns: dict[int, Column], year: int | None) -> None:
    """ "2024 | 2025 | 2026" in a plan of 2025: the year before is what was, not what is expected."""
    plain_years = [j for j, c in columns.items() if c.field == "indicator.target" and c.year and _bare_year(c.header)]
    past = [j for j in plain_years if year is not None and int(columns[j].year or year) < year]
    if len(past) < len(plain_years):
        for j in past:
            columns[j] = replace(columns[j], field="indicator.value")


def _bare_year(header: str) -> bool:
    column = read_header(header)
    return column is not None and column.field == "value"


def _is_prose(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(len(cell.split()) >= _PROSE and not cell[0].isdigit() for cell in cells) > len(cells) / 2


def _under(rows: Sequence[Row], j: int) -> list[str]:
    return [row.cells[j] for row in rows if j < len(row.cells) and row.cells[j]]


def settle_weights(drafts: Sequence[Draft]) -> None:
    """A "Peso" beside indicators weighs the objectives when it stands once an objective and is not everywhere the whole.

    A weight on every row of an objective weighs its indicators; an objective's only indicator would weigh 100.
    """
    weighed = [[e for e in draft.indicators if "weight" in e.values] for draft in drafts]
    if len(drafts) < 2 or any(len(entries) > 1 for entries in weighed) or not any(weighed):
        return
    if all(entry.values["weight"].text.strip(" %") in _WHOLE for es in weighed for entry in es):
        return
    for draft, entries in zip(drafts, weighed, strict=True):
        if entries and "weight" not in draft.fields:
            draft.fields["weight"] = entries[0].values.pop("weight")
            for entry in draft.indicators:
                entry.blanks.pop("weight", None)


def settle_results(drafts: Sequence[Draft]) -> None:
    """A degree of achievement or a verdict that stands once for an objective of several indicators is the objective's.

    Where every objective has one indicator a figure alone stays with it; a verdict ("R", "raggiunto") is the objective's, and so
    is the figure beside a verdict.
    """
    several = [draft for draft in drafts if len(draft.indicators) > 1]
    if any(sum("achievement" in e.values for e in draft.indicators) > 1 for draft in several):
        return
    for draft in drafts:
        for entry in draft.indicators:
            cell = entry.values.get("achievement")
            whole = several or draft.outcomes or (cell is not None and not any(c.isdigit() for c in cell.text))
            if cell is not None and whole and kind_of(cell.text) != "blank":
                draft.outcomes.append(entry.values.pop("achievement"))


def told_once(drafts: Sequence[Draft]) -> list[Draft]:
    """The cards without the rows of a list of objectives that have a sheet of their own: what the row says more goes to it."""
    sheets: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.listing is False and "title" in draft.fields:
            sheets.setdefault(plain(draft.fields["title"].text), []).append(draft)
    out = []
    for draft in drafts:
        title = draft.fields.get("title")
        same = sheets.get(plain(title.text), []) if title and draft.listing else []
        told = {**same[0].context, **same[0].fields} if same else {}
        if len(same) != 1 or any(not _agree(cell, told[name]) for name, cell in draft.fields.items() if name in told):
            out.append(draft)
            continue
        same[0].fields |= {name: cell for name, cell in draft.fields.items() if name not in told}
        same[0].places += draft.places
    return out


def _agree(cell: Cell, other: Cell) -> bool:
    """Whether two cells say the same, one perhaps in fewer words ("Settore III" of "SETTORE III - TERRITORIO")."""
    words, others = plain(cell.text).split(), plain(other.text).split()
    return words[: len(others)] == others[: len(words)]


def listed(phase: Entry) -> list[Entry]:
    """The phases that one cell lists, an item each with its number and its deadline; the phase itself where it lists none."""
    cell = phase.values["text"]
    items = re.split(r"\n(?=\s*(?:[-•·–]|\d{1,2}[.)])\s)", cell.text)
    marked = [_ITEM.match(item) for item in items]
    if not all(marked) or len(items) == 1 and not UNTIL.search(cell.text):
        return [phase]
    out = []
    for item, mark in zip(items, marked, strict=True):
        text = " ".join(item[mark.end() if mark else 0 :].split())
        until = UNTIL.search(text) if "end" not in phase.values else None
        found = {"text": text[: until.start()] if until else text, "end": until["end"] if until else "",
                 "number": (mark["number"] or "") if mark else ""}  # fmt: skip
        out.append(Entry({key: replace(cell, text=value.strip()) for key, value in found.items() if value}))
    for key, value in phase.values.items():
        (out[-1] if key == "end" else out[0]).values.setdefault(key, value)
    return out


def split(entry: Entry, draft: Draft) -> list[Entry]:
    """Several indicators in one cell, a line each, with as many targets: one entry a line. A weight or a degree of achievement
    that stands once for all of them is the objective's (``draft``)."""
    lines = {key: cell.text.split("\n") for key, cell in entry.values.items()}
    count = len(lines.get("name", [""]))
    if count < 2 or not any(len(lines[key]) == count for key in lines if "." in key):
        return [entry]
    if any(len(parts) not in (1, count) for parts in lines.values()):
        return [entry]
    if len(lines.get("achievement", "xx")) == 1:
        draft.outcomes.append(entry.values.pop("achievement"))
    if len(lines.get("weight", "xx")) == 1 and "weight" not in draft.fields:
        draft.fields["weight"] = entry.values.pop("weight")
    numbered = {key: len(parts) == count and all(map(_ITEM.match, parts)) for key, parts in lines.items()}
    out = []
    for i in range(count):
        values = {}
        for key, cell in entry.values.items():
            text = lines[key][i] if len(lines[key]) == count else cell.text
            bare = _ITEM.sub("", text, count=1) if numbered[key] else re.sub(r"^[-•·]\s*", "", text)
            values[key] = Cell(bare, cell.place, cell.index, cell.header)
        out.append(Entry(values))
    return out
