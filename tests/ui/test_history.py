"""Undo, redo, the list of versions, and the states of a card."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Indicator, Phase
from tests.ui.test_pages import CARD, cards_page, fresh, shown  # noqa: F401
from tests.ui.test_weights import button, opened
from ui.history import differences

WRONG = CARD.replace(phases=(Phase(number="1", text="Analisi", weight="60%"), Phase(number="2", text="Avvio", weight="50%")))


def field(app: AppTest, label: str):
    """The text field with that label."""
    return next(one for one in (*app.text_input, *app.text_area) if one.label == label)


def saved(draft: str):
    """The draft as it is in the archive."""
    from ui.state import archive

    return archive().draft(draft)


@pytest.mark.engines
def test_a_change_is_undone_and_done_again_on_the_screen_and_in_the_archive():
    app, draft = opened(CARD)
    assert button(app, "Annulla").disabled
    field(app, "Fine").set_value("30/11/2027").run()
    button(app, "Annulla").click().run()
    assert not app.exception, app.exception
    assert (field(app, "Fine").value, saved(draft).card.end) == ("31/12/2027", "31/12/2027")
    button(app, "Ripeti").click().run()
    assert (field(app, "Fine").value, saved(draft).card.end) == ("30/11/2027", "30/11/2027")


def page_or_other() -> None:
    import streamlit as st

    from ui.pages import cards

    if st.query_params.get("altrove"):
        st.write("un'altra pagina")
    else:
        cards.page()


def test_back_from_another_page_the_fields_hold_what_was_saved_and_the_next_change_loses_nothing():
    from ui.state import archive

    draft = archive().save_draft(CARD).id
    app = AppTest.from_function(page_or_other, default_timeout=60)
    app.query_params["bozza"] = draft
    app.run()
    field(app, "Fine").set_value("30/11/2027").run()
    app.query_params["altrove"] = "1"
    app.run()
    del app.query_params["altrove"]
    app.run()
    assert not app.exception, app.exception
    assert field(app, "Fine").value == "30/11/2027"
    field(app, "Inizio").set_value("01/02/2027").run()
    assert (saved(draft).card.start, saved(draft).card.end) == ("01/02/2027", "30/11/2027")


def test_differences_are_told_in_words():
    after = CARD.replace(end="30/11/2027", indicators=(Indicator(name="Tempo di pagamento (gg)", formula="giorni / fatture",
                                                                 targets={"2027": "≤ 25"}),))
    assert differences(CARD, after) == [
        ("fine", "31/12/2027", "30/11/2027"), ("indicatore 1, valore atteso, 2027", "≤ 28", "≤ 25"),
        ("indicatore 1, peso", "100", ""),
    ]


def versions_page() -> None:
    from ui.editor import Editor
    from ui.history import show_versions
    from ui.state import archive, current_draft

    draft = current_draft() or ""
    show_versions(Editor(draft), archive().draft_versions(draft))


@pytest.mark.engines
def test_an_earlier_version_is_read_in_words_and_restored_as_a_new_one():
    from ui.state import archive

    draft = archive().save_draft(CARD, author="M. Rossi")
    archive().save_draft(CARD.replace(title="*Altro*"), draft_id=draft.id)
    app = AppTest.from_function(versions_page, default_timeout=60)
    app.query_params["bozza"] = draft.id
    app.run()
    assert not app.exception, app.exception
    assert "**titolo**: Tempi di pagamento → \\*Altro\\*" in shown(app)
    assert "M. Rossi" in app.selectbox[0].options[1]
    app.selectbox[0].set_value(1).run()
    button(app, "Riprendi questa versione").click().run()
    assert not app.exception, app.exception
    assert (saved(draft.id).card.title, saved(draft.id).version) == ("Tempi di pagamento", 3)


@pytest.mark.engines
def test_a_card_with_errors_is_approved_only_with_name_and_reason_which_stay_in_the_history():
    from ui.state import archive

    app, draft = opened(WRONG)
    button(app, "Manda in verifica").click().run()
    assert saved(draft).state == "review"
    field(app, "Chi approva (nome e ruolo)").set_value("L. Bianchi, dirigente").run()
    assert button(app, "Approva con eccezione").disabled
    field(app, "Motivo dell'eccezione").set_value("Pesi decisi dalla Giunta").run()
    button(app, "Approva con eccezione").click().run()
    assert not app.exception, app.exception
    assert saved(draft).state == "approved"
    last = archive().draft_versions(draft)[0]
    assert last.author == "L. Bianchi, dirigente"
    assert "PES003" in last.note and "Pesi decisi dalla Giunta" in last.note  # noqa: PT018


def test_an_approved_card_is_only_read_until_it_is_opened_again():
    from ui.state import archive

    draft = archive().save_draft(CARD, state="approved").id
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = draft
    app.run()
    assert not app.exception, app.exception
    assert field(app, "Fine").disabled
    assert button(app, "Annulla").disabled
    assert any("«Variazioni»" in info.value for info in app.info)  # where an approved card is changed once the plan is adopted
    button(app, "Riapri").click().run()
    assert saved(draft).state == "draft"
    field(app, "Fine").set_value("30/11/2027").run()
    assert saved(draft).card.end == "30/11/2027"


@pytest.mark.parametrize("state", ["approved", "closed"])
def test_what_was_typed_while_another_approved_goes_into_a_new_draft(state: str):
    from ui.state import archive

    app, draft = opened(CARD)
    archive().save_draft(CARD, draft_id=draft, state=state)
    field(app, "Fine").set_value("30/11/2027").run()
    button(app, "Tieni il mio testo").click().run()
    assert not app.exception, app.exception
    assert saved(draft).card.end == "31/12/2027"
    assert {one.card.end for one in archive().drafts()} == {"31/12/2027", "30/11/2027"}


def test_a_card_is_duplicated_into_the_next_year_and_the_copy_is_opened():
    app, draft = opened(CARD)
    button(app, "Duplica per il 2028").click().run()
    assert not app.exception, app.exception
    assert app.query_params["bozza"] != [draft]
    assert (field(app, "Fine").value, saved(draft).card.end) == ("31/12/2028", "31/12/2027")
