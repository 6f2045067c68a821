"""The findings as files: SARIF by the published schema, HTML that runs nothing, the user's own table annotated in its cells."""

from __future__ import annotations

import io
import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from openpyxl.workbook import Workbook

from cards.errors import PiaoError
from cards.model import Card, Indicator, Reading
from cards.model import Document as CardDocument
from exports.findings import FORMATS, Dossier, findings_file, format_of
from exports.findings_marks import SourceRow
from exports.report import Context
from ingest.reading import read
from ingest.source_tables import source_rows
from samples.build import write_draft_table
from scoring.check import check
from scoring.profiles import load_profile
from scoring.suppressions import Suppression

NEUTRAL = load_profile("neutro")
HEADER = ["Settore", "Obiettivo", "Indicatore", "Formula", "Valore di partenza", "Valore atteso 2027", "Peso"]
ROWS = [["Finanze", "Pagamenti", "Tempo medio (giorni)", "giorni / fatture", "28", "≤ 25", 60],
        ["Finanze", "Pagamenti", "Fatture nei termini (%)", "nei termini / totale * 100", "95%", "≥ 97%", 50]]
SHEET = "Obiettivi 2027"


def workbook(path: Path, rows: list[list[Any]] | None = None, change: Any = None) -> Path:
    book = Workbook()
    page = book.active
    page.title = SHEET
    for row in [HEADER, *(rows or ROWS)]:
        page.append(row)
    if change:
        change(book)
    book.save(path)
    return path


def dossier(path: Path, **more: Any) -> Dossier:
    reading = read(path)
    report = check(reading, NEUTRAL, **more)
    context = Context(reading, NEUTRAL, date(2026, 11, 21))
    if path.suffix == ".xlsx":
        return Dossier(report, context, workbook=path.read_bytes())
    return Dossier(report, context, rows=[SourceRow(*one) for one in source_rows(path)])


def annotated(made: Dossier) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(findings_file(made, "xlsx")))


# ---------------------------------------------------------------------------------------------- the own table


def test_the_comment_and_the_colour_are_on_the_exact_cells(tmp_path: Path):
    write_draft_table(tmp_path / "t.xlsx")
    made = dossier(tmp_path / "t.xlsx")
    original = openpyxl.load_workbook(tmp_path / "t.xlsx")[SHEET]
    book = annotated(made)
    page = book[SHEET]
    assert "TGT001" in page["F4"].comment.text
    assert "TGT002" in page["F5"].comment.text
    assert page["F4"].fill.fgColor.rgb.endswith("F4B6B3")
    assert "somm" in page["G2"].comment.text
    assert page["G3"].fill.fgColor.rgb.endswith("F4B6B3"), "il secondo peso della somma sbagliata"
    assert page["G3"].comment is None, "una segnalazione, un commento"
    assert page["F2"].comment is None
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [[c.value for c in row] for row in original.iter_rows()]
    listed = book["Segnalazioni"]
    assert book.sheetnames[0] == "Segnalazioni"
    assert listed["B2"].value == made.report.findings[0].code
    assert listed["D2"].hyperlink.location or listed["D2"].hyperlink.target


def test_a_comment_of_the_office_is_kept(tmp_path: Path):
    from openpyxl.comments import Comment

    def change(book: Workbook) -> None:
        book[SHEET]["G2"].comment = Comment("concordato con il sindaco", "Ufficio")

    page = annotated(dossier(workbook(tmp_path / "t.xlsx", change=change)))[SHEET]
    assert page["G2"].comment.text.startswith("concordato con il sindaco")
    assert "PES001" in page["G2"].comment.text


def test_no_formula_is_left_to_run(tmp_path: Path):
    def change(book: Workbook) -> None:
        page = book[SHEET]
        page["H1"], page["H2"] = "Note", '=HYPERLINK("http://example.org","apri")'
        page["H3"].value, page["H3"].data_type = "=cmd|' /C calc'!A0", "s"

    made = dossier(workbook(tmp_path / "t.xlsx", change=change))
    content = findings_file(made, "xlsx")
    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in page.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f"]
    page = openpyxl.load_workbook(io.BytesIO(content))[SHEET]
    assert page["H2"].value.startswith("=HYPERLINK")
    assert page["H2"].quotePrefix


def test_a_merged_cell_is_marked_on_its_first(tmp_path: Path):
    def change(book: Workbook) -> None:
        page = book[SHEET]
        page["F2"] = page["F3"] = "Come da piano"
        page["F3"] = None
        page.merge_cells("F2:F3")

    made = dossier(workbook(tmp_path / "t.xlsx", change=change))
    assert [one for one in made.report.findings if one.where.cell and one.where.cell.endswith(("F2", "F3"))]
    assert annotated(made)[SHEET]["F2"].comment


@pytest.mark.parametrize("suffix", ["csv", "docx", "txt"])
def test_other_sources_get_a_copy_of_their_table(tmp_path: Path, suffix: str):
    rows = [HEADER, *[[str(value) for value in row] for row in ROWS]]
    path = tmp_path / f"t.{suffix}"
    if suffix == "docx":
        document = Document()
        table = document.add_table(rows=0, cols=len(HEADER))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.save(path)
    else:
        path.write_text("\n".join((";" if suffix == "csv" else "\t").join(row) for row in rows), encoding="utf-8")
    made = dossier(path)
    assert [one.code for one in made.report.findings if one.code == "PES001"]
    page = annotated(made)["Tabelle lette"]
    weights = [cell for row in page.iter_rows() for cell in row if cell.value in (60, 50)]
    assert len(weights) == 2
    assert "PES001" in weights[0].comment.text
    assert all(cell.fill.fgColor.rgb.endswith("F4B6B3") for cell in weights)


