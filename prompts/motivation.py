"""The *motivazione* of a variation: fact, consequence, act or date, proposed change; similar precedents cited word for word.

Without a model the text is composed from the person's facts and the card's own words: it can only say what they say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from cards.errors import PiaoError
from cards.model import Action, Card, Variation, VariationObject
from prompts.asking import SILENT, Listener, plain
from prompts.harmless import cut, quotable
from prompts.llm import ModelCall
from prompts.render import card_label, escaped, numbered
from prompts.support import unsupported
from prompts.variation import apply_variation, described, find_part, new_targets, refusal, still_said
from prompts.words import coverage, folded, shared

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

QUOTE_CHARS = 300
MOST_CITED = 2
SHARED_WORDS = 1
OPENING = 6  # words
CITING = ("In un caso simile la motivazione è stata:", "In un altro si è scritto:")
PROMPTS = {"eliminate": "eliminazione", "replace": "sostituzione", "add": "nuovo", "extend": "rinvio", "postpone": "rinvio",
           "change_target": "valore-atteso"}  # fmt: skip

_ACT = re.compile(
    r"\b(?:deliber\w+|determin\w+|decret\w+|ordinanz\w+|d\.?\s?lgs|legge|l\.\s?r|circolare|nota|prot\.|dgr|dgc|convenzione|ccnl|bando)\b",
    re.I,
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|\b(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre"
    r"|novembre|dicembre)\b|(?<!\d)20\d{2}(?!\d)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Motivation:
    """A variation with its reason. ``citations`` are the precedents quoted, by key; ``unsupported`` the spans that nothing backs;
    ``missing`` what a good *motivazione* would still need (Italian, for the page); ``call`` the log of the model's request."""

    variation: Variation
    text: str
    citations: tuple[dict[str, Any], ...] = ()
    unsupported: tuple[dict[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    call: ModelCall | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao motivate --json``."""
        return {
            "variation": self.variation.to_json(), "text": self.text, "citations": list(self.citations),
            "unsupported": list(self.unsupported),
        }  # fmt: skip


def motivate(
    card: Card, action: str, facts: str, precedents: Sequence[Card] = (), *, object: str = "objective",
    number: str | None = None, new: str | None = None, model: BaseChatModel | None = None, listener: Listener = SILENT,
    calls: list[ModelCall] | None = None,
) -> Motivation:  # fmt: skip
    """The variation of a card with its *motivazione*.

    ``number`` is the phase's number, the indicator's or activity's name (or position); ``new`` the new text, value or date.
    Wrong words, a part the card does not have, or no facts are a ``PiaoError``. ``calls`` receives the log, also where it fails.
    """
    variation, told, cited = asked(card, action, facts, precedents, object, number, new)
    if model is None:
        text, call = composed(card, variation, told, [reason for _, reason in cited]), None
    else:
        text, call = _written(model, card, variation, told, cited, listener, [] if calls is None else calls)
    given = " ".join(
        [told, card.title or "", variation.old or "", variation.new or "", described(card, variation), str(card.year or "")]
    )
    spots = unsupported(text, [c for c, _ in cited], given, [reason for _, reason in cited])
    citations = tuple(_citation(n, c, reason) for n, (c, reason) in enumerate(cited, 1) if f"[{n}]" in text)
    missing = (*_missing(told), *still_said(card, variation).values())
    return Motivation(variation.replace(reason=text), text, citations, spots, missing, call)


def asked(
    card: Card, action: str, facts: str, precedents: Sequence[Card], obj: str, number: str | None, new: str | None
) -> tuple[Variation, str, list[tuple[Card, str]]]:
    """The variation, the facts on one line, the reasons to cite: what any *motivazione* begins with."""
    variation = make_variation(card, action, obj, number, new)
    told = " ".join(facts.split())
    if len(told) < 10:
        raise PiaoError("Mancano i fatti: scrivi che cosa è successo, quando e con quale atto; senza fatti non c'è motivazione.")
    return variation, told, similar(told, action, obj, precedents)


def make_variation(card: Card, action: str, obj: str, number: str | None, new: str | None) -> Variation:
    """The variation in the contract's words, with the card's own old text; of a card that is gone, a ``PiaoError``."""
    if told := refusal(card):
        raise PiaoError(told)
    if action not in get_args(Action):
        raise PiaoError(f"L'azione «{action}» non esiste: scegli tra {', '.join(get_args(Action))}.")
    if obj not in get_args(VariationObject):
        raise PiaoError(f"L'oggetto «{obj}» non esiste: scegli tra {', '.join(get_args(VariationObject))}.")
    needs_new = action not in ("eliminate",)
    if needs_new and not (new or "").strip():
        raise PiaoError("Manca il nuovo testo, valore o data della variazione: indicalo e riprova.")
    part = None if action == "add" else find_part(card, obj, number)
    changed = " ".join(new.split()) if new else None
    name, targets = None, {}
    if part and action == "change_target" and part.index is not None:
        name, targets = card.indicators[part.index].name, new_targets(card.indicators[part.index], card.year, changed or "")
    return Variation(
        action=action, object=obj, number=part.phase_number if part else number if obj == "phase" else None,
        old=part.old(action) if part else None, new=changed, name=name, targets=targets,
    )  # fmt: skip


def similar(facts: str, action: str, obj: str, precedents: Sequence[Card]) -> list[tuple[Card, str]]:
    """The reasons of precedents nearest to the case: same action, words of the facts; at most two, no two that begin alike."""
    found = []
    for card in precedents:
        for v in card.variations:
            if v.action == action and len(v.reason or "") >= 20 and len(shared(facts, v.reason or "")) >= SHARED_WORDS:
                score = (v.object == obj) + coverage(facts, v.reason or "")
                found.append((score, card, quotable(v.reason or "")))
    found.sort(key=lambda item: -item[0])
    nearest: dict[str, tuple[Card, str]] = {}
    for _score, card, reason in found:
        nearest.setdefault(" ".join(folded(reason).split()[:OPENING]), (card, reason))
    return list(nearest.values())[:MOST_CITED]


def composed(card: Card, variation: Variation, facts: str, reasons: Sequence[str]) -> str:
    """The text without a model: the facts as told, what follows for the object, the proposal, similar cases quoted."""
    sentences = [
        facts[:1].upper() + facts[1:] + ("" if facts.endswith((".", "!", "?")) else "."),
        CONSEQUENCE[variation.action].format(what=described(card, variation)),
    ]
    named = "{what}" in CONSEQUENCE[variation.action]
    sentences.append(_proposal(variation, _again(card, variation) if named else described(card, variation)))
    for n, reason in enumerate(reasons, 1):
        sentences.append(f"{CITING[min(n, MOST_CITED) - 1]} «{_quote(reason)}» [{n}].")
    return " ".join(sentences)


CONSEQUENCE = {
    "eliminate": "Di conseguenza non è più possibile portare a termine {what} come programmato.",
    "replace": "Di conseguenza {what} non corrisponde più a quanto si può realizzare.",
    "add": "Di conseguenza la scheda va completata con quanto segue.",
    "extend": "Di conseguenza {what} richiede più tempo di quello programmato.",
    "postpone": "Di conseguenza non è possibile portare a termine {what} nei tempi programmati.",
    "change_target": "Di conseguenza il valore atteso per {what} non è più adeguato alle condizioni che si sono verificate.",
    "change_indicator": "Di conseguenza {what} non misura più in modo adeguato il risultato.",
    "change_activity": "Di conseguenza occorre descrivere in modo diverso {what}.",
    "change_phase": "Di conseguenza occorre descrivere in modo diverso {what}.",
}


def _again(card: Card, v: Variation) -> str:
    """The part once its words have been said: "la fase 3", "l'obiettivo"."""
    return described(card, v).partition(" «")[0]


def _proposal(v: Variation, what: str) -> str:
    new = f"«{v.new}»" if v.new else ""
    return {
        "eliminate": f"Si propone di eliminare {what}.",
        "replace": f"Si propone di sostituire {what} con {new}.",
        "add": f"Si propone di aggiungere {ADDED[v.object]} {new}.",
        "extend": f"Si propone di prolungare {what} al {v.new}.",
        "postpone": f"Si propone di rinviare {what} al {v.new}.",
        "change_target": f"Si propone di portare il valore atteso da «{v.old}» a {new}.",
        "change_indicator": f"Si propone di sostituire {what} con {new}.",
        "change_activity": f"Si propone di sostituire {what} con {new}.",
        "change_phase": f"Si propone di sostituire {what} con {new}.",
    }[v.action]


ADDED = {"objective": "l'obiettivo", "phase": "la fase", "indicator": "l'indicatore", "activity": "l'attività"}


def _quote(reason: str) -> str:
    """The reason's first words, verbatim as far as they go: cut after a whole sentence or clause where there is one."""
    if len(reason) <= QUOTE_CHARS:
        return reason
    end = max(reason.rfind(sign, 0, QUOTE_CHARS) for sign in (". ", "; "))
    return reason[: end + (reason[end] == ".")] if end >= QUOTE_CHARS // 4 else cut(reason, QUOTE_CHARS)


def _citation(n: int, card: Card, reason: str) -> dict[str, Any]:
    same = (i for i, v in enumerate(card.variations) if quotable(v.reason or "") == reason)
    index = next(same, None)
    place = card.place(None if index is None else f"variations[{index}].reason")
    return {
        "key": str(n), "card_id": card.id, "entity": card.entity, "year": card.year, "page": place.page, "line": place.line,
        "document": place.document or card.source.document, "quote": _quote(reason),
    }  # fmt: skip


def _missing(facts: str) -> tuple[str, ...]:
    found = []
    if not _ACT.search(facts):
        found.append("un atto o un documento che provi il fatto (delibera, determina, nota, norma)")
    if not _DATE.search(facts):
        found.append("la data del fatto")
    return tuple(found)


def motivation_messages(
    card: Card, variation: Variation, facts: str, cited: Sequence[tuple[Card, str]]
) -> tuple[str, list[BaseMessage]]:
    """The job (one prompt file for each kind of variation) and what is sent to the model, word for word."""
    from prompts.generation import messages

    job = f"motivazione-{PROMPTS.get(variation.action, 'modifica')}"
    return job, messages(
        job, titolo=escaped(card.title), oggetto=escaped(described(card, variation)),
        variazione=escaped(_proposal(variation, described(card, variation))), fatti=escaped(facts),
        precedenti=numbered([(card_label(c), reason) for c, reason in cited]),
    )  # fmt: skip


def _written(
    model: BaseChatModel, card: Card, variation: Variation, facts: str, cited: Sequence[tuple[Card, str]], listener: Listener,
    calls: list[ModelCall],
) -> tuple[str, ModelCall]:  # fmt: skip
    """The text of a model over the same facts and reasons; an empty answer or a failing server is a ``ModelError``."""
    from prompts.generation import plain_text

    job, sent = motivation_messages(card, variation, facts, cited)
    text = plain_text(plain(model, sent, job, [c for c, _ in cited], calls, listener))
    return text, calls[-1]


__all__ = ["Motivation", "apply_variation", "asked", "composed", "make_variation", "motivate", "motivation_messages", "similar"]
