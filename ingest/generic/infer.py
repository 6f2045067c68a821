"""The headers and labels of one table that the vocabulary does not know, read together: by their stems, by what stands under
them, and because two columns do not hold the same thing. What is found goes in the place of a person's corrections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ingest.blocks import Block, Row
from ingest.generic.evidence import kind_of
from ingest.generic.guess import speaks
from ingest.generic.header import ANCHORS, column_names, header_at
from ingest.generic.places import Place, assign, place_of, sentences
from ingest.generic.synonyms import Understood, column_of, month_of, plain

Fields = Mapping[str, str]
_LONGEST = 90  # characters of a header or of a label
_LINE = 400  # of a line of label and value
LINE = re.compile(r"(?P<label>[^:\n]{2,60}?)\s*:\s+(?P<value>\S.*)", re.S)
_NAMED = 0.8  # share of the cells below that stand under a header
_WIDEST = 100  # columns: a wider table is no form that a person fills in
_MEASURES = {"indicator.target", "indicator.actual", "indicator.baseline", "indicator.interim", "weight", "end", "outcome",
             "indicator.achievement", "indicator.formula"}  # fmt: skip


def understood(rows: Sequence[Row], given: Fields | None = None) -> Understood | None:
    """What the headers of a table mean beyond the vocabulary: inferred, or said by a person; None for nothing."""
    return Understood(inferred(rows, given), given) or None


def inferred(rows: Sequence[Row], given: Fields | None = None) -> dict[str, str]:
    """Plain header or label -> field, for those of a table that are not known; ``given`` are a person's corrections, and win."""
    found: dict[str, str] = {}
    if not rows or max(len(row.cells) for row in rows) > _WIDEST:
        return found
    i = 0
    while i < len(rows):
        if height := _header_height(rows, i, given):
            end = _end(rows, i + height, given)
            found |= _columns(rows, i, height, end, given)
            i = end
            continue
        run = _run(rows, i, given)
        if run:
            found |= _labels(rows[i : i + run], given, inside=i > 0)
        i += run or 1
    return {text: name for text, name in found.items() if given is None or text not in given}


# ------------------------------------------------------------------------------------------------------------- columns


def _header_height(rows: Sequence[Row], i: int, given: Fields | None) -> int:
    """How many rows a header takes that begins at row i; 0 when none does."""
    if i + 1 >= len(rows):
        return 0
    exact = header_at(rows, i, given)
    if exact is not None and not _pairs(rows[i], given):
        return exact.height
    texts = [cell for cell in rows[i].cells if cell]
    if len(texts) < 2 or not all(_wordy(text) for text in texts):
        return 0
    height = 1
    while height < 3 and i + height + 1 < len(rows) and _under(rows[i + height], rows[i + height - 1], given):
        height += 1
    places = _columns_of(rows, i, height, len(rows), given)
    assign(places)
    fields = {place.field for place in places if place.field}
    known = sum(1 for place in places if place.field)
    sure = sum(1 for place in places if place.known)
    if known < 0.6 * len(places) or not fields & ANCHORS or not fields & _MEASURES:
        return 0
    lonely = max((place.values.count for place in places), default=0) < 2 and sure < 2
    if len(places) == 2 and (not sure or lonely or _pairs(rows[i], given)):
        return 0
    if sentences(places) or not _covers(rows, i, height, given):
        return 0
    figures = any(place.values.share("quantity", "percent", "date", "mark") > 0.5 for place in places)
    return height if sure or known >= 3 and figures else 0


def _covers(rows: Sequence[Row], i: int, height: int, given: Fields | None) -> bool:
    """Whether the cells of the rows below stand under the header at row i, up to the next one: rows of any width are no table."""
    names = column_names(rows[i : i + height])
    below = [row for row in rows[i + height : _end(rows, i + height, given)] if sum(map(bool, row.cells)) > 1]
    cells = [j for row in below for j, cell in enumerate(row.cells) if cell]
    return sum(j in names for j in cells) >= _NAMED * len(cells)


def _wordy(text: str) -> bool:
    """A cell that may be a header: words, no figure, no verdict, no sentence."""
    return len(text) <= _LONGEST and (kind_of(text) in ("text", "prose", "office", "person", "uom", "blank", "verdict")
                                     or column_of(text) is not None or month_of(text) is not None)  # fmt: skip


def _under(row: Row, above: Row, given: Fields | None) -> bool:
    """A row that still belongs to a header: under merged cells, all words; or years and known words alone."""
    texts = [cell for cell in row.cells if cell]
    if not texts or not all(_wordy(text) for text in texts):
        return False
    holes = any(not cell and j < len(above.cells) and above.cells[j] for j, cell in enumerate(row.cells))
    if all(column_of(text, given) is not None for text in texts) and holes:
        return True
    return bool(row.above) and bool(above.merged - above.above)


