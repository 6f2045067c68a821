"""Management and service sheets: a fictitious body's sheets, and the real document where present."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Card, Document, Reading
from ingest.blocks import Blocks, Place
from ingest.dialects import management_sheet, service_sheet
from ingest.dialects._sheet_calendar import Calendar
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_phases import PhaseDraft
from ingest.dialects.part import Part
from ingest.limits import Limits
from ingest.readers.text import blocks_of

DOCUMENT = Document(name="valfinta.txt", entity="Comune di Valfinta")
MONTHS = "Gennaio|Febbraio|Marzo|Aprile|Maggio|Giugno|Luglio|Agosto|Settembre|Ottobre|Novembre|Dicembre"

MANAGEMENT = """\
OBIETTIVO GESTIONALE MODIFICATO

DIREZIONE CULTURA|||
ASSESSORE||DIRIGENTE|
Bianchi Ugo||Neri Lia|
PO / RESPONSABILE||SEZIONE|
Verdi Pia||BIBLIOTECA|
MISSIONE (SeS e SeO DUP)||PROGRAMMA (SeO DUP)|
05 Tutela dei beni culturali||02 Attività culturali|
OBIETTIVO STRATEGICO||OBIETTIVO OPERATIVO|
3.01 - Leggere di più||Sale aperte|
PROGETTO|||
3.01.02 - Biblioteca di sera|||
FINALITÀ|Aprire la biblioteca dopo cena||
Titolo Obiettivo:|Biblioteca serale|Orizzonte Temporale:|2031 - 2032
Descrizione Obiettivo:|Si apre due sere a settimana.||

Descrizione delle fasi di attuazione|||
1|accordo con i volontari|6|bilancio finale (2032)
2|~~nuovo impianto luci~~|7|
2|pulizia dell'impianto luci|8|
INDICATORI DI PERFORMANCE|||

Indici di Quantità|ATTESO|RAGGIUNTO al 31.07.2031|Scost. al 31.07.2031|RAGGIUNTO al 31.12.2031|Scost. al 31.12.2031
n. serate|>= 40|15||42|2
Indici di Tempo|ATTESO|RAGGIUNTO al 31.07.2031|Scost. al 31.07.2031|RAGGIUNTO al 31.12.2031|Scost. al 31.12.2031
% Rispetto fasi e tempi|100%||||
Indici di Costo|ATTESO|RAGGIUNTO al 31.07.2031|Scost. al 31.07.2031|RAGGIUNTO al 31.12.2031|Scost. al 31.12.2031

CRONOPROGRAMMA (2031 - 2033)

FASI E TEMPI|% Raggiunta Anni Precedenti|2031|||||||||||||||2032|2033
||""" + MONTHS + """|% Target al 31-lug|% Gap al 31-lug|% Target al 31-dic|% Gap al 31-dic||
1||50%|50%|||||||||||100%||100%|||
2|||||||||30%|70%|||||||100%||
6|||||||||||||||||||100%|

PERSONALE DIRIGENZIALE E DEI LIVELLI COINVOLTI NELL'OBIETTIVO

Cat.|Cognome e Nome|Note eventuali|% Partecipazione
C|GIALLI TEA||70,00%
D|BLU IVO|da marzo|30,00%
|||100,00%
P.O./Responsabile DIRIGENTE|Verdi Pia Neri Lia||

RISORSE UTILIZZATE

Tipologia|Descrizione|Costo
Forniture|lampade a basso consumo|1.200,00 €
|COSTO RISORSE|1.200,00 €
"""

SERVICE = """\
OBIETTIVO ISTITUZIONALE MODIFICATO

DIREZIONE CULTURA

ASSESSORE: Bianchi Ugo|DIRIGENTE: Neri Lia
MISSIONE (SeS e SeO DUP): 05 Tutela dei beni culturali|PROGRAMMA (SeO DUP): 02 Attività culturali
RESPONSABILE: Verdi Pia|SEZIONE: Biblioteca e archivio (dal 2030: anche museo) FUNZIONARIO: Verdi Pia
SERVIZIO: PRESTITO LIBRI|
ATTIVITA' ISTITUZIONALE|
Prestito e rientro dei libri|
Acquisto delle novità|

