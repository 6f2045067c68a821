"""Labels and their values: side by side in a row, inside one cell or line, in the first column of a sheet turned on its side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Row
from ingest.generic.draft import Cell
from ingest.generic.evidence import kind_of
from ingest.generic.header import label_of
from ingest.generic.synonyms import Column

Pairs = list[tuple[Column, Cell]]
LABELLED = re.compile(r"(?P<label>[^:\n]{2,60}?)\s*:\s*(?P<value>\S.*)$", re.S)
_BOXED = re.compile(r"(?P<label>[^:\n]{2,60})\n(?P<value>\S.*)$", re.S)  # a label on the first line of a box
_ACROSS = re.compile(r"indicatore\s*(?:n\.?|n°)?\s*\d{1,2}", re.I)
_SHEET = re.compile(r"scheda\b", re.I)
_COUNTED = re.compile(r"^(?P<label>.*?[^\W\d])\s*(?:n\.?|nr\.?|n°)?\s*(?P<count>\d{1,2})$", re.I)
_INNER = re.compile(r"\s*[-–;|,(]\s*(?P<label>[^\W\d][^:=\n()\[\];|]{1,40}?)\s*[:=]\s*")
CODE = re.compile(r"(?:n\.?\s*)?(?=[^\s]*\d)[A-Z]{0,5}[\s._-]?\d{0,3}(?:[._/-][A-Z0-9]{1,5}){0,4}[.)]?", re.I)
_TITLES = ("text", "prose", "office", "person")
_LEAST = 3  # rows of a sheet turned on its side
NUMBER = r"\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,3}|[A-Z]{1,5}[._/-]?\d[\w.]*"
OBJECTIVE = r"(?:scheda\s+)?obiettivo(?:\s+(?:gestionale|operativo|esecutivo|specifico|di performance|di peg))?"
_NUMBERED = re.compile(rf"{OBJECTIVE}\s*(?:n\.?|nr\.?|n°|numero)?\s*(?P<number>{NUMBER})\s*[:.]?", re.I)


def labelled(text: str, overrides: Mapping[str, str] | None) -> tuple[Column, str, str, str | None] | None:
    """A line "Etichetta: valore": its field, label, value and the number a label counts with ("Indicatore 2: …"), or None."""
    pair = LABELLED.match(text) or _BOXED.match(text)
    if pair is None:
        return None
    column, count = label_of(pair["label"], overrides), None
    if column is None and (counted := _COUNTED.match(pair["label"].strip())):
        column, count = label_of(counted["label"], overrides), counted["count"]
    if column is None or column.field == "value":
        return None
    return column, pair["label"], pair["value"].strip(), count


def number_of(text: str) -> str | None:
    """The number or code of a text that is nothing else ("OBIETTIVO N. 4", "Scheda obiettivo AMB-01"), or None."""
    found = _NUMBERED.fullmatch(text.strip())
    return found["number"] if found else None


def numbering(number: str) -> str:
    """The field of an objective's number ("3", "1.2") or code ("AMB-01")."""
    return "code" if any(sign.isalpha() for sign in number) else "number"


def inner(value: str, overrides: Mapping[str, str] | None) -> tuple[str, list[tuple[Column, str, str]]]:
    """A value that goes on with other labels ("Alberi censiti - Target: 400"): the value alone, and (field, label, value)."""
    found = [(m, label_of(m["label"], overrides)) for m in _INNER.finditer(value)]
    cuts = [(m, column) for m, column in found if column is not None and column.field != "value"]
    if not cuts:
        return value, []
    ends = [m.start() for m, _ in cuts[1:]] + [len(value)]
    more = [(column, m["label"], value[m.end() : end].strip(" )")) for (m, column), end in zip(cuts, ends, strict=True)]
    return value[: cuts[0][0].start()].strip(), [one for one in more if one[2]]


def pairs_in(row: Row, overrides: Mapping[str, str] | None) -> Pairs:
    """Label and value side by side, once or more in a row; empty when the row does not read so."""
    texts = [(j, c) for j, c in enumerate(row.cells) if c]
    if texts and (inside := _inside(row, texts, overrides)):
        return inside
    if len(texts) == 3 and (coded := _coded(row, texts, overrides)):
        return coded
    if len(texts) % 2 and _SHEET.match(texts[0][1]):
        texts = texts[1:]  # "SCHEDA OBIETTIVO | Codice | MOB-01"
    if len(texts) < 2 or len(texts) % 2:
        return []
    found: Pairs = []
    unknown = 0
    for (_, label), (j, value) in zip(texts[::2], texts[1::2], strict=True):
        column, number = label_of(label, overrides), number_of(label)
        if number and (column is None or column.field == "title") and kind_of(value) in _TITLES:
            name = label.rstrip(": ")
            found.append((Column("title", header=name), Cell(value, row.place, j, name)))
            found.append((Column(numbering(number), header=name), Cell(number, row.place, j, name)))
            continue
        if column is None and len(texts) > 2:
            unknown += 1
            continue
        if column is None or column.field == "value" or (len(texts) == 2 and value.endswith(":")):
            return []
        found.append((column, Cell(value, row.place, j, label.rstrip(": "))))
    if unknown and (unknown >= len(found) or any(label_of(value, overrides) for _, value in texts[1::2])):
        return []
    sure = texts[0][1].rstrip().endswith(":") or bool(found and found[0][0].field == "year")
    second = label_of(texts[1][1], overrides) if len(found) == 1 and not sure else None
    both = second is not None and not (second.field == "value" and found[0][0].field in ("start", "end", "horizon"))
    return [] if both and found[0][0].field != "title" else found


