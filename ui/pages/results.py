"""*Consuntivo*: the results in, the achievement live by the chosen system, totals of objectives, units and lines."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from typing import Any

import streamlit as st

from cards.counted import cards_counted
from cards.errors import Conflict
from cards.model import GONE, Card, Outcome, Reading
from scoring.profiles import Profile
from scoring.results import CardResult, band_name, card_result, group_results, percent, stated_total
from scoring.values import number, plain
from ui.actuals import MESSAGE, Book, DraftBook, Entry, TrialBook
from ui.choice import KINDS, label, owner, pick
from ui.editor import mark_user
from ui.plain import distinct, md, short
from ui.result_files import take_away
from ui.result_rows import draw_card
from ui.result_totals import totals
from ui.scratch import Scratch
from ui.smvp import choose_profile
from ui.state import archive, current_draft

SOURCES = {"draft": "Dalle mie schede", "document": "Da un documento dell'archivio"}
MOST = 40
ALL = "*"


def page() -> None:
    """What to account for, with which system; values; totals."""
    st.title("Consuntivo")
    st.write("Scrivi i risultati accanto ai valori attesi: il grado di raggiungimento e i totali si aggiornano mentre scrivi.")
    notes = Scratch("consuntivo")
    drafts = {draft.id: label(draft.card) for draft in archive().drafts()}
    documents = {document.id: document.name for document in archive().documents() if document.cards}
    if not drafts and not documents:
        st.info("Per fare un consuntivo serve una scheda con i suoi valori attesi. Creane una da «Schede», oppure carica da "
                "«Archivio» il piano dell'anno.", icon=":material/edit_note:")
        return
    profile, source = choose(notes, bool(drafts))
    found = from_drafts(notes, drafts, profile) if source == "draft" else from_document(notes, documents, profile)
    if not found[1]:
        return
    book, entries, stated = found
    message = st.session_state.pop(MESSAGE, None)
    if message:
        st.error(md(message), icon=":material/group:")
    top = st.container()
    results = [card_result(entry.card, entry.ways(profile), profile, declared(entry, source)) for entry in entries]
    for entry, result in zip(entries, results, strict=True):
        draw_card(book, entry, result, profile, folded=len(entries) > 6)
    groups = group_results(results, profile, stated)
    with top:
        totals(results, groups, profile)
        take_away(results, groups, profile)
    if source == "draft" and isinstance(book, TrialBook):
        bring_back(notes, entries)
    elif source == "draft":
        close(entries, results, profile)
    else:
        keep_as_drafts(notes, entries)


def choose(notes: Scratch, any_draft: bool) -> tuple[Profile, str]:
    """Source and measuring system."""
    named = current_draft()
    if named and notes.get("drafts") is None:
        notes.put(source="draft", drafts=[named])
    left, right = st.columns([1, 1])
    with left:
        key = notes.widget("source", "draft" if any_draft else "document")
        source = st.segmented_control("Da dove prendi le schede?", list(SOURCES), required=True, format_func=SOURCES.__getitem__,
                                      key=key, on_change=notes.keep, args=("source",))
    with right:
        profile = choose_profile("Sistema di misurazione e valutazione (SMVP)", "profilo_consuntivo",
                                 help="Decide formule, pesi e arrotondamenti: si vede per esteso in «Impostazioni».")
    return profile, source or "draft"


Found = tuple[Book, list[Entry], dict[tuple[str, str], Decimal]]


def from_drafts(notes: Scratch, drafts: dict[str, str], profile: Profile) -> Found:
    """One or more drafts."""
    book = DraftBook()
    if not drafts:
        st.info("Non c'è ancora nessuna bozza: creane una da «Schede», oppure scegli un documento dell'archivio.",
                icon=":material/edit_note:")
        return book, [], {}
    key = notes.widget("drafts", [next(iter(drafts))])
    st.session_state[key] = [name for name in st.session_state[key] or [] if name in drafts]
    chosen = st.multiselect("Schede", list(drafts), format_func=distinct(drafts).__getitem__, key=key, on_change=notes.keep,
                            args=("drafts",), placeholder="Scegli una o più schede")
    if not chosen:
        st.info("Scegli una o più schede: per il totale di un settore sceglile tutte.", icon=":material/checklist:")
    if len(drafts) > 3:
        by_unit(notes, drafts)
    trial = st.toggle("Prova senza salvare", key=notes.widget("trial", False), on_change=notes.keep, args=("trial",),
                      help="Che cosa succederebbe con altri risultati? Le bozze cambiano solo se alla fine lo chiedi.")
    if trial:
        tried = TrialBook(notes)
        return tried, tried.entries([archive().draft(name).card.replace(id=name) for name in chosen[:MOST]], profile), {}
    return book, book.entries(chosen[:MOST]), {}


def by_unit(notes: Scratch, drafts: dict[str, str]) -> None:
    """All the drafts of a unit and year at once: its total needs them all."""
    groups: dict[str, list[str]] = {}
    for draft in archive().drafts():
        if draft.id in drafts and draft.card.indicators and draft.card.status not in GONE:
            groups.setdefault(f"{owner(draft.card) or 'Senza settore'} · {draft.card.year or 'senza anno'}", []).append(draft.id)

    def take() -> None:
        chosen = groups.get(st.session_state["consuntivo_settore"] or "", [])
        if chosen:
            notes.put(drafts=chosen)
            st.session_state[notes.key("drafts")] = chosen

    st.selectbox("Oppure prendi tutte le schede di", ["", *sorted(groups)], key="consuntivo_settore", on_change=take,
                 format_func=lambda name: f"{name} ({len(groups[name])})" if name else "scegli un settore")


def from_document(notes: Scratch, documents: dict[str, str], profile: Profile) -> Found:
    """The cards of a document: those of a unit, of a line, or one alone."""
    book = TrialBook(notes)
    if not documents:
        st.info("L'archivio è vuoto: carica prima un documento da «Archivio».", icon=":material/folder_open:")
        return book, [], {}
    left, middle, right = st.columns([2, 2, 2])
    with left:
        document = pick(notes, "document", "Documento", documents)
    reading = read_document(document, archive().document(document).sha256, archive())
    groups = grouped(reading)
    if not groups:
        st.info("In questo documento non ho riconosciuto schede con risultati da scrivere: scegline un altro.",
                icon=":material/search_off:")
        return book, [], {}
    with middle:
        group = pick(notes, f"group:{document}", "Settore o linea", {name: f"{name} ({len(c)})" for name, c in groups.items()})
    cards = {card.id or "": card for card in groups[group]}
    with right:
        one = pick(notes, f"one:{document}:{group}", "Schede", {ALL: f"Tutte ({len(cards)})"}
                   | {key: label(card) for key, card in cards.items()})
    chosen = list(cards.values()) if one == ALL else [cards[one]]
    if len(chosen) > MOST:
        st.info(f"Sono {len(chosen)} schede: qui ne mostro {MOST}. Per i totali scegli un settore o una linea.",
                icon=":material/info:")
    return book, book.entries(chosen[:MOST], profile), stated_totals(reading, {card.id for card in chosen[:MOST]})


@st.cache_resource(max_entries=4, show_spinner="Apro il documento…")
def read_document(document: str, sha256: str, _archive: Any) -> Reading:
    """A document's reading, kept while its content stays the same."""
    reading: Reading = _archive.reading(document)
    return reading.model_copy(update={"passages": (), "paragraphs": ()})


