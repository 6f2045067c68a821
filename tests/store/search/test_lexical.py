"""Terms and the word index: forms people type meet forms documents write; what changes is mended, not rebuilt."""

from __future__ import annotations

import numpy as np
import pytest

from store.lexical import LexicalIndex
from store.lexical_tokens import stem, terms
from store.lexical_typos import mistakes, nearest

TEXTS = [
    ("Raccolta differenziata negli uffici", "Comune di Roccamora"),
    ("Tempi medi di pagamento", ""),
    ("Asili nido: domande accolte", "Infanzia"),
]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("S1.00001", "05.02.01.S1.00001"),
        ("dlgs 150/2009", "D.Lgs. 150/2009"),
        ("d.lgs 150", "ai sensi del D. Lgs. n. 150/2009"),
        ("29/03/2020", "del 29.03.2020"),
        ("29 marzo 2020", "del 29/03/2020"),
        ("1190", "pari a 1.190 posti"),
        ("qualita", "Qualità percepita"),
        ("attivita", "ATTIVITÀ/FASI"),
        ("comma 16 ter", "comma 16-ter"),
        ("indennita di funzione", "l’indennità"),
    ],
)
def test_typed_forms_meet_written_ones(typed: str, written: str) -> None:
    assert set(terms(typed)) & set(terms(written))


def test_words_without_accent_do_not_lose_their_plural() -> None:
    assert stem("visita") == stem("visite")
    assert stem("vendita") == stem("vendite")


def scored(index: LexicalIndex, term: str) -> dict[int, float]:
    owners, values = index.scores(stem(term))
    return dict(zip(owners.tolist(), values.tolist(), strict=True))


def test_words_of_the_text_weigh_more_than_words_of_the_context() -> None:
    index = LexicalIndex.build([("infanzia", "altro"), ("altro", "infanzia")])
    found = scored(index, "infanzia")
    assert found[0] > found[1] > 0


def test_joined_and_cut_is_the_same_as_built_anew() -> None:
    whole = LexicalIndex.build([TEXTS[0], TEXTS[2]])
    mended = LexicalIndex.build(TEXTS[:2]).joined(LexicalIndex.build(TEXTS[2:]), np.array([True, False]))
    kept = LexicalIndex.unpacked(*mended.packed())
    for word in ("raccolta", "nido", "infanzia", "roccamora", "pagamento"):
        for index in (mended, kept):
            assert scored(index, word) == pytest.approx(scored(whole, word))
            if scored(whole, word):
                assert index.idf(stem(word)) == pytest.approx(whole.idf(stem(word)))


@pytest.mark.parametrize("seed", range(20))
def test_the_inverted_order_kept_is_the_one_a_sort_gives(seed: int) -> None:
    chance = np.random.default_rng(seed)

    def texts(most: int) -> list[tuple[str, str]]:
        return [(" ".join(chance.choice(list("bcdfg"), 3) + "ala"), "") for _ in range(int(chance.integers(0, most)))]

    one, other = LexicalIndex.build(texts(9)), LexicalIndex.build(texts(9))
    joined = one.joined(other, chance.random(one.size) < 0.6)
    sorted_anew = LexicalIndex(joined.postings)
    for name in ("first", "owners", "counts"):
        assert getattr(joined.inverted, name).tolist() == getattr(sorted_anew.inverted, name).tolist(), name


def test_an_empty_index_finds_nothing() -> None:
    index = LexicalIndex.build([])
    assert scored(index, "nido") == {}
    assert index.idf("nido") >= 0


def test_near_words_are_found_and_far_ones_are_not() -> None:
    known = ["rifiuti", "rifugio", "rendicontazione", "scambio"]
    assert nearest("rifuti", known) == ["rifiuti"]
    assert nearest("rendicontazzione", known) == ["rendicontazione"]
    assert nearest("sgambamento", known) == []
    assert nearest("2021", known) == []


def test_swapped_letters_are_one_mistake() -> None:
    assert mistakes("rifituo", "rifiuto", 2) == 1
    assert mistakes("casa", "cassetto", 2) == 3
