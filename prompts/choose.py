"""Which indicators a draft carries: those of law, then the precedents' own with a target that data support, then process ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cards.model import GONE, Card, Indicator, IndicatorKind
from cards.quantities import comparator_direction, is_unset, read_target
from prompts.adapt import Adapted, adapt
from prompts.borrowed import names_a_project
from prompts.library import Pattern, PatternIndicator, pattern
from prompts.need import Need
from prompts.relative import AGAINST, as_share, borrowed
from prompts.targets import Proposal, direction, first_year, propose
from prompts.words import coverage, folded, likeness, shared

FROM_PRECEDENTS = 4
TOTAL = 6
FEW = 2
SAME_NAME = 0.6


@dataclass(frozen=True, slots=True)
class FromPrecedent:
    """An indicator of a precedent: where it stands, its series (values, targets) and the targets proposed by year; ``relative``
    where they compare with our own year before."""

    card: Card
    index: int
    values: dict[str, str]
    targets: dict[str, str]
    proposals: dict[str, Proposal]
    same_body: bool
    homes: dict[str, tuple[Card, str]] = field(default_factory=dict)
    relative: bool = False

    @property
    def indicator(self) -> Indicator:
        """The indicator as the precedent has it."""
        return self.card.indicators[self.index]


@dataclass(frozen=True, slots=True)
class FromPattern:
    """An indicator of our library."""

    key: str
    indicator: PatternIndicator


Chosen = FromPrecedent | FromPattern
Homes = dict[str, tuple[Card, str]]
_NORM = re.compile(r"\b(?:Regolamento|Reg\.|Direttiva)\s+\(?(?:UE|CE)|\bD\.\s?Lgs|\bL\.\s?\d|\bLegge\s+\d", re.I)
_CONTEXT = re.compile(r"\b(?:dat[oi]|indic[ei]|indicator[ei])\s+di\s+contesto\b", re.I)  # told, not aimed at
_TYPE_OF_BODY = re.compile(
    r"^(?:il |la )?(?:comune|citta|unione(?: lombarda)?(?: dei comuni)?|provincia)\s+(?:di|delle|dei|della|del)\s+"
)


def choose(
    need: Need,
    theme: Pattern | None,
    precedents: Sequence[Card],
    entity: str | None,
    years: Sequence[int],
) -> list[Chosen]:
    """At most six indicators, of two kinds at least; an indicator whose target cannot be proposed stays out."""
    chosen: list[Chosen] = []
    if theme:
        chosen += [FromPattern(theme.key, i) for i in theme.indicators if i.years[0] <= need.year <= i.years[1]]
    room = min(FROM_PRECEDENTS, TOTAL - 1 - len(chosen))
    for candidate in ranked(need, precedents, entity, years):
        if room <= 0:
            break
        if not any(likeness(name_of(c), candidate.indicator.name or "") >= SAME_NAME for c in chosen):
            chosen.append(candidate)
            room -= 1
    return chosen + _process(chosen)


def ranked(need: Need, precedents: Sequence[Card], entity: str | None, years: Sequence[int]) -> list[FromPrecedent]:
    """The precedents' indicators that have a proposal for the first year, the nearest to the need's words first; a later year
    without one is left to be written."""
    found = []
    for card in precedents:
        for index, indicator in enumerate(card.indicators):
            if not indicator.name or len(indicator.name.strip()) < 4 or indicator.status in GONE:
                continue
            if _CONTEXT.search(indicator.name):
                continue
            candidate = from_pick(card, index, precedents, entity, years)
            if not candidate.same_body and names_a_project(indicator.name):
                continue
            if str(years[0]) in candidate.proposals:
                found.append(candidate)
    fit = [f for f in found if f.same_body or not _of_another_norm(f.indicator.name or "", need)] or found[:1]
    found = [f for f in fit if not f.relative] or fit[:FEW]  # another body's counts only where there is nothing else
    near = [coverage(need.title, f.indicator.name or "") for f in found]
    order = sorted(range(len(found)), key=lambda i: (-near[i], not found[i].values, i))
    return [found[i] for i in order]


def _of_another_norm(name: str, need: Need) -> bool:
    """Whether an indicator checks a norm that the need does not speak of."""
    return bool(_NORM.search(name)) and not shared(need.title, name)


def from_pick(card: Card, index: int, precedents: Sequence[Card], entity: str | None, years: Sequence[int]) -> FromPrecedent:
    """One indicator of a precedent with the targets that its series supports; a year without data has no proposal."""
    indicator = card.indicators[index]
    values, targets, homes = gathered(card, indicator, precedents)
    found = {str(y): propose(indicator.name or "", values, targets, years[0], n) for n, y in enumerate(years)}
    ours = bool(entity) and same_entity(card.entity, entity)
    proposals = {year: as_share(indicator, proposal) for year, proposal in found.items() if proposal}
    relative = False
    if not ours and proposals:
        proposals, relative = borrowed(indicator, card.entity or "altro ente", {**targets, **values}, proposals)
    return FromPrecedent(card, index, values, targets, proposals, ours, homes, relative)


def gathered(
    card: Card,
    indicator: Indicator,
    precedents: Sequence[Card],
) -> tuple[dict[str, str], dict[str, str], Homes]:
    """The series of one indicator over all precedents of the same body: values, targets, and where each value stands."""
    values: dict[str, str] = {}
    targets: dict[str, str] = {}
    homes: Homes = {}
    name = folded(indicator.name or "")
    for other in sorted(precedents, key=lambda c: (c is card, c.year or 0)):
        if other is not card and not same_entity(other.entity, card.entity):
            continue
        for index, twin in enumerate(other.indicators):
            if (twin is not indicator) and (other is card or folded(twin.name or "") != name):
                continue
            for part in ("history", "actuals"):
                for year, text in getattr(twin, part).items():
                    if not is_unset(text):
                        values[year] = text
                        homes[year] = (other, f"indicators[{index}].{part}.{year}")
            targets |= {y: t for y, t in twin.targets.items() if not is_unset(t)}
    return values, targets, homes


def same_entity(a: str | None, b: str | None) -> bool:
    """Whether two names are the same body ("Comune di Cremona" and "Cremona")."""
    left, right = _bare(a), _bare(b)
    return bool(left) and left == right


def _bare(name: str | None) -> str:
    return _TYPE_OF_BODY.sub("", folded(name or "").strip())


def _process(chosen: Sequence[Chosen]) -> list[Chosen]:
    """The calendar indicator always; the half-yearly report and the final delay where one kind or one known direction remains."""
    generic = pattern("generico")
    calendar, reports, delay = (FromPattern(generic.key, i) for i in generic.indicators)
    extra: list[Chosen] = []
    if not any("fasi" in folded(name_of(c)) and direction(name_of(c), {}) == "higher" for c in chosen):
        extra.append(calendar)
    for more in (reports, delay):
        found = [*chosen, *extra]
        if len({kind_of(c) for c in found}) < 2 or sum(map(directed, found)) < 2:
            extra.append(more)
    return extra


def directed(chosen: Chosen) -> bool:
    """Whether its target says which side is the better one ("≥ 15"; "15" alone does not)."""
    if isinstance(chosen, FromPattern):
        return comparator_direction(read_target(chosen.indicator.target.replace("{year}", "2026"))) is not None
    return all(comparator_direction(read_target(p.text)) is not None for p in chosen.proposals.values())


def name_of(chosen: Chosen) -> str:
    """The indicator's name as its source has it."""
    return chosen.indicator.name or ""


