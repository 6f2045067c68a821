"""What the other documents of a body tell: past values, earlier targets, versions before, size; and the archive's door to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cards.model import Card, Document, Indicator, Paragraph, Reading, Source, Variation
from scoring.check import check
from scoring.evidence import gather, staff_in
from scoring.facts import Evidence
from scoring.profiles import load_profile
from scoring.registry import rule
from settings import Settings
from store.archive import Archive
from store.evidence import evidence_at, evidence_for
from tests.store.fakes import WordEmbedder

NAME = "Numero di sportelli aperti"


def card(year: int, title: str = "Sportelli", document: str | None = None, kind: str = "piao", **indicator: Any) -> Card:
    return Card(
        id=f"{title}-{year}-{kind}-{document}",
        entity="Comune di Valdoro",
        year=year,
        document_type=kind,
        title=title,
        indicators=(Indicator(name=NAME, **indicator),),
        source=Source(document=document or f"{kind}-{year}.xlsx"),
    )


def reading(*cards: Card, **document: Any) -> Reading:
    return Reading(document=Document(**{"name": "oggi.xlsx", "year": 2024, "document_type": "piao", **document}), cards=cards)


PLAN = card(2024, document="oggi.xlsx", targets={"2024": "≥ 8"})


def codes(one: Reading, evidence: Evidence, *wanted: str) -> set[str]:
    report = check(one, load_profile("neutro"), evidence=evidence, rules=[rule(code) for code in wanted])
    return {finding.code for finding in report.findings}


def test_last_years_result_is_known() -> None:
    evidence = gather([card(2023, kind="relazione_performance", actuals={"2023": "11"})], reading(PLAN))
    assert evidence.series == {"numero di sportelli aperti": {"2023": "11"}}
    assert codes(reading(PLAN), evidence, "TGT003", "TGT005") == {"TGT003"}
    assert codes(reading(PLAN), Evidence(), "TGT003", "TGT005") == {"TGT005"}


def test_a_value_told_in_two_ways_is_no_evidence() -> None:
    known = [card(2023, actuals={"2023": "11"}), card(2022, document="altro.xlsx", actuals={"2023": "9"})]
    assert gather(known, reading(PLAN)).series == {}


def test_a_name_of_two_cards_is_no_evidence() -> None:
    known = [
        card(2023, "A", document="uno.xlsx", actuals={"2023": "11"}),
        card(2023, "B", document="uno.xlsx", actuals={"2023": "11"}),
    ]
    assert gather(known, reading(PLAN)).series == {}


def test_the_document_in_hand_and_later_years_are_left_aside() -> None:
    known = [card(2024, document="oggi.xlsx", actuals={"2023": "11"}), card(2025, actuals={"2023": "11"})]
    assert gather(known, reading(PLAN)) == Evidence()


def test_a_target_lowered_after_the_plan() -> None:
    report = reading(
        card(2024, document="oggi.xlsx", kind="relazione_performance", targets={"2024": "≥ 5"}, actuals={"2024": "8"}),
        document_type="relazione_performance",
    )
    known = [card(2024, targets={"2024": "≥ 20"}), card(2023, targets={"2023": "≥ 18", "2024": "≥ 20"})]
    assert codes(report, gather(known, report), "TGT009") == {"TGT009"}
    assert codes(report, gather([card(2024, targets={"2024": "≥ 5"})], report), "TGT009") == set()


def test_a_change_that_no_request_asks_for() -> None:
    varied = PLAN.replace(
        status="modified",
        variations=(Variation(action="eliminate", object="phase", old="Prima fase del lavoro", reason="Delibera n. 3"),),
    )
    before = card(2024, document="piano.xlsx", targets={"2024": "≥ 12"})
    assert codes(reading(varied), gather([before], reading(varied)), "VAR003") == {"VAR003"}
    assert codes(reading(varied), gather([before.replace(year=2023)], reading(varied)), "VAR003") == set()


@pytest.mark.parametrize(
    ("text", "staff"),
    [
        ("Personale in servizio al 31/12/2023: n. 47 unità", 47),
        ("Al termine dell'anno l'ente ha 128 dipendenti in servizio.", 128),
        ("Dipendenti al 31 dicembre 2023: 52", 52),
        ("Il personale in servizio ha seguito i corsi.", None),
        ("128 dipendenti in servizio a gennaio, 130 dipendenti in servizio a giugno", None),
    ],
)
def test_the_size_of_the_body(text: str, staff: int | None) -> None:
    assert staff_in(Reading(document=Document(name="x"), paragraphs=(Paragraph(text=text),))) == staff


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    report = tmp_path / "consuntivo.csv"
    report.write_text(f"Obiettivo;Indicatore;Valore atteso 2023;Consuntivo 2023\nSportelli;{NAME};10;11\n", encoding="utf-8")
    with Archive.open(Settings(home=tmp_path / "casa", _env_file=None), WordEmbedder()) as opened:
        list(opened.ingest([report], entity="Comune di Valdoro", year=2023))
        yield opened


def test_the_archive_gives_it(archive: Archive) -> None:
    one = reading(PLAN, entity="Comune di Valdoro")
    evidence = evidence_for(archive, one, date(2024, 1, 10))
    assert evidence.series == {"numero di sportelli aperti": {"2023": "11"}}
    assert evidence_for(archive, one, date(2024, 1, 10)) is evidence
    assert codes(one, evidence, "TGT003") == {"TGT003"}
    assert evidence_for(archive, reading(PLAN, entity="Comune di Altrove"), date(2024, 1, 10)).series == {}


def test_an_archive_is_not_made_for_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "nuova", _env_file=None)
    assert evidence_at(settings, reading(PLAN, entity="Comune di Valdoro"), date(2024, 1, 10)) == Evidence(
        today=date(2024, 1, 10)
    )
    assert not (tmp_path / "nuova").exists()
