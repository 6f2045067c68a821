"""Files into the archive, one transaction each: all of a document or nothing of it; a bad file stops nobody else's.

The same content costs a hash and a look-up. The next files are read while one is stored (``read_ahead``). A changed file
takes the place of its old self, which goes into its history. Vectors follow as work that resumes (``vector_work``): meanwhile
the words of the passages already answer.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row
from sqlalchemy.exc import IntegrityError

from cards.errors import PiaoError
from cards.masking import masked_reading
from cards.model import Card, Document, Notice, Reading
from settings import Settings
from store import documents, layouts, originals
from store.read_ahead import WINDOW, ReadAhead
from store.records import DocumentReport, Progress

if TYPE_CHECKING:
    from ingest.corrections import Corrections

log = logging.getLogger("piao.store")
Given = dict[str, Any]
_Transaction = Callable[[], Any]


class Ingestion:
    """One run over some paths. ``transaction`` opens a writing transaction of the archive."""

    def __init__(self, settings: Settings, transaction: _Transaction, given: Given, progress: Progress | None) -> None:
        self.settings, self.transaction, self.progress = settings, transaction, progress
        self.given = {key: value for key, value in given.items() if value is not None}
        self.ahead = ReadAhead(lambda path, known: read_file(path, settings, None, known))
        self.hashes: dict[Path, tuple[str, int]] = {}

    def run(self, paths: Iterable[Path | str]) -> Iterator[DocumentReport]:
        """A report for every file found, in order; what cannot be found is a report too."""
        files, failures = _files(paths)
        yield from failures
        begun = time.monotonic()
        try:
            for number, path in enumerate(files):
                self._tell(path.name, number, len(files), begun)
                self._begin(files[number : number + WINDOW])
                report = self._one(path)
                self.ahead.forget(path)
                self.hashes.pop(path, None)
                yield report
        finally:
            self.ahead.close()
        if files:
            self._tell(files[-1].name, len(files), len(files), begun)

    def _tell(self, name: str, done: int, total: int, begun: float) -> None:
        if self.progress:
            left = (time.monotonic() - begun) / done * (total - done) if done else None
            self.progress("lettura", name, done, total, left)

    def _begin(self, paths: list[Path]) -> None:
        """Begin to read those of the next files that the archive has not got."""
        for path in paths:
            if path in self.hashes:
                continue
            try:
                self.hashes[path] = _hash(path)
            except PiaoError:  # told when its turn comes
                continue
            with self.transaction() as connection:
                same = documents.by_sha(connection, self.hashes[path][0])
                known = layouts.corrections(connection)
            if not self._is_unchanged(same):
                self.ahead.begin(path, self.hashes[path][0], known)

    def _is_unchanged(self, same: Row[Any] | None) -> bool:
        return same is not None and all(same.given.get(key) == value for key, value in self.given.items())

    def _one(self, path: Path) -> DocumentReport:
        try:
            return self._attempt(path)
        except IntegrityError:  # another process stored the same file in the meantime
            return self._attempt(path)

    def _attempt(self, path: Path) -> DocumentReport:
        begun, sha256 = time.monotonic(), None
        try:
            sha256, size = self.hashes.get(path) or _hash(path)
            with self.transaction() as connection:
                same = documents.by_sha(connection, sha256)
            if same and self._is_unchanged(same):
                return _unchanged(path, same, time.monotonic() - begun)
            found, seconds = self._read(path, sha256)
            begun = time.monotonic() - seconds
            if found.document.sha256 not in (None, sha256):  # it changed on the disk since we looked
                sha256, size = _hash(path)
            with self.transaction() as connection:
                old = same or _old_self(connection, path, found)
            given = {**(old.given if old else {}), **self.given}  # what a person said holds for the corrected version too
            reading = storable(found, sha256, given)
            self._keep(path, sha256)
            with self.transaction() as connection:
                status, document_id = self._store(connection, path, size, reading, given)
        except PiaoError as error:
            return DocumentReport(str(path), sha256, "failed", seconds=time.monotonic() - begun, error=str(error))
        except RuntimeError as error:  # the reader's own bug (``ReaderBug``): the others go on, the log keeps the traceback
            log.exception("lettura di %s", path.name)
            problem = (f"{path.name}: errore del programma nella lettura ({type(error).__name__}), non del file. "
                       "Il resto è stato letto; segnala l'errore con il registro.")
            return DocumentReport(str(path), sha256, "failed", seconds=time.monotonic() - begun, error=problem)
        return DocumentReport(
            str(path), sha256, status, reading.document.entity, reading.document.year, len(reading.cards),
            len(reading.passages), time.monotonic() - begun, reading.warnings, document_id=document_id)

    def _read(self, path: Path, sha256: str) -> tuple[Reading, float]:
        with self.transaction() as connection:
            known = layouts.corrections(connection)
        return self.ahead.reading(path, sha256, known)

    def _keep(self, path: Path, sha256: str) -> None:
        """The file beside the archive, for the page a citation opens; without room for it the reading still counts."""
        try:
            originals.keep(self.settings.root, path, sha256)
        except OSError as error:
            log.warning("copia di %s non conservata: %s", path.name, error)

    def _store(
        self, connection: Connection, path: Path, size: int, reading: Reading, given: Given,
    ) -> tuple[Any, str]:
        """Store a reading as new or in the place of its old self."""
        place: dict[str, Any] = {"path": str(path.absolute()), "size": size, "given": given}
        sha256 = str(reading.document.sha256)
        old = documents.by_sha(connection, sha256) or _old_self(connection, path, reading)
        if old is None:
            return "new", documents.add(connection, reading, **place)
        if old.sha256 == sha256 and old.given == given:  # stored by another process while we read, or between the two looks
            return "unchanged", str(old.id)
        return "replaced", documents.replace(connection, old, reading, **place)


def read_file(path: Path, settings: Settings, name: str | None, corrections: Corrections) -> Reading:
    """A file as the archive keeps it: read apart, with the layouts' corrections, staff masked where the settings say so."""
    from ingest.limits import Limits
    from ingest.worker import read_safely

    reading = read_safely(path, Limits.from_settings(settings), name, corrections)
    return masked_reading(reading) if settings.mask_staff else reading


