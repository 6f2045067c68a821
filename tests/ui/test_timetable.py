"""The timetable of the phases: dates as people write them, the same in the chart, the table and the words."""

from __future__ import annotations

from datetime import date

import pytest

from cards.model import Card, Phase
from ui import charts
from ui.timetable import days_of, in_words, timetable


@pytest.mark.parametrize(("phase", "expected"), [
    (Phase(start="01/02/2027", end="30/06/2027"), (date(2027, 2, 1), date(2027, 6, 30))),
    (Phase(start="febbraio", end="giugno"), (date(2027, 2, 1), date(2027, 6, 30))),
    (Phase(start="01/2028", end="02/2028"), (date(2028, 1, 1), date(2028, 2, 29))),
    (Phase(schedule={"2027-03": "50%", "2027-05": "50%", "2027-07": "0%"}), (date(2027, 3, 1), date(2027, 5, 31))),
    (Phase(start="fine estate", end="30/06/2027"), None),
    (Phase(start="01/07/2027", end="30/06/2027"), None),
    (Phase(), None),
])
def test_the_days_of_a_phase(phase: Phase, expected: tuple[date, date] | None):
    assert days_of(phase, 2027) == expected


CARD = Card(year=2027, phases=(
    Phase(number="1", text="Gara", start="01/02/2027", end="30/06/2027"), Phase(number="2", text="Avvio"),
    Phase(number="3", text="Tolta", start="01/02/2027", end="30/06/2027", status="eliminated"),
    Phase(text="Verifica", start="01/07/2027", end="31/12/2027")))


def test_phases_without_dates_are_named_and_those_taken_out_are_not():
    rows, without = timetable(CARD)
    assert [(row["Fase"], row["da"], row["a"], row["Mesi"]) for row in rows] == [
        ("1. Gara", "01/02/2027", "30/06/2027", 5), ("4. Verifica", "01/07/2027", "31/12/2027", 6)]
    assert without == ["2. Avvio"]
    assert in_words(rows, without) == ("Dal 01/02/2027 al 31/12/2027. 1. Gara: dal 01/02/2027 al 30/06/2027; 4. Verifica: dal "
                                       "01/07/2027 al 31/12/2027. Senza date: 2. Avvio.")


def test_the_chart_spans_the_same_days():
    spec = charts.spans(timetable(CARD)[0], "Fase", "Inizio", "Fine").to_dict()
    assert [(one["Inizio"], one["Fine"]) for one in spec["data"]["values"]] == [
        ("2027-02-01", "2027-06-30"), ("2027-07-01", "2027-12-31")]