def grouped(reading: Reading) -> dict[str, list[Card]]:
    """The cards that results can be typed on, by unit and by strategic line, in reading order."""
    groups: dict[str, list[Card]] = {}
    for card in reading.cards:
        usable = (card.kind in KINDS and card.indicators) or (card.kind == "unit_summary" and card.items)
        if usable and card.id:
            for name in dict.fromkeys((owner(card), card.strategic_line or "")):
                if name:
                    groups.setdefault(name, []).append(card)
            if not owner(card) and not card.strategic_line:
                groups.setdefault("Senza settore", []).append(card)
    return groups


def stated_totals(reading: Reading, shown: Set[str | None]) -> dict[tuple[str, str], Decimal]:
    """The totals that the document declares for units and lines whose cards are all ``shown`` (ids): a part is not compared."""
    names: dict[tuple[str, str], str] = {}
    partial = set()
    for card in reading.cards:
        for kind, name in (("unit", owner(card)), ("strategic_line", card.strategic_line or "")):
            if name and card.kind in KINDS and card.status not in GONE:
                names[(kind, plain(name))] = name
                if card.id not in shown:
                    partial.add((kind, plain(name)))
    found: dict[tuple[str, str], Decimal] = {}
    for one in reading.declared:
        key, value = (str(one.kind), plain(one.name)), number(one.value)
        if one.measure == "achievement" and key in names and value is not None and key not in partial:
            found[(one.kind, names[key])] = value
    return found


