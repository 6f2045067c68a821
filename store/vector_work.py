"""The work that follows a stored document: vectors for the passages that have none, removal of those that left.

All that is to be done can be read in the database (a passage without its row in ``embedded``; ``vectors_to_drop``), so the
work resumes wherever it was cut. One process does it at a time; who finds it being done leaves its share to that process.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, Select, delete, func, insert, select

from cards.errors import ArchiveError
from store import schema as t
from store.embedding import Embedder, Floats
from store.engine import reading, writing
from store.lock import WriterLock, refused
from store.notes import generation, get_meta, raise_generation, set_meta
from store.passages_table import embedded_text
from store.records import Progress
from store.vectors import VectorStore

log = logging.getLogger("piao.store")
COLUMNS = ("id", "content_hash", "context", "text", "entity", "year", "unit", "mission", "kind", "document_id")
REBUILDING = "rebuilding"  # in the archive's notes: the model of a rebuild not yet finished
PATIENCE = 5.0  # seconds that a rebuild waits for who is writing
BATCH = 128  # passages embedded, written and noted together


def pending(connection: Connection) -> int:
    """How many passages have no vector yet."""
    return connection.execute(select(func.count()).select_from(_without_vector().subquery())).scalar_one()


def idle(connection: Connection) -> bool:
    """Whether there is nothing to do."""
    return not pending(connection) and not connection.execute(select(t.vectors_to_drop.c.number).limit(1)).first()


def _without_vector() -> Select[Any]:
    p, e = t.passages.c, t.embedded.c
    both = t.passages.outerjoin(t.embedded, (e.passage_id == p.id) & (e.content_hash == p.content_hash))
    return select(p.id).select_from(both).where(e.passage_id.is_(None))


class VectorWork:
    """The worker over one archive."""

    def __init__(self, engine: Engine, vectors: VectorStore, embedder: Callable[[], Embedder], lock: WriterLock) -> None:
        self.engine, self.vectors, self.embedder, self.lock = engine, vectors, embedder, lock
        self._todo: list[str] = []  # ids still to do, the next last
        self._listed_at = -1

    def run(self, progress: Progress | None = None, wait: float = 0.0) -> int:
        """Do what is to be done; how many vectors were written. If another process is at it, only its share is left (0)."""
        written = 0
        while not self._idle():
            if not self.lock.acquire(wait):
                return written
            try:
                self._same_collection()
                written += self._drain(progress)
            finally:
                self.lock.release()
        return written

    def rebuild(self, progress: Progress | None = None) -> None:
        """Every vector made again. A rebuild that was cut short, with the same model and the collection it had begun, goes on."""
        if not self.lock.acquire(PATIENCE):
            raise refused(self.lock, "Gli indici non si possono ricostruire")
        try:
            if not self._begun():
                self._start_again()
        finally:
            self.lock.release()
        self.run(progress, wait=PATIENCE)
        if self._idle():
            with writing(self.engine) as connection:
                set_meta(connection, REBUILDING, "")

    def _begun(self) -> bool:
        """Whether a rebuild of these vectors was cut short and can go on."""
        with reading(self.engine) as connection:
            model, collection = get_meta(connection, REBUILDING), get_meta(connection, "collection")
            self.vectors.refresh(int(get_meta(connection, "vector_generation") or 0))
        if model != self.embedder().name or self._idle():
            return False
        try:
            return self.vectors.identity() == collection
        except ArchiveError:
            return False

    def _start_again(self) -> None:
        self.vectors.clear()
        model = self.embedder().name
        with writing(self.engine) as connection:
            connection.execute(delete(t.embedded))
            connection.execute(delete(t.vectors_to_drop))
            connection.execute(delete(t.vector_cache).where(t.vector_cache.c.model != model))
            raise_generation(connection)
            raise_generation(connection, "vector_generation")
            set_meta(connection, REBUILDING, model)

    def _idle(self) -> bool:
        with reading(self.engine) as connection:
            return idle(connection)

    def _same_collection(self) -> None:
        """If the collection is not the one we wrote, or lost vectors, what we noted as done is to be done again."""
        with reading(self.engine) as connection:
            self.vectors.refresh(int(get_meta(connection, "vector_generation") or 0))
        identity, count = self.vectors.identity(), self.vectors.count()
        with writing(self.engine) as connection:
            noted = connection.execute(select(func.count()).select_from(t.embedded)).scalar_one()
            if get_meta(connection, "collection") == identity and count >= noted:
                return
            if noted:
                log.warning("raccolta dei vettori sostituita o incompleta (%s su %s): si completa", count, noted)
            kept = self.vectors.ids() if get_meta(connection, "collection") == identity else set()
            gone = [i for i in connection.execute(select(t.embedded.c.passage_id)).scalars() if i not in kept]
            for start in range(0, len(gone), 500):
                connection.execute(delete(t.embedded).where(t.embedded.c.passage_id.in_(gone[start : start + 500])))
            set_meta(connection, "collection", identity)

    def _drain(self, progress: Progress | None) -> int:
        self._drop()
        with reading(self.engine) as connection:
            total = pending(connection)
        done, begun = 0, time.monotonic()
        while batch := self._batch():
            self._write(batch)
            done += len(batch)
            total = max(total, done)
            if progress:
                progress("indice", "", done, total, (time.monotonic() - begun) / done * (total - done))
            self._drop()
        return done

    def _drop(self) -> None:
        with reading(self.engine) as connection:
            rows = connection.execute(select(t.vectors_to_drop).order_by(t.vectors_to_drop.c.number).limit(2000)).all()
        if not rows:
            return
        self.vectors.drop([row.passage_id for row in rows])
        with writing(self.engine) as connection:
            # A passage read again since has its old id: its vector is gone with the others.
            connection.execute(delete(t.embedded).where(t.embedded.c.passage_id.in_([r.passage_id for r in rows])))
            connection.execute(delete(t.vectors_to_drop).where(t.vectors_to_drop.c.number.in_([r.number for r in rows])))
            self._changed(connection)
        if len(rows) == 2000:
            self._drop()

    def _batch(self) -> list[Any]:
        """The next passages without a vector, of the documents put in last. They are listed once, and again when the archive
        changes, so that a new document does not wait for all the others."""
        with reading(self.engine) as connection:
            now = generation(connection)
            if now != self._listed_at or not self._todo:
                self._listed_at = now
                latest = _without_vector().join(t.documents, t.documents.c.id == t.passages.c.document_id).order_by(
                    t.documents.c.ingested_at.desc(), t.passages.c.document_id, t.passages.c.position)
                self._todo = list(connection.execute(latest).scalars())[::-1]
            some, self._todo = self._todo[-BATCH:], self._todo[:-BATCH]
            chosen = select(*(t.passages.c[name] for name in COLUMNS)).where(t.passages.c.id.in_(some))
            rows = {row.id: row for row in connection.execute(chosen)}
        return [rows[i] for i in reversed(some) if i in rows]

    def _write(self, batch: list[Any]) -> None:
        vectors = self._vectors(batch)
        keys = ("entity", "year", "unit", "mission", "kind", "document_id")
        self.vectors.put([row.id for row in batch], vectors, [{key: getattr(row, key) for key in keys} for row in batch])
        with writing(self.engine) as connection:
            now = select(t.passages.c.id, t.passages.c.content_hash).where(t.passages.c.id.in_([r.id for r in batch]))
            present = {tuple(row) for row in connection.execute(now.with_for_update(read=True))}
            rows = [{"passage_id": r.id, "content_hash": r.content_hash} for r in batch if (r.id, r.content_hash) in present]
            connection.execute(delete(t.embedded).where(t.embedded.c.passage_id.in_([row["passage_id"] for row in rows])))
            if rows:
                connection.execute(insert(t.embedded), rows)
            self._changed(connection)

    def _changed(self, connection: Connection) -> None:
        raise_generation(connection, "vector_generation")
        self.vectors.seen(int(get_meta(connection, "vector_generation") or 0))

    def _vectors(self, batch: list[Any]) -> Floats:
        """The batch's vectors, from the cache where the same text was embedded before."""
        embedder = self.embedder()
        texts = {row.content_hash: embedded_text(row.context, row.text) for row in batch}
        known = self._cached(embedder.name, list(texts))
        missing = [key for key in texts if key not in known]
        if missing:
            fresh = embedder.passages([texts[key] for key in missing])
            known |= dict(zip(missing, fresh, strict=True))
            rows = [{"model": embedder.name, "content_hash": key, "vector": known[key].astype("<f4").tobytes()}
                    for key in missing]
            with writing(self.engine) as connection:
                connection.execute(insert(t.vector_cache), rows)
        return np.stack([known[row.content_hash] for row in batch])

    def _cached(self, model: str, keys: list[str]) -> dict[str, Floats]:
        c = t.vector_cache.c
        wanted = select(c.content_hash, c.vector).where(c.model == model, c.content_hash.in_(keys))
        with reading(self.engine) as connection:
            return {key: np.frombuffer(data, dtype="<f4") for key, data in connection.execute(wanted)}
