"""*Verifica*: upload, paste, draft or plan; mend and check again; accept with a reason; nothing read is never called clean."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator
from samples.build import write_draft_table
from tests.ui.test_pages import shown

pytestmark = pytest.mark.usefixtures("fresh_archive")

TABLE = "Settore\tObiettivo\tIndicatore\tFormula\tValore atteso 2027\tPeso\nFinanze\tPagamenti\tTempo\tg/n\t25\t60\nFinanze\tPagamenti\tFatture\tn/t\t97%\t50"


def check_page() -> None:
    from ui.pages import check

    check.page()


def opened(source: str | None = None) -> AppTest:
    app = AppTest.from_function(check_page, default_timeout=60).run()
    assert not app.exception, app.exception
    if source:
        next(one for one in app.get("button_group") if one.label == "Che cosa vuoi verificare?").set_value(source).run()
        assert not app.exception, app.exception
    return app


def codes(app: AppTest) -> str:
    return (shown(app) + "\n".join(expander.label for expander in app.expander)).replace("\\", "")


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label.startswith(label))


def pasted(text: str = TABLE) -> AppTest:
    app = opened("paste")
    app.text_area[0].set_value(text).run()
    assert not app.exception, app.exception
    return app


def draft(title: str = "Pagamenti", first: str = "60", year: int = 2027) -> Card:
    return Card(title=title, unit="Finanze", year=year, start=f"01/01/{year}", end=f"31/12/{year}", indicators=(
        Indicator(name="Tempo medio", formula="a/b", baseline="30", targets={str(year): "≤ 28"}, weight=first),
        Indicator(name="Fatture nei termini", formula="a/b", baseline="90%", targets={str(year): "≥ 97%"}, weight="50")))


def test_a_pasted_table_is_checked_and_says_its_columns():
    app = pasted()
    words = codes(app)
    assert "I pesi dei 2 indicatori sommano a 110, non a 100" in words
    assert "«Valore atteso 2027» → valore atteso 2027" in words
    assert "indicator.target" not in words


def test_a_file_and_its_files(tmp_path: Path):
    write_draft_table(tmp_path / "tabella.xlsx")
    content = (tmp_path / "tabella.xlsx").read_bytes()
    app = opened()
    app.get("file_uploader")[0].upload("tabella.xlsx", content).run()
    assert not app.exception
    assert "PES001" in codes(app)
    from exports.findings import FORMATS, findings_file
    from scoring.profiles import load_profile
    from ui.check_copy import fixed_copy
    from ui.check_files import WORDS, dossier

    assert set(WORDS) == set(FORMATS)
    choice = app.session_state["checked_file"]
    report = app.session_state["verifica:esito"][1]
    made = dossier(choice, report, load_profile("neutro"))
    assert openpyxl.load_workbook(io.BytesIO(findings_file(made, "xlsx")))["Obiettivi 2027"]["F4"].comment
    from scoring.remedies import remedies

    found = list(remedies(report, choice.reading.cards, load_profile("neutro")))
    page = openpyxl.load_workbook(io.BytesIO(fixed_copy(choice, found)))["Obiettivi 2027"]
    assert [str(page[name].value) for name in ("G2", "G3")] == ["55", "45"]


def test_what_was_not_read_is_not_called_clean():
    app = pasted("Alfa\tBeta\nuno\tdue\ntre\tquattro")
    words = codes(app)
    assert "nessuna scheda" in words
    assert "non riconosco nessuna intestazione" in words
    assert "Nessuna segnalazione" not in words


def test_a_draft_is_mended_on_request_and_checks_clean():
    from ui.state import archive

    saved = archive().save_draft(draft())
    app = opened("draft")
    assert "sommano a 110" in codes(app)
    button(app, "Correggi").click().run()
    assert not app.exception
    assert "indicatore 1, peso" in codes(app)
    assert archive().draft(saved.id).card.indicators[0].weight == "60", "mostrata, non ancora fatta"
    button(app, "Applica").click().run()
    assert not app.exception
    assert [one.weight for one in archive().draft(saved.id).card.indicators] == ["55", "45"]
    assert "sommano a 110" not in codes(app)
    assert "Corretto" in codes(app)


def test_a_draft_changed_meanwhile_is_not_overwritten():
    from ui.state import archive

    saved = archive().save_draft(draft())
    app = opened("draft")
    button(app, "Correggi").click().run()
    archive().save_draft(draft(first="70"), draft_id=saved.id, version=1)
    button(app, "Applica").click().run()
    assert archive().draft(saved.id).card.indicators[0].weight == "70"


def test_the_whole_plan_of_the_drafts():
    from ui.state import archive

    for title, first in (("Pagamenti", "60"), ("Bilancio", "50")):
        archive().save_draft(draft(title, first))
    archive().save_draft(draft("Vecchio", "60", 2024))
    app = opened("plan")
    words = codes(app)
    assert "2 schede e 4 indicatori" in words
    assert words.count("sommano a 110") == 1


def test_a_finding_is_accepted_with_reason_and_author_and_taken_back():
    from store.accepted import accepted
    from ui.state import archive, settings

    archive().save_draft(draft())
    app = opened("draft")
    button(app, "Accetta").click().run()
    assert next(one for one in app.button if one.key == "accept_do").disabled, "il motivo si chiede"
    next(one for one in app.text_area if one.key == "accept_reason").set_value("scelta della Giunta").run()
    next(one for one in app.text_input if one.key == "accept_author").set_value("M. Rossi").run()
    next(one for one in app.text_input if one.key == "accept_until").set_value("domani").run()
    assert next(one for one in app.button if one.key == "accept_do").disabled
    next(one for one in app.text_input if one.key == "accept_until").set_value("31/12/2099").run()
    next(one for one in app.button if one.key == "accept_do").click().run()
    assert not app.exception
    (one,) = accepted(settings())
    assert (one.code, one.reason, one.author, one.expires, one.document) == (
        "PES001", "scelta della Giunta", "M. Rossi", "2099-12-31", "bozze 2027")
    words = codes(app)
    assert "scelta della Giunta (M. Rossi), fino al 31/12/2099" in words
    assert "SOP001" not in words
    button(app, "Ritira").click().run()
    assert accepted(settings()) == ()
    assert "Segnalazioni accettate" not in codes(app)


def test_an_earlier_outcome_puts_the_known_aside():
    import json

    app = pasted()
    report = app.session_state["verifica:esito"][1]
    app.get("file_uploader")[-1].upload("esito.json", json.dumps(report.to_json()).encode()).run()
    assert not app.exception
    assert "Segnalazioni accettate (" in codes(app)
    assert app.session_state["verifica:esito"][1].findings == ()


def test_the_check_is_not_made_again_for_a_click(monkeypatch: pytest.MonkeyPatch):
    from ui.pages import check as page

    made = []
    real = page.check
    monkeypatch.setattr(page, "check", lambda *args, **kwargs: made.append(1) or real(*args, **kwargs))
    app = pasted()
    app.run()
    app.run()
    assert len(made) == 1
    app.text_area[0].set_value(TABLE + "\nFinanze\tPagamenti\tAltro\tx/y\t3\t10").run()
    assert len(made) == 2


def test_many_findings_are_shown_some_at_a_time():
    rows = "\n".join(f"Finanze\tObiettivo {n}\tIndicatore {n}\tx\tmigliorare\t" for n in range(70))
    rows += "\n" + "\n".join(f"Demografici\tAltro {n}\tIndice {n}\t\t\t50" for n in range(70))
    app = pasted(TABLE.splitlines()[0] + "\n" + rows)
    found = len(app.session_state["verifica:esito"][1].findings)
    assert found > 100
    first = sum("Errore" in one.label or "Attenzione" in one.label for one in app.expander)
    assert first == 20
    button(app, "Mostra altre").click().run()
    assert sum("Errore" in one.label or "Attenzione" in one.label for one in app.expander) == 40