def _coded(row: Row, texts: Sequence[tuple[int, str]], overrides: Mapping[str, str] | None) -> Pairs:
    """ "OBIETTIVO | OB.2.1 | Censire i ponti": the title with its code or number between the label and itself."""
    (_, label), (j, code), (k, title) = texts
    column = label_of(label, overrides)
    if column is not None and column.field in ("mission", "programme") and code.strip(" .").isdigit():
        return [(column, Cell(f"{code.strip()} - {title}", row.place, k, label.rstrip(": ")))]
    if column is None or column.field != "title" or len(code) > 14 or not CODE.fullmatch(code) or kind_of(title) not in _TITLES:
        return []
    field = "number" if code.strip(" .)").isdigit() else "code"
    name = label.rstrip(": ")
    number = Cell(code.strip(), row.place, j, f"{name} n.")
    return [(Column(field, header=name), number), (column, Cell(title, row.place, k, name))]


def labels_over(rows: Sequence[Row], i: int, overrides: Mapping[str, str] | None) -> Pairs:
    """A row of labels over a row of values: each value with the label above it; empty when the rows do not read so."""
    if i + 1 >= len(rows):
        return []
    texts = {j: c for j, c in enumerate(rows[i].cells) if c}
    columns = {j: label_of(c, overrides) for j, c in texts.items()}
    below = {j: c for j, c in enumerate(rows[i + 1].cells) if c}
    if not texts or not all(columns.values()) or len(texts) == 1 and pairs_in(rows[i + 1], overrides):
        return []
    if not below or not below.keys() <= columns.keys() or all(label_of(c, overrides) for c in below.values()):
        return []
    place = rows[i + 1].place
    return [(column, Cell(text, place, j, texts[j])) for j, text in below.items() if (column := columns[j]) is not None]


def labels_at(rows: Sequence[Row], i: int, overrides: Mapping[str, str] | None) -> tuple[Pairs, int]:
    """The labelled values that begin at row i, side by side or one above the other, and how many rows they take."""
    side = pairs_in(rows[i], overrides)
    value = label_of(side[0][1].text, overrides) if len(side) == 1 else None
    doubtful = not side or value is not None and value.field != "value"
    over = labels_over(rows, i, overrides) if doubtful else []
    return (over, 2) if over else (side, 1)


def strange_in(row: Row, overrides: Mapping[str, str] | None) -> list[Cell]:
    """The values of a row of a sheet whose label nobody knew; ``header`` is the label."""
    texts = [(j, c) for j, c in enumerate(row.cells) if c]
    if len(texts) < 2 or len(texts) % 2:
        return []
    return [Cell(value, row.place, j, label.rstrip(": ")) for (_, label), (j, value) in zip(texts[::2], texts[1::2], strict=True)
            if label_of(label, overrides) is None and len(label) <= 60]  # fmt: skip


def _inside(row: Row, texts: Sequence[tuple[int, str]], overrides: Mapping[str, str] | None) -> Pairs:
    """Every cell holds its own label and value ("Settore: Tributi | Dirigente: …")."""
    if len(texts) == 1:
        return []
    read = [(j, labelled(text, overrides)) for j, text in texts]
    if any(one is None for _, one in read):
        return []
    return [(one[0], Cell(one[2], row.place, j, one[1])) for j, one in read if one is not None]


def sideways(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> list[Pairs]:
    """The cards of a table turned on its side, a column each: labels in the first column, a title for two columns or more."""
    labels = [(row, label_of(row.cells[0], overrides)) for row in rows if row.cells and row.cells[0]]
    known = [(row, column) for row, column in labels if column is not None and column.field != "value"]
    fields = {column.field for _, column in known}
    if len(known) < _LEAST or len(known) < 0.6 * len(labels) or "title" not in fields:
        return []
    if not any(field.startswith(("indicator.", "phase.")) for field in fields):
        return []
    titles = next(row for row, column in known if column.field == "title")
    columns = [j for j, text in enumerate(titles.cells) if j and text]
    others = [cell for row, _ in known for cell in row.cells[1:] if cell]
    if len(columns) < 2 or titles.merged or sum(label_of(cell, overrides) is not None for cell in others) > 0.1 * len(others):
        return []
    if any(sum(1 for j in columns if j < len(row.cells) and row.cells[j]) == 0 for row, _ in known):
        return []
    return [[(column, Cell(text, row.place, j, row.cells[0].rstrip(": "))) for row, column in known
             if (text := row.cells[j] if j < len(row.cells) else "")] for j in columns]  # fmt: skip


def indicators_across(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> list[Pairs]:
    """The indicators of a table inside a sheet, a column each ("Indicatore 1 | Indicatore 2"), with labels in the first column;
    the name first, and last, under no field, the values of labels that nobody knew."""
    columns = [j for j, text in enumerate(rows[0].cells) if j and text]
    if not columns or rows[0].cells[0] or not all(_ACROSS.fullmatch(rows[0].cells[j].strip()) for j in columns):
        return []
    found: list[Pairs] = []
    for j in columns:
        pairs: Pairs = []
        for row in rows[1:]:
            label, text = row.cells[0].rstrip(": "), row.cells[j] if j < len(row.cells) else ""
            column = label_of(label, overrides) or Column("", header=label)
            if column.field in ("title", "description"):
                column = replace(column, field="indicator.name")
            pairs += [(column, Cell(text, row.place, j, label))] if label and text else []
        found.append(sorted(pairs, key=lambda pair: (pair[0].field != "indicator.name", not pair[0].field)))
    return found if all(pairs and pairs[0][0].field == "indicator.name" for pairs in found) else []
