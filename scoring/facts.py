"""What a rule may know: the reading in one order, the profile, the year, and the evidence handed in from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from cards.model import GONE, Card, DeclaredTotal, Indicator, Listed, Paragraph, Reading
from scoring.profiles import Profile
from scoring.values import plain


@dataclass(frozen=True)
class Evidence:
    """What the archive and the body know beside the document; all optional, and a rule that misses its datum says so.

    ``staff``: employees of the body on 31 December; ``today``: the day of the check; ``previous``: last year's cards, and
    this year's as planned; ``series``: actual values by plain indicator name and year; ``targets``: by plain name, year of the
    plan that set them, and year they are for. See ``scoring.evidence.gather``.
    """

    staff: int | None = None
    today: date | None = None
    previous: tuple[Card, ...] = ()
    series: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


def _place(value: Any) -> tuple[Any, ...]:
    line = value.source.lines[0] if isinstance(value, Card) and value.source.lines else getattr(value, "line", None)
    return (line is None, line or 0)


def _in_order(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """By line; values without a line, or on the same one, by their content: never by how they arrived."""
    placed = sorted(values, key=_place)
    keys = [_place(value) for value in placed]
    if all(keys[i] < keys[i + 1] for i in range(len(keys) - 1)):
        return tuple(placed)
    return tuple(sorted(values, key=lambda value: (*_place(value), _content(value))))


def _content(value: Any) -> str:
    if isinstance(value, Card):
        head = "\x1f".join(str(part or "") for part in (value.kind, value.code, value.number, value.title, value.unit, value.id))
        return head + "\x1f" + value.model_dump_json(exclude={"id"}, exclude_defaults=True)
    return json.dumps(value.to_json(), sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Facts:
    """The input of every rule. The reading is put in one order, so that no rule depends on how rows arrived."""

    reading: Reading
    profile: Profile
    year: int | None = None
    evidence: Evidence = Evidence()

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """The cards in reading order."""
        return _in_order(self.reading.cards)

    @cached_property
    def declared(self) -> tuple[DeclaredTotal, ...]:
        """The declared totals in reading order."""
        return _in_order(self.reading.declared)

    @cached_property
    def listed(self) -> tuple[Listed, ...]:
        """The overview rows in reading order."""
        return _in_order(self.reading.listed)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The running text in reading order."""
        return _in_order(self.reading.paragraphs)

    @cached_property
    def texts(self) -> tuple[Paragraph, ...]:
        """All that is written, with its place: paragraphs, then the passages that stand on other lines (cells of tables).

        The heading of a passage is its context.
        """
        there = {paragraph.line for paragraph in self.paragraphs if paragraph.line is not None}
        cells = [
            Paragraph(text=one.text, page=one.page, line=one.lines[0] if one.lines else None, heading=one.context)
            for one in self.reading.passages
            if not one.lines or one.lines[0] not in there
        ]
        return self.paragraphs + _in_order(tuple(cells))

    @cached_property
    def _opening_lines(self) -> dict[str, list[tuple[int | None, int | None]]]:
        found: dict[str, list[tuple[int | None, int | None]]] = {}
        for one in self.paragraphs:
            found.setdefault(plain(one.text)[:50], []).append((one.page, one.line))
        return found

    def locate(self, text: str | None, after: int | None = None) -> tuple[int | None, int | None]:
        """Page and line of the paragraph that begins with these words, the first from line ``after``; (None, None) if none."""
        key = plain(text)[:50]
        places = self._opening_lines.get(key, []) if len(key) > 15 else []
        later = [place for place in places if after is None or (place[1] or 0) >= after]
        return (later or places or [(None, None)])[0]

    def of_kind(self, *kinds: str) -> Iterator[Card]:
        """The cards of some kinds."""
        return (card for card in self.cards if card.kind in kinds)

    @cached_property
    def is_report(self) -> bool:
        """True for a document that accounts for results: by its type, else by what its cards carry."""
        kind = self.reading.document.document_type
        if kind is not None:
            return kind.startswith("relazione") or kind in ("consuntivo", "rendiconto")
        return any(has_results(card) for card in self.cards)

    @property
    def staff(self) -> int | None:
        """The employees of the body: as its profile says, else as the evidence does."""
        return self.profile.staff if self.profile.staff is not None else self.evidence.staff

    @cached_property
    def document_year(self) -> int | None:
        """The year that the document is about."""
        return self.year or self.reading.document.year or max((card.year for card in self.cards if card.year), default=None)


def has_results(card: Card) -> bool:
    """True when somebody has written a result on the card."""
    return any(outcome.percent or outcome.label for outcome in card.outcomes) or any(
        indicator.achievement or any(value.strip() for value in indicator.actuals.values()) for indicator in card.indicators
    )


def live_indicators(card: Card) -> Iterator[tuple[int, Indicator]]:
    """The indicators of a card with their positions, but those a variation took; none for a card eliminated or replaced."""
    if card.status in GONE:
        return iter(())
    if any(indicator.status in GONE for indicator in card.indicators):
        return ((i, indicator) for i, indicator in enumerate(card.indicators) if indicator.status not in GONE)
    return iter(enumerate(card.indicators))
