"""*Precedenti*: a conversation, limits that can be taken away, lists over the whole archive, the library of indicators."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cards.model import Card, Document, Indicator, Passage, Reading, Source
from store import documents, embedding
from store.archive import Archive
from tests.store.fakes import WordEmbedder
from ui.pdf_view import boxes
from ui.pdf_view_text import around, marked

A, B = "Comune di Roccamora", "Comune di Acquaforte"


def reading(entity: str, year: int, actual: str) -> Reading:
    name = f"{entity[-5:].lower()}_{year}.docx"
    sha = hashlib.sha256(name.encode()).hexdigest()
    row = f"Tempo medio di attesa allo sportello (minuti) | ≤ 15 | {actual}"
    card = Card(id=f"{entity}{year}", entity=entity, year=year, title="Sportello senza code", unit="Servizi Demografici",
                document_type="relazione_performance", source=Source(document=name, lines=(3, 3)),
                indicators=(Indicator(name="Tempo medio di attesa allo sportello (minuti)", targets={str(year): "≤ 15"},
                                      actuals={str(year): actual}),))
    texts = ("Sportello senza code", "Premessa sul servizio anagrafe", row, "Nota finale: lo sportello apre il sabato")
    passages = tuple(Passage(text=text, context=f"{entity}, {year} > Sportello senza code", card_id=card.id, lines=(n, n),
                             kind="indicator") for n, text in enumerate(texts, 1))
    document = Document(name=name, sha256=sha, entity=entity, year=year, document_type="relazione_performance")
    return Reading(document=document, cards=(card,), passages=passages)


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Iterator[None]:
    """No archive of another test stays open."""
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()


@pytest.fixture
def filled(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(embedding, "load_embedder", lambda settings: WordEmbedder())
    from settings import load_settings

    with Archive.open(load_settings()) as archive:
        for one in (reading(A, 2021, "18"), reading(A, 2022, "12"), reading(B, 2022, "9")):
            with archive.transaction() as connection:
                documents.add(connection, one, path="x", size=1, given={})
        archive.resume()
        yield archive


def precedents_page() -> None:
    from ui.pages import precedents

    precedents.page()


def run(**query: str) -> AppTest:
    app = AppTest.from_function(precedents_page, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return "\n".join(str(e.value) for kind in ("markdown", "caption", "warning", "subheader") for e in app.get(kind)).replace("\\", "")


def test_a_question_that_leans_on_the_one_before_is_understood_and_said(filled: Archive) -> None:
    app = run(domanda="tempo medio di attesa allo sportello a Roccamora")
    assert "Comune di Roccamora" in shown(app)
    app.chat_input[0].set_value("e ad Acquaforte?").run()
    assert not app.exception
    assert app.query_params["domanda"] == "tempo medio di attesa allo sportello Comune di Acquaforte"
    assert "Inteso come: tempo medio di attesa allo sportello, Comune di Acquaforte" in shown(app)
    app.button(key="alone").click().run()
    assert app.query_params["domanda"] == "e ad Acquaforte?"


def test_a_limit_read_in_the_question_can_be_taken_away_and_put_back(filled: Archive) -> None:
    app = run(domanda="tempo medio di attesa allo sportello a Roccamora")
    assert "acqua" not in "".join(c.value for c in app.caption if ".docx" in c.value.replace("\\", "")).lower()
    next(b for b in app.button if b.key and b.key.startswith("limit_")).click().run()
    assert not app.exception
    assert "Comune di Acquaforte" in shown(app)
    app.button(key="limits_back").click().run()
    assert not app.exception


@pytest.mark.engines
def test_a_count_is_shown_with_its_list(filled: Archive) -> None:
    app = run(domanda="quanti obiettivi sullo sportello?")
    assert "3 obiettivi nell'archivio" in shown(app)
    assert "Calcolato su tutto l'archivio" in shown(app)
    assert len(app.dataframe[0].value) == 3


def test_a_result_is_cited_as_one_pastes_it(filled: Archive) -> None:
    app = run(domanda="tempo medio di attesa allo sportello a Roccamora nel 2022")
    assert any(c.value.startswith("Comune di Roccamora, Relazione sulla performance 202") for c in app.code)


def test_two_results_are_compared(filled: Archive) -> None:
    app = run(domanda="tempo medio di attesa allo sportello")
    boxes_ = [c for c in app.checkbox if c.label == "Confronta"]
    boxes_[0].check().run()
    assert "Scegline un altro" in shown(app)
    [c for c in app.checkbox if c.label == "Confronta"][1].check().run()
    app.button(key="compare").click().run()
    assert not app.exception


@pytest.mark.engines
def test_the_library_shows_the_series_and_keeps_a_persons_word(filled: Archive) -> None:
    app = run()
    app.get("button_group")[0].set_value("Indicatori negli anni").run()
    assert not app.exception
    app.text_input(key="indicator_name").set_value("tempo medio di attesa").run()
    assert not app.exception
    assert "Valori attesi tipici" in shown(app)
    assert len(app.dataframe[0].value) == 3
    next(b for b in app.button if b.key and b.key.startswith("same_")).click().run()
    assert not app.exception
    assert "stessa misura, confermata" in shown(app)
    assert [m.link for m in filled.indicator("tempo medio di attesa").measures] == ["found", "confirmed"]


def test_a_converted_document_opens_around_the_passage(filled: Archive) -> None:
    passages = [p for p in filled.passages(entity=A, year=2022)]
    near = around(filled, (passages[2].id,))
    assert [p.text for p in near] == [p.text for p in passages]
    assert marked("uno | [due]\n\ntre").count(":orange-background[") == 2


class _Words:
    """A page's words: each fragment with the places (bottom, top) it is printed at."""

    def __init__(self, places: dict[str, list[tuple[float, float]]]) -> None:
        self._at = [(fragment, place) for fragment, found in places.items() for place in found]

    def search(self, fragment: str) -> SimpleNamespace:
        found = iter([(n, 1) for n, (name, _) in enumerate(self._at) if name == fragment])
        return SimpleNamespace(get_next=lambda: next(found, None))

    def count_rects(self, index: int, count: int) -> int:
        self._chosen = self._at[index][1]
        return 1

    def get_rect(self, number: int) -> tuple[float, float, float, float]:
        return (0.0, self._chosen[0], 10.0, self._chosen[1])


def test_what_the_page_says_twice_is_marked_where_the_passage_is() -> None:
    words = _Words({"Target atteso": [(700, 710), (300, 310)], "Raccolta differenziata": [(280, 290)]})
    sheet = SimpleNamespace(get_textpage=lambda: words)
    found = boxes(sheet, "Target atteso | Raccolta differenziata")
    assert sorted(box[1] for box in found) == [280, 300]
    assert boxes(sheet, "Parole altrove | Parole assenti | Target atteso") == []
