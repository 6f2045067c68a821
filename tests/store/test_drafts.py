"""Drafts: nothing typed is lost, nobody's save is overwritten unseen, undo and redo walk the saves."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from cards.errors import ArchiveError, Conflict, NotInArchive
from cards.model import Card, Indicator, Origin
from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

CARD = Card(title="Meno attese allo sportello", unit="Servizi demografici", year=2027, indicators=(
    Indicator(name="Attesa media", targets={"2027": "≤ 8'"}),), provenance={"title": Origin(from_="user")})


def titled(title: str) -> Card:
    return CARD.replace(title=title)


def test_a_draft_comes_back_as_it_was(settings: Settings) -> None:
    with Archive.open(settings, WordEmbedder()) as archive:
        saved = archive.save_draft(CARD, author="Anna")
    with Archive.open(settings, WordEmbedder()) as again:
        assert again.draft(saved.id) == saved
        assert again.draft(saved.id).card == CARD
        assert [d.id for d in again.drafts()] == [saved.id]
        assert again.drafts(state="approved") == []


def test_each_save_is_a_version_and_the_same_content_is_none(archive: Archive) -> None:
    draft = archive.save_draft(CARD)
    assert archive.save_draft(CARD, draft.id, draft.version).version == 1
    second = archive.save_draft(titled("Due"), draft.id, draft.version, author="Anna", note="titolo")
    assert second.version == 2
    third = archive.save_draft(titled("Due"), draft.id, second.version, state="review")
    assert [(v.version, v.card.title, v.state) for v in archive.draft_versions(draft.id)] == [
        (3, "Due", "review"), (2, "Due", "draft"), (1, CARD.title, "draft")]
    assert third.created_at == draft.created_at


def test_a_save_from_an_old_version_is_a_conflict(archive: Archive) -> None:
    draft = archive.save_draft(CARD)
    archive.save_draft(titled("di Anna"), draft.id, draft.version, author="Anna")
    with pytest.raises(Conflict, match="da Anna"):
        archive.save_draft(titled("di Bruno"), draft.id, draft.version, author="Bruno")
    with pytest.raises(Conflict):
        archive.undo_draft(draft.id, draft.version)
    assert archive.draft(draft.id).card.title == "di Anna"
    assert archive.save_draft(titled("di Bruno"), draft.id).card.title == "di Bruno"


def test_undo_and_redo_walk_back_and_forth(archive: Archive) -> None:
    draft = archive.save_draft(titled("1"))
    for title in "234":
        draft = archive.save_draft(titled(title), draft.id, draft.version)
    walked = []
    for step in (archive.undo_draft,) * 4 + (archive.redo_draft,) * 4:
        draft = step(draft.id, draft.version)
        walked.append(draft.card.title)
    assert walked == ["3", "2", "1", "1", "2", "3", "4", "4"]
    assert (draft.can_undo, draft.can_redo) == (True, False)
    draft = archive.undo_draft(draft.id)
    draft = archive.save_draft(titled("5"), draft.id, draft.version)
    assert not draft.can_redo
    assert archive.undo_draft(draft.id).card.title == "3"


def test_restore_brings_an_earlier_version_and_can_be_undone(archive: Archive) -> None:
    draft = archive.save_draft(titled("1"))
    draft = archive.save_draft(titled("2"), draft.id)
    draft = archive.restore_draft(draft.id, 1, draft.version)
    assert (draft.version, draft.card.title) == (3, "1")
    assert archive.undo_draft(draft.id).card.title == "2"
    with pytest.raises(NotInArchive):
        archive.restore_draft(draft.id, 99)


def test_delete_and_unknown(archive: Archive) -> None:
    draft = archive.save_draft(CARD)
    archive.delete_draft(draft.id)
    for action in (archive.draft, archive.delete_draft, archive.draft_versions, archive.undo_draft):
        with pytest.raises(NotInArchive):
            action(draft.id)
    with pytest.raises(NotInArchive):
        archive.save_draft(CARD, draft.id)
    with pytest.raises(ArchiveError):
        archive.save_draft(CARD, state="boh")


def test_two_sessions_never_overwrite_each_other(archive: Archive) -> None:
    """Two people save the same draft a hundred times each; every save that was accepted is in the history, in order."""
    draft = archive.save_draft(titled("0"))

    def session(name: str) -> list[str]:
        accepted = []
        for number in range(100):
            seen = archive.draft(draft.id)
            try:
                archive.save_draft(titled(f"{name}{number}"), draft.id, seen.version, author=name)
                accepted.append(f"{name}{number}")
            except Conflict:
                pass
        return accepted

    with ThreadPoolExecutor(2) as pool:
        accepted = list(pool.map(session, "ab"))
    kept = [v.card.title for v in reversed(archive.draft_versions(draft.id))][1:]
    assert len(kept) == sum(map(len, accepted))
    for person in accepted:
        assert [title for title in kept if title in person] == person


def test_autosave_is_quick(local: Settings) -> None:
    """Under 10 ms of this process's time for each save of a full card; the disk's part depends on the machine."""
    full = CARD.replace(description="Testo. " * 300, activities=tuple(f"Attività {n}" for n in range(40)))
    with Archive.open(local, WordEmbedder()) as archive:
        draft = archive.save_draft(full)
        begun = time.process_time()
        for number in range(50):
            draft = archive.save_draft(full.replace(title=str(number)), draft.id, draft.version)
        assert (time.process_time() - begun) / 50 < 0.010
