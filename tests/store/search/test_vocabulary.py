"""The field vocabulary: groups both ways, arrows one way, light words, phrases before their words."""

from __future__ import annotations

from store.lexical import LexicalIndex
from store.lexical_tokens import terms
from store.vocabulary import LIGHT, load, parse

LINES = [
    "# commento", "nido, asilo nido, asilo", "cestini -> contenitori", "~ vivere, andare", "~~ target", "buoni pasto, ticket",
]


def called(question: str) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    return {c.own: {p for p, _ in c.others} for c in parse(LINES).concepts(question)}


def test_a_group_calls_both_ways_and_an_arrow_one_way() -> None:
    assert tuple(terms("nido")) in called("asilo")[tuple(terms("asilo"))]
    assert tuple(terms("contenitori")) in called("cestini")[tuple(terms("cestini"))]
    assert called("contenitori")[tuple(terms("contenitori"))] == set()


def test_a_known_phrase_is_one_concept_beside_its_words() -> None:
    found = called("aumento dei buoni pasto")
    assert tuple(terms("buoni pasto")) in found
    assert tuple(terms("pasto")) in found


def test_light_words_weigh_little_and_generic_ones_tell_no_topic() -> None:
    weights = {c.own[0]: (c.weight, c.topic) for c in parse(LINES).concepts("andare al target nido")}
    assert weights[terms("andare")[0]] == (LIGHT, LIGHT)
    assert weights[terms("target")[0]] == (1.0, LIGHT)
    assert weights[terms("nido")[0]] == (1.0, 1.0)


def test_a_misspelt_word_meets_the_archives_own() -> None:
    index = LexicalIndex.build([("rendicontazione dei fondi", "")])
    (concept,) = parse([]).concepts("rendicontazzione", index)
    assert tuple(terms("rendicontazione")) in {p for p, _ in concept.others}


def test_the_curated_vocabulary_knows_the_fields_words() -> None:
    for said, written in (
        ("asilo", "nido"), ("posizione organizzativa", "elevata qualificazione"), ("carta d'identità", "CIE"),
        ("vigili", "polizia locale"),
        ("tassa rifiuti", "TARI"), ("smart working", "lavoro agile"), ("pompieri", "vigili del fuoco"), ("recovery", "pnrr"),
    ):
        ways = {p for c in load().concepts(said) for p, _ in c.ways}
        assert tuple(terms(written)) in ways, said
