"""DUP indicators, resource tables and strategic maps of an invented union."""

from __future__ import annotations

from ingest.dialects import dup_indicators, resource_table, strategic_map
from tests.ingest.dialects.terre_texts import DOCUMENT, blocks, table

HEAD = (
    "codice indicatore | indicatore | Assessore di riferimento | Dirigente di riferimento | valore di riferimento Mandato "
    "| Anno DUP/SEO | Stato av infrannuale | Cons | Target 2023 | Target 2024 | Target 2025"
)
DUP = "\n".join(
    (
        "Indirizzo Strategico / Obiettivo Strategico / Missione / Programma / Obiettivo Operativo", "",
        "02 - ACQUA E BOSCHI/", "", "01 - Perdite della rete 0-6/", "", "09 - Sviluppo sostenibile;", "12 - Diritti sociali/", "",
        "04 - Servizio idrico integrato/", "", "03 - Ridurre le perdite", "nei quattro paesi/", "",
        table(HEAD,
              "00201 | % perdite di rete | Pia Sala | Ada Fontana | 34,5% | 2023 | 33% | 32,8% | ≤ 33% | ≤ 31% | ≤ 30%",
              " |  |  |  |  | 2024 | Non rilevabile | 31,9% | == | ≤ 32% | ≤ 30%",
              "00202 | Allacci nuovi | Pia Sala | Ada Fontana | 40 | 2023 | 12 | 41 | 40 | 45 | 50",
              " |  |  |  |  | 2024 | 20 | 44 | == | 42 | 50"), "",
        "Indicatore 000201 – consuntivo 2024: la siccità ha pesato.", "", "Target: il valore 2025 resta fermo.", "",
        "Indicatore 00999: nota su un codice che non c'è.", "",
    )
)  # fmt: skip


def test_two_plan_rows_give_targets_by_plan_and_the_latest_ones() -> None:
    card = dup_indicators.read(blocks(DUP), DOCUMENT).cards[0]
    indicator = card.indicators[0]
    assert indicator.targets == {"2023": "==", "2024": "≤ 32%", "2025": "≤ 30%"}
    assert indicator.targets_by_plan["2023"] == {"2023": "≤ 33%", "2024": "≤ 31%", "2025": "≤ 30%"}
    assert (indicator.baseline, indicator.interim, indicator.actuals) == (
        "34,5%", {"2023": "33%", "2024": "Non rilevabile"}, {"2023": "32,8%", "2024": "31,9%"},
    )  # fmt: skip


def test_the_path_above_gives_mission_programme_and_objectives() -> None:
    card = dup_indicators.read(blocks(DUP), DOCUMENT).cards[1]
    assert (card.mission, card.mission_name) == ("09", "Sviluppo sostenibile; 12 - Diritti sociali")
    assert (card.programme, card.programme_name) == ("04", "Servizio idrico integrato")
    assert card.strategic_objective == "01 - Perdite della rete 0-6"
    assert card.operational_objective == "03 - Ridurre le perdite nei quattro paesi"


def test_notes_go_to_the_indicator_they_name_even_with_a_zero_too_many() -> None:
    part = dup_indicators.read(blocks(DUP), DOCUMENT)
    note = part.cards[0].indicators[0].note
    assert note == "Indicatore 000201 – consuntivo 2024: la siccità ha pesato.\nTarget: il valore 2025 resta fermo."
    assert part.cards[0].place("indicators[0].note").line == 21
    assert part.cards[1].indicators[0].note is None
    assert [(w.line, "00999" in w.message) for w in part.warnings] == [(25, True)]


def test_places_point_to_the_plan_row() -> None:
    card = dup_indicators.read(blocks(DUP), DOCUMENT).cards[1]
    assert card.place("indicators[0].actuals.2024").line == card.place("indicators[0]").line + 1  # type: ignore[operator]
    assert card.source.lines == (18, 19)


