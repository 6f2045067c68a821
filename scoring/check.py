"""The check of a reading: every rule in force, findings in one order, and what could not be checked said plainly."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cards.model import Card, Reading
from scoring.facts import Evidence, Facts
from scoring.findings import CheckReport, Finding, Skipped, make_finding, sealed
from scoring.profiles import Profile
from scoring.registry import RULES
from scoring.rule import Hit, Level, NotRun, Rule
from scoring.suppressions import Suppression, suppress

log = logging.getLogger(__name__)


def check(
    reading: Reading,
    profile: Profile,
    *,
    year: int | None = None,
    evidence: Evidence | None = None,
    rules: Iterable[Rule] | None = None,
    suppressions: Iterable[Suppression] = (),
    baseline: Iterable[str] = (),
) -> CheckReport:
    """All findings of a reading by a profile.

    ``year`` is the year the plan is about (default: the document's): it decides which rules are in force. ``suppressions``
    silence single findings with a reason; ``baseline`` holds fingerprints accepted before. Pure: same input, same report.
    """
    facts = Facts(reading, profile, year, evidence or Evidence())
    findings: list[Finding] = []
    not_run: list[Skipped] = []
    for rule in rules if rules is not None else RULES:
        found, skipped = run(rule, facts)
        findings += found
        not_run += skipped
    kept, waived = suppress(
        sealed(findings),
        suppressions,
        frozenset(baseline),
        facts.evidence.today,
        reading.document.name,
        frozenset(one.code for one in not_run),
    )
    return CheckReport(reading.document.name, profile.name, kept, tuple(sorted(not_run, key=lambda one: one.code)), waived)


def run(rule: Rule, facts: Facts) -> tuple[list[Finding], list[Skipped]]:
    """One rule over a reading. A defect of the rule itself is logged with its traceback and reported as not run."""
    profile_level = facts.profile.levels.get(rule.code)
    if profile_level == "off":
        return [], [Skipped(rule.code, f"spenta dal profilo {facts.profile.name}.")]
    if not rule.valid.covers(facts.document_year):
        return [], [Skipped(rule.code, f"non in vigore per il {facts.document_year}: vale {rule.valid.text()}.")]
    try:
        found = [make_finding(rule, hit, card, facts.locate) for hit, card in _hits(rule, facts)]
    except NotRun as reason:
        return [], [Skipped(rule.code, str(reason))]
    except Exception as error:
        log.exception("rule %s failed", rule.code)
        return [], [Skipped(rule.code, f"la regola si è interrotta per un difetto del programma ({type(error).__name__}).")]
    return ([replace(one, level=Level(profile_level)) for one in found] if profile_level else found), []


def _hits(rule: Rule, facts: Facts) -> Iterator[tuple[Hit, Card | None]]:
    if rule.document is not None:
        for hit in rule.document(facts):
            yield hit, hit.card
        return
    assert rule.card is not None
    for card in facts.cards:
        if not rule.kinds or card.kind in rule.kinds:
            for hit in rule.card(card, facts):
                yield hit, hit.card or card
