"""JSON and CSV: the contract's card, and one list for spreadsheets with a row for the card and one for each of its parts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence

from cards import labels
from cards.model import Card
from exports.layouts import neutro
from exports.sheet import Grid, clean

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""First characters at which a spreadsheet runs a text, or takes it as already marked."""
REPEATED = ("Ente", "Anno", "Codice", labels.TITLE)
"""Columns that each row of a card repeats, so that a filter by part still says whose row it is."""


def card_json(cards: Sequence[Card]) -> bytes:
    """One card as an object, several as a list; keys of the contract, UTF-8."""
    data = [card.to_json() for card in cards]
    return (json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def card_csv(cards: Sequence[Card]) -> bytes:
    """Semicolons and a byte-order mark as Italian Excel expects; "Parte" says what a row is (scheda, fase, indicatore …)."""
    rows = [row for number, card in enumerate(cards, 1) for row in _rows(card, number)]
    first = (labels.CARD, labels.PART, labels.KIND, *REPEATED)
    columns = list(dict.fromkeys([*first, *(label for row in rows for label in row)]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row.get(column)) for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _rows(card: Card, number: int) -> Iterator[dict[str, str]]:
    """The card's own row, then those of its lists, each value under its label."""
    first = next(iter(neutro.card_items(card)))
    assert isinstance(first, Grid)
    values = {row[0].text: row[1].text for row in first.rows[1:]}
    values |= {labels.TITLE: clean(card.title), labels.KIND: labels.SHEET[card.kind].capitalize()}
    same = {labels.CARD: str(number), **{label: values.get(label, "") for label in REPEATED}}
    yield {**same, labels.PART: labels.PARTS["card"], **values}
    for name, tables in neutro.LISTS.items():
        if getattr(card, name):
            header, *body = tables(card, None).rows
            for row in body:
                cells = {label.text: cell.text for label, cell in zip(header, row, strict=True)}
                yield {**same, labels.PART: labels.PARTS[name], **cells}


def safe(value: object) -> str:
    """A value no spreadsheet runs as a formula: a dangerous first character gets an apostrophe before it."""
    text = clean(value)
    return "'" + text if text.startswith(DANGEROUS) else text
