"""Names of the staff by initials, in cards and passages; managers, who answer in public, stay."""

from __future__ import annotations

from cards.masking import masked, masked_reading
from cards.model import Card, Document, Indicator, Passage, Phase, Reading, StaffShare


def test_staff_becomes_initials_and_the_manager_stays() -> None:
    card = Card(title="x", manager="Bianchi Carla", staff=(StaffShare(name="Rossi Maria", category="C", share="50"),))
    hidden = masked(card)
    assert [share.name for share in hidden.staff] == ["R. M."]
    assert hidden.staff[0].share == "50"
    assert hidden.manager == "Bianchi Carla"


def test_passages_lose_the_full_names_however_they_are_spaced() -> None:
    card = Card(title="x", staff=(StaffShare(name="Rossi Maria"), StaffShare(name="Verdi")))
    text = "Ne risponde ROSSI  Maria con Verdi; i verdissimi prati restano."
    reading = masked_reading(Reading(document=Document(name="a.txt"), cards=(card,), passages=(Passage(text=text, lines=(1,)),)))
    assert reading.passages[0].text == "Ne risponde R. M. con V.; i verdissimi prati restano."
    assert "Rossi" not in reading.model_dump_json()


def test_a_name_goes_wherever_the_card_says_it_and_in_either_order() -> None:
    card = Card(
        title="Sportello di Rossi Maria", manager="Bianchi Carla", responsible="Neri Ugo", description="La signora Maria Rossi e C. Bianchi.",
        phases=(Phase(text="Analisi (ROSSI MARIA)", assigned_to="Rossi, Maria"),), activities=("Le aree verdi di Verdi",),
        indicators=(Indicator(name="Pratiche", note="dato di rossi maria", targets={"2027": "10"}),),
        staff=(StaffShare(name="Rossi Maria", share="50%"), StaffShare(name="Verdi", share="25%"), StaffShare(name="Neri Ugo", share="25%")),
    )
    hidden = masked(card)
    assert (hidden.title, hidden.description) == ("Sportello di R. M.", "La signora M. R. e C. Bianchi.")
    assert (hidden.phases[0].text, hidden.phases[0].assigned_to) == ("Analisi (R. M.)", "R. M.")
    assert hidden.activities == ("Le aree verdi di V.",)
    assert hidden.indicators[0].note == "dato di R. M."
    assert (hidden.manager, hidden.responsible) == ("Bianchi Carla", "Neri Ugo")
    assert [share.name for share in hidden.staff] == ["R. M.", "V.", "N. U."]
    assert [share.share for share in hidden.staff] == ["50%", "25%", "25%"]
    assert masked(Card(title="x")) == Card(title="x")


def test_the_findings_of_a_check_name_nobody() -> None:
    from exports.masked import masked_report
    from scoring.check import check
    from scoring.profiles import load_profile
    from store.lookup import reading_of

    card = Card(title="Sportello", unit="U", year=2027, staff=(StaffShare(name="Rossi Maria", share="60"), StaffShare(name="Rosi Maria", share="60")))
    report = check(reading_of([card], "x"), load_profile("neutro"), year=2027)
    hidden = masked_report(report, [card])
    assert [one.fingerprint for one in hidden.findings] == [one.fingerprint for one in report.findings]
    assert "Rossi" not in str([one.to_json() for one in hidden.findings])
