"""The lines of text around tables: "Etichetta: valore", "Obiettivo 3 - titolo", "SETTORE TECNICO", a heading that is a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, Place
from ingest.generic.draft import Cell
from ingest.generic.evidence import kind_of
from ingest.generic.header import header_at, label_of
from ingest.generic.infer import inferred
from ingest.generic.pairs import LABELLED, NUMBER, OBJECTIVE, inner, labelled, number_of, numbering
from ingest.generic.rows import renewed, section_fields, section_of
from ingest.generic.settle import UNTIL
from ingest.generic.sheet import CHAINS, Sheets, own_label
from ingest.generic.synonyms import Column, plain

_TITLED = re.compile(
    rf"{OBJECTIVE}\s*(?:n\.?|nr\.?|n°)?\s*(?P<number>{NUMBER})?\s*[:.–-]\s*(?P<title>.{{4,300}})$", re.I | re.S
)
_PART = re.compile(
    r"\b(?:indicator[ei]|fas[ei]|attivita|azioni|cronoprogramma|risorse|personale|dipendenti|tempi|gantt|monitoraggio|consuntivo"
    r"|rendicontazione|pianificazione|articolazione|misurazione|note|risultat[oi]|target|programmazione temporale)\b"
)  # words of a heading inside a card's sheet
_WORDY = ("title", "description", "purpose")
_FULL = 50  # characters of a line that goes on in the next one
_ALONE = 40  # characters of a label alone on its line
AHEAD = 4  # blocks after a line that tell whether it opens a sheet
_CODED = re.compile(
    r"(?P<code>[A-Z]{1,5}[._-]?\d{1,3}(?:[._-][A-Z0-9]{1,4}){0,4}|\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s*(?:[-–:]\s*)?\s"
    r"(?P<title>[^\W\d].{5,200}[^\s.:;,])"
)
_OF_A_SHEET = ("description", "purpose", "weight", "card.weight", "responsible", "manager", "end", "phase.text", "horizon")
_CHAINS: tuple[tuple[str | None, ...], ...] = (*CHAINS, ("directorate", "unit", "section"))
_VALUED = re.compile(r"(?P<name>.{4,160}?)\s*(?::|=|–|→)\s*(?P<value>[^:]{1,60})$", re.S)
_ITEM = re.compile(r"^\s*(?:[-•·–*▪]|\d{1,2}[.)])\s*")



def names_objective(text: str) -> bool:
    """Whether a line opens an objective ("OBIETTIVO 2: Rateizzare")."""
    return bool(len(text) <= 360 and (_TITLED.match(text) or number_of(text)))


@dataclass(slots=True)
class Lines:
    """Reads text into the sheets. ``heading`` is the level of the last heading, ``number`` that of an objective still without a
    title, ``tail`` the field and line of a text that may go on, ``label`` the heading whose text is awaited, ``levels`` those of
    the headings that gave each field of the context."""

    sheets: Sheets
    overrides: Mapping[str, str] | None
    heading: float = 0.0
    levels: dict[str, float] = field(default_factory=dict)
    ahead: Sequence[Block] = ()
    number: Cell | None = None
    tail: tuple[str, int] | None = None
    label: tuple[Column, Cell] | None = None

    def table(self) -> None:
        """A table begins: no text is awaited any more, only the title of a number."""
        self.label = None

    def read(self, block: Block, ahead: Sequence[Block] = ()) -> None:
        """A heading or a paragraph: a line "Etichetta: valore", "Obiettivo 3 - titolo" or "SETTORE TECNICO" outside tables.

        ``ahead`` are the blocks that follow it."""
        self.ahead = ahead
        parts = block.text.split("\n")
        if len(parts) > 1 and all(LABELLED.match(part) and labelled(part, self.overrides) for part in parts):
            for part in parts:
                self.read(replace(block, text=part), ahead)
            return
        if self._wrapped(block):
            return
        before = self.heading
        if block.kind == "heading":
            self.heading = float(block.level)
        if self.objective(block.text, block.place) or self._section(block, before) or self._coded(block):
            return
        found = labelled(block.text, self.overrides) if len(block.text) <= 1500 else None
        if found:
            self.label = None
            self._line(found, block)
        elif self._follows(block):
            pass
        elif block.kind == "heading" or block.bold or block.text.rstrip().endswith(":") or self._alone(block):
            column = label_of(block.text, self.overrides)
            mine = self.sheets.open is not None and own_label(column)
            self.label = (column, Cell("", block.place, 0, block.text.strip())) if mine and column else None
            inside = self.label is not None or self._inside(block)
            if block.kind == "heading" and not inside:
                self.sheets.close()
                self.sheets.heads = {}
                self.number = None

    def _wrapped(self, block: Block) -> bool:
        """The rest of a sentence whose line ended before it ("… in cemento amianto e la" / "posa dei contatori."): it goes on the
        value above, of the same card."""
        open_card, self.tail, tail = self.sheets.open, None, self.tail
        if tail is None or open_card is None or block.kind != "paragraph" or block.place.line is None:
            return False
        field_name, line = tail
        cell = open_card.fields.get(field_name)
        if cell is None or block.place.line != line + 1 or len(cell.text) < _FULL or cell.text.rstrip()[-1:] in ".;:!?":
            return False
        if not block.text[:1].islower() or labelled(block.text, self.overrides):
            return False
        open_card.fields[field_name] = replace(cell, text=f"{cell.text.rstrip()} {block.text.strip()}")
        open_card.places.append(block.place)
        self.tail = (field_name, block.place.line)
        return True

    def objective(self, text: str, place: Place) -> bool:
        """ "Obiettivo n. 3 - titolo" opens a card; "OBIETTIVO N. 3" alone says the number of the one that follows."""
        titled = _TITLED.match(text) if len(text) <= 360 else None
        if titled and not any(sign.isalpha() for sign in titled["title"]):
            titled = None  # "Obiettivo n. ......: 1"
        number = titled["number"] if titled else number_of(text)
        if titled is None and number is None:
            return False
        self.sheets.promote()
        self.sheets.close(keep=True)
        self.label = self.number = None
        cell = Cell(number, place, 0, "Obiettivo") if number else None
        if titled:
            self.sheets.begin(Cell(" ".join(titled["title"].split()), place, 0, "Obiettivo"), cell, self.heading)
            self.tail = ("title", place.line) if place.line else None
        else:
            self.number = cell
        return True

    def pair(self, column: Column, cell: Cell) -> None:
        """A labelled value; a title takes the number of the line "OBIETTIVO N. 3" above it."""
        if self.number is not None and column.field == "title":
            if all(one.field not in ("number", "code") for one, _ in self.sheets.waiting):
                self.sheets.waiting.append((Column(numbering(self.number.text)), self.number))
            self.number = None
        self.sheets.pair(column, cell, self.heading)

    def _coded(self, block: Block) -> bool:
        """ "OB.1.2 Rifare i marciapiedi" over lines of labels: an objective with its code, or its number."""
        found = _CODED.fullmatch(block.text.strip()) if len(block.text) <= 240 else None
        if found is None or block.kind == "paragraph" and self.label is not None and not found["code"][0].isalpha():
            return False
        fields = list(self._labels_ahead())
        if "title" in fields or not any(f in _OF_A_SHEET or f.startswith("indicator.") for f in fields[:1]):
            return False
        if found["code"][0].isdigit() and len(fields) < 2:
            return False
        self.sheets.promote()
        self.sheets.close(keep=True)
        self.label = self.number = None
        code = Cell(found["code"], block.place, 0, "Obiettivo")
        self.sheets.begin(Cell(" ".join(found["title"].split()), block.place, 0, "Obiettivo"), code, self.heading)
        return True

    def _labels_ahead(self) -> Iterator[str]:
        """The fields of the labelled lines that follow at once."""
        for block in self.ahead:
            if block.kind == "table":
                header = header_at(block.rows, 0, inferred(block.rows, self.overrides))
                if header is not None and "title" not in header.fields and header.fields & {"indicator.name", "phase.text"}:
                    yield from ("indicator.name", "indicator.target")
                return
            one = labelled(block.text, self.overrides)
            column = one[0] if one else label_of(block.text, self.overrides) if block.text.rstrip().endswith(":") else None
            if column is None:
                return
            yield column.field

    def _section(self, block: Block, before: float) -> bool:
        """A heading, or a line in capitals or bold, that names the unit or the strategic line of what follows.

        What a heading of the same level or above said before is over; ``before`` is the level of the last heading."""
        level = self.heading if block.kind == "heading" else self.heading + 0.5
        if block.kind == "heading" and section_of(block.text) is None and not self._inside(block):
            self._forget(level)
        if block.kind != "heading" and not block.bold and not block.text.isupper():
            return False
        field_name = section_of(block.text)
        if field_name is None:
            return False
        if self.sheets.open is None and level > before:
            known = set(self.sheets.context)
            self.sheets.promote()
            self.levels |= dict.fromkeys(self.sheets.context.keys() - known, before + 0.4)
        self.sheets.close()
        self._forget(level, field_name)
        given = section_fields(field_name, block.text, block.place)
        self.sheets.context = renewed(self.sheets.context, given)
        self.levels |= dict.fromkeys(given, level)
        return True

    def _forget(self, level: float, section: str | None = None) -> None:
        """What was said at this level or below is over; at this very level a section ends its own kind alone ("Programma" goes on
        inside "Missione")."""
        chain = next((one for one in _CHAINS if section in one), (section,))
        ended = chain[chain.index(section) :]
        for name in list(self.sheets.context):
            at = self.levels.get(name, 0.0)
            kind = name.removesuffix("_name")
            if at > level or at == level and (section is None or kind in ended):
                self.sheets.context.pop(name)
                self.levels.pop(name, None)

    def _inside(self, block: Block) -> bool:
        """A heading that stands inside a card's sheet: of a lower level than the card's own, or a part's name."""
        if self.sheets.open is None:
            return bool(self.sheets.waiting)
        if self._goes_on(block):
            return True
        words = plain(block.text).split()
        return block.level > self.sheets.level > 0 or len(words) <= 6 and bool(_PART.search(" ".join(words)))

    def _alone(self, block: Block) -> bool:
        """A line that is a label of the open card and nothing else, with its text in the line after."""
        told = bool(self.ahead) and self.ahead[0].kind == "paragraph" and self.sheets.open is not None
        return told and len(block.text) <= _ALONE and own_label(label_of(block.text, self.overrides))

    def _goes_on(self, block: Block) -> bool:
        """A line alone in the card's own sheet of a workbook, where its size tells nothing: no other objective follows it."""
        if block.place.sheet is None or self.sheets.open is None or self.sheets.open.places[0].sheet != block.place.sheet:
            return False
        table = next((block for block in self.ahead if block.kind == "table"), None)
        header = header_at(table.rows, 0, inferred(table.rows, self.overrides)) if table else None
        return header is None or "title" not in header.fields

    def _line(self, found: tuple[Column, str, str, str | None], block: Block) -> None:
        column, label, value, count = found
        value, more = inner(value, self.overrides)
        self.sheets.above(column, Cell(value, block.place, 0, label))
        self.pair(column, Cell(value, block.place, 0, label))
        self.tail = (column.field, block.place.line) if column.field in _WORDY and block.place.line and not more else None
        if count and column.field == "phase.text" and self.sheets.open is not None and self.sheets.open.phases:
            self.sheets.open.phases[-1].values["number"] = Cell(count, block.place, 0, label)
        for other, name, text in more:
            self.sheets.pair(other, Cell(text, block.place, 0, name), self.heading)

    def _follows(self, block: Block) -> bool:
        """The text under a heading that is a label, or under "OBIETTIVO N. 3" alone."""
        text = block.text.strip()
        if block.kind == "heading" and self.number is None:
            return False
        if self.number is not None:
            number, self.number = self.number, None
            if 4 <= len(text) <= 300 and label_of(text, self.overrides) is None:
                self.sheets.begin(Cell(" ".join(text.split()), block.place, 0, "Obiettivo"), number, self.heading)
                return True
        if self.label is None:
            return False
        column, cell = self.label
        listed = column.field in ("phase.text", "indicator.name")
        if listed and not _ITEM.match(text) or not listed and len(text) > 120 and column.field not in ("description", "purpose"):
            return False
        value, more = inner(_ITEM.sub("", text), self.overrides) if listed else (text, [])
        if listed and not more:
            value, more = _parted(column, value)
        self.sheets.pair(column, Cell(value, block.place, 0, cell.header), self.heading)
        numbered = re.match(r"\s*(\d{1,2})[.)]", text)
        if numbered and column.field == "phase.text" and self.sheets.open is not None and self.sheets.open.phases:
            self.sheets.open.phases[-1].values["number"] = Cell(numbered[1], block.place, 0, cell.header)
        for other, name, rest in more:
            self.sheets.pair(other, Cell(rest, block.place, 0, name), self.heading)
        if not listed:
            self.label = None
        return True


def _parted(column: Column, text: str) -> tuple[str, list[tuple[Column, str, str]]]:
    """An item of a list of phases with its deadline ("Gara (entro 30/06/2026)"), or of indicators with its target ("Km: 4")."""
    if column.field == "phase.text" and (until := UNTIL.search(text)):
        return text[: until.start()].strip(), [(Column("phase.end", header="entro"), "entro", until["end"].strip())]
    found = _VALUED.fullmatch(text) if column.field == "indicator.name" else None
    if found and kind_of(found["value"].strip()) in ("quantity", "percent", "date", "verdict"):
        return found["name"].strip(), [(Column("indicator.target", header=column.header), column.header, found["value"].strip())]
    return text, []
