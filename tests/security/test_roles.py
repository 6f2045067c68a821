"""Roles: no door of the archive, no page and no address gives a person more than the role and the units they have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cards.errors import Conflict, NotAllowed
from cards.model import Card
from settings import Settings
from store.archive import Archive
from store.guarded import DOORS, Guarded
from store.people import LEAST, ROLES, Action, Person
from tests.store.fakes import WordEmbedder

OURS, THEIRS = "Ambiente", "Tributi"
Step = Callable[[Any, str], Any]
DECIDED: dict[str, Step] = {
    "save as approved": lambda hands, one: hands.save_draft(hands.draft(one).card, one, state="approved"),
    "new as approved": lambda hands, one: hands.save_draft(hands.draft(one).card, state="approved"),
    "approve": lambda hands, one: hands.approve_draft(one, who="Altri", why="prova di ruolo"),
    "restore": lambda hands, one: hands.restore_draft(one, 2),
    "restore by name": lambda hands, one: hands.restore_draft(draft_id=one, old=2),
    "undo": lambda hands, one: hands.undo_draft(one),
}
MUTATING: dict[str, tuple[Any, ...]] = {
    "save_draft": (Card(title="x", unit=OURS),), "undo_draft": ("{id}",), "redo_draft": ("{id}",), "restore_draft": ("{id}", 1),
    "delete_draft": ("{id}",), "approve_draft": ("{id}",), "link_indicators": ("a", "b", True), "ingest": ([],),
    "confirm_document": ("x",), "correct_layout": ("x", {}), "forget_layout": ("x",), "reread": ("x",), "preview": ("x", {}),
    "resume": (), "rebuild": (), "delete_document": ("x",),
}


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(Settings(home=tmp_path / "archivio"), WordEmbedder()) as opened:
        yield opened


def hands(archive: Archive, role: str, *units: str) -> Guarded:
    return Guarded(archive, Person(f"{role}@ente.it", role, role.title(), units=units))


@pytest.fixture
def reopened(archive: Archive) -> str:
    """A card approved as version 2 and opened again as version 3."""
    draft = archive.save_draft(Card(title="una", unit=OURS))
    archive.approve_draft(draft.id, who="Dino Capo", why="scheda di prova")
    return archive.save_draft(draft.card, draft.id, state="draft").id


@pytest.mark.parametrize("way", DECIDED)
def test_no_way_leads_a_writer_to_an_approved_card(archive: Archive, reopened: str, way: str) -> None:
    for role in ("lettore", "redattore"):
        with pytest.raises(NotAllowed):
            DECIDED[way](hands(archive, role, OURS), reopened)
    assert [one.state for one in archive.drafts()] == ["draft"]
    assert archive.draft(reopened).version == 3


def test_redo_of_an_approval_is_an_approval(archive: Archive) -> None:
    draft = archive.save_draft(Card(title="una", unit=OURS))
    archive.approve_draft(draft.id, who="Dino Capo", why="scheda di prova")
    archive.undo_draft(draft.id)
    with pytest.raises(NotAllowed, match="approvare"):
        hands(archive, "redattore").redo_draft(draft.id)
    assert hands(archive, "responsabile", OURS).redo_draft(draft.id).state == "approved"


@pytest.mark.parametrize("state", ["approved", "closed"])
def test_what_is_decided_is_not_a_writers_to_change(archive: Archive, state: str) -> None:
    draft = archive.save_draft(Card(title="una", unit=OURS))
    if state == "approved":
        archive.approve_draft(draft.id, who="Dino Capo", why="scheda di prova")
    else:
        archive.save_draft(draft.card, draft.id, state=state)
    writer, other = hands(archive, "redattore", OURS), Card(title="altra", unit=OURS)
    for attempt in (lambda: writer.save_draft(other, draft.id), lambda: writer.save_draft(other, draft.id, state="draft"),
                    lambda: writer.save_draft(other, draft.id, state="varied"), lambda: writer.undo_draft(draft.id),
                    lambda: writer.restore_draft(draft.id, 1), lambda: writer.delete_draft(draft.id)):
        with pytest.raises(NotAllowed):
            attempt()
    assert archive.draft(draft.id).state == state


def test_an_earlier_version_of_another_unit_is_not_brought_back(archive: Archive) -> None:
    draft = archive.save_draft(Card(title="una", unit=THEIRS))
    archive.save_draft(Card(title="una", unit=OURS), draft.id)
    writer = hands(archive, "redattore", OURS)
    for attempt in (lambda: writer.undo_draft(draft.id), lambda: writer.restore_draft(draft.id, 1)):
        with pytest.raises(NotAllowed, match=THEIRS):
            attempt()
    assert archive.draft(draft.id).card.unit == OURS


def test_what_was_looked_at_is_what_is_changed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """An approval between the check and the save is a conflict, not overwritten."""
    draft = archive.save_draft(Card(title="una", unit=OURS))
    writer, look = hands(archive, "redattore", OURS), Guarded._before

    def slow(self: Guarded, draft_id: str | None) -> Any:
        seen = look(self, draft_id)
        archive.approve_draft(draft.id, who="Dino Capo", why="scheda di prova")
        return seen

    monkeypatch.setattr(Guarded, "_before", slow)
    with pytest.raises(Conflict):
        writer.save_draft(Card(title="altra", unit=OURS), draft.id, state="draft")
    assert archive.draft(draft.id).state == "approved"


def test_nobody_signs_with_anothers_name(archive: Archive) -> None:
    head = hands(archive, "responsabile", OURS)
    draft = head.save_draft(Card(title="una", unit=OURS), None, None, None, "Un altro")
    assert draft.author == "Responsabile"
    assert head.approve_draft(draft.id, who="Il Sindaco", why="scheda di prova").author == "Responsabile"
    assert "Sindaco" not in (archive.draft_versions(draft.id)[0].note or "")


def test_every_door_that_changes_something_is_shut_to_who_only_reads(archive: Archive, reopened: str) -> None:
    changing = {name for name, door in DOORS.items() if door.action is not Action.READ} - {"lock", "vectors"}
    for name in sorted(changing):
        arguments = [one.format(id=reopened) if isinstance(one, str) else one for one in MUTATING.get(name, ("x",))]
        with pytest.raises(NotAllowed):
            getattr(hands(archive, "lettore"), name)(*arguments)
    assert archive.draft(reopened).version == 3


def test_reading_doors_change_nothing() -> None:
    """A door's name says whether it changes something: none of those is of who only reads."""
    verbs = ("save", "undo", "redo", "restore", "delete", "approve", "link", "ingest", "confirm", "correct_", "forget", "reread",
             "resume", "rebuild", "put", "remove", "set_", "merge")
    assert [name for name, door in DOORS.items() if door.action is Action.READ and name.startswith(verbs)] == []
    for name in ("lock", "vectors"):
        assert DOORS[name].action is Action.MANAGE


