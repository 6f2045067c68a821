"""Names of the staff by initials, in cards and passages; managers, who answer in public, stay."""

from __future__ import annotations

from cards.masking import masked, masked_reading
from cards.model import Card, Document, Passage, Reading, StaffShare


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
