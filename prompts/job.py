"""The drafting jobs as the command and the pages ask for them: find precedents, draft, save.

No evidence, no call: a model is asked only when precedents were found or chosen (DESIGN §8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.errors import NotInArchive, PiaoError
from cards.model import Card
from prompts.call_log import noted
from prompts.drafting import draft_card
from prompts.llm import ModelCall
from prompts.need import Need
from prompts.words import relevance
from settings import Settings

if TYPE_CHECKING:
    from prompts.motivation import Motivation
    from store.archive import Archive
    from store.drafts import Draft

MOST = 3
RELEVANT = 0.34
USABLE = {"objective", "service", "indicator"}


def draft_from_archive(
    archive: Archive, need: Need, settings: Settings, like: Sequence[str] = (), use_model: bool = False
) -> Draft:
    """A new draft in the archive. ``like`` names the precedents (card ids); without, the archive is searched for the need.

    Precedents chosen by a person lend their body to a need without one; those found by search only if the archive has one body.
    """
    precedents = [archive.card(card_id) for card_id in like]
    if not precedents:
        precedents = find_precedents(archive, need)
        need = replace(need, adopt_entity=need.adopt_entity and len(bodies(archive)) == 1)
    card = draft_card(need, precedents)
    calls: list[ModelCall] = []
    if use_model:
        if not precedents:
            raise PiaoError("Nessun precedente per questa scheda: il modello non viene interpellato. Scegline uno.")
        from prompts.generation import write_texts
        from prompts.llm import chat_model

        card = write_texts(chat_model(settings), need, card, precedents, calls)
    return archive.save_draft(card, note=noted(calls))


def bodies(archive: Archive) -> set[str]:
    """The bodies whose documents the archive has."""
    return {document.entity for document in archive.documents() if document.entity}


def find_precedents(archive: Archive, need: Need) -> list[Card]:
    """The cards that fit the need best, at most three; none when the search abstains or shares only words said everywhere."""
    result = archive.search(f"{need.title} {need.facts}".strip()[:400], k=10)
    if result.abstained:
        return []
    cards: dict[str, Card] = {}
    for hit in result.hits:
        if hit.card_id and hit.card_id not in cards:
            card = archive.card(hit.card_id)
            if card.kind in USABLE and (card.indicators or card.phases) and relevance(need.title, _words(card)) >= RELEVANT:
                cards[hit.card_id] = card
    return list(cards.values())[:MOST]


def _words(card: Card) -> str:
    return " ".join(text for text in (card.title, card.purpose, *(i.name for i in card.indicators)) if text)


def motivate_from_archive(
    archive: Archive, card_id: str, action: str, obj: str, facts: str, settings: Settings, *,
    number: str | None = None, new: str | None = None, use_model: bool = False,
) -> Motivation:
    """The variation of a card or draft with its *motivazione*, citing similar ones of the archive."""
    from prompts.motivation import motivate

    card = card_or_draft(archive, card_id)
    similar = archive.search(f"motivazione {facts}"[:400], k=10)
    precedents = [] if similar.abstained else [archive.card(hit.card_id) for hit in similar.hits if hit.card_id]
    with_reasons = [precedent for precedent in precedents if precedent.variations][:MOST]
    model = None
    if use_model:
        from prompts.llm import chat_model

        model = chat_model(settings)
    return motivate(card, action, facts, with_reasons, object=obj, number=number, new=new, model=model)


def card_or_draft(archive: Archive, name: str) -> Card:
    """A draft's card, else a card of the archive."""
    try:
        return archive.draft(name).card
    except NotInArchive:
        return archive.card(name)
