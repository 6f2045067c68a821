"""VAR001: what the request eliminates or replaces is still active in the card."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, CONSISTENT
from scoring.rules._variations import asked_text, indicators_like, phases_like, same
from scoring.values import short


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Phases, indicators and activities; an eliminated card whose objective stays active."""
    for variation in card.variations:
        if (
            variation.action not in ("eliminate", "replace", "change_indicator", "change_activity", "change_phase")
            or not variation.old
        ):
            continue
        if variation.object == "objective":
            if variation.action == "eliminate" and card.status in ("active", "modified", "new"):
                yield hit(
                    "status",
                    found=card.status,
                    expected="eliminato",
                    what="l'obiettivo",
                    text=short(card.title),
                    asked="eliminarlo",
                )
            continue
        if same(asked_text(variation.new), variation.old):
            continue
        asked = "eliminarlo" if variation.action == "eliminate" else "sostituirlo"
        if variation.object == "phase":
            found = [(f"phases[{i}]", card.phases[i].text) for i in phases_like(card, asked_text(variation.old))]
        elif variation.object == "indicator":
            found = [(f"indicators[{i}]", card.indicators[i].name) for i in indicators_like(card, variation.old)]
        else:
            found = [(f"activities[{i}]", text) for i, text in enumerate(card.activities) if same(text, variation.old)]
        what = {"phase": "la fase", "indicator": "l'indicatore", "activity": "l'attività"}[variation.object]
        for at, text in found[:1]:
            yield hit(
                at, found=f"{what} ancora attiva nella scheda", expected="eliminata", what=what, text=short(text), asked=asked
            )


RULE = Rule(
    code="VAR001",
    level=Level.ERROR,
    card=check,
    title="Ciò che la variazione toglie è ancora nella scheda",
    message="La richiesta chiede di {asked}, ma {what} «{text}» è ancora nella scheda.",
    why="La scheda variata è quella che si misura: ciò che è stato tolto non deve più pesare.",
    fix="Togli la voce dalla scheda, o ritira la richiesta.",
    basis=(CHANGES, CONSISTENT),
)
