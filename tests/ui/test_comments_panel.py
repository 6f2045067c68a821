"""Comments beside a card: written, shown as plain text, closed; the card stays as it was."""

from __future__ import annotations

from tests.ui.test_pages import CARD, fresh, shown  # noqa: F401
from tests.ui.test_weights import button, opened


def test_a_comment_is_kept_shown_harmless_and_closed():
    from ui.state import archive

    app, draft = opened(CARD)
    version = archive().draft(draft).version
    next(area for area in app.text_area if area.label == "Aggiungi un commento").set_value("Il peso <b>non</b> torna?")
    button(app, "Aggiungi").click().run()
    assert not app.exception, app.exception
    assert [(one.text, one.version) for one in archive().comments(draft)] == [("Il peso <b>non</b> torna?", version)]
    assert any(one.label == "Commenti (1 aperti)" for one in app.expander)
    assert "<b>" not in shown(app)
    button(app, "Chiudi il commento").click().run()
    assert archive().comments(draft)[0].closed_by
    assert archive().draft(draft).card == CARD
    assert archive().draft(draft).version == version
