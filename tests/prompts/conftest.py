"""Precedents for the drafting tests: the cards of the sample archive (fictitious bodies), and a model that plays a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Card
from ingest.reading import read

SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples" / "texts"


@pytest.fixture(scope="session")
def sample_cards() -> list[Card]:
    """Every card of the sample archive, as it is read."""
    return [card for path in sorted(SAMPLES.glob("*.txt")) for card in read(path).cards]
