"""A model's answer over passages: asked only with evidence, its inventions told below it."""

from __future__ import annotations

from prompts.answering_llm import written_answer
from settings import Settings
from store.search_values import Hit, SearchResult
from tests.prompts.scripted import Scripted


def hit(text: str) -> Hit:
    values = {f: None for f in Hit.__dataclass_fields__}
    values |= {"rank": 1, "score": 1.0, "text": text, "document": "roccamora.docx", "page": 3, "lines": ()}
    return Hit(**values)


def result(hits: tuple[Hit, ...], abstained: bool) -> SearchResult:
    values = {f: () for f in SearchResult.__dataclass_fields__}
    return SearchResult(**{**values, "query": "quanti giorni per pagare?", "hits": hits, "abstained": abstained})


def settings() -> Settings:
    return Settings(_env_file=None)


def test_a_supported_answer_stands_alone_and_an_invention_is_told() -> None:
    found = result((hit("Il tempo medio di pagamento nel 2024 è stato di 27 giorni."),), False)
    good = written_answer(found, settings(), Scripted(queue=["Nel 2024 servivano 27 giorni [1]."]))
    assert "Da verificare" not in good.text
    bad = written_answer(found, settings(), Scripted(queue=["Nel 2024 servivano 12 giorni [1]."]))
    assert "Da verificare" in bad.text
    assert "12" in bad.text.split("Da verificare")[1]


def test_without_evidence_the_model_is_not_asked() -> None:
    model = Scripted(queue=[])
    written_answer(result((), True), settings(), model)
    assert model.asked == []
