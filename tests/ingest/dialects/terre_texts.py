"""Invented sheets and tables of an invented union of municipalities, in the layouts that the dialects recognise."""

from __future__ import annotations

from cards.model import Document
from ingest.blocks import Blocks
from ingest.limits import Limits
from ingest.readers.text import blocks_of

DOCUMENT = Document(name="valmorta.txt", entity="Unione Comuni Val Morta", year=2024, document_type="relazione_performance")


def blocks(text: str) -> Blocks:
    """Blocks of an invented text, read as a .txt file is."""
    return Blocks("valmorta.txt", "text", tuple(blocks_of(text, "valmorta.txt", Limits())))


def table(*rows: str) -> str:
    """Rows written with « | » as lines with tabs."""
    return "\n".join(row.replace(" | ", "\t").replace(" |", "\t").replace("| ", "\t") for row in rows)


UNIT_TABLES = "\n".join(
    (
        "Area Lavori e Ambiente",
        "",
        "Dirigente: ing. Ada Fontana",
        "",
        table(
            "Obiettivo | Priorità | Peso | Durata | Esito (monitoraggio) |  | Esito (consuntivo) | ",
            "A1.00001 - Piste ciclabili del fondovalle* | ALTA | 60% | annuale | Parzialmente raggiunto | 40,00% "
            "| Raggiunto | 100,00%",
            "A1.00002 / B2.00007 – Catasto degli alberi | BASSA | 40%* | pluriennale (1/2) | Sostituito | 0,00% "
            "| Sostituito | 0,00%",
        ),
        "",
        table(
            "Obiettivo | Priorità | Peso | Durata | Esito (monitoraggio) |  | Esito (consuntivo) | ",
            "A1.00003 - Canile | MEDIA | * | annuale | Non raggiunto | 0,00% | Parzialmente raggiunto | 80,00%",
            "TOTALE (peso totale) |  | 100% |  |  | 52,50% |  | 98,00%",
        ),
        "",
        "Si verifica lo stato di avanzamento al 30/06/2024 come da regolamento.",
        "",
        "Gli obiettivi si ritengono complessivamente **RAGGIUNTI AL 97,50** e si raccomanda il presidio.",
        "",
        "Area Servizi alla Persona",
        "",
        "Responsabile: dott. Ugo Prati",
        "",
        table(
            "Obiettivo | Priorità | Peso | Durata | Esito (monitoraggio) |  | Esito (consuntivo) | ",
            "C3.00001 - Asili | ALTA | 100% | annuale | Raggiunto | 100,00% | Raggiunto | 100,00%",
        ),
        "",
    )
)

SHEET = "\n".join(
    (
        "Area Lavori e Ambiente",
        "",
        table(
            "OBIETTIVO | Tit | tolo | Pis | ste cicla | bili del fon | ndovalle | ",
            "03.01.02.A1.00001 | Fina | alità | Dare ai paesi del fondovalle una rete ciclabile sicura e continua |  |  |  | ",
            "Settore /Servizio | Lavori pubb | blici |  |  |  |  | ",
            "Responsabile | Ada Fon | tana |  |  |  |  | ",
            "Durata progetto |  | DATA INIZIO | 01/02/20 | 024 |  | DATA FINE | 30/11/202 | 25",
            "Assessore di riferimento | Pia Sala |  |  |  |  |  | ",
            "Priorità Giunta | AL | TA | X | MEDI | A | BASSA | Peso | 60%",
        ),
        "",
        table(
            "OBIETTIVO 03.01.02.A1.00001 | Titolo | Piste ciclabili del fondovalle",
            "Dettaglio obiettivo | La rete unisce i quattro paesi. | ",
            "Risultato atteso obiettivo | 12 km aperti entro il 30/11/2025 | ",
        ),
        "",
        table(
            " | OBIETTIVO 03.01.02.A1.00001 | Titolo | Piste ciclabili del fondovalle |  |  |  | ",
            "N. |  | Attività/Fasi | Peso % | 2024 inizio | 2024 fine | 2025 inizio | 2025 fine",
            "0 | Storia degli anni prima |  | == | == | == | == | ==",
            "1 | Rilievo della rete ciclab al fondovalle | ile esistente dai quattro paesi | 30% | 1/02 | 31/03 30/04 |  | ",
            "2 | Gara dei lavori |  | 70%* | maggio | settembre | gennaio | novembre",
            "2-bis | Collaudo | della rete | == |  |  | ottobre | novembre",
        ),
        "",
        table(
            "OBIETTIVO 03.01.02.A1.00001 | Titolo | Piste ciclabili del fondovalle |  |  | ",
            " | Monitoraggio |  |  |  | ",
            "Avanzamento al 30/06/2024 | La rete ciclabile esistente dai quattro paesi al fondovalle è rilevata. |  |  |  | ",
            " | RAGGIUNTO 100% | NON RAGGIUNTO 0% | PARZIALMENTE RAGGIUNTO (40%) | X | in quanto: la gara manca",
            "Avanzamento al 31/12/2024 | La gara è chiusa. |  |  |  | ",
            " | RAGGIUNTO 100% | X NON RAGGIUNTO 0% | PARZIALMENTE RAGGIUNTO (XX%) |  | in quanto: tutto fatto",
        ),
        "",
    )
)
