"""Files damaged at random: a reading or a clear line, never a crash; and rows in disorder give no card out of nothing."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from cards.errors import PiaoError
from ingest.limits import MB, Limits
from ingest.reading import read

from ..ingest.generic.layouts import LAYOUTS
from .makers import archive, excel, ods, pdf, word

LIMITS = Limits(max_unpacked=50 * MB, max_cells=200_000)
CELLS = "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in ("Obiettivo", "Target", "Peso"))
SEEDS = {
    "docx": word("Obiettivo 1 - Prova"),
    "xlsx": excel([["Obiettivo", "Indicatore", "Target 2026"], ["Uno", "a", 0.5], [None, "b", "=1+1"]]),
    "ods": ods(f"<table:table><table:table-row>{CELLS}</table:table-row></table:table>"),
    "pdf": pdf(3),
}


def survives(path: Path) -> None:
    said = ""
    try:
        read(path, LIMITS)
    except PiaoError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize("kind", SEEDS)
def test_bytes_changed(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    path = tmp_path / f"prova.{kind}"
    for _ in range(60):
        data = bytearray(SEEDS[kind])
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        survives(path)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods"])
def test_xml_changed(tmp_path: Path, kind: str) -> None:
    """Tags and attributes removed, doubled and swapped inside a sound archive."""
    chance = random.Random(kind)
    path = tmp_path / f"prova.{kind}"
    with zipfile.ZipFile(BytesIO(SEEDS[kind])) as file:
        members = {name: file.read(name) for name in file.namelist()}
    parts = [name for name in members if name.endswith((".xml", ".rels"))]
    for _ in range(60):
        name = chance.choice(parts)
        text = members[name].decode()
        for _ in range(chance.randint(1, 5)):
            tokens = list(re.finditer(r'<[^>]+>|"[^"]*"', text))
            token, other = chance.choice(tokens), chance.choice(tokens)
            new = chance.choice(["", token[0] * 2, other[0], '"-1"', '"99999999999"'])
            text = text[: token.start()] + new + text[token.end() :]
        path.write_bytes(archive({**members, name: text}))
        survives(path)


@pytest.mark.parametrize(("name", "text", "expected"), LAYOUTS, ids=[layout[0] for layout in LAYOUTS])
def test_lines_changed(tmp_path: Path, name: str, text: str, expected: list[object]) -> None:
    """Lines lost, doubled, cut and mixed: every word of a card's title is still a word of the file."""
    chance = random.Random(name)
    path = tmp_path / "prova.txt"
    for _ in range(25):
        lines = text.split("\n")
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(lines))
            cells = lines[at].split("\t")
            chance.shuffle(cells)
            lines[at] = chance.choice(["", "\t".join(cells), lines[at][: len(lines[at]) // 2], lines[chance.randrange(len(lines))]])
        path.write_text("\n".join(lines) or "x")
        try:
            cards = read(path, LIMITS).cards
        except PiaoError:
            continue
        words = set("\n".join(lines).replace("<br>", " ").split())
        assert [card.title for card in cards if not set((card.title or "").split()) <= words] == []
