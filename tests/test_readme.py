"""The README's real run is what the program prints today, word for word; its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cli
from samples.build import build

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_real_run_is_real(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    build(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert cli.run(["check", "tabella-obiettivi-da-verificare.xlsx"]) == 1
    printed = capsys.readouterr().out.strip()
    shown = re.findall(r"```\n(.*?)\n```", README, re.S)[1]
    assert shown == printed


def test_the_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_it_is_one_screen():
    assert len(README.splitlines()) <= 80
