"""A new card put together field by field: the need, up to three precedents side by side, a choice for each field, the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from cards.errors import NotInArchive, PiaoError
from cards.model import Card
from prompts.job import MOST, empty_draft, find_precedents, merged_draft, no_evidence
from prompts.merge import LETTERS, LISTS, PROPOSED, Offer, offers
from prompts.need import Need
from ui.choice import KINDS, label, pick
from ui.due import planning_year
from ui.plain import distinct, md, short
from ui.scratch import Scratch
from ui.state import archive, settings
from ui.words import LAYOUTS

PARAM, LIKE = "nuova", "come"
TITLES = {
    "title": "Titolo", "purpose": "Finalità", "description": "Descrizione", "budget": "Missione e programma",
    "strategy": "Collegamento strategico", "phases": "Fasi", "indicators": "Indicatori",
}
NAMES = {PROPOSED: "Proposta", None: "Vuoto"}


def compare_page() -> None:
    """The steps, one below the other."""
    head, back = st.columns([5, 1], vertical_alignment="bottom")
    head.title("Nuova scheda da più precedenti")
    if back.button("Tutte le schede", icon=":material/arrow_back:", width="stretch"):
        leave()
    notes = Scratch("confronto")
    need = need_form(notes)
    if need is None:
        st.info("Scrivi che cosa vuoi ottenere e chi ne risponde: cerco i precedenti e li metto a confronto.",
                icon=":material/edit_note:")
        return
    chosen = precedents_form(notes, need)
    if not chosen:
        without_precedents(need)
        return
    st.subheader("Che cosa prendi, campo per campo")
    st.caption("«Proposta» è ciò che il programma ricava da tutti. Ogni campo ricorda il documento e la pagina da cui viene.")
    taken = {field: field_row(notes, field, found, chosen) for field, found in offers(need, chosen).items()}
    if st.button("Crea la bozza", type="primary", icon=":material/add:"):
        done = attempt(lambda: merged_draft(archive(), need, [card.id or "" for card in chosen], taken).id)
        if done:
            notes.forget()
            leave(done)


def need_form(notes: Scratch) -> Need | None:
    """What only the person knows; None as long as title or unit is missing."""
    title: str = st.text_input("Che cosa vuoi ottenere?", key=notes.widget("title"), max_chars=300, on_change=notes.keep,
                               args=("title",), placeholder="Es.: Riduzione dei tempi di pagamento")
    left, middle, right = st.columns([2, 1, 2])
    unit: str = left.text_input("Settore o servizio responsabile", key=notes.widget("unit"), max_chars=200, on_change=notes.keep,
                                args=("unit",))
    year = middle.number_input("Anno", min_value=2010, max_value=2100, step=1, on_change=notes.keep, args=("year",),
                               key=notes.widget("year", planning_year(date.today())))
    with right:
        layout = pick(notes, "layout", "Modello di scheda", LAYOUTS)
    facts: str = st.text_input("Fatti da tenere presenti (facoltativo)", key=notes.widget("facts"), max_chars=4000,
                               on_change=notes.keep, args=("facts",))
    if not (title.strip() and unit.strip()):
        return None
    return Need(title.strip(), unit.strip(), int(year), settings().entity, facts.strip(), layout)


def precedents_form(notes: Scratch, need: Need) -> list[Card]:
    """At most three precedents: named in the address bar, found by the search, or picked from a document."""
    known = {card.id or "": card for card in (*named(), *find_precedents(archive(), need), *picked(notes))}
    st.subheader("Precedenti a confronto")
    add_one(notes)
    if not known:
        return []
    ids, words = list(known), distinct({name: label(card) for name, card in known.items()})
    key = notes.key(f"like:{need.title}:{','.join(ids)}")
    chosen = st.multiselect("Quali confronti (al massimo tre, nell'ordine A, B, C)", ids, default=ids[:MOST], key=key,
                            max_selections=MOST, format_func=words.__getitem__)
    return [known[one] for one in chosen]


def named() -> list[Card]:
    """The cards named in the address bar."""
    found = []
    for card_id in st.query_params.get(LIKE, "").split(","):
        try:
            found += [archive().card(card_id)] if card_id else []
        except NotInArchive:
            continue
    return found


def picked(notes: Scratch) -> list[Card]:
    """The cards that the person added from a document."""
    found = []
    for card_id in notes.get("added", []):
        try:
            found.append(archive().card(card_id))
        except NotInArchive:
            continue
    return found


def add_one(notes: Scratch) -> None:
    """Any card of the archive, by document."""
    documents = distinct({document.id: document.name for document in archive().documents() if document.cards})
    if not documents:
        return
    with st.popover("Aggiungi una scheda dell'archivio", icon=":material/add:"):
        document = st.selectbox("Documento", list(documents), format_func=documents.__getitem__, key=notes.key("document"))
        cards = {card.id or "": card for card in archive().cards(document=document) if card.kind in KINDS}
        if not cards:
            st.caption("In questo documento non ho riconosciuto schede.")
            return
        words = distinct({name: label(card) for name, card in cards.items()})
        chosen = st.selectbox("Scheda", list(cards), format_func=words.__getitem__, key=notes.key(f"add:{document}"))
        if st.button("Aggiungi", icon=":material/add:", key=notes.key("add")):
            notes.put(added=[*[one for one in notes.get("added", []) if one != chosen], chosen][-MOST:])
            st.rerun()


def without_precedents(need: Need) -> None:
    """No evidence: why, and an empty card by layout."""
    st.info(md(no_evidence(archive(), need)), icon=":material/search_off:")
    st.write("Puoi aggiungere tu una scheda dell'archivio, oppure partire da una scheda vuota: i campi che il modello di scheda "
             "vuole sono segnati [VERIFICARE] finché non li scrivi.")
    if st.button("Crea una scheda vuota", icon=":material/note_add:"):
        done = attempt(lambda: empty_draft(archive(), need).id)
        if done:
            leave(done)


def field_row(notes: Scratch, field: str, found: Sequence[Offer], chosen: Sequence[Card]) -> str | list[str] | None:
    """One field: what each offers, side by side, and the choice."""
    with st.container(border=True):
        st.markdown(f"**{TITLES[field]}**")
        columns = st.columns(1 + len(chosen))
        by_key = {offer.key: offer for offer in found}
        for column, key in zip(columns, (PROPOSED, *LETTERS), strict=False):
            with column:
                card = None if key == PROPOSED else chosen[LETTERS.index(key)]
                st.caption("Proposta" if card is None else f"**{key}** · {md(short(card.entity or '', 30))} {card.year or ''}")
                offer_text(by_key.get(key))
        if field in LISTS:
            return many(notes, field, found)
        options = [offer.key for offer in found] + [None]
        taken: str | None = st.radio("Che cosa prendi", options, format_func=lambda one: NAMES.get(one, f"Da {one}"),
                                     horizontal=True, key=notes.key(f"take:{field}:{len(chosen)}"),
                                     label_visibility="collapsed")
        return taken


def offer_text(offer: Offer | None) -> None:
    """What one offers; lists one line each, with the key that chooses them."""
    if offer is None:
        st.markdown(":gray[(non c'è)]")
        return
    for key, text in offer.lines.items():
        for line in text.split("\n"):
            st.markdown((f"**{key}** " if len(key) > 1 and key != PROPOSED else "") + md(short(line, 220)))


def many(notes: Scratch, field: str, found: Sequence[Offer]) -> str | list[str] | None:
    """Phases or indicators: the proposal, or one by one."""
    lines = {key: text for offer in found if offer.key != PROPOSED for key, text in offer.lines.items()}
    if not lines:
        st.caption("I precedenti non ne hanno: si prende la proposta.")
        return PROPOSED
    taken = st.multiselect("Scegli una per una; senza scelta si prende la proposta", list(lines), placeholder="Proposta",
                           key=notes.key(f"list:{field}:{len(lines)}"), format_func=lambda one: f"{one} {short(lines[one], 70)}")
    return taken or PROPOSED


def attempt(make: Callable[[], str]) -> str | None:
    """The id of the draft made, or the error told."""
    try:
        return make()
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return None


def leave(draft_id: str | None = None) -> None:
    """Back to the drafts, or on to the one just made."""
    for name in (PARAM, LIKE):
        if name in st.query_params:
            del st.query_params[name]
    if draft_id:
        st.query_params["bozza"] = draft_id
    st.rerun()
