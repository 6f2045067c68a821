"""Our own sheet, as ``exports`` prints it: all the fields of a card under the labels of ``cards.labels``, and the further data
("dati integrativi") that an export adds below another layout for what that layout has no place for.

Recognised by the first row of its table: "SCHEDA OBIETTIVO" (or another kind) or "DATI INTEGRATIVI DELLA SCHEDA" and the title.
Further data complete the card of the same title that the other dialects read in the rest of the document: fields are replaced,
lists completed row by row, or replaced where the sheet says that it states them whole ("elenchi riportati per intero").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cards import labels
from cards.model import Card, Document
from ingest.blocks import Block, Blocks, Row
from ingest.dialects._letters import key
from ingest.dialects._own_card import KINDS, Found
from ingest.dialects._own_rows import HEADERS, header_of
from ingest.dialects._unit_stream import flat
from ingest.dialects.part import Part, Spot, spot

NAME = "scheda del prodotto"
SURE = 2.0

_Section = tuple[str, list[str]]


def matches(blocks: Blocks) -> float:
    """Above every other dialect where one of our sheets stands: its tables say what they are."""
    return SURE if any(_opens(row) for block in blocks.blocks for row in block.rows) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """The cards of full sheets, and those of the other layouts completed with their further data."""
    found = list(_sheets(blocks))
    used = frozenset(spot(row.place) for one in found for row in one.rows)
    others = _others(blocks, used, document)
    full = [one.card(document) for one in found if one.kind]
    cards, left = _completed([c for part in others for c in part.cards], [one for one in found if one.kind is None], document)
    cards = [card for card in cards if not _told(card, full)]
    return Part(
        cards=(*full, *cards, *left),
        declared=tuple(total for part in others for total in part.declared),
        listed=tuple(row for part in others for row in part.listed),
        used=used | frozenset(place for part in others for place in part.used),
        warnings=tuple(notice for part in others for notice in part.warnings),
        mapping=("scheda del prodotto: campi per etichetta", *(line for part in others for line in part.mapping)),
    )


def _told(card: Card, full: Sequence[Card]) -> bool:
    """Whether a card of a single indicator is part of a full sheet: the same indicator, printed once more in another layout."""
    names = {key(i.name or "") for one in full if one.kind != "indicator" for i in one.indicators}
    return card.kind == "indicator" and len(card.indicators) == 1 and key(card.indicators[0].name or "-") in names


def _others(blocks: Blocks, used: frozenset[Spot], document: Document) -> list[Part]:
    """What the other dialects read in the document without our rows."""
    from ingest.dialects import ranked

    rest = replace(blocks, blocks=tuple(b for block in blocks.blocks if (b := _without(block, used)) is not None))
    parts: list[Part] = []
    for _, dialect in ranked(rest):
        part = dialect.read(rest, document)
        rest = replace(rest, blocks=tuple(b for block in rest.blocks if (b := _without(block, part.used)) is not None))
        parts.append(part)
    return parts


def _without(block: Block, used: frozenset[Spot]) -> Block | None:
    if block.kind != "table":
        return block
    rows = tuple(row for row in block.rows if spot(row.place) not in used)
    return replace(block, rows=rows, place=rows[0].place) if rows else None


def _opens(row: Row) -> str | None:
    """The key of a sheet's first label, None for any other row."""
    name = key(row.cells[0]) if len(row.cells) > 1 else ""
    return name if name in KINDS or name == key(labels.SUPPLEMENT) else None


def _sheets(blocks: Blocks) -> Iterator[Found]:
    """The sheets in order. Tables that follow one another belong to the sheet that opened, up to another text or another table:
    each of its tables begins with a header of ours, or goes on after a page break."""
    current: Found | None = None
    section: _Section | None = None
    for block in blocks.blocks:
        if block.kind != "table":
            if flat(block.text) and current:
                yield current
                current = None
            continue
        begins = True
        for n, row in enumerate(block.rows):
            if not any(flat(cell) for cell in row.cells):
                begins = True
                continue
            if current and _runs_on(current, row, block.rows[n + 1 : n + 2]):
                current.rows.append(row)
                section = None
            elif opened := _opens(row):
                if current:
                    yield current
                current, section = Found(KINDS.get(opened), flat(row.cells[1]), [row]), None
            elif current and (head := header_of(row.cells)):
                section = (head, [flat(cell) for cell in row.cells])
                current.rows.append(row)
            elif current and (begins and not _goes_on(current, row) or not _taken(current, section, row)):
                yield current
                current = None
            begins = False
    if current:
        yield current


