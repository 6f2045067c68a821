"""Precedents for a question: the right passage with its document and page, or the word that there is none."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from cards.errors import ArchiveError
from cards.model import Card
from store import schema as t
from store import vocabulary
from store.constraints import asks_others, strangers, understand, without_others
from store.lexical_tokens import fold, terms
from store.lexical_typos import nearest
from store.passages_table import stored_passages
from store.records import Progress, StoredPassage
from store.search_abstain import THRESHOLD, confidence, features
from store.search_index import FILE, Embedder, IndexCache, SearchIndex, Vectors, usable
from store.search_notes import with_noted
from store.search_rank import Scores, Weights, allowed_by, rank
from store.search_values import Constraint, Filters, Hit, SearchResult
from store.search_windows import Window, spread_out, windows

if TYPE_CHECKING:
    from store.archive import Archive

__all__ = ["Constraint", "Filters", "Hit", "SearchResult", "search", "search_index"]

LONGEST, NEAREST = 1000, 3  # characters of a question that are read, nearest things shown when there is no precedent
ALWAYS, SEEN = 3, 5  # results shown whatever their score, results looked at first
NEAR, NEARER = 0.4, 0.26  # how far below the best score the further ones may be: measured on the development questions
log = logging.getLogger(__name__)
_CACHE = IndexCache()


def index_of(archive: Archive, progress: Progress | None = None, afresh: bool = False) -> SearchIndex:
    """The index of words as the archive is now, made or brought forward in this process and (where that is worth it) in the
    archive's folder, in one step. ``afresh``: made from the texts, whatever there is; ``progress`` hears how far it is.
    """
    root = Path(archive.settings.root)
    return _CACHE.get(str(root), archive.generation, _Passages(archive), root / FILE, progress, afresh)


def index_prepared(archive: Archive) -> bool:
    """Whether a question would find an index to begin from, in this process or in the archive's folder."""
    root = Path(archive.settings.root)
    return _CACHE.holds(str(root)) or usable(root / FILE)


def search(
    archive: Archive, query: str, k: int = 10, filters: Filters | None = None, progress: Progress | None = None,
) -> SearchResult:
    """The best ``k`` precedents of the archive for a question of any length and form; ``progress`` hears an index being made.

    Vectors that cannot be used (another model, still to be made) leave the search to the words alone.
    """
    filters = filters or Filters()
    index = index_of(archive, progress)
    try:
        result = search_index(query, index, archive.embedder, archive.vectors, k, filters, own=archive.settings.entity)
    except ArchiveError as error:
        log.warning("ricerca senza vettori: %s", error)
        result = search_index(query, index, None, None, k, filters, own=archive.settings.entity)
    result = with_noted(archive, result)
    return result.with_cards(_cards(archive, (*result.hits, *result.nearest)))


def search_index(
    query: str, index: SearchIndex, embedder: Embedder | None, vectors: Vectors | None, k: int = 10,
    filters: Filters = Filters(), weights: Weights = Weights(), own: str | None = None,  # noqa: B008 - frozen values
) -> SearchResult:
    """The search itself over an index: no archive, no disk. ``own`` is the body that asks how the others do."""
    question = " ".join(query[:LONGEST].split())
    constraints = understand(question, index.entities, index.years, own) if filters.understood else ()
    constraints = tuple(c for c in constraints if getattr(filters, c.field) is None and c.field not in filters.aside)
    allowed = allowed_by(index, filters, constraints)
    base = SearchResult(query, filters=filters, constraints=constraints, searched=int(allowed.sum()),
                        documents=len(index.columns["document_id"].held(allowed)))
    if not allowed.any() or not any(c.isalnum() for c in question):
        return _abstained(base, (), 0.0, ())
    others = bool(asks_others(question))
    spoken = without_others(question) if others else question
    scores = rank(spoken, index, vocabulary.load(), allowed, constraints, embedder, vectors, _where(index, allowed), weights)
    found = windows(index.passages, scores.total, 3 * k if others else k)
    if others:
        found = spread_out(found, index.passages, k)
    hits = tuple(_hit(n, window, index, scores) for n, window in enumerate(_related(found), 1))
    sure = confidence(features(scores, found[0].found))
    away = strangers(spoken, partial(_known, index))
    if sure < THRESHOLD or away:
        unknown = tuple(dict.fromkeys((*away, *(w for w in scores.unknown if not any(w in fold(name) for name in away)))))
        return _abstained(base, hits[:NEAREST], min(sure, 1 - sure) if away else sure, unknown, scores.dense)
    return SearchResult(query, hits, False, (), constraints, filters, base.searched, base.documents, scores.unknown,
                        sure, scores.dense, scores.worth)


