"""A new card asked for on the page: what the person writes is the need that the draft answers."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cards.errors import PiaoError
from prompts.need import Need
from store.people import Person


def start_page() -> None:
    from ui.start import start_from

    start_from(None)


def test_the_horizon_that_is_written_is_that_of_the_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Need] = []

    def stopped(_archive: object, need: Need, *_more: object, **_named: object) -> None:
        asked.append(need)
        raise PiaoError("basta così")

    monkeypatch.setattr("ui.start.draft_from_archive", stopped)
    monkeypatch.setattr("ui.start.archive", lambda: None)
    monkeypatch.setattr("ui.start.person", lambda: Person("a@b.it", "responsabile"))
    app = AppTest.from_function(start_page, default_timeout=60).run()
    fields = {field.label: field for field in app.text_input}
    next(field for label, field in fields.items() if label.startswith("Che cosa")).set_value("Sportello unico")
    fields["Settore o servizio responsabile"].set_value("Servizi")
    fields["Orizzonte (facoltativo)"].set_value("2027-2029")
    app.number_input[0].set_value(2027)
    next(button for button in app.button if button.label == "Crea la bozza").click().run()
    assert not app.exception
    assert [need.years for need in asked] == [[2027, 2028, 2029]]
