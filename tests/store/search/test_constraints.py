"""Limits read in a question."""

from __future__ import annotations

import pytest

from store.constraints import strangers, understand

BODIES = ("Comune di Roccamora", "Unione delle Terre d'Argine", "Unione Lombarda dei Comuni di Altofonte e Bassofonte")
YEARS = (2020, 2021, 2022)


def read(question: str) -> list[tuple[str, object, bool]]:
    return [(c.field, c.value, c.strict) for c in understand(question, BODIES, YEARS)]


def test_a_body_named_is_a_strict_limit() -> None:
    assert read("quanti cestini a Roccamora?") == [("entity", BODIES[0], True)]
    assert read("il personale di bassofonte") == [("entity", BODIES[2], True)]


def test_a_common_word_of_a_name_is_not_the_body() -> None:
    assert read("iniziative sull'argine del fiume") == []
    assert read("l'unione delle terre d'argine nel 2021") == [("entity", BODIES[1], True), ("year", 2021, False)]


def test_the_small_words_of_a_name_need_not_be_said() -> None:
    bodies = ("Unione dei Comuni della Valle Chiara", "Comune di Roccamora")
    assert [c.value for c in understand("tempi di pagamento a Valle Chiara", bodies, ())] == [bodies[0]]
    assert understand("una valle chiara e verde", ("Comune di Valle Scura",), ()) == ()


def test_two_bodies_ask_for_a_comparison() -> None:
    assert [strict for *_, strict in read("Roccamora e Altofonte a confronto")] == [False, False]


def test_years_of_laws_dates_and_unknown_years_are_no_limit() -> None:
    assert read("D.Lgs. 36/2022 e legge n. 10/2021 del 4.3.2020, piano 1999") == []
    assert read("raggiunto nel 2022") == [("year", 2022, False)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("colombi a Pieve Alta", ("Pieve Alta",)),
        ("raccolta dei rifiuti nel comune di borgosotto", ("borgosotto",)),
        ("raccolta dei rifiuti a Roccamora", ()),  # its words are used
        ("assistenza a domicilio", ()),
        ("RACCOLTA PORTA A PORTA", ()),
        ("Piano di Protezione Civile", ()),
    ],
)
def test_a_place_that_no_document_names(question: str, found: tuple[str, ...]) -> None:
    known = {"roccamora", "domicilio", "alta"}
    assert strangers(question, lambda word: word.lower() in known) == found
