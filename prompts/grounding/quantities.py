"""Numbers, percentages, sums of money and their units in running text, in digits and in letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from cards.quantities import read_word_number
from cards.quantities.numbers import read_digits
from prompts.grounding.facts import DIGITS, WHOLE, Fact, FactKind, mask
from prompts.grounding.units import unit_after

_NUMBER = re.compile(rf"(?:(?<![\w.,/])|(?<=/)|(?<=[A-Za-z]\.)){DIGITS}")
_SCALE = re.compile(r"\s*(mila|migliaia|milioni|milione|miliard[oi]|mln|mld)(?!\w)\.?(?:\s+(?:di|d')(?!\w))?", re.I)
_PERCENT = re.compile(r"\s*(?:%|per\s?cento(?!\w))", re.I)
_POINTS = re.compile(r"\s*(?:punti?\s+percentual[ei]|p\.\s?p\.|punti?(?!\w))", re.I)
_EURO = re.compile(r"\s*(?:€|euro(?!\w)|eur(?!\w))", re.I)
_CENTS = re.compile(r"\s*centesim[oi](?:\s+di\s+euro)?(?!\w)", re.I)
_EURO_BEFORE = re.compile(r"(?:€|(?<!\w)(?:euro|eur)\.?)\s*$", re.I)
_WORD = re.compile(r"(?<![\w'])(?=[ucdtqsonvmzUCDTQSONVMZ])[^\W\d_]{3,}")
_APPROX = re.compile(
    (
        r"(?<!\w)(circa|quasi|oltre|super(?:a|ano|ato|ata|ati|ate|ando|ato\s+quota)(?=\s+(?:i|gli|le|quota))|"
        r"più\s+di|intorno\s+a(?:i|l|lle)?|all'incirca|approssimativamente|poco\s+(?:più|meno)\s+di|meno\s+di|"
        r"ca\.|sotto|sopra|inferior[ei]\s+a(?:i|gli|lle)?|superior[ei]\s+a(?:i|gli|lle)?|non\s+(?:arriv|raggiung|super)\w+(?:\s+a)?)\s*(?:il|i|gli|le|l'|€|euro|di|quota|\s)*\s*$"
    ),
    re.I,
)
_AND_A_HALF = re.compile(r"\s+e\s+mezz[oa](?!\w)", re.I)
_APPROX_AFTER = re.compile(r"\s*(?:circa|ca\.)(?!\w)", re.I)
_DEFINITE = re.compile(
    (
        r"(?<!\w)(?:[ai]|gli|le|ai|agli|alle|dai|dagli|dalle|dei|degli|delle|nei|negli|nelle|sui|sugli|sulle|questi|"
        r"queste|quei|quegli|quelle|altri|altre|prime|primi)\s+$"
    ),
    re.I,
)
_NUMBERED = re.compile(r"(?<!\w)(?:nn?\.|n\.?\s?°|numero)\s*$", re.I)
_NOUN = re.compile(r"\s+(?:(?:di|dei|delle|degli|nuov[iae]|altr[iae]|divers[iae])\s+)?([^\W\d_]{3,})")
_MIN_SEC = re.compile(r"(?<![\w.,])(\d{1,3})\s?['’′]\s?(\d{1,2})\s?(?:\"|''|’’|″|”)")
_HOUR_MIN = re.compile(r"(?<![\w.,])(\d{1,3})\s?h\s?(\d{2})(?!\d)(?:\s?(?:min|m|')(?!\w))?")
_MILLIONS = re.compile(
    rf"(?<!\w)(?P<millions>un|\d+|[^\W\d_]+)\s+milion[ei]\s+e\s+(?P<rest>{WHOLE}|[^\W\d_]+)(?:\s?(?P<mila>mila)(?!\w))?",
    re.I,
)
_PRIME = re.compile(r"(?<![\w.,'’])(\d+(?:,\d+)?)\s?['’′](?![\w'’])")
IMPLIED = {
    "bimestr": ("mesi", 2), "trimestr": ("mesi", 3), "quadrimestr": ("mesi", 4), "semestr": ("mesi", 6), "bienn": ("anni", 2),
    "trienn": ("anni", 3), "quinquenn": ("anni", 5), "tutt": ("%", 100), "totalità": ("%", 100),
}  # fmt: skip
_IMPLIED = re.compile(
    r"(?<!\w)(?:(?:bi|tri|quadri|se)mestr\w+|(?:bi|tri|quinqu)enn(?:i|al)\w*|tutt[ei]\s+(?:i|gli|le)|totalità)(?!\w)", re.I
)
_WRITTEN_SUM = re.compile(rf"(?<![\w.,+]){DIGITS}(?:\s?\+\s?{DIGITS})+(?![\w%])")
_RANKING = re.compile(r"posto|posizione|classifica|graduatoria", re.I)
_ORDINALS = {
    "prim": 1, "second": 2, "terz": 3, "quart": 4, "quint": 5, "sest": 6, "settim": 7, "ottav": 8, "non": 9, "decim": 10,
}  # fmt: skip
_RANK = re.compile(
    rf"(?<!\w)(?:((?:{'|'.join(_ORDINALS)})[oa])\s+(?:posto|posizione)|((?:{'|'.join(_ORDINALS)})[oaie])\s+(?:in|nella)\s+(?:\w+\s+)?(?:classifica|graduatoria))(?!\w)",
    re.I,
)
_ITEM_AFTER = re.compile(r"[.)]\s[A-ZÀ-Ü]")
_ITEM_BEFORE = re.compile(r"(?:^|[.;>»]\s*|\n\s*)$")
_LABEL = re.compile(
    r"(?<!\w)(?:fase|scheda|tabella|allegato|programma|missione|lotto|investimento|componente|id|attività|indicatore)\s+"
    r"(?:nn?\.\s?[°º]?\s*|numero\s+|intervento\s+)?$",
    re.I,
)
_RANGE = re.compile(r"\s*(?:-|–|a|ad|ai|al|alle|agli)\s*", re.I)
_BETWEEN = re.compile(r"\s*e\s+(?:il|l')\s*", re.I)
_BETWEEN_HEAD = re.compile(r"(?<!\w)(?:fra|tra)\s+(?:il\s|l')\s*$", re.I)
_OUT_OF_MILLIONS = re.compile(r"[^.;\d]{0,12}\b(?:su|contro|sui|contro\s+i|a\s+fronte\s+(?:di|dei))\s+(?:un\s+)?(?:i\s+)?$", re.I)


def find_quantities(text: str) -> list[Fact]:
    """The quantities of a text whose dates, acts, laws and codes are already blanked out, in order."""
    clocks = [*_clocks(text), *_millions(text), *_ranks(text)]
    for fact in clocks:
        text = mask(text, fact.start, fact.end)
    facts = _scaled(text, sorted([*clocks, *_single(text)], key=lambda fact: fact.start))
    following: list[Fact | None] = [*facts[1:], None]
    return [_ranged(text, fact, after) for fact, after in zip(facts, following[-len(facts) :] if facts else [], strict=True)]


def find_implied(text: str) -> Iterator[Fact]:
    """Quantities that a source says without: "semestre" (6 mesi), "biennio" (2 anni), "tutte le domande" (100 %), "22+113"."""
    for m in _IMPLIED.finditer(text):
        unit, value = next(found for word, found in IMPLIED.items() if m[0].casefold().startswith(word))
        kind: FactKind = "percent" if unit == "%" else "number"
        yield Fact(kind, m[0], m.start(), m.end(), Decimal(value), unit)
    for m in _WRITTEN_SUM.finditer(text):
        parts = [read_digits(part) for part in re.split(r"\s*\+\s*", m[0])]
        yield Fact("number", m[0], m.start(), m.end(), sum((part.value for part in parts if part), Decimal(0)))


def _clocks(text: str) -> Iterator[Fact]:
    """06' 29" is 6 min and 29 s; 36h 30 is 36 h and 30 min: two facts, each in its own place."""
    for pattern, units in ((_MIN_SEC, ("min", "s")), (_HOUR_MIN, ("h", "min"))):
        for m in pattern.finditer(text):
            for group, unit in ((1, units[0]), (2, units[1])):
                end = m.end() if group == 2 else m.end(1) + 1
                yield Fact("number", text[m.start(group) : end].strip(), m.start(group), end, Decimal(m[group]), unit)
    for m in _PRIME.finditer(text):
        yield Fact("number", m[0], m.start(), m.end(), Decimal(m[1].replace(",", ".")), "min")


