"""``read_target``: from a string to its typed reading. The order of the questions is the grammar (docs/grammatica.md)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from cards.quantities.joins import join
from cards.quantities.measures import Quantity
from cards.quantities.pieces import Piece, pieces_of
from cards.quantities.quantity import match_quantity
from cards.quantities.target import NUMERIC, Comparator, Target
from cards.quantities.unset import is_unset

_LEAD = re.compile(
    r"(?:(?:valor[ei]|risultat[oi]|target|livello|obiettivo|dato|consuntivo)\s+)?(?:attes[oaie]|"
    r"previst[oaie]|raggiunt[oaie]|programmat[oaie]|target|dato|totale|tot\.?)"
    r"(?:\s+(?:20\d\d|anno\s+20\d\d))?\s*:?\s+(?=\S)|(?:anno\s+)?20\d\d\s*[:=]\s*(?=[^;,]+$)",
    re.I,
)
_EMPTY = re.compile(r"(?:[<>=≤≥±+\s_…]|almeno|min\.?|max\.?|circa|entro|%|€|euro|n\.|gg\.?|giorni|ore|h|mq|su)*", re.I)
_SINCE = re.compile(
    (
        r"(?:rilevat[oa]\s+|attiv[oa]\s+)?(?:solo\s+)?(?:dal|da|dall'anno|dall'a\.\s?s\.)\s*(?:19|"
        r"20)\d\d(?:\s?[/-]\s?(?:20)?\d\d)?"
    ),
    re.I,
)
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_YES = re.compile(r"(?:s[iì](?:')?|yes|true|vero)(?![\w/])", re.I)
_YES_BY = re.compile(r"s[iì]'?[\s,;:.-]+(entro\b.+)", re.I)
_NO = re.compile(r"(?:no|false|falso)(?![\w/]|\.\s?\w)", re.I)
_BOTH = re.compile(
    r"s[iì]'?\s*(?:/|-|o|oppure|\\|\|)\s*no\b|no\s*(?:/|o|oppure)\s*s[iì](?!\w)|on\s*/\s*off|vero\s*/\s*falso", re.I
)
_REMARK = re.compile(
    r"(?:situazione|dato|dati|al(?=\s+\d)|rispetto|media|di\s+cui|nel(?=\s+(?:corso|20|19|\d))|nell'(?:anno|"
    r"a\.?\s?s)|anno(?=\s+20)|nota|escluso|esclusi|esclusa|escluse|"
    r"compres[oiae]|inclus[oiae]|causa|per\s+effetto|a\s+causa|a\s+fronte|oltre\s+a(?:i|lle|gli|l|"
    r"lla)?(?!\s*[\d€])|\bcon(?=\s+\d)|ogni)(?!\w)",
    re.I,
)


@lru_cache(maxsize=8192)
def read_target(text: str) -> Target:
    """Reads a target, actual or baseline string; never raises, always keeps ``text``.

    >>> target = read_target("≥ 98,5%")
    >>> target.type, target.comparator, target.value, target.unit
    ('percent', '>=', '98.5', '%')
    """
    clean = _clean(text)
    if is_unset(clean):
        return Target(text, "unset")
    if boolean := _boolean(text, clean):
        return boolean
    if not any(sign.isdigit() for sign in clean) and _EMPTY.fullmatch(clean):
        return Target(text, "unset")
    if since := _SINCE.fullmatch(clean):
        return Target(text, "unset", confident=False, note="rilevato solo da allora: qui non c'è un valore", qualifier=since[0])
    body, remarks = _set_brackets_aside(clean)
    reading = _read(text, _LEAD.sub("", body, count=1) if _LEAD.match(body) else body, remarks)
    return replace(reading, qualifier="; ".join(remarks) or reading.qualifier)


def _clean(text: str) -> str:
    """Single spaces, plain apostrophes and dashes, composed signs; nothing that changes a digit."""
    for old, new in (("’", "'"), ("‘", "'"), ("`", "'"), ("´", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("−", "-")):
        text = text.replace(old, new)
    return " ".join(text.split())


def _boolean(text: str, clean: str) -> Target | None:
    """Yes, no, or both left open; a yes with its term ("sì, entro il 30/06") is the term."""
    if match := _YES_BY.fullmatch(clean):
        term = read_target(match[1])
        if term.type in ("date", "month", "year") and term.confident:
            return replace(term, text=text)
    if _BOTH.match(clean):
        return Target(text, "ambiguous", confident=False, note="lascia aperti i due esiti: non è un valore atteso")
    for pattern, value in ((_YES, "true"), (_NO, "false")):
        match = pattern.match(clean)
        if match is None:
            continue
        rest = clean[match.end() :].strip(" .,;:-")
        if not rest or rest.startswith("("):
            return Target(
                text, "boolean", value=value, note="con una precisazione" if rest else None, qualifier=rest.strip("()") or None
            )
        if len(clean) > match.end() and clean[match.end()] in ",;:.-" or clean[match.end() : match.end() + 2] == " -":
            return Target(text, "boolean", value=value, confident=False, note="sì o no seguito da altre parole", qualifier=rest)
        return None
    return None


def _set_brackets_aside(clean: str) -> tuple[str, list[str]]:
    """The text without the remarks in brackets; one with a value in it stays ("(+/- 30% Covid)")."""
    remarks: list[str] = []

    def drop(match: re.Match[str]) -> str:
        inside = match[1].strip()
        found = match_quantity(inside, 0)
        if found and match.start() > 0 and found.comparator == "±":
            return " ; " + inside
        if found and found.comparator in (">", ">=", "<", "<=") and _noun_only(inside[found.end :]) and found.type == "number":
            return " ; " + inside + " ; " if _noun_only(inside[found.end :]) else ""
        remarks.append(inside)
        return " "

    body = _BRACKETS.sub(drop, clean)
    while _BRACKETS.search(body) and len(remarks) < 50:
        body = _BRACKETS.sub(drop, body)
    body = re.sub(r"\s+", " ", body).strip(" ;")
    if not body or not re.search(r"\w", body):
        return clean.strip("()[] "), []
    return body, remarks


def _noun_only(words: str) -> bool:
    return bool(re.fullmatch(r"\s+[^\W\d]{4,}(?:\s+[^\W\d]+){0,2}\s*", words))


def _read(text: str, body: str, remarks: list[str]) -> Target:
    pieces = join(body, pieces_of(body))
    quantities = [piece for piece in pieces if piece.quantity or piece.unset]
    if not any(piece.quantity for piece in quantities):
        if quantities and quantities[0].start == 0:
            return Target(text, "unset")
        return _free_text(text, body)
    parts, dropped = _parts(body, pieces)
    if len(parts) == 1:
        return _single(text, body, parts[0], dropped)
    return _several(text, body, parts)


def _free_text(text: str, body: str) -> Target:
    if re.fullmatch(r"[<>=≤≥±]?\s*\d+(?:[.,]\d+)+\s*\S*", body):
        return Target(text, "ambiguous", confident=False, note="punti e virgole non permettono di leggere il numero")
    return Target(text, "text", note="testo libero: non è misurabile")


def _parts(body: str, pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """The quantities that count, and the words set aside: after a remark word nothing counts until the next separator."""
    kept: list[Piece] = []
    dropped: list[str] = []
    skip_to = -1
    for piece in pieces:
        if piece.start < skip_to:
            continue
        if kept and (match := _REMARK.match(body, piece.start)):
            stop = re.compile(r"[;,]\s|$").search(body, match.end())
            skip_to = stop.start() if stop else len(body)
            dropped.append(body[piece.start : skip_to].strip())
        elif piece.unset or piece.quantity and not _aside(piece.quantity, kept):
            kept.append(piece)
        elif piece.quantity:
            dropped.append(piece.text)
    return kept, dropped


def _aside(quantity: Quantity, kept: list[Piece]) -> bool:
    """A year, school year or date without "entro" after a value says when the value was taken."""
    if not kept or quantity.comparator is not None or any(piece.quantity is None for piece in kept):
        return False
    calendar = ("date", "month", "year")
    first = kept[0].quantity
    if quantity.type == "range":
        return first is not None and first.type != "range"
    if quantity.type == "number" and _is_year(quantity) and not quantity.named:
        return first is not None and first.named
    return quantity.type in calendar and first is not None and first.type not in (*calendar, "range")


def _is_year(quantity: Quantity) -> bool:
    return bool(re.fullmatch(r"20[0-4]\d", quantity.value or ""))


def _noun(body: str, end: int, stop: int) -> str | None:
    """The words counted, after the number and before a separator or a remark."""
    words = body[end:stop]
    words = re.split(r"\s+-\s+|[;,:+]|-(?=\s)|\s/\s*$", words, maxsplit=1)[0]
    for match in re.finditer(r"(?<!\w)", words):
        if _REMARK.match(words, match.start()):
            words = words[: match.start()]
            break
    words = re.sub(r"^(?:(?:di|del|della|dei|degli|delle)\s+|d'\s*)(?=\w)", "", words.strip(" .-/"), flags=re.I)
    words = re.sub(r"(?:^|\s+)(?:e|ed|ma|a\s+una?)$", "", words)
    return words if re.search(r"[^\W\d]{2}", words) and not words.startswith("=") else None


def _single(text: str, body: str, piece: Piece, dropped: list[str]) -> Target:
    """One quantity, with the words around it judged: unit, remark, or a sentence in which a number occurs."""
    quantity = piece.quantity
    if quantity is None:
        return Target(text, "unset", confident=False, note="in parte non rilevato")
    before, after = body[: piece.start].strip(" :-•*"), body[piece.end :].strip(" .;,-")
    words = len(re.findall(r"[^\W\d]{2,}", before))
    if quantity.type in ("range", "date", "month") and quantity.comparator is None and words > 1:
        return Target(text, "text", confident=False, note="testo con una data o un periodo: non è misurabile")
    if (
        quantity.type == "number"
        and quantity.comparator is None
        and before
        and _is_year(quantity)
        and not re.search(r"\bn\b", before)
    ):
        return Target(text, "text", confident=False, note="testo con un anno: non è misurabile")
    notes = [quantity.doubt] if quantity.doubt else []
    if _YES.match(before) or _NO.match(before):
        notes.append("sì o no con un numero")
    if quantity.comparator == "±" and quantity.type not in NUMERIC:
        notes.append("banda attorno a una data")
    if words > 3:
        notes.append("frase con un numero: verificare che sia il valore atteso")
    if (quantity.signed and quantity.type != "duration") or re.search(
        r"(?:increment|aument|riduzion|diminuzion|riduc|variazion|scostament|decrement)\w*", body, re.I
    ):
        notes.append("variazione: manca la base a cui si riferisce")
    if quantity.type == "number" and _is_year(quantity) and body.endswith(quantity.value or " "):
        if re.search(r"(?:pari|uguale|rispetto)\s+(?:al?|agli)\s+20\d\d$", body, re.I):
            return Target(text, "text", confident=False, note="confronto con un anno: manca il valore")
        notes.append("può essere un anno")
    unit = (
        quantity.unit
        if quantity.named or quantity.unit
        else _noun(body, piece.end, len(body))
        if quantity.type == "number"
        else None
    )
    remark = "; ".join(dropped) or (after if quantity.named and after else None)
    return _target(text, quantity, unit, notes, remark, hard=bool(quantity.doubt) or bool(notes))


def _target(text: str, quantity: Quantity, unit: str | None, notes: list[str], remark: str | None, hard: bool) -> Target:
    parts: tuple[Target, ...] = ()
    if quantity.band:
        notes = [*notes, "valore con una banda di tolleranza"]
        one, two = quantity.band
        parts = (Target(text, one.type, None, one.value, one.unit), Target(text, two.type, "±", two.value, two.unit))
    elif quantity.comparator == "±" and quantity.type in NUMERIC:
        return Target(
            text,
            "tolerance",
            "±",
            quantity.value,
            unit,
            confident=not hard,
            note="banda senza una base dichiarata",
            qualifier=remark,
        )
    return Target(
        text, quantity.type, quantity.comparator, quantity.value, unit, parts,
        confident=not hard and not quantity.band, note="; ".join(notes) or None, qualifier=remark,
    )  # fmt: skip


def _several(text: str, body: str, parts: list[Piece]) -> Target:
    """Several quantities: a compound. "Almeno" or "Circa" before a list governs the parts that have no comparator."""
    found: list[Target] = []
    spread = _spread(parts)
    for index, piece in enumerate(parts):
        if piece.quantity is None:
            found.append(Target(piece.text, "unset"))
            continue
        quantity = piece.quantity
        if quantity.comparator is None and spread and quantity.type in ("number", "percent", "money", "duration"):
            quantity = replace(quantity, comparator=spread)
        stop = parts[index + 1].start if index + 1 < len(parts) else len(body)
        unit = quantity.unit
        if quantity.type == "number" and not quantity.named:
            unit = _noun(body, piece.end, stop) or _noun_before(body, parts[index - 1].end if index else 0, piece.start)
        found.append(_target(piece.text, quantity, unit, [], None, hard=False))
    doubts = sorted({piece.quantity.doubt for piece in parts if piece.quantity and piece.quantity.doubt})
    note = "più quantità in una stringa" + "".join(f"; {doubt}" for doubt in doubts)
    return Target(text, "compound", parts=tuple(found), confident=not doubts, note=note)


def _spread(parts: list[Piece]) -> Comparator | None:
    """The worded comparator that opens a list in which no other part has one."""
    first = parts[0].quantity
    if first is None or first.comparator not in (">=", "<=", "circa") or not parts[0].text[:1].isalpha():
        return None
    return None if any(piece.quantity and piece.quantity.comparator for piece in parts[1:]) else first.comparator


def _noun_before(body: str, start: int, stop: int) -> str | None:
    """ "Iscritti 863": the noun before its number, when none follows."""
    words = re.split(r"[;,/+]", body[start:stop])[-1].strip(" :-")
    return words.casefold() if re.fullmatch(r"[^\W\d]{3,}(?: [^\W\d]+)?", words) else None
