"""A chat model that answers what its queue holds and remembers what it was asked. An exception in the queue is raised."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import BaseModel, ValidationError


class Scripted(BaseChatModel):
    """``queue`` of answers (text or exception), ``asked`` the messages of each request."""

    queue: list[Any]
    asked: list[list[BaseMessage]] = []
    model_name: str = "copione"

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _next(self, messages: list[BaseMessage]) -> str:
        self.asked.append(list(messages))
        answer = self.queue.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self._next(messages)))])

    def _stream(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> Iterator[Any]:
        for piece in self._next(messages).split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece + " "))

    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        assert kwargs == {"method": "json_schema", "include_raw": True}
        assert issubclass(schema, BaseModel)

        def run(messages: Any) -> dict[str, Any]:
            raw = AIMessage(self._next(list(messages)))
            try:
                return {"raw": raw, "parsed": schema.model_validate_json(raw.content), "parsing_error": None}
            except ValidationError as error:
                return {"raw": raw, "parsed": None, "parsing_error": error}

        return RunnableLambda(run)
