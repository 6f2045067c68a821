"""The wizard: answers in the SMVP's own words become a profile that reads back; bands that overlap or leave a gap are refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.errors import ProfileError
from cards.model import Card
from scoring.check import check
from scoring.overview import plan_reading
from scoring.profile_questions import QUESTIONS, questions
from scoring.profile_sample import preview
from scoring.profile_text import write_profile
from scoring.profile_wizard import answer_of, build_profile, read_answer, read_band
from scoring.profiles import Achievement, Profile, Rollup, Rounding, Weights, load_profile, profile_names
from settings import Settings
from store.own_profiles import all_names, body_profile, file_name, find_profile, own_names, save_profile, use_profile

NEUTRAL = load_profile("neutro")
PLAN = plan_reading([Card(title="Strade")], "Piano 2026", 2026, "piao")


def answers(profile: Profile) -> dict[str, str]:
    return {one.path: answer_of(profile, one) for one in questions()}


@pytest.mark.parametrize("name", profile_names())
def test_a_written_profile_reads_back_the_same(name: str, tmp_path: Path):
    profile = load_profile(name)
    path = tmp_path / f"{name}.toml"
    path.write_text(write_profile(profile), encoding="utf-8")
    assert load_profile(path) == profile


@pytest.mark.parametrize("name", profile_names())
def test_the_answers_of_a_profile_build_it_again(name: str):
    profile = load_profile(name)
    assert build_profile(answers(profile), profile.bands, name, NEUTRAL).model_dump(exclude={"levels"}) == profile.model_dump(
        exclude={"levels"})


def test_the_number_of_employees_is_asked_and_decides_whether_the_section_is_due(tmp_path: Path):
    """D.M. 132/2022, art. 6: not due under fifty; the profile as written says so too."""
    small = build_profile({**answers(NEUTRAL), "staff": "38"}, NEUTRAL.bands, "mio", NEUTRAL)
    (tmp_path / "mio.toml").write_text(write_profile(small), encoding="utf-8")
    assert load_profile(tmp_path / "mio.toml").staff == 38
    why = {skipped.code: skipped.why for skipped in check(PLAN, small).not_run}
    assert "sotto i 50 dipendenti" in why["NRM010"]
    assert "Impostazioni" in {skipped.code: skipped.why for skipped in check(PLAN, NEUTRAL).not_run}["NRM010"]
    with pytest.raises(ProfileError, match="dipendenti"):
        read_answer(next(one for one in questions() if one.path == "staff"), "una quarantina")


def test_a_question_for_each_field_of_the_method():
    asked = {one.path for one in questions()}
    for name, part in (("weights", Weights), ("rounding", Rounding), ("achievement", Achievement), ("rollup", Rollup)):
        assert {f"{name}.{field}" for field in part.model_fields} == {path for path in asked if path.startswith(name)}
    assert all(one.text.strip() for one in questions())
    assert len(QUESTIONS) >= 5


def test_an_amount_can_be_unset_in_the_file(tmp_path: Path):
    path = tmp_path / "a.toml"
    path.write_text('title = "x"\nsource = "y"\n[achievement]\ncap = "nessuno"\n[weights]\nphases_total = "nessuno"\n', encoding="utf-8")
    profile = load_profile(path)
    assert (profile.achievement.cap, profile.weights.phases_total) == (None, None)
    path.write_text(write_profile(profile), encoding="utf-8")
    assert load_profile(path) == profile
    path.write_text('title = "x"\nsource = "y"\n[achievement]\nfloor = "nessuno"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match="floor"):
        load_profile(path)


def test_what_a_person_types_is_read_the_italian_way():
    typed = {**answers(NEUTRAL), "weights.tolerance": "0,05", "achievement.cap": "", "achievement.late_per_day": "1,5",
             "checkpoints": "30/9, 31/12", "weights.required": "Sì", "weights.excluded_marks": "*; (1)"}
    profile = build_profile(typed, (), "ente", NEUTRAL)
    assert profile.weights.tolerance == Decimal("0.05")
    assert profile.achievement.cap is None
    assert profile.achievement.late_per_day == Decimal("1.5")
    assert profile.checkpoints == ("09-30", "12-31")
    assert profile.weights.required
    assert profile.weights.excluded_marks == ("*", "(1)")


@pytest.mark.parametrize(("path", "text", "words"), [
    ("weights.tolerance", "poca", "Quale differenza si ammette su una somma? «poca» non va bene: scrivi un numero"),
    ("weights.tolerance", "", "Serve una risposta"),
    ("rounding.total", "2,5", "numero intero"),
    ("rollup.missing", "boh", "scegli tra"),
    ("weights.required", "forse", "sì o no"),
    ("checkpoints", "luglio", "31/07"),
    ("checkpoints", "31/02", "la data di verifica «02-31» non esiste"),
    ("rounding.total", "-1", "fuori dai limiti"),
])
def test_a_wrong_answer_is_told_with_its_question(path: str, text: str, words: str):
    with pytest.raises(ProfileError) as error:
        build_profile({**answers(NEUTRAL), path: text}, (), "ente", NEUTRAL)
    assert words in str(error.value)


def test_bands_that_overlap_or_leave_a_gap_are_refused_with_both_names():
    low, high = read_band("Non raggiunto", "0", "60", True, False), read_band("Raggiunto", "60", "100", True, True)
    assert build_profile(answers(NEUTRAL), (low, high), "ente", NEUTRAL).bands == (low, high)
    for start, words in (("50", "si sovrappongono"), ("70,5", "c'è un vuoto")):
        with pytest.raises(ProfileError, match=words) as error:
            build_profile(answers(NEUTRAL), (low, read_band("Raggiunto", start, "100", True, True)), "ente", NEUTRAL)
        assert "«Non raggiunto»" in str(error.value)
        assert "«Raggiunto»" in str(error.value)
    for wrong in (("", "0", "60"), ("A", "zero", "60"), ("A", "60", "0")):
        with pytest.raises(ProfileError):
            read_band(*wrong, True, False)


def test_the_preview_shows_what_the_profile_does():
    rows, total, _ = preview(NEUTRAL)
    assert [row.value for row in rows] == [Decimal("90.00"), Decimal("100.00"), Decimal("80.00"), Decimal("90.00"), Decimal("0.00")]
    assert total == Decimal("76.50")
    harder = build_profile({**answers(NEUTRAL), "achievement.compound": "all", "achievement.cap": "", "achievement.late_per_day": "2",
                            "achievement.lower": "linear"},
                           (read_band("Sotto", "0", "70", True, False), read_band("Sopra", "70", "200", True, True)), "x", NEUTRAL)
    rows, total, band = preview(harder)
    assert [row.value for row in rows] == [Decimal("90.00"), Decimal("115.00"), Decimal("75.00"), Decimal("0.00"), Decimal("80.00")]
    assert (total, band) == (Decimal("77.00"), "Sopra")
    assert preview(NEUTRAL, missing=True)[1] is None


@given(st.sampled_from(sorted({one.path for one in questions()})), st.text(max_size=12))
def test_any_answer_is_read_or_refused_in_italian(path: str, text: str):
    question = next(one for one in questions() if one.path == path)
    said = question.text
    try:
        read_answer(question, text)
    except ProfileError as error:
        said = str(error)
    assert question.text in said


def test_a_choice_shows_only_what_the_profile_admits():
    for one in questions():
        for value in one.choices:
            build_profile({**answers(NEUTRAL), one.path: value}, (), "ente", NEUTRAL)


# ---------------------------------------------------------------------------------------------- the body's own


@pytest.fixture
def mine(home: Path) -> Settings:
    return Settings()


def test_the_bodys_profile_is_kept_and_used(mine: Settings):
    assert body_profile(mine) == "neutro"
    path = save_profile("comune-di-prova", NEUTRAL.model_copy(update={"title": "Comune di Prova"}), mine)
    assert own_names(mine) == ["comune-di-prova"]
    assert body_profile(mine) == "neutro", "scriverlo non è ancora usarlo"
    use_profile("comune-di-prova", mine)
    assert body_profile(mine) == "comune-di-prova"
    assert find_profile(None, mine).title == "Comune di Prova"
    assert find_profile("cremona", mine).name == "cremona"
    assert all_names(mine)[0] == "comune-di-prova"
    path.unlink()
    assert body_profile(mine) == "neutro", "un profilo tolto non resta in uso"


def test_the_configuration_comes_first_and_shipped_names_are_taken(mine: Settings, monkeypatch: pytest.MonkeyPatch):
    save_profile("mio", NEUTRAL, mine)
    monkeypatch.setenv("PIAO_PROFILE", "cremona")
    fixed = Settings()
    assert body_profile(fixed) == "cremona"
    with pytest.raises(ProfileError, match="PIAO_PROFILE"):
        use_profile("mio", fixed)
    with pytest.raises(ProfileError, match="profilo del programma"):
        save_profile("neutro", NEUTRAL, mine)
    with pytest.raises(ProfileError):
        use_profile("inesistente", mine)


def test_a_title_becomes_a_file_name():
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("  ") == "ente"

