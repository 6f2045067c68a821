"""What the pages count is said as people say it: one card is "1 scheda", never "1 schede"."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from cards.model import Card, Document, Indicator, Phase, Reading
from commands import archive as archive_commands
from commands import findings as findings_command
from exports.plan_report import figures
from exports.report import Context, findings_sheet, verdict
from ingest.layouts import Layout
from scoring.findings import CheckReport, Skipped
from scoring.nearest import nearest
from scoring.profiles import load_profile
from scoring.results import GroupResult
from scoring.rollup import Part, Total
from store.records import DocumentReport
from ui import archive_intake, check_view
from ui.archive_mapping import name_of
from ui.check_sources import Choice
from ui.result_totals import why_not

NEUTRAL = load_profile("neutro")
CARD = Card(id="c", title="Sportello", phases=(Phase(text="Apertura"),), indicators=(Indicator(name="Utenti"),))
READING = Reading(document=Document(name="piano.pdf"), cards=(CARD,))


@pytest.fixture
def one_page(monkeypatch: pytest.MonkeyPatch) -> None:
    document = SimpleNamespace(id="d", pages=1)
    monkeypatch.setattr(archive_intake, "archive", lambda: SimpleNamespace(documents=lambda: [document]))


def job(*results: Any) -> Any:
    return SimpleNamespace(results=list(results))


def report(status: Any, **given: Any) -> DocumentReport:
    return DocumentReport("piano.pdf", None, status, document_id="d", **given)


def test_a_reading_under_way_counts_one_of_each(one_page: None) -> None:
    told = archive_intake.so_far(job(report("new", cards=1, passages=1), report("failed")))
    assert told == "1 file letto, 1 pagina, 1 scheda, 1 passaggio, 1 non letto. "


def test_and_more_than_one(one_page: None) -> None:
    told = archive_intake.so_far(job(*[report("new", cards=1, passages=2)] * 2, *[report("failed")] * 2))
    assert told == "2 file letti, 2 pagine, 2 schede, 4 passaggi, 2 non letti. "


def test_an_hour_and_a_minute() -> None:
    assert archive_intake.duration(3660) == "circa 1 ora e 1 minuto"


def test_a_table_of_one_row() -> None:
    layout = Layout("f", "columns", (), tables=1, rows=1, page=3, line=None, sheet=None, read=True)
    assert name_of(layout).endswith("(1 tabella, 1 riga)")


@pytest.mark.parametrize(("values", "words"), [((80, 90, 40), "il solo primo obiettivo:"), ((80, 80, 40, 20), "i soli primi 2 obiettivi:")])
def test_a_total_that_is_that_of_the_first_ones(values: tuple[int, ...], words: str) -> None:
    parts = tuple(Part(f"Obiettivo {n}", Decimal(value)) for n, value in enumerate(values))
    group = GroupResult("strategic_line", "Linea", len(parts), Total(Decimal(sum(values)) / len(parts), parts), Decimal(80))
    told = why_not(group, NEUTRAL)
    assert told is not None
    assert words in told


def test_a_total_of_parts_rounded_to_one_decimal() -> None:
    parts = [Part("Uno", Decimal("33.34")), Part("Due", Decimal("66.64")), Part("Tre", Decimal("33.34"))]
    assert nearest(Decimal("44.40"), parts, weighted=False) == "torna arrotondando prima i singoli risultati a 1 decimale"


def test_what_was_checked_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(check_view.st, "caption", said.append)
    check_view.reading_summary(Choice("piano.pdf", "k", READING), NEUTRAL)
    assert "1 scheda e 1 indicatore ·" in said[0]


def test_what_was_checked_in_the_document() -> None:
    report = CheckReport("piano.pdf", "neutro", not_run=(Skipped("NRM001", "serve il piano intero"),))
    sheet = findings_sheet(report, Context(reading=READING))
    assert "1 scheda, 1 indicatore" in repr(sheet.items)
    assert "1 controllo non si è potuto eseguire: è elencato in fondo." in verdict(report)


def test_a_check_that_found_one_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    summary = {"error": 1, "warning": 1, "advice": 1}
    said: list[str] = []
    monkeypatch.setattr(findings_command, "say", said.append)
    report: Any = SimpleNamespace(findings=(), waived=(), not_run=(), summary=summary, profile="neutro")
    findings_command.print_report(report)
    assert said[-1] == "Profilo neutro: 1 errore, 1 attenzione, 1 consiglio."
    plan: Any = SimpleNamespace(summary=summary, cards=1, units=(), indicators=0, measurable=0, with_history=0, profile="neutro")
    assert ("Segnalazioni", "1 errore, 1 attenzione, 1 consiglio") in figures(plan)


def test_the_commands_count_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(archive_commands, "say", said.append)
    archive_commands.print_card(CARD, as_json=False)
    archive_commands.told(report("new", cards=1, passages=1), as_json=False)
    assert "[1 fase, 1 indicatore;" in said[0]
    assert "nuovo, 1 scheda, 1 passaggio, 0 avvertenze," in said[1]
