"""Two ends are one interval, however they are written; two comparators on different things are not."""

from __future__ import annotations

import pytest

from cards.quantities import interval, read_target

Ends = tuple[tuple[str, str], tuple[str, str], str | None]
TWO_TO_FIVE: Ends = ((">=", "2"), ("<=", "5"), None)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("tra 2 e 5", TWO_TO_FIVE),
        ("≥ 2 ≤ 5", TWO_TO_FIVE),
        ("≤ 5 ≥ 2", TWO_TO_FIVE),
        ("non meno di 2 e non più di 5", TWO_TO_FIVE),
        ("min 2 max 5", TWO_TO_FIVE),
        ("> 2 < 5", ((">", "2"), ("<", "5"), None)),
        ("superiore a 2 e non superiore a 5", ((">", "2"), ("<=", "5"), None)),
        ("≥ 2 e ≤ 5 giorni", ((">=", "2"), ("<=", "5"), "gg")),
        ("da un minimo di 2 a un massimo di 5 giorni", ((">=", "2"), ("<=", "5"), "gg")),
        ("≥ 2 corsi e ≤ 5 corsi", ((">=", "2"), ("<=", "5"), "corsi")),
        ("≥ 80%; ≤ 90%", ((">=", "80"), ("<=", "90"), "%")),
        ("fra il 70% e l'80%", ((">=", "70"), ("<=", "80"), "%")),
    ],
)
def test_one_interval(text: str, ends: Ends) -> None:
    found = interval(read_target(text))
    assert found is not None
    assert tuple((end.comparator, end.value) for end in found) == ends[:2]
    assert {end.unit for end in found} == {ends[2]}


@pytest.mark.parametrize(
    "text",
    ["≥ 2 corsi; ≤ 5 reclami", "≥ 10 entro 30 gg", "almeno 10, max 30 gg", "≥ 70% consigli / ≥ 15 nuovi progetti", "≥ 5 ≤ 2",
     "≥ 80% e ≤ 5 reclami", "≥ 2", "2015/2019", "dal 01/01 al 31/12", "N.D."],
)
def test_no_interval(text: str) -> None:
    assert interval(read_target(text)) is None
