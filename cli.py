"""The ``piao`` command: the same jobs as the app, without a browser.

Italian for people; with ``--json`` the documented JSON on standard output and nothing else there (DESIGN §4). Exit: 0 done,
1 done and errors found, 2 bad use or unreadable input (one clear line). Each command is thin: it opens what it needs,
calls the part that does the job, prints.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from cards.errors import PiaoError
from settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from store.archive import Archive

app = typer.Typer(
    name="piao", help="Scrivere, verificare e rendicontare la sezione Performance (2.2) del PIAO.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)
profile_app = typer.Typer(help="I profili: il sistema di misurazione e valutazione di un ente.", no_args_is_help=True)
app.add_typer(profile_app, name="profile")

Json = Annotated[bool, typer.Option("--json", help="JSON su standard output.")]
Entity = Annotated[str | None, typer.Option(help="Ente.")]
Year = Annotated[int | None, typer.Option(help="Anno.")]
Profile = Annotated[str | None, typer.Option(help="Profilo SMVP: un nome o un file .toml.")]


@contextmanager
def open_archive(settings: Settings | None = None) -> Iterator[Archive]:
    """The archive of this configuration."""
    from store.archive import Archive

    with Archive.open(settings or load_settings()) as archive:
        yield archive


def emit(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.write("\n")


def say(text: str = "") -> None:
    """One line for a person, on standard output."""
    typer.echo(text)


def place(page: int | None, lines: Iterable[int] = ()) -> str:
    """"p. 3, righe 12-15": a place as people write it."""
    span = sorted(set(lines))
    parts = [f"p. {page}"] if page else []
    if span:
        parts.append(f"riga {span[0]}" if span[0] == span[-1] else f"righe {span[0]}-{span[-1]}")
    return ", ".join(parts)


# ------------------------------------------------------------------------------------------------ archive

@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="File o cartelle.")],
    entity: Entity = None, year: Year = None, as_json: Json = False,
) -> int:
    """Legge file o cartelle nell'archivio; quelli già letti e non cambiati non costano nulla."""
    with open_archive() as archive, progress_bar(hidden=as_json) as show:
        reports = list(archive.ingest(paths, entity=entity, year=year, progress=show))
    if as_json:
        emit({"documents": [report.to_json() for report in reports]})
    failed = [report for report in reports if report.status == "failed"]
    for report in failed:
        typer.echo(f"Errore: {report.error}", err=True)
    if not as_json:
        words = {"new": "nuovo", "unchanged": "invariato", "replaced": "sostituito"}
        for report in reports:
            if report.status != "failed":
                say(f"{report.path}: {words[report.status]}, {report.cards} schede, {report.passages} passaggi, "
                    f"{len(report.warnings)} avvertenze, {report.seconds:.1f} s")
    return 0 if not failed else (2 if len(failed) == len(reports) else 1)


