"""The sample documents read as what we wrote in them, whatever file type they were built into."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from cards.model import Reading
from ingest.reading import read
from samples.build import build
from scoring.check import check
from scoring.profiles import load_profile
from scoring.score import score


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """Each sample, read, by the stem of its name."""
    return {path.stem: read(path) for path in build(tmp_path_factory.mktemp("esempio"))}


@pytest.mark.parametrize(("name", "kinds", "entity", "year"), [
    ("montelario_relazione-performance_2025", {"objective": 3}, "Comune di Montelario", 2025),
    ("montelario_piao-variazioni_2025", {"objective": 2}, "Comune di Montelario", 2025),
    ("valle-chiara_relazione-piano-performance_2024", {"objective": 1, "unit_summary": 2},
     "Unione dei Comuni della Valle Chiara", 2024),
    ("valle-chiara_relazione-gestione_2024", {"indicator": 5}, "Unione dei Comuni della Valle Chiara", 2024),
    ("pieve-alta_relazione-performance_2024", {"objective": 2}, "Unione dei Comuni di Pieve Alta e Sasso", 2024),
    ("tabella-obiettivi-da-verificare", {"objective": 2}, None, 2027),
])
def test_each_sample_gives_its_cards(readings, name: str, kinds: dict[str, int], entity: str | None, year: int):
    reading = readings[name]
    assert Counter(card.kind for card in reading.cards) == kinds
    assert {card.year for card in reading.cards} == {year}
    if entity:
        assert reading.document.entity == entity
    assert reading.passages, "ogni documento deve essere ricercabile"


def test_a_pdf_table_keeps_its_signs_and_numbers(readings):
    card = next(c for c in readings["montelario_relazione-performance_2025"].cards if "carta d'identità" in (c.title or ""))
    assert [i.targets for i in card.indicators] == [{"2025": "≤ 12"}, {"2025": "400"}]
    assert [i.weight for i in card.indicators] == ["60", "40"]
    assert card.indicators[1].note == "Sportello chiuso per quattro sabati durante il trasloco"


def test_a_request_becomes_a_variation_of_its_card(readings):
    eliminated, modified = readings["montelario_piao-variazioni_2025"].cards
    assert eliminated.status == "eliminated"
    assert eliminated.variations[0].action == "eliminate"
    assert "verbale di sopralluogo n. 31" in (eliminated.variations[0].reason or "")
    assert modified.variations[0].object == "phase"
    assert modified.variations[0].number == "3"


def test_the_declared_lines_come_out(readings):
    groups = score(readings["montelario_relazione-performance_2025"], load_profile("cremona")).to_json()["groups"]
    assert {(g["name"], Decimal(g["computed"])) for g in groups if g["declared"] is not None} == {
        ("LINEA STRATEGICA SUI SERVIZI AL CITTADINO", Decimal("95.50")), ("LINEA STRATEGICA SULL'AMBIENTE", Decimal("97.00")),
    }


def test_the_planted_contradiction_between_text_and_table_is_found(readings):
    report = check(readings["valle-chiara_relazione-piano-performance_2024"], load_profile("terre-argine"))
    assert [f.code for f in report.findings if f.level == "error"] == ["RIS004"]


def test_the_planted_mistakes_of_the_draft_table_are_found(readings):
    report = check(readings["tabella-obiettivi-da-verificare"], load_profile("neutro"))
    assert sorted(f.code for f in report.findings if f.level == "error") == ["PES001", "TGT001"]
