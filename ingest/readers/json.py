"""JSON: cards by the contract (one, a list, ``{"cards": […]}`` or one a line), each value a row of path and text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cards.errors import LimitExceeded, UnreadableFile
from cards.labels import name_of
from cards.model import Card
from cards.plain_data import json_of
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.text import decode

STEP = " › "
"""Between the steps of a path: "indicators › 0 › targets › 2027"."""
_OURS = ("id", "source", "provenance")
_WHAT = "non contiene schede. Si leggono le schede esportate o stampate da piao (--json)."


def read_json(path: Path, limits: Limits, name: str) -> Blocks:
    """One heading and one table a card; ``Place.line`` is the running number of heading or row."""
    text, _ = decode(path.read_bytes(), name)
    blocks: list[Block] = []
    notes: list[tuple[str, Place]] = []
    line = 0
    for number, data in enumerate(_entries(text, name), 1):
        try:
            card = Card.model_validate({k: v for k, v in data.items() if k not in _OURS} if isinstance(data, dict) else data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "tutta"
            notes.append((f"scheda {number} non letta: {where} ({first['msg']})", Place(line=number)))
            continue
        blocks.append(Block("heading", Place(line=line + 1), name_of(card) or f"Scheda {number}", level=2))
        leaves = enumerate(_leaves(card.to_json()), line + 2)
        rows = [Row((STEP.join(steps), value), Place(line=n)) for n, (steps, value) in leaves]
        line += 1 + len(rows)
        if line > limits.max_cells:
            raise LimitExceeded(f"{name}: più di {limits.max_cells} valori (PIAO_MAX_CELLS). Dividi il file.")
        blocks.append(Block("table", rows[0].place, rows=tuple(rows)))
    if not blocks:
        raise UnreadableFile(f"{name}: {notes[0][0] + '.' if notes else _WHAT}")
    return Blocks(name, "json", tuple(blocks), warnings=tuple(notes))


def _entries(text: str, name: str) -> list[Any]:
    """The cards of the file, not yet checked."""
    try:
        data = json_of(text)
    except json.JSONDecodeError:
        data = [_line(line, n, name) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if isinstance(data, dict):
        data = data["cards"] if isinstance(data.get("cards"), list) else [data]
    if not isinstance(data, list):
        raise UnreadableFile(f"{name}: {_WHAT}")
    return data


def _line(line: str, number: int, name: str) -> Any:
    try:
        return json_of(line)
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{name}, riga {number}: JSON non valido. Esporta di nuovo il file.") from error


def _leaves(value: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value with its path; what is absent is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if steps or key not in _OURS:
                yield from _leaves(inner, (*steps, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves(inner, (*steps, str(n)))
    elif value is not None and value != "":
        yield steps, str(value)
