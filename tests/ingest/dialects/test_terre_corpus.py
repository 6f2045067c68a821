"""The real documents, where they are: counts and figures that a person read in them, alike from text, Word and PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cards.model import Card, Reading
from ingest.reading import read

FORMATS = ("txt", "docx", "pdf")


@cache
def reading(shared: Path, stem: str, extension: str) -> Reading:
    return read(shared / "corpus" / f"{stem}.{extension}")


def of_kind(found: Reading, kind: str) -> list[Card]:
    return [card for card in found.cards if card.kind == kind]


@pytest.mark.parametrize("extension", FORMATS)
def test_unit_tables_give_their_declared_totals(shared: Path, extension: str) -> None:
    units = of_kind(reading(shared, "terre-argine_relazione-performance_2021", extension), "unit_summary")
    assert [(u.totals.interim, u.totals.final, u.totals.narrative) for u in units] == [
        ("35,00%", "95,00%", None), ("97,70%", "100,00%", "100,00%"), ("57,25%", "100,00%", "100,00%"),
        ("82,35%", "94,00%", "94,40%"),
        ("82,00%", "100,00%", "100,00%"), ("89,70%", "100,00%", "100,00%"), ("79,05%", "99,45%", "99,45%"),
    ]  # fmt: skip
    assert [item.weight for item in units[4].items].count("*") == 3


def test_findings_can_point_to_the_line(shared: Path) -> None:
    units = of_kind(reading(shared, "terre-argine_relazione-performance_2021", "txt"), "unit_summary")
    assert (units[3].place("totals.final").line, units[3].place("totals.narrative").line) == (359, 376)


@pytest.mark.parametrize("extension", FORMATS)
def test_nineteen_sheets_with_their_phases(shared: Path, extension: str) -> None:
    sheets = of_kind(reading(shared, "terre-argine_relazione-performance_2021", extension), "objective")
    assert len(sheets) == 19
    by_code = {sheet.code: sheet for sheet in reversed(sheets)}
    assert [p.weight for p in by_code["S2.00001"].phases] == ["==", *["10%"] * 4, "20%", "20%", "10%", "10%*", "=="]
    assert (by_code["DG.00001"].start, by_code["DG.00001"].end) == ("01/06/2021", "31/12/2021")


@pytest.mark.parametrize("extension", FORMATS)
def test_fifty_three_indicators(shared: Path, extension: str) -> None:
    cards = of_kind(reading(shared, "terre-argine_relazione-gestione_2021", extension), "indicator")
    assert len(cards) == 53
    meals = next(card for card in cards if card.code == "00097")
    assert (meals.indicators[0].targets_by_plan["2020"]["2021"], meals.indicators[0].targets["2021"]) == ("≥ 20", "≥ 5")


@pytest.mark.parametrize("extension", FORMATS)
def test_twenty_one_project_sheets(shared: Path, extension: str) -> None:
    cards = of_kind(reading(shared, "bellusco-mezzago_relazione-performance_2020", extension), "objective")
    assert len(cards) == 21
    assert sum(not card.outcomes for card in cards) == 4
    assert sum(" · " in (card.title or "") for card in cards) == 2


def test_the_same_layout_under_another_name_reads_the_same(shared: Path, tmp_path: Path) -> None:
    source = (shared / "corpus" / "terre-argine_relazione-performance_2021.txt").read_text(encoding="utf-8")
    other = tmp_path / "altro.txt"
    other.write_text(source.replace("Terre d'Argine", "Monti Alti").replace("TdA", "UMA"), encoding="utf-8")
    ours, theirs = reading(shared, "terre-argine_relazione-performance_2021", "txt").cards, read(other).cards
    assert [(c.kind, c.code, c.weight, c.totals) for c in ours] == [(c.kind, c.code, c.weight, c.totals) for c in theirs]
