"""``piao ground FILE``: one item a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile
from cards.plain_data import json_of
from prompts.grounding.check import check_text
from prompts.grounding.model import GroundingItem, GroundingReport

MOST_BYTES = 50 * 2**20


def check_file(path: Path | str) -> Iterator[GroundingReport]:
    """The reports of a JSON Lines file (or of a file with a single JSON item or list), in order.

    Raises ``UnreadableFile`` with the line at fault before any report is given.
    """
    yield from [check_text(item) for item in _items(Path(path))]


def _items(path: Path) -> list[GroundingItem]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise LimitExceeded(f"{path.name}: supera {MOST_BYTES // 2**20} MB. Dividi il file.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableFile(f"{path.name}: il file non esiste o non si può leggere. Controlla il percorso.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name}: non è un testo UTF-8. Salvalo come JSON (una voce per riga) e riprova.") from error
    try:
        whole = json_of(text)
        rows = whole if isinstance(whole, list) else [whole]
        return [GroundingItem.from_json(row) for row in rows]
    except json.JSONDecodeError:
        return [_line(path, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _line(path: Path, number: int, line: str) -> GroundingItem:
    try:
        return GroundingItem.from_json(json_of(line))
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path.name}, riga {number}: non è JSON ({error.msg}). Serve una voce per riga.") from error
