"""Each page runs without a browser (AppTest), on an empty archive and on one with a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Phase
from samples.build import build

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Iterator[None]:
    """No archive of another test stays open."""
    st.cache_resource.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()


def run(page: Callable[[], None]) -> AppTest:
    """Run one page and insist that nothing broke."""
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


def archive_page() -> None:
    from ui.pages import archive

    archive.page()


def precedents_page() -> None:
    from ui.pages import precedents

    precedents.page()


def cards_page() -> None:
    from ui.pages import cards

    cards.page()


def check_page() -> None:
    from ui.pages import check

    check.page()


def shown(app: AppTest) -> str:
    """All words on the page."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


@pytest.mark.parametrize("page", [archive_page, precedents_page, cards_page, check_page])
def test_an_empty_archive_says_what_to_do_next(page: Callable[[], None]):
    app = run(page)
    assert app.title
    assert app.info, "una pagina vuota deve dire come cominciare"


def put_sample(name: str, folder: Path) -> None:
    """One sample document into the archive of the test."""
    from ui.state import archive

    path = next(path for path in build(folder) if path.name.startswith(name))
    assert [report.status for report in archive().ingest([path])] == ["new"]


@pytest.mark.model
def test_the_archive_page_lists_a_document_with_what_was_read(tmp_path: Path):
    put_sample("valle-chiara_relazione-gestione", tmp_path)
    app = run(archive_page)
    assert "Documenti (1)" in shown(app)
    assert "valle-chiara_relazione-gestione_2024.txt" in "".join(e.label for e in app.expander).replace("\\", "")


@pytest.mark.model
def test_a_question_finds_the_precedent_and_one_without_answer_says_so(tmp_path: Path):
    put_sample("valle-chiara_relazione-gestione", tmp_path)
    app = AppTest.from_function(precedents_page, default_timeout=60)
    app.query_params["domanda"] = "iscrizioni alla mensa presentate online"
    app.run()
    assert not app.exception
    assert "Precedenti trovati" in shown(app)
    assert "mensa" in shown(app)
    app.query_params["domanda"] = "regole per i droni della protezione civile marina"
    app.run()
    assert not app.exception
    assert "Nessun precedente nell'archivio" in shown(app)


CARD = Card(
    title="Tempi di pagamento", unit="Servizi Finanziari", year=2027, start="01/01/2027", end="31/12/2027",
    phases=(Phase(number="1", text="Analisi", weight="50%"), Phase(number="2", text="Avvio", weight="50%")),
    indicators=(Indicator(name="Tempo di pagamento (gg)", formula="giorni / fatture", targets={"2027": "≤ 28"}, weight="100"),),
)


@pytest.mark.engines
def test_a_finding_appears_and_goes_as_one_types_and_the_draft_is_saved():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = draft.id
    app.run()
    assert not app.exception
    assert "TMP001" not in shown(app)
    end = next(field for field in app.text_input if field.label == "Fine")
    end.set_value("31/09/2027").run()
    assert not app.exception
    assert "TMP001" in shown(app)
    assert archive().draft(draft.id).card.end == "31/09/2027"
    next(field for field in app.text_input if field.label == "Fine").set_value("30/09/2027").run()
    assert "TMP001" not in shown(app)
    assert archive().draft(draft.id).card.end == "30/09/2027"


@pytest.mark.engines
def test_a_second_person_is_asked_and_nothing_is_overwritten_in_silence():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = draft.id
    app.run()
    archive().save_draft(CARD.replace(title="Scritto da un'altra persona"), draft_id=draft.id, version=draft.version)
    next(field for field in app.text_input if field.label == "Fine").set_value("30/11/2027").run()
    assert archive().draft(draft.id).card.title == "Scritto da un'altra persona"
    assert app.error
    next(button for button in app.button if button.label == "Tieni il mio testo").click().run()
    assert archive().draft(draft.id).card.end == "30/11/2027"


@pytest.mark.engines
def test_the_drafts_are_listed_newest_first():
    from ui.state import archive

    archive().save_draft(CARD)
    archive().save_draft(CARD.replace(title="Sportello unico"))
    text = shown(run(cards_page))
    assert text.index("Sportello unico") < text.index("Tempi di pagamento")


def test_a_table_is_checked_and_its_mistakes_are_told(tmp_path: Path):
    table = next(path for path in build(tmp_path) if path.suffix == ".xlsx")
    app = AppTest.from_function(check_page, default_timeout=60).run()
    app.file_uploader[0].set_value((table.name, table.read_bytes(), "application/vnd.ms-excel")).run()
    assert not app.exception, app.exception
    text = shown(app)
    assert "PES001" in text, "60 + 50 non fa 100"
    assert "TGT001" in text, "un indicatore non ha valore atteso"