@contextmanager
def progress_bar(hidden: bool) -> Iterator[Any]:
    """A progress callback (stage, document, done, total, seconds left) that draws a bar on a terminal, else does nothing."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TimeElapsedColumn

    with Progress(*Progress.get_default_columns(), TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        yield _shower(bar)


def _shower(bar: Progress) -> Any:
    tasks: dict[tuple[str, str], Any] = {}

    def show(stage: str, document: str, done: int, total: int, _left: float | None = None) -> None:
        key = (stage, document)
        if key not in tasks:
            tasks[key] = bar.add_task(f"{document}: {stage}", total=total or None)
        bar.update(tasks[key], completed=done, total=total or None)

    return show


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
        typer.echo(f"Avvertenza{f' ({where})' if where else ''}: {notice.message}", err=True)
    return 0


def print_card(card: Any, as_json: bool) -> None:
    """A card as a JSON line, or as one line for a person."""
    if as_json:
        emit(card.to_json())
        return
    head = " · ".join(str(part) for part in (card.id, card.entity, card.year, card.code or card.number, card.title) if part)
    say(f"{head}  [{len(card.phases)} fasi, {len(card.indicators)} indicatori; "
        f"{card.source.document}{', ' + place(None, card.source.lines) if card.source.lines else ''}]")


@app.command()
def forget(document: Annotated[str, typer.Argument(help="Nome o identificativo del documento.")]) -> int:
    """Toglie un documento dall'archivio, con ogni sua traccia."""
    with open_archive() as archive:
        archive.delete_document(document)
    say(f"{document}: tolto dall'archivio.")
    return 0


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
    if as_json:
        emit(report.to_json())
        return 0
    say(f"{report.path}: {report.counts['documents']} documenti, {report.counts['cards']} schede, "
        f"{report.counts['drafts']} bozze, {report.size / 1e6:.1f} MB. SHA-256 {report.sha256}")
    if report.missing:
        say(f"Attenzione: di {len(report.missing)} documenti l'archivio non aveva il file originale; le schede ci sono.")
    return 0


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
        archive.resume(progress=show)
    if as_json:
        emit(report.to_json())
        return 0
    say(f"Ripristinati {report.counts['documents']} documenti, {report.counts['cards']} schede, {report.counts['drafts']} bozze "
        f"(copia del {report.created_at[:10]}).")
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


@contextmanager
def step_bar(hidden: bool) -> Iterator[Any]:
    """Like ``progress_bar`` for work told in steps (stage, done, total)."""
    with progress_bar(hidden) as show:
        yield (lambda stage, done, total: show(stage, "archivio", done, total)) if show else None


@app.command()
def sample() -> int:
    """Mette nell'archivio i documenti di esempio di un ente inventato."""
    from samples.archive import install

    with open_archive() as archive:
        for report in install(archive):
            say(f"{report.path}: {report.cards} schede")
    return 0


# ------------------------------------------------------------------------------------------------ precedents

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


# ------------------------------------------------------------------------------------------------ checking

@app.command()
def check(
    target: Annotated[str, typer.Argument(help="Un file, una bozza o una scheda dell'archivio.")],
    profile: Profile = None, year: Year = None,
    min_level: Annotated[str, typer.Option(help="error, warning o advice.")] = "advice",
    sarif: Annotated[bool, typer.Option("--sarif", help="SARIF 2.1.0 su standard output.")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="Scrive le segnalazioni in un file .xlsx.")] = None,
    as_json: Json = False,
) -> int:
    """Errori e debolezze di una scheda o di un piano: dove, perché e come rimediare."""
    from scoring.check import check as run_check
    from scoring.profiles import load_profile
    from store.lookup import look_up

    settings = load_settings()
    if min_level not in ("error", "warning", "advice"):
        raise PiaoError(f"--min-level {min_level}: usa error, warning o advice.")
    reading = look_up(target, settings)
    report = run_check(reading, load_profile(profile or settings.profile), year=year).at_least(min_level)
    if xlsx:
        from exports.xlsx import findings_xlsx

        xlsx.write_bytes(findings_xlsx(report))
    if sarif:
        from scoring.sarif import to_sarif

        emit(to_sarif(report))
    elif as_json:
        emit(report.to_json())
    else:
        print_report(report)
    return 1 if report.summary["error"] else 0


def print_report(report: Any) -> None:
    """Findings for a person, the gravest first."""
    words = {"error": "ERRORE", "warning": "ATTENZIONE", "advice": "CONSIGLIO"}
    for finding in report.findings:
        where = finding.where
        spot = f"cella {where.cell}" if where.cell else place(where.page, [where.line] if where.line else [])
        say(f"{words[finding.level]} {finding.code}  {finding.message}")
        say(f"    Dove: {finding.card or ''}{f' ({spot})' if spot else ''}")
        say(f"    Base: {finding.basis}")
        say(f"    Rimedio: {finding.fix}")
    for why, codes in groups((skipped.why, skipped.code) for skipped in report.not_run):
        say(f"Non eseguite {', '.join(codes)}: {why}")
    total = report.summary
    say(f"Profilo {report.profile}: {total['error']} errori, {total['warning']} attenzioni, {total['advice']} consigli.")