def _files(paths: Iterable[Path | str]) -> tuple[list[Path], list[DocumentReport]]:
    from ingest.files import find_files

    files: dict[Path, None] = {}
    failures = []
    for path in paths:
        try:
            files.update(dict.fromkeys(find_files([Path(path)])))
        except PiaoError as error:
            failures.append(DocumentReport(str(path), None, "failed", error=str(error)))
    return list(files), failures


def _hash(path: Path) -> tuple[str, int]:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
    except OSError as error:
        from cards.errors import UnreadableFile

        raise UnreadableFile(f"{path.name}: il file non si può leggere ({error.strerror}). Controlla che esista e i permessi.",
                             ) from error


def _unchanged(path: Path, same: Row[Any], seconds: float) -> DocumentReport:
    notes = () if same.name == path.name else (Notice(message=f"Stesso contenuto di «{same.name}», già nell'archivio."),)
    return DocumentReport(str(path), same.sha256, "unchanged", same.entity, same.year, same.cards, same.passages, seconds,
                          notes, document_id=same.id)


def _old_self(connection: Connection, path: Path, reading: Reading) -> Row[Any] | None:
    """The document that a file with other content replaces: the one from the same place, else of the same name.

    Files of the same name stay apart if the other is still where it was read, or is of another body or year
    ("2021/relazione.pdf" and "2022/relazione.pdf").
    """
    here = str(path.absolute())
    same_name = documents.by_name(connection, reading.document.name)
    for row in same_name:
        if row.path == here:
            return row
    for row in same_name:
        new = reading.document
        agree = all(a == b or a is None or b is None for a, b in ((row.entity, new.entity), (row.year, new.year)))
        if agree and not (row.path and Path(row.path).exists()):
            return row
    return None


def storable(reading: Reading, sha256: str, given: Given) -> Reading:
    """A reading ready for the database: its hash, the entity and year the person gave, ids once each, no NUL."""
    before = reading.document
    changes = {key: value for key, value in given.items() if getattr(before, key) != value}
    reading = Reading.model_validate(_plain(reading.to_json()))
    document = before.replace(sha256=sha256, **changes)
    cards = tuple(_unique(card.replace(**_changed(card, before, changes)) for card in reading.cards))
    passages = reading.passages
    if changes:
        old, new = (", ".join(str(x) for x in (d.entity, d.year) if x) for d in (before, document))
        passages = tuple(p.replace(context=_renamed(p.context, old, new)) for p in passages)
    return reading.replace(document=_plain_document(document), cards=cards, passages=passages)


def _changed(card: Card, before: Document, changes: Given) -> Given:
    """What of the person's word holds for a card: not over what the card itself says otherwise than the document."""
    return {key: value for key, value in changes.items() if getattr(card, key) in (None, getattr(before, key))}


def _plain_document(document: Any) -> Any:
    return type(document).model_validate(_plain(document.to_json()))


def _renamed(context: str, old: str, new: str) -> str:
    """A context that opens with the body and year as given ("Cremona, 2022 > …")."""
    rest = context.removeprefix(old).removeprefix(" > ") if old else context
    return f"{new} > {rest}" if rest else new


def _unique(cards: Iterable[Card]) -> Iterator[Card]:
    seen: Counter[str] = Counter()
    for number, card in enumerate(cards):
        name = card.id or f"card-{number}"
        seen[name] += 1
        yield card if seen[name] == 1 and card.id else card.replace(id=name if seen[name] == 1 else f"{name}-{seen[name]}")


def _plain(value: Any) -> Any:
    """JSON data whose texts any database takes: no NUL, no lone surrogates."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value
