"""The card and what surrounds it: frozen values, one JSON shape for archive, commands, drafts and exports.

Numbers stay the document's own strings ("30.000/8", "≥ 98,5%", "06' 29\""); ``cards.quantities`` reads them.
Absent is ``None`` or empty, never a guess. Keys are English, values the document's Italian (see ``docs/glossario.md``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["objective", "service", "indicator", "unit_summary", "resource_table"]
IndicatorKind = Literal["quantita", "tempo", "costo", "qualita"]
Status = Literal["new", "active", "modified", "eliminated", "replaced"]
Action = Literal[
    "eliminate", "replace", "add", "extend", "postpone",
    "change_target", "change_indicator", "change_activity", "change_phase",
]
VariationObject = Literal["objective", "phase", "indicator", "activity"]
GONE = ("eliminated", "replaced")


class Value(BaseModel):
    """A frozen value that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self) -> dict[str, Any]:
        """The value as plain JSON data, by the contract's key names."""
        return self.model_dump(mode="json", by_alias=True)

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed, validated again."""
        return type(self).model_validate({**{k: getattr(self, k) for k in type(self).model_fields}, **changes})


class Source(Value):
    """Where a card was read: pages are 1-based and empty for formats without pages; lines are first and last, 1-based."""

    document: str | None = None
    sha256: str | None = None
    pages: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


class Mark(Value):
    """A span of a draft's text that neither a cited precedent nor the person's input backs. ``kind`` and ``why`` are those of the
    grounding check. It stands until a person confirms it: who, why, and when (UTC, ISO 8601)."""

    span: str
    kind: str
    why: str
    confirmed_by: str | None = None
    reason: str | None = None
    confirmed_at: str | None = None


class Origin(Value):
    """Where one field comes from. ``from`` is "document", a card id, "user", "computed", "model" or "template".

    ``unsupported`` are the spans of its text that nothing backs (``cards.marks``)."""

    from_: str = Field(alias="from")
    document: str | None = None
    page: int | None = None
    line: int | None = None
    cell: str | None = None
    note: str | None = None
    unsupported: tuple[Mark, ...] = ()


class Outcome(Value):
    """A result: ``at`` an ISO date or None, ``label`` and ``percent`` as written."""

    at: str | None = None
    label: str | None = None
    percent: str | None = None


class Phase(Value):
    """A phase. ``schedule`` maps months ("2023-01") or later years ("2024") to shares; ``due`` checkpoints to shares."""

    number: str | None = None
    text: str | None = None
    weight: str | None = None
    start: str | None = None
    end: str | None = None
    assigned_to: str | None = None
    schedule: dict[str, str] = {}
    due: dict[str, str] = {}
    status: Literal["active", "eliminated", "replaced"] | None = None


class Indicator(Value):
    """An indicator with its values by year ("2023") or school year ("a.s. 2021/2022"), all as written.

    ``status`` is set by a variation: an eliminated or replaced indicator stays in the card, struck, and is not measured."""

    code: str | None = None
    name: str | None = None
    kind: IndicatorKind | None = None
    formula: str | None = None
    purpose: str | None = None
    unit: str | None = None
    baseline: str | None = None
    history: dict[str, str] = {}
    targets: dict[str, str] = {}
    targets_by_plan: dict[str, dict[str, str]] = {}
    interim: dict[str, str] = {}
    actuals: dict[str, str] = {}
    deviation: str | None = None
    weight: str | None = None
    achievement: str | None = None
    note: str | None = None
    status: Literal["active", "eliminated", "replaced"] | None = None


class StaffShare(Value):
    """A person of the staff and the share (%) of the objective she carries."""

    name: str | None = None
    category: str | None = None
    share: str | None = None


class Resource(Value):
    """A resource line with its cost as written."""

    description: str | None = None
    cost: str | None = None


class Variation(Value):
    """A requested change to a card with its *motivazione* (``reason``).

    ``name`` is the indicator whose target changes (``old`` and ``new`` are then the targets); ``targets`` the new targets by
    year that the request gives, also for an indicator that it adds.
    """

    action: Action
    object: VariationObject
    number: str | None = None
    old: str | None = None
    new: str | None = None
    reason: str | None = None
    name: str | None = None
    targets: dict[str, str] = {}


class Item(Value):
    """A row of a unit's table: an objective with its weight and results."""

    code: str | None = None
    title: str | None = None
    priority: str | None = None
    weight: str | None = None
    horizon: str | None = None
    outcomes: tuple[Outcome, ...] = ()


