"""``piao people``, ``piao log`` and the refusal to serve others without a login."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import cli
from settings import load_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIAO_HOME", str(tmp_path / "casa"))
    load_settings.cache_clear()
    yield tmp_path
    load_settings.cache_clear()


def test_people_are_added_changed_and_removed_and_the_log_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["people", "set", "capo@ente.it", "--role", "amministratore"]) == 0
    assert cli.run(["people", "set", "rita@ente.it", "--role", "redattore", "--unit", "Ambiente", "--name", "=Rita"]) == 0
    assert cli.run(["people", "remove", "rita@ente.it"]) == 0
    capsys.readouterr()
    assert cli.run(["people", "list", "--json"]) == 0
    assert [who["email"] for who in json.loads(capsys.readouterr().out)["people"]] == ["capo@ente.it"]
    assert cli.run(["log", "-o", str(home / "log.csv")]) == 0
    rows = list(csv.DictReader((home / "log.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Che cosa"], row["Su che cosa"], row["Dettaglio"]) for row in rows] == [
        ("utente", "capo@ente.it", "amministratore"), ("utente", "rita@ente.it", "redattore, servizi: Ambiente"),
        ("utente", "rita@ente.it", "tolto")]
    assert all(row["Chi"].startswith("riga di comando") for row in rows)


@pytest.mark.parametrize("arguments", [
    ["people", "set", "rita@ente.it", "--role", "sindaco"], ["people", "remove", "nessuno@ente.it"],
    ["serve", "--address", "0.0.0.0"], ["serve", "--address", "piao.comune.it"],
])
def test_what_cannot_be_is_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(arguments) == 2
    error = capsys.readouterr().err.strip()
    assert len(error.splitlines()) == 1
    assert error.startswith("Errore:")
