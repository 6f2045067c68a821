"""Oversized everything: too deep, too long, too many, too often is one clear line, and what is there stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

import cli
from settings import load_settings

DEEP, DIGITS = "[" * 100_000, '[{"title": "x", "year": ' + "9" * 5000 + "}]"
OBJECTS = '{"a":' * 50_000 + "1" + "}" * 50_000


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Path:
    load_settings.cache_clear()
    return home


@pytest.mark.parametrize("text", [DEEP, OBJECTS, DIGITS], ids=["deep", "objects", "digits"])
@pytest.mark.parametrize("command", [
    ["check", "FILE.json"], ["read", "FILE.json"], ["score", "FILE.json"], ["export", "FILE.json"], ["ground", "FILE.json"],
    ["eval", "FILE.json"], ["check", "piano.json", "--baseline", "FILE.json"], ["check", "piano.json", "--suppressions", "FILE.toml"],
    ["profile", "check", "FILE.toml"], ["check", "piano.json", "--profile", "FILE.toml"], ["ingest", "FILE.json"],
], ids=lambda words: " ".join(words))
def test_a_file_that_is_too_deep_or_has_too_long_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], text: str,
) -> None:
    import ingest.worker
    from ingest.reading import read

    monkeypatch.setattr(ingest.worker, "read_safely", read)
    monkeypatch.chdir(tmp_path)
    Path("piano.json").write_text('[{"title": "x", "unit": "u", "year": 2026}]', encoding="utf-8")
    Path("FILE.json").write_text(text, encoding="utf-8")
    Path("FILE.toml").write_text("a = " + (text if text != DIGITS else "9" * 5000), encoding="utf-8")
    assert cli.run(command) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("Errore: ")
    assert len(said.splitlines()) == 1
    assert len(said) < 400


@pytest.mark.parametrize(("command", "name", "size"), [
    (["profile", "check", "FILE.toml"], "FILE.toml", 1), (["check", "piano.json", "--suppressions", "FILE.toml"], "FILE.toml", 51),
    (["check", "piano.json", "--baseline", "FILE.json"], "FILE.json", 51), (["ground", "FILE.json"], "FILE.json", 51),
    (["check", "FILE.json"], "FILE.json", 101), (["export", "FILE.json"], "FILE.json", 101),
])
def test_a_file_that_is_too_big_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], name: str, size: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("piano.json").write_text('[{"title": "x", "unit": "u", "year": 2026}]', encoding="utf-8")
    with Path(name).open("wb") as out:
        out.truncate(size * 2**20)  # all holes: nothing is written, and nobody is to read it
    assert cli.run(command) == 2
    said = capsys.readouterr().err
    assert "supera" in said or "al più" in said
