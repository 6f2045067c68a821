"""The model beside the editor: where the text goes, what will be sent, the answer in the card, a stop that stops, the log."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import settings as configuration
from prompts.asking import Interrupted
from tests.prompts.conftest import SAMPLES
from tests.prompts.scripted import Scripted
from tests.ui.test_history import field, saved
from tests.ui.test_pages import cards_page, fresh, shown  # noqa: F401
from tests.ui.test_weights import button
from ui import jobs


@pytest.fixture
def draft(fresh: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: F811
    """A draft made from a precedent of the sample archive, with a model configured."""
    from prompts.drafting import Need
    from prompts.job import draft_from_archive
    from tests.store.fakes import WordEmbedder
    from ui.state import archive

    monkeypatch.setenv("PIAO_LLM", "openai:copione")
    monkeypatch.setenv("PIAO_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    configuration.load_settings.cache_clear()
    monkeypatch.setattr("store.archive.Archive.embedder", WordEmbedder())
    list(archive().ingest(sorted(SAMPLES.glob("*.txt"))[:2]))
    card = next(one for one in archive().cards() if one.kind == "objective" and one.phases)
    need = Need("Tempi di rilascio delle carte d'identità", "Servizi demografici", 2027, "Comune di Roccamora")
    return draft_from_archive(archive(), need, configuration.load_settings(), like=[card.id or ""]).id


def opened(draft_id: str) -> AppTest:
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = draft_id
    app.run()
    assert not app.exception, app.exception
    return app


def play(monkeypatch: pytest.MonkeyPatch, queue: list[Any]) -> Scripted:
    model = Scripted(queue=queue)
    monkeypatch.setattr("ui.draft_model.chat_model", lambda settings: model)
    return model


def finished(draft_id: str) -> None:
    """Wait until the request is over; a quick one may be over, and told, before the page is drawn."""
    for _ in range(200):
        running = jobs.registry().get(f"modello:{draft_id}")
        if running is None or running.finished:
            return
        time.sleep(0.05)
    raise AssertionError("la richiesta non finisce")


def test_the_text_goes_where_it_is_said_and_comes_back_marked_and_logged(draft: str, monkeypatch: pytest.MonkeyPatch):
    play(monkeypatch, [{"finalita": "Dare la carta a 7.654 cittadini."}])
    app = opened(draft)
    assert "resta su questo computer" in shown(app)
    next(box for box in app.selectbox if box.label == "Che cosa deve scrivere").set_value("finalita").run()
    app.toggle[0].set_value(True).run()
    preview = next(code.value for code in app.code if "Precedenti" in code.value)
    button(app, "Chiedi al modello").click().run()
    finished(draft)
    app.run()
    assert not app.exception, app.exception
    assert saved(draft).card.purpose == "Dare la carta a 7.654 cittadini."
    assert field(app, "Finalità").value == "Dare la carta a 7.654 cittadini."
    assert any("Il modello ha scritto" in one.value for one in app.success)
    assert any("senza riscontro" in one.value for one in app.warning)
    assert any(code.value == preview for code in app.code), "nel registro c'è ciò che era stato mostrato"
    assert "finalita, versione" in shown(app).replace("\\", "")


def test_a_failure_is_told_and_the_card_stays(draft: str, monkeypatch: pytest.MonkeyPatch):
    play(monkeypatch, [TimeoutError()])
    app = opened(draft)
    before = saved(draft).card
    button(app, "Chiedi al modello").click().run()
    finished(draft)
    app.run()
    assert not app.exception, app.exception
    assert "in tempo" in app.error[0].value
    assert saved(draft).card == before
    assert any("Registro delle richieste" in one.label for one in app.expander)


def test_a_request_can_be_stopped(draft: str, monkeypatch: pytest.MonkeyPatch):
    class Slow(Scripted):
        def _next(self, messages: Any) -> str:
            time.sleep(0.4)
            return super()._next(messages)

    monkeypatch.setattr("ui.draft_model.chat_model", lambda settings: Slow(queue=[{"finalita": "x"}] * 2))
    app = opened(draft)
    before = saved(draft).card
    button(app, "Chiedi al modello").click().run()
    jobs.registry()[f"modello:{draft}"].cancelled.set()
    finished(draft)
    app.run()
    assert str(Interrupted("")) in app.error[0].value.replace("\\", "")
    assert saved(draft).card == before


def test_without_a_model_there_is_no_panel(fresh: None):  # noqa: F811
    from tests.ui.test_pages import CARD
    from ui.state import archive

    app = opened(archive().save_draft(CARD).id)
    assert not [one for one in app.expander if "modello linguistico" in one.label]
