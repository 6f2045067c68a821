"""Forty hostile texts, as a precedent and as the draft itself: none of them makes an invented fact pass, hides one, or is deleted."""

from __future__ import annotations

import pytest

from prompts.grounding import check_text
from tests.prompts.hostile import TEXTS

INVENTED = ("Le spese sono di 987.654,32 euro [1].", "Lo dispone la legge n. 999/1999 [1].", "Lo dice Ermenegilda Sconosciuti [1].")
every = pytest.mark.parametrize("hostile", TEXTS.values(), ids=TEXTS.keys())


def marked(text: str, precedent: str) -> list[bool]:
    item = {"id": "x", "precedents": [{"key": "1", "document": "valdoro.pdf", "text": precedent}], "input": "", "text": text}
    return [not sentence.supported for sentence in check_text(item).sentences]


@every
def test_a_hostile_precedent_makes_no_invented_fact_pass(hostile: str) -> None:
    assert marked(" ".join(INVENTED), hostile) == [True] * len(INVENTED)


@every
def test_a_hostile_draft_hides_no_invented_fact(hostile: str) -> None:
    assert marked(f"{hostile}\n{' '.join(INVENTED)}", "Le istanze evase sono state 120.")[-len(INVENTED) :] == [True] * len(INVENTED)


@every
def test_nothing_of_a_hostile_draft_is_deleted(hostile: str) -> None:
    item = {"id": "x", "precedents": [], "input": "", "text": hostile}
    kept = "".join(sentence.text for sentence in check_text(item).sentences)
    words = [word for word in hostile.split() if any(sign.isalnum() for sign in word) and len(word) > 2]
    assert [word for word in words if word.strip("-•*") not in kept] == []
