"""Drafts from the command line: new cards, motivazioni, the check of their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.shell import Entity, Json, app, asking, emit, open_archive, say
from settings import load_settings


@app.command()
def draft(
    title: Annotated[str, typer.Option(help="Che cosa si vuole ottenere.")],
    unit: Annotated[str, typer.Option(help="Settore, area o servizio.")],
    year: Annotated[int, typer.Option(help="Anno della scheda.")],
    like: Annotated[list[str] | None, typer.Option(help="Scheda precedente da cui partire (anche più volte).")] = None,
    layout: Annotated[str, typer.Option(help="neutro, cremona, segrate, terre-argine, terre-argine-dup, bellusco.")] = "neutro",
    facts: Annotated[str, typer.Option(help="Fatti da usare nel testo.")] = "",
    horizon: Annotated[str | None, typer.Option(help="Orizzonte, se non è l'anno: «2027-2029» o due date.")] = None,
    entity: Entity = None,
    llm: Annotated[bool, typer.Option("--llm", help="Fa scrivere i testi al modello configurato.")] = False,
    as_json: Json = False,
) -> int:
    """Una nuova scheda obiettivo dai precedenti, con la provenienza di ogni campo; resta tra le bozze."""
    from prompts.drafting import Need
    from prompts.job import draft_from_archive

    settings = load_settings()
    need = Need(title=title, unit=unit, year=year, entity=entity or settings.entity, facts=facts, layout=layout, horizon=horizon)
    with open_archive(settings) as archive:
        if llm:
            asking(archive, "nuova bozza", settings)
        saved = draft_from_archive(archive, need, settings, like=tuple(like or ()), use_model=llm)
    card = saved.card.replace(id=saved.id)
    if as_json:
        emit(card.to_json())
        return 0
    say(f"Bozza {saved.id}: {card.title} ({card.unit}, {card.year})")
    for number, phase in enumerate(card.phases, 1):
        say(f"  fase {phase.number or number}: {phase.text} ({phase.weight or '-'})")
    for ind in card.indicators:
        say(f"  indicatore: {ind.name} → {', '.join(f'{y}: {t}' for y, t in ind.targets.items())} (peso {ind.weight or '-'})")
    return 0


@app.command()
def motivate(
    card: Annotated[str, typer.Option(help="Identificativo della scheda o della bozza.")],
    action: Annotated[str, typer.Option(help="eliminate, replace, add, extend, postpone, change_target, …")],
    facts: Annotated[str, typer.Option(help="I fatti che rendono necessaria la variazione.")],
    obj: Annotated[str, typer.Option("--object", help="objective, phase, indicator, activity.")] = "objective",
    number: Annotated[str | None, typer.Option(help="Numero della fase, nome dell'indicatore.")] = None,
    new: Annotated[str | None, typer.Option(help="Il nuovo testo, valore o data.")] = None,
    llm: Annotated[bool, typer.Option("--llm", help="Fa scrivere il testo al modello configurato.")] = False,
    as_json: Json = False,
) -> int:
    """La variazione di una scheda con la sua motivazione, dai fatti e dai precedenti simili."""
    from prompts.job import motivate_from_archive

    settings = load_settings()
    with open_archive(settings) as archive:
        if llm:
            asking(archive, f"variazione:{card}", settings)
        result = motivate_from_archive(archive, card, action, obj, facts, settings, number=number, new=new, use_model=llm)
    if as_json:
        emit(result.to_json())
    else:
        say(result.text)
    return 0


@app.command()
def ground(file: Path, as_json: Json = False) -> int:
    """Controlla che ogni fatto di un testo stia nei precedenti citati o nell'input."""
    from prompts.grounding import check_file

    unsupported = 0
    for report in check_file(file):
        data = report.to_json()
        if as_json:
            emit(data)
        for sentence in data["sentences"]:
            unsupported += not sentence["supported"]
            if not as_json:
                say(("✓ " if sentence["supported"] else "✗ ") + sentence["text"])
                for spot in sentence["unsupported"]:
                    say(f"    {spot['span']}: {spot['why']}")
    return 1 if unsupported else 0