# ---------------------------------------------------------------------------------------------- HTML and Word


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_is_self_contained_and_runs_nothing():
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    card = Card(title=hostile, year=2027, indicators=(Indicator(name=hostile, targets={"2027": hostile}),))
    reading = Reading(document=CardDocument(name=hostile, year=2027), cards=(card,))
    text = findings_file(Dossier(check(reading, NEUTRAL), Context(reading, NEUTRAL)), "html").decode()
    page = Tags()
    page.feed(text)
    tags = {tag for tag, _ in page.found}
    assert not tags & {"script", "link", "iframe", "img", "object", "form"}
    assert not [one for _, attrs in page.found for one in attrs if one.startswith("on") or one in ("src", "href")]
    assert ("html", {"lang": "it"}) in page.found
    assert hostile in "".join(page.words)
    assert "@media print" in text


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_the_report_says_all_that_a_person_needs(tmp_path: Path, kind: str):
    path = workbook(tmp_path / "t.xlsx")
    one = Suppression(None, "scelta della Giunta", "M. Rossi", code="PES001", card="Pagamenti")
    made = dossier(path, suppressions=[one])
    content = findings_file(made, kind)
    if kind == "html":
        page = Tags()
        page.feed(content.decode())
        words = "\n".join(page.words)
    else:
        document = Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    for wanted in ("t.xlsx", NEUTRAL.title, "21/11/2026", "scelta della Giunta", "M. Rossi", "Controlli non eseguiti"):
        assert wanted in words
    for finding in made.report.findings:
        assert finding.message in words
        assert finding.fix in words
        assert finding.basis in words


# ---------------------------------------------------------------------------------------------- machines

# Required and allowed properties of the SARIF 2.1.0 objects that we write (OASIS standard, sections 3.13-3.58).
SARIF: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema", "inlineExternalProperties", "properties"}),
    "run": ({"tool"}, {"language", "columnKind", "properties", "invocations", "results"}),
    "driver": ({"name"}, {"language", "rules", "version", "semanticVersion"}),
    "rule": ({"id"}, {"name", "shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"}),
    "invocation": ({"executionSuccessful"}, {"toolExecutionNotifications"}),
    "notification": ({"message"}, {"level", "associatedRule", "locations", "descriptor"}),
    "result": ({"message"}, {"ruleId", "ruleIndex", "level", "locations", "partialFingerprints", "properties", "kind"}),
    "location": (set(), {"logicalLocations", "physicalLocation", "message"}),
    "physical": (set(), {"artifactLocation", "region"}),
}


def obeys(kind: str, value: dict[str, Any]) -> None:
    required, allowed = SARIF[kind]
    assert required <= set(value), (kind, required - set(value))
    assert set(value) <= required | allowed, (kind, set(value) - required - allowed)


def test_sarif_obeys_the_published_schema(tmp_path: Path):
    one = Suppression("0" * 16, "x", "y")
    made = dossier(workbook(tmp_path / "t.xlsx"), suppressions=[one])
    data = json.loads(findings_file(made, "sarif"))
    obeys("log", data)
    assert data["version"] == "2.1.0"
    (run,) = data["runs"]
    obeys("run", run)
    driver = run["tool"]["driver"]
    obeys("driver", driver)
    for rule in driver["rules"]:
        obeys("rule", rule)
        assert rule.get("defaultConfiguration", {"level": "none"})["level"] in ("error", "warning", "note", "none")
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help") if name in rule)
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for invocation in run["invocations"]:
        obeys("invocation", invocation)
        for notification in invocation["toolExecutionNotifications"]:
            obeys("notification", notification)
            assert notification["level"] in ("none", "note", "warning", "error")
            assert notification["message"]["text"]
    assert {result["ruleId"] for result in run["results"]} >= {"PES001", "SOP001"}
    for result in run["results"]:
        obeys("result", result)
        assert result["level"] in ("error", "warning", "note"), "un livello assente si legge come pulito"
        assert result["message"]["text"]
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert all(isinstance(text, str) for text in result["partialFingerprints"].values())
        for location in result["locations"]:
            obeys("location", location)
            obeys("physical", location["physicalLocation"])
            assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]
            assert location["physicalLocation"].get("region", {"startLine": 1})["startLine"] >= 1


def test_json_is_the_contract(tmp_path: Path):
    made = dossier(workbook(tmp_path / "t.xlsx"))
    assert json.loads(findings_file(made, "json")) == json.loads(json.dumps(made.report.to_json()))


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_a_draft_without_a_table_is_written_in_every_format(kind: str):
    reading = Reading(document=CardDocument(name="bozza"), cards=(Card(id="b1", title="a\x00b", year=2027),))
    report = check(reading, NEUTRAL)
    assert findings_file(Dossier(report, Context(reading, NEUTRAL)), kind)
    assert findings_file(Dossier(report), kind)


def test_an_unknown_extension_is_one_line():
    assert format_of(Path("Esito.XLSX")) == "xlsx"
    with pytest.raises(PiaoError, match=r"\.json, \.sarif, \.html, \.docx, \.xlsx"):
        format_of(Path("esito.pdf"))


def test_a_finding_of_a_card_written_here_is_placed_in_words() -> None:
    from exports.report import place
    from scoring.findings import Finding, Level, Where

    finding = Finding("TXT005", Level.ERROR, "", "Scheda", Where(field="indicators[0].formula"), None, None, "", "")
    assert place(finding) == "indicatore 1, formula"
