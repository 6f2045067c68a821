"""Counts and comparisons over the whole archive, not over the first results: the figure, and the list behind it.

"Quanti obiettivi…", "chi ha superato l'80 %", "chi ha il valore più alto": the topic is what is left of the question, the body
and year are the search's own constraints. What cannot be compared is counted apart, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from cards.counted import indicators_counted
from prompts.answering_figures import Limit, limit_asked
from prompts.answering_outcomes import MISSED, asked_outcome, ended, partly, unknown
from prompts.answering_words import asks_for
from store.lexical_tokens import fold, terms
from store.library_values import Measure
from store.measures import Measured, said
from store.records import SeriesPoint
from store.search_values import SearchResult
from store.tally import CardLine
from store.vocabulary import load

T = TypeVar("T", str, int)
LISTED = 12  # lines of a list, the rest is counted
_COUNT = re.compile(r"\b(?:quant[ei]|numero (?:di|degli|delle)|conta(?:mi)?)\s+(?:sono\s+)?(?:gli\s+|le\s+|i\s+)?"
                    r"(?P<what>obiettiv[oi]|sched[ae]|indicator[ei])\b")
_WHO = re.compile(r"\b(?:chi|qual[ei]?|dove|in quale|quant[ei]|indicator[ei]|obiettiv[oi])\b")
_MOST = re.compile(r"\b(?:piu (?P<up>alt[oaie]|elevat[oaie])|(?P<most>maggior[ei]?)|massim[oi] valore|valore massimo"
                   r"|piu (?P<down>bass[oaie])|(?P<least>minor[ei]?)|valore minimo)\b")
_LIST = re.compile(r"\b(?:qual[ei]|elenc\w+|lista|tutt[ei]|dimmi|mostra(?:mi)?)\s+"
                   r"(?:(?:di|de[il]|degli|delle|gli|le|i|tutt[ei]|sono)\s+)*(?:obiettiv[oi]|sched[ae])\b"
                   r"|^\W*(?:gli |le )?(?:obiettivi|schede)\b")
_EVERY = re.compile(r"\b(?:elenc\w+|lista)\b|\btutt[ei] (?:gli|le|i)\b")
_DEGREE = re.compile(r"\braggiungiment\w+|\bgrado\b")
_VERSUS = re.compile(r"\b(?:(?P<up>super\w+|oltre|sopra|maggior[ei]|piu alt\w+|meglio)"
                     r"|(?:inferior[ei]|sotto|minor[ei]|piu bass\w+|peggio|meno|non \w+ raggiunto))\s+(?:\w+\s+){0,2}?"
                     r"(?:a|al|alla|alle|all'|il|i|l'|del|dell'|di|dei)?\s*(?:loro\s+|propri\w*\s+|valor[ei]\s+)*"
                     r"(?:attes\w+|target|previst\w+|previsione)\b")
_COMMAND = frozenset(terms(
    "quanti quante numero obiettivo obiettivi scheda schede indicatore indicatori chi quale quali dove valore valori alto "
    "alta elevato basso bassa maggiore minore massimo minimo risultato risultati raggiunto raggiunti raggiunta parzialmente "
    "superato supera superano superiore superiori inferiore inferiori sotto sopra oltre almeno meno conta comune comuni "
    "ente enti archivio anno totale mancati mancato eliminati eliminato cancellati tolti hanno sono ci percento percentuale "
    "abbiamo ottenuto avuto elenco elenca elencami lista tutti tutte dimmi mostra mostrami ancora conclusi concluso "
    "concluse terminati terminato completati finiti corso parte parzialmente centrati riusciti falliti grado raggiungimento "
    "atteso attesi attesa attese target previsto previsti previsione loro stati stato meglio peggio "))


class Whole(Protocol):
    """The doors of the archive that lists are made from."""

    def card_lines(self, entity: str | None = None, year: int | None = None, unit: str | None = None) -> Sequence[CardLine]: ...

    def indicators_about(self, topic: str, entity: str | None = None, year: int | None = None) -> Sequence[Measure]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what, of whom, and the place it is read at."""

    text: str
    document: str
    place: str
    card_id: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """What was computed: the sentence with the figure, and the rows behind it (the first of them)."""

    head: str
    rows: tuple[Row, ...]
    more: int = 0


