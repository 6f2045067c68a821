"""Every field of the editor says what to write and which rule or norm looks at it; every code named exists."""

from __future__ import annotations

import pytest

from scoring.registry import rule
from ui.editor import LABELS
from ui.hints import COLUMNS, FIELDS, column_hint, field_hint


@pytest.mark.parametrize("name", [*LABELS, "indicators", "phases", "staff"])
def test_a_field_has_its_rule_and_norm(name: str):
    hint = field_hint(name).replace("\\", "")
    words, codes = FIELDS[name]
    assert hint.startswith(words)
    assert all(code in hint and rule(code).title in hint for code in codes)
    assert any(sign in hint for sign in ("art.", "D.Lgs.", "Direttiva", "Scrittura", "Linee guida", "Aritmetica"))


@pytest.mark.parametrize("label", list(COLUMNS))
def test_a_column_has_its_rule(label: str):
    assert all(code in column_hint(label) for code in COLUMNS[label][1])
