"""How a check is told and written from the command line: findings for a person, files to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cards.columns import column_words
from cards.counted import levels_counted
from cards.errors import PiaoError
from commands.shell import place, say, warn

if TYPE_CHECKING:
    from cards.model import Reading
    from exports.findings import Dossier
    from exports.findings_marks import SourceRow
    from scoring.facts import Evidence
    from scoring.findings import CheckReport
    from scoring.profiles import Profile
    from settings import Settings

MOST = 20
WORDS = {"error": "ERRORE", "warning": "ATTENZIONE", "advice": "CONSIGLIO"}


def print_report(report: CheckReport) -> None:
    """Findings for a person in reading order, what was not checked, the sum of all."""
    for finding in report.findings:
        where = finding.where
        spot = f"cella {where.cell}" if where.cell else place(where.page, [where.line] if where.line else [])
        say(f"{WORDS[finding.level]} {finding.code}  {finding.message}")
        say(f"    Dove: {finding.card or ''}{f' ({spot})' if spot else ''}")
        say(f"    Base: {finding.basis}")
        say(f"    Rimedio: {finding.fix}")
    for one in report.waived:
        author = f" ({one.author})" if one.author else ""
        say(f"Accettata {one.finding.code} ({one.finding.card or 'documento'}): {one.reason}{author}")
    for why, codes in groups((skipped.why, skipped.code) for skipped in report.not_run):
        say(f"Non eseguite {', '.join(codes)}: {why}")
    total = report.summary
    say(f"Profilo {report.profile}: {levels_counted(total)}.")


def groups(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Second items by their first, in order of appearance."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return list(found.items())


def print_warnings(reading: Reading) -> None:
    """On standard error: what could not be read, with its place, and which columns were taken for what."""
    lines = []
    for notice in reading.warnings:
        where = place(notice.page, [notice.line] if notice.line else [])
        lines.append(f"Avvertenza{f' ({where})' if where else ''}: {notice.message}")
    for kind in (lines, [f"Colonne: {column_words(line)}" for line in reading.mapping]):
        for line in kind[:MOST]:
            warn(line)
        if len(kind) > MOST:
            warn(f"… e altre {len(kind) - MOST}: sono tutte nel file scritto con --out esito.html")


def dossier(report: CheckReport, reading: Reading, profile: Profile, source: Path | None, settings: Settings,
            evidence: Evidence | None = None) -> Dossier:
    """The check with what its files need: the workbook checked, or the tables of any other source; the plan at a glance."""
    from datetime import date

    from exports.findings import WORKBOOKS, Dossier
    from exports.report import Context
    from scoring.overview import overview_of

    context = Context(reading, profile, date.today(), overview_of(reading, profile, report, evidence))
    if source is None or source.suffix.lower() in (".json", ".jsonl"):
        return Dossier(report, context)
    if source.suffix.lower() in WORKBOOKS:
        return Dossier(report, context, workbook=source.read_bytes())
    return Dossier(report, context, rows=source_table(source, settings))


def source_table(source: Path, settings: Settings) -> list[SourceRow]:
    """The rows of the tables of a file that is no workbook of .xlsx."""
    from exports.findings_marks import SourceRow
    from ingest.limits import Limits
    from ingest.source_tables import source_rows

    return [SourceRow(*one) for one in source_rows(source, Limits.from_settings(settings))]


def write_files(made: Dossier, paths: Sequence[Path], source: Path | None) -> None:
    """Each file in the format of its extension; the checked file itself is never written over."""
    from exports.findings import findings_file, format_of

    for path in paths:
        write_file(path, findings_file(made, format_of(path)), source)
        warn(f"Scritto {path}")


def write_file(path: Path, content: bytes, source: Path | None) -> None:
    """Write a file; a ``PiaoError`` for the checked file itself or a place that cannot be written."""
    if source is not None and path.exists() and path.samefile(source):
        raise PiaoError(f"{path}: è il file verificato, che non si tocca. Scegli un altro nome.")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PiaoError(f"{path}: non si può scrivere ({error.strerror}). Scegli un'altra cartella.") from error
