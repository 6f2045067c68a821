"""Who is using the app: the person at this PC, or whoever logged in. Nothing is drawn before the answer.

Without a login the app is for the PC it runs on: bound elsewhere, or reached by another name (a proxy, a rebound domain),
it does not open. With one, rights are read again at every run: who is put aside is out at the next click.
"""

from __future__ import annotations

import ipaddress
from typing import NoReturn
from urllib.parse import urlsplit

import streamlit as st

from cards.errors import NotAllowed
from settings import Settings
from store import people
from store.archive import Archive
from store.people import Person, local_person
from ui.plain import md

CLOSED = ("Senza accesso con credenziali l'app si usa solo dal PC su cui è in funzione. "
          "Configura l'accesso (docs/operazioni.md) o aprila da http://127.0.0.1.")


def is_loopback(address: str | None) -> bool:
    """Whether an address, host name or ``Host`` header is this very machine.

    >>> [is_loopback(x) for x in ("127.0.0.1:8501", "localhost", "[::1]:80", "0.0.0.0", "piao.comune.it", None)]
    [True, True, True, False, False, False]
    """
    if not address:
        return False
    try:
        host = urlsplit(f"//{address}").hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def enter(settings: Settings, archive: Archive) -> Person:
    """The person behind this session. Where nobody may enter, the page says why and the run stops here."""
    if settings.login is None:
        if not (is_loopback(st.get_option("server.address")) and _host_is_ours()):
            _refuse(CLOSED)
        return local_person()
    if not st.user.is_logged_in:
        _ask_login()
    email, subject = st.user.get("email"), f"{st.user.get('iss')}|{st.user.get('sub')}"
    if not email or str(st.user.get("email_verified")).casefold() == "false":  # some say it in words
        _refuse("Il fornitore di identità non ha confermato il tuo indirizzo di posta.", leave=True)
    try:
        with archive.connection() as connection:
            who = people.admit(connection, str(email), subject)
    except NotAllowed as error:
        _refuse(str(error), leave=True)
    if who.subject is None:
        with archive.transaction() as connection:
            people.bind(connection, who.email, subject)
    return who


def _host_is_ours() -> bool:
    host = st.context.headers.get("Host")
    return host is None or is_loopback(host)


def _ask_login() -> NoReturn:
    st.title("PIAO · Performance")
    st.write("Per lavorare alle schede entra con le credenziali dell'ente.")
    st.button("Entra", type="primary", on_click=st.login)
    st.stop()


def _refuse(why: str, leave: bool = False) -> NoReturn:
    st.title("Accesso non consentito")
    st.error(md(why), icon=":material/lock:")
    if leave:
        st.button("Esci e cambia utente", on_click=st.logout)
    st.stop()
