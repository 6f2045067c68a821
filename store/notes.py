"""The archive's own notes (table ``meta``): its id, its generation, which embedding model its vectors are of."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from store import schema as t


def generation(connection: Connection) -> int:
    """How many times the passages have changed."""
    return int(get_meta(connection, "generation") or 0)


def raise_generation(connection: Connection, key: str = "generation") -> None:
    """Say that the passages (or, by ``key``, the vectors) have changed."""
    set_meta(connection, key, str(int(get_meta(connection, key, lock=True) or 0) + 1))


def get_meta(connection: Connection, key: str, lock: bool = False) -> str | None:
    """A value of the archive's own notes."""
    wanted = select(t.meta.c.value).where(t.meta.c.key == key)
    return connection.execute(wanted.with_for_update() if lock else wanted).scalar()


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Write a value of the archive's own notes."""
    done = connection.execute(update(t.meta).where(t.meta.c.key == key).values(value=value)).rowcount
    if not done:
        connection.execute(insert(t.meta).values(key=key, value=value))