def declared(entry: Entry, source: str) -> Decimal | None:
    """The total a document states for the card; a draft has none but what was closed before."""
    return stated_total(entry.before) if source == "document" else None


# ---------------------------------------------------------------------------------------------- saving


def close(entries: list[Entry], results: list[CardResult], profile: Profile) -> None:
    """The outcome written on each draft, which is then closed."""
    st.divider()
    st.caption(":material/cloud_done: I valori sono salvati nelle schede mentre li scrivi.")
    missing = sum(result.total.value is None for result in results)
    if missing:
        st.caption(f"Per chiudere il consuntivo {'manca' if missing == 1 else 'mancano'} ancora il totale di "
                   f"{cards_counted(missing)}.")
    if st.button("Chiudi il consuntivo", type="primary", icon=":material/task_alt:", disabled=bool(missing),
                 help="Scrive l'esito su ogni scheda e la segna come consuntivata. Si può ancora correggere."):
        for entry, result in zip(entries, results, strict=True):
            draft = archive().draft(entry.key)
            if draft.card != entry.card:
                raise Conflict(f"«{short(entry.card.title, 80)}» è cambiata nel frattempo: ricontrolla i valori e chiudi di "
                               "nuovo.")
            archive().save_draft(closed(entry.card, result, profile), draft_id=entry.key, version=draft.version, state="closed",
                                 note="consuntivo chiuso")
        st.success("Consuntivo chiuso: l'esito è scritto su ogni scheda.", icon=":material/check_circle:")


def closed(card: Card, result: CardResult, profile: Profile) -> Card:
    """The card with its outcome: percentage and name of the band, worked out by the profile."""
    figure = percent(result.total.value, profile.rounding.total).replace(" %", "%")
    if card.kind == "unit_summary":
        return card.replace(totals=card.totals.replace(final=figure))
    if profile.rollup.objective == "declared":
        return card
    outcome = Outcome(label=band_name(result.total.value, profile) or None, percent=figure)
    return card.replace(outcomes=(*(one for one in card.outcomes if one.at), outcome))


def bring_back(notes: Scratch, entries: list[Entry]) -> None:
    """What was tried on drafts, thrown away or written in them."""
    st.divider()
    st.caption(":material/science: Stai provando: le bozze non cambiano finché non lo chiedi.")
    changed = [entry for entry in entries if entry.card != entry.before]

    def forget() -> None:
        notes.put(**{f"cells:{entry.key}": None for entry in entries})

    def save() -> None:
        for entry in changed:
            draft = archive().draft(entry.key)
            if draft.card.replace(id=entry.key) != entry.before:
                raise Conflict(f"«{short(entry.card.title, 80)}» è cambiata nel frattempo: ricontrolla le cifre e riprova.")
            after = mark_user(draft.card, entry.card.replace(id=draft.card.id))
            archive().save_draft(after, draft_id=entry.key, version=draft.version, note="cifre provate nel consuntivo")
            notes.put(**{f"cells:{entry.key}": None})
        notes.put(trial=False)
        st.session_state[notes.key("trial")] = False

    with st.container(horizontal=True):
        st.button("Scrivi le cifre nelle bozze", icon=":material/save:", on_click=save, type="primary", disabled=not changed)
        st.button("Butta la prova", icon=":material/delete:", on_click=forget, disabled=not changed)


def keep_as_drafts(notes: Scratch, entries: list[Entry]) -> None:
    """Cards of a document with the values typed, as drafts."""
    st.divider()

    def save() -> None:
        ids = [archive().save_draft(mark_user(entry.before, entry.card), note="consuntivo").id for entry in entries]
        for entry in entries:
            notes.put(**{f"cells:{entry.key}": None})
        notes.put(source="draft", drafts=ids)
        st.session_state[notes.key("source")] = "draft"
        st.session_state[notes.key("drafts")] = ids

    st.caption(":material/science: Le schede del documento non cambiano: qui fai una prova. Per tenere i valori "
               "salvali come bozze.")
    st.button("Salva come bozze", icon=":material/save:", on_click=save, type="primary")
