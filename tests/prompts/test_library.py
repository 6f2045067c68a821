"""Each pattern states what a norm fixes or what holds by construction, and can be measured."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cards.quantities import comparator_direction, read_target
from prompts.library import Pattern, find_pattern, pattern, patterns


@pytest.mark.parametrize("one", patterns(), ids=lambda p: p.key)
def test_a_pattern_is_whole(one: Pattern) -> None:
    assert one.key == "generico" or (one.match and one.purpose)
    assert sum(p.share for p in one.phases) == 100
    for indicator in one.indicators:
        target = read_target(indicator.target.replace("{year}", "2026"))
        assert target.measurable, indicator.target
        assert target.type == "date" or comparator_direction(target) or indicator.target == "100%", indicator.target
        assert indicator.basis
        assert indicator.formula != indicator.name


def test_mission_and_programme_exist(shared: Path) -> None:
    with (shared / "missioni_programmi.csv").open(encoding="utf-8") as file:
        known = {(r["missione_code"], r["programma_code"]): r["programma"] for r in csv.DictReader(file)}
    for one in patterns():
        if one.budget:
            assert known[one.budget.mission, one.budget.programme] == one.budget.programme_name, one.key


@pytest.mark.parametrize(
    ("title", "year", "key"),
    [
        ("Riduzione dei tempi di pagamento", 2026, "tempi-pagamento"),
        ("Rispetto dei tempi dei pagamenti ai fornitori", 2026, "tempi-pagamento"),
        ("Piano di formazione dei dipendenti", 2026, "formazione"),
        ("Piano di formazione dei dipendenti", 2024, None),
        ("Miglioramento della raccolta differenziata", 2026, "raccolta-differenziata"),
        ("Nuovo asilo nido", 2026, None),
    ],
)
def test_the_theme_is_found_by_its_words(title: str, year: int, key: str | None) -> None:
    found = find_pattern(title, year)
    assert (found.key if found else None) == key


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        pattern("inesistente")


def test_every_norm_of_a_draft_is_to_be_checked_in_its_text_in_force() -> None:
    from pathlib import Path

    from prompts.drafting import Need, draft_card
    from prompts.measures import CHECK_LAW, by_construction

    listed = (Path(__file__).resolve().parents[2] / "docs" / "schemi.md").read_text("utf-8")
    for one in patterns():
        for basis in [*one.basis, *(i.basis for i in one.indicators if not by_construction(i.basis))]:
            assert basis in listed
            if one.key == "generico" or not one.match:
                continue
            card = draft_card(Need(one.match[0], "Settore Uno", max(2026, one.years[0])))
            notes = [o.note or "" for o in card.provenance.values() if basis in (o.note or "")]
            assert notes, basis
            assert all(CHECK_LAW in note for note in notes), notes
