"""JSON and CSV: the contract's card, and one row an indicator for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from cards.model import Card
from exports.sheet import clean

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "ente",
    "anno",
    "codice",
    "titolo",
    "settore",
    "responsabile",
    "indicatore",
    "tipo",
    "formula",
    "unità di misura",
    "valore di partenza",
    "periodo",
    "valore atteso",
    "consuntivo",
    "peso",
    "raggiungimento",
    "note",
)


def card_json(cards: Sequence[Card]) -> bytes:
    """One card as an object, several as a list; keys of the contract, UTF-8."""
    data = [card.to_json() for card in cards]
    return (json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def card_csv(cards: Sequence[Card]) -> bytes:
    """One row an indicator and period, semicolons and a byte-order mark as Italian Excel expects; a leading = + - @ is quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for card in cards:
        head = (card.entity, card.year, card.code, card.title, card.unit, card.responsible)
        for i in card.indicators:
            for period in sorted({*i.targets, *i.actuals}) or [""]:
                values = (
                    *head,
                    i.name,
                    i.kind,
                    i.formula,
                    i.unit,
                    i.baseline,
                    period,
                    i.targets.get(period),
                    i.actuals.get(period),
                    i.weight,
                    i.achievement,
                    i.note,
                )
                writer.writerow([safe(v) for v in values])
        if not card.indicators:
            writer.writerow([safe(v) for v in head] + [""] * (len(COLUMNS) - len(head)))
    return out.getvalue().encode("utf-8-sig")


def safe(value: object) -> str:
    """A value no spreadsheet runs as a formula: a dangerous first character gets an apostrophe before it."""
    text = clean(value)
    return "'" + text if text.startswith(DANGEROUS) else text
