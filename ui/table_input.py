"""A table of plain cells one types into (``ui/browser/table.js``), and what comes back from it, checked before anybody uses it.

The browser sends the whole table with a number; ``seen`` and ``saved`` tell it the last number read and the last one saved, and
only then does it forget its own copy. The rows given at a mount are where its typing began: another ``mount`` is another table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

MORE, LONGEST = 200, 20_000  # rows that can be added, characters of a cell
Rows = list[dict[str, Any]]
ROW, ID = "_riga", "_id"
# in a list of one: at each run a bare dict would be searched for data frames
_table = st.components.v2.component("piao_table", isolate_styles=False,
                                    js="export default ({ data, ...rest }) => window.piao.table({ ...rest, data: data.at(0) });")


@dataclass(frozen=True)
class Column:
    """Heading, width ("wide", "medium", "date", "small", "tiny"), help as plain text, the choices where there are any."""

    name: str
    width: str = "medium"
    help: str = ""
    options: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Note:
    """Words under a cell, said of the text ``of``; level "error", "warning" or "reading"."""

    row: str
    column: str
    of: str
    words: str
    level: str


@dataclass(frozen=True)
class Typed:
    """What the browser holds: the rows by heading, each with ``_riga`` (the row of the mount it began from) and ``_id``."""

    seq: int
    rows: Rows


def numbered(rows: Sequence[Mapping[str, Any]]) -> Rows:
    """Rows with the names by which the browser calls them."""
    return [{ID: f"b{number}", **row} for number, row in enumerate(rows)]


def table_input(key: str, name: str, title: str, columns: Sequence[Column], rows: Rows, on_change: Callable[[], None], *,
                seen: int = 0, saved: int = 0, notes: Sequence[Note] = (), locked: bool = False) -> None:
    """Draw it; ``key`` is the mount, ``name`` what the copy in the browser is called across mounts."""
    given = [{"id": row[ID], "from": row[ROW], "cells": [str(row.get(column.name) or "") for column in columns]} for row in rows]
    _table(key=key, on_rows_change=on_change, data=[{
        "mount": key, "name": name, "title": title, "columns": [asdict(column) for column in columns], "rows": given,
        "locked": locked, "most": len(rows) + MORE, "longest": LONGEST, "seen": seen, "saved": saved,
        "notes": [asdict(note) for note in notes],
    }])


def typed(state: Any, columns: Sequence[Column], given: Rows) -> Typed | None:
    """What the browser sent, or None where it is none of ours; ``given`` are the rows of the mount.

    >>> typed({"rows": {"seq": 2, "rows": [{"id": "b0", "from": 0, "cells": ["x"]}]}}, [Column("Fase")], [{"_riga": 0}])
    Typed(seq=2, rows=[{'_id': 'b0', '_riga': 0, 'Fase': 'x'}])
    >>> typed({"rows": {"seq": 2, "rows": [{"id": "b0", "from": 7, "cells": ["x"]}]}}, [Column("Fase")], [{"_riga": 0}]) is None
    True
    """
    sent = state.get("rows") if isinstance(state, Mapping) else None
    if not isinstance(sent, Mapping) or not _count(sent.get("seq")) or not isinstance(sent.get("rows"), list):
        return None
    begun = {row[ROW] for row in given}
    if len(sent["rows"]) > len(given) + MORE or not all(_sound(row, len(columns), begun) for row in sent["rows"]):
        return None
    origins = [row["from"] for row in sent["rows"] if row["from"] is not None]
    if len(set(origins)) != len(origins) or len({row["id"] for row in sent["rows"]}) != len(sent["rows"]):
        return None
    return Typed(sent["seq"], [{ID: row["id"], ROW: row["from"], **_by_heading(row["cells"], columns)} for row in sent["rows"]])


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


def _sound(row: Any, width: int, begun: set[int | None]) -> bool:
    if not isinstance(row, Mapping) or not isinstance(row.get("id"), str) or not 0 < len(row["id"]) <= 40:
        return False
    origin, cells = row.get("from"), row.get("cells")
    if origin is not None and not (_count(origin) and origin in begun):
        return False
    return isinstance(cells, list) and len(cells) == width and all(isinstance(one, str) and len(one) <= LONGEST for one in cells)


def _by_heading(cells: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """The cells by heading; a choice that is none of the column's is blank."""
    return {column.name: text if column.options is None or text in column.options else ""
            for column, text in zip(columns, cells, strict=True)}
