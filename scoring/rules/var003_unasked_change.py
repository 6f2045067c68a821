"""VAR003: the card changed something that no request asks for."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.findings import card_name
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES
from scoring.rules._text import alike
from scoring.rules._variations import asked_text, indicators_like, same
from scoring.values import plain, short, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """An indicator born with a new phase and asked for by nobody; a target the request does not give; last version's targets."""
    if not card.variations or card.status in GONE:
        return
    added = [asked_text(variation.new) for variation in card.variations if variation.object == "indicator" and variation.new]
    for variation in card.variations:
        if variation.object == "phase" and variation.action in ("replace", "add", "change_phase") and variation.new:
            for i, indicator in enumerate(card.indicators):
                if _like_phase(indicator.name, asked_text(variation.new)) and not any(
                    same(indicator.name, text) for text in added
                ):
                    yield hit(
                        f"indicators[{i}].name",
                        found=indicator.name,
                        expected="una richiesta di aggiunta",
                        name=short(indicator.name),
                    )
        if variation.action == "add" and variation.object == "indicator" and variation.new and not variation.targets:
            for i in _added(card, asked_text(variation.new)):
                values = [value for value in card.indicators[i].targets.values() if not unset(value)]
                if values and not any(char.isdigit() for char in variation.new):
                    yield hit(
                        f"indicators[{i}].targets",
                        variant="target",
                        found=values[0],
                        expected="il valore atteso nella richiesta",
                        name=short(card.indicators[i].name),
                        value=values[0],
                    )
    yield from _against_last_version(card, facts)


def _added(card: Card, name: str) -> list[int]:
    """The indicators that the request adds: the one with its very words, else those like it that no request takes away."""
    places = indicators_like(card, name)
    exact = [i for i in places if plain(card.indicators[i].name) == plain(name)]
    taken = [one.old for one in card.variations if one.object == "indicator" and one.old]
    return exact or [i for i in places if not any(plain(card.indicators[i].name) == plain(old) for old in taken)]


def _like_phase(name: str | None, phase: str) -> bool:
    """The words of the indicator are those of the phase, in any order."""
    one, two = set(plain(name).split()), set(plain(phase).split())
    return len(one) > 2 and len(one & two) >= 0.8 * len(one)


def _against_last_version(card: Card, facts: Facts) -> Iterator[Hit]:
    before = next(
        (
            old
            for old in facts.evidence.previous
            if old.year == card.year and (old.code or plain(card_name(old))) == (card.code or plain(card_name(card)))
        ),
        None,
    )
    if before is None:
        return
    asked = [text for variation in card.variations for text in (variation.name, variation.old, variation.new) if text]
    for i, indicator in enumerate(card.indicators):
        old = next((one for one in before.indicators if alike(one.name, indicator.name)), None)
        if old and old.targets != indicator.targets and not any(alike(text, indicator.name) for text in asked):
            yield hit(
                f"indicators[{i}].targets",
                variant="changed",
                found=str(next(iter(indicator.targets.values()), "")),
                expected=str(next(iter(old.targets.values()), "")),
                name=short(indicator.name),
            )


RULE = Rule(
    code="VAR003",
    level=Level.ERROR,
    card=check,
    title="Modifica che nessuna richiesta chiede",
    message="L'indicatore «{name}» è nella scheda, ma nessuna richiesta lo aggiunge.",
    variants={
        "target": "«{name}»: la scheda fissa il valore atteso «{value}», la richiesta che lo aggiunge non lo dice.",
        "changed": "«{name}»: il valore atteso è cambiato dalla versione precedente, ma nessuna richiesta lo chiede.",
    },
    why="Si misura ciò che è stato approvato: una modifica senza richiesta non ha motivazione né data.",
    fix="Aggiungi la richiesta con la sua motivazione, o ripristina la scheda.",
    basis=(CHANGES,),
)
