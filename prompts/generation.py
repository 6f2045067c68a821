"""Texts written by a model into a case-based draft: purpose, description, phases, wording of the indicators; never the numbers.

Structured output on a flat schema (nested ones break small local models), one repair attempt, then the raw answer with the error.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cards.errors import ModelError
from cards.model import Card, Origin
from prompts.harmless import harmless
from prompts.llm import ModelCall, mapped, model_name, required, stream
from prompts.need import Need
from prompts.render import card_label, card_text, escaped, numbered, render
from prompts.support import as_marks, unsupported

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

T = TypeVar("T", bound=BaseModel)

NO_SOURCE = "Il numero non si trova nei precedenti né in quanto indicato dall'ufficio."
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


class CardTexts(BaseModel):
    """What the model writes."""

    model_config = ConfigDict(extra="forbid")

    finalita: str = Field(description="Una frase: il beneficio atteso")
    descrizione: str = Field(description="Da due a cinque frasi: che cosa si fa e come")
    fasi: list[str] = Field(description="Un testo per ciascuna fase della bozza, nello stesso ordine")
    indicatori: list[str] = Field(description="La denominazione di ciascun indicatore della bozza, nello stesso ordine")


class UnusableAnswer(ModelError):
    """The model answered outside the schema twice; ``raw`` is its last answer, for the person to read."""

    def __init__(self, raw: str, why: str) -> None:
        super().__init__(f"Il modello ha risposto fuori dalla forma richiesta ({why}): prosegui senza modello o riprova.")
        self.raw = raw


def write_texts(
    model: BaseChatModel | None, need: Need, draft: Card, precedents: Sequence[Card], calls: list[ModelCall] | None = None
) -> Card:
    """The draft with the model's texts; ``calls`` receives the log. Failures are ``ModelError``, the draft is untouched."""
    asked = required(model)
    if not precedents:
        raise ModelError("Nessun precedente per questa scheda: il modello non viene interpellato.")
    texts = structured(asked, CardTexts, card_messages(need, draft, precedents), "scheda", precedents, calls)
    return merged(draft, need, texts, precedents, model_name(asked))


def card_messages(need: Need, draft: Card, precedents: Sequence[Card]) -> list[BaseMessage]:
    """What is sent to the model, word for word ("che cosa è stato inviato")."""
    from langchain_core.messages import HumanMessage, SystemMessage

    body = render(
        "scheda",
        titolo=escaped(need.title), unita=escaped(need.unit), anno=str(need.year), fatti=escaped(need.facts) or "(nessuno)",
        fasi="\n".join(f"{n}. {escaped(p.text)}" for n, p in enumerate(draft.phases, 1)),
        indicatori="\n".join(f"{n}. {escaped(i.name)}" for n, i in enumerate(draft.indicators, 1)),
        precedenti=numbered([(card_label(c), card_text(c)) for c in precedents]),
        numero_fasi=str(len(draft.phases)), numero_indicatori=str(len(draft.indicators)),
    )  # fmt: skip
    return [SystemMessage(render("sistema")), HumanMessage(body)]


def structured(
    model: BaseChatModel, schema: type[T], messages: Sequence[BaseMessage], job: str, precedents: Sequence[Card] = (),
    calls: list[ModelCall] | None = None,
) -> T:  # fmt: skip
    """An answer in a schema: one repair attempt, then ``UnusableAnswer`` with the raw text."""
    from langchain_core.messages import AIMessage, HumanMessage

    asked = list(messages)
    raw, why = "", ""
    for attempt in range(2):
        answer, raw, why = _once(model, schema, asked, f"{job}{'' if attempt == 0 else ' (correzione)'}", precedents, calls)
        if answer is not None:
            return answer
        asked = [*messages, AIMessage(raw[:4_000] or "(vuota)"), HumanMessage(render("correzione", errore=escaped(why)))]
    raise UnusableAnswer(raw, why)


def _once(
    model: BaseChatModel, schema: type[T], messages: Sequence[BaseMessage], job: str, precedents: Sequence[Card],
    calls: list[ModelCall] | None,
) -> tuple[T | None, str, str]:  # fmt: skip
    """One request: the answer in the schema or None, the raw text, and what is wrong with it."""
    start = time.monotonic()
    answer: T | None = None
    raw, why, failure = "", "", None
    try:
        with mapped():
            found: Any = model.with_structured_output(schema, method="json_schema", include_raw=True).invoke(list(messages))
        raw = _text(found.get("raw"))
        answer, why = _checked(found.get("parsed"), raw, schema)
    except (ValidationError, ValueError) as error:
        why = _why(error)
    except ModelError as error:
        failure = str(error)
        raise
    finally:
        if calls is not None:
            prompt = "\n\n".join(_text(m) for m in messages)
            seconds = round(time.monotonic() - start, 2)
            ids = tuple(c.id or "" for c in precedents)
            calls.append(ModelCall(job, model_name(model), prompt, raw, seconds, ids, failure or why or None))
    return answer, raw, why


