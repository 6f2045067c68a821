"""Answers without a model: figures as written, verbatim sentences, a source for every line, the silence explained."""

from __future__ import annotations

from cards.model import Card, Indicator
from prompts.answering import answer, where
from prompts.answering_words import asks_for
from store.search_values import Constraint, Hit, SearchResult

CARD = Card(
    id="c1", title="Meno rifiuti negli uffici",
    indicators=(
        Indicator(name="Cestini acquistati", targets={"2022": "50"}, actuals={"2022": "0"}, achievement="0"),
        Indicator(name="Uffici che separano la carta", targets={"2022": "≥ 80%"}, actuals={"2022": "91,5%"}),
        Indicator(name="Uffici che separano il vetro", targets={"2022": "≥ 80%"}, actuals={"2022": "62%"}),
    ),
)
ROWS = "Cestini acquistati | 50 | 0\nUffici che separano la carta | ≥ 80% | 91,5%\nUffici che separano il vetro | ≥ 80% | 62%"
WHY = "Motivazione:\nI cestini non sono stati acquistati a causa del ritardo della gara. Il resto prosegue."


def hit(rank: int = 1, text: str = ROWS, card: Card | None = CARD, page: int | None = 12) -> Hit:
    return Hit(rank, 0.9, text, card.id if card else None, card.title if card else None, "Comune di Roccamora", 2022,
               "relazione.pdf", page, (30, 34), found=text.split("\n")[0], card=card)


def result(query: str, *hits: Hit) -> SearchResult:
    return SearchResult(query, hits, searched=10, documents=1)


def test_figures_are_the_documents_own_with_their_source() -> None:
    made = answer(result("quanti cestini acquistati?", hit()))
    assert made.asked == "figures"
    first = made.text.split("\n")[1]
    assert first == "- Cestini acquistati: atteso 50 (2022), raggiunto 0 (2022), raggiungimento 0 (Comune di Roccamora, 2022) [1]"
    assert "[1] relazione.pdf, p. 12" in made.text


def test_reasons_are_quoted_verbatim() -> None:
    made = answer(result("perché non hanno comprato i cestini", hit(text=WHY)))
    assert made.asked == "reasons"
    quotes = [line.text for line in made.lines if line.quote]
    assert any("I cestini non sono stati acquistati a causa del ritardo della gara." in q for q in quotes)


def test_a_result_without_card_is_quoted() -> None:
    made = answer(result("quanti pasti", hit(text="Pasti serviti nell'anno | 1.200 | 1.350", card=None, page=None)))
    assert "«Pasti serviti nell'anno | 1.200 | 1.350»" in made.text
    assert "righe 30-34" in made.text


def test_every_line_cites_a_result_that_exists() -> None:
    made = answer(result("raccolta dei rifiuti", hit(1), hit(2, WHY, None)))
    assert made.lines
    assert {line.rank for line in made.lines} <= {1, 2}


def test_silence_says_what_was_searched_and_what_came_nearest() -> None:
    silent = SearchResult("droni", abstained=True, nearest=(hit(),), searched=10, documents=2, unknown=("droni",))
    said = answer(silent).text
    assert said.startswith("Nessun precedente nell'archivio")
    assert "10 passaggi di 2 documenti" in said
    assert "«droni»" in said
    assert "relazione.pdf, p. 12" in said


def test_silence_for_an_empty_question_and_an_empty_selection() -> None:
    assert answer(SearchResult("?!", abstained=True)).text.startswith("Scrivi una domanda")
    nowhere = SearchResult("nidi", abstained=True, constraints=(Constraint("entity", "Comune di Roccamora", "roccamora"),))
    assert "ente Comune di Roccamora" in answer(nowhere).text


def test_what_a_question_asks_for() -> None:
    assert asks_for("come mai è stato rinviato?") == "reasons"
    assert asks_for("tappe per aprire un nido") == "phases"
    assert asks_for("valore atteso 2021 dei posti") == "figures"
    assert asks_for("scheda obiettivo sulla privacy") == "precedents"


def test_a_place_is_said_as_a_reader_says_it() -> None:
    assert where(hit()) == "p. 12"
    assert where(hit(page=None)) == "righe 30-34"
