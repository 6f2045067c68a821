"""What can be mended without a judgement: weights brought to their sum, a total rewritten, a unit written everywhere.

A remedy is a list of edits (card, field, before, after), to be shown first and applied only when somebody asks. Where two
corrections are possible (a total is wrong, or one of its rows) both are proposed and neither is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cards.model import GONE, Card
from cards.quantities import italian
from cards.rebalance import WANTED, rebalance
from scoring.facts import live_indicators
from scoring.findings import CheckReport, Finding
from scoring.profiles import Profile
from scoring.rollup import is_excluded
from scoring.values import number, plain, short, tidy, typed, unset

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.|$)")
_COLUMNS = ("targets", "actuals", "history", "interim")
_SIGNED = re.compile(r"\s*((?:[≥≤<>=]+|almeno|min\.?|max\.?)?\s*)[\d.,]+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of one card: its path ("indicators[0].weight"), what it says and what it would say."""

    card_id: str
    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A mechanical correction with its name in Italian; ``code`` and ``fingerprint`` of its finding, None where none asks it."""

    code: str | None
    fingerprint: str | None
    title: str
    edits: tuple[Edit, ...]


def remedies(report: CheckReport, cards: Sequence[Card], profile: Profile) -> Iterator[Remedy]:
    """The remedies of a report, in the order of its findings; a finding that asks for a judgement has none."""
    by_id = {card.id: card for card in cards if card.id}
    for finding in report.findings:
        card = by_id.get(finding.card_id or "")
        if card is None or finding.code not in MAKERS:
            continue
        title, edits = MAKERS[finding.code](finding, card, list(by_id.values()), profile)
        changed = tuple(edit for edit in edits if edit.before != edit.after)
        if changed:
            yield Remedy(finding.code, finding.fingerprint, title, changed)
    for card in cards:
        for i, indicator in live_indicators(card):
            edits = tuple(unit_edits(card, i)) if card.id else ()
            if edits:
                yield Remedy(None, None, f"Scrivi «%» in tutti i valori di «{short(indicator.name, 60)}»", edits)


def apply(cards: Iterable[Card], edits: Iterable[Edit]) -> list[Card]:
    """The cards after the edits; an edit whose field no longer says ``before`` is left out."""
    by_card: dict[str, list[Edit]] = {}
    for edit in edits:
        by_card.setdefault(edit.card_id, []).append(edit)
    return [_edited(card, by_card.get(card.id or "", [])) for card in cards]


def _edited(card: Card, edits: Sequence[Edit]) -> Card:
    for edit in edits:
        if text_at(card, edit.path) == edit.before:
            card = card.replace(**_put(card, edit.path, edit.after))
    return card


def text_at(card: Card, path: str) -> str | None:
    """The text of a field by its path; None where there is none."""
    value: Any = card
    for name, index in _STEP.findall(_dotted(path)[0]):
        value = getattr(value, name, None)
        if index and isinstance(value, tuple):
            value = value[int(index)] if int(index) < len(value) else None
    key = _dotted(path)[1]
    if key is not None:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def _dotted(path: str) -> tuple[str, str | None]:
    """ "indicators[0].targets.a.s. 2026" as the steps and the key of the mapping at their end."""
    match = re.fullmatch(r"(.*\b(?:targets|actuals|history|interim|schedule|due))\.(.+)", path)
    return (match[1], match[2]) if match else (path, None)


def _put(card: Card, path: str, text: str | None) -> dict[str, Any]:
    steps, key = _dotted(path)
    (first, index), *rest = _STEP.findall(steps)

    def changed(value: Any, names: list[tuple[str, str]]) -> Any:
        if not names:
            return {**value, key: text} if key is not None else text
        name, _ = names[0]
        return value.replace(**{name: changed(getattr(value, name), names[1:])})

    value = getattr(card, first)
    if index:
        n = int(index)
        return {first: (*value[:n], changed(value[n], rest), *value[n + 1 :])}
    return {first: changed(value, rest)}


# --------------------------------------------------------------------------------------------- the remedies

Made = tuple[str, Iterable[Edit]]
Maker = Callable[[Finding, Card, Sequence[Card], Profile], Made]


def _shared_out(places: Sequence[tuple[str, str, str | None]], wanted: Decimal | None) -> Iterator[Edit]:
    """Weights (card id, path, text) brought to 100 in proportion; nothing where the profile wants another sum."""
    moved = rebalance([text for _, _, text in places]) if wanted == WANTED else None
    for (card_id, path, before), after in zip(places, moved or [text for _, _, text in places], strict=True):
        yield Edit(card_id, path, before, after)


def _indicators(finding: Finding, card: Card, cards: Sequence[Card], profile: Profile) -> Made:
    places = [(card.id or "", f"indicators[{i}].weight", one.weight) for i, one in live_indicators(card)]
    return "Riequilibra i pesi degli indicatori", _shared_out(places, profile.weights.indicators_total)


def _phases(finding: Finding, card: Card, cards: Sequence[Card], profile: Profile) -> Made:
    places = [
        (card.id or "", f"phases[{i}].weight", phase.weight)
        for i, phase in enumerate(card.phases)
        if phase.weight is not None and not unset(phase.weight) and phase.status not in GONE
    ]
    return "Riequilibra i pesi delle fasi", _shared_out(places, profile.weights.phases_total)


def _staff(finding: Finding, card: Card, cards: Sequence[Card], profile: Profile) -> Made:
    places = [(card.id or "", f"staff[{i}].share", one.share) for i, one in enumerate(card.staff) if one.share is not None]
    return "Riequilibra le quote del personale", _shared_out(places, profile.weights.staff_total)


def _objectives(finding: Finding, card: Card, cards: Sequence[Card], profile: Profile) -> Made:
    if card.kind == "unit_summary":
        places = [
            (card.id or "", f"items[{i}].weight", item.weight)
            for i, item in enumerate(card.items)
            if is_excluded(item, profile) is None
        ]
    else:
        unit = plain(card.unit or card.directorate)
        places = [
            (one.id or "", "weight", one.weight)
            for one in cards
            if one.kind == "objective"
            and one.weight is not None
            and one.status not in GONE
            and plain(one.unit or one.directorate) == unit
            and one.weight not in profile.weights.excluded_marks
        ]
    return "Riequilibra i pesi degli obiettivi", _shared_out(places, profile.weights.objectives_total)


def _figure(title: str) -> Maker:
    """A figure that comes out of others: the one computed takes the place of the one written."""

    def make(finding: Finding, card: Card, cards: Sequence[Card], profile: Profile) -> Made:
        path = finding.where.field or ""
        if finding.code == "RIS003" and path == "outcomes":
            path = next((f"outcomes[{i}].percent" for i in reversed(range(len(card.outcomes))) if card.outcomes[i].percent), "")
        before = text_at(card, path) if path else None
        value = number(finding.expected)
        if before is None or value is None:
            return title, ()
        return title, (Edit(card.id or "", path, before, like(before, finding.expected or "")),)

    return make


def like(before: str, after: str) -> str:
    """A figure written the way the old one was: its "%" and its euro sign, no idle decimals that it did not have.

    >>> like("95,50 %", "96,25"), like("80%", "90,00")
    ('96,25 %', '90%')
    """
    value = number(after)
    if value is not None and "," not in before and value == value.to_integral_value():
        after = tidy(value)
    tail = re.search(r"\s*[%€]\s*$", before)
    return after.rstrip("%€ ") + (tail[0].rstrip() if tail else "")


def unit_edits(card: Card, i: int) -> Iterator[Edit]:
    """Plain numbers among percentages get their "%", shares written as 0,95 become 95%; nothing where in doubt."""
    indicator = card.indicators[i]
    columns: dict[str, Mapping[str, str]] = {name: getattr(indicator, name) for name in _COLUMNS}
    texts = {f"indicators[{i}].{name}.{key}": text for name, column in columns.items() for key, text in column.items()}
    if indicator.baseline is not None:
        texts[f"indicators[{i}].baseline"] = indicator.baseline
    readings = {path: typed(text) for path, text in texts.items() if not unset(text)}
    kinds = {one.type for one in readings.values()}
    if "percent" not in kinds or not kinds <= {"percent", "number"}:
        return
    plain_ones = {path: one.number for path, one in readings.items() if one.type == "number" and one.number is not None}
    fractions = [value for value in plain_ones.values() if 0 < value < 1]
    if fractions and len(fractions) != len(plain_ones) or any(value > WANTED or value < 0 for value in plain_ones.values()):
        return  # 0,95 beside 95: nobody can tell what 1 is; 1.200 is no percentage
    for path, value in plain_ones.items():
        written = italian((value * 100).normalize() if fractions else value)
        match = _SIGNED.fullmatch(texts[path])
        if match:
            yield Edit(card.id or "", path, texts[path], f"{match[1]}{written}%")


MAKERS: dict[str, Maker] = {
    "PES001": _indicators,
    "PES002": _objectives,
    "PES003": _phases,
    "PES004": _staff,
    "RIS001": _figure("Scrivi la percentuale calcolata"),
    "RIS002": _figure("Scrivi lo scostamento calcolato"),
    "RIS003": _figure("Scrivi il totale ricalcolato"),
    "TMP003": _figure("Scrivi la percentuale che danno i mesi"),
}
