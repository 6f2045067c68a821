"""The library of indicators: the same measure across bodies and years, proposed by likeness, joined by a person alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cards.errors import NotInArchive
from cards.model import Card, Document, Indicator, Reading
from settings import Settings
from store import documents
from store.archive import Archive
from store.measures import measured

TIMES = "Tempo medio di pagamento delle fatture"


def document(name: str, entity: str, year: int, *indicators: Indicator) -> Reading:
    sha = f"{name:0<64}"
    card = Card(id=name, entity=entity, year=year, title="Pagamenti", indicators=indicators)
    return Reading(document=Document(name=f"{name}.pdf", sha256=sha, entity=entity, year=year), cards=(card,))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    readings = (
        document("a1", "Comune di Roccamora", 2022, Indicator(name=f"{TIMES} (giorni)", targets={"2022": "≤ 30"},
                                                              actuals={"2022": "33"}, history={"2021": "35"})),
        document("a2", "Comune di Roccamora", 2023, Indicator(name=f"{TIMES} (giorni)", targets={"2023": "≤ 29"},
                                                              actuals={"2023": "28 gg"}),
                 Indicator(name="Fatture pagate entro la scadenza", targets={"2023": "≥ 95%"}, actuals={"2023": "97%"})),
        document("b1", "Comune di Acquaforte", 2022, Indicator(name="Tempi di pagamento delle fatture", unit="giorni",
                                                               targets={"2022": "26"}, actuals={"2022": "4 settimane"})),
        document("c1", "Unione Valchiara", 2022, Indicator(name="Tempo medio di pagamento delle fatture su tutte le fatture",
                                                           targets={"2022": "90%"})),
    )
    with Archive.open(Settings(home=tmp_path)) as held:
        for reading in readings:
            with held.transaction() as connection:
                documents.add(connection, reading, path="x", size=1, given={})
        yield held


def test_the_years_of_a_body_come_together_with_their_trend(archive: Archive) -> None:
    view = archive.indicator("tempi di pagamento delle fatture", entity="Comune di Roccamora")
    first = view.measures[0]
    assert (first.entity, first.link) == ("Comune di Roccamora", "found")
    assert [p.period for p in first.points] == ["2021", "2022", "2023"]
    assert {y: v.number for y, v in first.actuals().items()} == {2021: 35, 2022: 33, 2023: 28}
    trend = first.trend()
    assert trend is not None
    assert trend.better is True
    assert trend.sentence() == "da 35 giorni (2021) a 28 giorni (2023): in calo, in meglio"


def test_likeness_only_proposes_and_other_units_are_left_out(archive: Archive) -> None:
    view = archive.indicator("tempi di pagamento delle fatture", entity="Comune di Roccamora")
    assert [m.entity for m in view.sure] == ["Comune di Roccamora"]
    assert [m.entity for m in view.proposed] == ["Comune di Acquaforte"]
    assert view.proposed[0].actuals()[2022].number == 28


def test_typical_targets_count_values_and_bodies(archive: Archive) -> None:
    view = archive.indicator("tempi di pagamento delle fatture", entity="Comune di Roccamora")
    (found,) = view.typical()
    assert (found.least, found.middle, found.most) == (26, 29, 30)
    assert (found.count, found.bodies, found.unit) == (3, 2, "giorni")
    assert found.sentence() == "da 26 a 30 giorni, mediana 29 giorni (3 valori attesi di 2 enti)"
    assert view.typical(with_proposed=False)[0].count == 2


def test_what_a_person_says_is_kept(archive: Archive) -> None:
    view = archive.indicator(TIMES, entity="Comune di Roccamora")
    mine, theirs = view.measures[0].key, view.proposed[0].key
    archive.link_indicators(theirs, mine, True, "Luisa Ferri")
    assert [m.link for m in archive.indicator(TIMES, entity="Comune di Roccamora").measures] == ["found", "confirmed"]
    assert not any({p.one.key, p.other.key} == {mine, theirs} for p in archive.indicator_proposals())
    archive.link_indicators(mine, theirs, False)
    assert len(archive.indicator_by_key(mine).measures) == 1
    assert not any({p.one.key, p.other.key} == {mine, theirs} for p in archive.indicator_proposals())
    archive.link_indicators(mine, theirs, None)
    assert archive.indicator_by_key(mine).proposed
    with pytest.raises(NotInArchive):
        archive.link_indicators(mine, "f" * 32, True)
    with pytest.raises(NotInArchive):
        archive.indicator_by_key("f" * 32)


def test_proposals_come_by_themselves(archive: Archive) -> None:
    pairs = [{p.one.entity, p.other.entity} for p in archive.indicator_proposals()]
    assert {"Comune di Roccamora", "Comune di Acquaforte"} in pairs


def test_a_misspelt_name_and_an_unknown_one(archive: Archive) -> None:
    assert archive.indicator("tempi di pagametno delle fatture").measures
    assert archive.indicator("monopattini elettrici").measures == ()
    assert archive.indicator("?!").measures == ()


@pytest.mark.parametrize(
    ("text", "unit", "name", "number", "found"),
    [
        ("06' 29\"", None, "Attesa", Decimal("6.4833"), "min"), ("36h 30", None, "", Decimal("2190"), "min"),
        ("2 settimane", None, "", Decimal(14), "giorni"), ("28", "giorni", "", Decimal(28), "giorni"),
        ("28", None, "Tempo medio (giorni)", Decimal(28), "giorni"), ("85", None, "% di domande accolte", Decimal(85), "%"),
        ("1.200", None, "N. alunni", Decimal(1200), None), ("12.000,00 €", None, "", Decimal(12000), "€"),
    ],
)
def test_units_meet_where_it_is_safe(text: str, unit: str | None, name: str, number: Decimal, found: str | None) -> None:
    value = measured(text, unit, name)
    assert value is not None
    assert (value.number.quantize(Decimal("0.0001")), value.unit) == (number.quantize(Decimal("0.0001")), found)


@pytest.mark.parametrize("text", ["==", "", None, "come da piano", "Almeno 3.000 alunni; 200 docenti", "30/04/2023"])
def test_what_is_not_one_number_is_not_compared(text: str | None) -> None:
    assert measured(text) is None
