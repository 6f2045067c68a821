"""Comments on a draft: they stay with it, change nothing of it, and go with it."""

from __future__ import annotations

import pytest

from cards.errors import ArchiveError, NotInArchive
from cards.model import Card
from settings import Settings
from store.archive import Archive


@pytest.fixture
def archive(tmp_path):
    with Archive.open(Settings(home=tmp_path / "archivio")) as opened:
        yield opened


def test_comments_are_kept_with_who_when_and_the_version_they_were_about(archive):
    draft = archive.save_draft(Card(title="Sportello"))
    archive.add_comment(draft.id, " Il peso? ", "M. Rossi")
    archive.save_draft(Card(title="Sportello unico"), draft.id)
    second = archive.add_comment(draft.id, "E la fine?", "L. Bianchi")
    told = archive.comments(draft.id)
    assert [(one.text, one.author, one.version) for one in told] == [("Il peso?", "M. Rossi", 1), ("E la fine?", "L. Bianchi", 2)]
    assert archive.draft(draft.id).version == 2
    closed = archive.close_comment(told[0].number, "L. Bianchi")
    assert closed.closed_by == "L. Bianchi"
    assert archive.close_comment(told[0].number, "Altri") == closed
    assert archive.comments(draft.id) == [second, closed]


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused(archive, text: str):
    draft = archive.save_draft(Card(title="Sportello"))
    with pytest.raises(ArchiveError):
        archive.add_comment(draft.id, text)
    assert archive.comments(draft.id) == []


def test_comments_go_with_their_draft(archive):
    draft = archive.save_draft(Card(title="Sportello"))
    number = archive.add_comment(draft.id, "Ecco").number
    archive.delete_draft(draft.id)
    with pytest.raises(NotInArchive):
        archive.comments(draft.id)
    with pytest.raises(NotInArchive):
        archive.close_comment(number)
