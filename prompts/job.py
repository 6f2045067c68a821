"""The drafting jobs as the command and the pages ask for them: find precedents, draft, save.

No evidence, no call: a model is asked only when precedents were found or chosen (DESIGN §8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cards.errors import ModelError, NotInArchive, PiaoError
from cards.masking import masked
from cards.model import Card, Origin
from prompts.asking import SILENT, Listener
from prompts.call_log import noted
from prompts.drafting import draft_card
from prompts.empty import empty_card
from prompts.harmless import cut
from prompts.llm import ModelCall
from prompts.merge import Choices, merge_cards
from prompts.need import Need
from prompts.onto import onto
from prompts.words import relevance
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from prompts.motivation import Motivation
    from store.archive import Archive
    from store.drafts import Draft

MOST = 3
RELEVANT = 0.34
REWRITTEN = ("purpose", "description")
USABLE = {"objective", "service", "indicator"}


def draft_from_archive(
    archive: Archive, need: Need, settings: Settings, like: Sequence[str] = (), use_model: bool = False
) -> Draft:
    """A new draft in the archive. ``like`` names the precedents (card ids); without, the archive is searched for the need.

    No precedent lends its body to a need without one: the card then names none.
    When the model fails the draft made of the precedents is kept, with the log, and the ``ModelError`` names it.
    """
    precedents = [_lent(archive, card_id) for card_id in like]
    if not precedents:
        precedents = find_precedents(archive, need)
    card = draft_card(need, precedents)
    if not use_model:
        return archive.save_draft(card)
    if not precedents:
        raise PiaoError(f"{no_evidence(archive, need)} Il modello non viene interpellato: scegli un precedente.")
    from prompts.generation import write_texts
    from prompts.llm import chat_model, required

    model, calls = required(chat_model(settings)), []  # type: BaseChatModel, list[ModelCall]
    try:
        written = write_texts(model, need, card, precedents, calls)
    except ModelError as error:
        kept = archive.save_draft(card, note=noted(calls))
        raise ModelError(f"{error} La bozza scritta dai precedenti è salva: {kept.id}.") from error
    return archive.save_draft(written, note=noted(calls))


def merged_draft(archive: Archive, need: Need, like: Sequence[str], choices: Choices) -> Draft:
    """A new draft put together field by field from several precedents (card ids, in the order of their letters)."""
    return archive.save_draft(merge_cards(need, [archive.card(card_id) for card_id in like], choices))


def empty_draft(archive: Archive, need: Need) -> Draft:
    """A new draft with the fields of its layout still to write: what is offered where there is no precedent."""
    return archive.save_draft(empty_card(need))


def no_evidence(archive: Archive, need: Need) -> str:
    """Why there is no precedent for a need, in words for the page."""
    if not archive.documents():
        return "Nessun precedente: l'archivio è vuoto."
    nearest = next((hit for hit in archive.search(query_of(need), k=10).nearest if hit.text), None)
    near = f" Il passaggio più vicino ({nearest.document}) non basta per rispondere." if nearest else ""
    return f"Nessun precedente nell'archivio per «{cut(need.title, 120)}».{near}"


def need_of(card: Card, facts: str = "") -> Need:
    """The need that a draft answers, from its own fields; a draft without title or unit is a ``PiaoError``."""
    return Need(card.title or "", card.unit or card.section or "", card.year or 0, card.entity, facts)


def sources_of(archive: Archive, card: Card) -> list[Card]:
    """The precedents that a draft came from, in order of appearance; else those the archive has for it. At most three."""
    found: dict[str, Card] = {}
    for origin in card.provenance.values():
        if origin.document and origin.from_ not in found:
            with suppress(NotInArchive):
                found[origin.from_] = _lent(archive, origin.from_)
    return list(found.values())[:MOST] or find_precedents(archive, need_of(card))


def rewrite_draft(
    archive: Archive, draft: Draft, model: BaseChatModel, job: str, facts: str = "", listener: Listener = SILENT
) -> Draft:
    """A saved draft with the texts of one job of a model as its next version, the log in its note.

    No precedents, no call. When the model fails the text stays as it is, the log is kept all the same, and the error goes on.
    """
    from prompts.generation import write_texts

    need, precedents = need_of(draft.card, facts), sources_of(archive, draft.card)
    if not precedents:
        raise PiaoError(f"{no_evidence(archive, need)} Il modello non viene interpellato.")
    return _logged(archive, draft, lambda calls: write_texts(model, need, draft.card, precedents, calls, job, listener))


def plain_draft(archive: Archive, draft: Draft, model: BaseChatModel, path: str, listener: Listener = SILENT) -> Draft:
    """A saved draft with one text ("purpose", "description") in plain administrative Italian; what it adds is marked."""
    from prompts.generation import rewrite
    from prompts.llm import model_name

    text = str(getattr(draft.card, path) or "")
    if not text.strip():
        raise PiaoError("Non c'è un testo da riscrivere: scrivilo prima nella scheda.")

    def change(calls: list[ModelCall]) -> Card:
        words, marks = rewrite(model, text, calls, listener)
        before = draft.card.provenance.get(path)
        note = f"riscritto dal modello {model_name(model)} dal testo precedente: da controllare"
        origin = Origin(from_="model", note=note, unsupported=(*(before.unsupported if before else ()), *marks))
        return draft.card.replace(**{path: words}, provenance={**draft.card.provenance, path: origin})

    return _logged(archive, draft, change)


def _logged(archive: Archive, draft: Draft, change: Callable[[list[ModelCall]], Card]) -> Draft:
    """The draft, as it is now, with what a model wrote into it; the log is kept also when it fails or comes too late."""
    calls: list[ModelCall] = []
    try:
        card = change(calls)
        fresh = archive.draft(draft.id)
        card = onto(fresh.card, draft.card, card)
        return archive.save_draft(card, draft.id, fresh.version, note=noted(calls))
    except PiaoError:
        if calls:
            archive.save_draft(archive.draft(draft.id).card, draft.id, note=noted(calls))
        raise


def request_text(archive: Archive, card: Card, job: str, facts: str = "") -> str:
    """What would be sent to a model for one job on a draft, word for word; no precedents, no request: ``PiaoError``."""
    from prompts.generation import card_messages, plain_messages

    if job in REWRITTEN:
        sent = plain_messages(str(getattr(card, job) or ""))
    else:
        need, precedents = need_of(card, facts), sources_of(archive, card)
        if not precedents:
            raise PiaoError(f"{no_evidence(archive, need)} Il modello non viene interpellato.")
        sent = card_messages(need, card, precedents, job)
    return "\n\n".join(str(message.content) for message in sent)


def find_precedents(archive: Archive, need: Need) -> list[Card]:
    """The cards that fit the need best, at most three; none when the search abstains or shares only words said everywhere."""
    result = archive.search(query_of(need), k=10)
    if result.abstained:
        return []
    cards: dict[str, Card] = {}
    for hit in result.hits:
        if hit.card_id and hit.card_id not in cards:
            card = _lent(archive, hit.card_id)
            if card.kind in USABLE and (card.indicators or card.phases) and relevance(need.title, _words(card)) >= RELEVANT:
                cards[hit.card_id] = card
    return list(cards.values())[:MOST]


def query_of(need: Need) -> str:
    """What the archive is asked for a need."""
    return f"{need.title} {need.facts}".strip()[:400]


def _words(card: Card) -> str:
    return " ".join(text for text in (card.title, card.purpose, *(i.name for i in card.indicators)) if text)


def motivate_from_archive(
    archive: Archive, card_id: str, action: str, obj: str, facts: str, settings: Settings, *,
    number: str | None = None, new: str | None = None, use_model: bool = False, listener: Listener = SILENT,
    calls: list[ModelCall] | None = None,
) -> Motivation:  # fmt: skip
    """The variation of a card or draft with its *motivazione*, citing similar ones of the archive; ``calls`` receives the log."""
    from prompts.motivation import motivate

    card = card_or_draft(archive, card_id)
    model = None
    if use_model:
        from prompts.llm import chat_model, required

        model = required(chat_model(settings))
    return motivate(card, action, facts, with_reasons(archive, facts), object=obj, number=number, new=new, model=model,
                    listener=listener, calls=calls)


def motivation_request(
    archive: Archive, card: Card, action: str, obj: str, facts: str, number: str | None = None, new: str | None = None
) -> str:
    """What would be sent to a model for a *motivazione*, word for word; what is missing for it is a ``PiaoError``."""
    from prompts.motivation import asked, motivation_messages

    variation, told, cited = asked(card, action, facts, with_reasons(archive, facts), obj, number, new)
    _job, sent = motivation_messages(card, variation, told, cited)
    return "\n\n".join(str(message.content) for message in sent)


def with_reasons(archive: Archive, facts: str) -> list[Card]:
    """The cards of the archive with variations whose words are near the facts, at most three; none when the search abstains."""
    similar = archive.search(f"motivazione {facts}"[:400], k=10)
    precedents = [] if similar.abstained else [_lent(archive, hit.card_id) for hit in similar.hits if hit.card_id]
    return [precedent for precedent in precedents if precedent.variations][:MOST]


def _lent(archive: Archive, card_id: str) -> Card:
    """A card of the archive as a precedent: without the names of its staff where the settings say so."""
    card = archive.card(card_id)
    return masked(card) if archive.settings.mask_exports else card


def card_or_draft(archive: Archive, name: str) -> Card:
    """A draft's card, else a card of the archive."""
    try:
        return archive.draft(name).card
    except NotInArchive:
        return archive.card(name)
