"""A row or paragraph that goes on over a page's end becomes one piece for each page, so that a citation opens where the
words are. Known from the raw words of the pages (``Blocks.page_texts``); without them pieces stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.passages_table import JOIN, Piece

REACH = 3  # words that are looked for together: one alone stands on every page
_KEEP = re.compile(r"[\W_]+")


def _squash(text: str) -> str:
    return _KEEP.sub("", text).lower()


class PageTurns:
    """Where pieces cross from a page to the next."""

    def __init__(self, page_texts: Sequence[str]) -> None:
        self._pages = [_squash(text) for text in page_texts]

    def parted(self, piece: Piece) -> Iterator[Piece]:
        """The piece, or its part on each page."""
        page = piece.place.page
        if page is None or page >= len(self._pages) or _squash(piece.text) in self._pages[page - 1]:
            yield piece
            return
        here: list[str] = []
        there: list[str] = []
        for line in piece.text.split("\n"):
            before, after = zip(*(self._turn(cell, page) for cell in line.split(JOIN)), strict=True)
            here.append(JOIN.join(cell for cell in before if cell))
            there.append(JOIN.join(cell for cell in after if cell))
        first, second = ("\n".join(line for line in lines if line) for lines in (here, there))
        if first:
            yield replace(piece, text=first)
        if second:
            yield replace(piece, text=second, place=replace(piece.place, page=page + 1))

    def _turn(self, cell: str, page: int) -> tuple[str, str]:
        """A cell's words on the page and on the next."""
        if _squash(cell) in self._pages[page - 1]:
            return cell, ""
        if _squash(cell) in self._pages[page]:
            return "", cell
        words = cell.split(" ")
        gain = total = 0
        best = (0, 0)
        for number, _ in enumerate(words, 1):
            near = _squash("".join(words[max(0, number - REACH) : number]))
            total += (near in self._pages[page - 1]) - (near in self._pages[page])
            if total > gain:
                gain, best = total, (number, total)
        at = best[0]
        return " ".join(words[:at]), " ".join(words[at:])
