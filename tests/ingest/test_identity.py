"""Who, when and what a document is, guessed from its words, with the words as evidence; never from a list of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Document
from ingest.blocks import Block, Blocks, Place, Row
from ingest.identity import identify
from ingest.limits import Limits
from ingest.readers import read_blocks
from ingest.readers.text import blocks_of


def identity(text: str, name: str = "documento.txt") -> Document:
    return identify(Blocks(name, "text", tuple(blocks_of(text, name, Limits()))))


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("COMUNE DI SAN GIOVANNI IN VALLE\nProvincia di Prova", "Comune di San Giovanni in Valle"),
        ("Unione dei Comuni della Bassa Valle - via Roma 1", "Unione dei Comuni della Bassa Valle"),
        ("Unione delle Terre Alte Corso Italia 3\nL'Unione delle Terre Alte approva.", "Unione delle Terre Alte"),
        ("UNIONE MONTANA DEI COMUNI DELL'ALTA LUNA", "Unione Montana dei Comuni dell'Alta Luna"),
        ("Provincia di Prova\nComune di Roccabruna\nIl Comune di Roccabruna approva.", "Comune di Roccabruna"),
        ("CITTÀ DI FONTEVIVA\nRelazione", "Comune di Fonteviva"),
        ("Città Metropolitana di Lungomare\nPIAO", "Città Metropolitana di Lungomare"),
        ("PIAO 2026\nla città di Montechiaro e i suoi quartieri", "Comune di Montechiaro"),
        ("Il comune di uno stato europeo con cui gemellarsi", None),
        ("Comune di La Serra sul Rio", "Comune di La Serra sul Rio"),
        ("Relazione senza ente", None),
    ],
)
def test_entity(text: str, entity: str | None) -> None:
    assert identity(text).entity == entity


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("RELAZIONE SULLA PERFORMANCE ANNO 2022\nApprovata con delibera n. 43 del 27/04/2023", 2022),
        ("PIAO 2026-2028\nSezione performance", 2026),
        ("Piano della performance 2023/2025", 2023),
        ("PIANO DI MANDATO 2019-2024\nRelazione sulla gestione 2021", 2021),
        ("Relazione\nai sensi del d.lgs. 150/2009 e della legge 190 del 2012", None),
        ("Delibera del 12 marzo 2023\nRendicontazione obiettivi anno 2022", 2022),
    ],
)
def test_year(text: str, year: int | None) -> None:
    assert identity(text).year == year


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Relazione consuntiva Piano della Performance\nAnno 2021", "relazione_performance"),
        ("RELAZIONE SULLA PERFORMANCE 2022", "relazione_performance"),
        ("Relazione sulla gestione 2021\nAppendice", "relazione_gestione"),
        ("PIANO INTEGRATO DI ATTIVITÀ E ORGANIZZAZIONE 2026-2028", "piao"),
        ("SEZIONE 2. VALORE PUBBLICO, PERFORMANCE E ANTICORRUZIONE\nPIANO DELLE PERFORMANCE 2023-2025", "piao"),
        ("Piano della performance 2018", "piano_performance"),
        ("Documento Unico di Programmazione 2025-2027", "dup"),
        ("Piano esecutivo di gestione 2025", "peg"),
        ("Verbale della seduta", None),
    ],
)
def test_type(text: str, kind: str | None) -> None:
    assert identity(text).document_type == kind


def test_evidence_is_quoted() -> None:
    found = identity("COMUNE DI PROVA\nRelazione sulla performance 2022")
    assert found.evidence == {"entity": "COMUNE DI PROVA", "year": "Relazione sulla performance 2022",
                              "document_type": "Relazione sulla performance 2022"}  # fmt: skip


def test_the_file_name_is_the_last_resort() -> None:
    found = identity("Testo qualunque.", "piao_2025.txt")
    assert (found.year, found.document_type) == (2025, "piao")
    assert found.evidence["year"] == "nome del file «piao_2025.txt»"


@pytest.mark.parametrize("extension", ["txt", "docx", "pdf"])
@pytest.mark.parametrize(
    ("stem", "entity", "year", "kind"),
    [
        ("bellusco-mezzago_relazione-performance_2020", "Unione Lombarda dei Comuni di Bellusco e Mezzago", 2020,
         "relazione_performance"),
        ("cremona_relazione-performance_2022", "Comune di Cremona", 2022, "relazione_performance"),
        ("segrate_piao-performance-variazioni_2023", "Comune di Segrate", 2023, "piao"),
        ("terre-argine_relazione-gestione_2021", "Unione delle Terre d'Argine", 2021, "relazione_gestione"),
        ("terre-argine_relazione-performance_2021", "Unione delle Terre d'Argine", 2021, "relazione_performance"),
    ],
)  # fmt: skip
def test_real_documents(shared: Path, stem: str, entity: str, year: int, kind: str, extension: str) -> None:
    """By their words alone: the file is read under a name that says nothing."""
    blocks = read_blocks(shared / "corpus" / f"{stem}.{extension}", name=f"documento.{extension}")
    found = identify(blocks)
    assert (found.entity, found.year, found.document_type) == (entity, year, kind)


def test_the_year_of_a_column_is_not_that_of_the_plan() -> None:
    """"Situazione al 2024" at the head of every table says less than the span in the title."""
    head = Row(("Indicatore", "Situazione al 2024", "Target 2025"), Place(line=2))
    tables = [Block("table", Place(line=2 + n), rows=(head, Row(("Giorni", "3", "2"), Place(line=3 + n)))) for n in range(4)]
    title = Block("paragraph", Place(line=1), "Schede obiettivo di performance 2025-2027")
    assert identify(Blocks("x.pdf", "pdf", (title, *tables))).year == 2025
