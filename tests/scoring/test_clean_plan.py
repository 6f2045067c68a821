"""Quiet where nothing is wrong: a clean plan and a clean report give no finding at all, whole or card by card."""

from __future__ import annotations

import pytest

from scoring.check import check
from scoring.profiles import load_profile, profile_names
from tests.scoring.other_plan import other_plan
from tests.scoring.plan import clean_data, reading


@pytest.mark.parametrize("report", [False, True], ids=["piano", "relazione"])
@pytest.mark.parametrize("profile", profile_names())
def test_a_clean_document_gives_no_finding(report: bool, profile: str) -> None:
    result = check(reading(clean_data(report), report), load_profile(profile))
    assert [(finding.code, finding.card, finding.message) for finding in result.findings] == []
    assert not [skipped for skipped in result.not_run if "difetto" in skipped.why]


@pytest.mark.parametrize("profile", profile_names())
def test_a_clean_plan_of_another_make_gives_no_finding(profile: str) -> None:
    result = check(other_plan(), load_profile(profile))
    assert [(finding.code, finding.card, finding.message) for finding in result.findings] == []


def test_a_clean_card_alone_gives_no_finding() -> None:
    for card in clean_data():
        result = check(reading([card]), load_profile("neutro"))
        assert [(finding.code, finding.message) for finding in result.findings] == []