def _end(rows: Sequence[Row], start: int, given: Fields | None) -> int:
    """Where the rows under a header end: at the next header, or at the labels of another sheet."""
    for i in range(start, len(rows)):
        texts = [cell for cell in rows[i].cells if cell]
        if i > start and len(texts) >= 2 and all(_wordy(text) for text in texts):
            known = [column_of(text, given) is not None or speaks(text) for text in texts]
            if all(known) and sum(column_of(text, given) is not None for text in texts) * 2 >= len(texts):
                return i
    return len(rows)


def _columns_of(rows: Sequence[Row], i: int, height: int, end: int, given: Fields | None) -> list[Place]:
    names = column_names(rows[i : i + height])
    body = [row for row in rows[i + height : end] if sum(map(bool, row.cells)) > 1]
    return [place_of(names[j], [row.cells[j] for row in body if j < len(row.cells)], given) for j in sorted(names)]


def _columns(rows: Sequence[Row], i: int, height: int, end: int, given: Fields | None) -> dict[str, str]:
    names = column_names(rows[i : i + height])
    places = _columns_of(rows, i, height, end, given)
    assign(places)
    found: dict[str, str] = {}
    for j, place in zip(sorted(names), places, strict=True):
        if place.field is None or place.field == place.known:
            continue
        found[plain(place.text)] = place.field
        last = names[j][-1]
        if column_of(last, given) is None:
            found[plain(last)] = place.field
    return found


# -------------------------------------------------------------------------------------------------------------- labels


def _pairs(row: Row, given: Fields | None) -> list[tuple[str, str]]:
    """The labels with their values of a row that may be one of labels and values; empty when it is none."""
    texts = [cell for cell in row.cells if cell]
    if len(texts) not in (2, 4, 6):
        return []
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    known = [column_of(label.rstrip(": "), given) is not None or speaks(label) for label, _ in pairs]
    if not all(_wordy(label) for label, _ in pairs) or not known[0] or sum(known) * 2 < len(known):
        return []
    return [] if all(column_of(value, given) for _, value in pairs) else pairs


def _run(rows: Sequence[Row], i: int, given: Fields | None) -> int:
    """How many rows of labels and values begin at row i: a sheet has three or more."""
    end = i
    while end < len(rows) and _pairs(rows[end], given) and not _fresh(rows, i, end, given):
        end += 1
    inside = i > 0 and end > i and (end == len(rows) or bool(_header_height(rows, end, given)))
    return end - i if end - i >= 3 or inside else 0


def _fresh(rows: Sequence[Row], start: int, i: int, given: Fields | None) -> bool:
    exact = header_at(rows, i, given)
    return i > start and exact is not None and len(rows) > i + 1 and len(exact.columns) > 2


def inferred_lines(blocks: Sequence[Block], given: Fields | None = None) -> dict[str, str]:
    """Plain label -> field, for the labels of lines "Etichetta: valore" that stand in sheets of text: three lines in a row or
    more, or two whose labels come again. The values of a label all over the document speak together."""
    runs: list[list[tuple[str, str]]] = [[]]
    for block in blocks:
        found = LINE.fullmatch(block.text) if block.kind == "paragraph" and len(block.text) <= _LINE else None
        if found and _wordy(found["label"]):
            runs[-1].append((found["label"].strip(), found["value"].strip()))
        elif runs[-1]:
            runs.append([])
    counts = Counter(plain(label) for run in runs for label, _ in run)
    sheets = [run for run in runs if len(run) >= 3 or len(run) == 2 and all(counts[plain(label)] > 1 for label, _ in run)]
    values: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for label, value in (pair for run in sheets for pair in run):
        values.setdefault(plain(label), []).append(value)
        names.setdefault(plain(label), label)
    places = [place_of([names[key]], values[key], given) for key in values]
    assign(places)
    if sentences(places) or 2 * sum(place.field is not None for place in places) < len(places):
        return {}
    return {plain(p.text): p.field for p in places if p.field and p.field != p.known}


def _labels(rows: Sequence[Row], given: Fields | None, inside: bool) -> dict[str, str]:
    """The labels of a sheet, which names its objective unless it stands ``inside`` a table that began before it."""
    found: dict[str, str] = {}
    places = [place_of([label.rstrip(": ")], [value], given) for label, value in _all_pairs(rows, given)]
    if sentences(places) or inside and len(rows) < 3 and not any(place.known for place in places):
        return {}  # words in disorder: too long for labels, or too few rows and not one of them known
    repeated = {plain(place.text) for place in places if sum(plain(one.text) == plain(place.text) for one in places) > 1}
    assign([place for place in places if plain(place.text) not in repeated])
    if not inside and not any("title" in (place.field, place.known) or "obiettiv" in plain(place.text) for place in places):
        return {}
    for place in places:
        if place.field and place.field != place.known:
            found[plain(place.text)] = place.field
    return found


def _all_pairs(rows: Sequence[Row], given: Fields | None) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield from _pairs(row, given)