def groups(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Second items by their first, in order of appearance."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return list(found.items())


@app.command()
def score(target: Annotated[str, typer.Argument(help="Un file, una bozza o una scheda.")], profile: Profile = None,
          as_json: Json = False) -> int:
    """I risultati ricalcolati con il profilo, accanto a quelli dichiarati."""
    from scoring.profiles import load_profile
    from scoring.score import score as run_score
    from store.lookup import look_up

    settings = load_settings()
    report = run_score(look_up(target, settings), load_profile(profile or settings.profile))
    if as_json:
        emit(report.to_json())
        return 0
    data = report.to_json()
    measures = {"achievement": "raggiungimento", "interim": "intermedio", "weight": "peso", "amount": "importo"}
    for group in data["groups"]:
        say(f"{group['name']} ({measures.get(group.get('measure'), 'raggiungimento')}): {figures(group)}"
            + (f"  {group['note']}" if group.get("note") else ""))
    for objective in data["objectives"]:
        say(f"  {objective['title']}: {figures(objective)}")
    return 0


FIGURES = ("declared", "computed")


def figures(row: dict[str, Any]) -> str:
    """Declared and computed with the Italian comma; "non dichiarato" and "non calcolabile" where there is none."""
    declared, computed = (str(row[key]).replace(".", ",") if row.get(key) is not None else None for key in FIGURES)
    return ", ".join([f"dichiarato {declared}" if declared else "non dichiarato",
                      f"calcolato {computed}" if computed else "non calcolabile"])


@app.command()
def explain(code: str) -> int:
    """Una regola: che cosa guarda, perché, base normativa, esempio, rimedio."""
    from scoring.explain import explain as text_of

    say(text_of(code))
    return 0


@profile_app.command("list")
def profile_list() -> int:
    """I profili disponibili."""
    from scoring.profiles import load_profile, profile_names

    for name in profile_names():
        say(f"{name}: {load_profile(name).title}")
    return 0


@profile_app.command("new")
def profile_new(file: Path, like: Annotated[str, typer.Option(help="Profilo di partenza.")] = "neutro") -> int:
    """Scrive un nuovo profilo commentato, da adattare al sistema del proprio ente."""
    from scoring.profiles import profile_text

    if file.exists():
        raise PiaoError(f"{file}: esiste già. Scegli un altro nome o toglilo prima.")
    file.write_text(profile_text(like), encoding="utf-8")
    say(f"{file}: scritto. Aprilo, adatta i valori e usalo con --profile {file}.")
    return 0


@app.command()
def target(text: Annotated[str | None, typer.Argument(help="La stringa; senza, una per riga da standard input.")] = None,
           as_json: Json = False) -> int:
    """Come viene letta una stringa di valore atteso, risultato o base."""
    from cards.quantities import read_target

    lines = [text] if text is not None else (line.rstrip("\n") for line in sys.stdin)
    for line in lines:
        reading = read_target(line).to_json()
        if as_json:
            emit(reading)
        else:
            say(" · ".join(f"{key}: {value}" for key, value in reading.items() if value not in (None, [], "")))
    return 0


# ------------------------------------------------------------------------------------------------ drafting

@app.command()
def draft(
    title: Annotated[str, typer.Option(help="Che cosa si vuole ottenere.")],
    unit: Annotated[str, typer.Option(help="Settore, area o servizio.")],
    year: Annotated[int, typer.Option(help="Anno della scheda.")],
    like: Annotated[list[str] | None, typer.Option(help="Scheda precedente da cui partire (anche più volte).")] = None,
    layout: Annotated[str, typer.Option(help="neutro, cremona, segrate, terre-argine, terre-argine-dup, bellusco.")] = "neutro",
    facts: Annotated[str, typer.Option(help="Fatti da usare nel testo.")] = "",
    entity: Entity = None,
    llm: Annotated[bool, typer.Option("--llm", help="Fa scrivere i testi al modello configurato.")] = False,
    as_json: Json = False,
) -> int:
    """Una nuova scheda obiettivo dai precedenti, con la provenienza di ogni campo; resta tra le bozze."""
    from prompts.drafting import Need
    from prompts.job import draft_from_archive

    settings = load_settings()
    need = Need(title=title, unit=unit, year=year, entity=entity or settings.entity, facts=facts, layout=layout)
    with open_archive(settings) as archive:
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


@app.command()
def export(
    target: Annotated[str, typer.Argument(help="Una scheda, una bozza o un file.")],
    format: Annotated[str, typer.Option(help="docx, xlsx, odt, pdf, json, csv.")] = "docx",
    layout: Annotated[str, typer.Option(help="neutro, cremona, segrate, terre-argine, terre-argine-dup, bellusco.")] = "neutro",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File o cartella di destinazione.")] = None,
) -> int:
    """La scheda nel documento di un ente: Word, Excel, OpenDocument, PDF o JSON."""
    from exports import export_cards
    from store.lookup import look_up

    content, name, _mime = export_cards(look_up(target, load_settings()).cards, format, layout)
    path = output / name if output and output.is_dir() else output or Path(name)
    path.write_bytes(content)
    say(str(path))
    return 0


# ------------------------------------------------------------------------------------------------ the app

@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Porta.")] = 8501,
    with_sample: Annotated[bool, typer.Option("--sample", help="Se l'archivio è vuoto, ci mette gli esempi.")] = False,
) -> int:
    """L'app su 127.0.0.1."""
    from ui.server import run

    return run(load_settings(), port=port, with_sample=with_sample)


