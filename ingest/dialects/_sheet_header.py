"""The header of a sheet: labels with their value beside them, after a colon, or in the row below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.dialects._sheet_lines import WIDEST, Line, Trace
from ingest.dialects._sheet_text import letters

_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("politician", r"assessor[ei]|assessoredi?riferimento|sindaco|amministratore"),
        ("manager", r"dirigent[ei]|direttore"),
        ("responsible", r"(?:po|eq|titolare[ep]q|incaricato[ep]q)?responsabil[ei]|responsabileeq|poresponsabile|eqresponsabile"),
        ("clerk", r"funzionario"),
        ("section", r"sezion[ei]"),
        ("unit", r"settor[ei]"),
        ("mission", r"mission[ei]"),
        ("programme", r"programm[ai]"),
        ("strategic_objective", r"obiettivostrategico"),
        ("operational_objective", r"obiettivooperativo"),
        ("project", r"progetto"),
        ("purpose", r"finalita"),
        ("title", r"titoloobiettivo|titolodellobiettivo"),
        ("horizon", r"orizzontetemporale"),
        ("description", r"descrizioneobiettivo|descrizionedellobiettivo"),
        ("service", r"servizio"),
        ("number", r"nscheda|numeroscheda"),
    )
)
_LABEL_END = re.compile(r"[^()]{1,20}\)")
_REACH, _WORDS = 70, 7  # characters and words a label before a colon may have


@dataclass(frozen=True, slots=True)
class Label:
    """A label found in a cell: its field, the column, and the value that stands in the same cell ("" for none)."""

    field: str
    column: int
    value: str = ""
    alone: bool = True


def field_of(text: str) -> str | None:
    """The field that a label names: "MISSIONE (SeS e SeO DUP)" is the mission."""
    key = letters(re.sub(r"\([^()]*\)?", "", text))
    return next((name for name, pattern in _FIELDS if pattern.fullmatch(key)), None) if len(key) <= 40 else None


def labels_in(line: Line) -> list[Label]:
    """Every label of a row, left to right; a cell may hold several ("SEZIONE: … FUNZIONARIO: …")."""
    return [label for column, cell in line.filled[:WIDEST] for label in _labels_of(cell, column)]


def _labels_of(cell: str, column: int) -> list[Label]:
    whole = field_of(cell)
    if whole:
        return [Label(whole, column)]
    found: list[tuple[str, int, int]] = []
    for colon in (i for i, c in enumerate(cell) if c == ":"):
        label = _label_before(cell, colon)
        if label and (label[1] == 0 or (found and cell[label[1] : colon].isupper())):
            found.append((*label, colon + 1))
    ends = [start for _, start, _ in found[1:]] + [len(cell)]
    return [Label(name, column, cell[end:stop].strip(), alone=False) for (name, _, end), stop in zip(found, ends, strict=False)]


def _label_before(cell: str, colon: int) -> tuple[str, int] | None:
    """The field and the start of the label that ends at a colon: the longest run of words that is one."""
    begin = max(0, colon - _REACH)
    starts = [begin + m.start() for m in re.finditer(r"\S+", cell[begin:colon])]
    for start in starts[-_WORDS:] if begin or len(starts) > _WORDS else starts:
        name = field_of(cell[start:colon]) if cell[start] != "(" else None
        if name:
            return name, start
    return None


@dataclass(slots=True)
class Header:
    """Reads a header row by row. ``values``: field -> text."""

    trace: Trace
    values: dict[str, str] = field(default_factory=dict)
    _pending: list[Label] = field(default_factory=list)
    _columns: dict[int, str] = field(default_factory=dict)

    def read(self, line: Line) -> bool:
        """Take a row; False if it is nothing that a header has."""
        labels = labels_in(line)
        if labels:
            self._labelled(labels, line)
        elif self._pending:
            self._below(line)
        elif not self.values and len(line.filled) == 1:
            self._set("directorate", line.filled[0], line)
        else:
            return self._continued(line)
        self.trace.use(line)
        return True

    def _labelled(self, labels: list[Label], line: Line) -> None:
        self._pending, self._columns = [], {}
        taken = {label.column for label in labels}
        for label in labels:
            if label.value:
                self._set(label.field, (label.column, label.value), line)
                continue
            stop = min((c for c in taken if c > label.column), default=len(line.cells))
            beside = next(((i, c) for i, c in line.filled if label.column < i < stop), None)
            if beside:
                self._set(label.field, beside, line)
            elif label.alone or len(labels) == 1:
                self._pending.append(label)

    def _below(self, line: Line) -> None:
        """Values under their labels: one each in order, else by the nearest label to the left."""
        if all(_LABEL_END.fullmatch(cell) for _, cell in line.filled):
            return  # the end of a label cut by a page: "SeO DUP)"
        pending, columns = self._pending, self._columns
        self._pending, self._columns = [], {}
        going_on = [(i, cell) for i, cell in line.filled if i in columns and all(label.column != i for label in pending)]
        for column, cell in going_on:
            self._set(columns[column], (column, cell), line)
        cells = [cell for cell in line.filled if cell not in going_on]
        if len(cells) == len(pending):
            pairs = list(zip(pending, cells, strict=True))
        else:
            pairs = [(_nearest(pending, column), (column, cell)) for column, cell in cells]
        for label, (column, cell) in pairs:
            text, joined = _label_at_end(cell)
            self._set(label.field, (column, text), line)
            if joined:
                self._pending.append(Label(joined, column))

    def _continued(self, line: Line) -> bool:
        """The rest of values cut by the end of a page, in the same columns."""
        if not line.filled or any(column not in self._columns for column, _ in line.filled):
            return False
        for column, cell in line.filled:
            self.values[self._columns[column]] += f" {cell}"
        self.trace.use(line)
        return True

    def _set(self, name: str, cell: tuple[int, str], line: Line) -> None:
        column, text = cell
        self.values[name] = f"{self.values[name]} {text}" if name in self.values else text
        self._columns[column] = name
        self.trace.mark("title" if name == "service" else name, line.place)


def _label_at_end(text: str) -> tuple[str, str | None]:
    """A value to which the label of the next row was joined across a page ("… più efficiente PROGETTO"), taken apart."""
    words = text.split(" ")
    for count in (3, 2, 1):
        tail, rest = " ".join(words[-count:]), " ".join(words[:-count])
        name = field_of(tail) if tail.isupper() and rest and not rest.isupper() else None
        if name:
            return rest, name
    return text, None


def _nearest(labels: list[Label], column: int) -> Label:
    left = [label for label in labels if label.column <= column]
    return left[-1] if left else labels[0]


def numbered(text: str | None) -> tuple[str | None, str | None]:
    """"12 Diritti sociali" as number and name; a text without a number is a name alone."""
    found = re.fullmatch(r"(\d{1,2})(?:\s*[-–.:]\s*|\s+)(.+)", text or "")
    return (found[1], found[2]) if found else (None, text)
