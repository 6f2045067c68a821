"""What search keeps ready: the archive's passages and their word index, brought forward when the archive changes.

Only the documents that changed are read again, in a running process and in a new one, which starts from the file saved
beside the archive and reads it in place.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.lexical import LexicalIndex
from store.records import StoredPassage
from store.search_columns import Column
from store.search_file import read_file, write_file
from store.search_passages import Builder, Passages

log = logging.getLogger(__name__)
FILE, SCHEMA = "ricerca.indice", 3
EARLIER = ("parole.npz", "parole.chiavi.npy")  # what earlier versions kept instead
WORTH_SAVING = 0.02  # share of documents that changed since the index was saved from which it is saved again
Prints = Mapping[str, str]


class Source(Protocol):
    """Where the passages come from: a mark by document that changes when its passages do, and the passages of some or all."""

    def prints(self) -> Mapping[str, object]: ...

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
    """Passages, document after document, with their word index."""

    passages: Passages
    lexical: LexicalIndex

    @classmethod
    def of(cls, passages: Iterable[StoredPassage]) -> SearchIndex:
        """The index of these passages, taken one by one."""
        builder = Builder()
        lexical = LexicalIndex.build((p.text, p.context) for p in builder.taking(passages))
        return cls(builder.done(), lexical)

    def changed(self, gone: Collection[str], new: Iterable[StoredPassage]) -> SearchIndex:
        """The index without the documents ``gone`` (ids), followed by new passages: nothing else is read again."""
        keep = self.columns["document_id"].where(lambda value: value not in gone)
        fresh = SearchIndex.of(new)
        return SearchIndex(self.passages.followed_by(fresh.passages, keep), self.lexical.joined(fresh.lexical, keep))

    @property
    def columns(self) -> Mapping[str, Column]:
        return self.passages.columns

    @cached_property
    def entities(self) -> tuple[str, ...]:
        return tuple(sorted(str(value) for value in self.columns["entity"].values if value))

    @cached_property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(value for value in self.columns["year"].values if isinstance(value, int)))


def save(path: Path, index: SearchIndex, prints: Prints) -> None:
    """Keep the index for the next process; a disk that is full or read-only costs only time."""
    (values, columns), (words, postings) = index.passages.packed(), index.lexical.packed()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, [SCHEMA, dict(prints), values, words], {**columns, **{"word_" + k: a for k, a in postings.items()}})
        for name in EARLIER:
            path.with_name(name).unlink(missing_ok=True)
    except OSError as error:
        log.warning("indice di ricerca non conservato: %s", error)


def load(path: Path) -> tuple[SearchIndex, Prints] | None:
    """The index kept at ``path`` and the marks of its documents; None where there is none to be used."""
    try:
        (schema, *notes), arrays = read_file(path)
        if schema != SCHEMA:
            raise ValueError(f"versione {schema}")
        prints, values, words = notes
        postings = {name.removeprefix("word_"): held for name, held in arrays.items() if name.startswith("word_")}
        return SearchIndex(Passages.unpacked(values, arrays), LexicalIndex.unpacked(words, postings)), prints
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.info("indice di ricerca da rifare: %s", error)
        return None


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
            prints = {document: repr(mark) for document, mark in source.prints().items()}
            index = _brought(held[2], held[1], prints, source) if held else _opened(source, prints, saved)
            self._held[key] = (generation, prints, index)
            return index


def _brought(index: SearchIndex, known: Prints, prints: Prints, source: Source) -> SearchIndex:
    """The index with the documents read again whose mark is not the known one."""
    gone = {document for document, mark in known.items() if prints.get(document) != mark}
    new = [document for document, mark in prints.items() if known.get(document) != mark]
    return index.changed(gone, source.passages(new) if new else ()) if gone or new else index


def _opened(source: Source, prints: Prints, saved: Path | None) -> SearchIndex:
    """The index for a new process: the one saved, brought forward, or all read; saved again where that is worth it."""
    kept, known = (load(saved) if saved else None) or (None, {})
    index = _brought(kept, known, prints, source) if kept else SearchIndex.of(source.passages(None))
    changed = len({document for document, _ in known.items() ^ prints.items()})
    if saved and (kept is None or changed > WORTH_SAVING * len(prints)):
        save(saved, index, prints)
    return index
