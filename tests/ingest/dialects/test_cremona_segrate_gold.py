"""Cards of the wide table and of the sheets against the gold file, in three file formats."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

FLOORS = {"txt": 0.98, "docx": 0.97, "pdf": 0.95}
DOCUMENTS = ("cremona_relazione-performance_2022", "segrate_piao-performance-variazioni_2023")


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """The published scorer of the gold file."""
    spec = importlib.util.spec_from_file_location("score_extraction", shared / "evals" / "score_extraction.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_extraction"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("form", FLOORS)
def test_gold(shared: Path, scorer: ModuleType, name: str, form: str) -> None:
    from ingest.reading import read

    lines = (shared / "evals" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [card for line in lines if (card := json.loads(line))["source"]["document"] == f"{name}.txt"]
    assert gold
    found = [card.to_json() for card in read(shared / "corpus" / f"{name}.{form}").cards]
    report, _ = scorer.score(found, gold)
    assert report["overall"]["f1"] >= FLOORS[form], report["fields"]
