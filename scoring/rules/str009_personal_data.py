"""STR009: personal data beyond what publication needs: tax codes, private addresses of mail, telephone numbers, IBANs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._sources import PRIVACY

_PATTERNS = {
    "un codice fiscale": re.compile(r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b"),
    "un IBAN": re.compile(r"\bIT\d{2}[A-Z]\d{10}[A-Z0-9]{12}\b"),
    "un indirizzo di posta privato": re.compile(
        r"\b[\w.+-]+@(?:gmail|hotmail|yahoo|libero|outlook|alice|tiscali|virgilio|icloud)\.\w{2,}\b", re.IGNORECASE
    ),
    "un cellulare": re.compile(r"(?<![\d.,/])(?:\+39\s?)?3[2-9]\d[\s./-]?\d{3}[\s./-]?\d{3,4}(?!\d|[.,/]\d)"),
}


def check(facts: Facts) -> Iterator[Hit]:
    """Running text, descriptions and notes; the datum itself is not repeated in the finding."""
    for paragraph in facts.paragraphs:
        for what in _found(paragraph.text):
            yield hit(
                found=what,
                expected="nessun dato personale superfluo",
                what=what,
                page=paragraph.page,
                line=paragraph.line,
                key=what,
            )
    for card in facts.cards:
        texts = [("description", card.description), ("responsible", card.responsible)]
        texts += [(f"indicators[{i}].note", indicator.note) for i, indicator in enumerate(card.indicators)]
        texts += [(f"variations[{i}].reason", variation.reason) for i, variation in enumerate(card.variations)]
        for at, text in texts:
            for what in _found(text):
                yield hit(at, card=card, found=what, expected="nessun dato personale superfluo", what=what)


def _found(text: str | None) -> list[str]:
    return [what for what, pattern in _PATTERNS.items() if pattern.search(text or "")]


RULE = Rule(
    code="STR009",
    level=Level.ADVICE,
    document=check,
    valid=Period("2018-05-25", None),
    title="Dato personale superfluo",
    message="Il testo contiene {what}: per la pubblicazione non serve.",
    why="Il piano e la relazione si pubblicano: vanno diffusi solo i dati necessari.",
    fix="Togli il dato, o sostituiscilo con il ruolo o con un recapito dell'ufficio.",
    basis=(PRIVACY,),
)
