"""Cards that are already cards: the rows of path and value that the JSON reader makes of them."""

from __future__ import annotations

from typing import Any

from cards.model import Card, Document
from ingest.blocks import Block, Blocks
from ingest.dialects._unit_stream import lines_of, origin
from ingest.dialects.part import Part, spot
from ingest.readers.json import STEP

NAME = "schede in JSON"


def matches(blocks: Blocks) -> float:
    """Sure of a JSON file, and of nothing else."""
    return 3.0 if blocks.format == "json" else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """One card a table."""
    tables = [block for block in blocks.blocks if block.kind == "table"]
    used = frozenset(spot(row.place) for block in tables for row in block.rows)
    return Part(cards=tuple(_card(block, document) for block in tables), used=used, mapping=("schede in JSON: campi per nome",))


def _card(block: Block, document: Document) -> Card:
    data: dict[str, Any] = {}
    provenance = {}
    for row in block.rows:
        steps, value = row.cells[0].split(STEP), row.cells[1]
        _put(data, steps, value)
        provenance[_path(steps)] = origin(row.place, document.name)
    lines = lines_of(row.place for row in block.rows)
    return Card.model_validate({**_lists(data), "source": {"document": document.name, "lines": lines}, "provenance": provenance})


def _put(data: dict[str, Any], steps: list[str], value: str) -> None:
    for step in steps[:-1]:
        data = data.setdefault(step, {})
    data[steps[-1]] = value


def _lists(value: Any) -> Any:
    """Dictionaries whose keys are 0, 1, 2 … become lists again."""
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(item) for key, item in value.items()}
    return list(inner.values()) if inner and list(inner) == [str(n) for n in range(len(inner))] else inner


def _path(steps: list[str]) -> str:
    """ "indicators", "0", "name" as provenance writes it.

    >>> _path(["indicators", "0", "targets", "2027"])
    'indicators[0].targets.2027'
    """
    listed = len(steps) > 1 and len(steps[1]) < 4 and steps[1].isdigit()
    head = f"{steps[0]}[{steps[1]}]" if listed else steps[0]
    return ".".join([head, *steps[2 if listed else 1 :]])
