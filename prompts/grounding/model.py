"""What goes in and what comes out of the grounding check. Frozen values, the contract of ``piao ground``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cards.errors import UnreadableFile

SpotKind = Literal[
    "number", "percent", "money", "unit", "date", "law", "act", "name", "quote_altered", "wrong_citation", "unknown_citation",
    "other_body", "placeholder",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Precedent:
    """A numbered source: ``key`` as cited in brackets, ``document`` its file name, ``text`` the passage handed over."""

    key: str
    document: str
    text: str


@dataclass(frozen=True, slots=True)
class GroundingItem:
    """A text to check with all it may lean on: the precedents and what the person wrote."""

    id: str
    precedents: tuple[Precedent, ...]
    input: str
    text: str

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> GroundingItem:
        """From the contract's JSON; a missing or wrong field is one clear line (``UnreadableFile``)."""
        if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
            raise UnreadableFile("Controllo delle fonti: manca il campo «text» con il testo da controllare.")
        given = data.get("precedents") or []
        if not isinstance(given, list | tuple) or not all(isinstance(one, Mapping) and "key" in one for one in given):
            raise UnreadableFile("Controllo delle fonti: «precedents» è un elenco di {key, document, text}.")
        precedents = tuple(
            Precedent(str(one["key"]), str(one.get("document") or ""), str(one.get("text") or "")) for one in given
        )
        return cls(str(data.get("id") or ""), precedents, str(data.get("input") or ""), data["text"])


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of a sentence that no source holds: what they are and why they are marked (Italian)."""

    span: str
    kind: SpotKind
    why: str


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence with its unsupported spots, in the order in which they stand."""

    text: str
    unsupported: tuple[Spot, ...] = ()

    @property
    def supported(self) -> bool:
        """True when nothing in the sentence is marked."""
        return not self.unsupported


@dataclass(frozen=True, slots=True)
class GroundingReport:
    """The whole text, sentence by sentence."""

    id: str
    sentences: tuple[CheckedSentence, ...]

    @property
    def unsupported(self) -> int:
        """How many sentences are marked."""
        return sum(not sentence.supported for sentence in self.sentences)

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao ground``."""
        return {
            "id": self.id,
            "sentences": [
                {
                    "text": one.text,
                    "supported": one.supported,
                    "unsupported": [{"span": s.span, "kind": s.kind, "why": s.why} for s in one.unsupported],
                }
                for one in self.sentences
            ],
        }
