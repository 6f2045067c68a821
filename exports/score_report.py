"""The results of ``piao score`` as a document: declared beside computed, with the note that explains a difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cards.errors import PiaoError
from exports.sheet import Heading, Item, Line, Sheet, clean, pairs, table
from scoring.profiles import Profile
from scoring.score import ScoreReport

KINDS = {"unit": "Settore", "strategic_line": "Linea strategica", "body": "Ente", "resources": "Risorse"}
MEASURES = {"achievement": "raggiungimento", "interim": "intermedio", "weight": "peso", "amount": "importo"}
FORMATS = ("docx", "xlsx", "html", "odt", "pdf")


def score_sheet(report: ScoreReport, profile: Profile, name: str | None) -> Sheet:
    """Totals, objectives, indicators, progress of the phases."""
    data = report.to_json()
    title = f"Risultati - {clean(name or 'bozza')}"
    method = pairs(
        [("Documento", name or "bozza"), ("Profilo (SMVP)", f"{profile.title} ({profile.name}). {profile.source}")], (1, 5)
    )
    items: list[Item] = [Heading(title, 1), method]
    rows: list[tuple[Any, ...]]
    if data["groups"]:
        rows = [
            (KINDS.get(one["kind"], one["kind"]), one["name"], MEASURES.get(one["measure"], ""), *_figures(one), one["note"])
            for one in data["groups"]
        ]
        header = ("Che cosa", "Nome", "Misura", "Dichiarato", "Calcolato", "Note")
        items += [Heading("Totali", 2), table(header, rows, (1, 3, 1, 1, 1, 4))]
    if data["objectives"]:
        rows = [(one["title"], *_figures(one), one["note"]) for one in data["objectives"]]
        items += [Heading("Obiettivi", 2), table(("Obiettivo", "Dichiarato", "Calcolato", "Note"), rows, (4, 1, 1, 4))]
    if data["indicators"]:
        rows = [
            (one["name"], one["target"], one["actual"], one["declared"], _comma(one["achievement"]), one["note"])
            for one in data["indicators"]
        ]
        header = ("Indicatore", "Atteso", "Risultato", "Dichiarato", "Calcolato", "Note")
        items += [Heading("Indicatori", 2), table(header, rows, (4, 1.3, 1.3, 1, 1, 3))]
    if data["progress"]:
        rows = [(one["title"], one["at"], _comma(one["planned"]), _comma(one["declared"])) for one in data["progress"]]
        items += [
            Heading("Avanzamento delle fasi", 2),
            table(("Obiettivo", "Alla data", "Previsto %", "Dichiarato %"), rows, (5, 1, 1, 1)),
        ]
    if len(items) == 2:
        items.append(Line("Nessun risultato: il documento non ha indicatori né totali."))
    return Sheet(title, tuple(items), landscape=True)


def _figures(one: dict[str, Any]) -> tuple[str, str]:
    return _comma(one["declared"]), _comma(one["computed"])


def _comma(figure: str | None) -> str:
    return "" if figure is None else str(figure).replace(".", ",")


def written(sheet: Sheet, path: Path) -> bytes:
    """The document in the format of the file's extension."""
    from exports import docx, findings_html, odt, pdf, xlsx

    write: dict[str, Callable[[Sheet], bytes]] = {
        "docx": docx.sheet_docx,
        "xlsx": xlsx.sheet_xlsx,
        "html": findings_html.sheet_html,
        "odt": odt.sheet_odt,
        "pdf": pdf.sheet_pdf,
    }
    kind = path.suffix.lower().lstrip(".")
    if kind not in write:
        raise PiaoError(
            f"{path}: i risultati si scrivono in {', '.join('.' + one for one in FORMATS)}. Cambia l'estensione del file."
        )
    return write[kind](sheet)
