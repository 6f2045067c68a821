"""Marks: they stand with their words, survive an edit, and go only by a person's word with a reason."""

from __future__ import annotations

import pytest

from cards.errors import PiaoError
from cards.marks import confirmed, kept, marks_of, open_marks, text_at
from cards.model import Card, Indicator, Mark, Origin, Phase

MARK = Mark(span="45.000 euro", kind="number", why="non è nei precedenti")
CARD = Card(
    purpose="Si spendono 45.000  euro in meno.", phases=(Phase(text="Avvio"),),
    indicators=(Indicator(history={"a.s. 2021/2022": "4"}),),
    provenance={"purpose": Origin(from_="model", unsupported=(MARK,)), "phases[0].text": Origin(from_="user")},
)  # fmt: skip


def test_a_mark_stands_as_long_as_its_words() -> None:
    assert open_marks(CARD) == [("purpose", MARK)]
    assert open_marks(CARD.replace(purpose="In meno si spendono 45.000 euro!")) == [("purpose", MARK)]
    assert marks_of(CARD.replace(purpose="Si spende meno.")) == []
    assert marks_of(CARD.replace(purpose=None)) == []


def test_a_person_confirms_with_name_and_reason() -> None:
    done = confirmed(CARD, "purpose", MARK.span, "M. Rossi", "dal  bilancio 2026", "2026-11-03T09:00:00+00:00")
    assert open_marks(done) == []
    (_, mark), = marks_of(done)
    assert (mark.confirmed_by, mark.reason, mark.confirmed_at) == ("M. Rossi", "dal bilancio 2026", "2026-11-03T09:00:00+00:00")
    assert done.replace(provenance=CARD.provenance) == CARD


@pytest.mark.parametrize(("who", "why"), [("", "dal bilancio"), ("M. Rossi", " "), ("M. Rossi", "ok")])
def test_no_name_or_no_reason_confirms_nothing(who: str, why: str) -> None:
    with pytest.raises(PiaoError, match="servono"):
        confirmed(CARD, "purpose", MARK.span, who, why, "2026")


def test_a_mark_that_is_not_there_cannot_be_confirmed() -> None:
    for path, span in (("purpose", "altro"), ("description", MARK.span)):
        with pytest.raises(PiaoError, match="non è più"):
            confirmed(CARD, path, span, "M. Rossi", "dal bilancio", "2026")


def test_an_edited_field_keeps_its_marks() -> None:
    assert kept(CARD.provenance, "purpose", Origin(from_="user")).unsupported == (MARK,)
    assert kept(CARD.provenance, "title", Origin(from_="user")).unsupported == ()


def test_a_text_is_found_by_its_path() -> None:
    assert text_at(CARD, "indicators[0].history.a.s. 2021/2022") == "4"
    assert text_at(CARD, "indicators[4].name") == ""
    assert text_at(CARD, "nothing[0]") == ""
    assert text_at(CARD, "phases") == ""
