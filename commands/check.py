"""Checking and computing from the command line: rules, totals, the reading of a target."""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cards.errors import PiaoError
from commands.findings import dossier, print_report, print_warnings, write_file, write_files
from commands.shell import Json, Mask, Profile, Year, app, emit, open_archive, say, warn
from settings import load_settings

if TYPE_CHECKING:
    from cards.model import Reading
    from scoring.findings import CheckReport
    from scoring.profiles import Profile as ScoringProfile
    from settings import Settings


@app.command()
def check(
    target: Annotated[str, typer.Argument(help="Un file, una bozza o una scheda dell'archivio.")],
    profile: Profile = None, year: Year = None,
    min_level: Annotated[str, typer.Option(help="error, warning o advice.")] = "advice",
    out: Annotated[list[Path] | None, typer.Option(help="Scrive l'esito: .json, .sarif, .html, .docx o .xlsx (la tabella con le "
                                                        "segnalazioni nelle celle). Anche più volte.")] = None,
    suppressions: Annotated[Path | None, typer.Option(help="Le segnalazioni accettate (.toml).")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Una verifica accettata: restano solo le segnalazioni nuove.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mostra le correzioni automatiche e le scrive in una copia.")] = False,
    fix_out: Annotated[Path | None, typer.Option(help="Il nome della copia corretta.")] = None,
    sarif: Annotated[bool, typer.Option("--sarif", help="SARIF 2.1.0 su standard output.")] = False,
    xlsx: Annotated[Path | None, typer.Option(help="Come --out con un file .xlsx.")] = None,
    mask: Mask = None,
    as_json: Json = False,
) -> int:
    """Errori e debolezze di una scheda o di un piano: dove, perché e come rimediare."""
    from exports.findings import format_of
    from scoring.check import check as run_check
    from scoring.suppression_file import load_baseline, load_suppressions
    from store.evidence import evidence_at
    from store.lookup import look_up
    from store.own_profiles import find_profile

    settings = load_settings()
    if min_level not in ("error", "warning", "advice"):
        raise PiaoError(f"--min-level {min_level}: usa error, warning o advice.")
    files = [*(out or ()), *([xlsx] if xlsx else ())]
    for file in files:
        format_of(file)
    chosen = find_profile(profile, settings)
    accepted = load_suppressions(suppressions) if suppressions else ()
    known = load_baseline(baseline) if baseline else frozenset()
    reading = something(look_up(target, settings, open_archive))
    evidence = evidence_at(settings, reading)
    report = run_check(reading, chosen, year=year, evidence=evidence, suppressions=accepted, baseline=known)
    shown = report.at_least(min_level)
    if settings.mask_exports if mask is None else mask:
        from exports.masked import masked_report

        shown = masked_report(shown, reading.cards)
    source = Path(target).expanduser() if Path(target).expanduser().is_file() else None
    if sarif:
        from scoring.sarif import to_sarif

        emit(to_sarif(shown))
    elif as_json:
        emit(shown.to_json())
    else:
        print_report(shown)
    print_warnings(reading)
    if fix or fix_out:
        correct(shown, reading, chosen, source, fix_out, settings, quiet=sarif or as_json)
    if files:
        write_files(dossier(shown, reading, chosen, source, settings, evidence), files, source)
    return 1 if shown.summary["error"] else 0


def something(reading: Reading) -> Reading:
    """The reading, where there is anything in it to check: nothing read is not the same as nothing wrong."""
    if reading.cards or reading.declared or reading.listed or sum(len(one.text) for one in reading.paragraphs) > 2000:
        return reading
    why = "; ".join(notice.message for notice in reading.warnings[:3]) or "non c'è nessuna tabella con un'intestazione"
    raise PiaoError(f"{reading.document.name}: nessuna scheda riconosciuta, nulla da verificare: {why}.")


def correct(report: CheckReport, reading: Reading, profile: ScoringProfile, source: Path | None, to: Path | None,
            settings: Settings, quiet: bool) -> None:
    """The corrections on request; with ``--json`` nothing but the JSON goes on standard output."""
    from commands.fix import print_diff, write_copy
    from scoring.remedies import remedies

    if source is None:
        raise PiaoError("--fix scrive la copia di un file: una bozza si corregge nell'app, in «Verifica».")
    found = list(remedies(report, reading.cards, profile))
    with redirect_stdout(sys.stderr) if quiet else nullcontext():
        print_diff(found, reading)
        write_copy(found, reading, source, to, settings)


@app.command()
def score(
    target: Annotated[str, typer.Argument(help="Un file, una bozza o una scheda.")], profile: Profile = None,
    out: Annotated[list[Path] | None, typer.Option(help="Scrive i risultati: .docx, .xlsx, .html, .odt o .pdf.")] = None,
    as_json: Json = False,
) -> int:
    """I risultati ricalcolati con il profilo, accanto a quelli dichiarati."""
    from exports.score_report import score_sheet, written
    from scoring.score import score as run_score
    from store.lookup import look_up
    from store.own_profiles import find_profile

    settings = load_settings()
    reading, chosen = look_up(target, settings, open_archive), find_profile(profile, settings)
    report = run_score(reading, chosen)
    data = report.to_json()
    if out:
        source = Path(target).expanduser() if Path(target).expanduser().is_file() else None
        for path in out:
            write_file(path, written(score_sheet(report, chosen, reading.document.name), path), source)
            warn(f"Scritto {path}")
    if as_json:
        emit(data)
        return 0
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