def over_all(result: SearchResult, archive: Whole) -> Count | None:
    """The count or comparison that a question asks for; None when it asks for neither, or nothing can be computed."""
    asked = fold(result.query)
    entity, year = _asked(result, "entity", str), _asked(result, "year", int)
    topic = _topic(result)
    if asks_for(result.query) == "reasons":
        return None
    if match := _COUNT.search(asked):
        if match["what"].startswith("indicator"):
            limit = limit_asked(result.query)
            if limit:
                return _over(archive, limit, topic, entity, year, bool(_DEGREE.search(asked)))
            return _versus(archive, asked, topic, entity, year) or _all(archive, topic, entity, year)
        return _versus(archive, asked, topic, entity, year) or _cards(
            archive.card_lines(entity, year, result.filters.unit), asked, topic)
    if _LIST.search(asked) and (asked_outcome(asked) or _EVERY.search(asked)) and not limit_asked(result.query):
        listed = _cards(archive.card_lines(entity, year, result.filters.unit), asked, topic)
        return listed if listed and (listed.rows or asked_outcome(asked)) else None
    if not _WHO.search(asked):
        return None
    if limit := limit_asked(result.query):
        return _over(archive, limit, topic, entity, year, bool(_DEGREE.search(asked)))
    if (compared := _versus(archive, asked, topic, entity, year)) is not None:
        return compared
    if topic and (match := _MOST.search(asked)):
        return _extreme(archive.indicators_about(topic, entity, year), match["up"] is not None or match["most"] is not None
                        or "massim" in match[0])
    return None


def _asked(result: SearchResult, field: str, kind: type[T]) -> T | None:
    """The body or year asked for by the filters, else by the question when it names one alone."""
    named = [c.value for c in result.constraints if c.field == field]
    value = getattr(result.filters, field) or (named[0] if len(named) == 1 else None)
    return value if isinstance(value, kind) else None


def _topic(result: SearchResult) -> str:
    """The question without what commands (the count, the limit) and without the body and year that it names."""
    named = {term for c in result.constraints for term in terms(f"{c.words} {c.value}")}
    limit = limit_asked(result.query)
    spoken = fold(result.query).replace(limit.found, " ") if limit else result.query
    words = re.findall(r"[^\W_][\w'’.]*", spoken)
    return " ".join(w for w in words if (found := terms(w)) and not set(found) & (_COMMAND | named))


def _cards(lines: Sequence[CardLine], asked: str, topic: str) -> Count | None:
    speaks = _speaks(topic)
    about = [line for line in lines if line.kind in ("objective", "service") and speaks(line.about)]
    outcome = asked_outcome(asked)
    found = [line for line in about if outcome is None or outcome.fits(line)]
    if not about:
        return None
    told = (outcome.one, outcome.many) if outcome else ("", "")
    of = f"{len(found)} obiettivi{told[1]}" if len(found) != 1 else f"Un obiettivo{told[0]}"
    head = f"{of} su {len(about)} nell'archivio" if outcome else f"{of} nell'archivio"
    head += f", con le parole «{topic}»" if topic else ""
    silent = sum(map(unknown, about)) if outcome and outcome.declared else 0
    head += f" ({silent} senza un esito dichiarato nella scheda)" if silent else ""
    if outcome is MISSED and (some := [line for line in about if partly(line)]):
        head += f"; {len(some)} raggiunti in parte" if len(some) > 1 else "; uno raggiunto in parte"
        found = [*found, *some]
    rows = [Row(f"{line.title}{ended(line)} ({_who(line.entity, line.year)})", line.document, _where(line.page, line.line),
                line.id) for line in found]
    return _count(head, rows)


def _speaks(topic: str) -> Callable[[str], bool]:
    """Whether a text says (in any of the known ways) most of what the topic says."""
    concepts = [c for c in load().concepts(topic) if c.weight == 1]
    mass = sum(c.topic for c in concepts)

    def speaks(text: str) -> bool:
        held = set(terms(text))
        return sum(c.topic for c in concepts if any(held.issuperset(way) for way, _ in c.ways)) >= 0.75 * mass

    return speaks


def _all(archive: Whole, topic: str, entity: str | None, year: int | None) -> Count | None:
    measures = archive.indicators_about(topic, entity, year)
    rows = [Row(f"{m.name} ({_who(m.entity, m.points[-1].year)})", m.points[-1].document, _where(m.points[-1].page, None),
                m.points[-1].card_id) for m in measures]
    head = f"{indicators_counted(len(rows))} nell'archivio" + (f", con le parole «{topic}»" if topic else "")
    return _count(head, rows) if rows else None


def _over(
    archive: Whole, limit: Limit, topic: str, entity: str | None, year: int | None, degree: bool = False,
) -> Count | None:
    """Results beyond the limit; for a percentage where no result is one (or where ``degree`` is asked), the declared degrees."""
    if limit.unit != "%" or not degree:
        found = _beyond(archive.indicators_about(topic, entity, year), limit)
        if found is not None or limit.unit != "%":
            return found
    speaks = _speaks(topic)
    lines = [(line, name, got) for line in archive.card_lines(entity, year) for name, got in _declared(line)
             if speaks(f"{line.about} {name}")]
    if not lines:
        return None
    fits = [one for one in lines if (one[2] > limit.number if limit.above else one[2] < limit.number)]
    fits.sort(key=lambda one: -one[2] if limit.above else one[2])
    rows = [Row(f"{name or line.title}: raggiungimento {said(got, '%')} ({_who(line.entity, line.year)})", line.document,
                _where(line.page, line.line), line.id) for line, name, got in fits]
    one = "indicatore ha" if len(fits) == 1 else "indicatori hanno"
    if any(not name for _, name, _ in lines):
        one = f"{'obiettivo o' if len(fits) == 1 else 'obiettivi o'} {one}"
    return _count(f"{len(fits)} {one} un grado di raggiungimento {limit.words}, su {len(lines)} che lo dichiarano", rows)


