"""TGT015: the formula is missing, is a phrase, repeats the name, or does not fit the value (percentages without *100)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import GUIDELINES, SHEET
from scoring.rules._text import alike
from scoring.values import own_actual, own_target, plain, short, typed, unset

_COUNTING = re.compile(r"^(?:il )?(?:numero|nr|n|num|totale|quantita)(?: (?:di|dei|delle|degli|totale))? ")
_PERIOD = re.compile(r" (?:(?:nel corso )?(?:nell |dell |all )?anno(?: 20\d\d)?|nel 20\d\d|al 31 12(?: 20\d\d)?)$")
_RATIO = re.compile(
    r"(?<!\d)/(?!\d)|/\s*\d*\s*[a-z\[(]|\b(?:su|sul|sulla|sui|sugli|rispetto al)\s+(?:il\s+)?(?:total|numero|n\.)", re.IGNORECASE
)
_BY_100 = re.compile(r"(?:\*|x|per)\s*100|%|percent", re.IGNORECASE)
_MEASURE = re.compile(
    r"\d|[/*+=<>≥≤%€]|\b(?:n|nr|num|numero|valore|importo|totale|somma|media|medio|percentuale|rapporto|differenza|data|giorni|ore|mesi|"
    r"quantit[aà]|conteggio|accertamento|valutazione|rilevazione|posizione|grado|indice|tasso|euro|spesa|costo|ricavi|mq|kg|superficie|"
    r"punteggio|voto|sommatoria|calcolo)\b",
    re.IGNORECASE,
)
_COMPARATOR_ONLY = re.compile(r"\s*(?:[<>=≥≤]|o|a|di|maggiore|minore|uguale|superiore|inferiore|\s)+\s*", re.IGNORECASE)
_MEAN = re.compile(r"\bmedi[oa]\b|\btemp[oi]\s+(?:medi|di)|\bgiorni\b|\bcost[oi]\b|\bpro\s?-?capite\b", re.IGNORECASE)
_SMALL = 5


def check(facts: Facts) -> Iterator[Hit]:
    """Only where the layout has formulas. One hit per indicator, the plainest fault first."""
    if not any(indicator.formula for card in facts.cards for indicator in card.indicators):
        return
    for card in facts.cards:
        for i, indicator in live_indicators(card):
            fault = _fault(card, indicator)
            if fault:
                variant, expected = fault
                yield hit(
                    f"indicators[{i}].formula",
                    card=card,
                    variant=variant,
                    found=indicator.formula or "vuota",
                    expected=expected,
                    name=short(indicator.name),
                    formula=short(indicator.formula, 100),
                    target=own_target(card, indicator)[1],
                    actual=own_actual(card, indicator)[1],
                )


def _fault(card: Card, indicator: Indicator) -> tuple[str | None, str] | None:
    formula = indicator.formula or ""
    if unset(formula):
        return ("comparator" if formula.strip() else "missing"), "una formula"
    if _COMPARATOR_ONLY.fullmatch(formula):
        return "comparator", "una formula"
    name, text = plain(indicator.name), plain(formula)
    if name and (_bare(name) == _bare(text) or alike(_bare(name), _bare(text), 0.92)):
        return "repeats", "una formula"
    if not _MEASURE.search(formula) and len(text.split()) > 2:
        return "phrase", "una formula"
    return _misfit(card, indicator, formula)


def _bare(text: str) -> str:
    """Without "numero di" before it nor "nell'anno", "al 31 12 2022" after it."""
    return _PERIOD.sub("", _COUNTING.sub("", text))


def _misfit(card: Card, indicator: Indicator, formula: str) -> tuple[str | None, str] | None:
    wanted, got = typed(own_target(card, indicator)[1]), typed(own_actual(card, indicator)[1])
    t, r = wanted.number, got.number
    if t is None or not _RATIO.search(formula):
        return None
    if not _BY_100.search(formula):
        plain_numbers = wanted.type == got.type == "number" and indicator.unit != "%" and not _MEAN.search(indicator.name or "")
        if plain_numbers and r is not None and all(1 < value <= 100 for value in (t, r)) and max(t, r) >= 10:
            return "not_by_100", "un rapporto per 100"
    elif r is not None and "100" in formula and t != r and all(value == int(value) and 0 < value <= _SMALL for value in (t, r)):
        return "counts", "una percentuale, oppure una formula di conteggio"
    return None


RULE = Rule(
    code="TGT015",
    level=Level.WARNING,
    document=check,
    title="Formula assente o che non torna",
    message="«{name}»: la formula «{formula}» non dice come si calcola il valore.",
    variants={
        "missing": "«{name}»: manca la formula.",
        "comparator": "«{name}»: la formula «{formula}» è solo un comparatore, non dice che cosa si calcola.",
        "repeats": "«{name}»: la formula ripete il nome dell'indicatore.",
        "phrase": "«{name}»: la formula «{formula}» è una frase, non un calcolo.",
        "not_by_100": "«{name}»: la formula è un rapporto senza «*100», ma {target} e {actual} sono percentuali.",
        "counts": "«{name}»: la formula dà una percentuale, ma atteso {target} e risultato {actual} sembrano conteggi.",
    },
    why="Senza una formula chiara due persone calcolano dallo stesso dato due risultati diversi.",
    fix="Scrivi che cosa si conta, diviso per che cosa, e «*100» se il valore è una percentuale; indica anche la fonte dei dati.",
    basis=(SHEET, GUIDELINES),
)
