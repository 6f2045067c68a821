"""STR005: duplicate code or number; numbers that differ between the parts of a card or of the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._codes import card_codes, loose, own_numbering, table_codes
from scoring.rules._sources import CONSISTENT
from scoring.rules._text import alike
from scoring.values import plain, short

_PART = re.compile(r"^\s*(\d{1,3})\s*[.)]\s*(.+)$", re.DOTALL)
_FEWEST = 4
_NOTE_CODE = re.compile(
    r"\b(?:indicator[ei]|ind\.|cod(?:ice|\.))\s+(?:n\.\s*)?(\d{4,7}(?:\s*(?:,|e|-|/)\s*\d{4,7})*)\b", re.IGNORECASE
)


def check(facts: Facts) -> Iterator[Hit]:
    """Codes of cards and in notes, numbers that come again or stand inside joined titles, numbers in the state of progress."""
    yield from _codes(facts)
    yield from _quoted(facts)
    yield from _restarted(facts)
    for card in facts.of_kind("objective", "service"):
        yield from _joined(card)


def _codes(facts: Facts) -> Iterator[Hit]:
    listed = table_codes(facts)
    first: dict[tuple[str, str], Card] = {}
    for card in facts.of_kind("objective", "indicator", "service"):
        for code in card_codes(card):
            other = first.setdefault((code, plain(card.unit or card.directorate) if own_numbering(code) else ""), card)
            if other is not card and not _same_title(other, card) and other.kind == card.kind and card.title and other.title:
                yield hit(
                    "code",
                    card=card,
                    variant="double",
                    found=code,
                    expected="un codice per scheda",
                    code=code,
                    one=short(other.title, 50),
                    two=short(card.title, 50),
                )
            real = listed.get(loose(code))
            if real and real != code and re.sub(r"\D", "", real) != re.sub(r"\D", "", code):
                yield hit("code", card=card, variant="digits", found=code, expected=real, code=code, real=real)


def _restarted(facts: Facts) -> Iterator[Hit]:
    """A number that comes again among the cards of one unit. Several of them are a numbering of their own: no fault."""
    groups: dict[tuple[str, str, str], list[tuple[str, Card]]] = {}
    for card in facts.of_kind("objective"):
        parts = _title_parts(card)
        number = card.number or (parts[0][1] if len(parts) == 1 else None)
        if number and number.isdigit() and not card.code and card.title:
            place = (plain(card.unit or card.directorate), plain(card.section), str(card.year))
            groups.setdefault(place, []).append((number.lstrip("0"), card))
    for rows in groups.values():
        first: dict[str, Card] = {}
        again = [(number, card) for number, card in rows if not _same_title(first.setdefault(number, card), card)]
        if len(again) != 1 or len(rows) < _FEWEST:
            continue
        number, card = again[0]
        yield hit(
            "number",
            card=card,
            level=Level.WARNING,
            variant="again",
            found=f"di nuovo il numero {number}",
            expected=str(max(int(one) for one, _ in rows) + 1),
            number=number,
            one=short(first[number].title, 50),
            two=short(card.title, 50),
        )


def _same_title(one: Card, two: Card) -> bool:
    """Alike, or one cut short by the conversion."""
    a, b = plain(one.title), plain(two.title)
    return a.startswith(b) or b.startswith(a) or alike(a, b, 0.7)


def _quoted(facts: Facts) -> Iterator[Hit]:
    """A note that names a code of the document with another number of digits."""
    known = {code for card in facts.of_kind("indicator") for code in card_codes(card)}
    by_value = {code.lstrip("0"): code for code in known if code.isdigit()}
    told: set[tuple[str, int | None]] = set()
    places = [(paragraph.text, paragraph.page, paragraph.line) for paragraph in facts.paragraphs]
    for card in facts.of_kind("indicator"):
        for i, indicator in enumerate(card.indicators):
            if indicator.note:
                place = card.place(f"indicators[{i}].note")
                places.append((indicator.note, place.page, place.line))
    for text, page, line in places:
        for code in [code for codes in _NOTE_CODE.findall(text) for code in re.findall(r"\d{4,7}", codes)]:
            real = by_value.get(code.lstrip("0"))
            if known and code not in known and real and (code, line) not in told:
                told.add((code, line))
                yield hit(variant="quoted", found=code, expected=real, code=code, real=real, page=page, line=line)


def _title_parts(card: Card) -> list[re.Match[str]]:
    return [match for part in (card.title or "").split(" · ") if (match := _PART.match(part))]


def _joined(card: Card) -> Iterator[Hit]:
    matches = _title_parts(card)
    if len(matches) > 1:
        for number, times in Counter(match[1] for match in matches).items():
            if times > 1:
                yield hit(
                    "title",
                    card=card,
                    variant="title",
                    found=f"{times} volte il numero {number}",
                    expected="numeri diversi",
                    number=number,
                    line=_last_line(card, "title"),
                )
    shifted = [(match[1], told) for match in matches if (told := _told_number(card, match)) and told != match[1]]
    if shifted:
        own, state = ", ".join(one for one, _ in shifted), ", ".join(two for _, two in shifted)
        yield hit(
            "number",
            card=card,
            variant="state",
            found=f"scheda {own}; stato {state}",
            expected="gli stessi numeri",
            own=own,
            state=state,
            line=card.place("title").line,
        )


def _last_line(card: Card, path: str) -> int | None:
    """The line of the last part of a joined title, where the phases tell it."""
    lines = [place.line for key, place in card.provenance.items() if key.startswith("title") and place.line]
    lines += [place.line for key, place in card.provenance.items() if key.startswith("phases") and place.line]
    return max(lines, default=card.place(path).line)


def _told_number(card: Card, part: re.Match[str]) -> str | None:
    """The number that the state of progress gives to the same words."""
    words = plain(part[2])[:40]
    for match in re.finditer(r"(?:^|[\n:;.]|\s)(\d{1,3})\s*[.)]\s+([^\n]{8,200})", card.description or ""):
        if plain(match[2]).startswith(words[:24]) and len(words) > 4 or alike(plain(match[2])[: len(words)], words, 0.9):
            return match[1]
    return None


RULE = Rule(
    code="STR005",
    level=Level.ERROR,
    document=check,
    title="Codice o numero doppio, o diverso tra le parti",
    message="Codici o numeri non coincidono.",
    variants={
        "double": "Il codice {code} è di due schede: «{one}» e «{two}».",
        "digits": "La scheda ha il codice {code}, la tabella {real}.",
        "quoted": "La nota cita l'indicatore {code}, che non esiste: sarà {real}.",
        "again": "Il numero {number} torna: è di «{one}» e di «{two}».",
        "title": "Due obiettivi della scheda portano il numero {number}.",
        "state": "Lo stato di attuazione numera gli stessi obiettivi {state}, la scheda {own}.",
    },
    why="Il numero lega scheda, tabella, note e consuntivo: se cambia, i risultati finiscono sull'obiettivo sbagliato.",
    fix="Usa lo stesso codice in tutte le parti e uno solo per obiettivo.",
    basis=(CONSISTENT,),
)
