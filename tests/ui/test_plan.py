"""*Piano*: the cards of a year together; sums, shares and themes come out as counted by hand, and the export holds every card."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Outcome
from samples.build import build
from scoring.overview import in_plan_order, plan_reading, themes, units
from scoring.profiles import load_profile
from scoring.results import neutralise
from tests.ui.test_pages import shown
from tests.ui.test_variations import box
from ui import charts

pytestmark = pytest.mark.usefixtures("fresh_archive")


def card(title: str, unit: str, weight: str | None, *targets: str) -> Card:
    return Card(title=title, unit=unit, year=2027, weight=weight, start="01/01/2027", end="31/12/2027",
                indicators=tuple(Indicator(name=f"Indicatore {n}", targets={"2027": text}) for n, text in enumerate(targets, 1)))


CARDS = (card("Pagamenti", "Finanze", "60", "≤ 28", "100%"), card("Bilancio", "Finanze", "50", "entro 30/06/2027"),
         card("Anagrafe", "Demografici", "100", "Come da piano", ""), card("Senza peso", "Cultura", None, "12"))


def plan_page() -> None:
    from ui.pages import plan

    plan.page()


def opened() -> AppTest:
    app = AppTest.from_function(plan_page, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


def test_without_cards_the_page_says_how_to_begin():
    app = opened()
    assert "Schede" in app.info[0].value


def test_the_figures_of_the_drafts_of_a_year():
    from ui.state import archive

    for one in CARDS:
        archive().save_draft(one)
    archive().save_draft(CARDS[0].replace(year=2024))
    app = opened()
    box(app, "selectbox", "Anno").set_value(2027).run()
    figures = {metric.label: metric.value for metric in app.metric}
    assert (figures["Schede"], figures["Settori"], figures["Indicatori"], figures["Misurabili"]) == ("4", "3", "6", "67 %")
    text = shown(app).replace("\\", "")
    assert "I pesi tornano in 1 settore su 3" in text
    assert "Finanze (10 di troppo)" in text
    assert "4 indicatori su 6" in text
    assert "Demografici: 0 su 2" in text


def test_units_are_counted_without_the_cards_that_are_out():
    gone = card("Tolto", "Finanze", "40", "5").replace(status="eliminated")
    finance = next(one for one in units([*CARDS, gone]) if one.name == "Finanze")
    assert (finance.cards, str(finance.weight), finance.indicators, finance.measurable) == (2, "110", 3, 3)
    culture = next(one for one in units(CARDS) if one.name == "Cultura")
    assert (culture.weight, culture.without_weight) == (None, 1)


def test_a_theme_is_missing_covered_or_honestly_unknown():
    profile = load_profile("neutro")
    few = themes(plan_reading(CARDS, "piano", 2027, "piao"), profile, 2027)
    assert {theme.state for theme in few} == {"unknown"}, "quattro schede non sono un piano: nulla si può dire"
    many = [card(f"Obiettivo {n}", "Finanze", "10", "5") for n in range(12)]
    without = {theme.code: theme.state for theme in themes(plan_reading(many, "piano", 2027, "piao"), profile, 2027)}
    assert without["NRM001"] == "missing"
    many[0] = many[0].replace(title="Riduzione dei tempi di pagamento delle fatture")
    there = {theme.code: theme.state for theme in themes(plan_reading(many, "piano", 2027, "piao"), profile, 2027)}
    assert there["NRM001"] == "covered"


def test_the_order_of_the_plan_does_not_depend_on_who_wrote_first():
    assert [one.title for one in in_plan_order(CARDS)] == [one.title for one in in_plan_order(CARDS[::-1])]
    assert [one.unit for one in in_plan_order(CARDS)] == ["Cultura", "Demografici", "Finanze", "Finanze"]


def test_the_export_holds_every_card_of_the_year():
    from exports import export_cards

    content, _name, _mime = export_cards(in_plan_order(CARDS), "docx", "neutro")
    document = Document(io.BytesIO(content))
    words = "\n".join([p.text for p in document.paragraphs]
                      + [cell.text for table in document.tables for row in table.rows for cell in row.cells])
    for one in CARDS:
        assert one.title in words


def test_the_plan_is_printed_without_results_unless_they_are_asked_for(monkeypatch: pytest.MonkeyPatch):
    from ui.pages import plan
    from ui.state import archive

    done = CARDS[0].replace(outcomes=(Outcome(at="2027-12-31", percent="90%"),), indicators=(
        Indicator(name="Giorni", targets={"2027": "≤ 28"}, actuals={"2026": "31", "2027": "29"}, achievement="97%", weight="100"),))
    archive().save_draft(neutralise(done, 0, "Sciopero"))
    printed: list[Card] = []
    monkeypatch.setattr(plan, "more_formats", lambda _place, cards, *_args, **_named: printed.extend(cards))
    app = opened()
    (one,) = printed[-1].indicators
    assert (one.actuals, one.achievement, one.weight, printed[-1].outcomes) == ({"2026": "31"}, None, "100", ())
    box(app, "checkbox", "Anche i risultati").check().run()
    assert printed[-1].indicators[0].actuals == {"2026": "31", "2027": "29"}


def test_an_export_with_parts_still_to_be_written_says_so():
    """One card of three holds a placeholder (rule TXT005): the word stands by the buttons; without it, no word."""
    from ui.state import archive

    def said() -> list[str]:
        return [caption.value for caption in opened().caption if "ancora da scrivere" in caption.value]

    archive().save_draft(CARDS[0])
    archive().save_draft(CARDS[2].replace(purpose="[VERIFICARE]", status="eliminated"))
    assert said() == [], "a card out of force is not printed"
    archive().save_draft(CARDS[1].replace(purpose="[VERIFICARE]"))
    assert [words.partition("scheda")[0].endswith("1 ") for words in said()] == [True]


@pytest.mark.model
def test_the_plan_of_a_document(tmp_path: Path):
    from ui.state import archive

    path = next(path for path in build(tmp_path) if path.name.startswith("montelario_relazione-performance"))
    list(archive().ingest([path]))
    app = opened()
    figures = {metric.label: metric.value for metric in app.metric}
    assert (figures["Schede"], figures["Indicatori"]) == ("3", "6")


def test_charts_write_italian_numbers_and_survive_hostile_names():
    rows = [{"Settore": "A[1].b:c 'x' <b>", "Obiettivo": "x", "Peso": 12.5}]
    spec = charts.stacked_bars(rows, "Settore", "Obiettivo", "Peso", 100).to_dict()
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["layer"][0]["data"]["values"][0]["Settore"] == rows[0]["Settore"]
