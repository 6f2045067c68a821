"""What to do about a finding in *Verifica*: mend it where that is mechanical, accept it with a reason, open its card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cards.errors import Conflict
from cards.quantities import read_date
from scoring.findings import Finding
from scoring.remedies import Remedy, apply
from scoring.suppressions import Suppression
from store.accepted import accept
from store.people import Action
from ui.check_copy import copy_button, difference
from ui.check_sources import Choice, drafts_label
from ui.editor import mark_user
from ui.plain import md, short
from ui.state import hands, settings

ASKED, DONE = "verifica:dialogo", "verifica:fatto"


def actions(choice: Choice, remedies: Sequence[Remedy]) -> Callable[[Finding, str], None]:
    """A drawer of the buttons under a finding."""
    by_finding = {one.fingerprint: one for one in remedies if one.fingerprint}

    def draw(finding: Finding, key: str) -> None:
        with st.container(horizontal=True):
            remedy = by_finding.get(finding.fingerprint)
            if remedy is not None:
                st.button("Correggi…", key=f"fix:{key}", icon=":material/build:", on_click=_open, args=("fix", remedy))
            own = finding.card_id in choice.drafts
            if own and st.button("Apri la scheda", key=f"open:{key}", icon=":material/edit:"):
                st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": finding.card_id or ""})
            if not finding.code.startswith("SOP"):
                st.button("Accetta…", key=f"accept:{key}", icon=":material/verified:", on_click=_open, args=("accept", finding),
                          help="La segnalazione resta scritta nell'esito, con il motivo e chi la accetta.")

    return draw


def _open(what: str, about: Any) -> None:
    st.session_state[ASKED] = (what, about)


def _close(done: str | None = None) -> None:
    st.session_state.pop(ASKED, None)
    if done:
        st.session_state[DONE] = done


def dialogs(choice: Choice) -> None:
    """The dialog that a button asked for, if any; then what was done, in one line."""
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(md(done), icon=":material/check_circle:")
    asked = st.session_state.get(ASKED)
    if asked is None:
        return
    what, about = asked
    if what == "fix":
        fix_dialog(choice, about)
    else:
        accept_dialog(choice, about)


# ---------------------------------------------------------------------------------------------- mending


@st.dialog("Correggi", width="medium", on_dismiss=_close)
def fix_dialog(choice: Choice, remedy: Remedy) -> None:
    """Before and after; a draft is mended at once, a file in its copy."""
    st.markdown(f"**{md(remedy.title)}**")
    st.markdown(difference(remedy))
    if all(edit.card_id in choice.drafts for edit in remedy.edits):
        st.caption("La versione di prima resta nella storia della bozza: si può sempre annullare.")
        if st.button("Applica alla bozza", type="primary", icon=":material/check:", key="fix_apply"):
            _close()
            mend(choice, remedy)
            _close(f"Corretto: {remedy.title.lower()}.")
            st.rerun()
    else:
        st.caption("Il tuo file non si tocca: la correzione si scrive in una copia. Per farne più d'una insieme usa «Correzioni "
                   "automatiche», sotto l'elenco.")
        if choice.content is not None:
            copy_button(choice, [remedy], "fix_copy")


def mend(choice: Choice, remedy: Remedy) -> None:
    """The edits on the drafts as they are now; one that was changed in the meantime stops everything with a clear line."""
    touched = dict.fromkeys(edit.card_id for edit in remedy.edits)
    made = []
    for name in touched:
        draft = hands().draft(name)
        own = [edit for edit in remedy.edits if edit.card_id == name]
        (after,) = apply([draft.card.replace(id=name)], own)
        after = after.replace(id=draft.card.id)
        if draft.version != choice.drafts[name].version or after == draft.card:
            raise Conflict(f"«{short(draft.card.title, 80)}» è cambiata nel frattempo: ricontrolla e correggi di nuovo.")
        made.append((name, draft, after))
    for name, draft, after in made:
        hands().save_draft(mark_user(draft.card, after), draft_id=name, version=draft.version, note=remedy.title.lower())


# ---------------------------------------------------------------------------------------------- accepting


@st.dialog("Accetta la segnalazione", width="medium", on_dismiss=_close)
def accept_dialog(choice: Choice, finding: Finding) -> None:
    """Reason, who, until when."""
    st.markdown(f"**{md(finding.code)}** {md(finding.message)}")
    person = hands().person
    if not person.may(Action.APPROVE):
        st.warning(f"Con il ruolo di {md(person.role)} non puoi accettare segnalazioni: chiedi a un responsabile.",
                   icon=":material/lock:")
        return
    reason = st.text_area("Perché si accetta?", key="accept_reason", max_chars=500,
                          placeholder="Il fatto e l'atto che la giustificano")
    author = st.text_input("Chi la accetta", value=person.label, key="accept_author", max_chars=120, disabled=not person.local)
    until = st.text_input("Fino a quando (facoltativo)", key="accept_until", placeholder="31/12/2027",
                          help="Dopo questo giorno la segnalazione torna visibile.")
    day = read_date(until) if until.strip() else None
    if until.strip() and day is None:
        st.error("Scrivi la scadenza come giorno/mese/anno, per esempio 31/12/2027.", icon=":material/event_busy:")
    ready = bool(reason.strip() and author.strip()) and not (until.strip() and day is None)
    if st.button("Accetta", type="primary", disabled=not ready, key="accept_do", icon=":material/verified:"):
        signed = author.strip() if person.local else person.label
        one = Suppression(finding.fingerprint, " ".join(reason.split()), signed, day.isoformat() if day else None,
                          code=finding.code, card=finding.card, document=drafts_label(choice))
        accept(one, settings())
        hands().tell("accettata", f"{finding.code} {choice.name}", one.reason)
        _close(f"Segnalazione {finding.code} accettata: resta scritta nell'esito.")
        st.rerun()