def kind_of(chosen: Chosen) -> IndicatorKind:
    """Its kind as declared, else from its words."""
    return chosen.indicator.kind or guess_kind(chosen.indicator.name or "", chosen.indicator.unit)


def guess_kind(name: str, unit: str | None) -> IndicatorKind:
    """quantita, tempo, costo or qualita from the words of the name.

    >>> guess_kind("Tempo medio di attesa", None), guess_kind("% gradimento del servizio", "%")
    ('tempo', 'qualita')
    """
    words = folded(name)
    if re.search(r"gradiment|soddisfazion|qualita|reclam|valutazione risposte|customer", words):
        return "qualita"
    if re.search(r"\btemp[oi]\b|\bdurata|ritard|\bentro\b|giorni|scadenz|\bdata\b|rispetto (?:delle )?fasi", words):
        return "tempo"
    if re.search(r"\bcost[oi]\b|\bspes[ae]\b|risparmi", words) or "€" in (unit or ""):
        return "costo"
    return "quantita"


def new_name(chosen: FromPrecedent, need: Need) -> Adapted:
    """The indicator's name for the new year and what was changed."""
    done = adapt(chosen.indicator.name or "", chosen.card.year, need.year, chosen.same_body, need.span[1].year)
    return replace(done, text=done.text.rstrip(" .;") + AGAINST) if chosen.relative and chosen.proposals else done


def years_sorted(values: dict[str, str], before: int, last: int = 3) -> list[str]:
    """The last ``last`` period keys before a year, oldest first."""
    keys = [k for k in values if (first_year(k) or before) < before]
    return sorted(keys, key=lambda k: (first_year(k) or 0, k))[-last:]
