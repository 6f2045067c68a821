"""*Impostazioni*, the body's Word template: kept, taken away, offered where Word is made, and only by who manages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from docx import Document
from streamlit.testing.v1 import AppTest

from exports.template_starter import starter_template
from settings import load_settings
from tests.ui.test_settings import opened
from ui.template_upload import FILE, OWN, SAMPLE, keep_template, written


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Iterator[None]:
    st.cache_resource.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()


def test_the_settings_say_whether_there_is_a_template_and_take_it_away() -> None:
    assert any("Non c'è ancora un modello" in one.value for one in opened().info)
    keep_template(starter_template(), load_settings())
    app = opened()
    assert any("C'è un modello" in one.value for one in app.success)
    app.button(key="modello_togli").click().run()
    assert not app.exception
    assert not (load_settings().root / FILE).exists()


def choice_page() -> None:
    import streamlit as st

    from ui.template_upload import layout_box

    layout_box(st, "scelta")


def test_the_template_is_offered_while_it_is_there_and_a_choice_of_it_does_not_outlive_it() -> None:
    keep_template(starter_template(), load_settings())
    app = AppTest.from_function(choice_page, default_timeout=60).run()
    app.selectbox(key="scelta").set_value(OWN).run()
    assert app.selectbox(key="scelta").value == OWN
    (load_settings().root / FILE).unlink()
    app.run()
    assert not app.exception
    assert app.selectbox(key="scelta").value == "neutro"


def test_word_takes_the_template_and_excel_the_neutral_sheet() -> None:
    keep_template(starter_template(), load_settings())
    book = Document(io.BytesIO(written([SAMPLE], "docx", OWN)))
    assert book.paragraphs[1].text == "Sezione 2.2 Performance, anno 2027"
    assert written([SAMPLE], "xlsx", OWN)[:2] == b"PK"
