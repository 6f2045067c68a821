"""What a spreadsheet lets one type in the cells of a form (data validation): weights, dates, and words from a list.

A column, or a label with its value beside it, is known by its words (``cards.labels`` and those of the layouts). Weights are
refused outside 0-100; elsewhere a person is warned and may go on, because plans say "entro novembre" where a date is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from openpyxl.cell.cell import Cell as OwnCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cards import labels
from exports.sheet import Cell, Grid

WEIGHT = re.compile(r"peso( %| fase| indicatore)?|quota di partecipazione|% partecipazione", re.IGNORECASE)
DAY = re.compile(r"(data )?(inizio|fine)", re.IGNORECASE)
OUTCOME = re.compile(r"esito( al .*| \(.*\))?", re.IGNORECASE)
OUTCOMES = ("Raggiunto", "Parzialmente raggiunto", "Non raggiunto")
LISTS = {
    "tipo": tuple(labels.KINDS.values()),
    **{name.lower(): tuple(labels.STATUS.values()) for name in (labels.PHASE["status"], labels.INDICATOR["status"])},
}
SheetCell = OwnCell | MergedCell
LONGEST = 255  # characters of a list inside a workbook


def add_rules(page: Worksheet, at: int, grid: Grid) -> None:
    """The rules of a grid printed from row ``at`` on."""
    found: dict[tuple[object, ...], DataValidation] = {}
    for words, cells in _named(page, at, grid):
        for cell in cells:
            if (key := _rule_of(words, cell, cells)) is not None:
                if key not in found:
                    found[key] = _made(key)
                    page.add_data_validation(found[key])
                found[key].add(cell)


def _named(page: Worksheet, at: int, grid: Grid) -> Iterator[tuple[str, list[SheetCell]]]:
    """(words, the cells they stand for): the columns of a table with a header, the values beside the labels of a form."""
    body = list(enumerate(grid.rows[grid.header:], at + grid.header))
    if body and all(len(row) == 2 and row[0].bold and not row[1].bold for _, row in body):
        for n, row in body:
            yield row[0].text.strip(), [page.cell(n, 1 + row[0].span)]
    elif grid.header:
        column = 1
        for head in grid.rows[grid.header - 1]:
            if head.span == 1:
                yield head.text.strip(), [page.cell(n, column) for n, row in body if not _closing(row)]
            column += head.span


def _closing(row: Iterable[Cell]) -> bool:
    """Whether a row is a table's own total: all in bold."""
    return all(cell.bold for cell in row)


def _rule_of(words: str, cell: SheetCell, column: Iterable[SheetCell]) -> tuple[object, ...] | None:
    """Which rule a cell has; none for a weight already written otherwise (points, words), which must not become an error."""
    if WEIGHT.fullmatch(words):
        most = 1 if "%" in cell.number_format else 100
        if cell.value is None:
            most = 1 if any("%" in other.number_format for other in column) else 100
            return "weight", most
        return ("weight", most) if isinstance(cell.value, int | float) and 0 <= cell.value <= most else None
    if DAY.fullmatch(words):
        return ("day",)
    if words.lower() in LISTS:
        return "list", LISTS[words.lower()]
    return ("list", OUTCOMES) if OUTCOME.fullmatch(words) else None


def _made(key: tuple[object, ...]) -> DataValidation:
    if key[0] == "weight":
        rule = DataValidation(type="decimal", operator="between", formula1="0", formula2=str(key[1]), allow_blank=True)
        return _says(rule, True, "Peso", "Un peso è un numero da 0 a 100.")
    if key[0] == "day":
        rule = DataValidation(type="date", operator="between", formula1=str(int(to_excel(date(2000, 1, 1)))),
                              formula2=str(int(to_excel(date(2100, 12, 31)))), allow_blank=True)
        return _says(rule, False, "Data", "Qui va una data, per esempio 30/06/2027. Vuoi scrivere altro?")
    assert isinstance(key[1], tuple)
    words = ",".join(key[1])
    assert len(words) <= LONGEST
    rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
    return _says(rule, False, "Elenco", "Di solito è una delle voci dell'elenco. Vuoi scrivere altro?")


def _says(rule: DataValidation, firm: bool, title: str, message: str) -> DataValidation:
    rule.errorStyle = "stop" if firm else "warning"
    rule.errorTitle, rule.error, rule.showErrorMessage = title, message, True
    return rule
