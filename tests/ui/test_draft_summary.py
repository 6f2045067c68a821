"""The summary for the Giunta: what goes out is shown, what nothing backs is marked, a failure leaves the last good text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import settings as configuration
from tests.prompts.scripted import Scripted
from tests.ui.test_pages import fresh, shown  # noqa: F401
from tests.ui.test_weights import button
from ui import jobs


def summary_page() -> None:
    from cards.model import Card
    from ui.draft_summary import summary_panel

    summary_panel([Card(title="Sportello unico", year=2027, purpose="Meno attese"), Card(title="Orti urbani", year=2027)])


@pytest.fixture
def model(fresh: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> Scripted:  # noqa: F811
    monkeypatch.setenv("PIAO_LLM", "openai:copione")
    configuration.load_settings.cache_clear()
    found = Scripted(queue=[])
    monkeypatch.setattr("ui.draft_summary.chat_model", lambda settings: found)
    return found


def asked(app: AppTest) -> None:
    button(app, "Scrivi la sintesi").click().run()
    for _ in range(200):
        if all(job.finished for job in jobs.registry().values()):
            break
        time.sleep(0.05)
    app.run()
    assert not app.exception, app.exception


def test_a_summary_is_marked_and_a_failure_leaves_it(model: Scripted) -> None:
    model.queue += ["Si apre lo sportello [1]. Costa 88.000 euro [1].", TimeoutError()]
    app = AppTest.from_function(summary_page, default_timeout=60).run()
    assert not app.exception, app.exception
    app.toggle[0].set_value(True).run()
    assert "Sportello unico" in app.code[0].value
    asked(app)
    assert "88\\.000 euro (senza riscontro)" in shown(app)
    asked(app)
    assert "in tempo" in app.error[0].value
    assert "Si apre lo sportello" in shown(app)


def test_without_a_model_there_is_nothing(fresh: None) -> None:  # noqa: F811
    app = AppTest.from_function(summary_page, default_timeout=60).run()
    assert not app.exception
    assert not app.expander
