"""``piao check --fix``: the mechanical corrections, shown as a diff and written in a copy of the file, never in the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cards.errors import PiaoError
from commands.findings import source_table, write_file
from commands.shell import say
from scoring.remedies import Edit, Remedy, apply
from ui.words import field_words

if TYPE_CHECKING:
    from cards.model import Reading
    from exports.findings_fix import Fixed
    from settings import Settings


def copy_of(source: Path) -> Path:
    """ "piano (corretto).xlsx", with a number where that is taken."""
    for number in ("", *(f" {n}" for n in range(2, 1000))):
        path = source.with_name(f"{source.stem} (corretto{number}){source.suffix}")
        if not path.exists():
            return path
    raise PiaoError(f"{source}: ci sono già troppe copie corrette. Toglile o indica un altro nome con --fix-out.")


def print_diff(remedies: Sequence[Remedy], reading: Reading) -> None:
    """Each correction as a heading and a line a field: before and after."""
    names = {card.id: card.title or card.unit or card.code or "scheda" for card in reading.cards}
    for remedy in remedies:
        say(f"{remedy.code or 'UNITÀ'}  {remedy.title}: {names.get(remedy.edits[0].card_id, '')}")
        for edit in remedy.edits:
            say(f"    {field_words(edit.path)}")
            say(f"    - {edit.before or 'vuoto'}")
            say(f"    + {edit.after or 'vuoto'}")


def write_copy(remedies: Sequence[Remedy], reading: Reading, source: Path, to: Path | None, settings: Settings) -> Path | None:
    """The corrected copy; None where there is nothing to correct. Says what could not be written and why."""
    if not remedies:
        say("Nessuna correzione automatica: quelle che restano chiedono una scelta.")
        return None
    fixed = _fixed(source, reading, [remedy.edits for remedy in remedies], settings)
    path = to or copy_of(source.with_suffix(fixed.suffix))
    if path.suffix.lower() != fixed.suffix:
        raise PiaoError(f"{path}: la copia corretta di {source.name} è un file {fixed.suffix}. Cambia l'estensione.")
    write_file(path, fixed.content, source)
    done = len(fixed.done)
    say(f"{path}: {done} {'cella corretta' if done == 1 else 'celle corrette'}.")
    for edit in fixed.left:
        say(f"    Da fare a mano: {field_words(edit.path)}, da «{edit.before}» a «{edit.after}» (formula, o cella incerta)")
    return path


def _fixed(source: Path, reading: Reading, groups: Sequence[Sequence[Edit]], settings: Settings) -> Fixed:
    from exports.findings import WORKBOOKS
    from exports.findings_fix import Fixed, fixed_csv, fixed_rows, fixed_workbook

    suffix = source.suffix.lower()
    if suffix in (".json", ".jsonl"):
        edits = [edit for group in groups for edit in group]
        cards = [card.to_json() for card in apply(reading.cards, edits)]
        text = json.dumps(cards[0] if len(cards) == 1 else cards, ensure_ascii=False, indent=2)
        return Fixed(text.encode(), ".json", tuple(edits), ())
    if suffix in WORKBOOKS:
        return fixed_workbook(source.read_bytes(), reading.cards, groups)
    rows = source_table(source, settings)
    if suffix in (".csv", ".tsv"):
        from ingest.readers.csv import find_separator
        from ingest.readers.text import decode

        text, _ = decode(source.read_bytes(), source.name)
        return fixed_csv(text, find_separator(text), rows, reading.cards, groups)
    return fixed_rows(rows, reading.cards, groups)