def _runs_on(found: Found, row: Row, after: Sequence[Row]) -> bool:
    """Whether the first row of the sheet stands again at the top of another page: below it come labels not yet seen."""
    name = _opens(row)
    if name is None or KINDS.get(name) != found.kind or key(row.cells[1]) != key(found.title) or not _goes_on(found, row):
        return False
    return not any(found.has(one.cells[0]) for one in after)


def _goes_on(found: Found, row: Row) -> bool:
    """Whether a table that starts without a header continues the one before, cut by the end of a page."""
    before = found.rows[-1].place.page
    return before is not None and row.place.page is not None and row.place.page > before


def _taken(found: Found, section: _Section | None, row: Row) -> bool:
    """Puts a row where it belongs; False for a row that is not of this sheet."""
    if section is None:
        if not found.put(row.cells[0], row.cells[1] if len(row.cells) > 1 else "", row):
            return False
    else:
        _listed(found, section, row)
    found.rows.append(row)
    return True


def _listed(found: Found, section: _Section, row: Row) -> None:
    name, columns = section
    if key(row.cells[0]) == "totale" and HEADERS[name].totals and _is_sum(columns, row):
        return
    found.add(name, columns, row.cells, row)


def _is_sum(columns: Sequence[str], row: Row) -> bool:
    """Whether a row "Totale" is the sum that a spreadsheet shows under the weights: nothing else stands in it."""
    weights = (key(labels.PHASE["weight"]), key(labels.INDICATOR["weight"]))
    return all(key(column) in weights for column, cell in zip(columns[1:], row.cells[1:], strict=False) if cell)


def _completed(cards: list[Card], further: Sequence[Found], document: Document) -> tuple[list[Card], list[Card]]:
    """The other layouts' cards with their further data, in order; further data without a card stand for themselves."""
    done, left = list(cards), []
    waiting = set(range(len(done)))
    for found in further:
        index = next((n for n in sorted(waiting) if key(labels.name_of(done[n])) == key(found.title)), None)
        if index is None and len(done) == 1 and len(further) == 1:
            index = 0
        if index is None:
            left.append(found.card(document))
        else:
            waiting.discard(index)
            done[index] = _joined(done[index], found, document)
    return done, left


def _joined(card: Card, found: Found, document: Document) -> Card:
    """A card with what its further data state: single fields replaced, phases and indicators joined row by row."""
    more = found.card(document)
    changes: dict[str, Any] = {name: getattr(more, name) for name in found.values if getattr(more, name) is not None}
    changes |= dict.fromkeys(found.vacant)
    for name, same in (("phases", "text"), ("indicators", "name")):
        if name in found.lists:
            changes[name] = _rows(getattr(card, name), getattr(more, name), same)
    for name in ("activities", "staff", "resources", "outcomes", "variations", "items"):
        if name in found.lists:
            changes[name] = getattr(more, name)
    if found.totals:
        changes["totals"] = more.totals
    changes |= {name: getattr(more, name) for name in found.whole}
    if card.title and "title" not in found.vacant:
        changes["title"] = found.title
    changes["provenance"] = {**card.provenance, **more.provenance}
    return card.replace(**changes)


def _rows(mine: Sequence[Any], more: Sequence[Any], same: str) -> tuple[Any, ...]:
    """Rows of further data in their order, each completed from the row of the layout with the same words (or place)."""
    left = list(mine)
    found = []
    for row in more:
        twin = next((m for m in left if key(getattr(m, same) or "") == key(getattr(row, same) or "")), None)
        if twin is not None:
            left.remove(twin)
            stated = {n: getattr(row, n) for n in type(row).model_fields if getattr(row, n)}
            found.append(twin.replace(**stated))
        else:
            found.append(row)
    return (*found, *left)
