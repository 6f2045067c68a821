"""References to laws, known by their form: type, number and year, with the articles that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.quantities.dates import MONTHS, YEAR, match_day
from prompts.grounding.facts import Fact

_MONTH = "|".join(MONTHS)
TYPES: tuple[tuple[str, str], ...] = (
    ("dlgs", r"d\.?\s?lgs\.?|d\.?\s?leg\.?vo|decret[oi]\s+legislativ[oi]|dec\.\s?leg\.|d\.\s?l\.\s?vo"),
    ("dl", r"d\.\s?l\.|decret[oi][\s-]+legge|dl(?=\s)"),
    ("dpr", r"d\.?\s?p\.?\s?r\.?|decret[oi]\s+del\s+presidente\s+della\s+repubblica"),
    ("dpcm", r"d\.?\s?p\.?\s?c\.?\s?m\.?|decret[oi]\s+del\s+presidente\s+del\s+consiglio(?:\s+dei\s+ministri)?"),
    ("dm", r"d\.?\s?m\.?|decret[oi]\s+(?:inter)?ministerial[ei]|decret[oi]\s+del\s+ministr[oe]\s+[^\d]{0,60}?"),
    ("lr", r"l\.\s?r\.?|legg[ei]\s+regional[ei](?:\s+\w+)?"),
    ("lc", r"l\.\s?cost\.|legg[ei]\s+costituzional[ei]"),
    ("l", r"legg[ei](?:\s+di\s+bilancio|\s+delega)?|l\."),
    ("ue", r"(?:regolament[oi]|reg\.|direttiv[ae]|dir\.)\s*\(?(?:ue|ce|cee|eu)\)?"),
    ("rd", r"r\.\s?d\.|regio\s+decreto"),
)
_TYPE = "|".join(f"(?P<{name}>{form})" for name, form in TYPES)
_DATE = (
    rf"(?:\d{{1,2}}\s?[°º]?\s+(?:{_MONTH})\s+(?P<y{{0}}>{YEAR})|\d{{1,2}}[./-]\d{{1,2}}[./-](?P<z{{0}}>{YEAR}|"
    rf"\d\d))"
)
_N = r"(?:n\.?\s?r?\.?\s*[°º]?|nr\.?|numero)"
_LAW = re.compile(
    rf"(?<![\w.])(?:{_TYPE})\s*(?:"
    rf"(?:del\s+)?{_DATE.replace('{0}', '1')}\s*,?\s*{_N}\s*(?P<n1>\d+)"
    rf"|{_N}?\s*(?P<n2>\d+)\s*/\s*(?P<y4>{YEAR}|\d\d)(?!\d)"
    rf"|{_N}?\s*(?P<n3>\d+)\s*,?\s+(?:del\s+)?(?:{_DATE.replace('{0}', '2')}|(?P<y5>{YEAR}))"
    rf"|(?P<y6>{YEAR})\s*/\s*(?P<n4>\d+)"
    rf"|{_N}\s*(?P<n5>\d+)"
    rf")",
    re.IGNORECASE,
)
_DAY = re.compile(rf"\d{{1,2}}(?:\s?[°º]?\s+(?:{_MONTH})\s+{YEAR}|[./-]\d{{1,2}}[./-](?:{YEAR}|\d\d))", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?<!\w)(?:art(?:t|icol[oi])?\.?)\s*(?P<list>\d+(?:\s?-?\s?(?:bis|ter|quater|quinquies|"
    r"sexies))?(?:\s*(?:,|e|-)\s*\d+(?:\s?-?(?:bis|ter|quater))?(?!\s*[/°]))*)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<![\w.])(?:comm[ai]|co\.|c\.(?=\s?\d))\s*(\d+)(?:\s?-?(?:bis|ter))?", re.IGNORECASE)
_LETTER = re.compile(r"(?<!\w)lett(?:era|\.)?\s*[a-z](?:\)|-bis\))?", re.IGNORECASE)
ALIASES = {
    "tuel": ("dlgs", "267", "2000", ""),
    "cad": ("dlgs", "82", "2005", ""),
    "codice dell'amministrazione digitale": ("dlgs", "82", "2005", ""),
    "gdpr": ("ue", "679", "2016", ""),
}


_ALIAS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ALIASES))})(?!\w)")


def aliased(low: str) -> set[tuple[str, ...]]:
    """The laws that a folded text calls by their everyday name (TUEL, CAD)."""
    return {ALIASES[name] for name in _ALIAS.findall(low)}


_DIGIT = re.compile(r"\d")


def find_laws(text: str) -> Iterator[Fact]:
    """Laws, then articles; an article's ``ref`` is ("article", number, comma or "", law number, law year)."""
    if not _DIGIT.search(text):
        return
    laws: list[Fact] = []
    for match in _LAW.finditer(text):
        kind = next(name for name, _form in TYPES if match[name])
        if kind in ("l", "dl") and match["n5"] and not match[kind].strip().lower().startswith(("legg", "d")):
            continue
        number = next(match[name] for name in ("n1", "n2", "n3", "n4", "n5") if match[name])
        year = next((match[name] for name in ("y1", "z1", "y4", "y2", "z2", "y5", "y6") if match[name]), "")
        year = year if len(year) in (0, 4) else ("20" if int(year) < 50 else "19") + year
        if kind == "ue" and len(number) == 4 and match["n2"] and len(match["y4"]) > 2:
            number, year = match["y4"], number
        day = _DAY.search(match[0])
        found = match_day(day[0]) if day else None
        when = f"{found[0].month:02}-{found[0].day:02}" if found else ""
        fact = Fact("law", match[0], match.start(), match.end(), ref=(kind, str(int(number)), year, when))
        laws.append(fact)
        yield fact
    yield from _articles(text, laws)