def _millions(text: str) -> Iterator[Fact]:
    """ "un milione e 250 mila euro", "2 milioni e trecentomila"."""
    for m in _MILLIONS.finditer(text) if "milion" in text.casefold() else ():
        parts = [_count_of(m["millions"]), _count_of(m["rest"])]
        if parts[0] is not None and parts[1] is not None:
            value = parts[0] * 10**6 + parts[1] * (1000 if m["mila"] else 1)
            money = _EURO.match(text, m.end())
            end = money.end() if money else m.end()
            kind: FactKind = "money" if money else "number"
            yield Fact(kind, text[m.start() : end], m.start(), end, value, "€" if money else None)


def _count_of(text: str) -> Decimal | None:
    read = read_digits(text) if text[0].isdigit() else None
    number = read_word_number(text.casefold())
    return read.value if read else Decimal(number) if number is not None else None


def _ranged(text: str, fact: Fact, after: Fact | None) -> Fact:
    """ "0-3 anni", "da 16 a 30 giorni": the first number has the unit that only the last one bears."""
    if after and not fact.worded and fact.value and fact.value < 1000 and _RANGE.fullmatch(text[fact.end : after.start]):
        scale = _SCALE.search(after.text)
        if scale and not _SCALE.search(fact.text):
            fact = replace(fact, value=fact.value * _scale_of(scale[1]))
    if fact.unit or not after or not after.unit:
        return fact
    between = text[fact.end : after.start]
    if not _RANGE.fullmatch(between) and not (_BETWEEN.fullmatch(between) and _BETWEEN_HEAD.search(text[: fact.start])):
        return fact
    return replace(fact, unit=after.unit, kind=after.kind)


