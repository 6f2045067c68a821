"""The lines of text around tables: "Etichetta: valore", "Obiettivo 3 - titolo", "SETTORE TECNICO", a heading that is a label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.blocks import Block, Place
from ingest.generic.draft import Cell
from ingest.generic.header import label_of
from ingest.generic.pairs import inner, labelled
from ingest.generic.rows import section_fields, section_of
from ingest.generic.sheet import Sheets, own_label
from ingest.generic.synonyms import Column, plain

_NUMBER = r"\d{1,3}(?:\.\d{1,3})*|[A-Z]{1,3}\d[\w.]*"
_OBJECTIVE = r"(?:scheda\s+)?obiettivo(?:\s+(?:gestionale|operativo|esecutivo|specifico|di performance|di peg))?"
_TITLED = re.compile(
    rf"{_OBJECTIVE}\s*(?:n\.?|nr\.?|n°)?\s*(?P<number>{_NUMBER})?\s*[:.–-]\s*(?P<title>.{{4,300}})$", re.I | re.S
)
_NUMBERED = re.compile(rf"{_OBJECTIVE}\s*(?:n\.?|nr\.?|n°|numero)?\s*(?P<number>{_NUMBER})\s*[:.]?$", re.I)
_PART = re.compile(
    r"\b(?:indicator[ei]|fas[ei]|attivita|azioni|cronoprogramma|risorse|personale|dipendenti|tempi|gantt|monitoraggio|consuntivo"
    r"|rendicontazione|pianificazione|articolazione|misurazione|note|risultat[oi]|target|programmazione temporale)\b"
)  # words of a heading inside a card's sheet
_ITEM = re.compile(r"^\s*(?:[-•·–*▪]|\d{1,2}[.)])\s*")



def names_objective(text: str) -> bool:
    """Whether a line opens an objective ("OBIETTIVO 2: Rateizzare")."""
    return bool(len(text) <= 360 and (_TITLED.match(text) or _NUMBERED.match(text.strip())))


@dataclass(slots=True)
class Lines:
    """Reads text into the sheets. ``heading`` is the level of the last heading, ``number`` that of an objective still without a
    title, ``label`` the heading whose text is awaited."""

    sheets: Sheets
    overrides: Mapping[str, str] | None
    heading: float = 0.0
    context_level: float = 0.0
    number: Cell | None = None
    label: tuple[Column, Cell] | None = None

    def table(self) -> None:
        """A table begins: no text is awaited any more."""
        self.label = self.number = None

    def read(self, block: Block) -> None:
        """A heading or a paragraph: a line "Etichetta: valore", "Obiettivo 3 - titolo" or "SETTORE TECNICO" outside tables."""
        if block.kind == "heading":
            self.heading = float(block.level)
        if self.objective(block.text, block.place) or self._section(block):
            return
        found = labelled(block.text, self.overrides) if len(block.text) <= 1500 else None
        if found:
            self.label = None
            self._line(found, block)
        elif self._follows(block):
            pass
        elif block.kind == "heading" or block.bold:
            column = label_of(block.text, self.overrides)
            mine = self.sheets.open is not None and own_label(column)
            self.label = (column, Cell("", block.place, 0, block.text.strip())) if mine and column else None
            inside = self.label is not None or self._inside(block)
            if block.kind == "heading" and not inside:
                self.sheets.close()
                self.number = None

    def objective(self, text: str, place: Place) -> bool:
        """ "Obiettivo n. 3 - titolo" opens a card; "OBIETTIVO N. 3" alone says the number of the one that follows."""
        titled = _TITLED.match(text) if len(text) <= 360 else None
        alone = None if titled else _NUMBERED.match(text.strip())
        found = titled or alone
        if found is None:
            return False
        self.sheets.promote()
        self.sheets.close(keep=True)
        self.label = self.number = None
        number = Cell(found["number"], place, 0, "Obiettivo") if found["number"] else None
        if titled:
            self.sheets.begin(Cell(" ".join(titled["title"].split()), place, 0, "Obiettivo"), number, self.heading)
        else:
            self.number = number
        return True

    def _section(self, block: Block) -> bool:
        """A heading, or a line in capitals or bold, that names the unit or the strategic line of what follows."""
        level = self.heading if block.kind == "heading" else self.heading + 0.5
        if block.kind == "heading" and self.sheets.context and level <= self.context_level and not self._inside(block):
            self.sheets.context = {}
        if block.kind != "heading" and not block.bold and not block.text.isupper():
            return False
        field_name = section_of(block.text)
        if field_name is None:
            return False
        self.sheets.close()
        self.sheets.context |= section_fields(field_name, block.text, block.place)
        self.context_level = level
        return True

    def _inside(self, block: Block) -> bool:
        """A heading that stands inside a card's sheet: of a lower level than the card's own, or a part's name."""
        if self.sheets.open is None:
            return bool(self.sheets.waiting)
        words = plain(block.text).split()
        return block.level > self.sheets.level > 0 or len(words) <= 6 and bool(_PART.search(" ".join(words)))

    def _line(self, found: tuple[Column, str, str, str | None], block: Block) -> None:
        column, label, value, count = found
        value, more = inner(value, self.overrides)
        if self.number is not None and column.field == "title":
            self.sheets.waiting.append((Column("number"), self.number))
            self.number = None
        self.sheets.pair(column, Cell(value, block.place, 0, label), self.heading)
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
        self.sheets.pair(column, Cell(value, block.place, 0, cell.header), self.heading)
        for other, name, rest in more:
            self.sheets.pair(other, Cell(rest, block.place, 0, name), self.heading)
        if not listed:
            self.label = None
        return True
