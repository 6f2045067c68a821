"""What the pages count is said as people say it: one card is "1 scheda", never "1 schede"."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from ingest.layouts import Layout
from store.records import DocumentReport
from ui import archive_intake
from ui.archive_mapping import name_of


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
