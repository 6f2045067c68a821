"""Keeping it running: health, copies, schema, indexes, and the app itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from cards.counted import cards_counted, documents_counted, drafts_counted
from commands.shell import Json, app, emit, open_archive, progress_bar, say, step_bar, told
from settings import load_settings

if TYPE_CHECKING:
    from store.guarded import Guarded


@app.command()
def rebuild() -> int:
    """Ricostruisce gli indici di ricerca (vettori e parole) dai testi dell'archivio."""
    with open_archive() as archive, progress_bar(hidden=False) as show:
        archive.rebuild(progress=show)
    say("Indici ricostruiti.")
    return 0


@app.command()
def doctor(as_json: Json = False) -> int:
    """Controlla tutto ciò che serve al programma e dice il rimedio di quello che non va."""
    from store.doctor import examine

    checks = []
    for check in examine(load_settings()):
        checks.append(check)
        if not as_json:
            say(f"{check.status:<10}  {check.name}: {check.text}")
            if check.remedy:
                say(f"            Rimedio: {check.remedy}")
    if as_json:
        emit({"checks": [check.to_json() for check in checks]})
    return 1 if any(check.status == "errore" for check in checks) else 0


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Il file .zip da scrivere, o una cartella.")],
    force: Annotated[bool, typer.Option("--force", help="Sostituisce il file, se c'è.")] = False, as_json: Json = False,
) -> int:
    """Una copia verificata dell'archivio in un file: documenti, schede, bozze, file originali."""
    from store.backup import backup as write_backup

    with step_bar(hidden=as_json) as step:
        report = write_backup(load_settings(), file, force, step)
    told(load_settings(), "copia", Path(report.path).name, report.sha256[:16])
    if as_json:
        emit(report.to_json())
        return 0
    say(f"{report.path}: {held(report.counts)}, {report.size / 1e6:.1f} MB. SHA-256 {report.sha256}")
    if report.missing:
        say(f"Attenzione: di {documents_counted(len(report.missing))} l'archivio non aveva il file originale; le schede ci sono.")
    return 0


def held(counts: Mapping[str, int]) -> str:
    """What a copy holds: "2 documenti, 14 schede, 1 bozza"."""
    return ", ".join((documents_counted(counts["documents"]), cards_counted(counts["cards"]), drafts_counted(counts["drafts"])))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Una copia fatta con «piao backup».")],
    force: Annotated[bool, typer.Option("--force", help="Sostituisce un archivio non vuoto, che resta da parte.")] = False,
    as_json: Json = False,
) -> int:
    """Rimette nell'archivio una copia, dopo averla verificata tutta."""
    from store.restore import restore as bring_back

    settings = load_settings()
    with step_bar(hidden=as_json) as step:
        report = bring_back(settings, file, force, step)
    with open_archive(settings) as archive, progress_bar(hidden=as_json) as show:
        cast("Guarded", archive).tell("ripristino", file.name, f"copia del {report.created_at[:10]}")
        archive.prepare_search(progress=show)
        archive.resume(progress=show)
    if as_json:
        emit(report.to_json())
        return 0
    say(f"Nell'archivio sono tornati: {held(report.counts)} (copia del {report.created_at[:10]}).")
    if report.kept:
        say(f"L'archivio di prima è in {report.kept}: toglilo quando non serve più.")
    return 0


@app.command()
def migrate() -> int:
    """Porta il database allo schema di questa versione; se lo è già non fa nulla."""
    from store import migrate as schema
    from store.snapshot import server

    with server(load_settings()) as engine:
        before = schema.schema_version(engine)
        schema.ensure_schema(engine)
    say(f"Schema {schema.HEAD}: già aggiornato." if before == schema.HEAD else f"Schema: da {before or 'vuoto'} a {schema.HEAD}.")
    return 0


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Porta.")] = 8501,
    address: Annotated[str, typer.Option(help="Indirizzo; oltre a questo PC solo con l'accesso configurato.")] = "127.0.0.1",
    with_sample: Annotated[bool, typer.Option("--sample", help="Se l'archivio è vuoto, ci mette gli esempi.")] = False,
) -> int:
    """L'app nel browser, su questo PC."""
    from ui.server import run

    return run(load_settings(), port=port, with_sample=with_sample, address=address)
