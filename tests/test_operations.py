"""The operations guide is current, and what it tells to type exists."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
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
    for name in ("deploy/piao.service", "deploy/Containerfile", "deploy/nginx.conf", "deploy/Caddyfile", "requirements-dev.lock", "CHANGELOG.md", ".streamlit/config.toml"):
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


def instruction(name: str) -> list[str]:
    """The command of an instruction of the Containerfile, which is JSON."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    (found,) = re.findall(rf"^{name}.*?(\[.*\])$", text, re.M)
    return [str(word) for word in json.loads(found)]


def test_the_image_is_well_when_the_app_answers_and_ill_when_not():
    program, *words = instruction("HEALTHCHECK")
    assert program == ".venv/bin/python"

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/_stcore/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        here = [word.replace(":8501", f":{server.server_port}") for word in words]
        threading.Thread(target=server.handle_request).start()
        assert subprocess.run([sys.executable, *here], capture_output=True, check=False).returncode == 0
    assert subprocess.run([sys.executable, *here], capture_output=True, check=False).returncode != 0


def test_the_image_starts_the_app_by_an_entry_point_and_options_that_exist():
    program, command, *options = instruction("CMD")
    assert program == ".venv/bin/piao"
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert "piao" in scripts
    known = typer.main.get_command(cli.app).commands[command]  # type: ignore[attr-defined]
    known.make_context("serve", list(options)).close()


def test_the_image_is_of_the_python_the_project_asks_for_and_of_no_administrator():
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    (version,) = re.findall(r"^FROM python:(\d+\.\d+)-slim$", text, re.M)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    assert wanted.startswith(f">={version},")
    (user,) = re.findall(r"^USER (\w+)$", text, re.M)
    assert user != "root"
    assert re.search(rf"useradd .*--home-dir /dati .*{user}", text)
    assert re.search(rf"install -d -o {user} .* /dati$", text, re.M)
    assert "PIAO_HOME=/dati" in text
    assert text.index("VOLUME /dati") > text.index("USER")


def test_the_proxies_pass_to_the_same_processes_by_the_same_cookie():
    nginx, caddy = ((ROOT / "deploy" / name).read_text(encoding="utf-8") for name in ("nginx.conf", "Caddyfile"))
    assert set(re.findall(r"127\.0\.0\.1:\d+", nginx)) == set(re.findall(r"127\.0\.0\.1:\d+", caddy))
    assert "$cookie_piao_processo" in nginx
    assert "lb_policy cookie piao_processo" in caddy
    for needed in ("proxy_set_header Upgrade", "proxy_set_header Host $host", "client_max_body_size 100m"):
        assert needed in nginx
    assert nginx.count("{") == nginx.count("}")
    assert caddy.count("{") == caddy.count("}")
