"""``piao profile``: a body's own method from options or from questions, refused with one line where it contradicts itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from commands.shell import app
from scoring.profiles import load_profile
from tests.test_check_command import Run, run  # noqa: F401  (fixture)


def test_from_options(run: Run, tmp_path: Path):  # noqa: F811
    file = tmp_path / "mio.toml"
    bands = ("--band", "Non raggiunto: [0; 60)", "--band", "Raggiunto; Pieno: [60; 100]")
    assert run("profile", "new", file, "--set", "title=Comune di Prova", "--set", "achievement.cap=", "--set", "rounding.total=1", *bands)[0] == 0
    profile = load_profile(file)
    assert (profile.title, profile.achievement.cap, profile.rounding.total) == ("Comune di Prova", None, 1)
    assert [band.labels for band in profile.bands] == [("Non raggiunto",), ("Raggiunto", "Pieno")]
    assert "# " in file.read_text(encoding="utf-8"), "il file è commentato"
    code, out, _ = run("profile", "check", file)
    assert code == 0
    assert "Totale dell'obiettivo:" in out
    assert "· Raggiunto" in out


@pytest.mark.parametrize(("options", "words"), [
    (("--band", "Basso: [0; 60)", "--band", "Alto: [50; 100]"), "si sovrappongono"),
    (("--band", "Basso: [0; 60)", "--band", "Alto: [70; 100]"), "c'è un vuoto"),
    (("--band", "Basso da 0 a 60"), "si scrive «Nome: [da; a)»"),
    (("--set", "achievement.tetto=1"), "achievement.cap"),
    (("--set", "rounding.total=due"), "scrivi un numero intero"),
])
def test_what_contradicts_itself_is_refused(run: Run, tmp_path: Path, options: tuple[str, ...], words: str):  # noqa: F811
    file = tmp_path / "mio.toml"
    code, _, err = run("profile", "new", file, *options)
    assert code == 2
    assert words in err
    assert len(err.strip().splitlines()) == 1
    assert not file.exists()


def test_the_questions_one_by_one(home: Path, tmp_path: Path):
    file = tmp_path / "mio.toml"
    given = ["Comune di Prova", "G.C. 3/2027", "31/7, 31/12", "tanto", "100"]
    result = CliRunner().invoke(app, ["profile", "new", str(file), "--ask"], input="\n".join([*given, *[""] * 40]))
    assert result.exit_code == 0, result.output
    assert "«tanto» non va bene" in result.output
    profile = load_profile(file)
    assert (profile.title, profile.source) == ("Comune di Prova", "G.C. 3/2027")
    assert profile.weights == load_profile("neutro").weights


def test_one_of_them_becomes_the_bodys(run: Run, tmp_path: Path):  # noqa: F811
    file = tmp_path / "Comune di Prova.toml"
    run("profile", "new", file, "--set", "title=Il nostro SMVP")
    assert run("profile", "use", file)[1].strip() == "comune-di-prova: è il profilo dell'ente."
    assert "* comune-di-prova: Il nostro SMVP" in run("profile", "list")[1]
    assert run("profile", "use", "inesistente")[0] == 2
