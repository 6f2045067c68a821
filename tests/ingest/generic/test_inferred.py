"""Headers that nobody listed: what their stems, the values under them and the other columns make of them; and what stays unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.dialects.part import Part
from ingest.generic import read_tables
from ingest.generic.beside import beside
from ingest.generic.evidence import Values, kind_of
from ingest.generic.guess import guesses
from ingest.generic.infer import inferred, inferred_lines
from ingest.identity import identify
from ingest.reading import read
from ingest.tidy import tidied

from .test_layouts import blocks_from

#: Tables of a plan that hold no objective: budgets, people, risks, marks. Some have columns of expected and reached values.
OTHER_TABLES = [
    "Titolo\tDescrizione\tPrevisto 2025\tAccertato 2025\nI\tEntrate tributarie\t1.000.000\t980.000\nII\tTrasferimenti\t500.000\t510.000",
    "Capitolo\tOggetto\tStanziamento iniziale\tStanziamento attuale\n101\tCancelleria\t1.000\t1.200\n102\tCarburante\t2.000\t2.000",
    "Voce\tDescrizione\tValore previsto\tValore accertato\n1\tImposta municipale\t400.000\t410.000\n2\tTassa rifiuti\t300.000\t280.000",
    "Ufficio\tResponsabile\tTelefono\nTributi\tDott. Ugo Re\t0521 123456\nScuola\tDott.ssa Ada Po\t0521 654321",
    "Rischio\tProbabilità\tMisura di prevenzione\tTermine\nAccordi collusivi\t3\tRotazione degli incarichi\t31/12/2026",
    "Fattore di valutazione\tDescrizione\tPeso\nAutonomia\tSa lavorare senza una guida continua\t30\nOrdine\tTiene in ordine\t70",
    "Chi lo approva?\tLa Giunta comunale.\nQuando si approva?\tEntro il 31 gennaio.\nChe cos'è il piano?\tUn documento.",
    "Profilo\tCessazioni previste\tAssunzioni previste\nIstruttore\t3\t2\nFunzionario\t1\t1",
]


def read_of(sheet: str) -> Part:
    blocks = tidied(blocks_from(sheet))
    return read_tables(blocks, identify(blocks))


def fields_of(sheet: str) -> dict[str, str]:
    return inferred(next(block for block in blocks_from(sheet).blocks if block.kind == "table").rows)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Cosa vogliamo ottenere", "title"), ("Come lo misuriamo", "indicator.name"), ("Dove vogliamo arrivare", "indicator.target"),
        ("Da dove partiamo", "indicator.baseline"), ("Di quanto pesa", "weight"), ("Chi se ne occupa", "responsible"),
        ("Perché lo facciamo", "purpose"), ("Valore accertato", "indicator.actual"), ("Entro quando", "end"),
    ],
)  # fmt: skip
def test_stems_speak_for_a_field(header: str, field: str) -> None:
    assert max(guesses(header).items(), key=lambda one: one[1])[0] == field


def test_a_word_of_no_field_says_nothing() -> None:
    assert not guesses("Colore preferito")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("≥ 90%", "percent"), ("40/100", "quantity"), ("31/03/2026", "date"), ("X", "mark"), ("Raggiunto", "verdict"), ("PR", "verdict"),
     ("Ing. Ugo Sala", "person"), ("Settore Tributi", "office"), ("n.", "uom"), ("-", "blank"), ("OB.1.2", "code")],
)  # fmt: skip
def test_kinds_of_values(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_weights_make_a_whole_or_are_hundredths() -> None:
    assert Values(["30", "45", "25"]).fit("weight") > Values(["30", "45", "26"]).fit("weight")
    assert Values(["31/03/2026"]).fit("weight") < 0
    assert "weight" in Values(["30/100", "70/100"]).speak()


def test_two_columns_do_not_hold_the_same_thing() -> None:
    """ "Metrica" alone is the indicator; beside "Indicatore" it is how it is computed. "Raggiunto (S/N)" is no result in figures."""
    sheet = "Obiettivo\tIndicatore\tMetrica\tTarget\nUno\tPratiche\tpratiche / totale\t7\nDue\tGiorni\tmedia\t3"
    assert fields_of(sheet) == {"metrica": "indicator.formula"}
    sheet = "Obiettivo\tIndicatore\tAtteso\tRisultato\tRaggiunto (S/N)\nUno\ta\t7\t8\tS\nDue\tb\t3\t2\tN"
    assert fields_of(sheet) == {"raggiunto s n": "outcome"}


def test_values_that_deny_a_header_are_believed() -> None:
    sheet = "Obiettivo\tCome si misura\tDove si arriva\tNome\nUno\tOre svolte\t7\tx\nDue\tGiorni persi\t3\ty"
    assert fields_of(sheet)["dove si arriva"] == "indicator.target"
    assert "dove si arriva" not in fields_of(sheet.replace("\t7\t", "\tDott. Ugo Re\t").replace("\t3\t", "\tDott. Leo Bo\t"))


def test_what_a_person_said_of_a_column_wins() -> None:
    rows = blocks_from("Obiettivo\tIndicatore\tMeta da toccare\nUno\ta\t7\nDue\tb\t3").blocks[0].rows
    assert inferred(rows) == {"meta da toccare": "indicator.target"}
    assert inferred(rows, {"meta da toccare": ""}) == {}


def test_labels_of_lines_speak_together() -> None:
    text = "Che cosa: Rifare i ponti\n\nCome si misura: Ponti rifatti\n\nQuanto: 4\n\nEntro: 31/10/2026"
    found = inferred_lines(blocks_from(text).blocks)
    assert (found["che cosa"], found["quanto"]) == ("title", "indicator.target")


def test_sheets_side_by_side_are_parted() -> None:
    row = "Obiettivo\tUno\tObiettivo\tDue\nPeso\t40\tPeso\t60\nIndicatore\ta\tIndicatore\tb"
    left, right = beside(blocks_from(row).blocks[0].rows, None)
    assert [cell for one in left for cell in one.cells if cell] == ["Obiettivo", "Uno", "Peso", "40", "Indicatore", "a"]
    assert right[0].cells == ("", "", "Obiettivo", "Due"), "the columns keep their place"


@pytest.mark.parametrize("text", OTHER_TABLES)
def test_no_card_from_other_tables(text: str) -> None:
    blocks = tidied(blocks_from("PIANO DELLA PERFORMANCE 2025\n\n" + text))
    assert read_tables(blocks, identify(blocks)).cards == ()


def test_one_row_of_words_in_disorder_is_no_sheet() -> None:
    """A single row of two pairs inside a table, or labels as long as sentences: nothing of it is known, nothing is guessed."""
    row = "città essere visite misura\tpartenza\tobiettivo edilizi coinvolto\t966,9"
    assert fields_of(f"uno due tre\tquattro cinque sei\tsette\tx\n{row}") == {}
    long = "gestionale anno obiettivo rita provincia sfalciati\tpeso norma\nsfalciati peso barriera provincia montesanto cosa\t22"
    assert fields_of(f"{long}\nqualcosa di obiettivi da sostituire ora\t12") == {}
    assert fields_of(f"Obiettivo\tRifare i ponti\nMeta da toccare\t7\n{row}").get("meta da toccare") == "indicator.target"


def test_lines_of_words_in_disorder_are_no_sheet() -> None:
    """Lines "etichetta: valore" whose labels are rows of words, none of them known: no label is guessed among them."""
    lines = ("banco lampioni obiettivo target obiettivi: avvisi della scuola comunale del 2026",
             "sfalci mensa obiettivi canile peso: 934.34", "della mensa avvisi scheda schede peso ponti: alto giorno servizio")
    assert inferred_lines(blocks_from("\n\n".join(lines)).blocks) == {}
    short = ("Cosa vogliamo ottenere: Rifare i marciapiedi", "Dove vogliamo arrivare: 12 km", "Chi lo deve fare: Arch. Ugo Bo")
    assert set(inferred_lines(blocks_from("\n\n".join(short)).blocks).values()) == {"title", "indicator.target", "responsible"}


def test_a_row_with_a_sum_or_a_heap_of_years_in_it_is_no_header() -> None:
    """Of words in disorder: a sum where a header should stand, or a header with more years than a plan has."""
    rows = ["{}\tObiettivo\tFase\tTarget {}", "orto\tRifare i ponti\tGara\t12", "banco\tAprire il canile\tProgetto\t7"]
    headers = (("Area", "2026"), ("Area", "2025 2026 2027"), ("352,72", "2026"), ("Area", "2025 2026 2025 2025"))
    cards = [len(read_of("\n".join([rows[0].format(*header), *rows[1:]])).cards) for header in headers]
    assert cards == [2, 2, 0, 0]


def test_a_known_label_among_sentences_is_no_sheet() -> None:
    """Three known labels among as many sentences and figures as make a heap of words: no card, and the report says it."""
    known = ("Obiettivo", "valore iscrizione", "Responsabile", "incidenza totale scuole", "Valore atteso", "505,5")
    heap = [f"{word} archivio portone lettere mensili\t{n}" for n, word in enumerate(("orto", "ponte", "banco", "canile", "mensa"))]
    rows = [*("\t".join(known[n : n + 2]) for n in (0, 2, 4)), *heap, "425,26\tlaboratori"]
    assert len(read_of("\n".join([*rows[:3], "Protocollo\t12", "CUP\tB1", "Tel.\t30"])).cards) == 1
    part = read_of("\n".join(rows))
    assert part.cards == ()
    assert "«valore iscrizione»" in part.warnings[0].message
    two = ["Obiettivo\tponti barriera", "Misura\tguardrail metri", *heap[:2]]
    assert [len(read_of("\n".join(two[:n])).cards) for n in (2, 3)] == [1, 0]
    assert read_of("Obiettivo\tponti barriera\nResponsabile\torto e canile\nIndicatore\t371,64").cards == ()
    figure = ["Obiettivo\tponti barriera", "Peso\t40", "Indicatore\t371,64"]
    assert [len(read_of("\n".join([*figure, *heap[:n]])).cards) for n in (0, 1)] == [1, 0]


def test_a_budget_as_wide_as_the_indicators_above_is_not_more_of_them() -> None:
    card = "Obiettivo\tRifare i ponti\n\nIndicatore\tMetodo\tValore atteso\nPonti rifatti\tconteggio\t4\n\n"
    more, budget = "Ponti chiusi\tconteggio\t2", "Capitolo\tOggetto\tStanziamento\nU 01\tLavori\t12.000,00"
    assert [[i.name for i in read_of(card + rows).cards[0].indicators] for rows in (more, budget)] == [
        ["Ponti rifatti", "Ponti chiusi"], ["Ponti rifatti"],
    ]  # fmt: skip


def test_one_row_under_one_known_header_is_no_table() -> None:
    rows = ["Traguardo da toccare\tTitolo", "12\tRifare i ponti", "7\tAprire il canile"]
    assert [fields_of("\n".join(rows[:n])) != {} for n in (2, 3)] == [False, True]


def test_a_word_alone_is_the_title_only_of_a_label_that_says_so() -> None:
    sheet = "{}\t{}\nCome si misura\tponti fatti\nQuanto vogliamo\t12\nEntro\t31/12/2026"
    shapes = (("Cosa vogliamo", "Digitalizzazione"), ("Cosa vogliamo", "Rifare i ponti"), ("Obiettivo", "Digitalizzazione"))
    assert [len(read_of(sheet.format(*shape)).cards) for shape in shapes] == [0, 1, 1]


def test_a_verdict_and_a_degree_at_two_dates_keep_their_days() -> None:
    rows = ["Obiettivo\tIndicatore\tTarget 2026\tStato al 30/06/2026\tStato al 31/12/2026", "Rifare i ponti\tPonti\t4\tPR\tR"]
    sheet = ["Obiettivo\tRifare i ponti", "Grado di raggiungimento al 30/06/2026\t40%", "Grado di raggiungimento al 31/12/2026\t90%"]
    table, labels = (read_of("\n".join(lines)).cards[0].outcomes for lines in (rows, sheet))
    assert [(one.label, one.at) for one in table] == [
        ("PR", "2026-06-30"), ("R", "2026-12-31"),
    ]  # fmt: skip
    assert [(one.percent, one.at) for one in labels] == [("40%", "2026-06-30"), ("90%", "2026-12-31")]


def test_a_line_that_names_a_unit_and_who_runs_it_is_read_in_two() -> None:
    line = "AREA TECNICA – Responsabile: geom. Ugo Bo\t~\t~"
    head = "Obiettivo\tIndicatore\tTarget 2026\n"
    part = read_of(f"{head}{line}\nRifare i ponti\tPonti\t4\nAREA AFFARI GENERALI\t~\t~\nAprire il canile\tCani\t9")
    assert [(card.unit, card.responsible) for card in part.cards] == [
        ("AREA TECNICA", "geom. Ugo Bo"), ("AREA AFFARI GENERALI", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "title"),
    [
        ("per l'occupazione del suolo pubblico\n", "Ridurre i tempi medi di rilascio delle autorizzazioni per l'occupazione del suolo pubblico"),
        ("\nper l'occupazione del suolo pubblico\n", "Ridurre i tempi medi di rilascio delle autorizzazioni"),
        ("Premessa dell'ufficio\n", "Ridurre i tempi medi di rilascio delle autorizzazioni"),
    ],
)  # fmt: skip
def test_a_title_that_ends_in_the_next_line(tmp_path: Path, after: str, title: str) -> None:
    text = "Obiettivo 3 - Ridurre i tempi medi di rilascio delle autorizzazioni\n{}Peso: 40\nIndicatore: giorni\nValore atteso: 10\n"
    (tmp_path / "piano.txt").write_text(text.format(after), encoding="utf-8")
    assert [card.title for card in read(tmp_path / "piano.txt").cards] == [title]


def test_a_header_of_six_full_words_says_nothing() -> None:
    sheet = "{}\t☒\trisultato\nservizio di custodia\t\tvero\nponti rifatti dal comune in un anno\t\tvero"
    three, six = "indicatore di piano", "ricollocate piano articolazione persona indicatore stati"
    assert ["indicator.name" in fields_of(sheet.format(header)).values() for header in (three, six)] == [True, False]


def test_who_is_assigned_a_task_is_no_target() -> None:
    assert "indicator.target" in guesses("Valore assegnato")
    assert "indicator.target" not in guesses("Assegnatario")


def test_figures_beyond_a_hundred_speak_against_a_weight() -> None:
    assert Values(["934.34"]).fit("weight") < 0 < Values(["40"]).fit("weight")
    assert Values(["40", "60"]).fit("weight") > Values(["40", "61"]).fit("weight") > Values(["400", "1.200"]).fit("weight")
    assert Values(["120"]).fit("weight") > -1.5, "a weight of 120 under its own name stays a weight, for the checker to see"


def test_a_sentence_beside_one_known_word_is_no_header() -> None:
    sheet = "continuo metri persone sentire previste 2025 gara\tindicatore 2024\n782,48\tattività\n12\tcarte"
    assert fields_of(sheet) == {}


def test_sentences_over_rows_of_any_width_are_no_header() -> None:
    """Long sentences in place of headers, or rows whose cells stand under none of them: words in disorder give no card."""
    sentences = ("raggiunto obiettivo della scuola comunale\tindicatore previsto della frazione\tvalore obiettivo degli anni scorsi",
                 "banca regole\tpeso entrate\t24", "mense nives\tavvisi chiare\t30", "posa lampioni\tmetri sfalciati\t12")
    ragged = ("Cosa vogliamo\tCome lo misuriamo\tDove arriviamo", "banca regole\tpeso entrate\t24\tcasa\tcanile\tmensa",
              "mense nives\tavvisi chiare\t30\tfogne\tsecondo", "posa lampioni\tmetri sfalciati\t12\tbosco\tsole")
    square = (ragged[0], *("\t".join(row.split("\t")[:3]) for row in ragged[1:]))
    assert [fields_of("\n".join(rows)) != {} for rows in (sentences, ragged, square)] == [False, False, True]


def test_labels_of_three_full_words_none_of_them_known_are_no_sheet() -> None:
    words = ("riferimento bene fase", "descrizione marta bando", "servizio obiettivo lotti")
    assert fields_of("\n".join(f"{label}\tanagrafe vicino sportello" for label in words)) == {}
    assert fields_of("\n".join(f"{label}\tanagrafe vicino sportello" for label in ("Titolo", "Settore", "Area", "Finalità", *words))) != {}


def test_headers_spoken_as_questions_are_no_sentences() -> None:
    sheet = ("Che cosa vogliamo ottenere\tCome lo misuriamo\tA quale valore vogliamo arrivare\tChi deve farlo\n"
             "Aprire il canile\tCani accolti\t24\tArch. Ugo Bo\nRifare i ponti\tPonti rifatti\t3\tDott.ssa Ada Po")
    assert set(fields_of(sheet).values()) >= {"title", "indicator.name", "indicator.target"}
