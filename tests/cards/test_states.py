"""Which states take a part of a card out of force is said in one place: a second list would part from it one day."""

from __future__ import annotations

import re
from pathlib import Path

from cards.model import GONE

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("cards", "ingest", "scoring", "store", "prompts", "exports", "ui", "commands")
LIST = re.compile(r"[(\[{]\s*[\"']eliminated[\"']\s*,\s*[\"']replaced[\"']\s*,?\s*[)\]}]")


def test_the_states_of_what_is_gone_are_listed_once() -> None:
    files = [path for part in PARTS for path in (ROOT / part).rglob("*.py")]
    assert GONE == ("eliminated", "replaced")
    assert [path.name for path in files if LIST.search(path.read_text(encoding="utf-8"))] == ["model.py"]
