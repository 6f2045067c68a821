"""The log of a draft's requests to a model (L. 132/2025, art. 14), kept as the note of the version they made: who saved it and
when stand beside it, and versions are never thrown away."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from prompts.llm import ModelCall

KEY = "model_calls"


def noted(calls: Sequence[ModelCall]) -> str | None:
    """The requests as the JSON text of a version's note; None without any."""
    return json.dumps({KEY: [asdict(call) for call in calls]}, ensure_ascii=False) if calls else None


def calls_in(note: str | None) -> list[ModelCall]:
    """The requests in a version's note; none where the note is a person's own words."""
    try:
        data = json.loads(note or "")
    except ValueError:
        return []
    found = data.get(KEY, []) if isinstance(data, dict) else []
    return [ModelCall(**{**one, "precedents": tuple(one["precedents"])}) for one in found]