# ------------------------------------------------------------------------------------------------ entry

USAGE = {
    "NoSuchOption": "opzione sconosciuta",
    "MissingParameter": "manca",
    "BadParameter": "valore non valido per",
    "UsageError": "comando o argomento non riconosciuto",
}


def usage_line(error: TyperException) -> str:
    """A usage error as one Italian line."""
    name = type(error).__name__
    what = getattr(error, "option_name", None) or _parameter(error) or ""
    command = getattr(getattr(error, "ctx", None), "command_path", None) or "piao"
    return f"Uso: {USAGE.get(name, 'comando non valido')} {what}".rstrip() + f". Vedi «{command} --help»."


def _parameter(error: TyperException) -> str | None:
    """The option or argument an error is about, as people type it."""
    parameter = getattr(error, "param", None)
    options = list(getattr(parameter, "opts", []) or [])
    if not options:
        return None
    return options[-1] if options[-1].startswith("-") else options[-1].upper()


def main(args: list[str] | None = None) -> None:
    """Run the command and leave with the contract's exit code."""
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command; a user's mistake is one line on standard error, a bug keeps its traceback in the log."""
    try:
        return app(args, standalone_mode=False) or 0
    except TyperException as error:
        no_arguments = type(error).__name__ == "NoArgsIsHelpError"
        typer.echo(error.format_message() if no_arguments else usage_line(error), err=True)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Interrotto: quanto già concluso è salvo, ripeti il comando per riprendere.", err=True)
        return 2
    except PiaoError as error:
        typer.echo(f"Errore: {error}", err=True)
        return 2
    except BrokenPipeError:
        return 0
    except Exception as error:
        return _bug(error)


def _bug(error: Exception) -> int:
    log = load_settings().root / "piao.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=log, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("piao").error("errore imprevisto", exc_info=error)
    typer.echo(f"Errore imprevisto del programma ({type(error).__name__}). I dettagli sono in {log}.", err=True)
    return 2


if __name__ == "__main__":
    main()
