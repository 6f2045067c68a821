"""The findings of a check as a document to print: summary, then errors, warnings and advice, each with place and remedy."""

from __future__ import annotations

from exports.sheet import Heading, Item, Line, Sheet, clean, table
from scoring.findings import CheckReport, Finding

LEVELS = (("error", "Errori"), ("warning", "Avvertenze"), ("advice", "Consigli"))
HEADER = ("Codice", "Scheda", "Dove", "Che cosa", "Trovato", "Atteso", "Base", "Rimedio")


def findings_sheet(report: CheckReport) -> Sheet:
    """The whole report, what was not checked included: a check that did not run is never shown as passed."""
    name = clean(report.file or "bozza")
    counts = report.summary
    items: list[Item] = [
        Heading("Esito della verifica", 1),
        Line(name, "Documento:"),
        Line(clean(report.profile), "Profilo:"),
        Line(", ".join(f"{label.lower()}: {counts.get(level, 0)}" for level, label in LEVELS), "Riepilogo:"),
    ]
    if not report.findings:
        items.append(Line("Nessuna segnalazione dai controlli eseguiti."))
    for level, label in LEVELS:
        found = [f for f in report.findings if f.level.value == level]
        if found:
            items += [
                Heading(f"{label} ({len(found)})", 2),
                table(HEADER, [row(f) for f in found], (0.8, 2, 1.2, 3, 1.3, 1.3, 2, 2.4)),
            ]
    if report.not_run:
        items += [
            Heading(f"Controlli non eseguiti ({len(report.not_run)})", 2),
            table(("Codice", "Perché"), [(s.code, s.why) for s in report.not_run], (1, 8)),
        ]
    return Sheet(f"Esito della verifica - {name}", tuple(items), landscape=True)


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
    """ "pagina 3, riga 120", "cella B7" or the field's path."""
    where = finding.where
    parts = [
        f"pagina {where.page}" if where.page else "",
        f"riga {where.line}" if where.line else "",
        f"cella {where.cell}" if where.cell else "",
    ]
    return ", ".join(p for p in parts if p) or clean(where.field)
