"""The live total of the weights and «Riequilibra»: seen before it is done, done only on click; readings of the targets."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Phase
from cards.quantities import read_target
from tests.ui.test_pages import CARD, cards_page, fresh, shown  # noqa: F401
from ui.readings import reading
from ui.weights import total_words, with_weights


def opened(card: Card) -> tuple[AppTest, str]:
    """The editor on a draft of the card."""
    from ui.state import archive

    draft = archive().save_draft(card)
    app = AppTest.from_function(cards_page, default_timeout=60)
    app.query_params["bozza"] = draft.id
    app.run()
    assert not app.exception, app.exception
    return app, draft.id


def button(app: AppTest, label: str):
    """The button with that label."""
    return next(one for one in app.button if one.label == label)


@pytest.mark.parametrize(("texts", "words", "right"), [
    (["60", "50"], "Totale pesi: 110 — deve dare 100", False),
    (["62,5%", "37,5%"], "Totale pesi: 100", True),
    (["60", "alto"], "Totale pesi: 60 — deve dare 100; peso non leggibile alla riga 2", False),
    (["100", "=="], "Totale pesi: 100", True),
    ([None, None], "", True),
    ([], "", True),
])
def test_the_total_is_told_in_words(texts: list[str | None], words: str, right: bool):
    assert total_words(texts) == (words, right)


def test_weights_that_do_not_give_100_are_shown_before_and_after_and_changed_only_on_click():
    from ui.state import archive

    card = CARD.replace(phases=(Phase(number="1", text="Analisi", weight="60%"), Phase(number="2", text="Avvio", weight="50%")))
    app, draft = opened(card)
    text = shown(app).replace("\\", "")
    assert "Totale pesi: 110 — deve dare 100" in text
    assert "1. Analisi: 60% → **55%**" in text
    assert archive().draft(draft).card.phases == card.phases
    button(app, "Applica i nuovi pesi").click().run()
    assert not app.exception, app.exception
    saved = archive().draft(draft).card
    assert [phase.weight for phase in saved.phases] == ["55%", "45%"]
    assert saved.provenance["phases[0].weight"].from_ == "computed"
    assert "deve dare 100" not in shown(app)


def test_an_eliminated_phase_keeps_its_weight():
    card = Card(phases=(Phase(text="a", weight="40"), Phase(text="b", weight="40", status="eliminated")))
    assert [p.weight for p in with_weights(card, "phases", ["100", None]).phases] == ["100", "40"]


@pytest.mark.parametrize(("text", "words"), [
    ("≥ 98,5%", "≥ 98,5 %"), ("almeno il 98,5%", "≥ 98,5 %"), ("entro 30/06/2027", "entro 30/06/2027"),
    ("entro il 30 giugno 2027", "entro 30/06/2027"), ("entro novembre", "entro novembre"), ("Sì", "sì"),
    ("30.000/8", "30.000 su 8"), ("migliorare il servizio", "non misurabile"), ("==", "valore atteso da indicare"),
    ("entro 2027", "entro 2027"), ("superiore a 7 su 10", "> 7 su 10"), ("12,5 gg", "12,5 gg"),
])
def test_a_target_is_said_back_in_one_way(text: str, words: str):
    assert reading(read_target(text)) == words
