"""The wizard of *Impostazioni*: live answers, bands refused with both names, what is typed survives, the profile is put in use."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.test_pages import shown

pytestmark = pytest.mark.usefixtures("fresh_archive")


def wizard_page() -> None:
    from ui.profile_wizard import wizard

    wizard()


def opened(notes: str | None = None) -> AppTest:
    app = AppTest.from_function(wizard_page, default_timeout=60)
    if notes:
        app.query_params["appunti"] = notes
    app.run()
    assert not app.exception, app.exception
    return app


def typed(app: AppTest, label: str, value: str, n: int = 0) -> AppTest:
    fields = [field for field in [*app.text_input, *app.selectbox] if field.label == label or (len(label) > 3 and field.label.startswith(label))]
    fields[n].set_value(value).run()
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    return shown(app).replace("\\", "")


def test_a_wrong_answer_is_told_under_its_question_and_nothing_can_be_kept():
    app = opened()
    assert "Totale dell'obiettivo: **76,50 %**" in words(app)
    typed(app, "Quale differenza si ammette su una somma?", "poca")
    assert "«poca» non va bene: scrivi un numero" in words(app)
    assert not [one for one in app.button if one.label.startswith("Salva")]
    typed(app, "Quale differenza si ammette su una somma?", "0,05")
    assert "non va bene" not in words(app)


def test_the_preview_follows_the_answers():
    app = opened()
    typed(app, "Se il valore atteso ha più parti", "all")
    typed(app, "Fino a quale percentuale", "")
    assert "Totale dell'obiettivo: **66,00 %**" in words(app)


def test_bands_that_overlap_are_refused_with_both_names():
    app = opened()
    for _ in range(2):
        next(one for one in app.button if one.label == "Aggiungi una fascia").click().run()
    assert "Una fascia non ha nome" in words(app)
    typed(app, "Come si chiama (più", "Basso", 0)
    typed(app, "Come si chiama (più", "Alto", 1)
    typed(app, "A", "60", 0)
    typed(app, "Da", "50", 1)
    assert "le fasce «Basso» [0; 60] e «Alto» (50; 100] si sovrappongono" in words(app)
    typed(app, "Da", "60", 1)
    assert "si sovrappongono" not in words(app)
    assert "· Alto" in words(app)
    next(one for one in app.button if one.label == "Togli l'ultima").click().run()
    next(one for one in app.button if one.label == "Togli l'ultima").click().run()
    assert not app.exception
    assert "· Alto" not in words(app)


def test_what_is_typed_survives_a_reload_and_becomes_the_bodys_profile():
    from scoring.profiles import load_profile
    from store.own_profiles import body_profile, find_profile
    from ui.state import settings

    app = opened()
    typed(app, "Come si chiama il sistema", "Comune di Prova: SMVP")
    typed(app, "Quale atto lo approva", "G.C. 3/2027")
    name = app.query_params["appunti"]
    again = opened(name if isinstance(name, str) else name[0])
    assert next(one for one in again.text_input if one.label.startswith("Come si chiama il sistema")).value == "Comune di Prova: SMVP"
    next(one for one in again.button if one.label.startswith("Salva")).click().run()
    assert not again.exception
    assert "è il profilo dell'ente" in words(again)
    assert body_profile(settings()) == "comune-di-prova-smvp"
    used = find_profile(None, settings())
    assert (used.title, used.source) == ("Comune di Prova: SMVP", "G.C. 3/2027")
    assert used.weights == load_profile("neutro").weights


def test_another_starting_point_brings_its_answers():
    app = opened()
    typed(app, "Parti da", "cremona")
    assert next(one for one in app.text_input if one.label.startswith("Quanti decimali ha la percentuale")).value == "0"
