"""The whole journey in a network namespace without a single route, not even loopback: nothing is fetched at run time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from samples.build import build

ROOT = Path(__file__).resolve().parent.parent
REACH = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
pytestmark = [pytest.mark.slow, pytest.mark.model]


@pytest.fixture(scope="module")
def alone() -> list[str]:
    """The words before a command that leave it without network."""
    for words in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which(words[0]) and not subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
            return words
    pytest.skip("senza «unshare -n» (serve root, o gli spazi dei nomi utente) la rete non si può togliere")


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample documents."""
    folder = tmp_path_factory.mktemp("esempio")
    build(folder)
    return folder


class Cut:
    """``piao`` with an archive of its own and no network."""

    def __init__(self, alone: list[str], home: Path) -> None:
        self.alone = alone
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIAO_", "HF_"))}
        self.environment = {**kept, "PIAO_HOME": str(home / "archivio"), "HOME": str(home)}

    def __call__(self, *arguments: str, expect: int = 0) -> Any:
        done = subprocess.run([*self.alone, sys.executable, "-m", "cli", *arguments], cwd=ROOT, env=self.environment,
                              capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == expect, done.stderr
        return json.loads(done.stdout) if "--json" in arguments else done.stdout


def test_there_is_really_no_network(alone: list[str]):
    done = subprocess.run([*alone, sys.executable, "-c", REACH], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in done.stderr


def test_the_journey_needs_no_network(alone: list[str], fonts: Path, tmp_path: Path):
    piao = Cut(alone, tmp_path)
    source = fonts / "montelario_relazione-performance_2025.pdf"
    report = piao("ingest", str(source), "--json")["documents"][0]
    assert (report["status"], report["cards"], report["error"]) == ("new", 3, None)
    assert report["warnings"] == []
    answer = piao("ask", "in quanti giorni si rilascia la carta d'identità?", "--json")
    assert not answer["abstained"]
    assert answer["results"][0]["source"]["document"] == source.name
    draft = piao("draft", "--title", "Carta d'identità in meno giorni", "--unit", "Servizi Demografici", "--year", "2027", "--json")
    assert draft["indicators"]
    findings = piao("check", str(fonts / "tabella-obiettivi-da-verificare.xlsx"), "--json", expect=1)
    assert {"PES001", "TGT001"} <= {finding["code"] for finding in findings["findings"]}
    piao("export", draft["id"], "--format", "docx", "-o", str(tmp_path / "scheda.docx"))
    piao("backup", str(tmp_path / "copia.zip"))
    checks = {check["name"]: check for check in piao("doctor", "--json")["checks"]}
    assert {checks[name]["status"] for name in ("Database", "Embedding", "Vettori")} == {"ok"}
    assert "onnxruntime" in checks["Embedding"]["text"]
