"""VAR005: the reason of a request contradicts the data: staff "cut" while its share rises, an "impossible" target already met."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Variation
from scoring.achievement import achieve
from scoring.facts import Facts
from scoring.polarity import way_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import first_target, last_known
from scoring.rules._sources import CHANGES, VALIDATION
from scoring.rules._variations import indicators_like
from scoring.values import number, plain, short, unset, year_of

_IMPOSSIBLE = re.compile(
    r"\b(?:impossibil|irraggiungibil|irrealizzabil|irrealistic|insostenibil|difficilmente\s+(?:raggiungibil|realizzabil|perseguibil)|"
    r"non\s+(?:è\s+|più\s+)*(?:possibile\s+raggiung|raggiungibil|realizzabil|sostenibil|perseguibil|realistic)|"
    r"troppo\s+(?:alt[oa]|elevat[oa]|ambizios[oa]))",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:riduzion|diminuzion|contrazion|carenz|calo|taglio|mancanz|cessazion|pensionament|dimission)\w*\s+(?:di|del|dei|dell'|della)?\s*(?:personale|organico|dipendenti|dotazione|unit[aà])",
    re.IGNORECASE,
)
_STAFF = re.compile(r"\bunita operative\b|\bpersonale\b|\bdipendenti\b|\baddetti\b")


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Reasons against the history of the card's own indicators."""
    for i, variation in enumerate(card.variations):
        if not variation.reason:
            continue
        if _IMPOSSIBLE.search(variation.reason):
            yield from _met(card, i, variation, facts)
        if _CUT.search(variation.reason):
            yield from _rising(card, i, variation)


def _met(card: Card, i: int, variation: Variation, facts: Facts) -> Iterator[Hit]:
    for k in indicators_like(card, variation.name or variation.old or ""):
        indicator = card.indicators[k]
        key, target = first_target(card, indicator)
        last, value = last_known(indicator, key) if key else (None, None)
        if target and value and achieve(target, value, facts.profile, way_of(indicator, facts.profile, target) or "higher").met:
            yield hit(
                f"variations[{i}].reason",
                found=short(variation.reason),
                expected=f"{value} nel {last}, contro {target}",
                variant="met",
                name=short(indicator.name),
                value=value,
                when=last,
                target=target,
            )


def _rising(card: Card, i: int, variation: Variation) -> Iterator[Hit]:
    for indicator in card.indicators:
        if not _STAFF.search(plain(indicator.name)):
            continue
        dated = sorted(
            (year_of(key) or 0, number(value))
            for key, value in indicator.history.items()
            if not unset(value) and number(value) is not None
        )
        values = [value for _, value in dated if value is not None]
        if len(values) > 1 and values[-1] > values[0]:
            text = " - ".join(value for _, value in sorted(indicator.history.items()))
            yield hit(
                f"variations[{i}].reason",
                found=short(variation.reason),
                expected=f"quota di personale in calo, non {text}",
                name=short(indicator.name),
                values=text,
            )
            return


RULE = Rule(
    code="VAR005",
    level=Level.WARNING,
    card=check,
    title="La motivazione contraddice i dati",
    message="La motivazione parla di meno personale, ma «{name}» cresce: {values}.",
    variants={"met": "La motivazione dice il valore atteso impossibile, ma «{name}» era {value} nel {when} contro {target}."},
    why="Una variazione si fonda su fatti: se i dati della scheda dicono il contrario, chi valuta non può accoglierla.",
    fix="Verifica il dato e riscrivi la motivazione con il fatto vero, oppure ritira la richiesta.",
    basis=(CHANGES, VALIDATION),
)
