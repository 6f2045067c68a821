"""What came of a request for variation: the text to correct, the card old and new, the request sheet, the findings, the save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from cards.errors import Conflict, NotInArchive
from cards.model import Card, Origin, Variation
from exports import export_cards, file_name
from exports.docx import MIME as DOCX
from exports.layouts.requests import request_items
from exports.sheet import Grid, Heading, Item
from prompts.call_log import noted
from prompts.grounding import check_text
from prompts.llm import ModelCall
from prompts.support import as_marks
from prompts.variation import apply_variation, described
from scoring.check import check
from store.evidence import evidence_for
from store.lookup import reading_of
from store.own_profiles import find_profile
from ui.exported import handed, mask_box, told
from ui.findings import show_findings, summary_line
from ui.marks import changes, mark, marked
from ui.plain import md, short
from ui.scratch import Scratch
from ui.state import archive, settings
from ui.variation_left import left_behind
from ui.words import LAYOUTS


def outcome(notes: Scratch) -> None:
    """The text to correct, the card as it becomes, its findings, the document."""
    base, result = Card.model_validate(notes.get("base")), notes.get("result")
    st.divider()
    left, right = st.columns([1, 1], gap="large")
    with left:
        text = motivation(notes, base, result)
    variation = Variation.model_validate({**result["variation"], "reason": text.strip() or None})
    after = varied(base, variation, source_of(result, text), unsupported(text, notes.get("told", ""), base, result))
    with right:
        st.subheader("La scheda dopo la variazione")
        show_changes(base, after)
        for sentence in left_behind(base, after):
            st.warning(md(sentence), icon=":material/edit_note:")
    with st.expander("Foglio di richiesta", icon=":material/request_page:"):
        show_sheet(request_items(after.replace(variations=(variation,))))
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


def varied(base: Card, variation: Variation, source: str, spots: list[dict[str, Any]]) -> Card:
    """The card after the variation, with the origin of the *motivazione* and the marks of what nothing backs in it."""
    after = apply_variation(base, variation)
    at = f"variations[{len(after.variations) - 1}]"
    reason = Origin(from_=source, unsupported=as_marks(spots))
    return after.replace(provenance={**after.provenance, at: Origin(from_="user"), f"{at}.reason": reason})


def show_sheet(items: list[Item]) -> None:
    """The request sheet as the document will have it."""
    for item in items:
        if isinstance(item, Grid):
            head, *rows = [[md(cell.text) for cell in row] for row in item.rows]
            st.table([dict(zip(head, row, strict=False)) for row in rows])
        elif item.text:
            st.markdown(f"**{md(item.text)}**" if isinstance(item, Heading) else md(item.text))


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
    label = "Salva nella scheda" if saved else "Salva come bozza"
    if save.button(label, type="primary", icon=":material/save:", width="stretch",
                   help="La versione precedente resta nella cronologia."):
        store(notes, after, saved)
    names = list(LAYOUTS)
    chosen = layout.selectbox("Modello del documento", names, index=names.index("segrate"), format_func=LAYOUTS.__getitem__,
                              key=notes.key("layout"),
                              help="Il modello con cronoprogramma comincia con la richiesta di variazione.")
    mask_box(layout, notes.key("layout"))
    content = told(lambda: export_cards(handed((after,)), "docx", chosen)[0], f"variazione:{after.id}", "docx")
    word.download_button("Scarica Word", content, mime=DOCX, width="stretch",
                         file_name=f"variazione-{file_name((after,), 'docx')}", icon=":material/download:", on_click="ignore")
    done = notes.get("done")
    if done:
        st.success("La scheda variata è salvata: la trovi in «Schede».", icon=":material/check_circle:")
        left, right = st.columns([1, 1])
        if left.button("Apri la scheda", icon=":material/edit:"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": done})
        right.button("Nuova variazione", icon=":material/add:", on_click=notes.forget)


def store(notes: Scratch, after: Card, saved: dict[str, Any] | None) -> None:
    """Save; a draft that somebody else changed meanwhile is never overwritten in silence."""
    state = "varied" if not saved or saved["state"] == "approved" else saved["state"]
    try:
        draft = archive().save_draft(after, draft_id=saved["id"] if saved else None, version=saved["version"] if saved else None,
                                     state=state, note=noted(calls_of(notes), "variazione"))
    except Conflict as conflict:
        st.error(md(str(conflict)), icon=":material/group:")
        st.caption("Per non perdere il lavoro dell'altra persona, premi di nuovo «Scrivi la motivazione»: si parte dalla "
                   "scheda com'è ora.")
        return
    notes.put(calls=None, saved={"id": draft.id, "version": draft.version, "state": draft.state}, done=draft.id)
    st.rerun()


def calls_of(notes: Scratch) -> list[ModelCall]:
    """The requests to a model that this variation cost, failed ones too."""
    kept: list[Mapping[str, Any]] = notes.get("calls", [])
    return [ModelCall(**{**one, "precedents": tuple(one["precedents"])}) for one in kept]


def findings(after: Card) -> None:
    """The check of the varied card, at once."""
    st.subheader("Verifica della scheda variata")
    profile = find_profile(None, settings())
    one = reading_of([after], after.title or "scheda")
    report = check(one, profile, year=after.year, evidence=evidence_for(archive(), one))
    summary_line(report.summary)
    show_findings(sorted(report.findings, key=lambda one: not one.code.startswith("VAR")), key="variazione")
