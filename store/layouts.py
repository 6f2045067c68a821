"""The column mappings that people corrected, by layout: kept, used at every reading, forgotten on request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select

from cards.errors import NotInArchive, PiaoError
from store import schema as t

if TYPE_CHECKING:
    from ingest.corrections import Corrections


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of a layout. ``headers`` as they were written, ``fields`` bare header -> field ("" for none)."""

    fingerprint: str
    headers: tuple[str, ...]
    fields: dict[str, str]
    author: str | None
    at: str


def all_corrections(connection: Connection) -> list[Correction]:
    """Every correction, the latest first."""
    c = t.layout_corrections.c
    rows = connection.execute(select(c.fingerprint, c.headers, c.fields, c.author, c.at).order_by(c.at.desc()))
    return [Correction(row.fingerprint, tuple(row.headers), dict(row.fields), row.author, row.at) for row in rows]


def corrections(connection: Connection) -> Corrections:
    """The corrections as the readers take them."""
    return {one.fingerprint: one.fields for one in all_corrections(connection)}


def correct(
    connection: Connection, fingerprint: str, headers: Sequence[str], fields: Mapping[str, str], author: str | None = None
) -> None:
    """Remember how a layout is read, in the place of what was said before; a field that does not exist is refused."""
    from ingest.generic.synonyms import FIELDS

    unknown = sorted({field for field in fields.values() if field and field not in FIELDS})
    if unknown:
        raise PiaoError(f"Il campo «{unknown[0]}» non esiste: scegli tra {', '.join(sorted(FIELDS))}.")
    forget(connection, fingerprint, missing=True)
    connection.execute(insert(t.layout_corrections).values(
        fingerprint=fingerprint, headers=list(headers), fields=dict(fields), author=author, at=t.now()))


def forget(connection: Connection, fingerprint: str, missing: bool = False) -> None:
    """Back to what the headers say by themselves; ``NotInArchive`` where nothing was said, unless ``missing`` is all right."""
    gone = connection.execute(delete(t.layout_corrections).where(t.layout_corrections.c.fingerprint == fingerprint)).rowcount
    if not gone and not missing:
        raise NotInArchive(f"«{fingerprint}»: nessuna correzione con questa impronta. Vedi «piao mapping list».")
