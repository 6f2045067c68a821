"""Neighbouring quantities that are one: a / b, a su b, a - b, da a a b, a ± b."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from cards.quantities.measures import Quantity
from cards.quantities.pieces import SEPARATORS, Piece
from cards.quantities.unset import plain


def join(body: str, pieces: list[Piece]) -> list[Piece]:
    """Joins neighbours into one quantity: a / b, a su b, a - b, a ± b, "da a a b"."""
    out: list[Piece] = []
    for piece in pieces:
        out.append(piece)
        for rule in _JOINS:
            if joined := rule(body, out):
                size, new = joined
                out[-size:] = [new]
                break
    return out


def _ratio(body: str, out: list[Piece]) -> tuple[int, Piece] | None:
    """ "24.165 / 9"; "8,5/10" is a score."""
    if len(out) < 3 or out[-2].text not in ("/", ":", "ogni"):
        return None
    one, two = out[-3].quantity, out[-1].quantity
    if one is None or two is None or one.type != "number" or two.comparator or two.type != "number" or two.signed or one.named:
        return None
    if one.value is None or two.value is None or Decimal(two.value) == 0 or two.named:
        return None
    doubt = one.doubt or two.doubt or ("può essere un rapporto o un orario" if out[-2].text == ":" else None)
    before = plain(body[: one.start])
    judged = re.search(r"valutazion|gradiment|punteggio|vot[oi]|soddisfazion|giudizi|media\b|customer", before)
    if two.value in ("10", "5", "100", "30") and ("." in one.value or judged) and Decimal(one.value) <= Decimal(two.value):
        return 3, _joined(out, 3, replace(one, end=two.end, type="score", unit=f"su {two.value}", doubt=doubt, named=True))
    if two.value == "10" and Decimal(one.value) <= 10:
        doubt = doubt or "può essere un rapporto o un voto su 10"
    elif one.comparator is None and Decimal(one.value) in (28, 29, 30, 31) and Decimal(two.value) <= 12 and "." not in two.value:
        doubt = doubt or "può essere un rapporto o un giorno e un mese"
    return 3, _joined(
        out, 3, replace(one, end=two.end, type="ratio", value=f"{one.value}/{two.value}", unit=None, doubt=doubt, named=False)
    )


def _out_of(body: str, out: list[Piece]) -> tuple[int, Piece] | None:
    """ "5 enti su 5", "9,4 in media su 10": up to four words between the two numbers."""
    last = out[-1].quantity
    if (
        last is None
        or last.type != "number"
        or last.comparator
        or len(out) < 3
        or plain(out[-2].text) not in ("su", "sui", "sulle", "di un totale di")
    ):
        return None
    for back in range(3, min(len(out), 8) + 1):
        one = out[-back].quantity
        if one is None:
            if out[-back].text in SEPARATORS:
                return None
            continue
        if one.type not in ("number", "percent", "duration") or one.value is None:
            return None
        if last.value is None or Decimal(last.value) == 0:
            return None
        words = body[one.end : out[-2].start].strip()
        top = Decimal(last.value)
        if (
            one.type == "number"
            and (not words or re.search(r"\bmedia\b|punti|voto|punteggio", words, re.I))
            and top in (4, 5, 6, 7, 10, 30, 100)
        ):
            new = replace(one, end=last.end, type="score", unit=f"su {last.value}", named=True)
        elif one.type in ("number", "duration"):
            unit = words or (one.unit if one.type == "duration" else None)
            new = replace(one, end=last.end, type="ratio", value=f"{one.value}/{last.value}", unit=unit, named=True)
        else:
            return None
        return back, _joined(out, back, new)
    return None


def _range(body: str, out: list[Piece]) -> tuple[int, Piece] | None:
    """ "5-10", "da 5 a 10", "tra il 5% e il 10%", "ottobre 2021 - marzo 2022"."""
    last = out[-1].quantity
    if last is None or len(out) < 3 or last.comparator:
        return None
    index = len(out) - 2
    while index > 0 and plain(out[index].text) in ("il", "i", "le", "la", "l'", "gli", "al", "alle", "ai", "all'"):
        index -= 1
    link = plain(out[index].text)
    if link == "/" and index == len(out) - 2:
        return _slashed(out)
    article_link = link == "-" or link in ("a", "ad", "e", "ed") or (index + 1 < len(out) - 1 and link in ("a", "e"))
    if plain(out[-2].text) in ("al", "ai", "alle", "all'") and index == len(out) - 3 and not article_link:
        index, link = len(out) - 2, "a"
    one = out[index - 1].quantity if index else None
    if one is None or one.value is None or last.value is None or one.comparator:
        return None
    opener = plain(out[index - 2].text) if index >= 2 else ""
    if opener in ("il", "i", "le", "la", "l'", "gli") and index >= 3:
        opener = plain(out[index - 3].text)
    opened = (
        opener in ("da", "dal", "dai", "dalle", "dall'")
        and link in ("a", "ad", "al")
        or opener in ("tra", "fra", "compreso tra")
        and link in ("e", "ed")
    )
    dashed = link == "-" and not opener
    if not (opened or dashed) or last.signed and not dashed:
        return None
    return _ranged(out, index, one, last, opened)


def _slashed(out: list[Piece]) -> tuple[int, Piece] | None:
    """ "10/15 giorni", "80/90%": with a unit on the second end alone it is an interval more than a ratio."""
    one, last = out[-3].quantity, out[-1].quantity
    if one is None or last is None or one.type != "number" or one.named or one.comparator:
        return None
    if last.type not in ("duration", "percent"):
        return None
    joined = _ranged(out, len(out) - 2, one, last, opened=False)
    if joined and joined[1].quantity:
        piece = joined[1]
        return joined[0], replace(piece, quantity=replace(joined[1].quantity, doubt="può essere un intervallo o un rapporto"))
    return None


def _ranged(out: list[Piece], index: int, one: Quantity, last: Quantity, opened: bool) -> tuple[int, Piece] | None:
    same = one.type == last.type or (one.type == "number" and not one.named)
    if (
        not same
        or last.type not in ("number", "percent", "money", "duration", "month", "year", "date")
        or (one.unit != last.unit and one.unit)
    ):
        return None
    numeric = last.type not in ("month", "year", "date")
    if numeric and Decimal(one.value or 0) >= Decimal(last.value or 0):
        return None
    start = index - 2 if opened and out[index - 2].quantity is None else index - 1
    if opened and plain(out[start].text) not in ("da", "dal", "dai", "dalle", "dall'", "tra", "fra"):
        start -= 1
    size = len(out) - start
    new = replace(last, start=out[start].start, type="range", value=f"{one.value}..{last.value}", doubt=one.doubt or last.doubt)
    return size, _joined(out, size, new)


def _tolerance(body: str, out: list[Piece]) -> tuple[int, Piece] | None:
    """ "50 ; +/- 30% Covid" (from brackets), "50 ± 5": a value with its band."""
    last = out[-1].quantity
    if last is None or last.comparator != "±" or last.value is None:
        return None
    back = 2 if len(out) >= 2 and out[-2].quantity else 3 if len(out) >= 3 and out[-2].text == ";" else 0
    one = out[-back].quantity if back else None
    if one is None or one.type not in ("number", "percent", "money", "duration") or one.comparator:
        return None
    new = replace(one, end=last.end, type="tolerance", comparator="±", named=True, band=(one, last))
    return back, _joined(out, back, new)


_JOINS: tuple[Callable[[str, list[Piece]], tuple[int, Piece] | None], ...] = (_ratio, _out_of, _range, _tolerance)


def _joined(out: list[Piece], size: int, new: Quantity) -> Piece:
    first, last = out[-size], out[-1]
    return Piece(
        " ".join(piece.text for piece in out[-size:]), first.start, last.end, replace(new, start=first.start, end=last.end)
    )
