"""What a card says about the passages that stand in its lines: identity, kind, and its indicators' values in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cards.model import Card, Document, Indicator, Passage
from ingest.passages_table import Piece

TITLE, FIELD = 200, 120
_MOTIVATION = re.compile(r"\bmotivazion[ei]\b")
_OUTCOME = re.compile(r"stato di attuazione|avanzamento|consuntivo|\besito\b|rilevato|raggiunt")
_PHASES = re.compile(r"\bfas[ei]\b|attivit[àa]/fasi|cronoprogramma")
_INDICATOR = re.compile(r"\bindicator[ei]\b|\bindici di\b|valore atteso|\btarget\b")
_RESOURCE = re.compile(r"\brisors[ae]\b|\bcosto\b|stanziament|previsione (?:entrate|spesa)")
_KINDS = (
    ("indicator", _INDICATOR, ("indic", "valore atteso", "target")),
    ("phases", _PHASES, ("fas", "cronoprogramma")),
    ("outcome", _OUTCOME, ("stato di attuazione", "avanzamento", "consuntivo", "esito", "rilevato", "raggiunt")),
    ("resource", _RESOURCE, ("risors", "costo", "stanziament", "previsione")),
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


class CardMap:
    """The cards of a document by their lines: which card a place belongs to, and what to say about it."""

    def __init__(self, cards: Sequence[Card], document: Document) -> None:
        self._document = document
        placed = ((card.source.lines[0], card.source.lines[-1], card) for card in cards if card.source.lines)
        self._spans = sorted(placed, key=lambda span: (span[1] - span[0], span[0]))
        self._said: dict[int, list[str]] = {}  # what the context says of a card, by the card's identity

    def card_at(self, first: int | None, last: int | None) -> Card | None:
        """The narrowest card whose lines hold most of the given ones."""
        if first is None:
            return None
        last = max(first, last or first)
        most, best = 0, None
        for start, end, card in self._spans:
            if start > last or end < first:
                continue
            shared = min(end, last) - max(start, first) + 1
            if shared > most:
                most, best = shared, card
                if start <= first and end >= last:
                    break
        return best

    def passage(self, piece: Piece, number: int) -> Passage:
        """The passage of a piece; without a line its running number stands for it."""
        line = piece.place.line
        card = self.card_at(line, piece.last)
        lines = (line, max(line, piece.last or line)) if line is not None else ()
        if piece.place.page is None and not lines:
            lines = (number, number)
        return Passage(
            text=piece.text,
            context=self._context(piece, card),
            kind=_kind(piece, card),
            card_id=card.id if card else None,
            page=piece.place.page,
            lines=lines,
        )

    def _context(self, piece: Piece, card: Card | None) -> str:
        entity = (card and card.entity) or self._document.entity
        year = (card and card.year) or self._document.year
        where = ", ".join(str(x) for x in (entity, year) if x)
        parts = [where, *(self._of_card(card) if card else ()), *piece.headings[-1 if card else -3 :], *piece.carried]
        if piece.header:
            parts.append(" / ".join(piece.header)[:200])
        parts += [piece.pairs[:300], *(_of_indicators(card, piece.text) if card else ())]
        return " > ".join(part for part in dict.fromkeys(parts) if part and part not in piece.text)


    def _of_card(self, card: Card) -> list[str]:
        if (known := self._said.get(id(card))) is None:
            known = self._said[id(card)] = _of_card(card)
        return known


def _of_card(card: Card) -> list[str]:
    """Unit, lines above and title of a card, shortened."""
    lines = (card.strategic_line, card.strategic_objective, card.operational_objective)
    fields = (card.unit or card.directorate, card.section, *lines)
    name = " ".join(x for x in (card.code, card.title) if x)
    return [*(f[:FIELD] for f in fields if f), name[:TITLE]]


@lru_cache(maxsize=5_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in _WORD.findall(text.lower()) if len(w) > 2)


def _of_indicators(card: Card, text: str) -> list[str]:
    """Values in words of the indicators whose name stands in the text: "atteso 50, raggiunto 0"."""
    lower = text.lower()
    names = ((indicator, _words(indicator.name or "")) for indicator in card.indicators)
    likely = [(indicator, name) for indicator, name in names if name and _may_hold(lower, name)]
    here = _words(text) if likely else frozenset()
    said = [in_words(indicator) for indicator, name in likely if len(name & here) >= 0.9 * len(name)]
    return [s for s in said if s][:4]


def _may_hold(lower: str, words: frozenset[str]) -> bool:
    """Whether a text has enough of the words, be it inside others: a quick look before the careful one."""
    spare = len(words) // 10
    for word in words:
        if word not in lower:
            spare -= 1
            if spare < 0:
                return False
    return True


def in_words(indicator: Indicator) -> str:
    """An indicator's values as a reader would say them; "" where it has none."""
    parts = [f"atteso {value} ({year})" for year, value in sorted(indicator.targets.items())[-2:]]
    parts += [f"raggiunto {value} ({year})" for year, value in sorted(indicator.actuals.items())[-2:]]
    if indicator.achievement:
        parts.append(f"raggiungimento {indicator.achievement}")
    return ", ".join(parts)


def _kind(piece: Piece, card: Card | None) -> str:
    """A passage's kind by the words of the document: of the piece first, then of its column names."""
    if card and card.kind == "resource_table":
        return "resource"
    said = piece.text
    if "motivazion" in (lower := said.lower()) and _MOTIVATION.search(lower):
        return "motivation"
    names = f"{' '.join(piece.header)}\n{said[:80]}".lower()
    if card and card.title and card.title.split(" · ")[0] in said and len(said) > len(card.title) + 40:
        return "objective"
    for kind, form, hints in _KINDS:
        if any(hint in names for hint in hints) and form.search(names):
            return kind
    return "table" if piece.header else "narrative"
