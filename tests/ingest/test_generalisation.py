"""The same cards are read when the document is laid out otherwise: other page breaks, margins, columns, years, cuts of words.

The parts of the documents that the gold does not hold differ from those it holds in just such ways.
"""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest.reading import read

from .mutations import CHANGES, CUT, Change, Gold, Line


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """The scorer that stands beside the gold file."""
    spec = importlib.util.spec_from_file_location("score_extraction", shared / "evals" / "score_extraction.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Gold]:
    cards = map(json.loads, (shared / "evals" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines())
    found: dict[str, Gold] = {}
    for card in cards:
        found.setdefault(card["source"]["document"], []).append(card)
    return found


def read_back(path: Path, lines: list[Line], kept: Gold) -> list[dict[str, Any]]:
    """The cards read, their lines those of the original; cards read out of the cut ones are left out."""
    path.write_text("\n".join(text for _, text in lines), encoding="utf-8")
    cut = [card["source"]["lines"] for card in kept if card.get(CUT)]
    cards = []
    for card in (one.to_json() for one in read(path).cards):
        first, last = card["source"]["lines"]
        numbers = [n for n, _ in lines[first - 1 : last] if n is not None]
        if any(min(numbers) <= b and a <= max(numbers) for a, b in cut):
            continue
        card["source"]["lines"] = [min(numbers), max(numbers)]
        cards.append(card)
    return cards


@pytest.mark.parametrize(("change", "floor"), CHANGES.items(), ids=[change.__name__ for change in CHANGES])
def test_cards_stay_what_they_are(
    shared: Path, scorer: ModuleType, gold: dict[str, Gold], tmp_path: Path, change: Change, floor: float
) -> None:
    asked, given = [], []
    for name, cards in gold.items():
        text = (shared / "corpus" / name).read_text(encoding="utf-8").split("\n")
        changed, kept = change([(n, t) for n, t in enumerate(text, 1)], cards, random.Random(name))
        given += read_back(tmp_path / name, changed, kept)
        asked += [card for card in kept if not card.get(CUT)]
    report, judged = scorer.score(given, asked)
    figures = {name: found["f1"] for name, found in report["by_document"].items()} if "by_document" in report else {}
    assert report["overall"]["f1"] >= floor, (figures, scorer.disagreements(judged)[:5])
