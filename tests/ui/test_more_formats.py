"""Whatever cards are taken away as, each format is offered and gives the cards back; the log hears of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator
from exports.proof import cards_in_file
from scoring.profiles import load_profile
from scoring.results import card_result, group_results, ways
from ui.more_formats import FORMATS
from ui.result_files import written as results_written
from ui.template_upload import written

CARD = Card(title="Sportello unico", unit="Demografici", year=2027, weight="100",
            indicators=(Indicator(name="Giorni di attesa", targets={"2027": "≤ 12"}, weight="100"),))


def formats_page() -> None:
    import streamlit as st

    from tests.ui.test_more_formats import CARD
    from ui.more_formats import more_formats

    more_formats(st, (CARD,), "neutro", "piano-2027", "piano:2027", without=("csv",))


@pytest.mark.usefixtures("fresh_archive")
def test_one_button_a_format_but_those_already_beside():
    app = AppTest.from_function(formats_page, default_timeout=60).run()
    assert not app.exception
    names = [one.proto.label for one in app.get("download_button")]
    assert names == [words for kind, (words, _) in FORMATS.items() if kind != "csv"]


@pytest.mark.parametrize("kind", FORMATS)
def test_each_gives_the_cards_back(kind: str, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("exports.office.available", lambda: False)  # LibreOffice takes seconds: its PDFs have tests of their own
    content = written((CARD,), kind, "cremona")
    assert [card.title for card in cards_in_file(content, kind)] == [CARD.title]


def test_results_as_open_document_text(home: Path):
    profile = load_profile("neutro")
    results = [card_result(CARD, ways(CARD, profile), profile)]
    from exports.results_report import results_sheet

    assert results_written(results_sheet(results, group_results(results, profile), profile, "Risultati"), "odt")[:2] == b"PK"
