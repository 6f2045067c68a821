"""Text from documents reaches the screen as written, never as markup; uploaded names never leave their folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.model import Card, Indicator, Item, Origin, Outcome, Phase, Resource, StaffShare, Totals, Variation
from ui.plain import md, short
from ui.provenance import rows
from ui.uploads import safe_name, store_uploads
from ui.words import FIELDS, field_words


@pytest.mark.parametrize("hostile", [
    "<script>alert(1)</script>", "![x](http://example.org/a.png)", "[clicca](javascript:alert(1))", "# titolo", ":red[x]",
    "$$\\int$$", "`codice`", "| a | b |", "- [ ] voce", ":material/delete:", "https://example.org/x", "a\n---\nb",
    "<img src=x onerror=y>",
])
def test_no_markup_survives(hostile: str):
    escaped = md(hostile)
    assert not re.search(r"(?<!\\)[<>\[\]`#$|*_!:]", escaped)


@given(st.text(max_size=200))
def test_escaping_loses_nothing(text: str):
    text = text.replace("\r", "").replace("\\", "").replace("\u2060", "")
    assert re.sub(r"\\(.)", r"\1", md(text)).replace("\u2060", "").replace("  \n", "\n") == text.replace("  \n", "\n")


@pytest.mark.parametrize(("name", "safe"), [
    ("../../etc/passwd", "passwd"), ("..\\..\\piano.pdf", "piano.pdf"), ("/tmp/x.docx", "x.docx"), ("", "documento"),
    (".nascosto", "nascosto"),
    ("a\x00b.pdf", "ab.pdf"), ("..", "documento"), ("<b>.txt", "b.txt"),
])
def test_names_are_made_harmless(name: str, safe: str):
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_stays_in_its_folder(name: str):
    path = Path("/base") / safe_name(name)
    assert path.resolve().parent == Path("/base")


def test_two_uploads_of_one_name_are_two_files(tmp_path: Path):
    class Fake:
        name = "piano.pdf"

        def getbuffer(self) -> memoryview:
            return memoryview(b"x")

    paths = store_uploads([Fake(), Fake()], tmp_path)
    assert [path.name for path in paths] == ["piano.pdf", "piano (2).pdf"]


def test_places_and_texts_in_italian():
    assert field_words("indicators[0].targets.2026") == "indicatore 1, valore atteso, 2026"
    assert (field_words("unit"), field_words("indicators[1].unit")) == ("settore", "indicatore 2, unità di misura")
    assert short("una frase lunga da tagliare", 12) == "una frase…"


def test_no_field_of_a_card_is_named_by_its_key():
    shapes = (Card, Phase, Indicator, StaffShare, Resource, Variation, Item, Outcome, Totals)
    assert {name for shape in shapes for name in shape.model_fields} - set(FIELDS) == {"id", "provenance"}


def test_where_each_datum_comes_from_is_told_by_its_source_and_reason():
    plan = Origin(from_="d26d8fef20", document="piano.pdf", page=5)
    shared = Origin(from_="computed", note="pesi uguali")
    assert rows({"entity": Origin(from_="user"), "purpose": plan, "phases[0].text": plan, "phases[1].text": plan,
                 "phases[0].weight": shared, "phases[1].weight": shared, "title": Origin(from_="d26d8fef20")}) == [
        ("scritto a mano", "ente"), ("piano.pdf, p. 5", "finalità; fase 1, 2, testo"), ("calcolato: pesi uguali", "fase 1, 2, peso"),
        ("precedente dell'archivio", "titolo"),
    ]
