"""The archive's door for the checker: what it knows of the same body beside the document in hand."""

from __future__ import annotations

from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from cards.model import Reading
from scoring.evidence import gather
from scoring.facts import Evidence
from settings import Settings
from store.archive import Archive

_KEPT = 16
_guard = Lock()
_memory: WeakKeyDictionary[Archive, dict[tuple[object, ...], Evidence]] = WeakKeyDictionary()


def evidence_for(archive: Archive, reading: Reading, today: date | None = None) -> Evidence:
    """The evidence of the archive about a reading; remembered until the archive changes. The body is the reading's, else ours.

    Safe between threads; a reading without a body, where none is configured, is judged by itself.
    """
    settings, document = archive.settings, reading.document
    entity, when = document.entity or settings.entity, today or date.today()
    ids = tuple(card.id for card in reading.cards[:3])
    key = (archive.generation, entity, document.name, document.sha256, document.year, ids, len(reading.cards), when)
    with _guard:
        kept = _memory.setdefault(archive, {})
        if key in kept:
            return kept[key]
    found = gather(archive.cards(entity=entity) if entity else (), reading, when)
    with _guard:
        while len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = found
    return found


def evidence_at(settings: Settings, reading: Reading, today: date | None = None) -> Evidence:
    """The same for a command: an archive that nobody has made yet is not made for this."""
    if settings.database_url is None and not (settings.root / "archivio.sqlite").is_file():
        return gather((), reading, today or date.today())
    with Archive.open(settings) as archive:
        return evidence_for(archive, reading, today)
