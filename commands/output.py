"""Cards as the documents of a body, from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.findings import write_file
from commands.shell import Mask, app, open_archive, say, told, warn
from settings import load_settings


@app.command()
def export(
    target: Annotated[str, typer.Argument(help="Una scheda, una bozza o un file.")],
    format: Annotated[str, typer.Option(help="docx, xlsx, odt, pdf, json, csv.")] = "docx",
    layout: Annotated[str, typer.Option(help="neutro, cremona, segrate, terre-argine, terre-argine-dup, bellusco.")] = "neutro",
    template: Annotated[Path | None, typer.Option("--template", help="Il modello Word dell'ente (.docx) da riempire.")] = None,
    mask: Mask = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File o cartella di destinazione.")] = None,
) -> int:
    """La scheda nel documento di un ente: Word, Excel, OpenDocument, PDF o JSON."""
    from cards.masking import masked_cards
    from exports import export_cards, export_template, office
    from store.lookup import is_file, look_up

    settings = load_settings()
    hide = settings.mask_exports if mask is None else mask
    cards = masked_cards(look_up(target, settings, open_archive).cards, hide)
    content, name, _mime = export_template(cards, template, format) if template else export_cards(cards, format, layout)
    path = output / name if output and output.is_dir() else output or Path(name)
    write_file(path, content, None)
    if not is_file(target):
        told(settings, "esportazione", f"scheda:{target}", f"{format}, iniziali" if hide else format)
    say(str(path))
    if path.suffix == ".pdf" and (note := office.plain_note(content)):
        warn(note)
    return 0