def _articles(text: str, laws: list[Fact]) -> Iterator[Fact]:
    for match in _ARTICLE.finditer(text):
        law = _law_of(match.start(), match.end(), laws, text)
        numbers = re.findall(r"\d+(?:\s?-?\s?(?:bis|ter|quater|quinquies|sexies))?", match["list"], re.I)
        stop = next((one.start for one in laws if one.start >= match.end()), match.end() + 40)
        comma = _COMMA.search(text, match.end(), min(stop, match.end() + 40))
        for number in numbers:
            ref = (
                "article",
                re.sub(r"[\s-]", "", number).lower(),
                comma[1] if comma else "",
                *(law.ref[1:3] if law else ("", "")),
            )
            yield Fact("article", match[0], match.start(), match.end(), ref=ref)


def _law_of(start: int, end: int, laws: list[Fact], text: str) -> Fact | None:
    """The law that an article belongs to: the next one in the same clause, else the one just before."""
    before = next((law for law in reversed(laws) if law.end <= start), None)
    if (
        before
        and re.fullmatch(r"[\s,(]*", text[before.end : start])
        and not re.match(r"[^;.]{0,40}?\bde(?:l|lla|llo|i|gli|lle)\b", text[end : end + 60])
    ):
        return before
    after = next(
        (law for law in laws if end <= law.start <= end + 90 and not re.search(r"[;.]\s+[A-Z]", text[end : law.start])), None
    )
    if after:
        return after
    if re.match(r"\s*(?:,[^,]{0,20},)?\s*de(?:l|lla|llo|i|gli|lle)\s+[A-ZÀ-Ü]", text[end:]):
        return None
    return next((law for law in reversed(laws) if law.end <= start <= law.end + 25), None)


def law_spans(text: str, facts: list[Fact]) -> list[tuple[int, int]]:
    """Everything that belongs to law references: their digits are no quantities and their dates no dates."""
    spans = [(fact.start, fact.end) for fact in facts]
    for pattern in (_COMMA, _LETTER, _ARTICLE):
        spans += [match.span() for match in pattern.finditer(text)]
    return spans


def law_supported(fact: Fact, laws: frozenset[tuple[str, ...]], articles: tuple[tuple[str, ...], ...]) -> bool:
    """A law by type, number, year and, where both say it, day; an article by number, of the same law where the source tells."""
    if fact.kind == "law":
        kind, number, year, day = fact.ref
        return any(
            one[:2] == (kind, number) and (one[2] == year or not year) and (not day or not one[3] or day == one[3])
            for one in laws
        )
    _tag, number, comma, law_number, law_year = fact.ref
    for _t, one_number, one_comma, one_law, one_year in articles:
        same_law = not law_number or not one_law or (one_law, one_year) == (law_number, law_year)
        if one_number == number and same_law and (not comma or not one_comma or comma == one_comma):
            return True
    return False
