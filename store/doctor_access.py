"""The part of ``piao doctor`` that looks at who may enter, what was done, and what examines the files."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from cards.errors import SettingsError
from ingest.antivirus import ping
from settings import Settings
from store import audit, people, snapshot
from store.doctor import Check, ready, silent

LOCAL = ("localhost", "127.0.0.1", "::1")


def login(settings: Settings) -> Iterator[Check]:
    """Whether the login is whole, over https, and its provider answers."""
    if settings.login is None:
        if settings.public_url:
            yield Check("Accesso", "attenzione", "PIAO_PUBLIC_URL è indicato, ma l'accesso non è configurato: l'app si apre "
                        "solo da questo PC", "Configura l'accesso (docs/operazioni.md, «Utenti») o togli PIAO_PUBLIC_URL.")
        else:
            yield Check("Accesso", "ok", "senza credenziali: l'app si usa solo da questo PC")
        return
    outside = urlsplit(settings.public_url or "")
    if outside.scheme != "https" and outside.hostname not in LOCAL:
        yield Check("Accesso", "errore", f"PIAO_PUBLIC_URL ({settings.public_url}) non è https: la sessione viaggerebbe "
                    "in chiaro", "Metti davanti all'app un reverse proxy con il certificato e indica il suo indirizzo https.")
    elif problem := silent(settings.oidc_metadata_url or "", 443):
        yield Check("Accesso", "errore", f"il fornitore di identità {problem}: nessuno può entrare",
                    "Controlla la rete e PIAO_OIDC_METADATA_URL.")
    else:
        yield Check("Accesso", "ok", f"con credenziali, da {settings.public_url}")


def users(settings: Settings) -> Iterator[Check]:
    """Whether somebody can manage the others, where people log in."""
    try:
        if settings.login is None:
            return
    except SettingsError:
        return  # the login's own line says it
    everybody = []
    if ready(settings):
        with snapshot.server(settings) as engine, engine.connect() as connection:
            everybody = people.people(connection)
    chiefs = sum(who.active and who.role == people.ROLES[-1] for who in everybody)
    if chiefs:
        yield Check("Utenti", "ok", f"{len(everybody)}, di cui amministratori {chiefs}")
    else:
        yield Check("Utenti", "errore", "nessun amministratore può entrare",
                    "Aggiungine uno: «piao people set INDIRIZZO --role amministratore».")


def log(settings: Settings) -> Iterator[Check]:
    """Whether the audit log is as it was written."""
    if not ready(settings):
        return
    with snapshot.server(settings) as engine, engine.connect() as connection:
        broken = audit.broken(connection)
    if broken is None:
        yield Check("Registro delle attività", "ok", "tutti i sigilli tornano")
    else:
        yield Check("Registro delle attività", "errore", f"alterato dalla riga {broken} in poi",
                    "Confrontalo con l'ultima copia di sicurezza e avvisa chi custodisce il database.")


def antivirus(settings: Settings) -> Iterator[Check]:
    """Whether clamd answers, where files are to be shown to it."""
    if not settings.clamd:
        yield Check("Antivirus", "ok", "non configurato (facoltativo: PIAO_CLAMD)")
        return
    try:
        answer = ping(settings.clamd)
    except OSError as error:
        yield Check("Antivirus", "errore", f"clamd ({settings.clamd}) non risponde ({error.strerror or error}): nessun file "
                    "si apre", "Avvia clamd o correggi PIAO_CLAMD.")
        return
    good = answer == "PONG"
    yield Check("Antivirus", "ok" if good else "errore", f"clamd risponde ({settings.clamd})" if good else
                f"a {settings.clamd} non risponde clamd", "" if good else "Correggi PIAO_CLAMD.")
