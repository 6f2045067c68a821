"""A card carried into the next year: what moves, what stays, where everything comes from."""

from __future__ import annotations

import pytest

from cards.model import Card, Indicator, Origin, Outcome, Phase
from cards.next_year import moved_text, next_year

FROM = Origin(from_="document", document="piao.pdf", page=4)
CARD = Card(
    id="x", title="Sportello 2027", year=2027, start="01/01/2027", end="31/12/2027", horizon="2027-2029", status="modified",
    description="Nel 2026 l'attesa era di 14 giorni; nel 2027 scende (D.Lgs. 36 del 2027).", outcomes=(Outcome(percent="90%"),),
    phases=(Phase(text="Via", status="eliminated"), Phase(text="Avvio", end="30/06/2027", schedule={"2027-06": "100%"},
                                                         due={"2027-07-31": "50%"})),
    indicators=(Indicator(name="Attesa", targets={"2027": "entro 30/06/2027", "2028": "≤ 8"}, history={"2026": "14"},
                          actuals={"2027": "11"}, interim={"2027": "12"}, achievement="90", baseline="14"),),
    provenance={"title": FROM, "phases[1].end": FROM, "indicators[0].targets.2027": FROM, "indicators[0].actuals.2027": FROM,
                "phases[0].text": FROM, "indicators[0].baseline": FROM},
)


@pytest.mark.parametrize(("text", "moved"), [
    ("30/06/2027", "30/06/2028"), ("2027-06-30", "2028-06-30"), ("2027-06", "2028-06"), ("PIAO 2027-2029", "PIAO 2028-2030"),
    ("a.s. 2027/2028", "a.s. 2028/2029"), ("come nel 2026", "come nel 2026"), ("29/02/2028", "28/02/2029"),
    ("legge n. 12 del 2027", "legge n. 12 del 2027"), ("prot. 2027123", "prot. 2027123"), ("entro giugno 2027", "entro giugno 2028"),
    (None, None), ("", ""),
])
def test_years_of_the_plan_move_and_facts_and_acts_stay(text: str | None, moved: str | None):
    assert moved_text(text, 2027) == moved


def test_dates_move_results_become_history_and_outcomes_go():
    copy = next_year(CARD)
    assert (copy.id, copy.year, copy.status, copy.outcomes) == (None, 2028, None, ())
    assert (copy.title, copy.start, copy.end, copy.horizon) == ("Sportello 2028", "01/01/2028", "31/12/2028", "2028-2030")
    assert copy.description == "Nel 2026 l'attesa era di 14 giorni; nel 2028 scende (D.Lgs. 36 del 2027)."
    assert [(p.text, p.end, p.schedule, p.due) for p in copy.phases] == [
        ("Avvio", "30/06/2028", {"2028-06": "100%"}, {"2028-07-31": "50%"})]
    one = copy.indicators[0]
    assert one.targets == {"2028": "entro 30/06/2028", "2029": "≤ 8"}
    assert one.history == {"2026": "14", "2027": "11"}
    assert (one.actuals, one.interim, one.achievement, one.baseline) == ({}, {}, None, "14")


def test_every_origin_goes_with_its_value_and_says_that_it_moved():
    found = next_year(CARD).provenance
    assert sorted(found) == ["indicators[0].baseline", "indicators[0].history.2027", "indicators[0].targets.2028",
                             "phases[0].end", "title"]
    assert all((origin.document, origin.page) == ("piao.pdf", 4) for origin in found.values())
    assert found["indicators[0].baseline"].note is None
    assert "2028" in (found["phases[0].end"].note or "")


def test_without_a_year_there_is_no_next():
    with pytest.raises(ValueError, match="anno"):
        next_year(Card(title="x"))


def test_an_indicator_that_a_variation_took_out_stays_in_the_old_year():
    gone = Indicator(name="Reclami", targets={"2027": "≤ 3"}, status="eliminated")
    card = CARD.replace(
        indicators=(gone, CARD.indicators[0]), provenance={"indicators[0].name": FROM, "indicators[1].targets.2027": FROM}
    )
    copy = next_year(card)
    assert [one.name for one in copy.indicators] == ["Attesa"]
    assert list(copy.provenance) == ["indicators[0].targets.2028"]
