"""The doctor sees what is wrong, says the remedy, and changes nothing."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import cli
from settings import Settings
from store.archive import Archive
from store.doctor import Check, examine
from tests.store.fakes import WordEmbedder


def seen(settings: Settings, embedder: WordEmbedder | None = None) -> dict[str, Check]:
    """The last line on each thing; each that is not well has a remedy."""
    checks = list(examine(settings, embedder or WordEmbedder()))
    assert all(check.remedy for check in checks if check.status != "ok"), checks
    return {check.name: check for check in checks}


def test_a_place_without_archive_is_well_and_stays_so(home: Path):
    checks = seen(Settings())
    assert {check.status for check in checks.values() if check.name != "Disco"} == {"ok"}
    assert not home.exists()


@pytest.mark.usefixtures("in_process")
def test_a_filled_archive_is_told_with_its_figures(settings: Settings, write):
    with Archive.open(settings, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", "Il tempo medio di pagamento è di 21 giorni.")]))
    checks = seen(settings)
    assert checks["Vettori"].status == "ok"
    assert "coseno, parole, 48 dimensioni, 1 vettore per 1 passaggio" in checks["Vettori"].text
    assert checks["Database"].status == "ok"


def test_another_model_is_an_error_with_its_remedy(local: Settings, write, in_process: None):
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", "Il tempo medio di pagamento è di 21 giorni.")]))
    check = seen(local, WordEmbedder("altro", 32))["Vettori"]
    assert check.status == "errore"
    assert "parole" in check.text
    assert "piao rebuild" in check.remedy


def test_vectors_to_write_are_counted(local: Settings, write, in_process: None):
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", "Il tempo medio di pagamento è di 21 giorni.")]))
    with closing(sqlite3.connect(local.root / "archivio.sqlite")) as connection, connection:
        connection.execute("DELETE FROM embedded")
    check = seen(local)["Vettori"]
    assert (check.status, "1 da scrivere" in check.text) == ("attenzione", True)


def test_a_damaged_database_is_an_error_and_the_other_checks_go_on(local: Settings):
    local.root.mkdir(parents=True)
    (local.root / "archivio.sqlite").write_bytes(b"rotto" * 5000)
    checks = seen(local)
    assert checks["Database"].status == "errore"
    assert "piao restore" in checks["Database"].remedy
    assert checks["Embedding"].status == "ok"


def test_a_newer_schema_is_refused_unread(local: Settings):
    with Archive.open(local, WordEmbedder()):
        pass
    with closing(sqlite3.connect(local.root / "archivio.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    check = seen(local)["Database"]
    assert (check.status, "9999" in check.text) == ("errore", True)


def test_servers_that_are_off_are_named(local: Settings):
    off = local.model_copy(update={"chroma_url": "http://127.0.0.1:9", "llm": "openai:x", "llm_base_url": "http://127.0.0.1:9/v1",
                                   "database_url": "postgresql+psycopg://nessuno@127.0.0.1:9/archivio"})
    checks = seen(off)
    assert checks["Database"].status == checks["Vettori"].status == "errore"
    assert "PIAO_CHROMA_URL" in checks["Vettori"].remedy
    assert checks["Modello linguistico"].status == "attenzione"


def test_a_misspelt_variable_is_noticed(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIAO_HOMME", "/altrove")
    notices = [check for check in examine(Settings(), WordEmbedder()) if check.status == "attenzione"]
    assert any("PIAO_HOMME" in check.text for check in notices)


def test_an_interrupted_restore_is_noticed(local: Settings):
    (local.root / ".ripristino-x").mkdir(parents=True)
    assert "piao restore" in seen(local)["Cartella"].remedy


def test_the_commands_say_and_do_it(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """doctor, migrate, backup, restore as a person types them."""
    assert cli.run(["doctor", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {"name", "status", "text", "remedy"} == set(data["checks"][0])
    assert {check["status"] for check in data["checks"]} <= {"ok", "attenzione", "errore"}
    assert cli.run(["migrate"]) == 0
    assert "da vuoto a" in capsys.readouterr().out
    assert cli.run(["migrate"]) == 0
    assert "già aggiornato" in capsys.readouterr().out
    assert cli.run(["backup", str(tmp_path / "copia.zip")]) == 0
    assert "SHA-256" in capsys.readouterr().out
    assert cli.run(["restore", str(tmp_path / "copia.zip"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["kept"] is None
    assert cli.run(["restore", str(tmp_path / "manca.zip")]) == 2
    assert "non esiste" in capsys.readouterr().err
