"""What must hold for any card: no rule breaks, the order of rows does not matter, all rules are the union of each."""

from __future__ import annotations

import json
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.model import Card, Document, Paragraph, Reading
from ingest.reading import read
from scoring.check import check
from scoring.profiles import load_profile, profile_names
from scoring.registry import RULES
from scoring.score import score
from tests.scoring.plan import clean_data, reading
from tests.scoring.strategies import CARD, KINDS, STRINGS

PROFILES = st.sampled_from(profile_names())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards=st.lists(CARD, max_size=4), kind=KINDS, text=STRINGS, profile=PROFILES)
def test_no_valid_card_breaks_a_rule(cards: list[dict[str, Any]], kind: str | None, text: str | None, profile: str) -> None:
    one = Reading(
        document=Document(name="x", year=2021, document_type=kind),
        cards=tuple(Card.model_validate(card) for card in cards),
        paragraphs=(Paragraph(text=text or "", line=1),),
    )
    report = check(one, load_profile(profile))
    assert not [skipped for skipped in report.not_run if "difetto" in skipped.why]
    json.dumps(report.to_json())
    json.dumps(score(one, load_profile(profile)).to_json())


def as_text(one: Reading, profile: str = "neutro") -> str:
    return json.dumps(check(one, load_profile(profile)).to_json(), ensure_ascii=False)


def shuffled(one: Reading, seed: int) -> Reading:
    dice = random.Random(seed)
    parts = {}
    for name in ("cards", "paragraphs", "listed", "declared", "passages"):
        rows = list(getattr(one, name))
        dice.shuffle(rows)
        parts[name] = tuple(rows)
    return one.model_copy(update=parts)


def spoiled() -> Reading:
    cards = clean_data()
    for card in cards[:12:2]:
        card["indicators"][0]["weight"] = "60"
        card["mission"] = "33"
    return reading(cards)


def test_the_order_of_rows_does_not_change_a_byte(shared: Path) -> None:
    for one in (spoiled(), *(read(path) for path in sorted((shared / "corpus").glob("*.txt")))):
        before = as_text(one)
        results = json.dumps(score(one, load_profile("cremona")).to_json())
        for seed in range(3):
            mixed = shuffled(one, seed)
            assert as_text(mixed) == before
            assert json.dumps(score(mixed, load_profile("cremona")).to_json()) == results


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cards=st.lists(CARD, min_size=2, max_size=5), dice=st.randoms(use_true_random=False), kind=KINDS, profile=PROFILES)
def test_any_cards_in_any_order_and_rules_in_any_order(
    cards: list[dict[str, Any]], dice: random.Random, kind: str | None, profile: str
) -> None:
    made = [Card.model_validate(card) for card in cards]
    one = Reading(document=Document(name="x", year=2021, document_type=kind), cards=tuple(made))
    before = as_text(one, profile)
    dice.shuffle(made)
    rules = list(RULES)
    dice.shuffle(rules)
    mixed = check(one.model_copy(update={"cards": tuple(made)}), load_profile(profile), rules=rules)
    assert json.dumps(mixed.to_json(), ensure_ascii=False) == before
    alone = [
        json.dumps(finding.to_json()) for rule in RULES for finding in check(one, load_profile(profile), rules=[rule]).findings
    ]
    assert sorted(alone) == sorted(json.dumps(finding.to_json()) for finding in mixed.findings)


def test_threads_do_not_change_a_byte() -> None:
    one = spoiled()
    before = as_text(one)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(as_text, [one] * 8)) == {before}


def test_all_rules_are_the_union_of_each(shared: Path) -> None:
    profile = load_profile("neutro")
    for one in (spoiled(), read(shared / "corpus" / "segrate_piao-performance-variazioni_2023.txt")):
        whole = sorted(json.dumps(finding.to_json()) for finding in check(one, profile).findings)
        single = [json.dumps(finding.to_json()) for rule in RULES for finding in check(one, profile, rules=[rule]).findings]
        assert sorted(single) == whole
        assert whole == sorted(json.dumps(finding.to_json()) for finding in check(one, profile, rules=reversed(RULES)).findings)


def test_fingerprints_survive_moved_lines() -> None:
    one = spoiled()
    moved = one.model_copy(
        update={
            "cards": tuple(
                card.replace(source=card.source.replace(lines=tuple(line + 40 for line in card.source.lines)), provenance={})
                for card in one.cards
            )
        }
    )
    first, second = (check(reading_, load_profile("neutro")).findings for reading_ in (one, moved))
    assert first
    assert {finding.fingerprint for finding in first} == {finding.fingerprint for finding in second}
    assert len({finding.fingerprint for finding in first}) == len(first)
    assert [finding.where.line for finding in first] != [finding.where.line for finding in second]


@pytest.mark.parametrize("level", ["error", "warning", "advice"])
def test_at_least_keeps_the_graver_ones(level: str) -> None:
    report = check(spoiled(), load_profile("neutro"))
    kept = report.at_least(level)
    assert kept.summary["error"] == report.summary["error"]
    assert (kept.summary["advice"] == report.summary["advice"]) is (level == "advice" or not report.summary["advice"])
