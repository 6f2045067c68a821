"""*Variazioni*: what changes on an approved card, the facts, the *motivazione* with its sources; the card old and new."""

from __future__ import annotations

import streamlit as st

from cards.errors import PiaoError
from cards.model import GONE, Card
from cards.quantities import read_date, read_month, read_target
from prompts.job import motivate_from_archive
from prompts.variation import find_part, refusal, target_of
from ui.choice import Chosen, choose_card, pick
from ui.plain import md, short
from ui.scratch import Scratch
from ui.state import archive, settings
from ui.variation_list import listed_variations
from ui.variation_model import Request, begin, followed, take, with_model
from ui.variation_result import outcome

OBJECTS = {"objective": "L'obiettivo intero", "phase": "Una fase", "indicator": "Un indicatore", "target": "Un valore atteso",
           "activity": "Un'attività"}
ACTIONS = {
    "objective": {"extend": "Prolungare", "postpone": "Rinviare", "replace": "Sostituire con un altro obiettivo",
                  "eliminate": "Eliminare"},
    "phase": {"change_phase": "Riscrivere", "extend": "Prolungare", "postpone": "Rinviare", "add": "Aggiungere",
              "eliminate": "Eliminare"},
    "indicator": {"change_indicator": "Sostituire", "add": "Aggiungere", "eliminate": "Eliminare"},
    "target": {"change_target": "Cambiare"},
    "activity": {"change_activity": "Riscrivere", "add": "Aggiungere", "eliminate": "Eliminare"},
}
DATED = ("extend", "postpone")
NEW_TEXT = {"extend": "Nuova data di fine", "postpone": "Nuova data di fine", "change_target": "Nuovo valore atteso",
            "replace": "Titolo del nuovo obiettivo"}
HINT = {"extend": "Es.: 31/12/2027", "postpone": "Es.: 31/12/2027", "change_target": "Es.: ≥ 80%, entro 30/06/2027, 12 gg"}


def page() -> None:
    """The card, the change, the facts; then the text and the card that follow."""
    st.title("Variazioni")
    st.write("Chiedi di cambiare una scheda già approvata: dici che cosa cambia e che cosa è successo, ottieni la motivazione "
             "con i precedenti citati e la scheda aggiornata.")
    ask, overview = st.tabs(["Chiedi una variazione", "Elenco delle variazioni"])
    with ask:
        ask_one()
    with overview:
        listed_variations()


def ask_one() -> None:
    """The request for one card, from its choice to the save."""
    notes = Scratch("variazione")
    chosen = choose_card(notes)
    if chosen is None:
        return
    gone = None if notes.get("done") and notes.get("of") == chosen.id else refusal(chosen.card)  # here it was just eliminated
    if gone:
        st.warning(md(gone), icon=":material/warning:")
        return
    request = what_changes(notes, chosen.card)
    if request is not None:
        facts_and_text(notes, chosen, request)
    if notes.get("result") and notes.get("of") in (chosen.id, None):
        outcome(notes)


def what_changes(notes: Scratch, card: Card) -> Request | None:
    """Object, part, action, new text."""
    st.subheader("Che cosa cambia")
    left, middle, right = st.columns([1, 1, 2])
    with left:
        obj = pick(notes, "object", "Oggetto", OBJECTS)
    with middle:
        actions = {key: word for key, word in ACTIONS[obj].items() if key == "add" or parts(card, obj) or obj == "objective"}
        if not actions:
            st.info(f"La scheda non ha {'indicatori' if obj == 'target' else 'parti di questo tipo'}.", icon=":material/info:")
            return None
        action = pick(notes, f"action:{obj}", "Azione", actions)
    number = None
    with right:
        if obj != "objective" and action != "add":
            number = pick(notes, f"part:{obj}", "Quale", parts(card, obj))
    new = new_text(notes, card, obj, action, number)
    return Request(action, "indicator" if obj == "target" else obj, number, new)


def parts(card: Card, obj: str) -> dict[str, str]:
    """The parts of a card that can change: their number (or position) and how a person knows them."""
    if obj == "phase":
        return {p.number or str(n): f"{p.number or n}. {short(p.text, 120)}" for n, p in enumerate(card.phases, 1)
                if p.status not in GONE}
    live = [(n, i) for n, i in enumerate(card.indicators, 1) if i.status not in GONE]
    if obj == "activity":
        return {str(n): short(text, 120) for n, text in enumerate(card.activities, 1)}
    if obj == "target":
        return {str(n): f"{short(i.name, 90)}: {target_of(i, card.year) or 'nessun valore'}" for n, i in live}
    return {str(n): short(i.name, 120) for n, i in live} if obj == "indicator" else {}


def new_text(notes: Scratch, card: Card, obj: str, action: str, number: str | None) -> str | None:
    """The new text, date or target, with a word on how it is read."""
    if action == "eliminate":
        return None
    key = notes.widget("new")
    new: str = st.text_input(NEW_TEXT.get(action, "Nuovo testo"), key=key, max_chars=1000, placeholder=HINT.get(action, ""),
                             on_change=notes.keep, args=("new",))
    if action in DATED and (now := ends_now(card, obj, number)):
        st.caption(f"Fine prevista finora: {md(now)}.")
    if new.strip() and action in DATED and read_date(new) is None and read_month(new) is None:
        st.caption(":material/help: Non riconosco una data: scrivila come 31/12/2027.")
    if new.strip() and action == "change_target" and not read_target(new).measurable:
        st.caption(":material/help: Così non si può misurare: scrivi un numero con la sua unità, una data, oppure sì o no.")
    return new.strip() or None


def ends_now(card: Card, obj: str, number: str | None) -> str | None:
    """When the objective, or the phase in force of this number (or position), ends before the change."""
    at = find_part(card, obj, number).index
    return card.end or card.horizon if at is None else card.phases[at].end


def facts_and_text(notes: Scratch, chosen: Chosen, request: Request) -> None:
    """The facts, and the button that writes the *motivazione* from them."""
    st.subheader("Che cosa è successo")
    facts: str = st.text_area(
        "I fatti, con la data e l'atto che li prova", key=notes.widget("facts"), height=110, max_chars=6000,
        on_change=notes.keep, args=("facts",),
        placeholder="Es.: Con nota prot. 12345 del 15/06/2026 la ditta ha comunicato che la fornitura slitta al 2027.",
        help="La motivazione può dire solo ciò che scrivi qui: nessun fatto viene inventato (art. 3, L. 241/1990).")
    if notes.get("done") and notes.get("of") == chosen.id:
        st.info("Questa variazione è salvata. Puoi ancora correggerne il testo qui sotto; per chiederne un'altra premi "
                "«Nuova variazione».", icon=":material/check_circle:")
        return
    if followed(notes):
        return
    use_model = with_model(notes, chosen.card, request, facts)
    if st.button("Scrivi la motivazione", type="primary", icon=":material/edit_note:"):
        draft = chosen.draft
        held = {"of": chosen.id, "base": chosen.card.to_json(), "told": facts, "done": None,
                "saved": {"id": draft.id, "version": draft.version, "state": draft.state} if draft else None}
        if use_model:
            notes.put(**held, result=None)
            begin(notes, chosen.id, request, facts)
            st.rerun()
        try:
            with st.spinner("Cerco casi simili e scrivo…"):
                made = motivate_from_archive(archive(), chosen.id, request.action, request.object, facts, settings(),
                                             number=request.number, new=request.new)
        except PiaoError as error:
            st.error(md(str(error)), icon=":material/error:")
            return
        notes.put(**held)
        take(notes, made)
