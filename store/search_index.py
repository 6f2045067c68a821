"""What search keeps ready: the archive's passages and their word index, saved beside the archive and mended when it changes.

Only the passages that are new since the index was saved are read word by word; the rest is cut and joined.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.lexical import LexicalIndex
from store.records import StoredPassage

log = logging.getLogger(__name__)
FILE, SCHEMA = "parole.npz", 1


class Vectors(Protocol):
    """The door to the vectors: nearest passages with their cosine similarity."""

    def query(
        self, vector: NDArray[np.float32], n: int = 10, where: Mapping[str, object] | None = None
    ) -> list[tuple[str, float]]: ...


class Embedder(Protocol):
    """The door to the embedding model."""

    def query(self, text: str) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class SearchIndex:
    """Passages in the archive's order with their word index; ``number`` from id to place."""

    passages: tuple[StoredPassage, ...]
    lexical: LexicalIndex
    number: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, passages: Iterable[StoredPassage], saved: Path | None = None) -> SearchIndex:
        """The index of these passages; with ``saved`` it starts from the one kept there and leaves the new one."""
        stored = tuple(passages)
        lexical = _mended(stored, saved) if saved else _built(stored)
        return cls(stored, lexical, {p.id: i for i, p in enumerate(stored)})

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted({p.entity for p in self.passages if p.entity}))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({p.year for p in self.passages if p.year}))


def _built(passages: Iterable[StoredPassage]) -> LexicalIndex:
    return LexicalIndex.build((p.text, p.context) for p in passages)


def _key(passage: StoredPassage) -> int:
    """A number that changes when the passage's words do."""
    return zlib.crc32(f"{SCHEMA}\x1f{passage.id}\x1f{passage.context}\x1f{passage.text}".encode())


def _mended(passages: tuple[StoredPassage, ...], path: Path) -> LexicalIndex:
    """The saved index with what is gone cut out, what is new joined, and put in the order of ``passages``."""
    wanted = np.array([_key(p) for p in passages], np.uint32)
    keys_path = path.with_suffix(".chiavi.npy")
    try:
        held, index = np.load(keys_path, allow_pickle=False), LexicalIndex.load(path)
        if len(held) != index.size:
            raise ValueError("le chiavi non sono quelle dell'indice")
    except (OSError, ValueError, KeyError, EOFError) as error:
        log.info("indice delle parole da rifare: %s", error)
        held, index = np.zeros(0, np.uint32), LexicalIndex.build(())
    if np.array_equal(held, wanted):
        return index
    new = ~np.isin(wanted, held)
    keep = np.isin(held, wanted)
    joined = index.joined(_built(p for p, fresh in zip(passages, new, strict=True) if fresh), keep)
    order = _order(np.concatenate([held[keep], wanted[new]]), wanted)
    ordered = joined.reordered(order)
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered.save(path)
    with keys_path.open("wb") as file:
        np.save(file, wanted)
    return ordered


def _order(have: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> NDArray[np.int64]:
    """For each wanted key the place where it stands in ``have`` (equal keys hold equal words: any of them will do)."""
    by_key = np.argsort(have, kind="stable")
    return by_key[np.searchsorted(have[by_key], wanted)]


class IndexCache:
    """The index of an archive, kept while its generation lasts; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[object, SearchIndex]] = {}

    def get(self, key: str, generation: object, passages: Iterable[StoredPassage], saved: Path | None) -> SearchIndex:
        """The index of this generation, read or mended when another was held."""
        with self._lock:
            held = self._held.get(key)
            if held is None or held[0] != generation:
                held = self._held[key] = (generation, SearchIndex.of(passages, saved))
            return held[1]