def _declared(line: CardLine) -> Sequence[tuple[str, Decimal]]:
    """The degrees that a card declares: of its indicators, else its own."""
    return line.achieved or ((("", line.percent),) if line.percent is not None else ())


def _versus(archive: Whole, asked: str, topic: str, entity: str | None, year: int | None) -> Count | None:
    """The indicators whose last result is over (or under) its own expected value, where both are numbers in one unit."""
    match = _VERSUS.search(asked)
    if match is None or not re.search(r"\b(?:indicator|obiettiv|risultat|chi\b)", asked):
        return None
    known, fits = 0, []
    for measure in archive.indicators_about(topic, entity, year):
        for point in reversed(measure.points):
            got, wanted = measure.value(point, point.actual), measure.value(point, point.target)
            if got is not None and wanted is not None and got.unit == wanted.unit:
                known += 1
                if (got.number > wanted.number) if match["up"] else (got.number < wanted.number):
                    fits.append((measure, point, got))
                break
    way = "superiore" if match["up"] else "inferiore"
    one = "indicatore ha" if len(fits) == 1 else "indicatori hanno"
    head = f"{len(fits)} {one} un risultato {way} all'atteso, su {known} che si possono confrontare"
    return _listed(head, fits) if known else None


def _count(head: str, rows: Sequence[Row]) -> Count:
    return Count(head + (":" if rows else "."), tuple(rows[:LISTED]), max(0, len(rows) - LISTED))


def _beyond(measures: Sequence[Measure], limit: Limit) -> Count | None:
    """The indicators whose last result is beyond the limit, of those with a result in its unit."""
    last = list(_last(measures, limit.unit))
    if not last:
        return None
    fits = [one for one in last if (one[2].number > limit.number if limit.above else one[2].number < limit.number)]
    fits.sort(key=lambda one: -one[2].number if limit.above else one[2].number)
    one = "indicatore ha" if len(fits) == 1 else "indicatori hanno"
    kind = {"%": "in percentuale", None: "che è un numero"}.get(limit.unit, f"in {limit.unit}")
    head = f"{len(fits)} {one} un risultato {limit.words}, su {len(last)} con un risultato {kind}"
    return _listed(head, fits)


def _extreme(measures: Sequence[Measure], highest: bool) -> Count | None:
    """The results from the highest (or lowest) down, in the unit that most have."""
    by_unit: dict[str | None, list[tuple[Measure, SeriesPoint, Measured]]] = {}
    for measure in measures:
        for unit in {value.unit for value in measure.actuals().values()}:
            by_unit.setdefault(unit, []).extend(_last([measure], unit))
    if not by_unit:
        return None
    ranked = max(by_unit.values(), key=len)
    ranked.sort(key=lambda one: one[2].number, reverse=highest)
    measure, _, value = ranked[0]
    way = "più alto" if highest else "più basso"
    rest = sum(map(len, by_unit.values())) - len(ranked)
    apart = f" ({rest} in un'altra unità, non confrontati)" if rest else ""
    of = "l'unico che si può confrontare" if len(ranked) == 1 else f"su {len(ranked)} confrontati"
    head = f"Il risultato {way} è {value.said()}, {measure.entity or measure.name}, {of}{apart}"
    return _listed(head, ranked)


def _last(measures: Iterable[Measure], unit: str | None) -> Iterable[tuple[Measure, SeriesPoint, Measured]]:
    """Each indicator's last result in a unit."""
    for measure in measures:
        for point in reversed(measure.points):
            value = measure.value(point, point.actual)
            if value is not None and value.unit == unit:
                yield measure, point, value
                break


def _listed(head: str, found: Sequence[tuple[Measure, SeriesPoint, Measured]]) -> Count:
    rows = [Row(f"{m.name}: {p.actual}" + (f", atteso {p.target}" if p.target else "") + f" ({_who(m.entity, p.year)})",
                p.document, _where(p.page, None), p.card_id) for m, p, _ in found]
    return _count(head, rows)


def _who(entity: str | None, year: int | None) -> str:
    return ", ".join(str(x) for x in (entity, year) if x) or "ente non noto"


def _where(page: int | None, line: int | None) -> str:
    return f"p. {page}" if page else f"riga {line}" if line else ""
