"""Who may use the program, and what was done in it, from the command line of whoever keeps the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer

from commands.shell import Json, app, emit, gate, open_archive, say
from exports.log import log_csv
from store.guarded import Guarded
from store.people import ROLES, Person

people_app = typer.Typer(callback=gate, help="Gli utenti, il loro ruolo e i servizi di cui rispondono.", no_args_is_help=True)
app.add_typer(people_app, name="people")


@people_app.command("list")
def people_list(as_json: Json = False) -> int:
    """Gli utenti."""
    with _hands() as hands:
        everybody = hands.people()
    if as_json:
        emit({"people": [{"email": who.email, "name": who.name, "role": who.role, "units": list(who.units), "active": who.active}
                         for who in everybody]})
        return 0
    if not everybody:
        say("Nessun utente: l'app è per chi siede a questo PC. Il primo si aggiunge con «piao people set».")
    for who in everybody:
        units = ", ".join(who.units) or "tutti i servizi"
        say(f"{who.email}  {who.role}  {units}{'' if who.active else '  (sospeso)'}")
    return 0


@people_app.command("set")
def people_set(
    email: str, role: Annotated[str, typer.Option(help=", ".join(ROLES) + ".")],
    name: Annotated[str | None, typer.Option(help="Nome e cognome.")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="Servizio di cui scrive le schede (anche più volte), o tutti.")] = None,
    suspended: Annotated[bool, typer.Option("--suspended", help="Resta nell'elenco ma non entra.")] = False,
) -> int:
    """Aggiunge un utente o ne cambia ruolo e servizi."""
    with _hands() as hands:
        who = hands.put_person(Person(email, role, name, tuple(unit or ()), active=not suspended))
    say(f"{who.email}: {who.role}{' (sospeso)' if suspended else ''}.")
    return 0


@people_app.command("remove")
def people_remove(email: str) -> int:
    """Toglie un utente; ciò che ha fatto resta nel registro."""
    with _hands() as hands:
        hands.remove_person(email)
    say(f"{email}: tolto.")
    return 0


@app.command("log")
def log(
    person: Annotated[str | None, typer.Option(help="Parte del nome o dell'indirizzo.")] = None,
    since: Annotated[str | None, typer.Option(help="Dal giorno (AAAA-MM-GG), compreso.")] = None,
    until: Annotated[str | None, typer.Option(help="Fino al giorno (AAAA-MM-GG), escluso.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Scrive un file .csv.")] = None,
    as_json: Json = False,
) -> int:
    """Il registro delle attività: chi ha letto, scritto, approvato, esportato; verificato prima di mostrarlo."""
    with _hands() as hands:
        rows, broken = hands.log(person, since, until), hands.log_broken()
    if as_json:
        emit({"entries": [row.to_json() for row in rows], "broken_at": broken})
    elif output:
        output.write_bytes(log_csv(row.to_json() for row in rows))
        say(str(output))
    else:
        for row in rows:
            say(f"{row.number}  {row.at}  {row.person} ({row.role})  {row.action}  {row.object}  {row.detail}".rstrip())
    if broken is not None:
        typer.echo(f"Attenzione: il registro è stato alterato dalla riga {broken} in poi.", err=True)
        return 1
    return 0


@contextmanager
def _hands() -> Iterator[Guarded]:
    with open_archive() as archive:
        yield cast(Guarded, archive)
