"""Questions that lean on the one before: the subject stays, the body or the year changes, and it is said in words."""

from __future__ import annotations

import pytest

from store.constraints import asks_others, understand
from store.search_followup import followed, leans

A, B, C = "Comune di Roccamora", "Comune di Acquaforte", "Unione Valchiara"
BODIES, YEARS = (A, B, C), (2020, 2021, 2022, 2023)
FIRST = "tempo medio di attesa allo sportello a Roccamora nel 2022"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("e l'anno prima?", f"tempo medio di attesa allo sportello {A} 2021"),
        ("E ad Acquaforte?", f"tempo medio di attesa allo sportello {B} 2022"),
        ("Acquaforte?", f"tempo medio di attesa allo sportello {B} 2022"),
        ("e nel 2020?", f"tempo medio di attesa allo sportello {A} 2020"),
        ("e l'anno dopo ad Acquaforte", f"tempo medio di attesa allo sportello {B} 2023"),
        ("e gli altri?", f"tempo medio di attesa allo sportello 2022, gli altri enti rispetto a {A}"),
        ("come fanno gli altri comuni?", f"tempo medio di attesa allo sportello 2022, gli altri enti rispetto a {A}"),
        ("perché?", f"perché tempo medio di attesa allo sportello {A} 2022"),
        ("e per i nidi?", f"i nidi {A} 2022"),
    ],
)
def test_the_question_is_made_whole(question: str, whole: str) -> None:
    made = followed(FIRST, question, BODIES, YEARS)
    assert made.query == whole
    assert "attesa" in made.told or "nidi" in made.told


@pytest.mark.parametrize("question", ["raccolta differenziata ad Acquaforte", "quanti obiettivi ad Acquaforte?", "?!", "",
                                      "che target abbiamo usato per i nidi?"])
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    made = followed(FIRST, question, BODIES, YEARS)
    assert (made.query, made.told) == (question, "")


def test_without_a_question_before_nothing_is_added() -> None:
    assert followed(None, "e l'anno prima?", BODIES, YEARS).told == ""


def test_a_conversation_keeps_its_subject() -> None:
    query = FIRST
    for question in ("e ad Acquaforte?", "e l'anno prima?", "e gli altri?", "e a Roccamora?"):
        query = followed(query, question, BODIES, YEARS).query
    assert query == f"tempo medio di attesa allo sportello {A} 2021"


def test_the_year_of_the_answer_serves_when_the_question_had_none() -> None:
    assert followed("attesa allo sportello", "e l'anno prima?", BODIES, YEARS, year=2023).query == "attesa allo sportello 2022"


def test_the_others_leave_out_the_body_named_or_our_own() -> None:
    (found,) = understand("raccolta dei rifiuti, gli altri enti rispetto a Comune di Roccamora", BODIES, YEARS)
    assert (found.field, found.value) == ("apart", A)
    (found,) = understand("come fanno gli altri comuni con i rifiuti?", BODIES, YEARS, own="roccamora")
    assert (found.field, found.value) == ("apart", A)
    assert understand("come fanno gli altri comuni?", BODIES, YEARS) == ()
    assert asks_others("negli altri uffici") == ""


def test_what_leans() -> None:
    assert leans("e i nidi?")
    assert not leans("raccolta differenziata nelle frazioni")


def test_no_small_word_is_left_hanging() -> None:
    bodies = ("Comune di Cremona", "Unione delle Terre d'Argine")
    told = followed("domande accolte ai nidi nelle Terre d'Argine", "e a Cremona?", bodies, (2021, 2022))
    assert told.query == "domande accolte ai nidi Comune di Cremona"


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("e a Pieve Alta?", "tempo medio di attesa allo sportello a Pieve Alta 2022"),
        ("e a pieve alta?", f"tempo medio di attesa allo sportello a Pieve Alta {A} 2022"),
        ("e nel comune di Borgosotto?", "tempo medio di attesa allo sportello a Borgosotto 2022"),
        ("e quello dell'anagrafe?", f"tempo medio di attesa dell'anagrafe {A} 2022"),
    ],
)
def test_a_body_that_the_archive_does_not_have_keeps_the_subject(question: str, whole: str) -> None:
    assert followed(FIRST, question, BODIES, YEARS).query == whole


def test_after_a_place_that_is_not_there_the_next_body_takes_its_place() -> None:
    away = followed(FIRST, "e a Pieve Alta?", BODIES, YEARS).query
    assert followed(away, "e ad Acquaforte?", BODIES, YEARS).query == f"tempo medio di attesa allo sportello {B} 2022"


def test_another_result_of_the_same_objectives() -> None:
    before = "quanti obiettivi non sono stati raggiunti a Roccamora"
    assert followed(before, "e parzialmente?", BODIES, YEARS).query == f"quanti obiettivi parzialmente raggiunti {A}"
    assert followed(before, "e quelli eliminati?", BODIES, YEARS).query == f"quanti obiettivi eliminati {A}"
