"""Checking and computing from the command line: rules, totals, profiles, the reading of a target."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from cards.errors import PiaoError
from commands.shell import Json, Profile, Year, app, emit, place, profile_app, say
from settings import load_settings


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
