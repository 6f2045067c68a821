"""A written answer is marked sentence by sentence: what cites nothing is never taken for good."""

from __future__ import annotations

from prompts.answering_llm import MARK, marked
from store.search_values import Hit, SearchResult

HIT = Hit(1, 1.0, "Tempo medio di attesa | 8 minuti", None, None, "Comune di Roccamora", 2022, "r.pdf", 3, (4,), "indicator")


def test_a_sentence_without_a_citation_is_marked_even_where_it_states_no_fact() -> None:
    said = marked("Il tempo medio di attesa è di 8 minuti [1]. Va tutto come previsto dal passaggio.", SearchResult("attesa", (HIT,)))
    first, _, second = said.partition("[1]. ")
    assert MARK not in first
    assert second.endswith(f"({MARK}: senza citazione)")


def test_a_figure_that_the_passage_does_not_hold_is_marked() -> None:
    assert MARK in marked("Il tempo medio di attesa è di 12 minuti [1].", SearchResult("attesa", (HIT,)))
