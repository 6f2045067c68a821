"""Profiles: the shipped ones load, and each mistake in one's own is a clear Italian line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cards.errors import ProfileError
from scoring.profiles import load_profile, profile_names, profile_text

HEAD = 'title = "Prova"\nsource = "Delibera 1"\n'


@pytest.mark.parametrize("name", profile_names())
def test_a_shipped_profile_loads(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert profile.title
    assert profile.source


def test_the_six_profiles_are_there() -> None:
    assert set(profile_names()) == {"bellusco", "cremona", "neutro", "segrate", "terre-argine", "terre-argine-dup"}


def test_the_text_of_a_profile_is_a_profile(tmp_path: Path) -> None:
    file = tmp_path / "mio.toml"
    file.write_text(profile_text("neutro"), encoding="utf-8")
    mine = load_profile(file)
    assert mine.name == "mio"
    assert mine.weights == load_profile("neutro").weights
    assert mine.weights.tolerance == Decimal("0.01")


def band(label: str, start: int, end: int, more: str = "") -> str:
    return f'[[bands]]\nlabels = ["{label}"]\nfrom = {start}\nto = {end}\n{more}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + band("Basso", 0, 60) + band("Alto", 50, 100), "si sovrappongono"),
        (HEAD + band("Basso", 0, 60) + band("Alto", 70, 100), "c'è un vuoto"),
        (HEAD + band("Basso", 0, 60, "end_included = true\n") + band("Alto", 60, 100), "si sovrappongono"),
        (HEAD + band("Basso", 0, 60) + band("Alto", 60, 100, "start_included = false\n"), "c'è un vuoto"),
        (HEAD + band("Basso", 60, 0), "è vuota"),
        ('source = "x"\n', "manca «title»"),
        (HEAD + "[weights]\nindicatori = 100\n", "non è una voce del profilo"),
        (HEAD + '[weights]\ntolerance = "poca"\n', "deve essere un numero"),
        (HEAD + '[rollup]\nline = "somma"\n', "ammette"),
        (HEAD + "[rounding]\ntotal = -1\n", "fuori dai limiti"),
        (HEAD + "[weights\n", "TOML"),
    ],
)
def test_a_mistake_is_one_clear_line(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "sbagliato.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(file)
    message = str(caught.value)
    assert words in message
    assert "sbagliato.toml" in message
    assert "\n" not in message.strip() or "TOML" in message


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ProfileError, match="cremona"):
        load_profile("milano")


def test_a_missing_file_is_said() -> None:
    with pytest.raises(ProfileError, match="non esiste"):
        load_profile("nessuno.toml")
