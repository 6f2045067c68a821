"""Field by field from several precedents, on the page: side by side, chosen, saved with its origins; without evidence, said."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card
from tests.prompts.conftest import SAMPLES
from tests.ui.test_history import field
from tests.ui.test_pages import cards_page, fresh, shown  # noqa: F401
from tests.ui.test_weights import button


@pytest.fixture
def cards(fresh: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> list[Card]:  # noqa: F811
    """Two objectives of the sample archive."""
    from tests.store.fakes import WordEmbedder
    from ui.state import archive

    monkeypatch.setattr("store.archive.Archive.embedder", WordEmbedder())
    list(archive().ingest(sorted(SAMPLES.glob("*.txt"))))
    found = [c for c in archive().cards() if c.kind == "objective" and c.phases and c.purpose and c.indicators]
    assert len(found) >= 2
    return found[:2]


def compared(cards: list[Card]) -> AppTest:
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["nuova"] = "1"
    app.query_params["come"] = ",".join(c.id or "" for c in cards)
    app.run()
    field(app, "Che cosa vuoi ottenere?").set_value("Servizi più vicini ai cittadini")
    field(app, "Settore o servizio responsabile").set_value("Affari generali").run()
    assert not app.exception, app.exception
    return app


def test_fields_are_chosen_side_by_side_and_keep_their_origin(cards: list[Card]):
    from ui.state import archive

    app = compared(cards)
    page = shown(app).replace("\\", "")
    assert (cards[0].purpose or "")[:40] in page
    assert (cards[1].purpose or "")[:40] in page
    app.radio[1].set_value("B").run()
    phases = next(box for box in app.multiselect if ":list:phases:" in (box.key or ""))
    phases.set_value(["A1", "B1"]).run()
    button(app, "Crea la bozza").click().run()
    assert not app.exception, app.exception
    (draft,) = archive().drafts()
    assert draft.card.provenance["purpose"].from_ == cards[1].id
    assert [draft.card.provenance[f"phases[{n}].text"].from_ for n in (0, 1)] == [cards[0].id, cards[1].id]
    assert len(draft.card.phases) == 2
    assert draft.id in app.query_params["bozza"]


def test_without_precedents_it_says_why_and_offers_an_empty_card(cards: list[Card]):
    from ui.state import archive

    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["nuova"] = "1"
    app.run()
    field(app, "Che cosa vuoi ottenere?").set_value("Xilofoni quadrimensionali per astronauti")
    field(app, "Settore o servizio responsabile").set_value("Servizio spaziale").run()
    assert "Nessun precedente nell'archivio" in "".join(one.value for one in app.info).replace("\\", "")
    button(app, "Crea una scheda vuota").click().run()
    assert not app.exception, app.exception
    (draft,) = archive().drafts()
    assert draft.card.purpose == "[VERIFICARE]"


def test_an_empty_form_says_how_to_begin(fresh: None):  # noqa: F811
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["nuova"] = "1"
    app.run()
    assert not app.exception
    assert "Scrivi che cosa vuoi ottenere" in app.info[0].value
