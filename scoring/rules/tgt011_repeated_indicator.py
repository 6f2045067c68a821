"""TGT011: the same indicator counts in several objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.findings import card_name
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import GUIDELINES, SPECIFIC
from scoring.values import plain, short

_COMMON = re.compile(
    r"^(?:%\s*)?rispetto (?:delle |dei |di |degli |della )?(?:fasi|tempi|scadenz|termin|cronoprogramma|tempistic|adempiment)"
    r"|^(?:n )?unita operative|^costo del servizio|^(?:grado|percentuale) di (?:raggiungimento|attuazione)"
)
_SHORTEST = 3


def check(facts: Facts) -> Iterator[Hit]:
    """Same words, different objectives; common ones ("rispetto dei tempi", cost of the service) are meant to come back."""
    places: dict[str, list[tuple[Card, int]]] = {}
    for card in facts.of_kind("objective"):
        for i, indicator in live_indicators(card):
            name = _counted(plain(indicator.name))
            if len(name.split()) >= _SHORTEST and not _COMMON.search(name):
                places.setdefault(name, []).append((card, i))
    for name, found in places.items():
        cards = {id(card): card for card, _ in found}
        if len(cards) < 2:
            continue
        for card, i in found:
            others = sorted({card_name(other) for other in cards.values() if other is not card})
            yield hit(
                f"indicators[{i}].name",
                card=card,
                found=card.indicators[i].name,
                expected="un solo obiettivo",
                key=name,
                name=short(card.indicators[i].name),
                others="; ".join(short(other, 60) for other in others[:3]),
            )


def _counted(name: str) -> str:
    """What is counted, without "n.", "numero di" nor the year: two ways to write one indicator."""
    return re.sub(r"^(?:n|nr|num|numero)(?: (?:di|dei|delle|degli))? (?=\w+ \w)|(?: (?:anno|nel))? 20\d\d$", "", name)


RULE = Rule(
    code="TGT011",
    level=Level.WARNING,
    document=check,
    title="Stesso indicatore in più obiettivi",
    message="«{name}» conta anche in: {others}.",
    why="Lo stesso fatto misurato due volte pesa due volte, e non dice che cosa ha fatto ciascun obiettivo.",
    fix="Lascia l'indicatore a un solo obiettivo, o rendilo proprio di ciascuno (l'intervento, la sede, il servizio).",
    basis=(SPECIFIC, GUIDELINES),
)
