"""An answer written by the configured model over the passages found; what nothing backs is marked, never cleaned away.

No evidence, no call: an abstained search never reaches the model (as paper-qa does without context).
"""

from __future__ import annotations

import re
from itertools import zip_longest

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from cards.errors import ModelError
from prompts.answering import Answer, silence
from prompts.grounding import check_text
from prompts.llm import chat_model, required, stream
from prompts.render import escaped, numbered, render
from settings import Settings
from store.search import SearchResult

SHOWN = 6
MARK = "⚠ da verificare"
_CITED = re.compile(r"\W*\[\d+\]")


def written_answer(result: SearchResult, settings: Settings, model: BaseChatModel | None = None) -> Answer:
    """The model's answer with its citations and the sources below; ``ModelError`` when it cannot be had."""
    if result.abstained:
        return Answer(silence(result))
    asked = required(model or chat_model(settings))
    text = "".join(stream(asked, answer_messages(result))).strip()
    if not text:
        raise ModelError("Il modello ha dato una risposta vuota: riprova, o usa la risposta senza modello.")
    return Answer("\n".join([marked(text, result), *sources(result)]))


def answer_messages(result: SearchResult) -> list[BaseMessage]:
    """What is sent to the model, word for word."""
    passages = [(f"{hit.document}, {hit.entity or ''} {hit.year or ''}".strip(), hit.text) for hit in result.hits[:SHOWN]]
    body = render("risposta", domanda=escaped(result.query[:1000]), precedenti=numbered(passages))
    return [SystemMessage(render("sistema")), HumanMessage(body)]


def marked(text: str, result: SearchResult) -> str:
    """The text with a mark after each sentence that cites no passage or states what its passages do not hold."""
    keyed = [
        {"key": str(n), "document": f"{hit.document} {hit.entity or ''} {hit.year or ''}", "text": f"{hit.context}\n{hit.text}"}
        for n, hit in enumerate(result.hits[:SHOWN], 1)
    ]
    report = check_text({"id": "risposta", "precedents": keyed, "input": result.query, "text": text})
    said = []
    for sentence, after in zip_longest(report.sentences, report.sentences[1:]):
        cited = _CITED.search(sentence.text) or after is not None and _CITED.match(after.text)
        why = "" if sentence.supported and cited else "senza citazione" if sentence.supported else sentence.unsupported[0].why
        said.append(f"{sentence.text} ({MARK}: {why})" if why else sentence.text)
    return " ".join(said)


def sources(result: SearchResult) -> list[str]:
    """A line for each passage handed over."""
    return [f"[{n}] {hit.document}" + (f", p. {hit.page}" if hit.page else "") for n, hit in enumerate(result.hits[:SHOWN], 1)]
