"""Workbooks that go on being worked on: what a cell accepts, and totals that another program works out to our own figures."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from cards.model import Card, Indicator
from exports import export, office
from exports.results_report import results_sheet
from exports.sheet import Grid, Line, Sheet, cells
from exports.xlsx import card_xlsx, sheet_xlsx
from scoring.profiles import load_profile
from scoring.results import card_result, group_results, percent, ways

FIVE = ("cremona", "segrate", "terre-argine", "terre-argine-dup", "bellusco")
NEUTRAL = load_profile("neutro")


def page_of(content: bytes) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert isinstance(book.active, Worksheet)
    return book.active


def rules(page: Worksheet) -> dict[str, tuple[str, str, str | None]]:
    """Cell -> (kind of rule, its list or lower end, its upper end)."""
    return {f"{cell}": (rule.type, rule.formula1, rule.formula2) for rule in page.data_validations.dataValidation
            for area in rule.sqref.ranges for row in area.rows for cell in (page.cell(*place).coordinate for place in row)}


def under(page: Worksheet, words: str) -> str:
    """The first cell under the heading with those words."""
    head = next(cell for row in page.iter_rows() for cell in row if cell.value == words)
    return page.cell(head.row + 1, head.column).coordinate


def test_weights_dates_and_words_are_asked_for_as_they_are_wanted(full_card: Card) -> None:
    page = page_of(export(full_card, "xlsx")[0])
    found = rules(page)
    assert found[under(page, "Peso indicatore")] == ("decimal", "0", "1")  # written as 60 %, the cell holds a part of one
    assert found[under(page, "Tipo")] == ("list", '"Quantità,Tempo,Costo,Qualità"', None)
    assert found[under(page, "Inizio")][0] == "date"
    assert found[under(page, "Esito")][1] == '"Raggiunto,Parzialmente raggiunto,Non raggiunto"'
    assert found[under(page, "Stato della fase")][1].startswith('"Nuovo,Attivo')
    beside = next(cell for row in page.iter_rows(max_col=1) for cell in row if cell.value == "Data inizio")
    assert found[page.cell(beside.row, 2).coordinate][0] == "date"


def test_plain_weights_go_from_zero_to_a_hundred_and_points_above_are_left_alone() -> None:
    card = Card(title="Uno", year=2027, indicators=(Indicator(name="a", weight="60"), Indicator(name="b", weight="150"),
                                                    Indicator(name="c", weight="alto"), Indicator(name="d")))
    page = page_of(export(card, "xlsx")[0])
    first = page[under(page, "Peso indicatore")]
    found = [rules(page).get(page.cell(first.row + n, first.column).coordinate) for n in range(4)]
    assert found == [("decimal", "0", "100"), None, None, ("decimal", "0", "100")]


@pytest.mark.parametrize("layout", FIVE)
def test_no_rule_of_the_five_layouts_refuses_what_the_card_says(layout: str, full_card: Card) -> None:
    page = page_of(export(full_card, "xlsx", layout)[0])
    held = rules(page)
    assert held
    for cell, (kind, low, high) in held.items():
        value = page[cell].value
        if kind == "decimal" and value is not None:
            assert float(low) <= value <= float(high or 0)


def opened(files: list[Path], target: Path) -> list[list[list[str]]]:
    """The first sheet of each workbook as LibreOffice shows it, its formulas worked out anew."""
    subprocess.run([office.PROGRAM, f"-env:UserInstallation={office._profile().as_uri()}", "--headless", "--norestore",
                    "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true", "--outdir", str(target),
                    *map(str, files)], check=True, timeout=120, capture_output=True)
    return [list(csv.reader((target / f"{path.stem}.csv").read_text("utf-8").splitlines(), delimiter=";")) for path in files]


@pytest.mark.office
@pytest.mark.skipif(shutil.which(office.PROGRAM) is None, reason="LibreOffice non è installato")
def test_the_totals_are_formulas_that_another_program_works_out_to_our_figures(tmp_path: Path) -> None:
    def card(title: str, weight: str, *values: tuple[str, str, str]) -> Card:
        made = tuple(Indicator(name=f"{title} {n}", weight=w, targets={"2026": t}, actuals={"2026": a})
                     for n, (w, t, a) in enumerate(values))
        return Card(title=title, unit="Tributi", year=2026, weight=weight, indicators=made)

    cards = [card("Recupero", "33,5", ("70", "≥ 90", "81"), ("30", "≥ 3", "2")),
             card("Sportello", "66,5", ("45,5", "≥ 7", "6"), ("54,5", "≥ 10", "12"))]
    results = [card_result(one, ways(one, NEUTRAL), NEUTRAL) for one in cards]
    groups = group_results(results, NEUTRAL)
    files = [tmp_path / "risultati.xlsx", tmp_path / "scheda.xlsx"]
    files[0].write_bytes(sheet_xlsx(results_sheet(results, groups, NEUTRAL, "Risultati 2026")))
    files[1].write_bytes(export(cards[0], "xlsx")[0])
    assert [cell.value for row in page_of(files[0].read_bytes()).iter_rows() for cell in row if cell.data_type == "f"]
    shown, form = opened(files, tmp_path)
    totals = [next(cell for cell in row[1:] if cell) for row in shown if row[0] == "Totale"]
    places = NEUTRAL.rounding.total
    wanted = [percent(value, places).replace(" ", "") for value in (groups[0].total.value, *(one.total.value for one in results))]
    assert [total.replace(" ", "").replace(".", ",") for total in totals] == wanted
    assert [next(cell for cell in row[1:] if cell) for row in form if row[0] == "Totale"] == ["100"]


def test_a_mean_that_the_cells_do_not_give_is_no_formula() -> None:
    """The figure we publish comes from unrounded values: where the printed ones give another, a formula would contradict it."""
    from exports.sheet import Mean, Sheet, table

    rows = [("a", "50", "33,3 %"), ("b", "50", "66,6 %")]
    for shown, formulas in (("49,95 %", 1), ("50,00 %", 0)):
        sheet = Sheet("x", (table(("Che cosa", "Peso", "Fatto"), rows, mean=Mean(2, 1, shown)),))
        assert sum(cell.data_type == "f" for row in page_of(sheet_xlsx(sheet)).iter_rows() for cell in row) == formulas


def test_the_only_table_of_a_sheet_repeats_its_header_in_print_and_several_do_not() -> None:
    from exports.sheet import Sheet, table

    one = table(("Codice", "Titolo"), [("1", "a")])
    assert page_of(sheet_xlsx(Sheet("x", (one,)))).print_title_rows == "$1:$1"
    assert not page_of(sheet_xlsx(Sheet("x", (one, one)))).print_title_rows


def test_rows_are_as_tall_as_their_words_in_a_named_font_and_titles_run_on(full_card: Card) -> None:
    page = page_of(card_xlsx(full_card.replace(description="Una frase che non sta in una riga. " * 12)))
    words, date = (next(cell for row in page.iter_rows() for cell in row if str(cell.value).startswith(said))
                   for said in ("Una frase", "Anno"))
    height = page.row_dimensions[words.row].height
    assert height
    assert height >= 15 * 420 / page.column_dimensions[words.column_letter].width
    assert page.row_dimensions[date.row].height is None
    assert {cell.font.name for row in page.iter_rows() for cell in row} == {"Calibri"}
    assert not page["A1"].alignment.wrap_text


def test_a_paragraph_is_folded_within_the_width_of_the_tables() -> None:
    grid = Grid((cells(("Indicatore", "Esito")), cells(("Fatture", "97%"))), header=1)
    page = page_of(sheet_xlsx(Sheet("Prova", (Line("Motivazione:", "una frase lunga " * 20), grid))))
    assert [str(span) for span in page.merged_cells.ranges] == ["A1:B1"]
    assert page["A1"].alignment.wrap_text
    assert page.row_dimensions[1].height > 15
