"""Findings on the screen: what tells one from another is in the heading."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    from scoring.findings import Finding, Level, Where
    from ui.findings import show_findings, summary_line

    fields = ("purpose", "indicators[0].formula", None)
    said = ("Manca una parte.", "Manca una parte.", "I pesi non fanno 100.")
    summary_line({"error": 3})
    show_findings([Finding("TXT005", Level.ERROR, text, "Scheda", Where(field=field), None, None, "norma", "Scrivi.", str(n))
                   for n, (field, text) in enumerate(zip(fields, said, strict=True))], "prova")


def test_findings_that_say_the_same_are_told_apart_by_their_place() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    headings = [one.label.replace("\\", "") for one in app.expander]
    assert [":gray[· finalità]" in headings[0], "indicatore 1, formula" in headings[1], ":gray[" in headings[2]] == [True, True, False]
    assert "**3** errori" in app.markdown[0].value


def not_run_page() -> None:
    from scoring.check import check
    from scoring.profiles import load_profile
    from store.lookup import reading_of
    from tests.ui.test_pages import CARD
    from ui.check_view import not_run

    not_run(check(reading_of([CARD], "prova"), load_profile("neutro"), year=CARD.year))


def test_a_check_that_did_not_run_is_named_by_what_it_looks_at() -> None:
    from scoring.registry import rule

    app = AppTest.from_function(not_run_page).run()
    assert not app.exception
    assert f"- {rule('NRM001').title} (NRM001)" in app.markdown[0].value.replace("\\", "")
