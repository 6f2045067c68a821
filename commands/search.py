"""Precedents from the command line: questions, indicators through the years, figures on known questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.shell import Entity, Json, Year, app, emit, open_archive, place, say
from settings import load_settings


@app.command()
def ask(
    question: str, k: Annotated[int, typer.Option("-k", help="Quanti risultati.", min=1, max=100)] = 10,
    entity: Entity = None, year: Year = None,
    unit: Annotated[str | None, typer.Option(help="Settore, area o servizio.")] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Risposta scritta dal modello configurato, con citazioni.")] = False,
    as_json: Json = False,
) -> int:
    """Una domanda in parole proprie: i precedenti con documento e pagina."""
    from prompts.answering import answer
    from store.search import Filters

    with open_archive() as archive:
        result = archive.search(question, k=k, filters=Filters(entity=entity, year=year, unit=unit))
        reply = answer(result)
        if llm and not result.abstained:
            from prompts.answering_llm import written_answer

            reply = written_answer(result, load_settings())
    if as_json:
        emit({**result.to_json(), "answer": reply.text})
        return 0
    say(reply.text)
    for hit in result.hits:
        where = place(hit.page, hit.lines)
        say(f"\n{hit.rank}. {hit.title or ''}  ({hit.document}{', ' + where if where else ''})")
        say(f"   {hit.text[:400]}")
    return 0


@app.command()
def indicator(name: str, as_json: Json = False) -> int:
    """Un indicatore negli anni: valori attesi e risultati, con il documento."""
    with open_archive() as archive:
        series = archive.series(name)
    if as_json:
        emit({"query": name, "series": [point.to_json() for point in series]})
        return 0
    if not series:
        say("Nessun indicatore simile nell'archivio.")
    for point in series:
        say(f"{point.entity or '-'} · {point.year or '-'} · {point.indicator}: atteso {point.target or '-'}, "
            f"risultato {point.actual or '-'}  ({point.document})")
    return 0


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
