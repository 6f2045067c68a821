"""Objective sheets (*schede obiettivo*) on four tables: header, detail with expected results, phases with weights and dates
by year, interim and final outcome; also when a PDF conversion broke labels and shifted cells.

Recognised by the code path with a title, the phase table with "20xx inizio / fine" and the header's labels. What was put back
together from pieces says so in the provenance; what stays too broken is named in the warnings and left as text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from cards.model import Card, Document, Notice, Origin, Phase, Source
from ingest.blocks import Blocks
from ingest.dialects import _unit_sheet_head as head
from ingest.dialects._letters import key
from ingest.dialects._unit_dates import checkpoint_dates
from ingest.dialects._unit_heads import names_unit
from ingest.dialects._unit_lexicon import Lexicon, doubtful
from ingest.dialects._unit_map import best_path, listed_in
from ingest.dialects._unit_sheet import PATH, Section, Sheet, is_period_header, same_code, sheets_of
from ingest.dialects._unit_sheet_outcome import outcomes_of
from ingest.dialects._unit_sheet_phases import phases_of
from ingest.dialects._unit_stream import CODES, Entry, lines_of, origin, pages_of, stream
from ingest.dialects._unit_words import rejoined
from ingest.dialects.part import Part, spot

NAME = "schede obiettivo con fasi per anno"

_PERSON = re.compile(
    r"(?:dirigente|responsabile|direttore|assessor[ea]\w*|dott\.?(?:ssa)?|avv\.|ing\.|arch\.|rag\.)[:\s]+((?:[A-ZÀ-Ü][\w'’]+\s?){2,4})|"
    r"\(((?:[A-ZÀ-Ü][\w'’]+\s?){2,4})\)"
)  # fmt: skip
_PERSON_HINTS = ("(", "dirig", "respons", "direttore", "assessor", "dott", "avv.", "ing.", "arch.", "rag.")  # each match has one
_REBUILT = "ricomposto da celle spezzate"


def matches(blocks: Blocks) -> float:
    """0.95 where phases by year stand, 0.6 where only header pages do, else 0: after the unit tables, before the map."""
    entries = stream(blocks)
    if any(is_period_header(entry.cells) for entry in entries):
        return 0.95
    if not any(entry.is_row and PATH.search(entry.joined[:300]) for entry in entries):
        return 0.0
    return 0.6 if any("header" in sheet.sections for sheet in sheets_of(entries, names_unit)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """One ``objective`` card per sheet."""
    entries = stream(blocks)
    sheets = sheets_of(entries, names_unit)
    reader = _Reader(entries, document)
    reader.learn_names(sheets)
    cards = tuple(reader.card(sheet) for sheet in sheets)
    used = frozenset(spot(row.place) for sheet in sheets for row in sheet.entries)
    mapping = ("schede obiettivo: titolo, finalità, durata, priorità, peso, fasi con peso e date, esiti",) if cards else ()
    return Part(cards, (), (), used, tuple(reader.warnings), mapping)


class _Reader:
    """What the sheets of a document share: its words, names, titles by code, checkpoint dates."""

    def __init__(self, entries: Sequence[Entry], document: Document) -> None:
        self.document = document
        self.lexicon = Lexicon.of(entries)
        self.names = Counter(" ".join(name.split()) for entry in entries for name in _people(entry))
        self.names.update({name: self.names[name] for name in list(self.names)})
        self.titles = list(_titles(entries))
        self.dates = checkpoint_dates(entries, document.year)
        self.map = listed_in(entries)
        self.warnings: list[Notice] = []

    def learn_names(self, sheets: Sequence[Sheet]) -> None:
        """Count the names that the sheets themselves give: one read alike on several sheets is right."""
        for sheet in sheets:
            for label in ("responsabile", "assessore"):
                text = head.value(head.labelled(sheet.rows("header"), label), self.lexicon) or ""
                if len(text.split()) > 1 and all(word[:1].isupper() for word in text.split()):
                    self.names[text] += 1

    def card(self, sheet: Sheet) -> Card:
        """The card of a sheet."""
        rows, origins = sheet.rows("header"), {}

        def note(path: str, entry: Entry | None, text: str | None = None) -> None:
            if entry is not None:
                origins[path] = origin(entry.place, self.document.name, text)

        found = {name: head.labelled(rows, *labels) for name, labels in {
            "responsible": ("responsabile",), "start": ("durata",), "politician": ("assessore",), "priority": ("priorita",),
            "section": ("unitaorganizzativa",), "unit": ("settoreservizio", "settore", "servizio"),
        }.items()}  # fmt: skip
        title, title_entry, rebuilt = self._title(sheet)
        note("title", title_entry, _REBUILT if rebuilt else None)
        note("code", sheet.code_entry, f"codice completo: {sheet.path}{sheet.code}" if sheet.path else None)
        purpose = head.purpose(rows, self.lexicon)
        note("purpose", purpose[1] if purpose else None)
        if purpose and not purpose[0]:
            said = "la finalità ha parti mancanti nel documento: non è nella scheda, si trova cercando nel testo"
            self._warn(f"{sheet.code or 'scheda'}: {said}", purpose[1])
        for name, row in {**found, "end": found["start"], "weight": found["priority"]}.items():
            note(name, row)
        note("unit", sheet.unit or found["unit"])
        start, end = head.dates(found["start"], self.document.year)
        path = self._path(rows, note) or self._mapped(rows, note)
        phases = self._phases(sheet, origins)
        outcomes = outcomes_of(sheet.rows("monitoring"), sheet.lines, self.dates)
        for n, (_, place) in enumerate(outcomes):
            origins[f"outcomes[{n}]"] = origin(place, self.document.name)
        if "monitoring" in sheet.sections and not any(o.at == self.dates[1] for o, _ in outcomes):
            said = "l'esito finale non si legge: controllalo nel documento"
            self._warn(f"{sheet.code or 'scheda'}: {said}", sheet.rows("monitoring")[-1])
        description = self._description(sheet, note)
        places = [entry.place for entry in sheet.entries]
        return Card(
            entity=self.document.entity, year=self.document.year, document_type=self.document.document_type,
            code=re.sub(r"\s*/\s*", " / ", sheet.code) if sheet.code else None, title=title,
            unit=sheet.unit.text if sheet.unit else head.value(found["unit"], self.lexicon),
            section=head.value(found["section"], self.lexicon),
            responsible=head.best_name(found["responsible"], self.names, self.lexicon),
            politician=head.best_name(found["politician"], self.names, self.lexicon), purpose=purpose[0] if purpose else None,
            start=start, end=end, priority=head.priority(found["priority"]), weight=head.weight(found["priority"]),
            description=description, phases=phases, outcomes=tuple(o for o, _ in outcomes), provenance=origins, **path,
            source=Source(
                document=self.document.name, sha256=self.document.sha256, pages=pages_of(places), lines=lines_of(places),
            ),
        )  # fmt: skip

    def _title(self, sheet: Sheet) -> tuple[str | None, Entry | None, bool]:
        """The title where it stands whole; else the one another table gives for the code; else put together from pieces."""
        order: tuple[Section, ...] = ("detail", "phases", "monitoring", "header")
        heads = [
            (section, found)
            for section in order
            for table in sheet.sections.get(section, ())
            if (found := head.title_cells(table))
        ]
        whole = [(cells[0], row) for section, (cells, row) in heads if len(cells) == 1 and section != "header"]
        if not whole and "detail" not in sheet.sections:
            whole = [(cells[0], row) for _, (cells, row) in heads if len(cells) == 1]
        if whole and not doubtful(whole[0][0], self.lexicon):
            return _unmarked(whole[0][0]), whole[0][1], False
        known = [(title, entry) for code, title, entry in self.titles if same_code(code, sheet.code)]
        if known:
            return *max(known, key=lambda one: len(one[0])), False
        if whole:
            return _unmarked(whole[0][0]), whole[0][1], False
        if heads:
            cells, row = heads[0][1]
            return _unmarked(rejoined(cells, self.lexicon)), row, True
        self._warn("scheda senza titolo leggibile", sheet.entries[0])
        return None, None, False

    def _phases(self, sheet: Sheet, origins: dict[str, Origin]) -> tuple[Phase, ...]:
        found, lost = phases_of(sheet.rows("phases"), self.lexicon)
        for n, one in enumerate(found):
            origins[f"phases[{n}]"] = origin(one.place, self.document.name, one.printed)
            if one.broken:
                self._warn(f"{sheet.code or 'scheda'}, fase {one.phase.number}: {one.broken}", Entry(one.place))
        for row in lost:
            if row.joined and not head.title_cells([row]) and "obiet" not in key(row.joined)[:12]:
                self._warn(f"{sheet.code or 'scheda'}: riga delle fasi non collocata: «{row.joined[:80]}»", row)
        return tuple(one.phase for one in found)

    def _description(self, sheet: Sheet, note: Callable[[str, Entry | None], None]) -> str | None:
        texts: list[str] = []
        expected = False
        for row in sheet.rows("detail"):
            name = key(row.cells[0])
            if name.startswith(("obiettivo", "objettivo")):
                continue
            body = _whole([c for c in row.cells[1:] if not key(c).startswith("risultatiattesi")], self.lexicon)
            if not expected and name.startswith("risultatoatteso"):
                expected, body = True, f"Risultato atteso: {body}" if body else ""
            if body:
                if not texts:
                    note("description", row)
                texts.append(body)
        return "\n".join(texts) or None

    def _path(self, rows: Sequence[Entry], note: Callable[[str, Entry | None], None]) -> dict[str, str]:
        """Strategic line and objectives where each stands on a row of its own; mashed together they stay in the text."""
        fields = {"indirizzostrategico": "strategic_line", "obiettivostrategico": "strategic_objective",
                  "obiettivooperativo": "operational_objective"}  # fmt: skip
        path: dict[str, str] = {}
        for row in rows:
            name = fields.get(key(row.cells[0]))
            text = head.value(row, self.lexicon) if name else None
            if name and text:
                path[name] = text
                note(name, row)
        return path

    def _mapped(self, rows: Sequence[Entry], note: Callable[[str, Entry | None], None]) -> dict[str, str]:
        """Where the three labels share a row, the path of the document's strategic map that its words fit."""
        row = next((row for row in rows if key(row.cells[0]).startswith("indirizzostrategico")), None)
        path = best_path(self.map, row.joined) if row else {}
        for name in path:
            note(name, row)
        return path

    def _warn(self, message: str, entry: Entry) -> None:
        self.warnings.append(Notice(message=message, page=entry.place.page, line=entry.place.line))


def _whole(pieces: Sequence[str], lexicon: Lexicon) -> str:
    """A long text; where a conversion cut off the left strip of its lines, the strip (line ends mixed) stays out."""
    longest = max(pieces, key=len, default="")
    strips = [piece for piece in pieces if piece and len(piece) * 3 < len(longest)]
    return longest if len(longest) > 200 and strips else rejoined(pieces, lexicon)


def _people(entry: Entry) -> Iterator[str]:
    text = entry.joined
    if len(text) < 3000 and any(map(text.__contains__, _PERSON_HINTS)):
        yield from (found[1] or found[2] for found in _PERSON.finditer(text))


def _titles(entries: Sequence[Entry]) -> Iterator[tuple[str, str, Entry]]:
    """Titles by code from tables where they stand whole ("S1.00001 - Title")."""
    for entry in entries:
        for cell in entry.cells:
            found = CODES.match(cell)
            rest = cell[found.end() :] if found else ""
            if found and re.match(r"\s*[-–—]\s*\S", rest) and len(rest) > 12 and not CODES.search(rest):
                yield found[0], _unmarked(rest.strip(" -–—")), entry


def _unmarked(title: str) -> str:
    return re.sub(r"[\s*^{}]*\*[\s*^{}]*$", "", title).strip()