def _checked(parsed: Any, raw: str, schema: type[T]) -> tuple[T | None, str]:
    if isinstance(parsed, schema) and any(_filled(v) for v in parsed.model_dump().values()):
        return parsed, ""
    if isinstance(parsed, schema) or not raw.strip():
        return None, "risposta vuota"
    try:
        return schema.model_validate_json(_json_of(raw)), ""
    except ValidationError as error:
        return None, _why(error)


def _filled(value: Any) -> bool:
    return any(_filled(v) for v in value) if isinstance(value, list) else bool(str(value or "").strip())


def _json_of(raw: str) -> str:
    start, end = raw.find("{"), raw.rfind("}")
    return raw[start : end + 1] if 0 <= start < end else raw


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(str(p) for p in first["loc"]) or "risposta"
        return f"{where}: {'manca' if first['type'] == 'missing' else 'JSON non valido o incompleto'}"
    return "JSON non valido"


def _text(message: Any) -> str:
    content = getattr(message, "content", message)
    return content if isinstance(content, str) else "" if content is None else str(content)


def merged(draft: Card, need: Need, texts: CardTexts, precedents: Sequence[Card], model: str) -> Card:
    """The draft with the texts that pass: plain, phases and indicators each in its place, with no fact of their own.

    What purpose and description state without a source is named in their origin.
    """
    given = " ".join([need.title, need.facts, need.unit, need.entity or "", str(need.year), card_text(draft)])
    known = _numbers(" ".join([given, *(card_text(c) for c in precedents)]))
    data, provenance = draft.model_dump(by_alias=True), dict(draft.provenance)

    def put(path: str, place: dict[str, Any], key: str, text: str, allowed: set[str] | None) -> None:
        plain = plain_text(text)
        new = sorted(_numbers(plain) - (known if allowed is None else allowed))
        spots = unsupported(plain, precedents, given)
        if not plain or (allowed is not None and (new or any(s["kind"] != "wrong_citation" for s in spots))):
            return
        place[key] = plain
        keys = ", ".join(f"[{n}]" for n in range(1, len(precedents) + 1))
        note = f"scritto dal modello {model} sui precedenti {keys}: da controllare"
        note += f"; numeri senza fonte: {', '.join(new)}" if new else ""
        stray = "; ".join(dict.fromkeys(f"«{harmless(s['span'])}» ({s['why']})" for s in spots))
        note += f"; senza fonte: {stray}" if stray else ""
        bare = [{"span": n, "kind": "number", "why": NO_SOURCE} for n in new if not any(n in s["span"] for s in spots)]
        provenance[path] = Origin(from_="model", note=note, unsupported=as_marks([*spots, *bare]))

    put("purpose", data, "purpose", texts.finalita, None)
    put("description", data, "description", texts.descrizione, None)
    for n, (text, phase) in enumerate(zip(texts.fasi, data["phases"], strict=False)):
        put(f"phases[{n}].text", phase, "text", text, known)
    if len(texts.indicatori) == len(data["indicators"]):
        for n, (text, indicator) in enumerate(zip(texts.indicatori, data["indicators"], strict=True)):
            put(f"indicators[{n}].name", indicator, "name", text, _numbers(indicator["name"] or ""))
    return Card.model_validate({**data, "provenance": provenance})


def plain_text(text: str) -> str:
    """A model's text as plain text: no markup, no links, no citation keys alone on a line, single spaces."""
    return " ".join(harmless(text).split())


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))


def rewrite(model: BaseChatModel | None, text: str, cancelled: Callable[[], bool] = lambda: False) -> Iterator[str]:
    """The text in plain administrative Italian, piece by piece; check it against the original with ``prompts.grounding``."""
    from langchain_core.messages import HumanMessage, SystemMessage

    messages = [SystemMessage(render("sistema")), HumanMessage(render("riscrittura", testo=escaped(text)))]
    return stream(required(model), messages, cancelled)


def summary(model: BaseChatModel | None, cards: Sequence[Card], cancelled: Callable[[], bool] = lambda: False) -> Iterator[str]:
    """A summary of cards for the Giunta, piece by piece."""
    from langchain_core.messages import HumanMessage, SystemMessage

    body = render("sintesi-giunta", schede=numbered([(card_label(c), card_text(c)) for c in cards]))
    return stream(required(model), [SystemMessage(render("sistema")), HumanMessage(body)], cancelled)