class Totals(Value):
    """Declared totals of a table; ``narrative`` is the figure the text beside the table gives."""

    weight: str | None = None
    interim: str | None = None
    final: str | None = None
    narrative: str | None = None


class Card(Value):
    """One objective sheet, service sheet, DUP indicator, unit table or resource table (DESIGN §3)."""

    id: str | None = None
    kind: Kind = "objective"
    entity: str | None = None
    year: int | None = None
    document_type: str | None = None
    code: str | None = None
    number: str | None = None
    title: str | None = None
    status: Status | None = None
    unit: str | None = None
    directorate: str | None = None
    section: str | None = None
    responsible: str | None = None
    manager: str | None = None
    politician: str | None = None
    mission: str | None = None
    mission_name: str | None = None
    programme: str | None = None
    programme_name: str | None = None
    strategic_line: str | None = None
    strategic_objective: str | None = None
    operational_objective: str | None = None
    project: str | None = None
    purpose: str | None = None
    description: str | None = None
    horizon: str | None = None
    start: str | None = None
    end: str | None = None
    priority: str | None = None
    weight: str | None = None
    activities: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    staff: tuple[StaffShare, ...] = ()
    resources: tuple[Resource, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    variations: tuple[Variation, ...] = ()
    items: tuple[Item, ...] = ()
    totals: Totals = Totals()
    source: Source = Source()
    provenance: dict[str, Origin] = {}

    def place(self, path: str | None) -> Origin:
        """Where a field was read, by its path ("indicators[0].targets.2022"); its nearest ancestor's place, else the card's."""
        while path:
            if path in self.provenance:
                return self.provenance[path]
            cut = max(path.rfind("."), path.rfind("["))
            path = path[:cut] if cut > 0 else None
        first_page = self.source.pages[0] if self.source.pages else None
        first_line = self.source.lines[0] if self.source.lines else None
        return Origin(from_="document", document=self.source.document, page=first_page, line=first_line)


class DeclaredTotal(Value):
    """A total that a document states for a group of cards: a strategic line, a unit, a mission. ``value`` as written."""

    kind: Literal["strategic_line", "unit", "body", "resources"]
    name: str
    value: str
    measure: Literal["achievement", "interim", "weight", "amount"] = "achievement"
    page: int | None = None
    line: int | None = None
    text: str | None = None


class Listed(Value):
    """A row of an overview list (objectives to change, strategic-objective map): what the list says exists."""

    list_name: str
    code: str | None = None
    title: str | None = None
    unit: str | None = None
    section: str | None = None
    action: str | None = None
    parent: str | None = None
    level: Literal["strategic_line", "strategic_objective", "operational_objective", "objective"] = "objective"
    page: int | None = None
    line: int | None = None


class Paragraph(Value):
    """A piece of running text with its place: what text rules read (dates, obsolete references, requests)."""

    text: str
    page: int | None = None
    line: int | None = None
    heading: str | None = None


class Passage(Value):
    """A short self-contained text for search. ``context`` says where it stands ("Cremona, 2022, Settore X > obiettivo Y").

    ``text`` is the document's own words; ``kind`` one of objective, indicator, phases, motivation, outcome, narrative,
    resource, table. Never without a place: page or lines is given.
    """

    text: str
    context: str = ""
    kind: str = "narrative"
    card_id: str | None = None
    page: int | None = None
    lines: tuple[int, ...] = ()


class Notice(Value):
    """A line of the reading report: what could not be read, where and why."""

    message: str
    page: int | None = None
    line: int | None = None


class Document(Value):
    """Identity of a document, each part with the evidence it was guessed from (``evidence``: field -> quoted words)."""

    name: str
    sha256: str | None = None
    format: str | None = None
    entity: str | None = None
    year: int | None = None
    document_type: str | None = None
    title: str | None = None
    pages: int | None = None
    evidence: dict[str, str] = {}


class Reading(Value):
    """All that was read in a document: the value that goes from ``ingest`` to ``store`` and ``scoring``."""

    document: Document
    cards: tuple[Card, ...] = ()
    declared: tuple[DeclaredTotal, ...] = ()
    listed: tuple[Listed, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[Notice, ...] = ()
    mapping: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    """Fingerprints of the layouts of its tables (``ingest.layouts``)."""


def card_id(parts: Mapping[str, Any] | tuple[Any, ...]) -> str:
    """A stable id from what identifies a card in its document: the same document read again gives the same id."""
    items = tuple(parts.items()) if isinstance(parts, Mapping) else parts
    text = "\x1f".join("" if part is None else str(part) for part in items)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
