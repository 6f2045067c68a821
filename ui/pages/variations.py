"""*Variazioni*: what changes on an approved card, the facts, the *motivazione* with its sources; the card old and new."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from cards.errors import Conflict, NotInArchive, PiaoError
from cards.model import Card, Origin, Variation
from cards.quantities import read_date, read_month, read_target
from exports import export_cards
from prompts.grounding import check_text
from prompts.job import motivate_from_archive
from prompts.variation import apply_variation, described, target_of
from scoring.check import check
from scoring.profiles import load_profile
from store.evidence import evidence_for
from store.lookup import reading_of
from ui.choice import Chosen, choose_card, pick
from ui.findings import show_findings, summary_line
from ui.marks import changes, mark, marked
from ui.plain import md, short
from ui.scratch import Scratch
from ui.state import archive, settings
from ui.words import LAYOUTS

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


@dataclass(frozen=True)
class Request:
    """What the person asks, by the contract's words."""

    action: str
    object: str
    number: str | None
    new: str | None


def page() -> None:
    """The card, the change, the facts; then the text and the card that follow."""
    st.title("Variazioni")
    st.write("Chiedi di cambiare una scheda già approvata: dici che cosa cambia e che cosa è successo, ottieni la motivazione "
             "con i precedenti citati e la scheda aggiornata.")
    notes = Scratch("variazione")
    chosen = choose_card(notes)
    if chosen is None:
        return
    if chosen.card.status in ("eliminated", "replaced"):
        st.warning("Questa scheda risulta già eliminata o sostituita: controlla di aver scelto quella giusta.",
                   icon=":material/warning:")
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
                if p.status not in ("eliminated", "replaced")}
    if obj == "activity":
        return {str(n): short(text, 120) for n, text in enumerate(card.activities, 1)}
    if obj == "target":
        return {str(n): f"{short(i.name, 90)}: {target_of(i, card.year) or 'nessun valore'}"
                for n, i in enumerate(card.indicators, 1)}
    return {str(n): short(i.name, 120) for n, i in enumerate(card.indicators, 1)} if obj == "indicator" else {}


def new_text(notes: Scratch, card: Card, obj: str, action: str, number: str | None) -> str | None:
    """The new text, date or target, with a word on how it is read."""
    if action == "eliminate":
        return None
    key = notes.widget("new")
    new: str = st.text_input(NEW_TEXT.get(action, "Nuovo testo"), key=key, max_chars=1000, placeholder=HINT.get(action, ""),
                             on_change=notes.keep, args=("new",))
    if new.strip() and action in DATED and read_date(new) is None and read_month(new) is None:
        st.caption(":material/help: Non riconosco una data: scrivila come 31/12/2027.")
    if new.strip() and action == "change_target" and not read_target(new).measurable:
        st.caption(":material/help: Così non si può misurare: scrivi un numero con la sua unità, una data, oppure sì o no.")
    return new.strip() or None


def facts_and_text(notes: Scratch, chosen: Chosen, request: Request) -> None:
    """The facts, and the button that writes the *motivazione* from them."""
    st.subheader("Che cosa è successo")
    facts: str = st.text_area(
        "I fatti, con la data e l'atto che li prova", key=notes.widget("facts"), height=110, max_chars=6000,
        on_change=notes.keep, args=("facts",),
        placeholder="Es.: Con nota prot. 12345 del 15/06/2026 la ditta ha comunicato che la fornitura slitta al 2027.",
        help="La motivazione può dire solo ciò che scrivi qui: nessun fatto viene inventato (art. 3, L. 241/1990).")
    use_model = bool(settings().llm) and st.checkbox("Fai scrivere il testo al modello linguistico configurato")
    if notes.get("done") and notes.get("of") == chosen.id:
        st.info("Questa variazione è salvata. Puoi ancora correggerne il testo qui sotto; per chiederne un'altra premi "
                "«Nuova variazione».", icon=":material/check_circle:")
        return
    if st.button("Scrivi la motivazione", type="primary", icon=":material/edit_note:"):
        try:
            with st.spinner("Cerco casi simili e scrivo…"):
                write(notes, chosen, request, facts, use_model)
        except PiaoError as error:
            st.error(md(str(error)), icon=":material/error:")


