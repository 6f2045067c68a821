"""Request sheets and overview lists: a fictitious body's requests, and the real document where present."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Document, Variation
from ingest.blocks import Block, Blocks, Place
from ingest.dialects import management_sheet, variation_requests
from ingest.dialects._sheet_lines import Line
from ingest.dialects._sheet_requests import Request, request_of
from ingest.dialects._sheet_segments import Segment
from ingest.limits import Limits
from ingest.readers.text import blocks_of

DOCUMENT = Document(name="valfinta.txt", entity="Comune di Valfinta", year=2031)
HEAD = """\
DIREZIONE|SEZIONE
Direzione cultura|Biblioteca

{subject}|N.SCHEDA|RESPONSABILE|AZIONE
{title}|4|VERDI|MODIFICARE

"""


def blocks(text: str) -> Blocks:
    return Blocks("valfinta.txt", "text", tuple(blocks_of(text.replace("|", "\t"), "valfinta.txt", Limits())))


def request(*body: str, subject: str = "TITOLO OBIETTIVO", title: str = "Biblioteca serale") -> Request:
    lines = [Line(tuple(row.split("|")), Place(line=n), table=n // 3) for n, row in enumerate(HEAD.split("\n"), 1) if row]
    named = [tuple(cell.format(subject=subject, title=title) for cell in line.cells) for line in lines]
    head = [Line(cells, line.place, table=line.table) for cells, line in zip(named, lines, strict=True)]
    texts = [Line((text,), Place(line=n), raw=text) for n, text in enumerate(body, 10)]
    return request_of(Segment("request", head + texts))


def changes(*body: str, **said: str) -> list[dict[str, object]]:
    found = request(*body, **said)
    assert not found.unread
    return [{k: v for k, v in variation.to_json().items() if v} for variation, _ in found.variations]


def test_who_asks_about_which_card() -> None:
    found = request("Richiesta: ELIMINARE OBIETTIVO", "Motivazione:", "i fondi non sono arrivati")
    assert (found.title, found.number, found.responsible, found.action) == ("Biblioteca serale", "4", "VERDI", "MODIFICARE")
    assert (found.directorate, found.section, found.service) == ("Direzione cultura", "Biblioteca", False)
    assert [v for v, _ in found.variations] == [
        Variation(action="eliminate", object="objective", old="Biblioteca serale", reason="i fondi non sono arrivati")
    ]


def test_phase_replaced_with_its_reason_and_period() -> None:
    (change,) = changes(
        "Richiesta: MODIFICARE OBIETTIVO", "Fasi", "ELIMINARE", "Fase 3: “firma del patto”", "Motivazione:", "serve altro",
        "tempo", "SOSTITUIRE CON:", "Fase 3: “bozza del patto”", "stesso periodo temporale: 1.4-30.4",
    )  # fmt: skip
    assert change == {
        "action": "replace", "object": "phase", "number": "3", "old": "firma del patto", "reason": "serve altro tempo",
        "new": "bozza del patto stesso periodo temporale: 1.4-30.4",
    }  # fmt: skip


def test_a_phase_replaced_under_another_number_says_so() -> None:
    (change,) = changes("Fasi", "ELIMINARE", 'Fase 7: "graduatoria"', "SOSTITUIRE CON:", 'Fase 2: "firma"')
    assert (change["number"], change["old"], change["new"]) == ("7", "graduatoria", "Fase 2: firma")


@pytest.mark.parametrize(
    ("asked", "action"), [("PROLUNGARE AL 31.1.2032", "extend"), ("POSTICIPARE AL 30.6.2031", "postpone")]
)
def test_phase_moved_in_time(asked: str, action: str) -> None:
    (change,) = changes("Fasi", f"VARIAZIONE TEMPORALE: {asked}", 'Fase 7: "controlli"', "Motivazione: esiti a gennaio")
    assert change == {
        "action": action, "object": "phase", "number": "7", "old": "controlli", "new": asked, "reason": "esiti a gennaio"
    }  # fmt: skip


def test_indicators_dropped_and_added_each_with_its_reason() -> None:
    found = changes(
        "Indici:", "Indici di Quantità:", "ELIMINARE", "“n. serate”", "Motivazione:", "una", "ELIMINARE", "“n. lettori”",
        "Motivazione:", "due", "AGGIUNGERE:", "“n. prestiti”", "Target 2031/2032: almeno 100", "Motivazione:", "tre",
    )  # fmt: skip
    assert [(c["action"], c.get("old"), c.get("new"), c["reason"]) for c in found] == [
        ("eliminate", "n. serate", None, "una"), ("eliminate", "n. lettori", None, "due"), ("add", None, "n. prestiti", "tre"),
    ]  # fmt: skip
    assert found[2]["targets"] == {"2031": "almeno 100", "2032": "almeno 100"}


def test_target_and_indicator_changed_one_after_the_other() -> None:
    first, second, third = changes(
        "Indicatore:", "“Ore di apertura”", "Target 2031/2032: >= 40 h", "VARIAZIONE TARGET", "Nuovo Target 2031/2032: >= 30 h",
        "Motivazione:", "orario nuovo", "Indicatore:", "“N. tessere”", "VARIAZIONE INDICATORE", "Nuovo indicatore:",
        "“N. tessere chieste allo sportello”", "Motivazione:", "nuovo modo", "Target 2031/2032: 70%", "VARIAZIONE TARGET",
        "Nuovo Target 2031/2032: 40%", "Motivazione:", "segue l'indicatore", subject="SERVIZIO",
    )  # fmt: skip
    assert first == {
        "action": "change_target", "object": "indicator", "old": ">= 40 h", "new": ">= 30 h", "reason": "orario nuovo",
        "name": "Ore di apertura", "targets": {"2031": ">= 30 h", "2032": ">= 30 h"},
    }  # fmt: skip
    assert (second["action"], second["old"]) == ("change_indicator", "N. tessere")
    assert second["new"] == third["name"] == "N. tessere chieste allo sportello"
    assert (third["old"], third["new"], third["reason"]) == ("70%", "40%", "segue l'indicatore")


def test_one_reason_for_several_activities() -> None:
    asked = ("VARIAZIONE ATTIVITÀ ISTITUZIONALE:", "Nuova attività istituzionale")
    steps = [
        text
        for old, new in (("prestare", "prestare e spedire"), ("comprare", "comprare e scartare"))
        for text in ("Attività istituzionali:", f"“{old}”", *asked, f"“{new}”")
    ]
    found = changes(*steps, "Motivazione:", "più chiaro", subject="SERVIZIO")
    assert [(c["action"], c["old"], c["new"], c["reason"]) for c in found] == [
        ("change_activity", "prestare", "prestare e spedire", "più chiaro"),
        ("change_activity", "comprare", "comprare e scartare", "più chiaro"),
    ]


def test_a_reason_does_not_reach_back_to_another_object() -> None:
    phase, indicator = changes("Fasi", "ELIMINARE", "Fase 1: “avvio”", "Indici:", "ELIMINARE", "“n. avvii”", "Motivazione:", "x")
    assert "reason" not in phase
    assert indicator["reason"] == "x"


def test_a_reason_whose_heading_was_lost_is_read_and_reported() -> None:
    found = request("Indici:", "ELIMINARE", "“n. serate”", "le serate dipendono dal tempo che fa")
    assert found.variations[0][0].reason == "le serate dipendono dal tempo che fa"
    assert [place.line for _, place in found.unsaid] == [13]


def test_lines_that_mean_nothing_are_kept_apart() -> None:
    found = request("Allegato uno", "Indici:", "ELIMINARE", "“n. serate”")
    assert [line.first for line in found.unread] == ["Allegato uno"]


REQUEST = HEAD.format(subject="TITOLO OBIETTIVO", title="Biblioteca serale") + (
    "Richiesta: MODIFICARE OBIETTIVO\n\nIndici:\n\nELIMINARE\n\n“n. serate”\n\nMotivazione:\n\nnon dipende da noi\n\n"
)
LIST = "Elenco obiettivi gestionali da modificare:\n\nDIREZIONE|SEZIONE|TITOLO OBIETTIVO GESTIONALE|AZIONE\n{rows}\n"


def test_a_request_goes_to_its_card_and_takes_its_number() -> None:
    from tests.ingest.dialects.test_segrate_sheets import MANAGEMENT

    both = blocks(REQUEST + MANAGEMENT)
    (card,) = management_sheet.read(both, DOCUMENT).cards
    assert card.number == "4"
    assert [(v.action, v.old) for v in card.variations] == [("eliminate", "n. serate")]
    assert card.place("variations[0]").line == 11
    used = management_sheet.read(both, DOCUMENT).used
    rest = Blocks("v", "text", tuple(b for b in both.blocks if not any((None, r.place.line) in used for r in b.rows)))
    assert not variation_requests.read(rest, DOCUMENT).cards


def test_a_request_about_a_card_that_is_not_there_is_a_card_by_itself() -> None:
    (card,) = variation_requests.read(blocks(REQUEST), DOCUMENT).cards
    assert (card.kind, card.title, card.number, card.status) == ("objective", "Biblioteca serale", "4", "modified")
    assert (card.directorate, card.section, card.year) == ("Direzione cultura", "Biblioteca", 2031)
    assert len(card.variations) == 1


def test_overview_list() -> None:
    rows = "Direzione cultura|Biblioteca|Biblioteca serale|MODIFICARE\nDirezione cultura|Museo|Museo di notte|ELIMINARE"
    part = variation_requests.read(blocks(LIST.format(rows=rows)), DOCUMENT)
    assert [(x.title, x.unit, x.section, x.action, x.line) for x in part.listed] == [
        ("Biblioteca serale", "Direzione cultura", "Biblioteca", "MODIFICARE", 4),
        ("Museo di notte", "Direzione cultura", "Museo", "ELIMINARE", 5),
    ]
    assert {x.list_name for x in part.listed} == {"Elenco obiettivi gestionali da modificare:"}


def test_a_letter_with_these_words_is_no_request() -> None:
    letter = Block("paragraph", Place(line=1), "Motivazione: si chiede di eliminare la fase 3.")
    assert variation_requests.matches(Blocks("l", "text", (letter,))) == 0.0


@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_real_document(shared: Path, form: str) -> None:
    from ingest.reading import read

    reading = read(shared / "corpus" / f"segrate_piao-performance-variazioni_2023.{form}")
    found = [v for card in reading.cards for v in card.variations]
    assert len(found) == 24
    assert all(v.reason for v in found)
    assert all(v.name for v in found if v.action == "change_target")
    assert [x.action for x in reading.listed] == ["ELIMINARE", *["MODIFICARE"] * 4, *["MODIFICHE"] * 4]
    assert not any("Richiesta" in w.message for w in reading.warnings)
