"""The findings of a check without the names of the staff: messages and values quote what stands in the cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cards.masking import masker
from cards.model import Card
from scoring.findings import CheckReport, Finding


def masked_report(report: CheckReport, cards: Sequence[Card]) -> CheckReport:
    """The same findings, with the staff of these cards by initials; fingerprints stay, so that they are still recognised."""
    clean = masker(cards)

    def short(one: Finding) -> Finding:
        return replace(one, message=clean(one.message), found=clean(one.found) if one.found else one.found,
                       expected=clean(one.expected) if one.expected else one.expected, fix=clean(one.fix))

    return replace(report, findings=tuple(map(short, report.findings)),
                   waived=tuple(replace(one, finding=short(one.finding)) for one in report.waived))
