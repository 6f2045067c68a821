"""People and log in *Impostazioni*."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from exports.log import log_csv
from settings import load_settings
from ui.state import hands


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PIAO_HOME", str(tmp_path))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def people_page() -> None:
    from ui.people_view import show_log, show_people

    show_people()
    show_log()


def field(app: AppTest, kind: str, label: str):
    return next(widget for widget in getattr(app, kind) if widget.label.startswith(label))


def add(app: AppTest, email: str, role: str, units: str = "") -> AppTest:
    field(app, "text_input", "Indirizzo").set_value(email)
    field(app, "text_input", "Servizi").set_value(units)
    field(app, "selectbox", "Ruolo").set_value(role)
    return next(button for button in app.button if button.label == "Salva l'utente").click().run()


def test_people_are_added_with_their_units_and_the_last_administrator_stays() -> None:
    app = AppTest.from_function(people_page).run()
    assert "Nessun utente" in " ".join(text.value for text in app.markdown)
    add(app, "capo@ente.it", "amministratore")
    add(app, "Rita@ente.it", "redattore", "Ambiente ; Tributi")
    assert [(who.email, who.units) for who in hands().people()] == [("capo@ente.it", ()), ("rita@ente.it", ("Ambiente", "Tributi"))]
    add(app, "senza chiocciola", "lettore")
    assert "non è un indirizzo" in app.error[0].value
    app.run()
    field(app, "selectbox", "Togli").set_value("capo@ente.it").run()
    next(button for button in app.button if button.label.startswith("Togli")).click().run()
    assert "unico amministratore" in app.error[0].value
    assert len(app.dataframe[0].value) == 2
    assert not app.exception


def test_the_log_taken_away_runs_no_formula() -> None:
    entry = {"number": 1, "at": "2026-11-21T08:00:00+00:00", "person": '=HYPERLINK("x")', "role": "lettore", "action": "+1",
             "object": "@x", "detail": "-2"}
    row = next(csv.DictReader(log_csv([entry]).decode("utf-8-sig").splitlines(), delimiter=";"))
    assert not [value for value in row.values() if value[0] in "=+-@"]
