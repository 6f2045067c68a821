"""The figures of a whole plan for *Piano*: weights by unit, mandatory themes, measurable targets, findings of each card. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cards.model import Card, Document, Reading
from scoring.check import check
from scoring.facts import Facts, live_indicators
from scoring.findings import CheckReport, Finding
from scoring.plan import whole_plan
from scoring.profiles import Profile
from scoring.registry import RULES
from scoring.rule import NotRun, Rule
from scoring.values import own_target, typed, unset, weight

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
    """A unit: its cards, the sum of their weights (None where one has none), indicators and those with a measurable target."""

    name: str
    cards: int
    weight: Decimal | None
    without_weight: int
    indicators: int
    measurable: int


def unit_of(card: Card) -> str:
    """The unit that answers for a card."""
    return card.unit or card.directorate or card.section or NO_UNIT


def in_plan_order(cards: Sequence[Card]) -> list[Card]:
    """By unit, then code or number, then title: the order of a printed plan."""
    return sorted(cards, key=lambda card: (unit_of(card) == NO_UNIT, unit_of(card).casefold(), card.code or card.number or "",
                                           (card.title or "").casefold()))


def plan_reading(cards: Sequence[Card], name: str, year: int, document_type: str | None) -> Reading:
    """The cards as one plan for the rules."""
    entity = next((card.entity for card in cards if card.entity), None)
    return Reading(document=Document(name=name, year=year, entity=entity, document_type=document_type), cards=tuple(cards))


def live(cards: Sequence[Card]) -> list[Card]:
    """The cards that are still part of the plan."""
    return [card for card in cards if card.status not in ("eliminated", "replaced")]


def is_measurable(card: Card, target: str | None) -> bool:
    """A number, a date, or a yes or no against which a result is true or false."""
    return bool(target) and not unset(target) and typed(target).measurable


def units(cards: Sequence[Card]) -> list[UnitFacts]:
    """The facts of each unit, in the order of the cards."""
    members: dict[str, list[Card]] = {}
    for card in live(cards):
        members.setdefault(unit_of(card), []).append(card)
    found = []
    for name, own in members.items():
        weights = [weight(card.weight) for card in own]
        known = [one for one in weights if one is not None]
        targets = [is_measurable(card, own_target(card, indicator)[1]) for card in own for _, indicator in live_indicators(card)]
        found.append(UnitFacts(name, len(own), sum(known, Decimal(0)) if known else None, len(weights) - len(known),
                               len(targets), sum(targets)))
    return found


def themes(reading: Reading, profile: Profile, year: int) -> list[Theme]:
    """Each mandatory theme as the rules see it; a rule that says nothing of half a plan has not found the theme in it."""
    partial = _not_a_whole_plan(reading, profile, year)
    found = []
    for rule in (rule for rule in RULES if rule.code in THEMES):
        state, why = _state(rule, check(reading, profile, year=year, rules=[rule]), partial)
        found.append(Theme(rule.code, rule.title, state, why, "; ".join(basis.text() for basis in rule.basis)))
    return found


def _state(rule: Rule, report: CheckReport, partial: str) -> tuple[str, str]:
    missing = [finding for finding in report.findings if finding.card is None]
    if missing:
        return "missing", rule.fix
    if report.findings:
        return "weak", report.findings[0].message
    why = report.not_run[0].why if report.not_run else partial
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
