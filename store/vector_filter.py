"""The nearest among filtered passages. A filter inside Chroma's graph costs seconds in a large archive: few passages are
compared one by one; of many, more neighbours than asked for are taken without the filter, then those that pass it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, func, select

from store import schema as t
from store.embedding import Floats
from store.passages_table import CHUNK

if TYPE_CHECKING:
    from store.vectors import VectorStore

MOST, WIDE = 10_000, 10_000  # passages up to which each is compared; neighbours taken at most
Near = list[tuple[str, float]]


def filtered(
    connection: Connection, store: VectorStore, vector: Floats, n: int, where: Mapping[str, Any], generation: int,
) -> Near | None:
    """What ``VectorStore.query`` gives; None where it must be asked itself."""
    p = t.passages.c
    tests = [p[key].in_(value) if isinstance(value, (list, tuple, set, frozenset)) else p[key] == value
             for key, value in where.items() if value is not None]
    left = connection.execute(select(func.count()).where(*tests)).scalar_one() if tests else 0
    if not tests or left <= MOST:
        return _compared(connection, store.model, vector, n, tests) if tests else None
    every = connection.execute(select(func.count()).select_from(t.passages)).scalar_one()
    near = store.query(vector, min(WIDE, n * -(-every // left)), None, generation)
    passing: set[str] = set()
    for start in range(0, len(near), CHUNK):
        some = [i for i, _ in near[start : start + CHUNK]]
        passing.update(connection.execute(select(p.id).where(p.id.in_(some), *tests)).scalars())
    found = [(i, similarity) for i, similarity in near if i in passing][:n]
    return found if len(found) * 10 >= n else None


def _compared(connection: Connection, model: str, vector: Floats, n: int, tests: list[ColumnElement[bool]]) -> Near:
    p, e, c = t.passages.c, t.embedded.c, t.vector_cache.c
    done = t.passages.join(t.embedded, (e.passage_id == p.id) & (e.content_hash == p.content_hash))
    both = done.join(t.vector_cache, (c.content_hash == p.content_hash) & (c.model == model))
    rows = connection.execute(select(p.id, c.vector).select_from(both).where(*tests)).all()
    if not rows:
        return []
    vectors = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(len(rows), -1)
    near = vectors @ (vector / max(float(np.linalg.norm(vector)), 1e-12))
    best = np.argsort(-near, kind="stable")[:n]
    return [(rows[i][0], float(near[i])) for i in best.tolist()]
