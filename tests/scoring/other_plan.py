"""A second plan without faults, of another make: phases with dates alone, targets of every type, three years, text, lists, requests.

Written as a careful office would write it, to hear whether a rule speaks where nothing is wrong.
"""

from __future__ import annotations

from typing import Any

from cards.model import Card, Document, Reading

# title, indicator, formula, history, baseline, targets
ROWS: tuple[tuple[str, str, str, dict[str, str], str, dict[str, str]], ...] = (
    (
        "Pagare le fatture entro i termini di legge",
        "Indicatore di ritardo annuale dei pagamenti (giorni)",
        "media ponderata dei giorni tra scadenza e pagamento",
        {"2023": "4", "2024": "2"},
        "2",
        {"2025": "≤ 0", "2026": "≤ -1"},
    ),
    (
        "Formare tutto il personale",
        "Ore di formazione pro capite",
        "ore frequentate / n. dipendenti",
        {"2024": "31"},
        "31",
        {"2025": "almeno 40", "2026": "almeno 42"},
    ),
    (
        "Semplificare il rilascio dei permessi di costruire",
        "Permessi rilasciati entro 60 giorni",
        "n. permessi entro 60 giorni / n. permessi rilasciati * 100",
        {"2022": "71%", "2023": "74%", "2024": "78%"},
        "78%",
        {"2025": "≥ 82%", "2026": "≥ 86%", "2027": "≥ 90%"},
    ),
    (
        "Attivare il pagamento digitale dei servizi scolastici",
        "Servizi con pagoPA",
        "n. servizi attivi",
        {"2024": "3 su 8"},
        "3 su 8",
        {"2025": "8 su 8"},
    ),
    (
        "Rendere accessibile la sede di via Roma",
        "Fine dei lavori sull'ascensore",
        "data del verbale di collaudo",
        {},
        "lavoro nuovo",
        {"2025": "entro il 30/09/2025"},
    ),
    (
        "Attuare il piano di azioni positive",
        "Dipendenti che usano gli orari flessibili",
        "n. dipendenti autorizzati",
        {"2023": "12", "2024": "15"},
        "15",
        {"2025": "≥ 20", "2026": "≥ 24"},
    ),
    (
        "Pubblicare i dati in Amministrazione trasparente",
        "Sezioni aggiornate nei termini",
        "n. sezioni aggiornate / n. sezioni obbligatorie * 100",
        {"2024": "93,5%"},
        "93,5%",
        {"2025": "≥ 97,0%"},
    ),
    (
        "Ascoltare gli utenti della mensa",
        "Voto medio delle famiglie",
        "media dei voti del questionario (da 1 a 10)",
        {"2023": "7,4 su 10", "2024": "7,6 su 10"},
        "7,6 su 10",
        {"2025": "≥ 7,8 su 10"},
    ),
    ("Aprire lo sportello per gli anziani", "Sportello aperto", "1 = aperto, 0 = chiuso", {}, "servizio nuovo", {"2025": "Sì"}),
    (
        "Ridurre i consumi elettrici degli edifici",
        "Consumo degli edifici comunali (kWh)",
        "somma delle letture dei contatori",
        {"2022": "410.000", "2023": "402.500", "2024": "396.200"},
        "396.200",
        {"2025": "≤ 385.000", "2026": "≤ 375.000"},
    ),
    (
        "Recuperare i tributi non versati",
        "Somme riscosse da avvisi",
        "somma degli incassi del gestionale",
        {"2023": "98.200,00 €", "2024": "104.750,00 €"},
        "104.750,00 €",
        {"2025": "≥ 115.000,00 €"},
    ),
    (
        "Portare la biblioteca nelle frazioni",
        "Prestiti e incontri nelle frazioni",
        "conteggio del registro della biblioteca, numero",
        {"2024": "180 prestiti; 6 incontri"},
        "180 prestiti; 6 incontri",
        {"2025": "almeno 220 prestiti; 9 incontri"},
    ),
)
WEIGHTS = ("33,33%", "33,33%", "33,34%")
UNITS = ("Servizi generali", "Servizi al territorio", "Servizi alla persona", "Servizi finanziari")


def objective(i: int) -> dict[str, Any]:
    """One objective: two dated phases, an indicator that carries the whole weight."""
    title, name, formula, history, baseline, targets = ROWS[i]
    return {
        "id": f"altro-{i:02}",
        "kind": "objective",
        "entity": "Comune di Montesole",
        "year": 2025,
        "document_type": "piao",
        "code": f"OB{i + 1:02}",
        "title": title,
        "unit": UNITS[i // 3],
        "responsible": f"Responsabile dei {UNITS[i // 3].lower()}",
        "mission": "1",
        "programme": "11",
        "strategic_line": "Un comune vicino",
        "operational_objective": f"{i + 1}.1 {title}",
        "purpose": f"{title}: per chi abita e lavora a Montesole.",
        "weight": WEIGHTS[i % 3],
        "horizon": "2025-2027",
        "start": "15 gennaio 2025",
        "end": "31 dicembre 2025",
        "phases": [
            {"number": "1", "text": "Preparare atti e risorse", "start": "15/01/2025", "end": "30/05/2025"},
            {"number": "2", "text": "Dare corso al servizio", "start": "1/6/2025", "end": "31/12/2025"},
        ],
        "indicators": [
            {
                "name": name,
                "formula": formula,
                "history": history,
                "baseline": baseline,
                "targets": targets,
                "weight": "100",
                "note": "indicatore nuovo" if not history else None,
            }
        ],
        "source": {"document": "montesole.docx", "pages": [i + 2]},
    }


def other_plan() -> Reading:
    """The plan with its text, its list of objectives and its resources."""
    return Reading.model_validate(
        {
            "document": Document(name="montesole.docx", entity="Comune di Montesole", year=2025, document_type="piao"),
            "cards": [Card.model_validate(objective(i)) for i in range(len(ROWS))],
            "listed": [{"list_name": "Obiettivi", "code": f"OB{i + 1:02}", "title": row[0]} for i, row in enumerate(ROWS)],
            "paragraphs": [
                {"text": "OGGETTO: Approvazione del Piano integrato di attività e organizzazione 2025-2027", "page": 1},
                {"text": "Deliberazione di Giunta n. 22 del 20/03/2025", "page": 1},
                {
                    "text": "Gli obiettivi del triennio discendono dal DUP approvato il 19/12/2024 e tengono conto dei risultati del 2024.",
                    "page": 1,
                },
                {"text": "Gli incarichi di elevata qualificazione sono quattro. Nel 2026 si rivedranno i pesi.", "page": 1},
                {
                    "text": "Esiti: da 0% a 50% non raggiunto; da 50% a 80% parzialmente raggiunto; da 80% a 100% raggiunto.",
                    "page": 1,
                },
            ],
        }
    )
