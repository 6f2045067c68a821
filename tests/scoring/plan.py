"""A plan and a report without any fault, of a body that does not exist: what the tests plant their errors in."""

from __future__ import annotations

from typing import Any

from cards.model import Card, Document, Reading

THEMES = (
    ("Ridurre i tempi di pagamento delle fatture", "Tempo medio di pagamento (giorni)", "≤ 25", "27", "24"),
    ("Formare il personale sulle competenze digitali", "Ore di formazione pro capite", "≥ 40", "36", "41"),
    ("Semplificare le pratiche edilizie", "Tempo medio di rilascio dei permessi (giorni)", "≤ 45", "52", "44"),
    (
        "Portare i certificati on line con la digitalizzazione dell'anagrafe",
        "Certificati rilasciati on line",
        "≥ 1.200",
        "950",
        "1.240",
    ),
    ("Togliere le barriere architettoniche negli edifici comunali", "Edifici accessibili", "≥ 14", "11", "14"),
    ("Attuare le azioni positive per le pari opportunità", "Partecipanti agli incontri sulla conciliazione", "≥ 60", "45", "63"),
    ("Aggiornare le misure di prevenzione della corruzione", "Processi mappati", "≥ 30", "22", "31"),
    ("Ampliare la raccolta differenziata nei quartieri", "Quota di raccolta differenziata", "≥ 72,5%", "70,1%", "73,0%"),
    ("Aprire la biblioteca il sabato", "Utenti della biblioteca nel fine settimana", "≥ 4.000", "3.420", "4.100"),
    ("Riqualificare i parchi gioco", "Parchi riqualificati", "≥ 6", "4", "6"),
    ("Recuperare l'evasione dei tributi locali", "Somme accertate", "≥ 350.000,00 €", "310.000,00 €", "352.400,00 €"),
    ("Accorciare le liste d'attesa dei nidi", "Bambini in lista d'attesa", "≤ 40", "58", "39"),
)
WEIGHTS = ("20", "15", "15", "20", "15", "15")


def objective(i: int, report: bool) -> dict[str, Any]:
    """The card of a theme: two phases with weights and timetable, two indicators with weights, formula and history."""
    title, name, target, past, actual = THEMES[i]
    year = 2026
    satisfied = {"actuals": {str(year): "8,4 su 10"}, "achievement": "100", "deviation": "0,4"} if report else {}
    measured = {"actuals": {str(year): actual}, "achievement": "100"} if report else {}
    base = 10 * (i + 1)
    return {
        "id": f"clean-{i:02}",
        "kind": "objective",
        "entity": "Comune di Valdoro",
        "year": year,
        "document_type": "relazione_performance" if report else "piao",
        "code": f"S{i // 6 + 1}.{i % 6 + 1:05}",
        "title": title,
        "unit": f"Settore {'Amministrativo' if i < 6 else 'Tecnico'}",
        "responsible": "Responsabile del settore amministrativo" if i < 6 else "Responsabile del settore tecnico",
        "mission": "01",
        "programme": "02",
        "strategic_objective": "1 - Un comune vicino",
        "operational_objective": f"{i + 1:02} - {title}",
        "description": f"{title}: il lavoro parte a febbraio e si chiude a dicembre.",
        "weight": f"{WEIGHTS[i % 6]}%",
        "horizon": "2026",
        "start": "01/02/2026",
        "end": "31/12/2026",
        "phases": [
            {
                "number": "1",
                "text": "Analisi e atti",
                "weight": "40%",
                "start": "01/02/2026",
                "end": "30/06/2026",
                "schedule": {"2026-02": "50%", "2026-06": "50%"},
                "due": {"2026-07-31": "100%", "2026-12-31": "100%"},
            },
            {
                "number": "2",
                "text": "Attuazione e verifica",
                "weight": "60%",
                "start": "01/07/2026",
                "end": "31/12/2026",
                "schedule": {"2026-07": "40%", "2026-12": "60%"},
                "due": {"2026-07-31": "40%", "2026-12-31": "100%"},
            },
        ],
        "indicators": [
            {
                "name": name,
                "kind": "quantita",
                "formula": "rilevazione del gestionale al 31 dicembre, numero",
                "history": {"2023": past, "2024": past, "2025": past},
                "baseline": past,
                "targets": {"2026": target},
                "weight": "70",
                **measured,
            },
            {
                "name": f"Gradimento degli utenti: {title.lower()}",
                "kind": "qualita",
                "formula": "media dei voti del questionario, da 1 a 10",
                "history": {"2024": "7,6 su 10", "2025": "7,9 su 10"},
                "baseline": "7,9 su 10",
                "targets": {"2026": "≥ 8 su 10"},
                "weight": "30",
                **satisfied,
            },
        ],
        "staff": [
            {"name": f"Persona{i} Uno", "category": "D", "share": "60%"},
            {"name": f"Collega{i} Due", "category": "C", "share": "40%"},
        ],
        "outcomes": [{"at": "2026-12-31", "label": "Raggiunto", "percent": "100%"}] if report else [],
        "source": {"document": "valdoro.txt", "lines": [base, base + 8]},
        "provenance": {
            "title": {"from": "document", "line": base},
            "indicators[0]": {"from": "document", "line": base + 3},
            "indicators[1]": {"from": "document", "line": base + 4},
            "phases[0]": {"from": "document", "line": base + 5},
            "phases[1]": {"from": "document", "line": base + 6},
        },
    }


def table(unit: int, report: bool) -> dict[str, Any]:
    """A unit's table with the weights of its six objectives."""
    outcomes = [{"at": "2026-12-31", "label": "Raggiunto", "percent": "100%"}] if report else []
    return {
        "id": f"clean-u{unit}",
        "kind": "unit_summary",
        "entity": "Comune di Valdoro",
        "year": 2026,
        "unit": f"Settore {'Amministrativo' if unit == 1 else 'Tecnico'}",
        "items": [
            {
                "code": f"S{unit}.{k + 1:05}",
                "title": THEMES[(unit - 1) * 6 + k][0],
                "weight": f"{WEIGHTS[k]}%",
                "outcomes": outcomes,
            }
            for k in range(6)
        ],
        "totals": {"weight": "100%", "final": "100,00%", "narrative": "100,00%"} if report else {},
        "source": {"document": "valdoro.txt", "lines": [200 + unit, 210 + unit]},
    }


def clean_data(report: bool = False) -> list[dict[str, Any]]:
    """The cards as JSON data, to be changed by a test before they are read."""
    return [objective(i, report) for i in range(len(THEMES))] + [table(1, report), table(2, report)]


def reading(cards: list[dict[str, Any]], report: bool = False, **rest: Any) -> Reading:
    """A reading of these cards."""
    kind = "relazione_performance" if report else "piao"
    document = Document(name="valdoro.txt", entity="Comune di Valdoro", year=2026, document_type=kind)
    return Reading.model_validate({"document": document, "cards": [Card.model_validate(card) for card in cards], **rest})
