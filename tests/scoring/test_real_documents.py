"""The published figures of the real documents come out of the profiles exactly, or are contradicted and explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Reading
from ingest.reading import read
from scoring.check import check
from scoring.profiles import load_profile
from scoring.score import score


@pytest.fixture(scope="module")
def cremona(shared: Path) -> Reading:
    return read(shared / "corpus" / "cremona_relazione-performance_2022.txt")


@pytest.fixture(scope="module")
def terre(shared: Path) -> Reading:
    return read(shared / "corpus" / "terre-argine_relazione-performance_2021.txt")


def test_strategic_lines_are_the_mean_of_their_objectives(cremona: Reading) -> None:
    groups = {group["name"]: group for group in score(cremona, load_profile("cremona")).to_json()["groups"]}
    for words, figure in (("AMBIENTE", "96.25"), ("RIGENERAZIONE", "100.00"), ("SMART CITY", "100.00"), ("FORMAZIONE", "100.00")):
        (group,) = [group for name, group in groups.items() if words in name]
        assert (group["declared"], group["computed"]) == (figure, figure)


def test_a_heading_lost_in_conversion_is_told(cremona: Reading) -> None:
    groups = score(cremona, load_profile("cremona")).to_json()["groups"]
    (group,) = [group for group in groups if "OPERE PUBBLICHE" in group["name"]]
    assert (group["declared"], group["computed"]) == ("100.00", "99.64")
    assert "Rete bibliotecaria cremonese" in group["note"]


def test_unit_totals_leave_out_what_the_table_leaves_out(terre: Reading) -> None:
    groups = score(terre, load_profile("terre-argine")).to_json()["groups"]
    units = [group for group in groups if group["kind"] == "unit"]
    assert units
    assert all(group["declared"] == group["computed"] for group in units)
    assert {"97.70", "57.25", "82.35", "94.00", "82.00"} <= {group["computed"] for group in units}


def test_text_against_table_with_its_line(terre: Reading) -> None:
    findings = [finding for finding in check(terre, load_profile("terre-argine")).findings if finding.code == "RIS004"]
    (finding,) = [finding for finding in findings if finding.where.field == "totals.narrative"]
    assert finding.card is not None
    assert "Servizi al Personale" in finding.card
    assert finding.where.line in range(373, 380)
    assert finding.expected == "94,00%"


@pytest.mark.parametrize("profile", ["terre-argine", "neutro"])
def test_no_total_is_contradicted_where_it_agrees(terre: Reading, profile: str) -> None:
    assert not [finding for finding in check(terre, load_profile(profile)).findings if finding.code == "RIS003"]


def test_totals_of_resources_are_the_sum_of_their_lines(shared: Path) -> None:
    dup = read(shared / "corpus" / "terre-argine_relazione-gestione_2021.txt")
    groups = [group for group in score(dup, load_profile("terre-argine-dup")).to_json()["groups"] if group["kind"] == "resources"]
    assert len(groups) >= 10
    assert all(group["declared"] == group["computed"] for group in groups)
