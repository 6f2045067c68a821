"""`piao mapping`: how the columns of a table are read, what a correction would change, and the correction itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cards.counted import counted
from cards.errors import NotInArchive, PiaoError
from commands.shell import Json, app, emit, gate, open_archive, say

if TYPE_CHECKING:
    from ingest.layouts import Layout
    from store.remapping import Remapped

mapping_app = typer.Typer(callback=gate, no_args_is_help=True,
                          help="Come si leggono le colonne delle tabelle: vedere, correggere, dimenticare.")
app.add_typer(mapping_app, name="mapping")

Mark = Annotated[str, typer.Argument(help="L'impronta del disegno (vedi «piao mapping show»).")]
Yes = Annotated[bool, typer.Option("--yes", help="Conferma; senza, dice soltanto che cosa cambierebbe.")]
Everywhere = Annotated[bool, typer.Option("--all", help="Rilegge anche gli altri documenti dell'archivio con lo stesso disegno.")]
SHOWN = 20


@mapping_app.command("show")
def mapping_show(
    document: Annotated[str, typer.Argument(help="Nome o identificativo del documento.")], as_json: Json = False
) -> int:
    """Le tabelle di un documento: impronta, intestazioni e come sono lette."""
    with open_archive() as archive:
        for layout in archive.document_layouts(document):
            if as_json:
                emit(layout.to_json())
            else:
                show_layout(layout, [one.name for one in archive.same_layout(layout.fingerprint)])
    return 0


@mapping_app.command("fields")
def mapping_fields() -> int:
    """I campi che una colonna può contenere."""
    from ingest.generic.names import FIELD_NAMES

    for field, name in FIELD_NAMES.items():
        say(f"{field:24} {name}")
    return 0


@mapping_app.command("set")
def mapping_set(
    document: Annotated[str, typer.Argument(help="Un documento che ha la tabella: nome o identificativo.")],
    fingerprint: Mark,
    columns: Annotated[list[str], typer.Argument(help="«Intestazione=campo», uno o più; senza campo («Note=») non si legge.")],
    everywhere: Everywhere = False, yes: Yes = False, as_json: Json = False,
) -> int:
    """Corregge come si leggono le colonne di un disegno: dice che cosa cambia e, con --yes, lo ricorda e rilegge."""
    with open_archive() as archive:
        layout = next((one for one in archive.document_layouts(document) if one.fingerprint == fingerprint), None)
        if layout is None:
            raise NotInArchive(f"«{fingerprint}»: nessuna tabella di «{document}» ha questa impronta. Vedi «piao mapping show».")
        fields = chosen(layout, columns)
        wanted = documents(archive, document, fingerprint, everywhere)
        headers = [heading.text for heading in layout.headings]
        told(remap(archive, fingerprint, headers, fields, wanted, yes), yes, as_json)
    return 0


@mapping_app.command("list")
def mapping_list(as_json: Json = False) -> int:
    """I disegni corretti: impronta, intestazioni e campi."""
    with open_archive() as archive:
        for one in archive.corrections():
            if as_json:
                emit(asdict(one))
                continue
            said = "; ".join(f"«{header}» → {field or 'niente'}" for header, field in one.fields.items())
            say(f"{one.fingerprint}  {said}  ({one.at[:10]}{', ' + one.author if one.author else ''})")
    return 0


@mapping_app.command("forget")
def mapping_forget(
    fingerprint: Mark,
    reread: Annotated[bool, typer.Option("--reread", help="Rilegge i documenti dell'archivio che hanno questo disegno.")] = False,
) -> int:
    """Toglie la correzione di un disegno: torna a valere quello che dicono le intestazioni."""
    with open_archive() as archive:
        same = archive.same_layout(fingerprint)
        if reread:
            changes = archive.apply_layout(fingerprint, [], None, [one.id for one in same])
            archive.resume()
            say(f"{fingerprint}: correzione tolta.")
            told(changes, True, False)
            return 0
        archive.forget_layout(fingerprint)
    left = f" ({', '.join(one.name for one in same[:5])}{' …' if len(same) > 5 else ''})" if same else ""
    say(f"{fingerprint}: correzione tolta. I documenti già letti{left} restano come sono finché non si rileggono (--reread).")
    return 0


def remap(
    archive: Any, fingerprint: str, headers: list[str], fields: dict[str, str], wanted: list[str], yes: bool
) -> list[Remapped]:
    """What changes: only looked at, or done, with its vectors."""
    if not yes:
        tried: list[Remapped] = archive.try_layout(fingerprint, fields, wanted)
        return tried
    done: list[Remapped] = archive.apply_layout(fingerprint, headers, fields, wanted)
    archive.resume()
    return done


def documents(archive: Any, document: str, fingerprint: str, everywhere: bool) -> list[str]:
    """The document named and, if asked for, the others with the same layout."""
    first = archive.document(document).id
    return [first, *(one.id for one in archive.same_layout(fingerprint) if everywhere and one.id != first)]


def chosen(layout: Layout, columns: list[str]) -> dict[str, str]:
    """The whole mapping of a layout: as it is read now, with what the person says of some columns."""
    from ingest.corrections import bare
    from ingest.generic.names import FIELD_NAMES

    fields = {heading.key: heading.field for heading in layout.headings if heading.field in FIELD_NAMES or not heading.field}
    known = {heading.key for heading in layout.headings}
    names = {name.casefold(): field for field, name in FIELD_NAMES.items()}
    for one in columns:
        header, sign, said = one.rpartition("=")
        key, field = bare(header), names.get(said.strip().casefold(), said.strip())
        if not sign or key not in known:
            heads = ", ".join(f"«{heading.text}»" for heading in layout.headings)
            raise PiaoError(f"«{one}»: scrivi Intestazione=campo, con un'intestazione della tabella: {heads}.")
        if field and field not in FIELD_NAMES:
            raise PiaoError(f"Il campo «{field}» non esiste: vedi «piao mapping fields».")
        fields[key] = field
    return fields


def show_layout(layout: Layout, names: list[str]) -> None:
    """A layout for a person: its fingerprint, then a line a column; which ones were understood from what stands under them."""
    from ingest.generic.told import FROM_CONTENT

    where = f"foglio «{layout.sheet}»" if layout.sheet else f"pagina {layout.page}" if layout.page else f"riga {layout.line}"
    state = "corretta" if layout.corrected else f"disegno conosciuto «{layout.reader}»" if layout.reader else (
        "letta dalle intestazioni" if layout.read else "non letta")
    say(f"{layout.fingerprint}  {where}, {counted(layout.tables, 'tabella', 'tabelle')}, "
        f"{counted(layout.rows, 'riga', 'righe')}: {state}"
        f"{f'; in {len(names)} documenti' if len(names) > 1 else ''}")
    for heading in layout.headings:
        example = f"  (es. «{heading.example}»)" if heading.example else ""
        known = f" {FROM_CONTENT}" if heading.inferred else ""
        say(f"    «{' '.join(heading.text.split())}» → {heading.field or 'niente'}{known}{example}")


def brief(text: str) -> str:
    """One line of a value."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:79] + "…"


def told(changes: list[Remapped], done: bool, as_json: bool) -> None:
    """What changes, document by document."""
    if as_json:
        emit({"applied": done, "documents": [change.to_json() for change in changes]})
        return
    for change in changes:
        say(f"{change.name}: schede {change.cards_before} → {change.cards_after}, avvertenze {change.warnings_before} → "
            f"{change.warnings_after}, " + (counted(len(change.changed), "valore cambiato", "valori cambiati") if done else
                                          counted(len(change.changed), "valore che cambierebbe", "valori che cambierebbero")))
        lines = [f"    + {title}" for title in change.added] + [f"    - {title}" for title in change.removed]
        lines += [f"    {one.card[:50]}: {one.field}: «{brief(one.before)}» → «{brief(one.after)}»" for one in change.changed]
        for line in lines[:SHOWN]:
            say(line)
        if len(lines) > SHOWN:
            say(f"    … e {counted(len(lines) - SHOWN, 'altro cambiamento', 'altri cambiamenti')}")
    if not done:
        say("Nulla è stato cambiato: per confermare ripeti con --yes.")
