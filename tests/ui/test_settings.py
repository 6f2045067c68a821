"""*Impostazioni*: what is in use in Italian words, checks that find real trouble, no secret on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scoring.profiles import Profile, load_profile, profile_names
from tests.ui.test_pages import shown
from tests.ui.test_variations import box
from ui import health
from ui.profile_view import PARTS, parameters

pytestmark = pytest.mark.usefixtures("fresh_archive")


def settings_page() -> None:
    from ui.pages import settings

    settings.page()


def opened() -> AppTest:
    app = AppTest.from_function(settings_page, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


@pytest.mark.engines
def test_a_new_archive_is_in_order():
    app = opened()
    text = shown(app)
    assert text.count("A posto") == 5
    assert "Da sistemare" not in text
    assert "Nessun modello configurato" in text


def test_every_parameter_of_every_profile_has_italian_words():
    english = {"ratio", "mean", "weighted_mean", "declared", "stop", "exclude", "zero", "unknown", "higher", "on_off", "linear",
               "all", "baseline", "None", "True", "False"}
    for name in profile_names():
        for part in PARTS:
            for row in parameters(getattr(load_profile(name), part)):
                assert row["Valore"] not in english
                assert not [word for word in english if f"«{word}»" in row["Parametro"]]


@pytest.mark.parametrize("name", profile_names())
def test_each_profile_is_shown(name: str):
    app = opened()
    box(app, "selectbox", "Leggi un profilo").set_value(name).run()
    assert not app.exception
    assert Profile.model_validate(load_profile(name)).source.split()[0] in shown(app).replace("\\", "")


def test_secrets_do_not_reach_the_screen(monkeypatch: pytest.MonkeyPatch):
    import settings

    monkeypatch.setenv("PIAO_LLM", "vllm:modello")
    monkeypatch.setenv("PIAO_LLM_BASE_URL", "http://utente:segreto@127.0.0.1:9/v1?token=segreto")
    monkeypatch.setenv("PIAO_LLM_API_KEY", "segreto")
    settings.load_settings.cache_clear()
    text = shown(opened()).replace("\\", "")
    assert "127.0.0.1:9/v1" in text
    assert "segreto" not in text
    assert health.database_words("postgresql://piao:segreto@db/piao") == "postgresql://piao:***@db/piao"


def test_a_model_that_does_not_answer_is_one_clear_line(monkeypatch: pytest.MonkeyPatch):
    import settings

    monkeypatch.setenv("PIAO_LLM", "vllm:modello")
    monkeypatch.setenv("PIAO_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    settings.load_settings.cache_clear()
    app = opened()
    box(app, "button", "Prova il modello linguistico").click().run()
    assert not app.exception
    assert "Da sistemare" in shown(app)


def test_a_full_or_closed_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    missing = health.tried("Cartella", lambda: health.writable(tmp_path / "non-esiste"))
    assert missing.state == "error"
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 5_000_000})())
    assert health.space(tmp_path).state == "warning"


@pytest.mark.parametrize(("count", "expected"), [(0, "0 byte"), (12_345, "12,3 kB"), (1_260_000_000, "1,3 GB")])
def test_sizes_are_written_the_italian_way(count: int, expected: str):
    assert health.size(count) == expected
