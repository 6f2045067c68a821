"""The archive from the command line: reading files in, listing cards, taking documents out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cards.counted import cards_counted, counted, indicators_counted
from cards.model import Notice
from commands.shell import Entity, Json, Year, app, emit, open_archive, place, progress_bar, say, warn
from settings import load_settings

if TYPE_CHECKING:
    from store.records import DocumentReport


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="File o cartelle.")],
    entity: Entity = None, year: Year = None, as_json: Json = False,
) -> int:
    """Legge file o cartelle nell'archivio; quelli già letti e non cambiati non costano nulla."""
    with open_archive() as archive, progress_bar(hidden=as_json) as show:
        reports = []
        for report in archive.ingest(paths, entity=entity, year=year, progress=show):  # as soon as it is read; vectors follow
            reports.append(report)
            told(report, as_json)
        problem = archive.index_problem
    if as_json:
        documents = [report.to_json() for report in reports]
        if problem and documents:
            documents[-1]["warnings"].append(Notice(message=problem).to_json())
        emit({"documents": documents})
    elif problem:
        warn(f"Avvertenza: {problem}")
    failed = sum(report.status == "failed" for report in reports)
    return 0 if not failed else (2 if failed == len(reports) else 1)


def told(report: DocumentReport, as_json: bool) -> None:
    """One line for a file that has been read (not with ``--json``), or for why it was not."""
    words = {"new": "nuovo", "unchanged": "invariato", "replaced": "sostituito"}
    if report.status == "failed":
        warn(f"Errore: {report.error}")
    elif not as_json:
        say(f"{report.path}: {words[report.status]}, {cards_counted(report.cards)}, "
            f"{counted(report.passages, 'passaggio', 'passaggi')}, "
            f"{counted(len(report.warnings), 'avvertenza', 'avvertenze')}, {report.seconds:.1f} s")


@app.command()
def cards(
    entity: Entity = None, year: Year = None,
    document: Annotated[str | None, typer.Option(help="Nome del documento.")] = None,
    kind: Annotated[str | None, typer.Option(help="objective, service, indicator, unit_summary, resource_table.")] = None,
    as_json: Json = False,
) -> int:
    """Le schede lette nell'archivio, una per riga."""
    with open_archive() as archive:
        for card in archive.cards(entity=entity, year=year, document=document, kind=kind):
            print_card(card, as_json)
    return 0


@app.command()
def read(file: Path, as_json: Json = False) -> int:
    """Legge un file in schede senza archiviarlo."""
    from store.lookup import read_file

    reading = read_file(file, load_settings())
    for card in reading.cards:
        print_card(card, as_json)
    for notice in reading.warnings:
        where = place(notice.page, [notice.line] if notice.line else [])
        warn(f"Avvertenza{f' ({where})' if where else ''}: {notice.message}")
    return 0


def print_card(card: Any, as_json: bool) -> None:
    """A card as a JSON line, or as one line for a person."""
    if as_json:
        emit(card.to_json())
        return
    head = " · ".join(str(part) for part in (card.id, card.entity, card.year, card.code or card.number, card.title) if part)
    say(f"{head}  [{counted(len(card.phases), 'fase', 'fasi')}, {indicators_counted(len(card.indicators))}; "
        f"{card.source.document}{', ' + place(None, card.source.lines) if card.source.lines else ''}]")


@app.command()
def forget(document: Annotated[str, typer.Argument(help="Nome o identificativo del documento.")]) -> int:
    """Toglie un documento dall'archivio, con ogni sua traccia."""
    with open_archive() as archive:
        archive.delete_document(document)
    say(f"{document}: tolto dall'archivio.")
    return 0


@app.command()
def sample() -> int:
    """Mette nell'archivio i documenti di esempio di un ente inventato."""
    from samples.archive import install

    with open_archive() as archive:
        for report in install(archive):
            say(f"{report.path}: {cards_counted(report.cards)}")
    return 0
