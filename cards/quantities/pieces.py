"""A text cut into quantities, "no value" phrases, words and signs, each in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cards.quantities.measures import Quantity
from cards.quantities.quantity import match_quantity
from cards.quantities.unset import plain, unset_phrase_length

_REFERENCE = re.compile(
    r"(?<!\w)(?:art(?:t|icol[oi])?\.?|comm[ai]|c\.|legge|l\.r?\.?|d\.?\s?l(?:gs)?\.?|d\.?p\.?r\.?|"
    r"d\.?p\.?c\.?m\.?|d\.?m\.?|delibera\w*|determina\w*|"
    r"d\.?g\.?c\.?|d\.?c\.?c\.?|prot(?:ocollo|\.)?|fase|lotto|stralcio|allegato|missione|scheda|cap(?:itolo|"
    r"\.)?|pag(?:ina|\.)?|"
    r"covid|agenda|industria|transizione|pnrr|reg(?:olamento|\.)?|circolare|decreto|via|piazza|iso|uni|ccnl)"
    r"\s*(?:n\.?|nr\.?|n°|-)?\s*$",
    re.I,
)
_ELIDED = re.compile(r"(?<![^\W\d_])(?:l|all|dell|dall|d)'$", re.I)
_SPAN = re.compile(r"(?<!\w)(?:ultim|precedent|prossim|success|prim)[oiae]\s*$", re.I)
_WORD = re.compile(r"[^\W\d_]+'(?=\d)|[^\W\d_]+(?:'[^\W\d_]+)?\.?|\S")
SEPARATORS = ";,+/:\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, sign or quantity in its place."""

    text: str
    start: int
    end: int
    quantity: Quantity | None = None
    unset: bool = False


def pieces_of(body: str) -> list[Piece]:
    """The text cut into quantities, "no value" phrases, words and signs."""
    pieces: list[Piece] = []
    pos = 0
    while pos < len(body):
        if body[pos] == " ":
            pos += 1
            continue
        after_word = pos and (body[pos - 1].isalnum() or body[pos - 1] in "'._") and not _ELIDED.search(body[:pos])
        found = None if after_word and body[pos].isalnum() else match_quantity(body, pos)
        if found and not _is_reference(body, pos, found):
            pieces.append(Piece(body[pos : found.end], pos, found.end, found))
            pos = max(found.end, pos + 1)
            continue
        length = 0 if after_word else unset_phrase_length(plain(body[pos:]))
        if length and len(plain(body[pos:])) == len(body[pos:]):
            pieces.append(Piece(body[pos : pos + length], pos, pos + length, unset=True))
            pos += length
            continue
        match = _WORD.match(body, pos)
        end = match.end() if match else pos + 1
        if body[pos].isdigit() and (
            run := re.compile(r"\d+(?:[.,/-]\d+)*[°ºª^]?" if found else r"\d+(?:[.,]\d+)*[°ºª^]?").match(body, pos)
        ):
            end = run.end()
        pieces.append(Piece(body[pos:end], pos, end))
        pos = end
    return pieces


def _is_reference(body: str, pos: int, found: Quantity) -> bool:
    """A number that names a thing (article, act, lot, Covid-19) or a span ("ultimi 3 anni") and measures nothing."""
    if found.unit in ("anni", "mesi") and _SPAN.search(body[:pos]):
        return True
    return found.comparator is None and found.type in ("number", "ratio") and bool(_REFERENCE.search(body[:pos]))