def write(notes: Scratch, chosen: Chosen, request: Request, facts: str, use_model: bool) -> None:
    """The *motivazione* into the notes, with the card it was written for."""
    made = motivate_from_archive(archive(), chosen.id, request.action, request.object, facts, settings(), number=request.number,
                                 new=request.new, use_model=use_model)
    draft = chosen.draft
    notes.put(result={**made.to_json(), "missing": list(made.missing), "model": made.call is not None},
              text=made.text, of=chosen.id, base=chosen.card.to_json(), told=facts, call=asdict(made.call) if made.call else None,
              saved={"id": draft.id, "version": draft.version, "state": draft.state} if draft else None, done=None)
    st.session_state[notes.key("text")] = made.text


def outcome(notes: Scratch) -> None:
    """The text to correct, the card as it becomes, its findings, the document."""
    base, result = Card.model_validate(notes.get("base")), notes.get("result")
    st.divider()
    left, right = st.columns([1, 1], gap="large")
    with left:
        text = motivation(notes, base, result)
    variation = Variation.model_validate({**result["variation"], "reason": text.strip() or None})
    after = varied(base, variation, source_of(result, text))
    with right:
        st.subheader("La scheda dopo la variazione")
        show_changes(base, after)
    save_and_export(notes, after)
    findings(after)


def motivation(notes: Scratch, base: Card, result: dict[str, Any]) -> str:
    """The *motivazione*: editable, what nothing backs marked below it, its sources."""
    st.subheader("Motivazione")
    text: str = st.text_area("Testo della motivazione (puoi correggerlo)", key=notes.widget("text"), height=230, max_chars=8000,
                             on_change=notes.keep, args=("text",))
    spots = unsupported(text, notes.get("told", ""), base, result)
    if spots:
        st.warning("Alcune parti non trovano riscontro nei fatti, nella scheda o nei precedenti citati: aggiungile ai fatti, se "
                   "sono vere, oppure toglile.", icon=":material/help:")
        st.markdown(marked(text, spots))
        for spot in spots:
            st.caption(f":material/help: «{md(short(spot['span'], 120))}»: {md(spot['why'])}")
    else:
        st.caption(":material/check_circle: Ogni dato del testo viene dai fatti, dalla scheda o dai precedenti citati.")
    for missing in result["missing"]:
        st.caption(f":material/lightbulb: Per essere completa manca ancora {md(missing)}.")
    for source in result["citations"]:
        citation(source)
    return text


def citation(source: dict[str, Any]) -> None:
    """A cited precedent with its place."""
    who = ", ".join(str(part) for part in (source["entity"], source["year"]) if part)
    where = ", ".join(part for part in (source["document"] or "", f"p. {source['page']}" if source["page"] else "",
                                        f"riga {source['line']}" if source["line"] else "") if part)
    st.caption(f":material/format_quote: [{md(source['key'])}] {md(who)} · {md(where)}: «{md(short(source['quote'], 200))}»")


def unsupported(text: str, facts: str, base: Card, result: dict[str, Any]) -> list[dict[str, Any]]:
    """What the text says that neither the facts, the card nor the cited precedents hold."""
    variation = Variation.model_validate(result["variation"])
    given = [facts, base.title, variation.old, variation.new, described(base, variation), str(base.year or "")]
    report = check_text({"id": "motivazione", "text": text, "input": " ".join(part for part in given if part),
                         "precedents": [{"key": c["key"], "document": c["document"] or "", "text": reason_of(c)}
                                        for c in result["citations"]]}).to_json()
    return [{"sentence": sentence["text"], **spot} for sentence in report["sentences"] for spot in sentence["unsupported"]]


