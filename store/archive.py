"""The archive: documents, cards, passages, drafts and their search behind one door.

Opening it is cheap (one query when the schema is up to date); Chroma and the embedding model load at first use. An
``Archive`` may be shared by the threads of a process; each method is one transaction.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from sqlalchemy import Connection, select

from cards.errors import ArchiveError, NotInArchive
from cards.model import Card, Reading
from settings import Settings
from store import approval, documents, drafts, engine, notes, originals, passages_table
from store import schema as t
from store.care import Care
from store.migrate import ensure_schema
from store.records import (
    Comment,
    DocumentReport,
    DocumentVersion,
    Draft,
    DraftVersion,
    Progress,
    SeriesPoint,
    StoredDocument,
    StoredPassage,
)

if TYPE_CHECKING:
    from scoring.facts import Evidence
    from scoring.profiles import Profile
    from store.embedding import Embedder
    from store.library_values import IndicatorView, Measure, Proposal
    from store.lock import WriterLock
    from store.search import Filters, SearchResult
    from store.tally import CardLine
    from store.vector_work import VectorWork
    from store.vectors import VectorStore

log = logging.getLogger("piao.store")


class Archive(Care):
    """The archive of one configuration. Use ``with Archive.open(settings) as archive`` or call ``close`` when done."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        self._given_embedder = embedder
        engine.make_folder(settings, settings.root)
        self._engine = engine.make_engine(settings)
        self._vectors: ArchiveVectors | None = None
        self.index_problem: str | None = None  # why the last ``ingest`` left vectors behind
        self._guard = threading.Lock()
        try:
            ensure_schema(self._engine)
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def open(cls, settings: Settings, embedder: Embedder | None = None) -> Self:
        """The archive of these settings, made at first use. ``embedder`` replaces the configured one (tests).

        Raises ``ArchiveError`` if it cannot be opened or was written by a newer version of the program.
        """
        return cls(settings, embedder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of files and connections."""
        with self._guard:
            vectors, self._vectors = self._vectors, None
        if vectors:
            vectors.give_back()
        self._engine.dispose()

    def connection(self) -> AbstractContextManager[Connection]:
        """A reading connection, for the modules of ``store``."""
        return engine.reading(self._engine)

    def transaction(self) -> AbstractContextManager[Connection]:
        """A writing transaction, for the modules of ``store``."""
        return engine.writing(self._engine)

    # ------------------------------------------------------------------------------------------ documents

    def ingest(
        self, paths: Iterable[Path | str], entity: str | None = None, year: int | None = None,
        progress: Progress | None = None,
    ) -> Iterator[DocumentReport]:
        """Read files and folders into the archive; a report each, as they come. See ``store.ingestion``. The index of words is
        brought forward at the end: nobody's question waits for it.

        ``entity`` and ``year`` are the person's word, above what the documents say. A document is in the archive, and its
        words are found, as soon as it is reported; the vectors of all follow after the last report. If these cannot be written
        ``index_problem`` says so, and the next run completes them.
        """
        from store.ingestion import Ingestion

        given = {"entity": entity, "year": year}
        self.index_problem = None
        changed = False
        for report in Ingestion(self.settings, self.transaction, given, progress).run(paths):
            changed |= report.status in ("new", "replaced")
            yield report
        if changed or not self.search_prepared():
            self.prepare_search(progress)
        self.index_problem = self._try_resume(progress)

    def _try_resume(self, progress: Progress | None) -> str | None:
        with self.connection() as connection:
            if not passages_left(connection):
                return None
        try:
            self.resume(progress)
        except ArchiveError as error:
            return f"{error} Intanto la ricerca usa le parole; i vettori si completano alla prossima lettura."
        with self.connection() as connection:
            left = passages_left(connection)
        return f"{self._busy()} Completerà lui quelli che mancano." if left else None

    def _busy(self) -> str:
        holder = self.lock.holder()
        return f"I vettori li sta scrivendo il {holder}." if holder else "I vettori li sta scrivendo un altro processo."

    def resume(self, progress: Progress | None = None) -> int:
        """Write the vectors that are missing (after a crash, a change, another process's work); how many were written."""
        return self._work.run(progress)

    def pending_vectors(self) -> int:
        """How many passages are not yet found by meaning (they are by words)."""
        from store.vector_work import pending

        with self.connection() as connection:
            return pending(connection)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the index of words and the vectors again from the archive's texts, with the configured model. Cut short, the next
        call goes on from there. Raises ``ArchiveError`` naming who is writing, if somebody is.
        """
        from store.search import index_of

        index_of(self, progress, afresh=True)
        self._work.rebuild(progress)

    def documents(self) -> list[StoredDocument]:
        """Every document, by entity, year and name."""
        with self.connection() as connection:
            return documents.all_documents(connection)

    def document(self, id_or_name: str) -> StoredDocument:
        """A document by id or file name; ``NotInArchive``, or ``ArchiveError`` if several have that name."""
        with self.connection() as connection:
            return documents.find(connection, id_or_name)

    def reading(self, id_or_name: str, version: int | None = None) -> Reading:
        """A document's reading as stored; with ``version`` that of an earlier self."""
        with self.connection() as connection:
            found = documents.find(connection, id_or_name)
            if version is None or version == found.version:
                return documents.reading_of(connection, found)
            return documents.earlier_reading(connection, found, version)

    def history(self, id_or_name: str) -> list[DocumentVersion]:
        """Earlier selves of a document, the latest first."""
        with self.connection() as connection:
            return documents.history(connection, documents.find(connection, id_or_name))

    def delete_document(self, id_or_name: str) -> None:
        """Take a document out with every trace: cards, passages, history, vectors."""
        with self.transaction() as connection:
            row = documents.find(connection, id_or_name)
            hashes = {row.sha256, *(version.sha256 for version in documents.history(connection, row))}
            documents.remove(connection, row.id)
        originals.forget(self.settings.root, hashes)
        if problem := self._try_resume(None):
            log.warning("%s: tolto; i suoi vettori si tolgono al prossimo lavoro (%s)", row.name, problem)

    def source_file(self, id_or_name: str) -> Path | None:
        """The document's own file as it was ingested, for showing a page; None where it was not kept."""
        return originals.find(self.settings.root, self.document(id_or_name).sha256)

    # ------------------------------------------------------------------------------------------ cards

    def cards(
        self, entity: str | None = None, year: int | None = None, document: str | None = None, kind: str | None = None,
        unit: str | None = None, mission: str | None = None,
    ) -> list[Card]:
        """Cards in document order; ``entity`` and ``unit`` as stored or a part of it ("Cremona"), ``document`` id or name."""
        from store.card_query import find_cards

        with self.connection() as connection:
            return find_cards(connection, entity=entity, year=year, document=document, kind=kind, unit=unit, mission=mission)

    def card(self, card_id: str) -> Card:
        """A card by id; of two copies of a document, the latest read."""
        wanted = select(t.cards.c.card).join(t.documents).where(t.cards.c.id == card_id)
        with self.connection() as connection:
            found = connection.execute(wanted.order_by(t.documents.c.ingested_at.desc())).scalar()
        if found is None:
            raise NotInArchive(f"La scheda «{card_id}» non è nell'archivio. Vedi «piao cards».")
        return Card.model_validate(found)

    def series(self, name: str) -> list[SeriesPoint]:
        """An indicator through the years, by the words of its name."""
        from store.series import series

        with self.connection() as connection:
            return series(connection, name)

    def indicator(self, name: str, entity: str | None = None) -> IndicatorView:
        """The indicator that answers to a name with those linked or like it: series, trend, typical targets."""
        from store import library

        with self.connection() as connection:
            return library.indicator(connection, name, entity)

    def indicator_by_key(self, key: str) -> IndicatorView:
        """The same for an indicator known by its key."""
        from store import library

        with self.connection() as connection:
            return library.by_key(connection, key)

    def indicator_proposals(self, most: int = 30) -> list[Proposal]:
        """Pairs of indicators that may measure the same thing and that nobody has judged."""
        from store import library

        with self.connection() as connection:
            return library.proposals(connection, most)

    def indicators_about(self, topic: str, entity: str | None = None, year: int | None = None) -> list[Measure]:
        """Every indicator that speaks of a topic (all without one), for comparisons over the whole archive."""
        from store import library

        with self.connection() as connection:
            return library.about(connection, topic, entity, year)

    def card_lines(self, entity: str | None = None, year: int | None = None, unit: str | None = None) -> list[CardLine]:
        """Every card in a line, for counts and lists over the whole archive."""
        from store import tally

        with self.connection() as connection:
            return tally.card_lines(connection, entity, year, unit)

    def link_indicators(self, one: str, other: str, same: bool | None, author: str | None = None) -> None:
        """What a person says of two indicators (keys): the same measure, not the same, or None to take it back."""
        from store import library

        with self.transaction() as connection:
            library.link(connection, one, other, same, author)

    # ------------------------------------------------------------------------------------------ search

    def search(
        self, query: str, k: int = 10, filters: Filters | None = None, progress: Progress | None = None,
    ) -> SearchResult:
        """Precedents for a question in one's own words. See ``store.search``; ``progress`` hears an index being made."""
        from store.search import Filters, search

        return search(self, query, k, filters or Filters(), progress)

    def prepare_search(self, progress: Progress | None = None) -> None:
        """Make or bring forward the index of words, which the first question would otherwise do."""
        from store.search import index_of

        index_of(self, progress)

    def search_prepared(self) -> bool:
        """Whether there is an index of words to begin from, in this process or in the archive's folder."""
        from store.search import index_prepared

        return index_prepared(self)

    @property
    def generation(self) -> int:
        """Grows with every change of the passages: an index made at another generation is stale."""
        with self.connection() as connection:
            return notes.generation(connection)

    def passages(
        self, entity: str | None = None, year: int | None = None, ids: Collection[str] | None = None,
    ) -> Iterator[StoredPassage]:
        """The passages in order, or those with these ids."""
        with self.connection() as connection:
            yield from passages_table.stored_passages(connection, entity, year, ids)

    def values(self, field: str) -> list[str]:
        """What the passages can be filtered by: the values of "unit", "mission", "kind" that there are, in order."""
        from store.passages_table import values

        with self.connection() as connection:
            return values(connection, field)

    @property
    def embedder(self) -> Embedder:
        """The model of the vectors."""
        from store.embedding import load_embedder

        return self._given_embedder or load_embedder(self.settings)

    @property
    def vectors(self) -> ArchiveVectors:
        """The passages' vectors."""
        with self._guard:
            if self._vectors is None:
                self._vectors = ArchiveVectors(self)
            return self._vectors

    @cached_property
    def id(self) -> str:
        """The archive's own id, made once: it names its collection on a shared Chroma server."""
        with self.connection() as connection:
            known = notes.get_meta(connection, "archive")
        if known is None:
            with self.transaction() as connection:
                known = notes.get_meta(connection, "archive") or uuid4().hex[:16]
                notes.set_meta(connection, "archive", known)
        return known

    @cached_property
    def lock(self) -> WriterLock:
        """The lock of who writes vectors."""
        from store.lock import DatabaseLock, FileLock

        if self._engine.dialect.name == "postgresql":
            return DatabaseLock(self._engine)
        return FileLock(self.settings.root / "scrittura.lock")

    @property
    def _work(self) -> VectorWork:
        from store.vector_work import VectorWork

        return VectorWork(self._engine, self.vectors.store, lambda: self.embedder, self.lock)

    # ------------------------------------------------------------------------------------------ drafts

    def drafts(self, state: str | None = None) -> list[Draft]:
        """Drafts, the last touched first."""
        with self.connection() as connection:
            return drafts.all_drafts(connection, state)

    def draft(self, draft_id: str) -> Draft:
        """A draft as last saved."""
        with self.connection() as connection:
            return drafts.draft(connection, draft_id)

    def draft_versions(self, draft_id: str) -> list[DraftVersion]:
        """Every save of a draft, the latest first."""
        with self.connection() as connection:
            return drafts.versions(connection, draft_id)

    def save_draft(
        self, card: Card, draft_id: str | None = None, version: int | None = None, state: str | None = None,
        author: str | None = None, note: str | None = None,
    ) -> Draft:
        """Save a draft: a new one without ``draft_id``, else the next version of it.

        ``version`` is the version the caller started from: if somebody saved since, ``Conflict``. Without it the save
        overwrites. The same content again makes no version. ``NotReady`` where a card with open errors or unconfirmed data
        would be saved as approved (``approve_draft`` takes the exception), or an approved one changed without opening it again.
        """
        if state == "approved":
            approval.require_ready(card, self.settings, self._known_about(card))
        with self.transaction() as connection:
            if draft_id is None:
                return drafts.create(connection, card, state, author, note)
            return drafts.save(connection, draft_id, card, version, state, author, note)

    def approve_draft(
        self, draft_id: str, version: int | None = None, *, who: str, why: str = "", profile: Profile | None = None
    ) -> Draft:
        """The draft as approved by ``who``, with what the history keeps of it.

        Open errors or data that nobody confirmed are ``NotReady``; with ``why`` they are passed over as a signed exception, which
        stays in the version's note with who and when. ``profile``: the one of the settings without.
        """
        evidence = self._known_about(self.draft(draft_id).card)
        with self.transaction() as connection:
            card = drafts.draft(connection, draft_id).card
            note = approval.approved_note(card, self.settings, who, why, profile, evidence)
            return drafts.save(connection, draft_id, card, version, "approved", " ".join(who.split()), note)

    def _known_about(self, card: Card) -> Evidence:
        """What the archive knows beside a card."""
        from store.evidence import evidence_for

        return evidence_for(self, approval.card_reading(card))

    def undo_draft(self, draft_id: str, version: int | None = None, author: str | None = None) -> Draft:
        """The draft as before its last change; again and again back to the first version."""
        with self.transaction() as connection:
            return drafts.undo(connection, draft_id, version, author)

    def redo_draft(self, draft_id: str, version: int | None = None, author: str | None = None) -> Draft:
        """What the last undo took away."""
        with self.transaction() as connection:
            return drafts.redo(connection, draft_id, version, author)

    def restore_draft(self, draft_id: str, old: int, version: int | None = None, author: str | None = None) -> Draft:
        """The content of an earlier version, as the next version."""
        with self.transaction() as connection:
            return drafts.restore(connection, draft_id, old, version, author)

    def comments(self, draft_id: str) -> list[Comment]:
        """What people said about a draft, the open comments first."""
        from store import comments

        with self.connection() as connection:
            return comments.comments(connection, draft_id)

    def add_comment(self, draft_id: str, text: str, author: str | None = None) -> Comment:
        """Say something about a draft, without changing it."""
        from store import comments

        with self.transaction() as connection:
            return comments.add(connection, draft_id, text, author)

    def close_comment(self, number: int, author: str | None = None) -> Comment:
        """A comment that is dealt with."""
        from store import comments

        with self.transaction() as connection:
            return comments.close(connection, number, author)

    def delete_draft(self, draft_id: str) -> None:
        """Take a draft out with all its versions."""
        with self.transaction() as connection:
            drafts.remove(connection, draft_id)


class ArchiveVectors:
    """The archive's share in the process's vector store, with the generation that tells when to open it again."""

    def __init__(self, archive: Archive) -> None:
        from store.vectors import share

        self._archive = archive
        embedder = archive.embedder
        self.store: VectorStore = share(archive.settings.root / "chroma", archive.settings.chroma_url,
                                        f"piao-{archive.id}", embedder.name, embedder.dimension)

    def query(self, vector: Any, n: int = 10, where: Mapping[str, Any] | None = None) -> list[tuple[str, float]]:
        """Passage ids with their cosine similarity, nearest first. See ``VectorStore.query``."""
        from store.vector_filter import filtered

        with self._archive.connection() as connection:
            generation = int(notes.get_meta(connection, "vector_generation") or 0)
            if not generation:
                return []
            if where and (found := filtered(connection, self.store, vector, n, where, generation)) is not None:
                return found
        return self.store.query(vector, n, where, generation)

    def give_back(self) -> None:
        """Done with it."""
        from store.vectors import give_back

        give_back(self.store)


def passages_left(connection: Connection) -> bool:
    """Whether any vector is still to be written or dropped."""
    from store.vector_work import idle

    return not idle(connection)


