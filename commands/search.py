"""Precedents from the command line: questions, indicators through the years, figures on known questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.shell import Entity, Json, Year, app, asking, emit, open_archive, place, progress_bar, say
from settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.archive import Archive
    from store.library_values import Measure


@app.command()
def ask(
    question: str, k: Annotated[int, typer.Option("-k", help="Quanti risultati.", min=1, max=100)] = 10,
    entity: Entity = None, year: Year = None,
    unit: Annotated[str | None, typer.Option(help="Settore, area o servizio.")] = None,
    after: Annotated[list[str] | None, typer.Option(help="La domanda di prima (anche più volte): «e l'anno prima?».")] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Risposta scritta dal modello configurato, con citazioni.")] = False,
    as_json: Json = False,
) -> int:
    """Una domanda in parole proprie: i precedenti con documento e pagina."""
    from prompts.answering import answer
    from prompts.answering_words import readable, shortened
    from store.search import Filters

    with open_archive() as archive:
        question, told = _after(archive, after or (), question)
        with progress_bar(hidden=as_json) as show:  # a first question may have to wait for the index
            result = archive.search(question, k=k, filters=Filters(entity=entity, year=year, unit=unit), progress=show)
        reply = answer(result, archive)
        if llm and not result.abstained:
            from prompts.answering_llm import written_answer

            asking(archive, "domanda", load_settings())
            reply = written_answer(result, load_settings())
    if as_json:
        emit({**result.to_json(), "answer": reply.text})
        return 0
    if told:
        say(f"Inteso come: {told}.")
    say(reply.text)
    for hit in result.hits:
        where = place(hit.page, hit.lines)
        say(f"\n{hit.rank}. {hit.title or ''}  ({hit.document}{', ' + where if where else ''})")
        said = shortened(" / ".join(readable(hit.text).split("\n")), 400)
        say(f"   {said}")
    return 0


def _after(archive: Archive, before: Sequence[str], question: str) -> tuple[str, str]:
    """The question made whole after those before it, and what was understood."""
    from store.search_followup import Followed, followed

    if not before:
        return question, ""
    listed = archive.documents()
    entities, years = {d.entity for d in listed if d.entity}, {d.year for d in listed if d.year}
    whole = Followed(before[0])
    for asked in (*before[1:], question):
        whole = followed(whole.query, asked, sorted(entities), sorted(years), max(years, default=None))
    return whole.query, whole.told


@app.command()
def indicator(name: str, entity: Entity = None, as_json: Json = False) -> int:
    """Un indicatore negli anni: valori attesi, risultati, andamento, chi altro lo misura, valori attesi tipici."""
    with open_archive() as archive:
        view = archive.indicator(name, entity)
    if as_json:
        emit(view.to_json())
        return 0
    if not view.measures:
        say("Nessun indicatore simile nell'archivio.")
    for measure in view.measures:
        _say_measure(measure)
    for found in view.typical():
        say(f"\nValori attesi tipici: {found.sentence()}.")
    if view.proposed:
        say("\n(*) Forse la stessa misura: confermala o rifiutala nella pagina «Precedenti».")
    return 0


def _say_measure(measure: Measure) -> None:
    """One body's indicator with its values, a line a year."""
    say(f"{measure.label}{' (*)' if measure.link == 'proposed' else ''}")
    for point in measure.points:
        where = f"{point.document}, {place(point.page, ())}" if point.page else point.document
        say(f"   {point.period}: atteso {point.target or '-'}, risultato {point.actual or '-'}  ({where})")
    if trend := measure.trend():
        say(f"   Andamento: {trend.sentence()}.")


@app.command("eval")
def evaluate(questions: Path, k: Annotated[int, typer.Option("-k")] = 10, as_json: Json = False) -> int:
    """Esegue un file di domande con evidenza nota e stampa le cifre."""
    from store.search_eval import evaluate_file

    with open_archive() as archive:
        figures = evaluate_file(archive, questions, k)
    if as_json:
        emit(figures)
        return 0
    for name, row in figures.items():
        say(f"{name:<24}" + "  ".join(f"{key} {value:.2f}" for key, value in row.items()))
    return 0
