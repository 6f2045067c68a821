"""Sentences with a true fact are left alone, sentences with a fact that no source holds are marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from prompts.grounding import check_text

CASES = [case for path in sorted(Path(__file__).parent.glob("casi*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
MISSED = [(case, case.get("sfuggono", {})) for case in CASES]
KNOWN = pytest.mark.xfail(strict=True, reason="sfugge ancora")
TRUE = [pytest.param(case, text, id=f"{case['id']}-{text[:40]}") for case in CASES for text in case["sostenute"]]
TRUE += [
    pytest.param(case, text, id=f"{case['id']}-{text[:40]}", marks=KNOWN)
    for case, missed in MISSED
    for text in missed.get("vere", ())
]
FALSE = [
    pytest.param(case, kind, text, id=f"{case['id']}-{kind}-{text[:40]}")
    for case in CASES
    for kind, text in case["non_sostenute"]
]
UNSEEN = [
    pytest.param(case, text, id=f"{case['id']}-{text[:40]}", marks=KNOWN)
    for case, missed in MISSED
    for text in missed.get("false", ())
]


def spots(case: dict[str, Any], text: str) -> list[tuple[str, str]]:
    report = check_text({"id": case["id"], "precedents": case["precedents"], "input": case["input"], "text": text})
    return [(spot.kind, spot.span) for sentence in report.sentences for spot in sentence.unsupported]


@pytest.mark.parametrize(("case", "text"), TRUE)
def test_a_sourced_sentence_is_left_alone(case: dict[str, Any], text: str) -> None:
    assert spots(case, text) == []


@pytest.mark.parametrize(("case", "kind", "text"), FALSE)
def test_an_unsourced_fact_is_marked(case: dict[str, Any], kind: str, text: str) -> None:
    assert kind in [one for one, _span in spots(case, text)]


@pytest.mark.parametrize(("case", "text"), UNSEEN)
def test_an_unsourced_fact_that_is_not_seen_yet(case: dict[str, Any], text: str) -> None:
    assert spots(case, text) != []
