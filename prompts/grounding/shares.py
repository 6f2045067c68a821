"""Shares told in words: "due terzi", "la metà", "uno su tre", "nove utenze su dieci", "quattro volte tanto"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from cards.quantities import read_word_number, round_half_up
from prompts.grounding.facts import Fact
from prompts.grounding.rounding import PART, ROUGHLY

_PARTS = {
    "terz": 3, "quart": 4, "quint": 5, "sest": 6, "settim": 7, "ottav": 8, "non": 9, "decim": 10, "ventesim": 20,
    "centesim": 100,
}  # fmt: skip
_FRACTION = re.compile(
    rf"(?<!\w)(?P<n>un[oa]?|due|tre|quattro|cinque|sei|sette|otto|nove)\s+(?P<d>{'|'.join(_PARTS)})[oi](?!\w)(?!\s+d['’]ora|\s+di\s+punto)"
    r"|(?<!\w)(?P<half>(?:la|una)\s+metà)(?!\w)(?!\s+(?:de(?:l|llo|ll')\s*(?:\d|mese|anno)))"
    r"|(?<!\w)un[oa]?(?:\s+[^\W\d_]+){0,2}\s+(?:su|ogni)\s+(?P<out>\d{1,3}|[^\W\d_]+)(?!\w|[.,]\d)",
    re.I,
)
_MULTIPLE = re.compile(
    r"(?<!\w)(?:(?P<more>più\s+(?:che|del)|oltre\s+il)\s+|(?P<less>quasi)\s+(?:il\s+|del\s+)?)?"
    r"(?:(?:(?<!\w)(?:il|al|del)\s+)?(?P<noun>doppio|triplo|quadruplo)(?!\s+\w+o\b)|(?P<verb>raddoppi|triplic|quadruplic)\w*)(?!\w)",
    re.I,
)
_MULTIPLES = re.compile(r"dopp|tripl|quadrupl", re.I)
_TIMES = {"doppio": 2, "raddoppi": 2, "triplo": 3, "triplic": 3, "quadruplo": 4, "quadruplic": 4}
_LOOSELY = re.compile(
    r"(?<!\w)(?:circa|quasi|all'incirca|oltre|più\s+di|meno\s+di|intorno)\s+(?:a\s+|ai\s+|di\s+|i\s+|il\s+)?$", re.I
)
_OUT_OF = re.compile(r"(?:\s+[^\W\d_]+){0,2}\s+(?:su|ogni)\s+(?:ogni\s+)?")


def find_fractions(text: str) -> Iterator[Fact]:
    """ "due terzi", "la metà", "uno su tre" as rough percentages."""
    for m in _FRACTION.finditer(text):
        if m["half"]:
            share = Decimal(50)
        elif m["d"]:
            share = Decimal(100 * (read_word_number(m["n"]) or 1)) / _PARTS[m["d"].casefold()]
        else:
            whole = int(m["out"]) if m["out"].isdigit() else read_word_number(m["out"])
            if not whole or whole < 2:
                continue
            share = Decimal(100) / whole
        rough = ROUGHLY if _LOOSELY.search(text, 0, m.start()) else PART
        yield Fact("percent", m[0], m.start(), m.end(), round_half_up(share, 2), "%", approx=rough, worded=True)


def find_multiples(text: str) -> Iterator[Fact]:
    """ "il doppio", "sono più che raddoppiati", "triplicano": how many times as much."""
    for m in _MULTIPLE.finditer(text) if _MULTIPLES.search(text) else ():
        times = _TIMES[(m["noun"] or m["verb"]).casefold()]
        approx = "oltre" if m["more"] else "quasi" if m["less"] else ROUGHLY
        yield Fact("number", m[0], m.start(), m.end(), Decimal(times), "volte", approx=approx, worded=True)


def share_of(fact: Fact, facts: list[Fact], body: str) -> Fact | None:
    """ "più di nove utenze su dieci": the rough percentage that ``fact`` says together with its neighbour."""
    for one, two in pairwise(facts):
        if fact is not one and fact is not two:
            continue
        if not one.value or not two.value or one.value >= two.value or one.unit or two.unit:
            continue
        if not one.approx and not (one.worded and two.worded and two.value in (10, 100)):
            continue
        if _OUT_OF.fullmatch(body[one.end : two.start]):
            return replace(
                one, kind="percent", value=round_half_up(100 * one.value / two.value, 2), unit="%", approx=one.approx or ROUGHLY
            )
    return None
