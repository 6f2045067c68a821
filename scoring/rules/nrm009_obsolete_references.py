"""NRM009: references no longer in force for the year of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.plan import words_of
from scoring.rule import Hit, LegalBasis, Level, Rule, hit

_OLD: tuple[tuple[int, str, re.Pattern[str], str], ...] = (
    (
        2023,
        "«unificati organicamente nel PEG»",
        re.compile(r"unificat[oi]\s+organicamente", re.IGNORECASE),
        "la frase dell'art. 169, c. 3-bis, TUEL è soppressa dal 15 luglio 2022 (D.P.R. 81/2022, art. 1, c. 4)",
    ),
    (
        2018,
        "le delibere CIVIT come in vigore",
        re.compile(r"\b(?:delibera\w*|ai sensi)\s+[^.;]{0,30}\bcivit\b", re.IGNORECASE),
        "le linee guida del Dipartimento della funzione pubblica hanno sostituito le delibere CIVIT",
    ),
    (
        2024,
        "«posizione organizzativa»",
        re.compile(r"\bposizion[ei]\s+organizzativ[ae]\b(?![^.;]{0,60}(?:ora|oggi|già|ex|elevata))", re.IGNORECASE),
        "dopo il CCNL 16 novembre 2022 l'incarico è di elevata qualificazione (EQ)",
    ),
    (
        2026,
        "«24 ore» di formazione",
        re.compile(r"\b24\s+ore\b[^.;]{0,40}\bformazion|\bformazion\w*[^.;]{0,40}\b24\s+ore\b", re.IGNORECASE),
        "dal 2025 la direttiva chiede 40 ore",
    ),
)


def check(facts: Facts) -> Iterator[Hit]:
    """Plans only, each obsolete reference once: the first place where it stands."""
    year = facts.document_year
    if year is None or facts.is_report:
        return
    for start, name, pattern, reason in _OLD:
        if year < start:
            continue
        paragraph = next((one for one in facts.paragraphs if pattern.search(one.text)), None)
        card = next((one for one in facts.cards if pattern.search(words_of(one))), None)
        if paragraph is not None:
            yield hit(
                found=name,
                expected="il riferimento in vigore",
                name=name,
                reason=reason,
                page=paragraph.page,
                line=paragraph.line,
                key=name,
            )
        elif card is not None:
            yield hit("title", card=card, found=name, expected="il riferimento in vigore", name=name, reason=reason, key=name)


RULE = Rule(
    code="NRM009",
    level=Level.WARNING,
    document=check,
    title="Riferimento superato",
    message="Il testo usa {name}: {reason}.",
    why="Un riferimento non più in vigore fa dubitare che il piano sia stato aggiornato.",
    fix="Sostituisci il riferimento con quello in vigore.",
    basis=(
        LegalBasis("D.P.R. 81/2022", "art. 1, c. 4", "law"),
        LegalBasis("Linee guida DFP n. 2/2017", "delibere sostituite", "method"),
        LegalBasis("CCNL Funzioni locali 16 novembre 2022", "", "law", "S2"),
    ),
)
