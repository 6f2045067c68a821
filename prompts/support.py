"""What a text claims and neither its precedents nor the person's input hold: the door to the grounding check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cards.model import Card, Mark
from prompts.harmless import harmless
from prompts.render import card_text


def unsupported(
    text: str, precedents: Sequence[Card], given: str, texts: Sequence[str] | None = None
) -> tuple[dict[str, Any], ...]:
    """The unsupported spans of ``text`` ({"sentence","span","kind","why"}); precedents are cited as [1], [2]… in order.

    ``texts`` replaces the precedents' whole text by the passages really used.
    """
    from prompts.grounding import check_text

    sources = list(texts) if texts is not None else [card_text(c, counted=False) for c in precedents]
    keyed = [
        {"key": str(n), "document": card.source.document or "", "text": source}
        for n, (card, source) in enumerate(zip(precedents, sources, strict=True), 1)
    ]
    report = check_text({"id": "testo", "precedents": keyed, "input": given, "text": text}).to_json()
    return tuple({"sentence": s["text"], **spot} for s in report["sentences"] for spot in s["unsupported"])


def as_marks(spots: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """The unsupported spans as marks of a draft's field, each once."""
    found: dict[str, Mark] = {}
    for spot in spots:
        found.setdefault(spot["span"], Mark(span=spot["span"], kind=spot["kind"], why=harmless(spot["why"])))
    return tuple(found.values())