def _known(index: SearchIndex, word: str) -> bool:
    """Whether the archive uses a word, or one spelt nearly like it."""
    lexical = index.lexical
    return all(lexical.holds(term) for term in terms(word)) or bool(nearest(fold(word), lexical.postings.spellings))


def _related(found: list[Window]) -> list[Window]:
    """Without the tail that only fills the page: the first few always, then what is near the best, then nearly as good."""
    best = max((window.score for window in found), default=0.0)
    apart = [best - window.score for window in found]
    return [w for n, (w, gap) in enumerate(zip(found, apart, strict=True)) if n < ALWAYS or gap <= (NEAR if n < SEEN else NEARER)]


def _abstained(
    base: SearchResult, nearest: tuple[Hit, ...], sure: float, unknown: tuple[str, ...], dense: bool = True
) -> SearchResult:
    return SearchResult(base.query, (), True, nearest, base.constraints, base.filters, base.searched, base.documents,
                        unknown, sure, dense)


def _where(index: SearchIndex, allowed: np.ndarray) -> dict[str, object] | None:
    """The filter for the vectors: the bodies and years that are left, when not all are."""
    if allowed.all():
        return None
    where: dict[str, object] = {}
    for name, everything in (("entity", index.entities), ("year", index.years)):
        values = index.columns[name].held(allowed)
        if None not in values and len(values) < len(everything):
            where[name] = sorted(values, key=str)
    return where or None


def _hit(number: int, window: Window, index: SearchIndex, scores: Scores) -> Hit:
    passages = index.passages
    me = passages[window.found]
    shown = [passages[i] for i in window.shown]
    lines = [line for p in shown for line in p.lines]
    return Hit(
        rank=number, score=window.score, text=window.text(passages), card_id=me.card_id, title=_title(me), entity=me.entity,
        year=me.year, document=me.document, page=me.page, lines=(min(lines), max(lines)) if lines else (), kind=me.kind,
        unit=me.unit, document_id=me.document_id, context=me.context, found=me.text, passages=tuple(p.id for p in shown),
        also_in=tuple(dict.fromkeys(passages[i].document for i in window.copies)),
    )


def _title(passage: object) -> str | None:
    """Where the passage stands, in one name: the last heading of its context."""
    context = str(getattr(passage, "context", ""))
    names = [part for part in context.split(" > ")[1:] if " / " not in part and len(part) <= 200]
    return names[-1] if names else None


def _cards(archive: Archive, hits: Sequence[Hit]) -> dict[str, Card]:
    """The cards of the hits that are still there, by id; of two copies the latest read."""
    wanted = {h.card_id for h in hits if h.card_id}
    chosen = select(t.cards.c.id, t.cards.c.card).join(t.documents).where(t.cards.c.id.in_(wanted))
    with archive.connection() as connection:
        rows = connection.execute(chosen.order_by(t.documents.c.ingested_at)).all()
    return {row.id: Card.model_validate(row.card) for row in {row.id: row for row in rows}.values()}


class _Passages:
    """The archive as the index reads it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def prints(self) -> dict[str, object]:
        """What changes with a document's passages."""
        c = t.documents.c
        with self._archive.connection() as connection:
            rows = connection.execute(select(c.id, c.name, c.sha256, c.version, c.ingested_at)).all()
        return {row[0]: tuple(row[1:]) for row in rows}

    def passages(self, documents: Collection[str] | None) -> Iterator[StoredPassage]:
        """The passages of these documents, of all without."""
        with self._archive.connection() as connection:
            yield from stored_passages(connection, documents=documents)
