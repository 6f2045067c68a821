"""Script, markup and formula injection: whatever stands in a field, a document, a name or an address is shown as text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import streamlit as st
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from exports import FORMATS, export_cards
from store.guarded import Guarded
from store.people import Person, local_person
from tests.security.payloads import PAYLOADS, hostile_card, live, strings
from tests.store.fakes import WordEmbedder
from ui.plain import md

APP = str(Path(__file__).resolve().parents[2] / "app.py")
CARDS = [hostile_card(n) for n in range(0, len(PAYLOADS), 3)]
ALL = " ".join(PAYLOADS)
RUN = re.compile(r"^\s*[=+@]|^\s*-[^\d]|^\t")  # what a spreadsheet would run, at the head of a cell


@pytest.fixture
def archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    """An archive full of payloads: drafts, a document by a payload's name, people."""
    import ingest.worker
    from ingest.reading import read
    from store.archive import Archive

    st.cache_resource.clear()
    st.cache_data.clear()
    words = WordEmbedder()
    monkeypatch.setattr(Archive, "embedder", property(lambda _self: words))
    monkeypatch.setattr(ingest.worker, "read_safely", read)
    from ui.state import background_archive

    whole = background_archive()
    hands = Guarded(whole, local_person())
    for number, card in enumerate(CARDS):
        hands.save_draft(card, state="review" if number % 2 else None)
    hands.save_draft(hostile_card(0).replace(kind="unit_summary"))
    source = home.parent / "[evil](javascript:evil()) :red[evil] =evil() www.evil.example.csv"
    source.write_text("Obiettivo;Indicatore;Valore atteso 2026;Peso;Settore\n" + "".join(
        ";".join(f'"{PAYLOADS[(row + column) % len(PAYLOADS)]}"' for column in range(5)) + "\n" for row in range(len(PAYLOADS))),
        encoding="utf-8")
    assert [report.status for report in hands.ingest([source])] == ["new"]
    hands.put_person(Person("<evil>*[evil](x)@ente.it".replace("<evil>", ""), "amministratore", ALL[:120], units=PAYLOADS[:3]))
    yield hands
    whole.close()
    st.cache_resource.clear()


def page_script(name: str) -> None:
    """One page; a user's mistake is a line in its place, as in the frame of the app."""
    from importlib import import_module

    from cards.errors import PiaoError
    from ui.frame import tell

    try:
        import_module(f"ui.pages.{name}").page()
    except PiaoError as error:
        tell(error)


def dangers(app: AppTest) -> list[str]:
    """What on a page would act, with its place."""
    assert not app.exception, app.exception
    found = [f"{place}: {text[:120]!r} ({bad})" for place, text in _drawn(app._tree) if (bad := live(text))]
    return sorted(set(found))


def _drawn(node: Any) -> Iterator[tuple[str, str]]:
    for child in node.children.values():
        if (proto := getattr(child, "proto", None)) is not None:
            hidden = getattr(getattr(proto, "label_visibility", None), "value", 0) == 2  # collapsed: only its spoken name, as text
            kind = proto.DESCRIPTOR.name.lower()
            yield from ((place, text) for place, text in strings(proto, kind) if not (hidden and place.endswith(".label")))
            if kind == "table" or child.type == "table":
                frame = child.value
                yield from (("table", str(cell)) for row in [list(frame.columns), *frame.values.tolist()] for cell in row)
        if hasattr(child, "children"):
            yield from _drawn(child)


def opened(name: str, **query: str) -> AppTest:
    app = AppTest.from_function(page_script, default_timeout=120, args=(name,))
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_md_leaves_nothing_that_acts(payload: str) -> None:
    assert live(payload) or payload.startswith("evil\u0301"), "la prova stessa deve vederlo"
    for text in (payload, f"a {payload} b", f"a\n{payload}", payload * 2):
        assert live(md(text)) is None


@pytest.mark.parametrize(("name", "options"), [
    ("cards", {}), ("variations", {}), ("results", {}), ("plan", {}), ("settings", {}), ("archive", {}),
    ("precedents", {"domanda": ALL}), ("check", {}),
])
def test_no_page_takes_a_text_for_markup(archive: Guarded, name: str, options: dict[str, str]) -> None:
    assert dangers(opened(name, **options)) == []


def test_our_scripts_write_texts_and_never_markup() -> None:
    """What a card says reaches them as data: none of them makes elements or code out of a text."""
    root = Path(APP).parent
    sources = [*(root / "ui" / "browser").glob("*.js"), *(path for path in (root / "ui").rglob("*.py") if "components.v2" in path.read_text("utf-8"))]
    assert len(sources) > 3
    making = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|createContextualFragment|srcdoc")
    assert [path.name for path in sources if making.search(path.read_text("utf-8"))] == []


