"""The findings of the real documents against the list made by hand: recall by certainty, precision at level error."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.reading import read
from scoring.check import check
from scoring.profiles import load_profile

PROFILES = {
    "cremona": "cremona",
    "bellusco": "bellusco",
    "segrate": "segrate",
    "terre-argine_relazione-performance": "terre-argine",
    "terre-argine_relazione-gestione": "terre-argine-dup",
}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_findings", shared / "evals" / "score_findings.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def findings(shared: Path, profile: str | None) -> list[dict[str, Any]]:
    found = []
    for path in sorted((shared / "corpus").glob("*.txt")):
        name = profile or next(value for key, value in PROFILES.items() if path.stem.startswith(key))
        report = check(read(path), load_profile(name))
        found += [{**finding.to_json(), "document": path.stem} for finding in report.findings]
    return found


@pytest.mark.parametrize("profile", [None, "neutro"], ids=["dell'ente", "neutro"])
def test_recall_and_precision(shared: Path, scorer: ModuleType, profile: str | None) -> None:
    gold = scorer.load_gold(shared / "evals" / "findings_dev.jsonl")
    found = findings(shared, profile)
    flags, unmatched, pairs = scorer.score(found, gold)
    by_certainty = {
        letter: [flag for flag, item in zip(flags, gold, strict=True) if item["certainty"] == letter] for letter in ("A", "B")
    }
    assert sum(by_certainty["A"]) >= 0.95 * len(by_certainty["A"])
    assert sum(by_certainty["B"]) >= 0.75 * len(by_certainty["B"])
    assert pairs >= 0.9 * len(gold)
    errors = [finding for finding in found if finding["level"] == "error"]
    extra = [finding for finding in unmatched if finding["level"] == "error"]
    assert len(extra) <= 0.05 * len(errors), [finding["message"] for finding in extra]


def test_three_formats_of_a_document_say_the_same(shared: Path) -> None:
    for stem, name in (
        ("cremona_relazione-performance_2022", "cremona"),
        ("bellusco-mezzago_relazione-performance_2020", "bellusco"),
    ):
        counts = []
        for suffix in (".txt", ".docx", ".pdf"):
            report = check(read(shared / "corpus" / f"{stem}{suffix}"), load_profile(name))
            counts.append(
                sorted((finding.code, finding.level, finding.card) for finding in report.findings if finding.level == "error")
            )
        assert counts[0] == counts[1] == counts[2]
