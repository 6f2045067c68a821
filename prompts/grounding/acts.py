"""Administrative acts by form: deliberazione n. 71/2020, determina n. 594 del 06/07/2021, Rep 434/2016, protocollo 39448."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cards.quantities.dates import MONTHS, YEAR, match_day
from prompts.grounding.facts import WHOLE, Fact

_MONTH = "|".join(MONTHS)
CLASSES: tuple[tuple[str, str], ...] = (
    (
        "delibera",
        r"deliberazion[ei]|deliber[ae]|delib\.|d\.?\s?g\.?\s?[cmru]\.?|d\.?\s?c\.?\s?[cmu]\.?|d\.?g\.?r\.?|d\.\s?g\.(?!\s?[a-z]\.)",
    ),
    ("determina", r"determinazion[ei]|determin[ae]|determ?\.|d\.?\s?t\.?|d\.?\s?d\.?(?!\.?[a-z]\.)"),
    ("decreto", r"d\.?\s?p\.?\s?g\.?\s?r\.?|decret[oi](?!\s*[-\s]?(?:legge|legislativ))|d\.d\.(?:[a-z]\.){1,3}"),
    ("ordinanza", r"ordinanz[ae]"),
    ("protocollo", r"protocoll[oi]|prot\.?(?!\w)"),
    ("repertorio", r"repertori[oi]?|rep\.?(?!\w)"),
    ("circolare", r"circolar[ei]"),
    ("verbale", r"verbal[ei]"),
    (
        "atto",
        (
            r"att[oi]|provvediment[oi]|direttiv[ae]|nota|disposizion[ei]|pronunci[ae]|parer[ei]|sentenz[ae]|"
            r"convenzion[ei]|bando"
        ),
    ),
)
_CLASS = "|".join(f"(?P<{name}>{form})" for name, form in CLASSES)
_N = r"(?:nn?\.?\s?r?\.?\s*[°º]?|nr\.?|numero)"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{YEAR}|\d\d)|\d{{1,2}}\s?[°º]?\s+(?:{_MONTH})(?:\s+{YEAR})?)"
_HEAD = re.compile(rf"(?<![\w.])(?:{_CLASS})(?=[\s.(,;:])", re.IGNORECASE)
_BARE = re.compile(
    (
        rf"(?<!\w){_N}\s*(?P<n>{WHOLE})\s*(?:/\s*(?P<y>{YEAR}|\d\d)(?![\d/])|,?\s*(?:del|dell'|in\s+data|"
        rf"approvat\w+\s+il|datat\w+)\s*(?:giorno\s+)?(?P<d>{_DATE}))"
    ),
    re.I,
)
_AFTER_HEAD = re.compile(
    rf"(?P<words>(?:\s+(?!\d)[^\s\d;:]+){{0,9}}?)\s*,?\s*(?:"
    rf"(?:(?:del|in\s+data|il)\s+)?(?P<d0>{_DATE})\s*,?\s*(?:{_N}|prot\.?)\s*(?P<n0>{WHOLE})"
    rf"|(?:{_N}\s*)(?P<n1>{WHOLE})(?:\s*/\s*(?P<y1>{YEAR}|\d\d)(?![\d/]))?"
    rf"|(?P<n2>{WHOLE})\s*/\s*(?P<y2>{YEAR}|\d\d)(?![\d/])"
    rf"|(?P<n3>{WHOLE})(?=\s*,?\s+del\s+{_DATE})"
    rf"|(?<=\s)(?P<n4>{WHOLE})(?![/.,]?\d)"
    rf")",
    re.IGNORECASE,
)
_MORE = re.compile(
    (
        rf"\s*(?:del\s+{_DATE})?\s*(?:,|[-–]|e|ed|nonché|"
        rf"e\s+la)\s*(?:{_N}\s*)?(?P<n>{WHOLE})(?:\s*/\s*(?P<y>{YEAR}|\d\d)(?![\d/])|"
        rf"(?=\s*,?\s*(?:del\s+(?:{_DATE}|{YEAR})))|(?=\s*(?:\[|\.|;|,|[-–]\s*\d|e\s|$)))"
    ),
    re.I,
)
_BY_ORGAN = re.compile(r"\bda(?:l|lla)\s+(?:giunta|consiglio)(?!\s+dei)[^,;.]{0,25}$", re.I)
_ORGAN = re.compile(r"(giunt|g\.?\s?[cmu]\.|g\.?c|consig?li|c\.?\s?c\.|commissari|sindac|dirigenzial|president)", re.I)


_LOOSE = re.compile(rf"(?<!\w)(?:(?P<sign>{_N}\s*)|(?:la|il|le|i|con|e)\s+)(?P<n>{WHOLE})(?![/.,]?\d|\s?[°º])", re.I)
_NUMBER_YEAR = re.compile(rf"(?<![\w./])(?!(?:19|20)\d\d\s?/)(\d{{1,4}})\s?/\s?({YEAR})(?![\w/])")
_COUNTED = re.compile(r"\s*(?:[%€]|(?!(?:d[aei]\w*|per|con|e|ed|a|ad|in|su|nel\w*|non|che|o|rispettivamente)\b)[a-zà-ù]{2,})")
_OF_ORGAN = re.compile(
    r"(?:\s+(?:di|del|della|dell'|n\.?|(?-i:[A-Z][A-Z.]+)|(?:giunta|consiglio|consiliare|comunale|dirigenziale)))*", re.I
)


_DATED = re.compile(
    (
        rf"\s*(?:/\s*\d{{2,4}})?\s*,?\s*(?:del|dell'|in\s+data|approvat\w+\s+il|datat\w+)\s*(?:(?P<d>{_DATE})|"
        rf"(?P<y>{YEAR}))"
    ),
    re.I,
)


def _reference(
    text: str, kind: str, number: str, year: str | None, organ: str, end: int, date: str | None = None
) -> tuple[str, ...]:
    """(class, number, year, organ, day): what can be compared, "" for what the text does not say."""
    if date is None and (dated := _DATED.match(text, end)):
        date, year = dated["d"], year or dated["y"]
    found = match_day(date) if date else None
    day = found[0] if found else None
    if day and day.year and not year:
        year = str(day.year)
    return (kind, _plain(number), _four(year or ""), organ, f"{day.month:02}-{day.day:02}" if day else "")


_DIGIT = re.compile(r"\d")


def find_acts(text: str, *, loose: bool = False) -> Iterator[Fact]:
    """Acts with ``ref`` (class, number, year, organ, "MM-DD"), "" for what is not said. Its date is left to be read.

    ``loose`` also takes a bare "n. 28" for an act when the text speaks of acts.
    """
    if not _DIGIT.search(text):
        return
    taken: list[tuple[int, int]] = []
    for head in _HEAD.finditer(text):
        match = _AFTER_HEAD.match(text, head.end())
        if match is None or _HEAD.search(match["words"] + " ") or any(start <= head.start() < end for start, end in taken):
            continue
        kind = next(name for name, _form in CLASSES if head[name])
        if match["n4"] and not _named_by_number(text, kind, match):
            continue
        if (
            re.search(r"[.;]\s|\s(?:con|per|che|di\s+cui)\s", match["words"] + " ")
            and not re.search(r"con(?:siglio)|cons\.", match["words"], re.I)
            and match["n1"]
            and kind == "atto"
        ):
            continue
        group = next(name for name in ("n0", "n1", "n2", "n3", "n4") if match[name])
        year = match["y1"] or match["y2"]
        by = _BY_ORGAN.search(text, max(0, head.start() - 40), head.start())
        organ = _organ(match["words"] + " " + head[0]) or _organ(by[0] if by else "")
        ref = _reference(text, kind, match[group], year, organ, match.end(), match["d0"])
        listed = [Fact("act", text[head.start() : match.end()], match.start(group), match.end(), ref=ref)]
        at = match.end()
        while more := _MORE.match(text, at):
            ref = _reference(text, kind, more["n"], more["y"], organ, more.end())
            listed.append(Fact("act", text[more.start("n") : more.end()], more.start("n"), more.end(), ref=ref))
            at = more.end()
        taken.append((head.start(), at))
        yield from _same_day(listed)
    for bare in _BARE.finditer(text):
        if not any(start <= bare.start("n") < end for start, end in taken):
            end = bare.end("y") if bare["y"] else bare.end("n")
            taken.append((bare.start("n"), end))
            yield Fact("act", bare[0], bare.start(), end, ref=_reference(text, "", bare["n"], bare["y"], "", end, bare["d"]))
    if loose:
        yield from _loose(text, taken)


def _same_day(listed: list[Fact]) -> Iterator[Fact]:
    """ "nn. 32, 33 e 34 del 6.11.2018": the year and the day told after the last are those of all."""
    last = listed[-1].ref
    for fact in listed:
        told = fact.ref[2] or fact.ref[4]
        ref = fact.ref if told else (*fact.ref[:2], last[2], fact.ref[3], last[4])
        yield replace(fact, ref=ref, listed=len(listed))


def _named_by_number(text: str, kind: str, match: re.Match[str]) -> bool:
    """ "la delibera 34", "protocollo 39448": the class and at once the number, which counts nothing."""
    if kind in ("protocollo", "repertorio"):
        return len(match["n4"]) > 2 and match["words"].count(" ") <= 2
    return bool(_OF_ORGAN.fullmatch(match["words"])) and not _COUNTED.match(text, match.end())


def _loose(text: str, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    """In a text that speaks of acts, the further ones: "n. 28 di Pontalto", "e Borgo con la 30" (not where it speaks of a mere
    "convenzione" or "bando": there the sign is needed)."""
    heads = list(_HEAD.finditer(text))
    if not heads:
        return
    for match in _NUMBER_YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            taken.append(match.span())
            ref = _reference(text, "", match[1], match[2], "", match.end())
            yield Fact("act", match[0], match.start(), match.end(), ref=ref)
    numbered = all(head["atto"] and not re.match(r"att|provved", head[0], re.I) for head in heads)
    for match in _LOOSE.finditer(text):
        if numbered and not match["sign"]:
            continue
        if not any(start <= match.start("n") < end for start, end in taken) and not _COUNTED.match(text, match.end()):
            ref = _reference(text, "", match["n"], None, "", match.end())
            yield Fact("act", match[0], match.start("n"), match.end(), ref=ref)


def _plain(number: str) -> str:
    return number.replace(".", "").lstrip("0") or "0"


def _four(year: str) -> str:
    return year if len(year) in (0, 4) else "20" + year


def _organ(words: str) -> str:
    found = _ORGAN.search(words)
    low = found[1].lower().replace(".", "").replace(" ", "") if found else ""
    if low.startswith("g") or re.search(r"\bd\.?g", words, re.I):
        return "giunta"
    if low.startswith(("cons", "cc")) or re.search(r"\bd\.?c\.?c", words, re.I):
        return "consiglio"
    return ""


def act_supported(fact: Fact, acts: tuple[tuple[str, ...], ...]) -> bool:
    """An act by its number, with no contradiction in class, year, day or organ ("delibera di Giunta" against "determina")."""
    kind, number, year, organ, day = fact.ref
    for one_kind, one_number, one_year, one_organ, one_day in acts:
        if one_number != number or (year and one_year and year != one_year) or (day and one_day and day != one_day):
            continue
        if _clash(kind, one_kind) or (organ and one_organ and organ != one_organ):
            continue
        return True
    return False


def _clash(one: str, two: str) -> bool:
    loose = ("", "atto")
    return one != two and one not in loose and two not in loose
