"""The figures of a whole plan: weights by unit, mandatory themes, measurable targets, history, last year beside this. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cards.model import GONE, Card, Document, Indicator, Reading
from scoring.check import check
from scoring.comparison import Comparison, compare
from scoring.facts import Evidence, Facts, live_indicators
from scoring.findings import CheckReport, Finding
from scoring.plan import whole_plan
from scoring.profiles import Profile
from scoring.registry import RULES
from scoring.rule import NotRun, Rule
from scoring.values import own_target, plain, typed, unset, weight

FEW = 3  # objectives under which a picture of the plan says nothing
NO_UNIT = "(settore da indicare)"
THEMES = ("NRM001", "NRM002", "NRM003", "NRM004", "NRM005", "NRM006", "NRM007")


@dataclass(frozen=True)
class Theme:
    """A theme that the law or a directive asks a plan to touch. ``state``: "covered", "weak" (there, but not enough), "missing"
    or "unknown"; ``why`` says what is wrong or why it cannot be told."""

    code: str
    title: str
    state: str
    why: str
    basis: str


@dataclass(frozen=True)
class UnitFacts:
    """A unit: its cards, the sum of their weights (None where one has none), indicators, those with a measurable target and
    those of which a past value is known."""

    name: str
    cards: int
    weight: Decimal | None
    without_weight: int
    indicators: int
    measurable: int
    with_history: int = 0


@dataclass(frozen=True)
class Overview:
    """A plan at a glance."""

    year: int
    cards: int
    units: tuple[UnitFacts, ...]
    themes: tuple[Theme, ...]
    weights: tuple[tuple[str, str, Decimal], ...]
    summary: dict[str, int]
    profile: str
    wanted: Decimal | None
    tolerance: Decimal
    before: Comparison | None = None

    @property
    def indicators(self) -> int:
        """All indicators."""
        return sum(one.indicators for one in self.units)

    @property
    def measurable(self) -> int:
        """Those with a measurable target."""
        return sum(one.measurable for one in self.units)

    @property
    def with_history(self) -> int:
        """Those of which a past value is known."""
        return sum(one.with_history for one in self.units)


def unit_of(card: Card) -> str:
    """The unit that answers for a card."""
    return card.unit or card.directorate or card.section or NO_UNIT


def in_plan_order(cards: Sequence[Card]) -> list[Card]:
    """By unit, then code or number, then title: the order of a printed plan."""
    return sorted(
        cards,
        key=lambda card: (
            unit_of(card) == NO_UNIT,
            unit_of(card).casefold(),
            card.code or card.number or "",
            (card.title or "").casefold(),
        ),
    )


def plan_reading(cards: Sequence[Card], name: str, year: int, document_type: str | None) -> Reading:
    """The cards as one plan for the rules."""
    entity = next((card.entity for card in cards if card.entity), None)
    return Reading(document=Document(name=name, year=year, entity=entity, document_type=document_type), cards=tuple(cards))


def live(cards: Sequence[Card]) -> list[Card]:
    """The cards that are still part of the plan."""
    return [card for card in cards if card.status not in GONE]


def is_measurable(card: Card, target: str | None) -> bool:
    """A number, a date, or a yes or no against which a result is true or false."""
    return bool(target) and not unset(target) and typed(target).measurable


def units(cards: Sequence[Card], series: Mapping[str, Mapping[str, str]] | None = None) -> list[UnitFacts]:
    """The facts of each unit, in the order of the cards. ``series``: past values that the archive knows, by plain name."""
    members: dict[str, list[Card]] = {}
    for card in live(cards):
        members.setdefault(unit_of(card), []).append(card)
    found = []
    for name, own in members.items():
        weights = [weight(card.weight) for card in own]
        known = [one for one in weights if one is not None]
        targets = [is_measurable(card, own_target(card, indicator)[1]) for card in own for _, indicator in live_indicators(card)]
        past = [has_history(indicator, series or {}) for card in own for _, indicator in live_indicators(card)]
        found.append(
            UnitFacts(
                name,
                len(own),
                sum(known, Decimal(0)) if known else None,
                len(weights) - len(known),
                len(targets),
                sum(targets),
                sum(past),
            )
        )
    return found


def has_history(indicator: Indicator, series: Mapping[str, Mapping[str, str]]) -> bool:
    """A baseline, a past value on the card, or one that the archive knows."""
    on_card = [indicator.baseline or "", *indicator.history.values()]
    return any(not unset(text) for text in on_card) or bool(series.get(plain(indicator.name)))


def themes(reading: Reading, profile: Profile, year: int, report: CheckReport | None = None) -> list[Theme]:
    """Each mandatory theme as the rules see it; a rule that says nothing of half a plan has not found the theme in it.

    ``report``: a check of the same reading already made, where nothing was accepted; else the rules are run here.
    """
    partial = _not_a_whole_plan(reading, profile, year)
    rules = [rule for rule in RULES if rule.code in THEMES]
    made = report or check(reading, profile, year=year, rules=rules)
    found = []
    for rule in rules:
        state, why = _state(rule, made, partial)
        found.append(Theme(rule.code, rule.title, state, why, "; ".join(basis.text() for basis in rule.basis)))
    return found


def _state(rule: Rule, report: CheckReport, partial: str) -> tuple[str, str]:
    own = [finding for finding in report.findings if finding.code == rule.code]
    if any(finding.card is None for finding in own):
        return "missing", rule.fix
    if own:
        return "weak", own[0].message
    why = next((skipped.why for skipped in report.not_run if skipped.code == rule.code), partial)
    return ("unknown", why[:1].upper() + why[1:]) if why else ("covered", "")


def _not_a_whole_plan(reading: Reading, profile: Profile, year: int) -> str:
    """Why these cards are not the whole plan that the duties are about; empty when they are."""
    try:
        whole_plan(Facts(reading, profile, year))
    except NotRun as reason:
        return str(reason)
    return ""


def by_card(report: CheckReport) -> tuple[dict[str, Counter[str]], list[Finding]]:
    """How many findings of each level a card has (by its id), and the findings about the plan as a whole."""
    counted: dict[str, Counter[str]] = {}
    whole = []
    for finding in report.findings:
        if finding.card_id is None:
            whole.append(finding)
        else:
            counted.setdefault(finding.card_id, Counter())[finding.level.value] += 1
    return counted, whole


def overview(
    reading: Reading,
    profile: Profile,
    year: int,
    report: CheckReport,
    evidence: Evidence | None = None,
    previous: Sequence[Card] = (),
) -> Overview:
    """The whole plan at a glance; ``previous`` are the cards of an earlier plan to compare with, if there is one."""
    cards = live(reading.cards)
    series = evidence.series if evidence else {}
    weights = tuple((unit_of(card), card.title or "Senza titolo", weight(card.weight) or Decimal(0)) for card in cards)
    return Overview(
        year,
        len(cards),
        tuple(units(cards, series)),
        tuple(themes(reading, profile, year, report)),
        weights,
        report.summary,
        profile.title,
        profile.weights.objectives_total,
        profile.weights.tolerance,
        compare(cards, previous) if previous else None,
    )


def overview_of(
    reading: Reading, profile: Profile, report: CheckReport, evidence: Evidence | None = None
) -> Overview | None:
    """The plan at a glance of a document that was checked; None where it holds too few objectives to be one.

    The year before is the one that the evidence knows, if any. A report of results owes the law none of a plan's themes.
    """
    cards = [card for card in live(reading.cards) if card.kind in ("objective", "service")]
    year = reading.document.year or max((card.year for card in cards if card.year), default=None)
    if len(cards) < FEW or year is None:
        return None
    previous = [card for card in (evidence.previous if evidence else ()) if card.year == year - 1]
    made = overview(reading.replace(cards=tuple(cards)), profile, year, report, evidence, previous)
    accounts = (reading.document.document_type or "").startswith("relazione")
    return replace(made, themes=()) if accounts else made
