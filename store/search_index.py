"""What search keeps ready: the archive's passages and their word index, brought forward when the archive changes.

Only the documents that changed are read again, in a running process and in a new one, which starts from the file saved
beside the archive and reads it in place.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from store.lexical import LexicalIndex
from store.records import Progress, StoredPassage
from store.search_columns import Column
from store.search_file import begins_with, read_file, write_file
from store.search_passages import Builder, Passages

log = logging.getLogger(__name__)
FILE, SCHEMA = "ricerca.indice", 3
EARLIER = ("parole.npz", "parole.chiavi.npy")  # what earlier versions kept instead
WORTH_SAVING = 0.02  # share of documents that changed since the index was saved from which it is saved again
STEP = 0.3  # seconds between two words about how far the index is; one that is made sooner says nothing
STAGE = "parole"
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
        """The bodies that passages have: not one whose documents were corrected or taken out."""
        return tuple(sorted(str(value) for value in self._held("entity") if value))

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that passages have."""
        return tuple(sorted(value for value in self._held("year") if isinstance(value, int)))

    def _held(self, field: str) -> set[object]:
        return self.columns[field].held(np.ones(len(self.columns[field].codes), bool))


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


def usable(path: Path) -> bool:
    """Whether an index of this version is kept at ``path``: a first question will not have to make it."""
    return begins_with(path, SCHEMA)


class IndexCache:
    """The index of each archive in this process, brought forward when the archive changes; safe between threads.

    Who comes while it is being made waits, and is told how far it is.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[object, Prints, SearchIndex]] = {}
        self._at: tuple[int, int, float | None] = (0, 0, None)  # how far the index that is being made is

    def get(
        self, key: str, generation: object, source: Source, saved: Path | None, progress: Progress | None = None,
        afresh: bool = False,
    ) -> SearchIndex:
        """The index of this generation: as held, with the documents that changed read again, or made from the start.

        ``afresh``: made from the start whatever there is.
        """
        while not self._lock.acquire(timeout=STEP):
            if progress:
                progress(STAGE, "", *self._at)
        try:
            held = None if afresh else self._held.get(key)
            if held is not None and held[0] == generation:
                return held[2]
            prints = {document: repr(mark) for document, mark in source.prints().items()}
            told = _Told(source, self._note(progress), len(prints))
            index = _brought(held[2], held[1], prints, told) if held else _opened(told, prints, saved, afresh)
            self._held[key] = (generation, prints, index)
            return index
        finally:
            self._lock.release()

    def holds(self, key: str) -> bool:
        """Whether there is an index of this archive in this process."""
        return key in self._held

    def _note(self, progress: Progress | None) -> Callable[[int, int, float | None], None]:
        def note(done: int, total: int, left: float | None) -> None:
            self._at = (done, total, left)
            if progress:
                progress(STAGE, "", done, total, left)

        return note


class _Told:
    """A source that says how far its reading is."""

    def __init__(self, source: Source, note: Callable[[int, int, float | None], None], documents: int) -> None:
        self._source, self._note, self._documents = source, note, documents

    def passages(self, documents: Collection[str] | None) -> Iterator[StoredPassage]:
        """The passages, with a word every ``STEP`` seconds."""
        total, done, last = self._documents if documents is None else len(documents), 0, ""
        begun = said = time.monotonic()
        for passage in self._source.passages(documents):
            if passage.document_id != last:
                last, now = passage.document_id, time.monotonic()
                if now - said >= STEP:
                    said = now
                    self._note(done, total, (now - begun) / done * max(total - done, 0) if done else None)
                done += 1
            yield passage


def _brought(index: SearchIndex, known: Prints, prints: Prints, source: _Told) -> SearchIndex:
    """The index with the documents read again whose mark is not the known one."""
    gone = {document for document, mark in known.items() if prints.get(document) != mark}
    new = [document for document, mark in prints.items() if known.get(document) != mark]
    return index.changed(gone, source.passages(new) if new else ()) if gone or new else index


def _opened(source: _Told, prints: Prints, saved: Path | None, afresh: bool) -> SearchIndex:
    """The index for a new process: the one saved, brought forward, or all read; saved again where that is worth it."""
    kept, known = (load(saved) if saved and not afresh else None) or (None, {})
    index = _brought(kept, known, prints, source) if kept else SearchIndex.of(source.passages(None))
    changed = len({document for document, _ in known.items() ^ prints.items()})
    if saved and (kept is None or changed > WORTH_SAVING * len(prints)):
        save(saved, index, prints)
    return index
