"""Texts written by a model into a case-based draft, one job at a time: whole card, purpose, phases, wording of the indicators;
plain rewriting; the summary for the Giunta. Never the numbers: targets, weights and dates are the office's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from cards.errors import ModelError
from cards.model import Card, Mark, Origin
from prompts.asking import SILENT, Interrupted, Listener, UnusableAnswer, plain, structured
from prompts.harmless import harmless
from prompts.llm import ModelCall, model_name, required
from prompts.need import Need
from prompts.render import card_label, card_text, escaped, numbered, render, variables
from prompts.support import as_marks, unsupported

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

__all__ = ["JOBS", "Interrupted", "UnusableAnswer", "card_messages", "rewrite", "summary", "write_texts"]

NO_SOURCE = "Il numero non si trova nei precedenti né in quanto indicato dall'ufficio."
SENTENCE, LABEL = 2, 1
ECHO = frozenset(("finalita", "finalità", "descrizione", "fase", "fasi", "indicatore", "indicatori", "testo", "string", "null"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PurposeText(_Texts):
    """The purpose alone."""

    finalita: str = Field(description="Una frase: il beneficio atteso")


class PhaseTexts(_Texts):
    """The phases alone."""

    fasi: list[str] = Field(description="Un testo per ciascuna fase della bozza, nello stesso ordine")


class IndicatorTexts(_Texts):
    """The wording of the indicators alone."""

    indicatori: list[str] = Field(description="La denominazione di ciascun indicatore della bozza, nello stesso ordine")


class CardTexts(_Texts):
    """All the texts of a card."""

    finalita: str = Field(description="Una frase: il beneficio atteso")
    descrizione: str = Field(description="Da due a cinque frasi: che cosa si fa e come")
    fasi: list[str] = Field(description="Un testo per ciascuna fase della bozza, nello stesso ordine")
    indicatori: list[str] = Field(description="La denominazione di ciascun indicatore della bozza, nello stesso ordine")


JOBS: Mapping[str, type[_Texts]] = {
    "scheda": CardTexts, "finalita": PurposeText, "fasi": PhaseTexts, "indicatori": IndicatorTexts,
}  # fmt: skip


def write_texts(
    model: BaseChatModel | None, need: Need, draft: Card, precedents: Sequence[Card], calls: list[ModelCall] | None = None,
    job: str = "scheda", listener: Listener = SILENT,
) -> Card:  # fmt: skip
    """The draft with the model's texts for one job of ``JOBS``; ``calls`` receives the log. Failures are ``ModelError``: the
    draft is untouched. No evidence, no call."""
    asked = required(model)
    if not precedents:
        raise ModelError("Nessun precedente per questa scheda: il modello non viene interpellato.")
    found = structured(asked, JOBS[job], card_messages(need, draft, precedents, job), job, precedents, calls, listener)
    written = merged(draft, need, found.model_dump(), precedents, model_name(asked))
    if written == draft:
        raise ModelError("Il modello non ha scritto niente di utilizzabile: la bozza resta com'era. La risposta è nel registro.")
    return written


def card_messages(need: Need, draft: Card, precedents: Sequence[Card], job: str = "scheda") -> list[BaseMessage]:
    """What is sent to the model, word for word ("che cosa è stato inviato")."""
    values = {
        "titolo": escaped(need.title), "unita": escaped(need.unit), "anno": str(need.year),
        "fatti": escaped(need.facts) or "(nessuno)", "finalita": escaped(draft.purpose) or "(nessuno)",
        "fasi": "\n".join(f"{n}. {escaped(p.text)}" for n, p in enumerate(draft.phases, 1)),
        "indicatori": "\n".join(f"{n}. {escaped(i.name)}" for n, i in enumerate(draft.indicators, 1)),
        "precedenti": numbered([(card_label(c), card_text(c)) for c in precedents]),
        "numero_fasi": str(len(draft.phases)), "numero_indicatori": str(len(draft.indicators)),
    }  # fmt: skip
    return messages(job, **{name: text for name, text in values.items() if name in variables(job)})


def messages(job: str, **values: str) -> list[BaseMessage]:
    """The two messages of a job: the rules that hold for all, and its own prompt with its values."""
    from langchain_core.messages import HumanMessage, SystemMessage

    return [SystemMessage(render("sistema")), HumanMessage(render(job, **values))]


def merged(draft: Card, need: Need, texts: Mapping[str, Any], precedents: Sequence[Card], model: str) -> Card:
    """The draft with the texts that pass: plain, phases and indicators each in its place, with no fact of their own.

    What purpose and description state without a source stays, marked, and is named in their origin.
    """
    given = " ".join([need.title, need.facts, need.unit, need.entity or "", str(need.year), card_text(draft, counted=False)])
    known = _numbers(" ".join([given, *(card_text(c, counted=False) for c in precedents)]))
    data, provenance = draft.model_dump(by_alias=True), dict(draft.provenance)

    def put(path: str, place: dict[str, Any], key: str, text: str, allowed: set[str] | None) -> None:
        words = plain_text(text)
        new = sorted(_numbers(words) - (known if allowed is None else allowed))
        spots = unsupported(words, precedents, given)
        stray = allowed is not None and (new or any(s["kind"] != "wrong_citation" for s in spots))
        if stray or not says_something(words, SENTENCE if allowed is None else LABEL):
            return
        place[key] = words
        provenance[path] = _origin(model, len(precedents), new, spots)

    if texts.get("finalita"):
        put("purpose", data, "purpose", texts["finalita"], None)
    if texts.get("descrizione"):
        put("description", data, "description", texts["descrizione"], None)
    for n, (text, phase) in enumerate(zip(texts.get("fasi", ()), data["phases"], strict=False)):
        put(f"phases[{n}].text", phase, "text", text, known)
    if len(texts.get("indicatori", ())) == len(data["indicators"]):
        for n, (text, indicator) in enumerate(zip(texts["indicatori"], data["indicators"], strict=True)):
            put(f"indicators[{n}].name", indicator, "name", text, _numbers(indicator["name"] or ""))
    return Card.model_validate({**data, "provenance": provenance})


def says_something(text: str, least: int) -> bool:
    """Whether a text has at least so many words of its own: a weak model answers with the name of the field ("finalita").

    >>> says_something("finalita", 1), says_something("Analisi dei dati", 1)
    (False, True)
    """
    return len([word for word in _WORD.findall(text.casefold()) if word not in ECHO]) >= least


def _origin(model: str, sources: int, new: Sequence[str], spots: Sequence[Mapping[str, Any]]) -> Origin:
    """Written by a model: over which precedents, and what it states without one."""
    note = f"scritto dal modello {model} sui precedenti {', '.join(f'[{n}]' for n in range(1, sources + 1))}: da controllare"
    note += f"; numeri senza fonte: {', '.join(new)}" if new else ""
    stray = "; ".join(dict.fromkeys(f"«{harmless(s['span'])}» ({s['why']})" for s in spots))
    note += f"; senza fonte: {stray}" if stray else ""
    bare = [{"span": n, "kind": "number", "why": NO_SOURCE} for n in new if not any(n in s["span"] for s in spots)]
    return Origin(from_="model", note=note, unsupported=as_marks([*spots, *bare]))


def plain_text(text: str) -> str:
    """A model's text as plain text: no markup, no links, no citation keys alone on a line, single spaces."""
    return " ".join(harmless(text).split())


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def rewrite(
    model: BaseChatModel | None, text: str, calls: list[ModelCall] | None = None, listener: Listener = SILENT
) -> tuple[str, tuple[Mark, ...]]:
    """The text in plain administrative Italian, and the marks of what the original does not say."""
    asked = required(model)
    words = plain_text(plain(asked, plain_messages(text), "riscrittura", (), calls, listener))
    return words, as_marks(unsupported(words, (), text))


def plain_messages(text: str) -> list[BaseMessage]:
    """What is sent to have a text rewritten."""
    return messages("riscrittura", testo=escaped(text))


def summary(
    model: BaseChatModel | None, cards: Sequence[Card], calls: list[ModelCall] | None = None, listener: Listener = SILENT
) -> tuple[str, tuple[Mark, ...]]:
    """A summary of cards for the Giunta, and the marks of what the cards do not say."""
    asked = required(model)
    words = plain_text(plain(asked, summary_messages(cards), "sintesi-giunta", cards, calls, listener))
    return words, as_marks(unsupported(words, cards, ""))


def summary_messages(cards: Sequence[Card]) -> list[BaseMessage]:
    """What is sent to have cards summed up."""
    return messages("sintesi-giunta", schede=numbered([(card_label(c), card_text(c)) for c in cards]))
