"""RIS001: the declared achievement of an indicator differs from the one its target and actual value give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card, Indicator, Paragraph
from cards.quantities import italian
from scoring.achievement import Result, achieve, achieved, known_way
from scoring.facts import Facts, live_indicators
from scoring.nearest import Method, cut, decimals, same, slip
from scoring.polarity import Way
from scoring.profiles import Profile
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, SUMS
from scoring.values import number, own_actual, own_target, short, typed, weight
from scoring.variants import variants

_FRACTION = re.compile(r"\b(?:totale\s+di|pari\s+a|per\s+un\s+totale\s+di)\s+(\d{1,4})/(\d{2,4})\b", re.IGNORECASE)
_SHARE = re.compile(
    r"(?<![\d/.,])(?<!n\. )(?<!art\. )(\d{1,4})\s*(?:/|su|sui|sulle|di)\s*(\d{2,4})(?![\d/.,]|\s*%)"
    r"[^.;%\d]{0,40}?[(\s](\d{1,3}(?:,\d+)?)\s*%",
    re.IGNORECASE,
)
_YEARS = range(1900, 2100)
_PERCENT = re.compile(r"(?<![\d,])(\d{1,3}(?:,\d+)?)\s*%")


def check(facts: Facts) -> Iterator[Hit]:
    """The indicators of the cards, then the fractions that a text turns into a percentage."""
    for card in facts.of_kind("objective", "service", "indicator"):
        yield from _card(card, facts)
    for paragraph in facts.texts:
        yield from _told(paragraph)


def _told(paragraph: Paragraph) -> Iterator[Hit]:
    """ "per un totale di 70/90 … (77%)": near the exact figure, yet not what it rounds to."""
    told = [
        (Decimal(match[1]), Decimal(match[2]), text)
        for match in _FRACTION.finditer(paragraph.text)
        for text in _PERCENT.findall(paragraph.text)
    ]
    for part, whole, text in [*told, *_shares(paragraph.text)] if "%" in paragraph.text else ():
        if 0 < part < whole:
            exact = part / whole * 100
            stated = number(text)
            if stated is not None and Decimal("0.5") < abs(stated - exact) < 2 and not same(stated, exact, 2):
                yield hit(
                    found=f"{text}% da {part}/{whole}",
                    expected=italian(exact, 2),
                    variant="told",
                    declared=text,
                    computed=italian(exact, 2),
                    part=part,
                    whole=whole,
                    page=paragraph.page,
                    line=paragraph.line,
                )
                return


def _shares(text: str) -> Iterator[tuple[Decimal, Decimal, str]]:
    """A part and its whole with the percentage told right after: "45 su 60 (73%)"; never an act with its year."""
    for match in _SHARE.finditer(text):
        if int(match[2]) not in _YEARS:
            yield Decimal(match[1]), Decimal(match[2]), match[3]


def _card(card: Card, facts: Facts) -> Iterator[Hit]:
    """Where the polarity is not written, the one that gives the declared figure is believed: the document knows it."""
    for i, indicator in live_indicators(card):
        declared = number(indicator.achievement)
        if declared is None:
            continue
        result = achieved(card, indicator, facts.profile)
        if result.value is None or _agree(declared, result, facts.profile):
            continue
        target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
        written = typed(target).comparator is not None
        other: Way = "lower" if known_way(card, indicator, facts.profile) == "higher" else "higher"
        turned = achieved(card, indicator, facts.profile, other)
        if not written and _agree(declared, turned, facts.profile):
            continue
        if weight(indicator.weight) == 0 and declared == 0:
            continue
        places = facts.profile.rounding.achievement
        yield hit(
            f"indicators[{i}].achievement",
            card=card,
            found=indicator.achievement,
            expected=italian(result.value, places),
            name=short(indicator.name),
            declared=indicator.achievement,
            computed=italian(result.value, places),
            target=target,
            actual=actual,
            how=_passed(result)
            or _how(declared, result.value, turned, _other_ways(card, indicator, facts.profile), facts.profile),
        )


def _passed(result: Result) -> str:
    """Why a result equal to its target is not the whole of it, as the end of the sentence."""
    return f" {result.note[0].upper()}{result.note[1:]}." if result.note else ""


def _agree(declared: Decimal, result: Result, profile: Profile) -> bool:
    if result.note and declared >= 100:
        return False
    return result.value is not None and same(declared, result.value, profile.rounding.achievement, profile.rounding.tolerance)


def _other_ways(card: Card, indicator: Indicator, profile: Profile) -> Iterator[Method]:
    """The achievement by other formulas, against the target of another year, or taken for what it is not."""
    for words, other in variants(profile, roll_up=False):
        yield words, achieved(card, indicator, other).value
    actual = own_actual(card, indicator)[1]
    own, way = own_target(card, indicator)[0], known_way(card, indicator, profile)
    for key, target in sorted(indicator.targets.items()):
        if key != own:
            yield f"torna con il valore atteso di {key}", achieve(target, actual, profile, way, indicator.baseline).value
    for key, past in sorted(indicator.history.items()):
        yield (
            f"torna con il valore di {key} al posto del risultato",
            achieve(own_target(card, indicator)[1], past, profile, way, indicator.baseline).value,
        )
    yield "è il risultato stesso, non il suo rapporto con l'atteso", typed(actual).number


def _how(declared: Decimal, exact: Decimal, turned: Result, others: Iterator[Method], profile: Profile) -> str:
    """The nearest method that gives the declared figure, as the end of the sentence."""
    if cut(exact, decimals(declared)) == declared:
        return " Il dichiarato torna troncando i decimali."
    for words, value in others:
        if same(declared, value, profile.rounding.achievement):
            return f" Il dichiarato {words}."
    if turned.value is not None and same(declared, turned.value, profile.rounding.achievement):
        return " Il dichiarato torna con il verso opposto (meno è meglio, o viceversa)."
    if declared == 100 and exact < 100:
        return " Il dichiarato torna solo contando l'obiettivo come raggiunto per intero."
    miswritten = slip(declared, exact, profile.rounding.achievement)
    return f" Il dichiarato {miswritten}." if miswritten else ""


RULE = Rule(
    code="RIS001",
    level=Level.ERROR,
    document=check,
    title="Percentuale di raggiungimento diversa da quella calcolata",
    message="«{name}»: dichiarato {declared}, calcolato {computed} (atteso {target}, risultato {actual}).{how}",
    variants={"told": "Il testo dice {declared}%, ma {part} su {whole} fa {computed}."},
    why="La percentuale dell'indicatore entra nel totale dell'obiettivo e da lì nella valutazione: deve uscire dai "
    "dati che le stanno accanto.",
    fix="Correggi la percentuale o il dato da cui nasce; se lo SMVP usa un'altra formula, scrivila nel profilo.",
    basis=(SMVP, SUMS),
)
