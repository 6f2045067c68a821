"""Drafting without a model: a complete card from a need, the precedents chosen and our library, each field with its origin.

Nothing is invented: what neither the person, nor a precedent, nor a norm says is left out. Case-based: phases of the nearest
precedent on the new horizon, indicators with the targets that their own series supports (``targets.py``).
"""

from __future__ import annotations

from collections.abc import Sequence

from cards.model import Card
from prompts.adapt import adapt, names_a_body
from prompts.builder import CardBuilder, computed, from_card, template, user
from prompts.choose import choose, same_entity
from prompts.harmless import cut
from prompts.library import Pattern, find_pattern, pattern
from prompts.links import put_links
from prompts.measures import CHECK_LAW, put_indicators, to_check
from prompts.need import Need, italian_day
from prompts.phases import usable
from prompts.phasing import put_pattern, put_picked

__all__ = ["Need", "draft_card"]

MIN_PHASES = 3
KINDS = ("objective", "service", "indicator")


def draft_card(need: Need, precedents: Sequence[Card] = ()) -> Card:
    """A complete card for ``need``: texts, phases that sum to 100, at least two indicators with target, provenance per field.

    Precedents come in order of nearness; values of another body are used for proposals and named, never shown as our own history.

    >>> card = draft_card(Need("Riduzione dei tempi di pagamento", "Servizi Finanziari", 2026))
    >>> card.indicators[0].targets
    {'2026': '≤ 0 giorni'}
    """
    usable_cards = sorted((c for c in precedents if c.kind in KINDS), key=lambda c: c.status == "eliminated")
    theme = find_pattern(need.title, need.year)
    entity = need.entity
    b = CardBuilder()
    put_identity(b, need)
    put_links(b, entity, theme, usable_cards)
    _purpose(b, need, theme, usable_cards, entity)
    _phases(b, need, theme, usable_cards, entity)
    put_indicators(b, need, choose(need, theme, usable_cards, entity, need.years), need.years)
    put_description(b, need, theme)
    return b.card()


def put_identity(b: CardBuilder, need: Need) -> None:
    """What the person said: the body is their own or none, never that of a precedent."""
    b.put("kind", "objective", computed("scheda obiettivo"))
    b.put("status", "new", computed("scheda nuova"))
    b.put("entity", need.entity, user())
    b.put("year", need.year, user())
    b.put("title", " ".join(need.title.split()), user())
    b.put("unit", " ".join(need.unit.split()), user())
    role = computed("ruolo ricavato dall'unità indicata, senza nome di persona")
    b.put("responsible", f"Responsabile {' '.join(need.unit.split())}", role)
    start, end = need.span
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    note = user("orizzonte indicato") if need.horizon else computed("l'anno della scheda")
    text = f"{start.year}" if start.year == end.year else f"{start.year} - {end.year}"
    b.put("horizon", text if whole_years else f"{italian_day(start)} - {italian_day(end)}", note)
    b.put("start", italian_day(start), note)
    b.put("end", italian_day(end), note)
    if need.layout == "segrate":
        words = need.unit.split()
        place = "directorate" if words and words[0].casefold().startswith("direzion") else "section"
        b.put(place, " ".join(words), user("dall'unità indicata"))


def _purpose(b: CardBuilder, need: Need, theme: Pattern | None, cards: Sequence[Card], entity: str | None) -> None:
    for card in cards:
        if not card.purpose or len(card.purpose) < 15:
            continue
        same = bool(entity) and same_entity(card.entity, entity)
        if not same and names_a_body(card.purpose):
            continue
        done = adapt(card.purpose, card.year, need.year, same)
        b.put("purpose", done.text, from_card(card, "purpose", done.note, done.bodies))
        return
    if theme:
        b.put("purpose", theme.purpose, template(theme.key, to_check(theme.basis, "finalità del tema")))
    else:
        title = " ".join(need.title.split()).rstrip(".")
        end = italian_day(need.span[1])
        b.put(
            "purpose",
            f"Attuare l'intervento «{title}» entro il {end}, con tempi, responsabilità e risultati verificabili.",
            computed("dal titolo e dall'orizzonte indicati: completala con il beneficio atteso per gli utenti"),
        )


def _phases(b: CardBuilder, need: Need, theme: Pattern | None, cards: Sequence[Card], entity: str | None) -> None:
    base = next((c for c in cards if len(usable(c)) >= MIN_PHASES), None)
    if base is not None:
        put_picked(b, need, [(base, index) for index in usable(base)], entity)
    else:
        put_pattern(b, need, theme or pattern("generico"))


def put_description(b: CardBuilder, need: Need, theme: Pattern | None) -> None:
    """A skeleton from the card's own data: the person's facts, the phases, how the result is measured."""
    phases, indicators = b.get("phases") or [], b.get("indicators") or []
    lines = []
    if facts := " ".join(need.facts.split()):
        lines.append(facts if facts.endswith((".", "!", "?")) else facts + ".")
    lines.append(f"L'obiettivo si svolge dal {b.get('start')} al {b.get('end')}" + _in_phases(phases) + ".")
    measured = [f"{i['name']} ({i['targets'][str(need.year)]})" for i in indicators if str(need.year) in i.get("targets", {})]
    if measured:
        lines.append("Il risultato si misura con: " + "; ".join(measured) + ".")
    if theme and theme.basis:
        lines.append("Riferimenti: " + "; ".join(theme.basis) + ".")
    facts_note = "; la prima parte è quanto scritto dall'utente" if need.facts.strip() else ""
    facts_note += f"; dei riferimenti {CHECK_LAW}" if theme and theme.basis else ""
    b.put("description", " ".join(lines), computed("traccia composta dai dati della scheda" + facts_note))


def _in_phases(phases: Sequence[dict[str, str]]) -> str:
    texts = [phase["text"] for phase in phases]
    return f" in {len(texts)} fasi, da «{_short(texts[0])}» a «{_short(texts[-1])}»" if len(texts) > 1 else ""


def _short(text: str, limit: int = 90) -> str:
    text = text.rstrip(" .;:")
    return text if len(text) <= limit else cut(text, limit) + "…"