def _scaled(text: str, facts: list[Fact]) -> list[Fact]:
    """ "2,15 milioni su 2,4": the second of two sums has the scale of the first."""
    for at, (one, two) in enumerate(pairwise(facts)):
        scale = _SCALE.search(one.text)
        small = two.value and two.value < 1000 and two.unit is None and not two.yearlike and not _SCALE.search(two.text)
        if scale and small and two.value and _OUT_OF_MILLIONS.fullmatch(text[one.end : two.start]):
            facts[at + 1] = replace(two, value=two.value * _scale_of(scale[1]), kind=one.kind, unit=one.unit, noun=None)
    return facts


def _ranks(text: str) -> Iterator[Fact]:
    """ "al secondo posto", "terza in classifica": a rank is the number that the sources give."""
    for m in _RANK.finditer(text) if _RANKING.search(text) else ():
        word = (m[1] or m[2]).casefold()
        yield Fact("number", m[0], m.start(), m.end(), Decimal(_ORDINALS[word[:-1]]), worded=True)


def _single(text: str) -> Iterator[Fact]:
    for match in _NUMBER.finditer(text):
        if fact := _digits_fact(text, match):
            yield fact
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        number = _word_value(word)
        if number is None or _is_percent_word(text, match):
            continue
        yield _fact(text, match.start(), match.end(), Decimal(number), worded=True)


@lru_cache(maxsize=20_000)
def _word_value(word: str) -> int | None:
    return None if word in ("uno", "una") else read_word_number(word)


def _digits_fact(text: str, match: re.Match[str]) -> Fact | None:
    read = read_digits(match[0])
    if read is None:
        return None
    if re.match(r"[°ºª^](?!\s?C\b)", text[match.end() : match.end() + 3]):
        return None
    found = _fact(text, match.start(), match.end(), read.value, worded=False, raw=match[0])
    return replace(found, code=_names(text, match, found))


def _names(text: str, match: re.Match[str], fact: Fact) -> bool:
    """A number that names and counts nothing: "00128", "Fase 6", the "3." before an item of a list."""
    if fact.unit or fact.kind != "number":
        return False
    if re.fullmatch(r"0\d+", match[0]):
        return True
    after = text[match.end() : match.end() + 3]
    if len(match[0]) <= 2 and _ITEM_AFTER.match(after) and _ITEM_BEFORE.search(text, max(0, match.start() - 4), match.start()):
        return True
    return bool(_LABEL.search(text, max(0, match.start() - 24), match.start()))


def _is_percent_word(text: str, match: re.Match[str]) -> bool:
    """The "cento" of "per cento" is no number."""
    return (
        match[0].casefold() == "cento"
        and bool(re.search(r"(?<!\w)per\s$", text[: match.start()], re.I))
        and bool(re.search(r"[\w%]\s+per\s$", text[: match.start()], re.I))
    )


def _fact(text: str, start: int, end: int, value: Decimal, *, worded: bool, raw: str = "") -> Fact:
    yearlike = not worded and bool(re.fullmatch(r"(?:19|20)\d\d", raw))
    scale = 1
    if found := _SCALE.match(text, end):
        value, end, yearlike, scale = value * _scale_of(found[1]), found.end(), False, _scale_of(found[1])
        if found := _AND_A_HALF.match(text, end):
            value, end = value + Decimal(scale) / 2, found.end()
    kind, unit = "number", None
    if found := _PERCENT.match(text, end):
        kind, unit, end = "percent", "%", found.end()
    elif found := _POINTS.match(text, end):
        unit, end = "punti", found.end()
    elif found := _EURO.match(text, end):
        kind, unit, end = "money", "€", found.end()
    elif found := _CENTS.match(text, end):
        kind, unit, value, end = "money", "€", value / 100, found.end()
    elif found := _EURO_BEFORE.search(text, max(0, start - 10), start):
        kind, unit, start = "money", "€", found.start()
    else:
        unit, end = unit_after(text, end)
    if scale == 1 and (found := _AND_A_HALF.match(text, end)):
        value, end = value + Decimal("0.5"), found.end()
    before = text[max(0, start - 30) : start]
    approx = _APPROX.search(before)
    after = _APPROX_AFTER.match(text, end)
    noun = _NOUN.match(text, end)
    return Fact(
        kind, text[start:end].strip(), start, end, abs(value), unit,  # type: ignore[arg-type]
        approx=approx[1].casefold() if approx else "circa" if after else None,
        noun=noun[1] if noun else None, worded=worded, yearlike=yearlike and kind == "number" and unit is None,
        definite=bool(_DEFINITE.search(before)), numbered=bool(_NUMBERED.search(before)),
    )  # fmt: skip


def has_scale(text: str) -> bool:
    """True for "4,2 milioni": in these documents a number of thousands or millions with no noun of its own is a sum of money."""
    return bool(_SCALE.search(text))


def _scale_of(word: str) -> int:
    low = word.casefold()
    return 1000 if low in ("mila", "migliaia") else 10**9 if low.startswith(("miliard", "mld")) else 10**6
