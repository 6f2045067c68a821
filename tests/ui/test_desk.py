"""*Scrivania*: the deadlines of the year, what waits for a decision, and the first way round on an empty archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cards.model import Card, Phase
from tests.ui.test_pages import CARD, cards_page, shown
from ui.due import days_words, next_due

APP = str(Path(__file__).resolve().parents[2] / "app.py")
WRONG = CARD.replace(title="Pesi sbagliati", phases=(Phase(text="Analisi", weight="60%"), Phase(text="Avvio", weight="50%")))


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()


def desk() -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


def labels(app: AppTest) -> list[str]:
    """The links of the page."""
    return [str(link.proto.label).replace("\\", "") for link in app.get("page_link")]


@pytest.mark.parametrize(("today", "first", "days"), [
    (date(2026, 11, 21), date(2027, 1, 31), 71), (date(2027, 1, 31), date(2027, 1, 31), 0), (date(2027, 2, 1), date(2027, 6, 30), 149),
    (date(2027, 7, 1), date(2027, 7, 31), 30),
])
def test_the_next_deadline(today: date, first: date, days: int):
    due = next_due(today)[0]
    assert (due.day, due.days(today)) == (first, days)
    assert days_words(days).split()[0] in ("oggi", "tra")


def test_an_empty_archive_offers_the_first_way_round():
    app = desk()
    assert "Il primo giro" in shown(app)
    assert "Prova con gli esempi" in [button.label for button in app.button]


def test_drafts_with_errors_and_cards_to_approve_wait_for_a_decision():
    from ui.state import archive

    archive().save_draft(WRONG)
    archive().save_draft(CARD.replace(title="In verifica"), state="review")
    archive().save_draft(Card(title="<b>Altra</b>", unit="Cultura", year=2027), state="closed")
    app = desk()
    told = labels(app)
    assert any(label.startswith("Pesi sbagliati: ") and "error" in label for label in told)
    assert "In verifica: da approvare" in told
    assert "in verifica" in shown(app)
    assert "<b>" not in shown(app)


def test_every_page_is_one_click_away():
    told = labels(desk())
    for label in ("Cerca o confronta precedenti", "Metti documenti nell'archivio", "Verifica una tabella o un documento",
                  "Chiedi una variazione", "Scrivi i risultati", "Guarda il piano intero"):
        assert label in told


def test_what_stands_deeper_in_a_page_is_one_click_away_too():
    from ui.draft_compare import PARAM
    from ui.pages.settings import PART, PARTS

    asked = {str(link.proto.label): parse_qs(link.proto.query_string) for link in desk().get("page_link")}
    assert asked["Nuova scheda da più precedenti"] == {PARAM: ["1"]}
    assert asked["Metti il modello Word dell'ente"][PART][0] in PARTS


def test_a_mechanical_mistake_is_mended_beside_the_card():
    """Three clicks from the first page: the card, its finding, «Correggi»."""
    from ui.state import archive

    saved = archive().save_draft(WRONG)
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = saved.id
    app.run()
    next(button for button in app.button if button.label == "Correggi").click().run()
    assert not app.exception, app.exception
    assert sum(float((phase.weight or "").rstrip("%")) for phase in archive().draft(saved.id).card.phases) == 100
