"""The library of indicators: what measures the same thing across bodies and years, with every value and its place.

An indicator is a body's when its name is (by stems): the years come together by themselves. Across names and bodies likeness
only proposes; a person confirms or refuses, and that is kept (``indicator_links``). Refused pairs are not proposed again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from cards.errors import NotInArchive
from store import schema as t
from store.library_names import ALIKE, Names
from store.library_values import IndicatorView, Link, Measure, Proposal
from store.measures import measured
from store.records import SeriesPoint
from store.series import once

MOST, PROPOSED = 12, 30  # measures of a view, proposals of a list
MANY = 500  # names from which reading every value is quicker than asking for these


def measure_key(entity: str | None, folded: str) -> str:
    """The name of a body's indicator in links; it outlives documents and their replacements."""
    return hashlib.sha256(f"{entity or ''}\x1f{folded}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class _Known:
    """An indicator before its values are read."""

    key: str
    entity: str | None
    folded: str
    name: str


def indicator(connection: Connection, query: str, entity: str | None = None) -> IndicatorView:
    """The indicator that answers best (of the body, if given and it has one), those linked to it, those proposed."""
    known = _known(connection)
    names = Names({k.folded: k.name for k in known.values()})
    scores = names.answering(query)
    ranked = sorted((k for k in known.values() if k.folded in scores),
                    key=lambda k: (-(scores[k.folded] + (0.5 if entity and k.entity == entity else 0)), k.entity or "", k.name))
    return _view(connection, query, ranked[0], known, names, scores) if ranked else IndicatorView(query)


def about(connection: Connection, topic: str, entity: str | None = None, year: int | None = None) -> list[Measure]:
    """Every indicator of the archive (of the body, with a value in the year) that speaks of a topic, all without one."""
    known = _known(connection)
    scores = Names({k.folded: k.name for k in known.values()}).answering(topic) if topic.strip() else None
    chosen = [k for k in known.values() if (scores is None or k.folded in scores)
              and (entity is None or entity.casefold() in (k.entity or "").casefold())]
    points = _points(connection, chosen)
    kept = {k.key: tuple(p for p in points[k.key] if year is None or p.year == year) for k in chosen}
    made = [Measure(k.key, k.entity, k.name, kept[k.key], likeness=scores[k.folded] if scores else 1.0) for k in chosen]
    return sorted((m for m in made if m.points), key=lambda m: -m.likeness)


def by_key(connection: Connection, key: str) -> IndicatorView:
    """The view of an indicator by its key; ``NotInArchive`` when the archive no longer has it."""
    known = _known(connection)
    if key not in known:
        raise NotInArchive("L'indicatore non è più nell'archivio: il documento che lo conteneva è cambiato o è stato tolto.")
    names = Names({k.folded: k.name for k in known.values()})
    return _view(connection, known[key].name, known[key], known, names, {})


def _view(
    connection: Connection, query: str, first: _Known, known: Mapping[str, _Known], names: Names, scores: Mapping[str, float],
) -> IndicatorView:
    links = _links(connection)
    same = _joined(first.key, links) & known.keys()
    refused = {key for one in same for key, is_same in links.get(one, {}).items() if not is_same}
    like = {first.folded: 1.0, **names.close(first.folded)}
    near = {k.key: max(like.get(k.folded, 0.0), scores.get(k.folded, 0.0)) for k in known.values()
            if (k.folded in like or k.folded in scores) and k.key not in same | refused}
    chosen = [first, *(known[key] for key in sorted(same - {first.key})),
              *(known[key] for key in sorted(near, key=lambda key: (-near[key], known[key].entity or "")))][:MOST]
    points = _points(connection, chosen)
    measures: list[Measure] = []
    for k in chosen:
        link: Link = "found" if k is first else "confirmed" if k.key in same else "proposed"
        measure = Measure(k.key, k.entity, k.name, points[k.key], link, near.get(k.key, 1.0))
        if link != "proposed" or _comparable(measures[0], measure):
            measures.append(measure)
    shown = {m.key for m in measures}
    others = sorted((k for k in known.values() if k.folded in scores and k.key not in shown), key=lambda k: -scores[k.folded])
    return IndicatorView(query, tuple(measures), tuple(Measure(k.key, k.entity, k.name) for k in others[:MOST]))


def proposals(connection: Connection, most: int = PROPOSED) -> list[Proposal]:
    """Pairs that may measure the same thing and nobody has judged yet, the likest first; of two bodies or two names."""
    known = _known(connection)
    names = Names({k.folded: k.name for k in known.values()})
    links = _links(connection)
    found: list[tuple[float, _Known, _Known]] = []
    for one, other in _candidates(known.values(), names):
        if other.key in links.get(one.key, {}) or other.key in _joined(one.key, links):
            continue
        score = 1.0 if one.folded == other.folded else names.like(one.folded, other.folded)
        if score >= ALIKE:
            found.append((score, one, other))
    found.sort(key=lambda f: (-f[0], f[1].name, f[1].key, f[2].key))
    chosen = found[: 3 * most]
    points = _points(connection, [k for _, one, other in chosen for k in (one, other)])
    made = (Proposal(_measure(one, points), _measure(other, points), score) for score, one, other in chosen)
    return [p for p in made if _comparable(p.one, p.other)][:most]


def link(connection: Connection, one: str, other: str, same: bool | None, author: str | None = None) -> None:
    """Keep what a person said of two indicators (keys): the same measure, not the same, or (None) nothing any more."""
    known = _known(connection)
    for key in (one, other):
        if key not in known:
            raise NotInArchive("L'indicatore non è più nell'archivio: aggiorna la pagina e scegli di nuovo.")
    first, second = sorted((one, other))
    c = t.indicator_links.c
    connection.execute(delete(t.indicator_links).where(c.one == first, c.other == second))
    if same is not None:
        label = {key: f"{known[key].entity or '-'} · {known[key].name}" for key in (first, second)}
        connection.execute(insert(t.indicator_links).values(
            one=first, other=second, one_name=label[first], other_name=label[second], same=same, author=author, at=t.now()))


def _known(connection: Connection) -> dict[str, _Known]:
    v = t.indicator_values.c
    rows = connection.execute(select(v.entity, v.folded, v.name).distinct().order_by(v.entity, v.folded, v.name)).all()
    found = (_Known(measure_key(row.entity, row.folded), row.entity, row.folded, row.name) for row in rows if row.folded)
    return {k.key: k for k in found}


def _links(connection: Connection) -> dict[str, dict[str, bool]]:
    c = t.indicator_links.c
    held: dict[str, dict[str, bool]] = defaultdict(dict)
    for one, other, same in connection.execute(select(c.one, c.other, c.same)):
        held[one][other] = held[other][one] = same
    return held


def _joined(key: str, links: Mapping[str, Mapping[str, bool]]) -> set[str]:
    """The key and all that confirmed links reach from it."""
    reached, todo = {key}, [key]
    while todo:
        for other, same in links.get(todo.pop(), {}).items():
            if same and other not in reached:
                reached.add(other)
                todo.append(other)
    return reached


def _candidates(known: Iterable[_Known], names: Names) -> Iterable[tuple[_Known, _Known]]:
    """Pairs that share their rarest word: what has nothing rare in common is not alike."""
    by_stem: dict[str, list[_Known]] = defaultdict(list)
    for k in known:
        for stem in sorted(names.stems[k.folded], key=names.weight, reverse=True)[:2]:
            by_stem[stem].append(k)
    seen = set()
    for group in by_stem.values():
        for i, one in enumerate(group[:200]):
            for other in group[i + 1 : 200]:
                pair = frozenset((one.key, other.key))
                if one.key != other.key and pair not in seen:
                    seen.add(pair)
                    yield one, other


def _points(connection: Connection, chosen: Collection[_Known]) -> dict[str, tuple[SeriesPoint, ...]]:
    """The values of the indicators by key, in the order of periods; of equal ones the first, of a period the latest last."""
    v, d = t.indicator_values.c, t.documents.c
    wanted = select(t.indicator_values, d.name.label("document"), d.year.label("told")).join(t.documents, d.id == v.document_id)
    held: dict[str, list[SeriesPoint]] = defaultdict(list)
    wanted = wanted.order_by(d.year, d.ingested_at, v.period)
    folded = sorted({k.folded for k in chosen})
    for row in connection.execute(wanted if len(folded) > MANY else wanted.where(v.folded.in_(folded))):
        held[measure_key(row.entity, row.folded)].append(SeriesPoint(
            entity=row.entity, year=row.year, indicator=row.name, target=row.target, actual=row.actual, card_id=row.card_id,
            document=row.document, page=row.page, period=row.period, unit=row.unit, document_id=row.document_id))
    return {k.key: tuple(sorted(once(held[k.key]), key=lambda p: p.period)) for k in chosen}


def _measure(k: _Known, points: Mapping[str, tuple[SeriesPoint, ...]]) -> Measure:
    return Measure(k.key, k.entity, k.name, points[k.key])


def _comparable(one: Measure, other: Measure) -> bool:
    """Whether they can be the same: not in other units ("giorni" and "%"), not side by side in one document of one body."""
    if one.entity == other.entity and {p.document_id for p in one.points} & {p.document_id for p in other.points}:
        return False
    a, b = (_units(m) for m in (one, other))
    return not a or not b or bool(a & b) or None in a | b


def _units(measure: Measure) -> set[str | None]:
    values = (measured(text, p.unit, p.indicator) for p in measure.points for text in (p.target, p.actual))
    return {value.unit for value in values if value is not None}


