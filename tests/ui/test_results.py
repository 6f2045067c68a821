"""*Consuntivo*: typing the results of a published report gives its published totals; nothing typed is lost or overwritten."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Item, Outcome
from samples.build import build
from scoring.profiles import load_profile
from scoring.results import card_result, group_results, percent, ways, with_actual
from tests.ui.test_pages import shown
from tests.ui.test_variations import box

pytestmark = pytest.mark.usefixtures("fresh_archive")

CARD = Card(
    title="Sportello", unit="Servizi Demografici", year=2026, weight="100",
    indicators=(Indicator(name="Giorni di attesa", targets={"2026": "≤ 12"}, weight="60"),
                Indicator(name="Appuntamenti del sabato", targets={"2026": "≥ 400"}, weight="40")),
)


def results_page() -> None:
    from ui.pages import results

    results.page()


def opened(draft: str | None = None) -> AppTest:
    app = AppTest.from_function(results_page, default_timeout=60)
    if draft:
        app.query_params["bozza"] = draft
    app.run()
    assert not app.exception, app.exception
    return app


def typed(app: AppTest, label: str, value: str) -> AppTest:
    next(field for field in app.text_input if label in field.label).set_value(value).run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    """All words, headings of the cards included."""
    return (shown(app) + "\n".join(expander.label for expander in app.expander)).replace("\\", "")


def test_without_cards_the_page_says_how_to_begin():
    app = opened()
    assert "Schede" in app.info[0].value


def test_each_value_is_saved_as_typed_and_the_total_follows():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = opened(draft.id)
    assert "Totale dell'obiettivo: —" in words(app)
    typed(app, "Risultato di «Giorni", "10")
    typed(app, "Risultato di «Appuntamenti", "360")
    assert "Totale dell'obiettivo: 96,00 %" in words(app)
    saved = archive().draft(draft.id).card
    assert [i.actuals for i in saved.indicators] == [{"2026": "10"}, {"2026": "360"}]
    assert [i.achievement for i in saved.indicators] == ["100", "90"]
    assert saved.provenance["indicators[0].actuals.2026"].from_ == "user"
    assert saved.provenance["indicators[0].achievement"].from_ == "computed"
    typed(app, "Risultato di «Appuntamenti", "")
    assert "Totale dell'obiettivo: —" in words(app)
    assert archive().draft(draft.id).card.indicators[1].actuals == {}
    assert archive().draft(draft.id).card.indicators[1].achievement is None


def test_italian_numbers_are_read_as_typed():
    from ui.state import archive

    draft = archive().save_draft(CARD.replace(indicators=(Indicator(name="Contributi erogati", targets={"2026": "≥ 1.250,50 €"}),)))
    app = opened(draft.id)
    typed(app, "Risultato di «Contributi", "1.000,40 €")
    assert "80,00 %" in words(app)
    typed(app, "Risultato di «Contributi", "quasi tutti")
    assert "risultato non misurabile" in words(app)


@pytest.mark.engines
def test_another_persons_value_in_the_same_cell_is_not_overwritten():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = opened(draft.id)
    other = with_actual(CARD, 0, "14", "lower", load_profile("neutro")).replace(title="Sportello unico")
    archive().save_draft(other, draft_id=draft.id, version=1)
    typed(app, "Risultato di «Giorni", "10")
    assert "«14»" in app.error[0].value.replace("\\", "")
    assert archive().draft(draft.id).card.indicators[0].actuals == {"2026": "14"}
    typed(app, "Risultato di «Appuntamenti", "360")
    assert archive().draft(draft.id).card.indicators[1].actuals == {"2026": "360"}
    assert archive().draft(draft.id).card.title == "Sportello unico"


@pytest.mark.engines
def test_closing_writes_the_outcome_and_the_state():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = opened(draft.id)
    assert box(app, "button", "Chiudi il consuntivo").disabled
    typed(app, "Risultato di «Giorni", "10")
    typed(app, "Risultato di «Appuntamenti", "360")
    box(app, "button", "Chiudi il consuntivo").click().run()
    assert not app.exception
    closed = archive().draft(draft.id)
    assert (closed.state, closed.card.outcomes[-1].percent) == ("closed", "96,00%")


@pytest.mark.model
def test_a_published_line_comes_out_and_a_trial_survives_a_reload(tmp_path: Path):
    from ui.state import archive

    path = next(path for path in build(tmp_path) if path.name.startswith("montelario_relazione-performance"))
    assert [report.status for report in archive().ingest([path])] == ["new"]
    app = opened()
    box(app, "selectbox", "Sistema di misurazione e valutazione (SMVP)").set_value("cremona").run()
    groups = box(app, "selectbox", "Settore o linea").options
    line = next(name for name in groups if "CITTADINO" in name)
    box(app, "selectbox", "Settore o linea").set_value(line.rsplit(" (", 1)[0]).run()
    assert "**95,50 %**" in words(app)
    assert "dichiarato 95,50 %: coincide" in words(app)
    online = next(card for card in archive().cards() if "Certificati" in (card.title or ""))
    box(app, "selectbox", "Schede").set_value(online.id).run()
    assert "dichiarato" not in words(app), "il totale di una linea non si confronta con una sola scheda"
    box(app, "selectbox", "Schede").set_value("*").run()
    cell = "Risultato di «Appuntamenti del sabato"
    typed(app, cell, "200")
    assert "non coincide" in words(app)
    name = app.query_params["appunti"]
    again = AppTest.from_function(results_page, default_timeout=60)
    again.query_params["appunti"] = name if isinstance(name, str) else name[0]
    again.run()
    assert next(field for field in again.text_input if cell in field.label).value == "200"
    typed(app, cell, "360")
    assert "dichiarato 95,50 %: coincide" in words(app)
    box(app, "button", "Salva come bozze").click().run()
    assert not app.exception
    assert len(archive().drafts()) == 2
    assert "**95,50 %**" in words(app)


def test_the_same_values_typed_from_nothing_give_the_published_totals(shared: Path):
    """Every declared line of a real report, from the cards with their results taken out and typed again."""
    from ingest.limits import Limits
    from ingest.reading import read

    profile = load_profile("cremona")
    reading = read(shared / "corpus" / "cremona_relazione-performance_2022.docx", Limits())
    checked = 0
    for card in reading.cards:
        if card.kind != "objective" or not card.indicators:
            continue
        directions = ways(card, profile)
        blank = card.replace(indicators=tuple(i.replace(actuals={}, achievement=None, deviation=None) for i in card.indicators))
        again = blank
        for index, indicator in enumerate(card.indicators):
            for value in indicator.actuals.values():
                again = with_actual(again, index, value, directions[index], profile)
        before, after = card_result(card, directions, profile), card_result(again, directions, profile)
        assert before.total.value == after.total.value
        for indicator, result in zip(card.indicators, after.indicators, strict=True):
            if indicator.achievement and result.value is not None:
                checked += percent(result.value, 0).split()[0] == indicator.achievement.replace("%", "").strip()
    assert checked >= 30


def test_a_unit_table_gives_the_weighted_total():
    from ui.state import archive

    table = Card(kind="unit_summary", unit="Tributi", year=2026, items=tuple(
        Item(title=name, weight=weight, outcomes=(Outcome(percent=done),))
        for name, weight, done in (("A", "50", "100"), ("B", "30", "80"), ("C", "20", "50"))))
    draft = archive().save_draft(table)
    app = opened(draft.id)
    assert "Totale della tabella: 84,00 %" in words(app)
    typed(app, "Percentuale finale di «C»", "100")
    assert "Totale della tabella: 94,00 %" in words(app)
    assert archive().draft(draft.id).card.items[2].outcomes[-1].percent == "100"


def test_units_weigh_their_objectives_and_an_eliminated_one_does_not_count():
    profile = load_profile("neutro")
    one = CARD.replace(weight="75", indicators=(Indicator(name="Quota", targets={"2026": "≥ 100"}, actuals={"2026": "80"}),))
    two = one.replace(title="Altro", weight="25", indicators=(one.indicators[0].replace(actuals={"2026": "100"}),))
    gone = two.replace(title="Tolto", status="eliminated")
    results = [card_result(card, ways(card, profile), profile) for card in (one, two, gone)]
    (unit,) = group_results(results, profile)
    assert (unit.name, unit.cards, unit.total.value) == ("Servizi Demografici", 2, Decimal(85))


def test_an_indicator_is_neutralised_only_with_a_reason_and_its_weight_goes_to_the_others():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = opened(draft.id)
    typed(app, "Risultato di «Giorni", "10")
    typed(app, "Risultato di «Appuntamenti", "200")
    assert "Totale dell'obiettivo: 80,00 %" in words(app)
    app.selectbox(key=f"consuntivo:{draft.id}:neutro").set_value(1).run()
    assert box(app, "button", "Neutralizza").disabled
    next(area for area in app.text_area if area.label == "Motivo").set_value("Sportello chiuso dal 3 marzo, ord. 12/2026").run()
    box(app, "button", "Neutralizza").click().run()
    assert not app.exception
    assert "Totale dell'obiettivo: 100,00 %" in words(app)
    saved = archive().draft(draft.id).card.indicators[1]
    assert (saved.weight, saved.note) == ("0", "Neutralizzato (peso 40): Sportello chiuso dal 3 marzo, ord. 12/2026")
    app.selectbox(key=f"consuntivo:{draft.id}:neutro").set_value(1).run()
    box(app, "button", "Rimetti nel calcolo").click().run()
    assert "Totale dell'obiettivo: 80,00 %" in words(app)
    assert archive().draft(draft.id).card.indicators[1].weight == "40"


def test_a_trial_changes_no_draft_until_asked():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = opened(draft.id)
    app.toggle[0].set_value(True).run()
    typed(app, "Risultato di «Giorni", "10")
    typed(app, "Risultato di «Appuntamenti", "400")
    assert "Totale dell'obiettivo: 100,00 %" in words(app)
    assert archive().draft(draft.id).card.indicators[0].actuals == {}
    box(app, "button", "Butta la prova").click().run()
    assert "Totale dell'obiettivo: —" in words(app)
    typed(app, "Risultato di «Giorni", "24")
    box(app, "button", "Scrivi le cifre nelle bozze").click().run()
    assert not app.exception
    assert archive().draft(draft.id).card.indicators[0].actuals == {"2026": "24"}
    assert not app.toggle[0].value


def test_the_results_as_a_document_name_the_method_and_say_what_was_left_out():
    from exports.results_report import results_sheet
    from scoring.results import neutralise
    from ui.result_files import FORMATS, written

    profile = load_profile("neutro")
    card = neutralise(with_actual(CARD, 0, "10", "lower", profile), 1, "Sportello chiuso")
    other = CARD.replace(title="Vuota")
    results = [card_result(one, ways(one, profile), profile) for one in (card, other)]
    sheet = results_sheet(results, group_results(results, profile), profile, "Risultati 2026")
    page = unescape(written(sheet, "html").decode())
    for wanted in (profile.title, "100,00 %", "non calcolabile", "neutralizzato", "Sportello chiuso", "Servizi Demografici"):
        assert wanted in page
    for kind in FORMATS:
        assert len(written(sheet, kind)) > 1000


def test_the_results_as_a_document_name_the_body_and_have_no_empty_columns():
    from exports.results_report import results_sheet
    from exports.sheet import Grid

    profile = load_profile("neutro")
    card = with_actual(CARD.replace(entity="Comune di Roccamora"), 0, "10", "lower", profile)
    results = [card_result(card, ways(card, profile), profile)]
    grids = [one for one in results_sheet(results, [], profile, "Risultati").items if isinstance(one, Grid)]
    assert [cell.text for cell in grids[0].rows[0]] == ["Ente", "Comune di Roccamora"]
    for grid in grids[1:]:
        heads = [cell.text for cell in grid.rows[0]]
        assert "Nel documento" not in heads
        assert all(any(row[n].text for row in grid.rows[1:]) for n, head in enumerate(heads) if head in ("Esito", "Note", "Nota"))


def test_the_phases_at_the_days_of_review():
    from cards.model import Phase
    from ui.state import archive

    phases = (Phase(number="1", text="Analisi", weight="40", end="30/06/2026"), Phase(number="2", text="Avvio", weight="60", end="31/12/2026"))
    app = opened(archive().save_draft(CARD.replace(phases=phases)).id)
    assert "Avanzamento delle fasi: al 31/07 previsto 40 %; al 31/12 previsto 100 %" in words(app)


def test_all_the_drafts_of_a_unit_at_once():
    from ui.state import archive

    for n in range(4):
        archive().save_draft(CARD.replace(title=f"Scheda {n}", unit="Finanze" if n else "Cultura", weight="50"))
    app = opened()
    choice = next(one for one in app.selectbox if one.label.startswith("Oppure prendi"))
    choice.set_value("Finanze · 2026").run()
    assert not app.exception
    assert len(app.multiselect[0].value) == 3
    assert "**Finanze** (3 schede)" in words(app)


def test_one_of_many_cards_is_drawn_when_it_is_opened():
    """Its figure stands in the folded heading; its rows come with the opening."""
    from ui.state import archive

    for n in range(8):
        archive().save_draft(CARD.replace(title=f"Scheda {n}", unit="Finanze"))
    app = opened()
    choice = next(one for one in app.selectbox if one.label.startswith("Oppure prendi"))
    choice.set_value("Finanze · 2026").run()
    assert not app.exception
    assert len([one for one in app.expander if one.label.startswith("Scheda ")]) == 8
    assert not [one for one in app.text_input if one.label.startswith("Risultato di")]
