"""The clock of the machine put back: history, undo, drafts and log stay in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cards.model import Card
from settings import Settings
from store import audit, schema
from store.archive import Archive
from store.guarded import Guarded
from store.people import local_person
from tests.store.fakes import WordEmbedder


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An archive whose clock goes back by five minutes at every look."""
    steps = iter(range(10_000))
    start = datetime(2027, 1, 15, 12, tzinfo=UTC)
    monkeypatch.setattr(schema, "now", lambda: (start - timedelta(minutes=5 * next(steps))).isoformat(timespec="milliseconds"))
    with Archive.open(Settings(home=tmp_path / "archivio"), WordEmbedder()) as opened:
        yield opened


def test_versions_and_undo_follow_what_happened(archive: Archive) -> None:
    draft = archive.save_draft(Card(title="1"))
    for title in ("2", "3"):
        draft = archive.save_draft(Card(title=title), draft.id, draft.version)
    assert [one.card.title for one in archive.draft_versions(draft.id)] == ["3", "2", "1"]
    assert archive.undo_draft(draft.id).card.title == "2"
    assert archive.undo_draft(draft.id).card.title == "1"
    assert archive.redo_draft(draft.id).card.title == "2"
    assert archive.restore_draft(draft.id, 3).card.title == "3"


def test_the_draft_touched_last_comes_first(archive: Archive) -> None:
    one, two = archive.save_draft(Card(title="prima")), archive.save_draft(Card(title="seconda"))
    assert [draft.id for draft in archive.drafts()] == [two.id, one.id]
    archive.save_draft(Card(title="prima, cambiata"), one.id)
    assert [draft.id for draft in archive.drafts()] == [one.id, two.id]


def test_the_log_keeps_its_order_and_its_seals(archive: Archive) -> None:
    hands = Guarded(archive, local_person())
    for number in range(4):
        hands.tell("prova", f"cosa:{number}")
    assert [row.object for row in hands.log()] == [f"cosa:{number}" for number in range(4)]
    with archive.connection() as connection:
        assert audit.broken(connection) is None


def test_a_replaced_document_keeps_its_history(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.worker
    from ingest.reading import read

    monkeypatch.setattr(ingest.worker, "read_safely", read)
    path = tmp_path / "piano.txt"
    for text in ("Il tempo medio di pagamento è di 21 giorni.", "Il tempo medio di pagamento è di 20 giorni.",
                 "Il tempo medio di pagamento è di 19 giorni."):
        path.write_text(text, encoding="utf-8")
        list(archive.ingest([path]))
    assert archive.document("piano.txt").version == 3
    assert [one.version for one in archive.history("piano.txt")] == [2, 1]
    assert any("19 giorni" in passage.text for passage in archive.passages())
