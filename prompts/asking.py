"""Asking a model for an answer in a schema, heard piece by piece: flat schemas (nested ones break small local models), one repair
attempt, then the raw text with the error. A listener may stop the request at any piece."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from cards.errors import ModelError
from cards.model import Card
from prompts.llm import EmptyAnswer, ModelCall, mapped, model_name, stream
from prompts.render import escaped, render, stamp

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

T = TypeVar("T", bound=BaseModel)
REPAIR_CHARS = 1_500


@dataclass(frozen=True, slots=True)
class Listener:
    """Who waits for an answer: ``heard`` gets each piece as it comes, ``cancelled`` says that nobody waits any more."""

    heard: Callable[[str], None] = lambda _piece: None
    cancelled: Callable[[], bool] = lambda: False


SILENT = Listener()


class UnusableAnswer(ModelError):
    """The model answered outside the schema twice; ``raw`` is its last answer, for the person to read."""

    def __init__(self, raw: str, why: str) -> None:
        super().__init__(f"Il modello ha risposto fuori dalla forma richiesta ({why}): prosegui senza modello o riprova.")
        self.raw = raw


class Interrupted(ModelError):
    """A person stopped the request; ``raw`` is what had come."""

    def __init__(self, raw: str) -> None:
        super().__init__("Richiesta interrotta: la bozza resta com'era.")
        self.raw = raw


def structured(
    model: BaseChatModel, schema: type[T], messages: Sequence[BaseMessage], job: str, precedents: Sequence[Card] = (),
    calls: list[ModelCall] | None = None, listener: Listener = SILENT,
) -> T:  # fmt: skip
    """An answer in a schema: one repair attempt, then ``UnusableAnswer``. Each request is added to ``calls``, failed ones too."""
    from langchain_core.messages import AIMessage, HumanMessage

    def once(asked: Sequence[BaseMessage], name: str) -> tuple[T | None, str, str]:
        raw, answer, why = "", None, ""
        with Log(model, asked, name, precedents, calls) as log:
            raw = _in_schema(model, schema, asked, listener, log)
            answer, why = checked(raw, schema)
            log.error = why or None
        return answer, raw, why

    answer, raw, why = once(messages, job)
    if answer is None:
        again = [*messages, AIMessage(raw[:REPAIR_CHARS] or "(vuota)"), HumanMessage(render("correzione", errore=escaped(why)))]
        answer, raw, why = once(again, f"{job} (correzione)")
    if answer is None:
        raise UnusableAnswer(raw, why)
    return answer


def plain(
    model: BaseChatModel, messages: Sequence[BaseMessage], job: str, precedents: Sequence[Card] = (),
    calls: list[ModelCall] | None = None, listener: Listener = SILENT,
) -> str:  # fmt: skip
    """An answer in running text; an empty one is a ``ModelError``."""
    with Log(model, messages, job, precedents, calls) as log:
        return _heard(model, messages, listener, log)


class Log:
    """One request: what was sent, what came, how long it took, how it failed; added to ``calls`` when it is over."""

    def __init__(
        self, model: BaseChatModel, messages: Sequence[BaseMessage], job: str, precedents: Sequence[Card],
        calls: list[ModelCall] | None,
    ) -> None:  # fmt: skip
        self.model, self.messages, self.job, self.precedents, self.calls = model, messages, job, precedents, calls
        self.answer = ""
        self.error: str | None = None

    def __enter__(self) -> Log:
        self.start, self.at = time.monotonic(), datetime.now(UTC).isoformat(timespec="seconds")
        return self

    def __exit__(self, kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ModelError):
            self.error = str(error)
        if self.calls is not None:
            prompt = "\n\n".join(text_of(message) for message in self.messages)
            ids, seconds = tuple(card.id or "" for card in self.precedents), round(time.monotonic() - self.start, 2)
            self.calls.append(ModelCall(
                self.job, model_name(self.model), prompt, self.answer, seconds, ids, self.error, self.at, stamp(self.job)))


def _heard(model: Any, messages: Sequence[BaseMessage], listener: Listener, log: Log) -> str:
    """The whole answer, piece by piece; ``Interrupted`` as soon as nobody waits for it."""
    for piece in stream(model, messages, listener.cancelled):
        log.answer += piece
        listener.heard(piece)
    if listener.cancelled():
        raise Interrupted(log.answer)
    return log.answer


def _in_schema(model: BaseChatModel, schema: type[T], messages: Sequence[BaseMessage], listener: Listener, log: Log) -> str:
    """The raw answer with the schema asked of the server; an empty one is "" (there is still a repair attempt)."""
    bound = _bound(model, schema)
    if bound is None:
        return _whole(model, schema, messages, listener, log)
    try:
        return _heard(bound, messages, listener, log)
    except EmptyAnswer:
        return ""


def _bound(model: BaseChatModel, schema: type[BaseModel]) -> Any:
    """The model with the schema as its grammar, in a way that still streams; None where its library has none."""
    kinds = {kind.__name__ for kind in type(model).__mro__}
    form = schema.model_json_schema()
    if "BaseChatOpenAI" in kinds:
        asked = {"type": "json_schema", "json_schema": {"name": schema.__name__, "schema": form, "strict": True}}
        return model.bind(extra_body={"response_format": asked})
    return model.bind(format=form) if "ChatOllama" in kinds else None


def _whole(model: BaseChatModel, schema: type[T], messages: Sequence[BaseMessage], listener: Listener, log: Log) -> str:
    """The answer of a provider that gives a schema only in one piece."""
    with mapped():
        found: Any = model.with_structured_output(schema, method="json_schema", include_raw=True).invoke(list(messages))
    parsed = found.get("parsed")
    log.answer = text_of(found.get("raw")) or (parsed.model_dump_json() if isinstance(parsed, schema) else "")
    listener.heard(log.answer)
    if listener.cancelled():
        raise Interrupted(log.answer)
    return log.answer


def checked(raw: str, schema: type[T]) -> tuple[T | None, str]:
    """A raw answer as the schema's value, also inside prose; else None and what is wrong with it."""
    if not raw.strip():
        return None, "risposta vuota"
    start, end = raw.find("{"), raw.rfind("}")
    try:
        found = schema.model_validate_json(raw[start : end + 1] if 0 <= start < end else raw)
    except ValidationError as error:
        return None, _why(error)
    return (found, "") if any(_filled(value) for value in found.model_dump().values()) else (None, "risposta vuota")


def _filled(value: Any) -> bool:
    return any(_filled(v) for v in value) if isinstance(value, list) else bool(str(value or "").strip())


def _why(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(str(p) for p in first["loc"]) or "risposta"
    return f"{where}: {'manca' if first['type'] == 'missing' else 'JSON non valido o incompleto'}"


def text_of(message: Any) -> str:
    """The words of a message."""
    content = getattr(message, "content", message)
    return content if isinstance(content, str) else "" if content is None else str(content)
