"""The log: one JSON object a line, with the trace of a bug and without the secrets of the configuration."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from settings import Settings
from store.logs import start_log


def test_lines_are_json_and_hold_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIAO_LLM_API_KEY", "chiave-segreta-1")
    settings = Settings(home=tmp_path, database_url="postgresql+psycopg://piao:parola-segreta@db/archivio")
    start_log(Settings(home=tmp_path / "altrove"))
    for _ in range(2):
        path = start_log(settings)
    try:
        raise RuntimeError("chiave-segreta-1 rifiutata")
    except RuntimeError as error:
        logging.getLogger("piao.prova").error("connessione a %s", settings.database_url, exc_info=error)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    start_log(Settings(home=tmp_path / "altrove"))
    assert len(lines) == 1
    assert {"at", "level", "logger", "process", "message", "trace"} == set(lines[0])
    assert "segreta" not in json.dumps(lines)
    assert "[riservato]" in lines[0]["message"]
    assert "RuntimeError" in lines[0]["trace"]
