"""The operations guide is current, and what it tells to type exists."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

import cli
from docs.generate import GUIDE, UNIT, pages
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def test_the_generated_parts_are_current():
    assert GUIDE.read_text(encoding="utf-8") == pages()[GUIDE], "rigenera con: python -m docs.generate"


def test_every_setting_is_in_the_table():
    guide = GUIDE.read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `PIAO_{name.upper()}` | {field.description} |" in guide


def test_every_name_the_guide_uses_exists():
    """Commands of ``piao``, variables, files of the repository."""
    text = GUIDE.read_text(encoding="utf-8") + UNIT.read_text(encoding="utf-8")
    commands = set(typer.main.get_command(cli.app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:`|bin/|^)piao ([a-z]+)", text, re.M))
    assert {"backup", "doctor", "migrate", "rebuild", "restore", "serve"} <= named <= commands
    known = {f"PIAO_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"PIAO_[A-Z_]+", text)) - {"PIAO_"} <= known
    for name in ("deploy/piao.service", "deploy/Containerfile", "requirements-dev.lock", "CHANGELOG.md", ".streamlit/config.toml"):
        assert name in text
        assert (ROOT / name).exists()


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("manca systemd-analyze: l'unità non si può verificare")
    text = UNIT.read_text(encoding="utf-8").replace("/opt/piao/.venv/bin/piao", "/bin/true").replace("=piao\n", "=root\n")
    unit = tmp_path / "piao-prova.service"
    unit.write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    about_us = [line for line in done.stderr.splitlines() if "piao-prova" in line]
    assert (done.returncode, about_us) == (0, [])


def test_the_image_copies_only_what_exists():
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    names = [name for line in re.findall(r"^COPY (.+) \./$", text, re.M) for name in line.split()]
    assert names
    assert all((ROOT / name).exists() for name in names)
    compiled = re.findall(r"compileall -q (.+)$", text, re.M)[0].split()
    assert all((ROOT / name).exists() for name in compiled)
