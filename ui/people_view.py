"""*Impostazioni*, for who manages the program: the people with their roles, and the log of what was done."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import streamlit as st

from cards.errors import PiaoError
from exports.log import COLUMNS, log_csv
from store.people import ROLES, Person
from ui.plain import md
from ui.state import hands, settings

MAY = {
    "lettore": "consulta archivio, precedenti e schede",
    "redattore": "aggiunge documenti e scrive le schede dei suoi servizi",
    "responsabile": "approva le schede dei suoi servizi e toglie documenti",
    "amministratore": "gestisce utenti e impostazioni",
}


def show_people() -> None:
    """Who may use the program; add, change, take out."""
    if settings().login is None:
        st.info("L'accesso con credenziali non è configurato: l'app è per chi siede a questo PC, che può tutto. "
                "Come configurarlo: docs/operazioni.md, «Utenti».", icon=":material/info:")
    everybody = hands().people()
    for who in everybody:
        units = ", ".join(who.units) or "tutti i servizi"
        st.markdown(f"**{md(who.label)}** · {md(who.email)} · {who.role} · {md(units)}{'' if who.active else ' · sospeso'}")
    if not everybody:
        st.write("Nessun utente. Il primo va aggiunto come amministratore.")
    st.caption(" · ".join(f"{role}: {what}" for role, what in MAY.items()) + ". Ogni ruolo può ciò che possono i precedenti.")
    with st.form("persona", clear_on_submit=True):
        st.markdown("**Aggiungi o cambia un utente**")
        left, right = st.columns(2)
        email = left.text_input("Indirizzo di posta", max_chars=254, help="Quello confermato dal fornitore di identità.")
        name = right.text_input("Nome e cognome", max_chars=120)
        role = left.selectbox("Ruolo", ROLES, help="; ".join(f"{role}: {what}" for role, what in MAY.items()))
        units = right.text_input("Servizi, separati da punto e virgola", help="Di cui scrive o approva le schede. Vuoto: tutti.")
        active = st.checkbox("Può entrare", value=True, help="Senza il segno resta nell'elenco ma non entra.")
        if st.form_submit_button("Salva l'utente"):
            _save(Person(email, role, name.strip() or None, _units(units), active))
    if everybody:
        leaving = st.selectbox("Togli un utente", [None, *(who.email for who in everybody)],
                               format_func=lambda email: email or "scegli…")
        if leaving and st.button(f"Togli {md(leaving)}", icon=":material/person_remove:"):
            _remove(leaving)


def _units(text: str) -> tuple[str, ...]:
    return tuple(unit.strip() for unit in text.split(";") if unit.strip())


def _save(who: Person) -> None:
    try:
        hands().put_person(who)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    st.rerun()


def _remove(email: str) -> None:
    try:
        hands().remove_person(email)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    st.rerun()


def show_log() -> None:
    """What was done, by whom; verified, and to take away."""
    st.write("Chi ha letto, scritto, approvato, esportato o mandato testi a un modello. Le righe si aggiungono soltanto: "
             "né l'app né il database permettono di cambiarle.")
    left, middle, right = st.columns([2, 1, 1])
    person = left.text_input("Persona (parte del nome o dell'indirizzo)", key="log_person")
    since = middle.date_input("Dal", value=date.today() - timedelta(days=30), format="DD/MM/YYYY", key="log_since")
    until = right.date_input("Al", value=date.today(), format="DD/MM/YYYY", key="log_until")
    rows = [entry.to_json() for entry in hands().log(person or None, f"{since}", f"{until + timedelta(days=1)}")]
    broken = hands().log_broken()
    if broken is not None:
        st.error(f"Il registro è stato alterato dalla riga {broken} in poi: chi custodisce il database deve verificare.",
                 icon=":material/gpp_bad:")
    if not rows:
        st.info("Nessuna attività in questo periodo.", icon=":material/history:")
        return
    shown = [{title: _moment(row[key]) if key == "at" else row[key] for key, title in COLUMNS.items()} for row in reversed(rows)]
    st.dataframe(shown, hide_index=True, width="stretch")
    st.download_button("Scarica il registro (.csv)", log_csv(rows), "registro-attivita.csv", "text/csv",
                       icon=":material/download:")


def _moment(at: object) -> str:
    return f"{datetime.fromisoformat(str(at)).astimezone():%d/%m/%Y %H:%M:%S}"
