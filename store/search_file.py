"""Arrays kept in one file and read in place: opening it costs nothing, the system loads what is touched and shares it
between processes. A header (JSON: notes, then name, type, length and place of each array) is followed by the arrays.
"""

from __future__ import annotations

import json
import mmap
import os
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC, ALIGNED = b"PIAOIDX1", 64
ABANDONED = 3600.0  # seconds after which a half-written file is of a process that was killed
Arrays = Mapping[str, NDArray[Any]]


def write_file(path: Path, notes: Any, arrays: Arrays) -> None:
    """Replace ``path`` in one step; who reads the old file goes on reading it."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        at += -at % ALIGNED
        places[name] = (array.dtype.str, len(array), at)
        at += array.nbytes
    header = json.dumps([notes, places, at], ensure_ascii=False).encode()
    partial = path.with_name(f"{path.name}.{os.getpid()}.nuovo")
    _clear_abandoned(path)
    try:
        with partial.open("wb") as file:
            file.write(MAGIC + len(header).to_bytes(8, "little") + zlib.crc32(header).to_bytes(4, "little") + header)
            begin = file.tell() + -file.tell() % ALIGNED
            for name, array in arrays.items():
                file.seek(begin + places[name][2])
                file.write(np.ascontiguousarray(array).data)
            file.truncate(begin + at)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _clear_abandoned(path: Path) -> None:
    for other in path.parent.glob(f"{path.name}.*.nuovo"):
        try:
            if time.time() - other.stat().st_mtime > ABANDONED:
                other.unlink()
        except OSError:  # another process was quicker
            continue


def begins_with(path: Path, first: int) -> bool:
    """Whether there is such a file whose notes are a list that begins with this number; the rest is not looked at."""
    try:
        with path.open("rb") as file:
            begin = file.read(48)
    except OSError:
        return False
    return begin[:8] == MAGIC and begin[20:].startswith(f"[[{first},".encode())


def read_file(path: Path) -> tuple[Any, dict[str, NDArray[Any]]]:
    """The notes and the arrays, read-only; ``OSError`` or ``ValueError`` where it is no such file, or not a whole one."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    size, crc = int.from_bytes(data[8:16], "little"), int.from_bytes(data[16:20], "little")
    header = data[20 : 20 + size]
    if data[:8] != MAGIC or zlib.crc32(header) != crc:
        raise ValueError(f"{path.name}: intestazione non valida")
    notes, places, length = json.loads(header)
    begin = 20 + size + -(20 + size) % ALIGNED
    if len(data) != begin + length:
        raise ValueError(f"{path.name}: lungo {len(data)} byte invece di {begin + length}")
    return notes, {name: np.frombuffer(data, dtype, count, begin + at) for name, (dtype, count, at) in places.items()}