def test_the_first_page_takes_no_text_for_markup(archive: Guarded) -> None:
    assert dangers(AppTest.from_file(APP, default_timeout=120).run()) == []


def test_a_card_opened_checked_and_compared(archive: Guarded) -> None:
    drafts = archive.drafts()
    for draft in (drafts[1], drafts[4]):
        assert dangers(opened("cards", bozza=draft.id)) == []
    assert dangers(opened("check", bozza=drafts[2].id)) == []
    cards = [card.id or "" for card in archive.cards()][:2]
    assert dangers(opened("cards", nuova="1", come=",".join(cards))) == []


@pytest.mark.parametrize("name", ["cards", "precedents", "check", "variations", "results", "plan", "archive"])
def test_an_address_made_by_others_is_only_text(archive: Guarded, name: str) -> None:
    query = dict.fromkeys(("bozza", "domanda", "come", "documento", "scheda", "anno", "piano", "id"), "[evil](javascript:evil()) <evil>")
    assert dangers(opened(name, **query)) == []


# ---------------------------------------------------------------------------------------------- files


def parts(content: bytes) -> dict[str, str]:
    """The XML parts of an Office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist() if name.endswith((".xml", ".rels"))}


def inert(content: bytes, format: str) -> list[str]:
    """What would run or be fetched when the file is opened."""
    if format in ("docx", "xlsx", "odt"):
        found = parts(content)
        bad = [f"{name}: {mark}" for name, text in found.items()
               for mark in ('TargetMode="External"', "<f>", "<f ", "instrText", "xlink:href=\"http", "<script", "javascript:evil\"", "w:fldSimple",
                            "table:formula", "<hyperlink") if mark in text and not (mark == "instrText" and "evil" not in _field(text))]
        return bad + [name for name in found if "vba" in name.lower() or "externalLink" in name]
    if format == "pdf":
        raw = "".join(str(page.get("/Annots", "")) for page in PdfReader(io.BytesIO(content)).pages)
        return [mark for mark in ("/JavaScript", "/URI", "/Launch") if mark in raw or mark.encode() in content]
    return []


def _field(text: str) -> str:
    return " ".join(re.findall(r"<w:instrText[^>]*>(.*?)</w:instrText>", text))


@pytest.mark.parametrize("layout", ["neutro", "segrate", "cremona"])
@pytest.mark.parametrize("format", FORMATS)
def test_an_exported_card_runs_nothing(format: str, layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.office.available", lambda: False)
    content, name, _mime = export_cards([hostile_card(n) for n in (0, 7, 15)], format, layout)
    assert re.fullmatch(r"[a-z0-9.-]+", name)
    assert inert(content, format) == []
    if format == "csv":
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        assert [cell for row in rows for cell in row if RUN.match(cell)] == []
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        assert [cell.value for page in book for row in page for cell in row if cell.data_type == "f" or cell.hyperlink] == []


def test_a_hostile_title_names_no_path() -> None:
    for title in ("../../etc/passwd", "C:\\x\\y", "a\0b", "\u202egpj.exe", "con", "=evil()", "x" * 400, "<script>"):
        _content, name, _mime = export_cards([hostile_card(0).replace(title=title)], "json")
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,80}\.json", name), name


@pytest.mark.parametrize("format", ["html", "docx", "xlsx"])
def test_the_findings_run_nothing(format: str) -> None:
    from exports.findings import Context, Dossier, findings_file
    from exports.findings_html import sheet_html
    from exports.report import findings_sheet
    from scoring.check import check
    from scoring.profiles import load_profile
    from store.lookup import reading_of

    reading = reading_of([hostile_card(n) for n in (0, 9)], ALL)
    profile = load_profile("neutro")
    report = check(reading, profile, year=2026)
    assert report.findings
    if format == "html":
        tags = re.findall(r"<[^>]*>", sheet_html(findings_sheet(report)).decode().partition("</style>")[2])
        assert [tag for tag in tags if re.search(r"^<(script|img|svg|iframe|a)\b|evil|\son\w+=|src=", tag)] == []
        return
    content = findings_file(Dossier(report, Context(reading=reading, profile=profile)), format)
    assert inert(content, format) == []


def test_the_log_as_a_table_runs_nothing(archive: Guarded) -> None:
    from exports.log import log_csv

    for payload in PAYLOADS:
        archive.tell(payload, payload, payload)
    rows = csv.reader(io.StringIO(log_csv(entry.to_json() for entry in archive.log()).decode("utf-8-sig")), delimiter=";")
    assert [cell for row in rows for cell in row if RUN.match(cell)] == []
