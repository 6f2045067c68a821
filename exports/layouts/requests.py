"""The request sheet of a variation: whose card, what is asked, old and new text, the *motivazione*."""

from __future__ import annotations

from collections.abc import Sequence

from cards.model import Card, Variation
from exports.sheet import Heading, Item, Line, clean, table

ACTION_WORDS = {"eliminate": "ELIMINARE", "replace": "MODIFICARE", "add": "MODIFICARE"}


def request_items(card: Card) -> list[Item]:
    """The request sheet of a card that has variations; nothing for the others."""
    if not card.variations:
        return []
    whole = any(v.object == "objective" and v.action == "eliminate" for v in card.variations)
    action = "ELIMINARE" if whole else "MODIFICARE"
    service = card.kind == "service"
    items: list[Item] = [
        table(("DIREZIONE", "SEZIONE"), [(card.directorate or card.unit, card.section)]),
        table(
            ("SERVIZIO" if service else "TITOLO OBIETTIVO", "N.SCHEDA", "RESPONSABILE", "AZIONE"),
            [(card.title, card.number, card.responsible, action)],
            (5, 1, 2, 2),
        ),
        Line(f"Richiesta: {action} OBIETTIVO"),
    ]
    for variation in card.variations:
        items += _variation(variation)
    return items


def _variation(v: Variation) -> list[Item]:
    items: list[Item] = []
    if v.object == "objective":
        items += _objective(v)
    elif v.object == "phase":
        items += _phase(v)
    elif v.object == "activity":
        items += _changed("Attività istituzionali:", "VARIAZIONE ATTIVITÀ ISTITUZIONALE:", "Nuova attività istituzionale", v)
    elif v.object == "indicator":
        items += _indicator(v)
    if v.reason:
        items += [Line("Motivazione:"), Line(clean(v.reason))]
    return items


def _objective(v: Variation) -> list[Item]:
    """The whole objective: its new end, or the one that takes its place; an elimination is said in the head."""
    if v.action in ("extend", "postpone"):
        return [Line(f"VARIAZIONE TEMPORALE: {_moved(v)}")]
    return [Line("SOSTITUIRE CON:"), Line(_quoted(v.new))] if v.action == "replace" and v.new else []


def _moved(v: Variation) -> str:
    """A new end as it is asked for."""
    word = "PROLUNGARE AL" if v.action == "extend" else "RINVIARE AL"
    value = clean(v.new)
    return value if value.upper().startswith(("PROLUNG", "RINVI", "POSTICIP")) else f"{word} {value}"


def _phase(v: Variation) -> list[Item]:
    old, new = _quoted(v.old), _quoted(v.new)
    number = f"Fase {v.number}: " if v.number else "Fase: "
    if v.action in ("extend", "postpone"):
        return [Line("Fasi"), Line(f"VARIAZIONE TEMPORALE: {_moved(v)}"), Line(number + old)]
    items: list[Item] = [Line("Fasi")]
    if v.old:
        items += [Line("ELIMINARE"), Line(number + old)]
    if v.new:
        items += [Line("SOSTITUIRE CON:" if v.old else "AGGIUNGERE:"), Line(number + new)]
    return items


def _indicator(v: Variation) -> list[Item]:
    if v.action == "change_target":
        name = v.name or v.number
        lead: list[Item] = [Line("Indicatore:"), Line(_quoted(name))] if name else []
        return [
            *lead,
            Line(f"Target: {clean(v.old)}"),
            Heading("VARIAZIONE TARGET", 4),
            Line(f"Nuovo Target: {clean(v.new)}"),
        ]
    if v.action == "eliminate":
        return [Heading("ELIMINARE INDICATORE", 4), Line(_quoted(v.old))]
    if v.action == "add":
        return [Heading("AGGIUNGERE INDICATORE", 4), Line(_quoted(v.new))]
    return _changed("Indicatore:", "VARIAZIONE INDICATORE", "Nuovo indicatore:", v)


def _changed(lead: str, change: str, then: str, v: Variation) -> list[Item]:
    return [Line(lead), Line(_quoted(v.old)), Heading(change, 4), Line(then), Line(_quoted(v.new))]


def _quoted(text: str | None) -> str:
    return f"“{clean(text)}”" if text else ""


def overview(cards: Sequence[Card]) -> list[Item]:
    """The list of the objectives to change, one row a card with variations."""
    rows = [
        (c.directorate or c.unit, c.section, c.title, "ELIMINARE" if c.status == "eliminated" else "MODIFICARE")
        for c in cards
        if c.variations
    ]
    head = ("DIREZIONE", "SEZIONE", "TITOLO OBIETTIVO GESTIONALE", "AZIONE")
    return [Line("Elenco obiettivi gestionali da eliminare/modificare:"), table(head, rows, (2, 2, 4, 1.5))] if rows else []
