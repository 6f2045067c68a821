"""`piao mapping`: what a table is read as, what a correction would change, the correction on every document of that layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cli
from settings import load_settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

TABLE = "Comune di Roccamora - Piano 2027\nObiettivo;Indicatore;Asticella;Peso\nRidurre i tempi;Giorni;25;40\nPiù verde;Alberi;200;60\n"


@pytest.fixture
def two(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Two documents of one layout in the archive; the layout's fingerprint."""
    words = WordEmbedder()
    monkeypatch.setattr(Archive, "embedder", property(lambda _self: words))
    monkeypatch.chdir(home.parent)
    load_settings.cache_clear()
    for name in ("uno.csv", "due.csv"):
        Path(name).write_text(TABLE + f"Nota di {name};;;\n", encoding="utf-8")
    assert cli.run(["ingest", "uno.csv", "due.csv"]) == 0
    capsys.readouterr()
    assert cli.run(["mapping", "show", "uno.csv", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["fingerprint"])


def targets() -> list[dict[str, str]]:
    with Archive.open(load_settings()) as archive:
        return [card.indicators[0].targets for card in archive.cards()]


def test_a_correction_is_seen_then_done_then_forgotten(two: str, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["mapping", "set", "uno.csv", two, "Asticella=Indicatore: valore atteso", "--all"]
    assert cli.run(order) == 0
    said = capsys.readouterr().out
    assert "uno.csv: schede 2 → 2" in said
    assert "due.csv: schede 2 → 2" in said
    assert "indicators[0].targets.2027: «» → «25»" in said
    assert "Nulla è stato cambiato" in said
    assert targets() == [{}] * 4
    assert cli.run([*order, "--yes"]) == 0
    assert sorted(t["2027"] for t in targets()) == ["200", "200", "25", "25"]
    assert cli.run(["mapping", "forget", two, "--reread"]) == 0
    assert targets() == [{}] * 4


@pytest.mark.parametrize(("column", "said"), [("Colore=title", "con un'intestazione della tabella"), ("Peso=colore", "«colore» non esiste")])
def test_what_cannot_be_meant_is_one_clear_line(two: str, capsys: pytest.CaptureFixture[str], column: str, said: str) -> None:
    assert cli.run(["mapping", "set", "uno.csv", two, column]) == 2
    assert said in capsys.readouterr().err


def test_what_was_understood_from_the_values_is_marked(two: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Shown beside the field, as in Archivio; a header of the vocabulary is not marked."""
    Path("tre.csv").write_text(TABLE.replace("Asticella", "Dove vogliamo arrivare"), encoding="utf-8")
    assert cli.run(["ingest", "tre.csv"]) == 0
    assert cli.run(["mapping", "show", "tre.csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [("(dal contenuto)" in line) for line in lines if "«Dove vogliamo" in line or "«Peso»" in line] == [True, False]
