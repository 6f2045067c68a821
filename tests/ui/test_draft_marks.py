"""Data without a source in the editor: counted, in the way of approval, confirmed one by one, and still there after an edit."""

from __future__ import annotations

from cards.marks import marks_of, open_marks
from cards.model import Mark, Origin
from tests.ui.test_history import field, saved
from tests.ui.test_pages import CARD, fresh, shown  # noqa: F401
from tests.ui.test_weights import button, opened

PURPOSE = "Si pagano 4.321 fatture in 28 giorni, come nel 2019."
MARKED = CARD.replace(purpose=PURPOSE, provenance={**CARD.provenance, "purpose": Origin(from_="model", unsupported=(
    Mark(span="4.321", kind="number", why="il numero non è nei precedenti"), Mark(span="2019", kind="date", why="anno senza fonte")))})


def test_marks_are_counted_and_confirmed_one_by_one_with_a_reason():
    app, draft = opened(MARKED)
    assert "2 dati senza riscontro" in "".join(warning.value for warning in app.warning)
    assert "4\\.321 (senza riscontro)" in shown(app)
    button(app, "Confermo il dato").click().run()
    assert "servono il nome" in app.error[0].value, "senza nome e motivo non si conferma nulla"
    field(app, "Chi conferma (nome e ruolo)").set_value("M. Rossi").run()
    field(app, "Perché il dato è giusto").set_value("dal gestionale").run()
    button(app, "Confermo il dato").click().run()
    assert not app.exception, app.exception
    assert "Un dato senza riscontro" in "".join(warning.value for warning in app.warning)
    card = saved(draft).card
    assert [mark.span for _, mark in open_marks(card)] == ["2019"]
    assert [(mark.confirmed_by, mark.reason) for _, mark in marks_of(card) if mark.confirmed_by] == [("M. Rossi", "dal gestionale")]
    assert "dal gestionale" in shown(app)


def test_editing_the_text_confirms_nothing_and_taking_the_words_out_does():
    app, draft = opened(MARKED)
    field(app, "Finalità").set_value(PURPOSE.replace("Si pagano", "Si pagheranno")).run()
    assert saved(draft).card.provenance["purpose"].from_ == "user"
    assert len(open_marks(saved(draft).card)) == 2
    field(app, "Finalità").set_value("Si paga prima.").run()
    assert open_marks(saved(draft).card) == []
    assert not app.warning


def test_approval_asks_for_an_exception_as_long_as_a_mark_is_open():
    from ui.state import archive

    app, draft = opened(MARKED)
    button(app, "Manda in verifica").click().run()
    field(app, "Chi approva (nome e ruolo)").set_value("L. Bianchi").run()
    assert button(app, "Approva con eccezione").disabled
    field(app, "Motivo dell'eccezione").set_value("Dati attesi entro marzo").run()
    button(app, "Approva con eccezione").click().run()
    assert not app.exception, app.exception
    assert saved(draft).state == "approved"
    note = archive().draft_versions(draft)[0].note
    assert "2 dati senza riscontro" in note
    assert "Dati attesi entro marzo" in note
