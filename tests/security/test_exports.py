"""Every payload in a card's fields (in each one for Excel, CSV and JSON), written in each format: parsed, nothing in it acts."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from importlib import import_module

import openpyxl
import pytest
from lxml import etree

from cards.model import Card
from exports import export_cards
from exports.layouts import lay_out
from exports.template import fill_template
from exports.template_starter import starter_template
from tests.security.payloads import PAYLOADS, hostile_card
from tests.security.test_injection import inert

MORE = (
    "=cmd|' /C evil'!A0", "@SUM(1+1)*cmd|' /C evil'!A0", "\t=evil()", "\r=evil()", "\n=evil()", " =evil()", "=HYPERLINK(\"http://evil.example\")",
    "=WEBSERVICE(\"http://evil.example\")", "+DDE(\"evil\")", "%0A=evil()", "]]><evil/>", "<text:a xlink:href=\"http://evil.example\">evil</text:a>",
    "<office:script>evil</office:script>", "<w:fldSimple w:instr=\"DDEAUTO evil\"/>", "{{ 7*191 }}{% evil %}", "${7*191}", "&evil;<!ENTITY evil SYSTEM 'file:///etc/passwd'>",
    "/JS (evil()) /S /JavaScript", ") Tj /URI (http://evil.example)", "<a href=\"http://evil.example\">evil</a><img src=\"file:///etc/passwd\"/>",
    "\x1b[31mevil\x1b]0;evil\x07", "\x9b31mevil", "\u2028=evil()", "</script><script>evil()</script>", "-->evil<!--", "\u003cevil\u003e", "'=evil()",
)
CARDS = [hostile_card(n, payloads=(*PAYLOADS, *MORE)) for n in range(len(PAYLOADS) + len(MORE))]


def test_each_field_gets_each_payload() -> None:
    assert len(CARDS) >= 45
    titles = {card.title for card in CARDS}
    notes = {indicator.note for card in CARDS for indicator in card.indicators[:1]}
    assert len(titles) == len(notes) == len(CARDS)


def xml_parts(content: bytes) -> dict[str, etree._Element]:
    """The parts of an Office file, parsed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: etree.fromstring(file.read(name), parser) for name in file.namelist() if name.endswith((".xml", ".rels")) and file.read(name)}


def acting(content: bytes) -> list[str]:
    """Elements and attributes of an Office file that come from a payload, run or fetch."""
    found = [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if re.search("vba|externalLink|embeddings|activeX", name)]
    for name, tree in xml_parts(content).items():
        assert tree.getroottree().docinfo.internalDTD is None
        for element in tree.iter(etree.Element):
            tag = etree.QName(element).localname.lower()
            values = [str(value) for value in element.attrib.values()]
            if "evil" in tag or tag in ("script", "hyperlink", "a", "fldsimple", "object", "oleobject", "database-range", "dde-source", "ddelink"):
                found.append(f"{name}: <{tag}>")
            found += [f"{name}: {value}" for value in values if value.lower().startswith(("http://evil", "javascript:", "file:"))]
            if tag == "f" and not re.fullmatch(r"(SUM|AVERAGE)\([A-Z]+\d+:[A-Z]+\d+\)|SUMPRODUCT\([A-Z0-9:,]+\)/SUM\([A-Z0-9:]+\)", element.text or ""):
                found.append(f"{name}: formula {element.text}")
            if tag == "formula" and "evil" in (element.text or ""):
                found.append(f"{name}: rule {element.text}")
    return found


def written(format: str, cards: list[Card]) -> bytes:
    return export_cards(cards, format)[0]


@pytest.mark.parametrize(("format", "every"), [("docx", 3), ("xlsx", 1), ("odt", 4)])
def test_office_files(format: str, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.office.available", lambda: False)
    content = getattr(import_module(f"exports.{format}"), f"sheet_{format}")(lay_out(CARDS[::every], "neutro"))
    assert acting(content) == []
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert [cell.value for page in book for row in page for cell in row if cell.data_type == "f" and "evil" in str(cell.value)] == []


def test_a_pdf_has_no_action(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.office.available", lambda: False)
    assert inert(written("pdf", CARDS[::6]), "pdf") == []


def test_csv_and_json() -> None:
    """A spreadsheet looks at the first character of a cell: none of those it acts on is there."""
    rows = csv.reader(io.StringIO(written("csv", CARDS).decode("utf-8-sig"), newline=""), delimiter=";")
    assert [cell for row in rows for cell in row if re.match("[=+@\r\n\t]|-[^0-9]", cell)] == []
    data = json.loads(written("json", CARDS))
    assert [Card.model_validate(one) for one in data] == CARDS


def test_the_bodys_template_takes_no_command_from_a_card() -> None:
    content = fill_template(starter_template(), CARDS[::2])
    assert acting(content) == []
    text = "".join(xml_parts(content)["word/document.xml"].itertext())
    assert "1337" not in text


def outcome(format: str) -> bytes:
    from exports.findings import Context, Dossier, findings_file
    from scoring.check import check
    from scoring.profiles import load_profile
    from store.lookup import reading_of

    reading, profile = reading_of(CARDS[::6], "[evil](javascript:evil()) =evil() <script>evil()</script>.xlsx"), load_profile("neutro")
    return findings_file(Dossier(check(reading, profile, year=2026), Context(reading=reading, profile=profile)), format)


@pytest.mark.parametrize("format", ["json", "sarif", "html", "docx", "xlsx"])
def test_the_findings(format: str) -> None:
    content = outcome(format)
    if format in ("json", "sarif"):
        text = content.decode()
        assert json.loads(text)
        assert "javascript:evil" not in str([run.get("artifacts") for run in json.loads(text).get("runs", [])]) or format == "sarif"
        assert '"helpUri": "javascript' not in text
        return
    if format == "html":
        page = etree.fromstring(content, etree.HTMLParser())
        assert [element.tag for element in page.iter("script", "img", "svg", "iframe", "a", "object", "embed", "link", "form", "base")] == []
        assert [name for element in page.iter(etree.Element) for name in element.attrib if name.startswith("on")] == []
        assert "default-src 'none'" in content.decode()
        return
    assert acting(content) == []



@pytest.mark.parametrize("format", ["docx", "xlsx", "odt", "pdf"])
def test_the_variations(format: str) -> None:
    from exports.variations import export_variations, variations_name

    content = export_variations(CARDS[::6], format)[0]
    assert (inert(content, "pdf") if format == "pdf" else acting(content)) == []
    assert re.fullmatch(r"variazioni-2026\.[a-z]+", variations_name(CARDS, format))


def test_the_results() -> None:
    from exports import docx, odt, xlsx
    from exports.results_report import results_sheet
    from scoring.profiles import load_profile
    from scoring.results import card_result, group_results, ways

    profile = load_profile("neutro")
    results = [card_result(card, ways(card, profile), profile, None) for card in (*CARDS[::6], CARDS[31])]
    sheet = results_sheet(results, group_results(results, profile, {}), profile, "=evil() <script>evil()</script>")
    for format, content in (("docx", docx.sheet_docx(sheet)), ("xlsx", xlsx.sheet_xlsx(sheet)), ("odt", odt.sheet_odt(sheet))):
        assert acting(content) == [], format
