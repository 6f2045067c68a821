"""What people put right in the archive's documents: who wrote them and when, how their columns are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, update

from cards.errors import NotInArchive, PiaoError
from cards.model import Reading
from settings import Settings
from store import documents, layouts, originals, remapping
from store import schema as t
from store.ingestion import read_file, storable
from store.layouts import Correction
from store.records import StoredDocument
from store.remapping import Remapped

if TYPE_CHECKING:
    from ingest.corrections import Corrections
    from ingest.layouts import Layout


class Care:
    """The part of ``Archive`` for confirming and correcting what was read."""

    settings: Settings
    connection: Callable[[], AbstractContextManager[Connection]]
    transaction: Callable[[], AbstractContextManager[Connection]]

    def confirm_document(
        self, id_or_name: str, entity: str | None, year: int | None, document_type: str | None, author: str | None = None
    ) -> StoredDocument:
        """A person's word on what a document is: it holds for its cards and passages, and for its corrected versions.

        Vectors whose text changes are made again by ``resume``.
        """
        if not entity or not year:
            raise PiaoError("Per confermare il documento servono almeno l'ente e l'anno.")
        given = {"entity": " ".join(entity.split()), "year": int(year), "document_type": document_type or None}
        with self.transaction() as connection:
            found = documents.find(connection, id_or_name)
            row = documents.by_sha(connection, found.sha256)
            assert row is not None
            if any(getattr(found, key) != value for key, value in given.items()):
                reading = storable(documents.reading_of(connection, found), found.sha256, given)
                documents.replace(connection, row, reading, path=row.path, size=row.size, given=given)
            said = {"given": given, "confirmed_at": t.now(), "confirmed_by": author}
            connection.execute(update(t.documents).where(t.documents.c.id == found.id).values(said))
            return documents.find(connection, found.id)

    def corrections(self) -> list[Correction]:
        """The column mappings that people corrected, the latest first."""
        with self.connection() as connection:
            return layouts.all_corrections(connection)

    def correct_layout(
        self, fingerprint: str, headers: Sequence[str], fields: Mapping[str, str], author: str | None = None
    ) -> None:
        """Remember how the columns of a layout are read, from now on and in every file. ``fields``: bare header -> field."""
        with self.transaction() as connection:
            layouts.correct(connection, fingerprint, headers, fields, author)

    def forget_layout(self, fingerprint: str) -> None:
        """Back to what the headers say by themselves."""
        with self.transaction() as connection:
            layouts.forget(connection, fingerprint)

    def document_layouts(self, id_or_name: str) -> list[Layout]:
        """The layouts of a document whose mapping can be corrected, as read now."""
        from ingest.limits import Limits
        from ingest.worker import layouts_safely

        name, path, known = self._kept(id_or_name)
        return layouts_safely(path, Limits.from_settings(self.settings), name, known)

    def same_layout(self, fingerprint: str) -> list[StoredDocument]:
        """The documents of the archive with a table of this layout."""
        with self.connection() as connection:
            return remapping.with_layout(connection, fingerprint)

    def try_layout(self, fingerprint: str, fields: Mapping[str, str] | None, documents_: Sequence[str]) -> list[Remapped]:
        """What would change in these documents with this correction of a layout (None: without any); nothing is stored."""
        read = self._read_with(fingerprint, fields, documents_)
        return [remapping.compared(found, before, after) for found, before, after in read]

    def apply_layout(
        self, fingerprint: str, headers: Sequence[str], fields: Mapping[str, str] | None, documents_: Sequence[str],
        author: str | None = None,
    ) -> list[Remapped]:
        """Remember a correction (None: forget it) and read these documents again with it: all of it, or nothing.

        The documents are read before anything is written. Vectors follow by ``resume``.
        """
        read = self._read_with(fingerprint, fields, documents_)
        with self.transaction() as connection:
            if fields is None:
                layouts.forget(connection, fingerprint)
            else:
                layouts.correct(connection, fingerprint, headers, fields, author)
            for found, _, after in read:
                self._renew(connection, found, after)
        return [remapping.compared(found, before, after) for found, before, after in read]

    def _read_with(
        self, fingerprint: str, fields: Mapping[str, str] | None, documents_: Sequence[str]
    ) -> list[tuple[StoredDocument, Reading, Reading]]:
        """Each document, as it is stored and as it is read with a correction."""
        out = []
        for one in dict.fromkeys(documents_):
            name, path, known = self._kept(one)
            with self.connection() as connection:
                found = documents.find(connection, one)
                before = documents.reading_of(connection, found)
                row = documents.by_sha(connection, found.sha256)
            others = {key: value for key, value in known.items() if key != fingerprint}
            fresh = read_file(path, self.settings, name, others if fields is None else {**others, fingerprint: fields})
            out.append((found, before, storable(fresh, found.sha256, row.given if row else {})))
        return out

    @staticmethod
    def _renew(connection: Connection, found: StoredDocument, reading: Reading) -> StoredDocument:
        row = documents.by_sha(connection, found.sha256)
        if row is None:
            raise NotInArchive(f"{found.name}: il documento è stato tolto o sostituito mentre lo si rileggeva.")
        documents.replace(connection, row, reading, path=row.path, size=row.size, given=row.given)
        return documents.find(connection, row.id)

    def preview(self, id_or_name: str, corrections: Corrections) -> Reading:
        """How a document would be read with these corrections beside those that are kept; nothing is stored."""
        name, path, known = self._kept(id_or_name)
        return read_file(path, self.settings, name, {**known, **corrections})

    def reread(self, id_or_name: str) -> StoredDocument:
        """Read a document again from its kept file, with the corrections as they are now."""
        name, path, known = self._kept(id_or_name)
        with self.connection() as connection:
            found = documents.find(connection, id_or_name)
        fresh = read_file(path, self.settings, name, known)
        with self.transaction() as connection:
            row = documents.by_sha(connection, found.sha256)
            return self._renew(connection, found, storable(fresh, found.sha256, row.given if row else {}))

    def _kept(self, id_or_name: str) -> tuple[str, Path, Corrections]:
        with self.connection() as connection:
            found = documents.find(connection, id_or_name)
            known = layouts.corrections(connection)
        path = originals.find(self.settings.root, found.sha256)
        if path is None:
            raise NotInArchive(f"{found.name}: il file non è stato conservato. Caricalo di nuovo e riprova.")
        return found.name, path, known
