"""``piao check``: files to take away, accepted findings, an old plan's report; what did not run is never told as passed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from samples.build import write_draft_table

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*args: object) -> tuple[int, str, str]:
        code = cli.run([str(arg) for arg in args])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tabella.xlsx"
    write_draft_table(path)
    return path


def findings(text: str) -> list[dict[str, object]]:
    return json.loads(text)["findings"]  # type: ignore[no-any-return]


def test_one_check_is_written_in_every_format(run: Run, table: Path, tmp_path: Path):
    before = table.read_bytes()
    names = [tmp_path / f"esito.{kind}" for kind in ("json", "sarif", "html", "docx", "xlsx")]
    code, out, err = run("check", table, "--json", *(part for name in names for part in ("--out", name)))
    assert code == 1
    assert findings(out) == findings(names[0].read_text(encoding="utf-8"))
    assert json.loads(names[1].read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "neutro" in names[2].read_text(encoding="utf-8")
    assert all(name.stat().st_size > 500 for name in names)
    assert err.count("Scritto ") == 5
    assert table.read_bytes() == before


def test_the_checked_file_is_never_written_over(run: Run, table: Path):
    before = table.read_bytes()
    code, _out, err = run("check", table, "--out", table)
    assert code == 2
    assert "è il file verificato" in err
    assert table.read_bytes() == before


def test_a_wrong_format_or_place_is_one_line(run: Run, table: Path, tmp_path: Path):
    for wrong in (tmp_path / "esito.pdf", tmp_path / "manca" / "esito.html"):
        code, _out, err = run("check", table, "--out", wrong)
        assert code == 2
        assert "Errore: " in err.strip().splitlines()[-1]


def test_accepted_findings_leave_the_report_and_are_told(run: Run, table: Path, tmp_path: Path):
    first = findings(run("check", table, "--json")[1])
    known = tmp_path / "accettate.toml"
    known.write_text(f'[[suppression]]\nfingerprint = "{first[0]["fingerprint"]}"\nreason = "scelta della Giunta"\n'
                     'author = "M. Rossi"\nexpires = 2999-12-31\n'
                     '[[suppression]]\ncode = "TGT001"\nline = 4\nreason = "dato di contesto"\nauthor = "M. Rossi"\n'
                     'expires = 2020-01-01\n'
                     '[[suppression]]\ncode = "TGT001"\nline = 99\nreason = "vecchia"\nauthor = "M. Rossi"\n', encoding="utf-8")
    code, out, _ = run("check", table, "--suppressions", known)
    assert code == 1
    assert f"Accettata {first[0]['code']}" in out
    assert "scelta della Giunta (M. Rossi)" in out
    assert "Soppressione scaduta il 2020-01-01" in out
    assert "Soppressione inutile" in out
    assert "ERRORE TGT001" in out, "una soppressione scaduta non tace più"
    known.write_text("[[suppression]]\nreason = 1", encoding="utf-8")
    code, out, err = run("check", table, "--suppressions", known)
    assert (code, out) == (2, "")
    assert "accettate.toml, voce 1" in err


def test_the_report_of_an_old_plan_hides_what_was_already_there(run: Run, table: Path, tmp_path: Path):
    old = tmp_path / "esito.json"
    run("check", table, "--out", old)
    code, out, _ = run("check", table, "--json", "--baseline", old)
    assert code == 0
    assert findings(out) == []
    assert json.loads(out)["not_run"], "ciò che non si è potuto controllare resta detto"


def test_the_floor_of_the_levels(run: Run, table: Path):
    every = json.loads(run("check", table, "--json")[1])
    errors = json.loads(run("check", table, "--json", "--min-level", "error")[1])
    assert {one["level"] for one in errors["findings"]} == {"error"}
    assert errors["summary"]["error"] == every["summary"]["error"]
    assert errors["summary"]["warning"] == 0
    assert run("check", table, "--min-level", "grave")[0] == 2


def test_what_was_read_as_what_is_said_apart_from_the_findings(run: Run, table: Path):
    _code, out, err = run("check", table)
    assert "Colonne: " in err
    assert "Colonne: " not in out
    assert "«Valore atteso 2027»" in err


def test_corrections_are_shown_and_written_in_a_copy_only_when_asked(run: Run, table: Path):
    before = table.read_bytes()
    run("check", table)
    assert list(table.parent.glob("*.xlsx")) == [table]
    code, out, _ = run("check", table, "--fix")
    assert code == 1
    assert "Riequilibra i pesi degli indicatori" in out
    assert "    - 60\n    + 55\n" in out
    copy = table.with_name("tabella (corretto).xlsx")
    assert copy.exists()
    assert table.read_bytes() == before
    assert not [one for one in findings(run("check", copy, "--json")[1]) if one["code"] == "PES001"]
    code, out, err = run("check", table, "--json", "--fix")
    assert json.loads(out)["file"] == "tabella.xlsx"
    assert "corretto 2" in err
    assert run("check", table, "--fix-out", table)[0] == 2
    assert run("check", table, "--fix-out", table.with_suffix(".docx"))[0] == 2
    assert table.read_bytes() == before
    code, out, _ = run("check", copy, "--fix")
    assert "Nessuna correzione automatica" in out


@pytest.mark.parametrize("kind", ["docx", "xlsx", "html", "odt", "pdf"])
def test_the_results_are_written_as_a_document(run: Run, tmp_path: Path, kind: str):
    cards = tmp_path / "schede.json"
    cards.write_text(json.dumps({"title": "Sportello", "unit": "Demografici", "year": 2026, "outcomes": [{"percent": "90%"}], "indicators": [
        {"name": "Attesa", "targets": {"2026": "≤ 10"}, "actuals": {"2026": "8"}, "weight": "60"},
        {"name": "Aperture", "targets": {"2026": "≥ 40"}, "actuals": {"2026": "30"}, "weight": "40"}]}), encoding="utf-8")
    path = tmp_path / f"risultati.{kind}"
    code, out, err = run("score", cards, "--json", "--out", path)
    assert code == 0
    assert json.loads(out)["objectives"][0]["computed"] == "90.00"
    assert f"Scritto {path}" in err
    assert path.stat().st_size > 1000
    if kind == "html":
        page = path.read_text(encoding="utf-8")
        for wanted in ("90,00", "75,00", "Neutro", "Sportello"):
            assert wanted in page
    assert run("score", cards, "--out", tmp_path / "risultati.txt")[0] == 2
