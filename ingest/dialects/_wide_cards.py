"""The objectives of a wide table as they grow row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from cards.model import Card, Document, Indicator
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_text import letters
from ingest.dialects._wide_columns import VALUES

_OWN = ("formula", "purpose", "deviation", "note", "weight", "achievement")


@dataclass(slots=True)
class Draft:
    """An objective being read: its fields, its indicators (field -> text) and where they stand."""

    trace: Trace
    fields: dict[str, str] = field(default_factory=dict)
    indicators: list[dict[str, str]] = field(default_factory=list)
    line_name: str | None = None


class Drafts:
    """Takes the rows in order, carries down what stands only in the first row of a group, gives the cards."""

    def __init__(self, trace: Trace, document: Document, year: int | None) -> None:
        self.trace, self.document, self.year = trace, document, year
        self.line_name: str | None = None
        self.line_place: Line | None = None
        self._drafts: list[Draft] = []
        self._carried: dict[str, tuple[str, Line]] = {}
        self._last: Line | None = None

    def open_line(self, line: Line) -> None:
        """A strategic-line heading: what was carried down ends here."""
        if line.first != self.line_name:
            self._carried = {}
        self.line_name, self.line_place = line.first, line

    def add(self, fields: dict[str, str], line: Line) -> None:
        """A row of the table, already laid under its columns."""
        if not fields:
            return
        broken = self._goes_on(fields, line)
        if broken and self._drafts:
            self._append(self._drafts[-1], fields, line)
        else:
            self._carry(fields, line)
            if self._opens(fields):
                self._open(fields, line)
            elif self._drafts and fields.get("description"):
                self._lengthen(self._drafts[-1].fields, "description", fields["description"])
            self._indicator(fields, line)
        self._last = line

    def _goes_on(self, fields: dict[str, str], line: Line) -> bool:
        """The rest of a row cut by the end of a page: texts without values at the beginning of a table."""
        if self._last is None or any(fields.get(f) for f in VALUES):
            return False
        if self._last.table == line.table:
            return not fields.get("title") and not fields.get("name")
        return True

    def _append(self, draft: Draft, fields: dict[str, str], line: Line) -> None:
        draft.trace.use(line)
        for name, text in fields.items():
            if name in ("name", "formula", "purpose", "note") and draft.indicators:
                self._lengthen(draft.indicators[-1], name, text)
            elif name in ("title", "description", "responsible", "unit"):
                self._lengthen(draft.fields, name, text)
                if name in self._carried:
                    said, where = self._carried[name]
                    self._carried[name] = (f"{said} {text}", where)

    @staticmethod
    def _lengthen(values: dict[str, str], name: str, text: str) -> None:
        values[name] = f"{values[name]} {text}" if values.get(name) else text

    def _carry(self, fields: dict[str, str], line: Line) -> None:
        if fields.get("responsible"):
            self._carried = {"responsible": (fields["responsible"], line)}
        if fields.get("unit"):
            self._carried["unit"] = (fields["unit"], line)

    def _opens(self, fields: dict[str, str]) -> bool:
        title = fields.get("title")
        if not title or not self._drafts:
            return bool(title)
        last = self._drafts[-1]
        same = letters(last.fields.get("title", "")) == letters(title) and last.line_name == self.line_name
        again = fields.get("description")
        return not (same and (not again or letters(again) == letters(last.fields.get("description", ""))))

    def _open(self, fields: dict[str, str], line: Line) -> None:
        draft = Draft(self.trace.card(), line_name=self.line_name)
        for name in ("title", "description"):
            if fields.get(name):
                draft.fields[name] = fields[name]
                draft.trace.mark(name, line.place)
        for name, (text, where) in self._carried.items():
            draft.fields[name] = text
            draft.trace.mark(name, where.place)
        if self.line_place is not None:
            draft.trace.mark("strategic_line", self.line_place.place)
        self._drafts.append(draft)

    def _indicator(self, fields: dict[str, str], line: Line) -> None:
        if not self._drafts:
            self.trace.warn("Tabella degli obiettivi: riga prima del primo obiettivo, non collocata.", line.place)
            return
        draft = self._drafts[-1]
        draft.trace.use(line)
        kept = {f: t for f, t in fields.items() if f in ("name", *_OWN, "target", "actual")}
        if not kept:
            return
        if not kept.get("name"):
            self._nameless(draft, kept, line)
            return
        draft.trace.mark(f"indicators[{len(draft.indicators)}]", line.place)
        draft.indicators.append(kept)

    def _nameless(self, draft: Draft, kept: dict[str, str], line: Line) -> None:
        """Values without an indicator's name: they complete the last indicator where it has none, else they are reported."""
        if draft.indicators and not set(kept) & set(draft.indicators[-1]):
            draft.indicators[-1].update(kept)
            return
        text = ", ".join(kept.values())
        self.trace.warn(f"Obiettivo «{draft.fields['title'][:60]}»: valori senza nome dell'indicatore ({text[:80]}).", line.place)

    def cards(self) -> tuple[Card, ...]:
        """The cards, in reading order."""
        return tuple(self._card(draft) for draft in self._drafts)

    def _card(self, draft: Draft) -> Card:
        fields = draft.fields
        return Card(
            kind="objective", entity=self.document.entity, year=self.year, document_type=self.document.document_type,
            title=fields["title"], unit=fields.get("unit"), responsible=fields.get("responsible"),
            strategic_line=draft.line_name, description=fields.get("description"),
            indicators=tuple(self._value(i) for i in draft.indicators),
            source=draft.trace.source(), provenance=draft.trace.provenance,
        )  # fmt: skip

    def _value(self, found: dict[str, str]) -> Indicator:
        period = str(self.year) if self.year else "atteso"
        return Indicator(
            name=found.get("name"),
            targets={period: found["target"]} if found.get("target") else {},
            actuals={period: found["actual"]} if found.get("actual") else {},
            **{f: found.get(f) for f in _OWN},
        )
