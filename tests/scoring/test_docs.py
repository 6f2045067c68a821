"""The pages of the rules are current, and a rule can be told at the terminal."""

from __future__ import annotations

import pytest

from cards.errors import PiaoError
from scoring.docs import PAGES, pages
from scoring.explain import explain
from scoring.registry import RULES


def test_pages_are_current() -> None:
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert sorted(there) == sorted(wanted), "rigenera con: python -m scoring.docs"
    assert there == wanted, "rigenera con: python -m scoring.docs"


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_each_rule_is_told_in_full(code: str) -> None:
    text = explain(code.lower())
    for part in ("Livello:", "Perché:", "Rimedio:", "Base:"):
        assert part in text
    assert "{" not in text


def test_an_unknown_code_names_its_neighbours() -> None:
    with pytest.raises(PiaoError, match="PES001"):
        explain("PES999")