@pytest.mark.parametrize("role", ROLES[:-1])
def test_people_and_log_are_of_who_manages(archive: Archive, role: str) -> None:
    person = hands(archive, role)
    me = Person(f"{role}@ente.it", "amministratore")
    for attempt in (lambda: person.people(), lambda: person.put_person(me), lambda: person.remove_person("altro@ente.it"),
                    lambda: person.log(), lambda: person.log_broken(), lambda: person.rebuild()):
        with pytest.raises(NotAllowed, match="gestire"):
            attempt()


@pytest.mark.parametrize("role", ROLES)
def test_a_model_is_asked_only_by_who_may_write(archive: Archive, role: str) -> None:
    """Asking is told in the log before the text leaves; who may not, leaves no trace and sends nothing."""
    may = ROLES.index(role) >= ROLES.index(LEAST[Action.SEND])
    try:
        hands(archive, role).asking_model("bozza:x", "scheda")
    except NotAllowed:
        assert not may
        return
    assert may
    assert [row.action for row in Guarded(archive, Person("a@b.it", "amministratore")).log()] == ["richiesta a un modello"]


def test_suspended_may_nothing(archive: Archive, reopened: str) -> None:
    out = Guarded(archive, Person("a@b.it", "amministratore", active=False))
    for attempt in (lambda: out.draft(reopened), lambda: out.documents(), lambda: out.people(), lambda: out.search("x")):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_model_writes_in_no_card_of_another_unit(archive: Archive) -> None:
    writer = hands(archive, "redattore", OURS)
    with pytest.raises(NotAllowed, match=THEIRS):
        writer.asking_model("bozza:x", "scheda", Card(title="una", unit=THEIRS))
    writer.asking_model("bozza:y", "scheda", Card(title="una", unit=OURS))
    assert [row.object for row in Guarded(archive, Person("a@b.it", "amministratore")).log()] == ["bozza:y"]


def test_a_download_of_somebody_put_aside_since_gives_nothing(archive: Archive) -> None:
    from store import people

    with archive.transaction() as connection:
        people.put(connection, Person("rita@ente.it", "redattore", "Rita"))
    hands_of_rita = Guarded(archive, Person("rita@ente.it", "redattore", "Rita"))
    hands_of_rita.still_here()
    for now in (Person("rita@ente.it", "lettore", "Rita"), Person("rita@ente.it", "redattore", "Rita", active=False)):
        with archive.transaction() as connection:
            people.put(connection, now)
        with pytest.raises(NotAllowed):
            hands_of_rita.still_here()
