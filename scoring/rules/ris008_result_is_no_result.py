"""RIS008: the actual value repeats the target's words, speaks of the future, or an interim report tells later facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cards.model import Card, Paragraph
from cards.quantities.dates import MONTHS
from scoring.days import days_in, exists
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import REPORT, VALIDATION
from scoring.values import own_actual, own_target, plain, short, typed, unset

_FUTURE = re.compile(
    r"\b(?:sar[àa]|saranno|verr[àa]|verranno|dovr[àa]|dovranno|potr[àa]|potranno|(?:provveder|proceder|avvier|concluder|complet?er)(?:à|a')|"
    r"da\s+(?:realizzar[es]\w*|completar[es]\w*|avviar[es]\w*|concluder[es]\w*|approvar[es]\w*|attivar[es]\w*)|si\s+prevede|"
    r"(?:è|e')\s+previst[oa]|si\s+intende|in\s+programma|programmat[oaie]\s+per)(?!\w)",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"\b(?:avanzamento|stato|monitoraggio|situazione|verifica|rilevazione|report)\b[^.;]{0,30}?\bal\s+(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})",
    re.IGNORECASE,
)
_SPAN_DONE = re.compile(
    rf"\b(?:tra\s+\w+\s+ed?|da\s+\w+\s+ad?|(?:nei\s+)?mesi\s+di\s+\w+\s+e|nel\s+mese\s+di|a|ad|in)\s+({'|'.join(MONTHS)})\s+"
    r"(?:(?:è|e'|sono)\s+stat[aoie]\s+(?:effettuat|svolt|realizzat|complet|eseguit|approvat|adottat|inviat|avviat|pubblicat)|"
    r"si\s+(?:è|sono)\s+(?:svolt|tenut|conclus|complet))",
    re.IGNORECASE,
)
_ACT_OF = re.compile(
    r"\b(?:prot(?:ocollo|\.)?|n\.|nota|delibera\w*|determina\w*|richiesta|inviat\w+)[^;]{0,40}?\b(?:del|in\s+data|il)\s+(\d{1,2}([/.])\d{1,2}\2\d{4})",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """Indicators of the cards, then the paragraphs under a dated heading of progress."""
    for card in facts.cards:
        yield from _repeated(card)
    told: set[int | None] = set()
    for paragraph in facts.texts:
        if paragraph.line is None or paragraph.line not in told:
            for one in _later(paragraph):
                told.add(paragraph.line)
                yield one


def _repeated(card: Card) -> Iterator[Hit]:
    for i, indicator in live_indicators(card):
        key, actual = own_actual(card, indicator)
        target = own_target(card, indicator)[1]
        if actual is None or target is None or unset(actual) or unset(target):
            continue
        wanted, got = typed(target), typed(actual)
        copied = (
            got.comparator is not None
            and (got.comparator, got.value) == (wanted.comparator, wanted.value)
            and got.value is not None
        )
        words = wanted.type == got.type == "text" and plain(actual).startswith(plain(target))
        at = f"indicators[{i}].actuals.{key}"
        if copied or words:
            yield hit(
                at,
                card=card,
                found=f"{target} -> {actual}",
                expected="il risultato misurato",
                name=short(indicator.name),
                actual=short(actual, 60),
            )
        elif got.type == "text" and _FUTURE.search(actual):
            yield hit(
                at,
                card=card,
                variant="future",
                found=actual,
                expected="il risultato misurato",
                name=short(indicator.name),
                actual=short(actual, 60),
            )


def _later(paragraph: Paragraph) -> Iterator[Hit]:
    """An interim report ("al 30/09/2021") that tells as done what is dated after it."""
    as_of = _AS_OF.search(paragraph.heading or "") or _AS_OF.search(paragraph.text[:120])
    if not as_of or not exists(int(as_of[1]), int(as_of[2]), int(as_of[3])):
        return
    limit = date(int(as_of[3]), int(as_of[2]), int(as_of[1]))
    for match in _ACT_OF.finditer(paragraph.text):
        for text, day, month, year in days_in(match[1]):
            if year and exists(day, month, year) and date(year, month, day) > limit:
                yield _late(paragraph, text, limit)
                return
    span = _SPAN_DONE.search(paragraph.text)
    if span and MONTHS[span[1].lower()] > limit.month:
        yield _late(paragraph, span[0], limit)


def _late(paragraph: Paragraph, fact: str, limit: date) -> Hit:
    return hit(
        variant="later",
        found=fact,
        expected=f"fatti fino al {limit:%d/%m/%Y}",
        fact=short(fact, 60),
        day=f"{limit:%d/%m/%Y}",
        page=paragraph.page,
        line=paragraph.line,
    )


RULE = Rule(
    code="RIS008",
    level=Level.WARNING,
    document=check,
    title="Il risultato non è un risultato",
    message="«{name}»: il risultato «{actual}» ripete il valore atteso.",
    variants={
        "future": "«{name}»: il risultato «{actual}» parla del futuro.",
        "later": "Lo stato al {day} racconta come fatto ciò che è successo dopo («{fact}»).",
    },
    why="Il consuntivo deve dire che cosa si è misurato: ripetere l'atteso, o raccontare fatti successivi, non lo dimostra.",
    fix="Scrivi il valore misurato alla data della verifica, con la sua fonte.",
    basis=(REPORT, VALIDATION),
)
