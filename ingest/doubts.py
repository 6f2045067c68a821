"""What a draft table does not say clearly: dates left as numbers, tables without a column we know. Told, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cards.model import Card, Notice, Origin
from ingest.blocks import Block, Blocks, Row
from ingest.dialects.part import Spot, spot
from ingest.generic.header import ANCHORS, header_at
from ingest.generic.synonyms import column_of

FIRST_DAY = date(1899, 12, 30)  # day 0 of the serial dates of spreadsheets
SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
MOST = 5
MEASURED = {"indicator.target", "indicator.actual", "indicator.name", "weight", "card.weight", "indicator.weight"}
NEEDED = "Servono l'obiettivo o l'indicatore, e almeno una misura: valore atteso, peso o scadenza"


def doubts(blocks: Blocks, cards: tuple[Card, ...], used: set[Spot] | None = None) -> Iterator[Notice]:
    """The notices of a document already read: dates as serial numbers; where no card was read, why each table was left; where
    some were, the tables left (not ``used``) that look as if they held others."""
    for card in cards:
        yield from _serial_dates(card)
    tables = [block for block in blocks.blocks if block.kind == "table" and max(len(row.cells) for row in block.rows) > 1]
    if cards and used is not None:
        tables = [block for block in tables if not any(spot(row.place) in used for row in block.rows) and _promising(block)]
    elif cards:
        return
    yield from (_left(block) for block in tables[:MOST])
    if len(tables) > MOST:
        rest = len(tables) - MOST
        said = f"altre {rest} tabelle non lette" if rest > 1 else "un'altra tabella non letta"
        yield Notice(message=f"{said} allo stesso modo: "
                             "si vedono in Archivio, «Correggi come si leggono le colonne», o con «piao mapping show»")


def _promising(block: Block) -> bool:
    """Whether a table that nobody read names what objectives are made of, in one row: then a person should look at it."""
    fields = [{column.field for text in row.cells if text and (column := column_of(text))} for row in block.rows[:12]]
    return any(len(found) > 2 and found & ANCHORS and found & MEASURED for found in fields)


def serial_date(text: str | None) -> date | None:
    """The day that a spreadsheet means by a whole number; None for any other text.

    >>> serial_date("46752"), serial_date("2027")
    (datetime.date(2027, 12, 31), None)
    """
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) == 5 and int(text) in SERIALS):
        return None
    return FIRST_DAY + timedelta(days=int(text))


def _serial_dates(card: Card) -> Iterator[Notice]:
    fields = [("start", card.start), ("end", card.end), ("horizon", card.horizon)]
    for i, phase in enumerate(card.phases):
        fields += [(f"phases[{i}].start", phase.start), (f"phases[{i}].end", phase.end)]
    for path, text in fields:
        day = serial_date(text)
        if day is not None:
            origin = card.place(path)
            message = (f"{_name(origin)}«{text}» sta dove serve una data ed è forse il numero di serie del {day:%d/%m/%Y}: "
                       "non è stato letto come data. Dai alla cella il formato Data, o scrivi il giorno")  # fmt: skip
            yield Notice(message=message, page=origin.page, line=origin.line)


def _name(origin: Origin) -> str:
    head = f"{origin.cell}: " if origin.cell else ""
    return head + (f"sotto «{origin.note}» " if origin.note else "")


def _left(block: Block) -> Notice:
    """Why a table gave no card: no column known, too few of them, or no row under them."""
    rows = [row for row in block.rows if sum(map(bool, row.cells)) > 1] or list(block.rows)
    place = rows[0].place
    where = f"foglio «{place.sheet}», riga {place.line}: " if place.sheet else ""
    if header_at(rows, 0) is not None or (len(rows) == 1 and _known(rows[0])):
        message = f"{where}le colonne si riconoscono ({_quoted(rows[0])}), ma sotto non c'è nessuna riga con un obiettivo"
        return Notice(message=message, page=place.page, line=place.line)
    best = max(rows[:12], key=lambda row: len(_known(row)))
    known = _known(best)
    seen = f"riconosco solo {', '.join(f'«{text}»' for text in known)}" if known else "non riconosco nessuna intestazione"
    message = f"{where}nessuna scheda in questa tabella: tra {_quoted(rows[0])} {seen}. {NEEDED}"
    return Notice(message=message, page=place.page, line=place.line)


def _known(row: Row) -> list[str]:
    found = [(text, column_of(text)) for text in row.cells if text]
    return [" ".join(text.split()) for text, column in found if column is not None and column.field != "value"]


def _quoted(row: Row) -> str:
    texts = [" ".join(text.split()) for text in row.cells if text]
    shown = [f"«{text[:30]}»" for text in texts[:6]]
    return ", ".join(shown) + (" …" if len(texts) > 6 else "")
