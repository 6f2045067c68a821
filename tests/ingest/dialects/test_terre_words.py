"""Words put back together: what is right, and that nothing is invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.dialects._unit_lexicon import Lexicon
from ingest.dialects._unit_words import rejoined
from ingest.dialects._unit_woven import woven

TEXT = "la nuova struttura organizzativa del servizio idrico dei comuni della valle con il piano delle manutenzioni"
LEXICON = Lexicon([TEXT])


def test_pieces_split_inside_words_are_joined_and_whole_words_kept_apart() -> None:
    assert (
        rejoined(["la nuova stru", "ttura organizz", "zativa del", "servizio"], LEXICON)
        == "la nuova struttura organizzativa del servizio"
    )


def test_a_letter_cut_in_half_is_mended_from_the_document_own_words() -> None:
    assert rejoined(["piano delle manutenzion", "ıi"], Lexicon([TEXT])).startswith("piano delle manutenzion")
    assert rejoined(["servizio id", "lrico"], LEXICON) == "servizio idrico"


def test_noise_between_pieces_is_dropped() -> None:
    assert rejoined(["servizio", "•", "idrico"], LEXICON) == "servizio idrico"
    assert rejoined(["_", "piano", "ì :", "delle manutenzioni"], LEXICON) == "piano delle manutenzioni"


def test_three_cut_lines_are_woven_in_their_order() -> None:
    left = "Apertura degli sportelli se nelle sedi dei comuni di monta e nei giorni di mercato"
    right = "rali per il pagamento dei tributi gna anche con personale di turno"
    known = Lexicon(
        [
            "sportelli serali per i tributi",
            "comuni di montagna con il personale",
            "apertura pagamento giorni di mercato turno sedi",
        ]
    )
    assert woven(left, right, known) == (
        "Apertura degli sportelli serali per il pagamento dei tributi nelle sedi dei comuni di montagna anche con personale "
        "di turno e nei giorni di mercato"
    )


@given(st.lists(st.text(alphabet="abcdeilorst '-12%", max_size=12), max_size=6))
def test_rejoining_never_fails_and_never_adds_a_word_of_nowhere(pieces: list[str]) -> None:
    pieces = [" ".join(piece.split()) for piece in pieces]
    text = rejoined(pieces, LEXICON)
    assert len(text) <= sum(len(piece) + 2 for piece in pieces)


@given(st.text(alphabet="abcdeilorst ", max_size=60), st.text(alphabet="abcdeilorst ", max_size=60))
def test_weaving_never_fails(left: str, right: str) -> None:
    left, right = " ".join(left.split()), " ".join(right.split())
    text = woven(left, right, LEXICON)
    assert len(text) <= len(left) + len(right) + 12