def reason_of(source: dict[str, Any]) -> str:
    """The whole reason that a citation quotes; the quotation alone where its document has gone."""
    quote = str(source["quote"])
    try:
        variations = archive().card(source["card_id"]).variations if source["card_id"] else ()
    except NotInArchive:
        variations = ()
    reasons = (" ".join((variation.reason or "").split()) for variation in variations)
    return next((reason for reason in reasons if reason.startswith(quote)), quote)


def source_of(result: dict[str, Any], text: str) -> str:
    """Where the text comes from: written by the model, put together by the product, or changed by the person."""
    if text.strip() != str(result["text"]).strip():
        return "user"
    return "model" if result["model"] else "template"


def varied(base: Card, variation: Variation, source: str) -> Card:
    """The card after the variation, with the origin of the *motivazione*."""
    after = apply_variation(base, variation)
    at = f"variations[{len(after.variations) - 1}]"
    return after.replace(provenance={**after.provenance, at: Origin(from_="user"), f"{at}.reason": Origin(from_=source)})


def show_changes(base: Card, after: Card) -> None:
    """The card part by part; long lists of parts that do not change are folded away."""
    for heading, lines in changes(base, after):
        touched = [line for line in lines if line[0] != "same"]
        if heading == "Titolo" or touched:
            st.markdown(f"**{heading}**")
            for line in lines if len(lines) < 12 else touched:
                st.markdown(mark(line))
        else:
            with st.expander(f"{heading}: non cambia" if len(lines) == 1 else f"{heading}: {len(lines)}, non cambiano"):
                for line in lines:
                    st.markdown(mark(line))


def save_and_export(notes: Scratch, after: Card) -> None:
    """The varied card among the drafts, and as a Word document with its request sheet."""
    saved = notes.get("saved")
    save, layout, word = st.columns([2, 2, 2], vertical_alignment="bottom")
    label = "Salva nella bozza" if saved else "Salva come bozza"
    if save.button(label, type="primary", icon=":material/save:", width="stretch",
                   help="La versione precedente resta nella cronologia."):
        store(notes, after, saved)
    names = list(LAYOUTS)
    chosen = layout.selectbox("Modello del documento", names, index=names.index("segrate"), format_func=LAYOUTS.__getitem__,
                              key=notes.key("layout"),
                              help="Il modello con cronoprogramma comincia con la richiesta di variazione.")
    content, name, mime = export_cards((after,), "docx", chosen)
    word.download_button("Scarica Word", content, file_name=f"variazione-{name}", mime=mime, icon=":material/download:",
                         width="stretch", on_click="ignore")
    done = notes.get("done")
    if done:
        st.success("La scheda variata è salvata tra le bozze.", icon=":material/check_circle:")
        left, right = st.columns([1, 1])
        if left.button("Apri la bozza in «Schede»", icon=":material/edit:"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": done})
        right.button("Nuova variazione", icon=":material/add:", on_click=notes.forget)


def store(notes: Scratch, after: Card, saved: dict[str, Any] | None) -> None:
    """Save; a draft that somebody else changed meanwhile is never overwritten in silence."""
    state = "varied" if not saved or saved["state"] == "approved" else saved["state"]
    try:
        draft = archive().save_draft(after, draft_id=saved["id"] if saved else None, version=saved["version"] if saved else None,
                                     state=state, note="variazione")
    except Conflict as conflict:
        st.error(md(str(conflict)), icon=":material/group:")
        st.caption("Per non perdere il lavoro dell'altra persona, premi di nuovo «Scrivi la motivazione»: si parte dalla "
                   "scheda com'è ora.")
        return
    notes.put(saved={"id": draft.id, "version": draft.version, "state": draft.state}, done=draft.id)
    st.rerun()


def findings(after: Card) -> None:
    """The check of the varied card, at once."""
    st.subheader("Verifica della scheda variata")
    profile = load_profile(settings().profile)
    one = reading_of([after], after.title or "scheda")
    report = check(one, profile, year=after.year, evidence=evidence_for(archive(), one))
    summary_line(report.summary)
    show_findings(sorted(report.findings, key=lambda one: not one.code.startswith("VAR")), key="variazione")
