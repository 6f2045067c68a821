"""A callback can be stopped midway by the next letter the browser sends; what was typed is saved all the same in the next run.

``AppTest`` stops nothing by itself: here the state is left as such a stop leaves it, the widget with its new value and no save."""

from __future__ import annotations

from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.testing.v1 import AppTest

from cards.model import Indicator
from tests.ui.test_history import field, saved
from tests.ui.test_pages import CARD, cards_page, fresh  # noqa: F401
from tests.ui.test_table_input import given
from tests.ui.test_weights import button, opened
from ui import actuals, editor


def results_page() -> None:
    from ui.pages import results

    results.page()


def nothing(*_args: object) -> None:
    """In place of what a callback would have done."""


def stopped(*_args: object) -> None:
    """The request to stop arrives here."""
    raise StopException


def test_a_field_and_a_table_of_the_editor_whose_callback_was_stopped_are_saved_in_the_next_run(monkeypatch):
    app, draft = opened(CARD)
    table = given(app, "Fasi")
    table["rows"][0]["cells"][1] = "Analisi finita"
    with monkeypatch.context() as patch:
        patch.setattr(editor.Editor, "attempt", nothing)
        app.session_state[table["mount"]] = {"rows": {"seq": 3, "rows": table["rows"]}}
        field(app, "Fine").set_value("30/11/2027").run()
        assert saved(draft).card == CARD
        assert given(app, "Fasi")["saved"] == 0, "non è salvata, e il browser tiene la sua copia"
    app.run()
    assert not app.exception, app.exception
    assert (saved(draft).card.end, saved(draft).card.phases[0].text) == ("30/11/2027", "Analisi finita")
    assert given(app, "Fasi")["saved"] == 3


def test_nothing_is_saved_where_nothing_was_typed():
    app, draft = opened(CARD.replace(purpose=" Uno spazio davanti."))
    app.run()
    app.run()
    assert saved(draft).version == 1


def test_an_undo_stopped_before_the_fields_were_fed_anew_is_finished_in_the_next_run(monkeypatch):
    app, draft = opened(CARD)
    field(app, "Fine").set_value("30/11/2027").run()
    with monkeypatch.context() as patch:
        patch.setattr(editor.Editor, "load", stopped)
        button(app, "Annulla").click().run()
    app.run()
    assert field(app, "Fine").value == "31/12/2027"
    field(app, "Inizio").set_value("01/02/2027").run()
    assert saved(draft).card.end == "31/12/2027", "ciò che si è annullato non torna con la lettera dopo"


def test_a_result_whose_callback_was_stopped_is_saved_in_the_next_run(monkeypatch):
    from ui.state import archive

    card = CARD.replace(indicators=(Indicator(name="Tempo", targets={"2027": "≤ 28"}, weight="100"),))
    draft = archive().save_draft(card).id
    app = AppTest.from_function(results_page, default_timeout=60)
    app.query_params["bozza"] = draft
    app.run()
    with monkeypatch.context() as patch:
        patch.setattr(actuals.DraftBook, "type", stopped)
        field(app, "Nota su «Tempo»").set_value("una nota").run()
    app.run()
    assert not app.exception, app.exception
    assert saved(draft).card.indicators[0].note == "una nota"