RESOURCES = table(
    "Indirizzo strategico |  | Obiettivo strategico |  | Missione |  | Programma | Consuntivo 2024 | Consuntivo 2023",
    "2. ACQUA E BOSCHI | 1 | Perdite della rete | 9 | Sviluppo sostenibile | 4 | Servizio idrico | 1.250,00 | 900,50",
    " |  |  |  |  | 5 | Aree protette | 300,00 | 0,00",
    " |  |  | 3. SCUOLE | 2 | Mense | 4 | Istruzione | 6 | Servizi ausiliari | 10,00 | 20,00",
    "2 Totale |  |  |  |  |  |  | 1.550,00 | 900,50",
    "4 Totale |  |  |  |  |  |  |  | ",
)


def test_resource_rows_are_read_where_they_stand_or_shifted() -> None:
    part = resource_table.read(blocks("Tabella 1 – Risorse\n\n" + RESOURCES), DOCUMENT)
    now, before = part.cards
    assert (now.year, before.year) == (2024, 2023)
    assert [(r.description, r.cost) for r in now.resources] == [
        ("2. ACQUA E BOSCHI > 1 - Perdite della rete > 9 - Sviluppo sostenibile > 4 - Servizio idrico", "1.250,00"),
        ("2. ACQUA E BOSCHI > 1 - Perdite della rete > 9 - Sviluppo sostenibile > 5 - Aree protette", "300,00"),
        ("3. SCUOLE > 2 - Mense > 4 - Istruzione > 6 - Servizi ausiliari", "10,00"),
    ]
    assert [(d.name, d.value) for d in part.declared] == [("2 Totale 2024", "1.550,00"), ("2 Totale 2023", "900,50")]
    assert len(part.warnings) == 1
    assert "4 Totale" in part.warnings[0].message


MAP = table(
    "Indirizzo Strategico | Obiettivo Strategico | Obiettivo Operativo | Obiettivo Esecutivo",
    "02 - ACQUA E | 01 - Perdite | 01 - Cercare le perdite | A1.00004 - Sensori in",
    "BOSCHI |  |  | rete",
    "Assessorato: Acque |  | 02 - Ripararle | $1.00005 - Squadre B2.00001 - Gara",
    "03 - Riferire |  |  | ",
)


def test_the_map_carries_its_levels_down_and_joins_cut_lines() -> None:
    listed = strategic_map.read(blocks(MAP), DOCUMENT).listed
    assert [(one.level, one.parent, one.code, one.title) for one in listed] == [
        ("strategic_line", None, "02", "ACQUA E BOSCHI"),
        ("strategic_objective", "02", "01", "Perdite"),
        ("operational_objective", "02.01", "01", "Cercare le perdite"),
        ("objective", "02.01.01", "A1.00004", "Sensori in rete"),
        ("operational_objective", "02.01", "02", "Ripararle"),
        ("objective", "02.01.02", "S1.00005", "Squadre"),
        ("objective", "02.01.02", "B2.00001", "Gara"),
        ("strategic_line", None, "03", "Riferire"),
    ]


def test_a_lone_entry_in_the_first_column_goes_on_with_the_last_level() -> None:
    shifted = table(
        "Indirizzo Strategico | Obiettivo Strategico | Obiettivo Operativo", "01 - BOSCHI | 01 - Tagli | 01 - Piano dei tagli",
        "02 - Vendita del legno |  | ", " | 02 - Sentieri | ", " |  | 01 - Segnaletica",
    )  # fmt: skip
    listed = strategic_map.read(blocks(shifted), DOCUMENT).listed
    assert [(one.level, one.parent, one.title) for one in listed[3:]] == [
        ("operational_objective", "01.01", "Vendita del legno"),
        ("strategic_objective", "01", "Sentieri"),
        ("operational_objective", "01.02", "Segnaletica"),
    ]


def test_a_new_strategic_objective_ends_the_operational_one_above() -> None:
    text = table(
        "Indirizzo Strategico | Obiettivo Strategico | Obiettivo Operativo | Obiettivo Esecutivo",
        "01 - BOSCHI | 01 - Tagli | 01 - Piano | A1.00001 - Martellata",
        " | 02 - Sentieri |  | A1.00002 - Frecce",
    )
    assert strategic_map.read(blocks(text), DOCUMENT).listed[-1].parent == "01.02"


def test_none_of_them_claims_an_unknown_table() -> None:
    other = blocks(table("Nome | Valore", "a | 1"))
    assert [d.matches(other) for d in (dup_indicators, resource_table, strategic_map)] == [0.0, 0.0, 0.0]
