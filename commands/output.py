"""Cards as the documents of a body, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.shell import app, say
from settings import load_settings


@app.command()
def export(
    target: Annotated[str, typer.Argument(help="Una scheda, una bozza o un file.")],
    format: Annotated[str, typer.Option(help="docx, xlsx, odt, pdf, json, csv.")] = "docx",
    layout: Annotated[str, typer.Option(help="neutro, cremona, segrate, terre-argine, terre-argine-dup, bellusco.")] = "neutro",
    template: Annotated[Path | None, typer.Option("--template", help="Il modello Word dell'ente (.docx) da riempire.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File o cartella di destinazione.")] = None,
) -> int:
    """La scheda nel documento di un ente: Word, Excel, OpenDocument, PDF o JSON."""
    from exports import export_cards, export_template
    from store.lookup import look_up

    cards = look_up(target, load_settings()).cards
    content, name, _mime = export_template(cards, template, format) if template else export_cards(cards, format, layout)
    path = output / name if output and output.is_dir() else output or Path(name)
    path.write_bytes(content)
    say(str(path))
    return 0
