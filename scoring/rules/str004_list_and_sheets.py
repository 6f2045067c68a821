"""STR004: listed but no sheet, or a sheet that is not listed; code or title differs between list and sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Listed
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._codes import CODE, card_codes, loose, split_codes, table_codes
from scoring.rules._sources import CONSISTENT, PEG
from scoring.rules._text import alike
from scoring.values import plain, short

_ACTION = re.compile(r"\s*(?:elimin|modif|sostitu|aggiun|nuov|introdu|prolung|rinvi)", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Hit]:
    """Lists of changes by title; operational objectives by number; references inside titles; paths against the map."""
    yield from _changes(facts)
    yield from _numbers(facts)
    yield from _references(facts)
    yield from _paths(facts)


def _changes(facts: Facts) -> Iterator[Hit]:
    """Each row that asks for an action has its card, and each changed card its row."""
    rows = [row for row in facts.listed if row.title and _ACTION.match(row.action or "")]
    cards = [card for card in facts.of_kind("objective", "service") if card.title]
    for row in rows:
        if not any(alike(row.title, card.title, 0.8) for card in cards):
            yield hit(
                variant="no_sheet",
                found=row.title,
                expected="una scheda",
                title=short(row.title, 100),
                page=row.page,
                line=row.line,
            )
    for card in cards if rows else ():
        if card.status in ("modified", "eliminated") and not any(alike(row.title, card.title, 0.8) for row in rows):
            yield hit(
                "title",
                card=card,
                variant="no_row",
                found=card.title,
                expected="una riga in elenco",
                title=short(card.title, 100),
            )


def _numbers(facts: Facts) -> Iterator[Hit]:
    """An operational objective whose words are in the list under another number."""
    rows = [row for row in facts.listed if row.level == "operational_objective" and row.code and row.title]
    told: set[str] = set()
    for card in facts.of_kind("objective", "indicator"):
        match = re.match(r"\s*(\d{1,2})\s*[-–.]\s*(.{15,})", card.operational_objective or "", re.DOTALL)
        if not match or plain(card.operational_objective) in told:
            continue
        same = [row for row in rows if _same_title(match[2], row)]
        if same and all(int(row.code or 0) != int(match[1]) for row in same if (row.code or "").isdigit()):
            told.add(plain(card.operational_objective))
            yield hit(
                "operational_objective",
                card=card,
                variant="number",
                found=f"{match[1]} - {short(match[2], 60)}",
                expected=same[0].code,
                title=short(match[2], 80),
                own=match[1],
                listed=same[0].code,
            )


def _same_title(words: str, row: Listed) -> bool:
    one, two = plain(words), plain(row.title)
    return len(two) > 15 and (one.startswith(two[:60]) or two.startswith(one[:60]) or alike(one, two, 0.9))


def _references(facts: Facts) -> Iterator[Hit]:
    """A code quoted in a title that is written as no code of the document is."""
    known = table_codes(facts)
    told: set[str] = set()
    for card in facts.cards:
        titles = [("title", card.title)] if card.kind == "objective" else []
        titles += [(f"items[{i}].title", item.title) for i, item in enumerate(card.items)]
        for at, title in titles:
            for match in CODE.finditer(title or ""):
                short_form = f"{match[2]}.{match[3]}" if "." in match[0][len(match[1] or "") :] else f"{match[2]}{match[3]}"
                real = known.get(loose(short_form))
                if known and short_form != real and (match[1] or real) and match[0] not in told:
                    told.add(match[0])
                    yield hit(
                        at,
                        card=card,
                        variant="reference",
                        found=match[0],
                        expected=real or "un codice del documento",
                        code=match[0],
                        real=real or "nessun codice del documento",
                    )


def _paths(facts: Facts) -> Iterator[Hit]:
    """The number printed before a code (05.02.02.DG.00002) against the place of the code in the map and on the sheet."""
    parents = {
        loose(code): row.parent
        for row in facts.listed
        if row.level == "objective" and row.parent
        for code in split_codes(row.code)
    }
    for card in facts.of_kind("objective"):
        note = card.place("code").note or ""
        printed = re.search(r"\b(\d{2}\.\d{2}\.\d{2})\b", note)
        for code in card_codes(card):
            listed = parents.get(loose(code))
            if printed and listed and re.fullmatch(r"\d{2}\.\d{2}\.\d{2}", listed) and printed[1] != listed:
                yield hit(
                    "code",
                    card=card,
                    variant="path",
                    found=f"{printed[1]}.{code}",
                    expected=f"{listed}.{code}",
                    code=code,
                    printed=printed[1],
                    listed=listed,
                )


RULE = Rule(
    code="STR004",
    level=Level.ERROR,
    document=check,
    title="Elenco e schede non corrispondono",
    message="Elenco e scheda non corrispondono.",
    variants={
        "no_sheet": "«{title}» è in elenco ma non ha una scheda.",
        "no_row": "La scheda «{title}» non è nell'elenco delle variazioni.",
        "number": "L'obiettivo operativo «{title}» ha il numero {own}, nell'elenco {listed}.",
        "reference": "Il codice {code} non esiste così: nel documento si trova {real}.",
        "path": "Il codice {code} porta il percorso {printed}, nell'elenco {listed}.",
    },
    why="Chi approva vede l'elenco, chi lavora usa la scheda: se non coincidono non si sa che cosa è stato deciso.",
    fix="Allinea codice, numero e titolo tra elenco e scheda.",
    basis=(PEG, CONSISTENT),
)
