"""The plan at a glance: figures as counted by hand, last year beside this, one picture with words and tables in every document."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from PIL import Image

from cards.model import Card
from exports.docx import sheet_docx
from exports.findings import Dossier, findings_file
from exports.findings_html import sheet_html
from exports.picture import Picture, drawn
from exports.plan_charts import one_page, panels, themes_panel
from exports.plan_report import overview_sheet
from exports.report import Context
from scoring.check import check
from scoring.comparison import compare
from scoring.overview import Overview, Theme, overview, overview_of, plan_reading
from scoring.profiles import load_profile

NEUTRAL = load_profile("neutro")


def card(title: str, unit: str, weight: str | None, *indicators: tuple[str, str, str | None], year: int = 2027, **more: Any) -> Card:
    return Card.model_validate({
        "id": f"{title}{year}", "title": title, "unit": unit, "year": year, "weight": weight, **more,
        "indicators": [{"name": name, "targets": {str(year): target}, "baseline": base} for name, target, base in indicators]})


NOW = (card("Pagamenti", "Finanze", "60", ("Tempo medio (giorni)", "≤ 25", "28"), ("Fatture nei termini (%)", "≥ 95%", None)),
       card("Bilancio", "Finanze", "50", ("Approvazione", "entro 30/06/2027", None)),
       card("Sportello", "Demografici", "100", ("Attesa", "Come da piano", None), ("Utenti soddisfatti (%)", "≥ 80%", "75%")),
       card("Tolto", "Finanze", "40", ("x", "5", None), status="eliminated"))
BEFORE = (card("Pagamenti", "Finanze", "60", ("Tempo medio (giorni)", "≤ 28", None), ("Fatture nei termini (%)", "≥ 97%", None), year=2026),
          card("Sportello", "Demografici", "100", ("Utenti soddisfatti (%)", "≥ 80%", None), year=2026),
          card("Biblioteca", "Cultura", "100", ("Prestiti", "1.200", None), year=2026))


@pytest.fixture(scope="module")
def view() -> Overview:
    reading = plan_reading(NOW, "Piano 2027", 2027, "piao")
    return overview(reading, NEUTRAL, 2027, check(reading, NEUTRAL, year=2027), None, BEFORE)


def test_the_figures(view: Overview):
    assert (view.cards, view.indicators, view.measurable, view.with_history) == (3, 5, 4, 2)
    finance = next(one for one in view.units if one.name == "Finanze")
    assert (finance.cards, str(finance.weight), finance.indicators, finance.measurable, finance.with_history) == (2, "110", 3, 3, 1)


def test_last_year_beside_this(view: Overview):
    before = view.before
    assert before is not None
    assert (before.year, before.kept, before.new, before.gone) == (2026, ("Pagamenti", "Sportello"), ("Bilancio",), ("Biblioteca",))
    assert {change.indicator: change.way for change in before.changes} == {
        "Tempo medio (giorni)": "better", "Fatture nei termini (%)": "weaker", "Utenti soddisfatti (%)": "same"}
    other = card("Pagamenti", "Finanze", "60", ("Tempo medio (giorni)", "entro giugno", None), year=2026)
    assert compare(NOW, [other]).changes[0].way == "unknown", "forme diverse non si confrontano"


def test_an_objective_is_known_by_its_code_when_the_title_changes():
    old = card("Vecchio titolo", "Finanze", "60", ("Tempo", "≤ 28", None), year=2026, code="OB.7")
    new = card("Titolo nuovo", "Finanze", "60", ("Tempo", "≤ 28", None), code="OB.7")
    assert compare([new], [old]).new == ()


def test_a_value_that_the_archive_knows_is_a_past(view: Overview):
    from scoring.facts import Evidence

    reading = plan_reading(NOW, "Piano 2027", 2027, "piao")
    known = Evidence(series={"approvazione": {"2026": "12/06/2026"}})
    assert overview(reading, NEUTRAL, 2027, check(reading, NEUTRAL), known).with_history == 3


def test_each_panel_says_in_words_what_it_draws(view: Overview):
    parts = panels(view)
    assert [panel.title for panel in parts] == [
        "Copertura dei temi obbligatori", "Pesi degli obiettivi per settore", "Valori attesi misurabili",
        "Indicatori con un valore passato", "Il 2027 e il 2026"]
    words = " ".join(panel.words for panel in parts)
    for wanted in ("Finanze (10 di troppo)", "4 indicatori su 5", "2 indicatori su 5", "obiettivi confermati 2, nuovi 1, non ripresi 1"):
        assert wanted in words
    for panel in parts:
        header, rows = panel.table
        assert rows
        assert all(len(row) == len(header) for row in rows)
    spec = one_page(parts)
    assert len(spec["concat"]) == len(parts)
    assert spec["config"]["locale"]["number"]["decimal"] == ","


def test_the_charts_are_vega_lite_as_its_schema_wants_it(view: Overview):
    from altair import Chart
    from jsonschema import ValidationError

    for panel in panels(view):
        Chart.from_dict(panel.whole)
    wrong = panels(view)[0].whole | {"layer": [{"mark": "barra"}]}
    with pytest.raises(ValidationError, match="barra"):
        Chart.from_dict(wrong)


def test_the_picture_has_ink_and_letters(view: Overview):
    picture = drawn(one_page(panels(view)), "parole")
    image = Image.open(io.BytesIO(picture.png)).convert("L")
    left = image.crop((0, 0, image.width // 6, image.height))
    assert sum(left.histogram()[:120]) > 500, "i nomi a sinistra sono scritti, non vuoti"
    assert "Finanze" in picture.svg
    assert "http://" not in picture.svg.replace("http://www.w3.org", "")


def test_nothing_is_fetched_to_draw():
    spec = {"data": {"url": "http://192.0.2.1/x.json"}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "nominal"}}}
    with pytest.raises(ValueError, match="192.0.2.1|allowed"):
        drawn(spec, "x")


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_the_documents_hold_picture_words_and_tables(view: Overview, kind: str):
    sheet = overview_sheet(view, "Comune di Prova")
    words = " ".join(panel.words for panel in panels(view))
    if kind == "docx":
        document = Document(io.BytesIO(sheet_docx(sheet)))
        (shape,) = document.inline_shapes
        assert words.split(".")[0] in shape._inline.docPr.get("descr")
        told = "\n".join([*(p.text for p in document.paragraphs), *(c.text for t in document.tables for r in t.rows for c in r.cells)])
    else:
        told = sheet_html(sheet).decode()
        assert "data:image/svg+xml;base64," in told
        assert 'alt="Copertura' in told
        assert "<script" not in told
    for wanted in ("Finanze (10 di troppo)", "4 indicatori su 5", "Neutro", "Tempi di pagamento"):
        assert wanted in told


def test_a_writer_that_cannot_draw_prints_the_words(view: Overview):
    from exports.odt import sheet_odt
    from exports.pdf import sheet_pdf
    from exports.xlsx import sheet_xlsx

    sheet = overview_sheet(view)
    assert any(isinstance(item, Picture) for item in sheet.items)
    for write in (sheet_odt, sheet_pdf, sheet_xlsx):
        assert len(write(sheet)) > 1000


def test_the_report_of_a_whole_plan_has_its_picture_and_a_small_table_has_none():
    reading = plan_reading(NOW, "Piano 2027", 2027, "piao")
    report = check(reading, NEUTRAL, year=2027)
    whole = overview_of(reading, NEUTRAL, report)
    assert whole is not None
    page = findings_file(Dossier(report, Context(reading, NEUTRAL, None, whole)), "html").decode()
    assert "Il piano 2027 in una pagina" in page
    assert overview_of(plan_reading(NOW[:2], "x", 2027, "piao"), NEUTRAL, report) is None


def test_a_report_of_results_is_not_asked_for_the_themes_of_a_plan():
    reading = plan_reading(NOW, "Relazione 2027", 2027, "relazione_performance")
    whole = overview_of(reading, NEUTRAL, check(reading, NEUTRAL, year=2027))
    assert whole is not None
    assert "Copertura dei temi obbligatori" not in [panel.title for panel in panels(whole)]


@pytest.mark.parametrize(("good", "said"), [(1, "1 indicatore su 3 ha un valore"), (0, "0 indicatori su 3 hanno un valore")])
def test_one_indicator_is_said_in_the_singular(good: int, said: str) -> None:
    from exports.plan_charts import _of

    assert _of(good, 3, "hanno un valore") == said


def test_why_themes_cannot_be_verified_is_said_once_under_them() -> None:
    panel = themes_panel([Theme("NRM001", "Tempi di pagamento", "unknown", "Il documento non è il piano intero", "L. 145/2018")])
    assert "? Non verificabile" in str(panel.chart)
    assert panel.words == "Temi chiesti da norme e direttive: non verificabile 1. Il documento non è il piano intero."


def test_the_picture_stays_on_the_page_of_its_heading_unless_it_would_be_too_small(view: Overview):
    """Landscape A4 without margins is 26.3 by 17.6 cm: heading and figures take 4.4 of them; a tower of charts has its own page."""
    from docx.shared import Cm

    from exports.docx import READABLE

    sheet = overview_sheet(view)
    (shape,) = Document(io.BytesIO(sheet_docx(sheet))).inline_shapes
    assert shape.height <= Cm(17.6 - 4.4) + 635, "to a twip"
    assert shape.width >= READABLE
    (drawing,) = (item for item in sheet.items if isinstance(item, Picture))
    tall = io.BytesIO()
    Image.open(io.BytesIO(drawing.png)).resize((600, 900)).save(tall, "png")
    (tower,) = Document(io.BytesIO(sheet_docx(replace(sheet, items=(replace(drawing, png=tall.getvalue()),))))).inline_shapes
    assert Cm(16) < tower.height <= Cm(17.6)
    assert abs(tower.height * 2 - tower.width * 3) < 10, "its shape is kept"
