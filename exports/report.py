"""The findings of a check as a document to print: what was read, summary, errors, warnings and advice with place and remedy.

What was accepted is told with its reason, and what was not checked is never shown as passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cards import labels
from cards.columns import column_words
from cards.counted import cards_counted, counted, indicators_counted
from cards.field_words import field_words
from cards.model import Reading
from exports.sheet import Heading, Item, Line, Sheet, clean, pairs, table
from scoring.findings import CheckReport, Finding
from scoring.overview import Overview
from scoring.profiles import Profile
from scoring.registry import rule

LEVELS = (("error", "Errori"), ("warning", "Attenzioni"), ("advice", "Consigli"))
HEADER = ("Codice", "Scheda", "Dove", "Che cosa", "Trovato", "Atteso", "Base", "Rimedio")
_WIDTHS = (0.8, 2, 1.2, 3, 1.3, 1.3, 2, 2.4)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the findings: the reading they are about, the body's method, the day of the check, and the plan at a
    glance where a whole plan was checked."""

    reading: Reading | None = None
    profile: Profile | None = None
    made_on: date | None = None
    overview: Overview | None = None


def findings_sheet(report: CheckReport, context: Context | None = None) -> Sheet:
    """The whole report as a document in landscape."""
    name = clean(report.file or "bozza")
    head = pairs(_head(report, context or Context()), (1, 5))
    items: list[Item] = [Heading("Esito della verifica", 1), head, Line(verdict(report))]
    if context is not None and context.overview is not None:
        from exports.plan_report import overview_items

        items += overview_items(context.overview)
    for level, label in LEVELS:
        found = [f for f in report.findings if f.level.value == level]
        if found:
            items += [Heading(f"{label} ({len(found)})", 2), table(HEADER, [row(f) for f in found], _WIDTHS)]
    items += [*_waived(report), *_read(context), *_not_run(report)]
    return Sheet(f"Esito della verifica - {name}", tuple(items), landscape=True)


def _head(report: CheckReport, context: Context) -> Iterator[tuple[str, object]]:
    reading, profile = context.reading, context.profile
    yield "Documento", report.file or "bozza"
    if reading is not None:
        if reading.document.entity:
            yield "Ente", reading.document.entity
        if reading.document.year:
            yield "Anno", reading.document.year
        indicators = sum(len(card.indicators) for card in reading.cards)
        yield "Letto", f"{cards_counted(len(reading.cards))}, {indicators_counted(indicators)}"
    yield "Profilo (SMVP)", f"{profile.title} ({profile.name}). {profile.source}" if profile else report.profile
    if context.made_on:
        yield "Data della verifica", f"{context.made_on:%d/%m/%Y}"
    yield "Riepilogo", ", ".join(f"{label.lower()}: {report.summary.get(level, 0)}" for level, label in LEVELS)


def verdict(report: CheckReport) -> str:
    """One sentence for who has to decide."""
    counts = report.summary
    left = ""
    if report.not_run:
        one, many = "controllo non si è potuto eseguire: è elencato", "controlli non si sono potuti eseguire: sono elencati"
        left = f" {counted(len(report.not_run), one, many)} in fondo."
    if counts["error"]:
        found = "C'è 1 errore" if counts["error"] == 1 else f"Ci sono {counts['error']} errori"
        return f"{found} da correggere prima dell'approvazione." + left
    if report.findings:
        return "Nessun errore; restano segnalazioni da valutare." + left
    return "Nessuna segnalazione dai controlli eseguiti." + left


def _waived(report: CheckReport) -> Iterator[Item]:
    if report.waived:
        yield Heading(f"Segnalazioni accettate ({len(report.waived)})", 2)
        rows = [(*row(one.finding)[:2], one.finding.message, one.reason, one.author, labels.shown_moment(one.expires or ""))
                for one in report.waived]
        yield table(("Codice", "Scheda", "Che cosa", "Motivo", "Chi la accetta", "Fino al"), rows, (0.8, 2, 3, 3, 1.4, 1))


def _read(context: Context | None) -> Iterator[Item]:
    reading = context.reading if context else None
    if reading is None:
        return
    if reading.warnings:
        yield Heading(f"Che cosa non si è potuto leggere ({len(reading.warnings)})", 2)
        rows = [(one.page, one.line, one.message) for one in reading.warnings]
        yield table(("Pagina o foglio", "Riga", "Che cosa"), rows, (1, 1, 8))
    if reading.mapping:
        yield Heading("Colonne riconosciute", 2)
        yield from (Line(column_words(line)) for line in reading.mapping)


def _not_run(report: CheckReport) -> Iterator[Item]:
    if report.not_run:
        yield Heading(f"Controlli non eseguiti ({len(report.not_run)})", 2)
        whys: dict[str, list[str]] = {}
        for one in report.not_run:
            whys.setdefault(one.why, []).append(f"{rule(one.code).title} ({one.code})")
        yield table(("Perché", "Controlli"), [(why, "; ".join(named)) for why, named in whys.items()], (2, 3))


def row(finding: Finding) -> tuple[str | None, ...]:
    """One finding as table values, in the order of ``HEADER``."""
    return (
        finding.code,
        finding.card,
        place(finding),
        finding.message,
        finding.found,
        finding.expected,
        finding.basis,
        finding.fix,
    )


def place(finding: Finding) -> str:
    """ "pagina 3, riga 120", "cella B7" or the field in words."""
    where = finding.where
    if where.cell and "!" in where.cell:
        return f"cella {where.cell}"
    parts = [
        f"pagina {where.page}" if where.page else "",
        f"riga {where.line}" if where.line else "",
        f"cella {where.cell}" if where.cell else "",
    ]
    return ", ".join(p for p in parts if p) or clean(field_words(where.field))
