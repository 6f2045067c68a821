"""What the checker finds, counted: planted errors, the hand-made list of findings, target strings, published totals.

Each figure has a floor. The last three need the shared documents (``PIAO_SHARED`` or ``../shared``): else they are left out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cards.model import Reading  # noqa: E402
from cards.quantities import read_target  # noqa: E402
from ingest.reading import read  # noqa: E402
from scoring.check import check  # noqa: E402
from scoring.profiles import Profile, load_profile  # noqa: E402
from scoring.score import score  # noqa: E402

SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
PROFILES = {
    "cremona": "cremona",
    "bellusco": "bellusco",
    "segrate": "segrate",
    "terre-argine_relazione-performance": "terre-argine",
    "terre-argine_relazione-gestione": "terre-argine-dup",
}
FLOORS = {
    "planted_found_alone": 0.97,
    "staff_strings_right": 0.95,
    "targets_accuracy": 0.98,
    "targets_not_confidently_wrong": 1.0,
    "recall_certain": 0.95,
    "recall_to_weigh": 0.75,
    "one_to_one": 0.95,
    "precision_at_error": 0.95,
    "totals_reproduced_or_explained": 1.0,
}


def quality() -> dict[str, float]:
    """Every figure that can be taken here, by name, as a share of 1."""
    found = {"planted_found_alone": _planted(), "staff_strings_right": _staff_strings()}
    if (SHARED / "evals").is_dir():
        readings = {path.stem: read(path) for path in sorted((SHARED / "corpus").glob("*.txt"))}
        found |= _targets() | _findings(readings) | {"totals_reproduced_or_explained": _totals(readings)}
    return found


def _planted() -> float:
    from tests.scoring.mutations import MUTATIONS, OBJECTIVES, missed

    return 1 - len(list(missed())) / (len(MUTATIONS) * OBJECTIVES)


def _staff_strings() -> float:
    from tests.cards.test_staff_strings import STRINGS, right

    return sum(any(right(read_target(text), one) for one in readings) for text, readings in STRINGS) / len(STRINGS)


def _scorer(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SHARED / "evals" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _targets() -> dict[str, float]:
    lines = (SHARED / "evals" / "targets_dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [row for row in map(json.loads, filter(None, lines)) if not row.get("disputed")]
    same_value = _scorer("score_targets").same_value
    right = wrong = 0
    for row in gold:
        told = read_target(row["text"]).to_json()
        ok = any(_same(told, wanted, same_value) for wanted in [row, *row.get("accept", [])])
        right += ok
        wrong += not ok and told["confident"]
    return {"targets_accuracy": right / len(gold), "targets_not_confidently_wrong": 1 - wrong / len(gold)}


def _same(told: dict[str, Any], wanted: dict[str, Any], same_value: Any) -> bool:
    if told["type"] != wanted["type"]:
        return False
    if wanted["type"] in ("compound", "text", "unset", "ambiguous"):
        return True
    return bool(told["comparator"] == wanted.get("comparator") and same_value(told, wanted))


def _profile(stem: str) -> Profile:
    return load_profile(next(value for key, value in PROFILES.items() if stem.startswith(key)))


def _findings(readings: dict[str, Reading]) -> dict[str, float]:
    scorer = _scorer("score_findings")
    gold = scorer.load_gold(SHARED / "evals" / "findings_dev.jsonl")
    found = [
        {**finding.to_json(), "document": stem}
        for stem, reading in readings.items()
        for finding in check(reading, _profile(stem)).findings
    ]
    flags, unmatched, pairs = scorer.score(found, gold)
    by = {letter: [flag for flag, item in zip(flags, gold, strict=True) if item["certainty"] == letter] for letter in "AB"}
    errors = sum(finding["level"] == "error" for finding in found)
    extra = sum(finding["level"] == "error" for finding in unmatched)
    return {
        "recall_certain": sum(by["A"]) / len(by["A"]),
        "recall_to_weigh": sum(by["B"]) / len(by["B"]),
        "one_to_one": pairs / len(gold),
        "precision_at_error": 1 - extra / errors,
    }


def _totals(readings: dict[str, Reading]) -> float:
    groups = [group for stem, reading in readings.items() for group in score(reading, _profile(stem)).to_json()["groups"]]
    stated = [group for group in groups if group["declared"] is not None]
    return sum(group["declared"] == group["computed"] or bool(group["note"]) for group in stated) / len(stated)
