"""The command as a person at a terminal meets it: the contract's JSON and exit codes, one clear line for each mistake."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

import cli
from samples.build import build
from settings import load_settings
from store.archive import Archive

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("check", "x.pdf")`` gives exit code, standard output, standard error."""

    def call(*args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.run([str(arg) for arg in args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample files."""
    folder = tmp_path_factory.mktemp("esempio")
    build(folder)
    return folder


def bad_files(folder: Path, samples: Path) -> dict[str, Path]:
    """One of each kind of unreadable input, by what is wrong with it."""
    good = samples / "pieve-alta_relazione-performance_2024.pdf"
    locked = PdfWriter(clone_from=PdfReader(good))
    locked.encrypt("segreta", algorithm="RC4-128")
    locked.write(folder / "protetto.pdf")
    scan = PdfWriter()
    scan.add_blank_page(595, 842)
    scan.write(folder / "scansione.pdf")
    (folder / "vuoto.txt").write_bytes(b"")
    (folder / "zero.pdf").write_bytes(b"")
    (folder / "tronco.pdf").write_bytes(good.read_bytes()[:1500])
    (folder / "finto.docx").write_bytes(b"non sono uno zip")
    (folder / "strano.xyz").write_bytes(b"dati")
    (folder / "vuota").mkdir()
    return {name: folder / name for name in BAD}


BAD = ["protetto.pdf", "scansione.pdf", "vuoto.txt", "zero.pdf", "tronco.pdf", "finto.docx", "strano.xyz", "vuota", "assente.pdf"]


@pytest.mark.parametrize("name", BAD)
def test_each_unreadable_input_is_one_clear_line_and_leaves_the_archive_alone(run: Run, tmp_path: Path, samples: Path, name: str):
    path = bad_files(tmp_path, samples)[name]
    code, out, err = run("ingest", path)
    lines = [line for line in err.splitlines() if line.strip()]
    assert code == 2
    assert out == ""
    assert len(lines) == 1, err
    assert lines[0].startswith("Errore: ")
    assert name in lines[0]
    assert "Traceback" not in err
    with Archive.open(load_settings()) as archive:
        assert archive.documents() == []
    code, out, err = run("ingest", path, "--json")
    assert code == 2
    assert json.loads(out)["documents"][0]["status"] == "failed"


def test_one_bad_file_does_not_stop_the_others(run: Run, tmp_path: Path, samples: Path):
    bad = bad_files(tmp_path, samples)["finto.docx"]
    code, out, _err = run("ingest", bad, samples / "valle-chiara_relazione-gestione_2024.txt", "--json")
    assert code == 1
    assert [d["status"] for d in json.loads(out)["documents"]] == ["failed", "new"]


@pytest.mark.parametrize("args", [["inesistente"], ["draft"], ["ask", "--zz", "x"], ["ask"], ["ask", "x", "-k", "molti"]])
def test_a_wrong_command_is_one_italian_line(run: Run, args: list[str]):
    code, _out, err = run(*args)
    assert code == 2
    assert len(err.strip().splitlines()) == 1
    assert err.startswith("Uso: ")


def test_an_unknown_card_or_profile_or_rule_says_what_to_do(run: Run, samples: Path):
    table = samples / "tabella-obiettivi-da-verificare.xlsx"
    for args in (["check", "abc123"], ["check", table, "--profile", "inesistente"], ["explain", "XYZ999"], ["export", "abc123"]):
        code, out, err = run(*args)
        assert (code, out) == (2, "")
        assert err.startswith("Errore: ")
        assert len(err.strip().splitlines()) == 1


@pytest.mark.model
def test_ingest_twice_cards_ask_and_silence(run: Run, samples: Path):
    path = samples / "valle-chiara_relazione-gestione_2024.txt"
    code, out, _ = run("ingest", path, "--json")
    report = json.loads(out)["documents"][0]
    assert (code, report["status"], report["cards"]) == (0, "new", 5)
    assert set(report) == {"path", "sha256", "status", "entity", "year", "cards", "passages", "seconds", "warnings", "error"}
    assert json.loads(run("ingest", path, "--json")[1])["documents"][0]["status"] == "unchanged"
    cards = [json.loads(line) for line in run("cards", "--json")[1].splitlines()]
    assert [card["code"] for card in cards] == ["00001", "00002", "00003", "00010", "00011"]
    found = json.loads(run("ask", "quante iscrizioni alla mensa arrivano online?", "--json")[1])
    assert not found["abstained"]
    assert "mensa" in found["results"][0]["text"]
    assert set(found["results"][0]) >= {"rank", "score", "text", "card_id", "title", "entity", "year", "source"}
    assert "78%" in found["answer"]
    assert json.loads(run("ask", "regole per i droni della protezione civile marina", "--json")[1])["abstained"]


def test_a_draft_is_complete_has_provenance_and_no_error(run: Run):
    need = ("--title", "Riduzione dei tempi di pagamento", "--unit", "Servizi Finanziari", "--year", "2026", "--horizon", "2026-2027")
    code, out, _ = run("draft", *need, "--json")
    card = json.loads(out)
    assert code == 0
    assert len(card["indicators"]) >= 2
    assert card["phases"]
    assert card["horizon"] == "2026 - 2027"
    assert all(f"indicators[{n}].targets.{y}" in card["provenance"] for n in range(len(card["indicators"])) for y in (2026, 2027))
    code, out, _ = run("check", card["id"], "--json")
    assert code == 0
    assert json.loads(out)["summary"]["error"] == 0


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt", "pdf", "json", "csv"])
def test_a_draft_is_exported(run: Run, tmp_path: Path, kind: str):
    card = json.loads(run("draft", "--title", "Sportello", "--unit", "Demografici", "--year", "2026", "--json")[1])
    code, out, _ = run("export", card["id"], "--format", kind, "-o", tmp_path)
    assert code == 0
    assert Path(out.strip()).stat().st_size > 200


def test_targets_one_by_one_and_from_standard_input(run: Run):
    reading = json.loads(run("target", "≥ 98,5%", "--json")[1])
    assert (reading["type"], reading["comparator"], reading["value"], reading["unit"]) == ("percent", ">=", "98.5", "%")
