"""What the checker hands back: findings with place, remedy and a fingerprint that survives moved lines."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from cards.model import Card, Origin
from scoring.rule import Hit, Level, Rule
from scoring.values import plain, short

Locate = Callable[[str | None, int | None], tuple[int | None, int | None]]
_REASON = re.compile(r"variations\[(\d+)\]\.reason")
_INDEX = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding: 1-based page and line, the cell of a sheet, the field's path in the card."""

    page: int | None = None
    line: int | None = None
    cell: str | None = None
    field: str | None = None

    def to_json(self) -> dict[str, Any]:
        """By the contract's key names."""
        return {"page": self.page, "line": self.line, "cell": self.cell, "field": self.field}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``card`` is what a person calls the card; ``card_id`` its id in the archive (not part of the JSON)."""

    code: str
    level: Level
    message: str
    card: str | None
    where: Where
    found: str | None
    expected: str | None
    basis: str
    fix: str
    fingerprint: str = ""
    card_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """By the contract's key names."""
        return {
            "code": self.code,
            "level": self.level.value,
            "message": self.message,
            "card": self.card,
            "where": self.where.to_json(),
            "found": self.found,
            "expected": self.expected,
            "basis": self.basis,
            "fix": self.fix,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that did not run, and why: never to be read as passed."""

    code: str
    why: str

    def to_json(self) -> dict[str, Any]:
        """By the contract's key names."""
        return {"code": self.code, "why": self.why}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that the office accepts: with reason, author and expiry, or with an old plan's report (``author`` is None)."""

    finding: Finding
    reason: str
    author: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check. Findings are in reading order, then by code; ``waived`` are those accepted, told apart."""

    file: str | None
    profile: str
    findings: tuple[Finding, ...] = ()
    not_run: tuple[Skipped, ...] = ()
    waived: tuple[Accepted, ...] = ()

    @property
    def accepted(self) -> int:
        """How many findings were accepted."""
        return len(self.waived)

    @property
    def summary(self) -> dict[str, int]:
        """How many findings at each level."""
        counted = Counter(finding.level.value for finding in self.findings)
        return {level.value: counted.get(level.value, 0) for level in Level}

    def at_least(self, level: Level | str) -> CheckReport:
        """The same report with the findings of that level and the graver ones."""
        floor = Level(level).rank
        kept = tuple(finding for finding in self.findings if finding.level.rank <= floor)
        return CheckReport(self.file, self.profile, kept, self.not_run, self.waived)

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao check --json``."""
        return {
            "file": self.file,
            "profile": self.profile,
            "findings": [finding.to_json() for finding in self.findings],
            "not_run": [skipped.to_json() for skipped in self.not_run],
            "summary": self.summary,
        }


def card_name(card: Card) -> str:
    """What a person calls a card: code and title, or the unit of a summary table."""
    if card.kind in ("unit_summary", "resource_table"):
        return card.unit or card.title or card.code or "tabella senza nome"
    return " - ".join(part for part in (card.code, card.title) if part) or card.number or card.unit or "scheda senza titolo"


def make_finding(rule: Rule, hit: Hit, card: Card | None, locate: Locate | None = None) -> Finding:
    """A finding without fingerprint: see ``sealed``. ``locate`` tells where a text was read, for a field without a place."""
    place = _place(card, hit.at, locate) if card else None
    return Finding(
        code=rule.code,
        level=hit.level or rule.level,
        message=rule.text(hit),
        card=card_name(card) if card else None,
        where=Where(
            page=hit.page or (place.page if place and hit.line is None else None),
            line=hit.line or (place.line if place else None),
            cell=place.cell if place and hit.line is None else None,
            field=hit.at,
        ),
        found=hit.found,
        expected=hit.expected,
        basis=" · ".join(basis.text() for basis in rule.basis),
        fix=rule.fix,
        fingerprint=_identity(rule, hit, card),
        card_id=card.id if card else None,
    )


def _place(card: Card, at: str | None, locate: Locate | None) -> Origin:
    """The field's place; a list as a whole stands where its first row does, a reason where its paragraph does."""
    if at in ("phases", "indicators", "items", "staff", "resources") and at not in card.provenance:
        return card.place(f"{at}[0]")
    reason = _REASON.fullmatch(at or "")
    if reason and at not in card.provenance and locate is not None and int(reason[1]) < len(card.variations):
        page, line = locate(card.variations[int(reason[1])].reason, card.place(at).line)
        if page is not None or line is not None:
            return Origin(from_="document", page=page, line=line)
    return card.place(at)


def _identity(rule: Rule, hit: Hit, card: Card | None) -> str:
    """What the finding is about, whatever its line: rule, card, element, and what was found where there is no card."""
    parts = [rule.code]
    if card is not None:
        parts += [card.kind, card.code or "", card.number or "", plain(card.title), plain(card.unit), str(card.year or "")]
        parts.append(_named_path(card, hit.at))
    if hit.key is not None:
        parts.append(hit.key)
    elif card is None:
        parts.append(plain(hit.found))
    return "\x1f".join(parts)


def _named_path(card: Card, path: str | None) -> str:
    """The path with names in place of positions: "indicators[3].weight" -> "indicators[tempo medio].weight"."""

    def name(match: re.Match[str]) -> str:
        rows = getattr(card, match[1], ())
        index = int(match[2])
        if not isinstance(rows, tuple) or index >= len(rows):
            return match[0]
        row = rows[index]
        label = (
            ""
            if isinstance(row, str)
            else "|".join(
                plain(str(getattr(row, key)))
                for key in ("code", "number", "name", "title", "text", "at", "object")
                if getattr(row, key, None)
            )
        )
        return f"{match[1]}[{label or plain(row if isinstance(row, str) else '')}]"

    return _INDEX.sub(name, path or "", count=1)


def _order(finding: Finding) -> tuple[Any, ...]:
    where = finding.where
    return (
        where.line is None,
        where.line or 0,
        where.page or 0,
        finding.card or "",
        finding.level.rank,
        finding.code,
        where.field or "",
        finding.found or "",
        finding.message,
        finding.fingerprint,
        finding.card_id or "",
    )


def sealed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in their final order, with fingerprints; equal ones are numbered so that each keeps its own."""
    seen: Counter[str] = Counter()
    result = []
    for finding in sorted(findings, key=_order):
        seen[finding.fingerprint] += 1
        text = f"{finding.fingerprint}\x1f{seen[finding.fingerprint]}"
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
        result.append(replace(finding, fingerprint=digest))
    return tuple(result)


__all__ = ["Accepted", "CheckReport", "Finding", "Skipped", "Where", "card_name", "make_finding", "sealed", "short"]
