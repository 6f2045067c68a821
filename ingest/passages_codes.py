"""Names behind codes: a note on "Indicatore 00093" is found by the indicator's words, a phase by its objective's title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cards.model import Card
from ingest.passages_table import Piece

SHOWN, MOST = 140, 3  # characters of a name, codes explained in one passage
_CODE = re.compile(r"(?<![\w./])(?:[A-Z]{1,2}\d?\.\d{4,6}|\d{5})(?![\w/])")
_LIKE_CODE = re.compile(r"[\d.]\d{4}")  # what every code holds: a quick look before the careful one
_DEFINES = re.compile(rf"^\s*(?:\d\d\.)*({_CODE.pattern})\s*(?:\||[-–—:])\s*([^|\n]+)", re.M)


class CodeNames:
    """Codes and what they name, from the cards and from rows and lines that begin with a code and go on with a name."""

    def __init__(self, cards: Sequence[Card], texts: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._spoken: tuple[tuple[str, ...], str] = ((), "")
        self._codes: dict[str, tuple[str, ...]] = {}  # text -> the codes that it mentions, where it mentions any
        for text in texts:
            if not _LIKE_CODE.search(text) or not (found := tuple(dict.fromkeys(_CODE.findall(text)))):
                continue
            self._codes[text] = found
            for code, name in _DEFINES.findall(text):
                if sum(c.isalpha() for c in name) > 8:
                    self._names.setdefault(code, name.strip()[:SHOWN])
        for card in cards:
            if card.code and card.title:
                self._names[card.code] = card.title[:SHOWN]
            for indicator in card.indicators:
                if indicator.code and indicator.name:
                    self._names.setdefault(indicator.code, indicator.name[:SHOWN])

    def explain(self, piece: Piece) -> Piece:
        """The piece, whose text is one of ``texts``, with the names of the codes it mentions carried as context."""
        codes = self._codes.get(piece.text, ())
        said = [*self._still(piece, bool(codes)), *(self._names.get(code, "") for code in codes)]
        if not piece.header and codes:
            self._spoken = (piece.headings, next((s for s in said if s), ""))
        names = [n for n in said if n and n not in piece.text and n not in piece.carried]
        return replace(piece, carried=(*piece.carried, *names[:MOST])) if names else piece

    def _still(self, piece: Piece, coded: bool) -> tuple[str, ...]:
        """What the paragraph above spoke of holds for this one, until a table, a heading or another code."""
        headings, name = self._spoken
        if piece.header or headings != piece.headings or coded:
            self._spoken = ((), "")
            return ()
        return (name,) if name else ()
