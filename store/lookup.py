"""From what a person names (a file, a draft, a card of the archive) to the ``Reading`` that the checker and exports take."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from cards.errors import ArchiveError, LimitExceeded, NotInArchive, UnreadableFile
from cards.model import Card, Document, Reading
from cards.plain_data import json_of
from settings import Settings

if TYPE_CHECKING:
    from ingest.corrections import Corrections
    from store.archive import Archive

    Opener = Callable[[Settings], AbstractContextManager[Archive]]


def look_up(target: str, settings: Settings, opened: Opener | None = None) -> Reading:
    """A file's reading; else the draft or card with that id, from the archive as ``opened`` hands it (or the archive itself).

    ``UnreadableFile`` or ``NotInArchive`` with the remedy.
    """
    if is_file(target):
        return read_file(Path(target).expanduser(), settings)
    from store.archive import Archive

    with (opened or Archive.open)(settings) as archive:
        for find in (lambda: archive.draft(target).card, lambda: archive.card(target)):
            try:
                return reading_of([find()], target)
            except NotInArchive:
                continue
    raise NotInArchive(f"«{target}»: non è un file, né una bozza o una scheda dell'archivio. Vedi «piao cards».")


def is_file(target: str) -> bool:
    """Whether what a person names is a file, there or not, rather than something of the archive."""
    path = Path(target).expanduser()
    return path.exists() or bool(path.suffix) or "/" in target


def read_file(path: Path, settings: Settings) -> Reading:
    """Any readable file; cards in the contract's JSON (one card, a list, or one a line) are taken as they are."""
    if path.suffix.lower() in {".json", ".jsonl"} and path.is_file():
        return reading_of(cards_of(path, settings.max_file_mb), path.name)
    from ingest.limits import Limits
    from ingest.worker import read_safely

    return read_safely(path, Limits.from_settings(settings), corrections=corrections_at(settings))


def corrections_at(settings: Settings) -> Corrections:
    """The layouts' corrections of the archive there is; a file is read without any where there is none or it cannot be opened."""
    if settings.database_url is None and not (settings.root / "archivio.sqlite").exists():
        return {}
    from store.archive import Archive

    try:
        with Archive.open(settings) as archive:
            return {one.fingerprint: one.fields for one in archive.corrections()}
    except ArchiveError:
        return {}


def reading_of(cards: Sequence[Card], name: str) -> Reading:
    """Cards without a document around them."""
    first = cards[0] if cards else Card()
    document = Document(name=name, format="json", entity=first.entity, year=first.year, document_type=first.document_type)
    return Reading(document=document, cards=tuple(cards))


def cards_of(path: Path, most_mb: int = 100) -> list[Card]:
    """Cards of a .json or .jsonl file by the card contract."""
    if path.stat().st_size > most_mb * 2**20:
        raise LimitExceeded(f"{path.name}: supera {most_mb} MB (PIAO_MAX_FILE_MB). Dividi il file o alza il limite.")
    try:
        text = path.read_text(encoding="utf-8")
        data = _parse(text)
        return [Card.model_validate(item) for item in data]
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        remedy = "Salva di nuovo le schede con «piao cards --json»."
        raise UnreadableFile(f"{path.name}: non è JSON valido ({error}). {remedy}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "scheda"
        raise UnreadableFile(f"{path.name}: il campo «{field}» non segue il formato delle schede ({first['msg']}).") from error


def _parse(text: str) -> list[object]:
    try:
        data = json_of(text)
    except json.JSONDecodeError:
        data = [json_of(line) for line in text.splitlines() if line.strip()]
    return data if isinstance(data, list) else [data]
