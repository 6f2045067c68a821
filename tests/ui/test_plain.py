"""Text from documents reaches the screen as written, never as markup; uploaded names never leave their folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.plain import md, short
from ui.uploads import safe_name, store_uploads
from ui.words import field_words


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
    assert short("una frase lunga da tagliare", 12) == "una frase…"