Indicatore|U.M.|a.s. 2028/2029|a.s. 2029/2030|target a.s. 2030/2031|target a.s. 2031/2032
n. prestiti|n.|900|1.000|>= 1.000|>= 1.100
"""


def blocks(text: str, swap: bool = True) -> Blocks:
    return Blocks("valfinta.txt", "text", tuple(blocks_of(text.replace("|", "\t") if swap else text, "valfinta.txt", Limits())))


def management(text: str = MANAGEMENT) -> Part:
    return management_sheet.read(blocks(text), DOCUMENT)


@pytest.fixture(scope="module")
def card() -> Card:
    return management().cards[0]


def test_header(card: Card) -> None:
    assert (card.kind, card.status, card.year) == ("objective", "modified", 2031)
    assert (card.directorate, card.section, card.manager) == ("DIREZIONE CULTURA", "BIBLIOTECA", "Neri Lia")
    assert (card.politician, card.responsible) == ("Bianchi Ugo", "Verdi Pia")
    assert (card.mission, card.mission_name) == ("05", "Tutela dei beni culturali")
    assert (card.programme, card.programme_name) == ("02", "Attività culturali")
    assert (card.strategic_objective, card.operational_objective) == ("3.01 - Leggere di più", "Sale aperte")
    assert (card.project, card.purpose) == ("3.01.02 - Biblioteca di sera", "Aprire la biblioteca dopo cena")
    assert (card.title, card.horizon) == ("Biblioteca serale", "2031 - 2032")
    assert card.description == "Si apre due sere a settimana."
    assert card.place("manager").line == 5


def test_values_under_labels_are_told_by_order_when_they_slid() -> None:
    text = MANAGEMENT.replace("ASSESSORE||DIRIGENTE|", "|ASSESSORE||DIRIGENTE")
    (card,) = management(text).cards
    assert (card.politician, card.manager) == ("Bianchi Ugo", "Neri Lia")


def test_phases_run_down_both_columns_and_a_struck_one_is_replaced(card: Card) -> None:
    assert [(p.number, p.text, p.status) for p in card.phases] == [
        ("1", "accordo con i volontari", "active"),
        ("2", "nuovo impianto luci", "replaced"),
        ("2", "pulizia dell'impianto luci", "active"),
        ("6", "bilancio finale (2032)", "active"),
    ]


def test_timetable_goes_to_the_phase_in_force(card: Card) -> None:
    first, struck, replacing, last = card.phases
    assert first.schedule == {"2031-01": "50%", "2031-02": "50%"}
    assert first.due == {"2031-07-31": "100%", "2031-12-31": "100%"}
    assert (struck.schedule, struck.due) == ({}, {})
    assert replacing.schedule == {"2031-08": "30%", "2031-09": "70%"}
    assert replacing.due == {"2031-12-31": "100%"}
    assert last.schedule == {"2032": "100%"}
    assert last.due == {}


def test_indicators_by_kind_with_expected_and_reached_values(card: Card) -> None:
    evenings, tempo = card.indicators
    assert (evenings.name, evenings.kind, evenings.targets) == ("n. serate", "quantita", {"2031": ">= 40"})
    assert (evenings.interim, evenings.actuals, evenings.deviation) == ({"2031": "15"}, {"2031": "42"}, "2")
    assert (tempo.kind, tempo.targets, tempo.actuals) == ("tempo", {"2031": "100%"}, {})


def test_staff_and_resources_without_their_totals(card: Card) -> None:
    assert [(s.category, s.name, s.share) for s in card.staff] == [("C", "GIALLI TEA", "70,00%"), ("D", "BLU IVO", "30,00%")]
    assert [(r.description, r.cost) for r in card.resources] == [("lampade a basso consumo", "1.200,00 €")]
    (total,) = management().declared
    assert (total.kind, total.value, total.measure) == ("resources", "1.200,00 €", "amount")


def test_every_line_of_the_sheet_is_used_and_nothing_is_reported() -> None:
    part = management()
    whole = {row.place.line for block in blocks(MANAGEMENT).blocks if block.kind == "table" for row in block.rows}
    assert whole <= {line for _, line in part.used}
    assert not part.warnings


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\n".join(line for line in text.splitlines() if line.strip()),  # no blank lines between tables
        lambda text: "\n".join("|" + line if "|" in line else line for line in text.splitlines()),  # an empty first column
        lambda text: "\n".join(line + "||" if "|" in line else line for line in text.splitlines()),
        lambda text: text.replace("INDICATORI DI PERFORMANCE|||\n", "").replace("RISORSE UTILIZZATE\n", ""),
    ],
)
def test_the_same_sheet_in_other_tables(change: object, card: Card) -> None:
    (other,) = management(change(MANAGEMENT)).cards  # type: ignore[operator]
    drop = {"source", "provenance"}
    assert other.model_dump(exclude=drop) == card.model_dump(exclude=drop)


def test_two_sheets_without_status_lines_stay_apart() -> None:
    text = MANAGEMENT.replace("OBIETTIVO GESTIONALE MODIFICATO\n", "")
    first, second = management(text + "\n" + text.replace("Biblioteca serale", "Biblioteca estiva")).cards
    assert (first.title, second.title) == ("Biblioteca serale", "Biblioteca estiva")
    assert second.directorate == "DIREZIONE CULTURA"
    assert first.status is None


def timetable(row: tuple[str, ...], phase: str = "una fase") -> tuple[PhaseDraft, Trace]:
    trace = Trace("x")
    calendar = Calendar(trace, year=2031)
    draft = PhaseDraft("1", 0, Place(line=1), phase)
    years = ("FASI E TEMPI", "", "2031", *[""] * 15, "2032", "2033")
    months = ("", "", *MONTHS.split("|"), "% Target al 31-lug", "% Gap al 31-lug", "% Target al 31-dic", "% Gap al 31-dic")
    for cells in (years, months, row):
        assert calendar.read(Line(cells, Place(line=1)), [draft])
    return draft, trace


def test_checkpoints_that_slid_are_told_by_the_sum_of_the_months() -> None:
    draft, _ = timetable(("1", "", "60%", "40%", *[""] * 13, "100%", "", "100%"))
    assert draft.due == {"2031-07-31": "100%", "2031-12-31": "100%"}


def test_a_checkpoint_under_its_heading_stays_there_even_if_the_months_contradict_it() -> None:
    draft, _ = timetable(("1", "", *[""] * 11, "50%", "50%", "", "100%"))
    assert draft.schedule == {"2031-12": "50%"}
    assert draft.due == {"2031-07-31": "50%", "2031-12-31": "100%"}


def test_a_value_too_many_is_reported() -> None:
    draft, trace = timetable(("1", "", "50%", "50%", *[""] * 10, "7%", "100%", "100%"))
    assert draft.due == {"2031-07-31": "100%", "2031-12-31": "100%"}
    assert "7%" in trace.warnings[0].message


def test_service_sheet() -> None:
    (card,) = service_sheet.read(blocks(SERVICE), DOCUMENT).cards
    assert (card.kind, card.title, card.status, card.year) == ("service", "PRESTITO LIBRI", "modified", 2031)
    assert (card.directorate, card.manager, card.politician) == ("DIREZIONE CULTURA", "Neri Lia", "Bianchi Ugo")
    assert card.section == "Biblioteca e archivio (dal 2030: anche museo)"
    assert (card.mission, card.programme_name) == ("05", "Attività culturali")
    assert card.activities == ("Prestito e rientro dei libri", "Acquisto delle novità")
    (loans,) = card.indicators
    assert loans.unit == "n."
    assert loans.history == {"a.s. 2028/2029": "900", "a.s. 2029/2030": "1.000"}
    assert loans.targets == {"a.s. 2030/2031": ">= 1.000", "a.s. 2031/2032": ">= 1.100"}
    assert card.place("activities[1]").line == 11


def test_sheets_of_one_kind_are_not_read_by_the_other() -> None:
    assert not service_sheet.read(blocks(MANAGEMENT), DOCUMENT).cards
    assert not management_sheet.read(blocks(SERVICE), DOCUMENT).cards
    assert management_sheet.matches(blocks(SERVICE)) == 0.0


@pytest.fixture(scope="module", params=["txt", "docx", "pdf"])
def real(request: pytest.FixtureRequest, shared: Path) -> Reading:
    from ingest.reading import read

    return read(shared / "corpus" / f"segrate_piao-performance-variazioni_2023.{request.param}")


def test_real_document(real: Reading) -> None:
    assert [(c.kind, c.number, c.status) for c in real.cards] == [
        ("objective", "7", "eliminated"), ("objective", "1", "modified"), ("objective", "6", "modified"),
        ("objective", "8", "modified"), ("objective", "21", "modified"), ("service", "8", "modified"),
        ("service", "13", "modified"), ("service", "16", "modified"), ("service", "43", "modified"),
    ]  # fmt: skip
    assert [len(c.variations) for c in real.cards] == [1, 1, 4, 2, 2, 5, 2, 4, 3]
    assert [len(c.phases) for c in real.cards[:5]] == [5, 8, 6, 7, 8]
    assert {c.year for c in real.cards} == {2023}
    seventh = real.cards[1].phases[6]
    assert seventh.schedule == {"2023-07": "50%", "2024": "50%"}
    assert seventh.due == {"2023-07-31": "50%", "2023-12-31": "50%"}
    assert len(real.listed) == 9
