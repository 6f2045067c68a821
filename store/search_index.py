"""What search keeps ready: the archive's passages and their word index, brought forward when the archive changes.

In a running process only the documents that changed are read again; a new process starts from the index saved beside the
archive and reads word by word only the passages that are new since; the rest is cut and joined.
"""

from __future__ import annotations

import logging
import threading
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from store.lexical import LexicalIndex
from store.records import StoredPassage
from store.search_columns import Column, columns

log = logging.getLogger(__name__)
FILE, SCHEMA = "parole.npz", 2
WORTH_SAVING = 0.02  # share of passages that changed since the index was saved from which it is saved again
Prints = Mapping[str, object]


class Source(Protocol):
    """Where the passages come from: a mark by document that changes when its passages do, and the passages of some or all."""

    def prints(self) -> Prints: ...

    def passages(self, documents: Collection[str] | None) -> Iterable[StoredPassage]: ...


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
    """Passages, document after document, with their word index; ``number`` from id to place."""

    passages: tuple[StoredPassage, ...]
    lexical: LexicalIndex
    number: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, passages: Iterable[StoredPassage], saved: Path | None = None) -> SearchIndex:
        """The index of these passages; with ``saved`` it starts from the one kept there and leaves the new one."""
        stored = tuple(passages)
        return cls._with(stored, _mended(stored, saved) if saved else _built(stored))

    @classmethod
    def _with(cls, passages: tuple[StoredPassage, ...], lexical: LexicalIndex) -> SearchIndex:
        return cls(passages, lexical, {p.id: i for i, p in enumerate(passages)})

    def changed(self, gone: Collection[str], new: Iterable[StoredPassage]) -> SearchIndex:
        """The index without the documents ``gone`` (ids), followed by new passages: nothing else is read again."""
        keep = self.columns["document_id"].where(lambda value: value not in gone)
        fresh = tuple(new)
        kept = self.passages if keep.all() else tuple(p for p, stays in zip(self.passages, keep, strict=True) if stays)
        return self._with(kept + fresh, self.lexical.joined(_built(fresh), keep))

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        return columns(self.passages)

    @cached_property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in self.columns["entity"].values if value))

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(value for value in self.columns["year"].values if isinstance(value, int)))


def _built(passages: Iterable[StoredPassage]) -> LexicalIndex:
    return LexicalIndex.build((p.text, p.context) for p in passages)


def _key(passage: StoredPassage) -> int:
    """A number that changes when the passage's words do."""
    return zlib.crc32(f"{SCHEMA}\x1f{passage.id}\x1f{passage.context}\x1f{passage.text}".encode())


def _mended(passages: tuple[StoredPassage, ...], path: Path) -> LexicalIndex:
    """The saved index with what is gone cut out, what is new joined, and put in the order of ``passages``."""
    wanted = np.array([_key(p) for p in passages], np.uint32)
    try:
        index, held = LexicalIndex.load(path)
        if len(held) != index.size:
            raise ValueError("le chiavi non sono quelle dell'indice")
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        log.info("indice delle parole da rifare: %s", error)
        held, index = np.zeros(0, np.uint32), LexicalIndex.build(())
    if np.array_equal(held, wanted):
        return index
    new = ~np.isin(wanted, held)
    keep = np.isin(held, wanted)
    joined = index.joined(_built(p for p, fresh in zip(passages, new, strict=True) if fresh), keep)
    ordered = joined.reordered(_order(np.concatenate([held[keep], wanted[new]]), wanted))
    if new.sum() + (~keep).sum() > WORTH_SAVING * len(wanted):
        save(ordered, wanted, path)
    return ordered


def save(index: LexicalIndex, keys: NDArray[np.uint32], path: Path) -> None:
    """Keep the index for the next process; a disk that is full or read-only costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        index.save(path, keys)
    except OSError as error:
        log.warning("indice delle parole non conservato: %s", error)


def _order(have: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> NDArray[np.int64]:
    """For each wanted key the place where it stands in ``have`` (equal keys hold equal words: any of them will do)."""
    by_key = np.argsort(have, kind="stable")
    return by_key[np.searchsorted(have[by_key], wanted)]


class IndexCache:
    """The index of each archive in this process, brought forward when the archive changes; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[object, Prints, SearchIndex]] = {}

    def get(self, key: str, generation: object, source: Source, saved: Path | None) -> SearchIndex:
        """The index of this generation: as held, with the documents that changed read again, or made from the start."""
        with self._lock:
            held = self._held.get(key)
            if held is not None and held[0] == generation:
                return held[2]
            prints = source.prints()
            if held is None:
                index = SearchIndex.of(source.passages(None), saved)
            else:
                gone = {document for document, mark in held[1].items() if prints.get(document) != mark}
                new = [document for document, mark in prints.items() if held[1].get(document) != mark]
                index = held[2].changed(gone, source.passages(new) if new else ()) if gone or new else held[2]
            self._held[key] = (generation, prints, index)
            return index
