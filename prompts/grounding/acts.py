"""Administrative acts by form: deliberazione n. 71/2020, determina n. 594 del 06/07/2021, Rep 434/2016, protocollo 39448."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.quantities.dates import MONTHS, YEAR
from prompts.grounding.facts import Fact

_MONTH = "|".join(MONTHS)
CLASSES: tuple[tuple[str, str], ...] = (
    ("delibera", r"deliberazion[ei]|deliber[ae]|delib\.|d\.?\s?g\.?\s?[cmru]\.?|d\.?\s?c\.?\s?[cmu]\.?|d\.?g\.?r\.?"),
    ("determina", r"determinazion[ei]|determin[ae]|determ?\.|d\.?\s?t\.?|d\.?\s?d\.?"),
    ("decreto", r"decret[oi](?!\s*[-\s]?(?:legge|legislativ))|d\.d\.(?:[a-z]\.){1,3}"),
    ("ordinanza", r"ordinanz[ae]"),
    ("protocollo", r"protocoll[oi]|prot\.?(?!\w)"),
    ("repertorio", r"repertori[oi]?|rep\.?(?!\w)"),
    ("circolare", r"circolar[ei]"),
    ("verbale", r"verbal[ei]"),
    ("atto", r"att[oi]|provvediment[oi]|direttiv[ae]|nota|disposizion[ei]|pronunci[ae]|parer[ei]|sentenz[ae]|convenzion[ei]|bando"),
)
_CLASS = "|".join(f"(?P<{name}>{form})" for name, form in CLASSES)
_N = r"(?:nn?\.?\s?r?\.?\s*[°º]?|nr\.?|numero)"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:{YEAR}|\d\d)|\d{{1,2}}\s?[°º]?\s+(?:{_MONTH})(?:\s+{YEAR})?)"
_HEAD = re.compile(rf"(?<![\w.])(?:{_CLASS})(?=[\s.(])", re.IGNORECASE)
_BARE = re.compile(rf"(?<!\w){_N}\s*(?P<n>\d+(?:\.\d{{3}})*)\s*(?:/\s*(?P<y>{YEAR}|\d\d)(?![\d/])|,?\s*(?:del|dell'|in\s+data|approvat\w+\s+il|datat\w+)\s*(?:giorno\s+)?(?P<d>{_DATE}))", re.I)
_AFTER_HEAD = re.compile(
    rf"(?P<words>(?:\s+(?!\d)[^\s\d;:]+){{0,9}}?)\s*,?\s*(?:"
    rf"(?:(?:del|in\s+data|il)\s+)?(?P<d0>{_DATE})\s*,?\s*(?:{_N}|prot\.?)\s*(?P<n0>\d+(?:\.\d{{3}})*)"
    rf"|(?:{_N}\s*)(?P<n1>\d+(?:\.\d{{3}})*)(?:\s*/\s*(?P<y1>{YEAR}|\d\d)(?![\d/]))?"
    rf"|(?P<n2>\d+(?:\.\d{{3}})*)\s*/\s*(?P<y2>{YEAR}|\d\d)(?![\d/])"
    rf"|(?P<n3>\d+(?:\.\d{{3}})*)(?=\s*,?\s+del\s+{_DATE})"
    rf"|(?<=\s)(?P<n4>\d{{3,}}(?:\.\d{{3}})*)(?![/.,]?\d)"
    rf")",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\s*(?:del\s+{_DATE})?\s*(?:,|e|ed|nonché|e\s+la)\s+(?:{_N}\s*)?(?P<n>\d+(?:\.\d{{3}})*)(?:\s*/\s*(?P<y>{YEAR}|\d\d)(?![\d/])|(?=\s*,?\s*(?:del\s+{_DATE}))|(?=\s*(?:\[|\.|;|,|$)))", re.I)
_ORGAN = re.compile(r"(giunt|g\.?\s?[cmu]\.|g\.?c|consigli|c\.?\s?c\.|commissari|sindac|dirigenzial|president)", re.I)


def find_acts(text: str) -> Iterator[Fact]:
    """Acts with ``ref`` (class, number, year or "", organ). The date of the act stays to be read as a date."""
    taken: list[tuple[int, int]] = []
    for head in _HEAD.finditer(text):
        match = _AFTER_HEAD.match(text, head.end())
        if match is None or any(start <= head.start() < end for start, end in taken):
            continue
        kind = next(name for name, _form in CLASSES if head[name])
        if match["n4"] and (kind not in ("protocollo", "repertorio") or match["words"].count(" ") > 2):
            continue
        if re.search(r"[.;]\s|\s(?:con|per|che|di\s+cui)\s", match["words"] + " ") and not re.search(r"con(?:siglio)|cons\.", match["words"], re.I) and match["n1"] and kind == "atto":
            continue
        group = next(name for name in ("n0", "n1", "n2", "n3", "n4") if match[name])
        year = match["y1"] or match["y2"] or _year_of(match["d0"]) or ""
        organ = _organ(match["words"] + " " + head[0])
        yield Fact("act", text[head.start() : match.end()], match.start(group), match.end(), ref=(kind, _plain(match[group]), _four(year), organ))
        taken.append((head.start(), match.end()))
        at = match.end()
        while more := _MORE.match(text, at):
            yield Fact("act", text[more.start("n") : more.end()], more.start("n"), more.end(), ref=(kind, _plain(more["n"]), _four(more["y"] or ""), organ))
            taken.append((more.start(), more.end()))
            at = more.end()
    for bare in _BARE.finditer(text):
        if not any(start <= bare.start("n") < end for start, end in taken):
            end = bare.end("y") if bare["y"] else bare.end("n")
            yield Fact("act", bare[0], bare.start(), end, ref=("", _plain(bare["n"]), _four(bare["y"] or _year_of(bare["d"]) or ""), ""))


def _plain(number: str) -> str:
    return number.replace(".", "").lstrip("0") or "0"


def _four(year: str) -> str:
    return year if len(year) in (0, 4) else "20" + year


def _year_of(date: str | None) -> str | None:
    found = re.search(rf"{YEAR}$", date or "")
    return found[0] if found else None


def _organ(words: str) -> str:
    found = _ORGAN.search(words)
    low = found[1].lower().replace(".", "").replace(" ", "") if found else ""
    if low.startswith("g") or re.search(r"\bd\.?g", words, re.I):
        return "giunta"
    if low.startswith(("cons", "cc")) or re.search(r"\bd\.?c\.?c", words, re.I):
        return "consiglio"
    return ""


def act_supported(fact: Fact, acts: list[tuple[str, ...]]) -> bool:
    """An act by its number, with no contradiction in class, year or organ ("delibera di Giunta" against "determina")."""
    kind, number, year, organ = fact.ref
    for one_kind, one_number, one_year, one_organ in acts:
        if one_number != number or (year and one_year and year != one_year):
            continue
        if _clash(kind, one_kind) or (organ and one_organ and organ != one_organ):
            continue
        return True
    return False


def _clash(one: str, two: str) -> bool:
    loose = ("", "atto")
    return one != two and one not in loose and two not in loose
