"""The log of a draft's requests to a model (L. 132/2025, art. 14), kept as the note of the version they made: who saved it and
when stand beside it, and versions are never thrown away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from prompts.llm import ModelCall

KEY = "model_calls"


def noted(calls: Sequence[ModelCall], text: str | None = None) -> str | None:
    """The requests as the JSON text of a version's note, beside a person's own ``text``; without requests the text alone."""
    said = {"text": text} if text else {}
    return json.dumps({**said, KEY: [asdict(call) for call in calls]}, ensure_ascii=False) if calls else text


def calls_in(note: str | None) -> list[ModelCall]:
    """The requests in a version's note; none where the note is a person's own words."""
    try:
        data = json.loads(note or "")
    except ValueError:
        return []
    found = data.get(KEY, []) if isinstance(data, dict) else []
    return [ModelCall(**{**one, "precedents": tuple(one["precedents"])}) for one in found]


def told(note: str | None) -> str:
    """A version's note in words: the person's own, and which requests to a model it keeps."""
    calls = calls_in(note)
    if not calls:
        return note or ""
    asked = ", ".join(f"{call.job}{' (non riuscita)' if call.error else ''}" for call in calls)
    text = json.loads(note or "{}").get("text")
    return f"{text}; " * bool(text) + f"richieste al modello: {asked}"
