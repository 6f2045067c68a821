"""Every rule of the starting catalogue exists with its level; what the product adds to it is named here."""

from __future__ import annotations

import re
from pathlib import Path

from scoring.registry import RULES

OURS = {  # duties and wording, which the catalogue tells in prose, and the size of the body
    *(f"NRM{number:03}" for number in range(1, 11)),
    *(f"TXT{number:03}" for number in range(1, 6)),
}


def test_the_catalogue_is_complete(shared: Path) -> None:
    rows = re.findall(r"^\| ([A-Z]{3}\d{3}) \| (error|warning|advice) \|", (shared / "rules.md").read_text(encoding="utf-8"), re.M)
    assert len(rows) > 50
    levels = {rule.code: rule.level.value for rule in RULES}
    assert {code: levels.get(code) for code, _ in rows} == dict(rows)
    assert set(levels) - {code for code, _ in rows} == OURS
