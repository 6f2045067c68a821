"""Roles, units and the audit log, on both sets of engines."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cards.errors import NotAllowed, PiaoError
from cards.model import Card
from store import audit, people
from store.archive import Archive
from store.guarded import CLOSED, DOORS, Guarded
from store.people import LEAST, ROLES, Action, Person

ADMIN = Person("capo@ente.it", "amministratore", "Ada Capo")


def test_each_role_may_what_the_ones_before_it_may() -> None:
    for action, least in LEAST.items():
        allowed = [role for role in ROLES if Person("a@b.it", role).may(action)]
        assert allowed == list(ROLES[ROLES.index(least):])
    assert not Person("a@b.it", "amministratore", active=False).may(Action.READ)


def test_a_writer_of_one_unit_touches_no_other() -> None:
    writer = Person("r@ente.it", "redattore", units=("Servizio  Ambiente",))
    assert writer.may(Action.DRAFT, "servizio ambiente")
    assert writer.may(Action.DRAFT, None)
    assert not writer.may(Action.DRAFT, "Servizio Tributi")
    assert not writer.may(Action.DRAFT, "Servizio Ambiente", "Servizio Tributi")
    assert writer.may(Action.READ, "Servizio Tributi")


@pytest.mark.parametrize("email", ["", "senza chiocciola", "a@b, c@d", "<script>@x", "x" * 300 + "@b.it"])
def test_an_address_that_is_none(archive: Archive, email: str) -> None:
    with archive.transaction() as connection, pytest.raises(PiaoError, match="posta"):
        people.put(connection, Person(email, "lettore"))


def test_the_last_administrator_stays(archive: Archive) -> None:
    with archive.transaction() as connection:
        people.put(connection, ADMIN)
        with pytest.raises(PiaoError, match="unico amministratore"):
            people.put(connection, Person(ADMIN.email, "lettore"))
        with pytest.raises(PiaoError, match="unico amministratore"):
            people.remove(connection, ADMIN.email)
        people.put(connection, Person("altra@ente.it", "amministratore"))
        people.remove(connection, ADMIN.email)
        assert [who.email for who in people.people(connection)] == ["altra@ente.it"]


def test_a_login_is_bound_to_its_identity(archive: Archive) -> None:
    with archive.transaction() as connection:
        people.put(connection, Person("Rita@Ente.it", "redattore"))
        assert people.admit(connection, "RITA@ente.it", "idp|1").role == "redattore"
        for subject in ("idp|1", "idp|2"):
            people.bind(connection, "rita@ente.it", subject)
        with pytest.raises(NotAllowed, match="altra identità"):
            people.admit(connection, "rita@ente.it", "idp|2")
        with pytest.raises(NotAllowed, match="non è tra gli utenti"):
            people.admit(connection, "ignoto@ente.it", "idp|3")
        people.put(connection, Person("rita@ente.it", "redattore", active=False))
        with pytest.raises(NotAllowed):
            people.admit(connection, "rita@ente.it", "idp|1")


def test_every_door_of_the_archive_says_who_may_pass() -> None:
    doors = {name for name in dir(Archive) if not name.startswith("_")}
    assert doors - set(CLOSED) - set(DOORS) == set()


def test_what_is_not_listed_is_closed(archive: Archive) -> None:
    hands = Guarded(archive, ADMIN)
    for name in (*CLOSED, "nuova_porta"):
        with pytest.raises(NotAllowed):
            getattr(hands, name)


def test_a_reader_reads_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    draft = archive.save_draft(Card(title="una", unit="Ambiente"))
    hands = Guarded(archive, Person("l@ente.it", "lettore"))
    assert hands.draft(draft.id).card.title == "una"
    for attempt in (lambda: hands.save_draft(Card(title="due")), lambda: hands.delete_draft(draft.id),
                    lambda: hands.ingest([tmp_path]), lambda: hands.delete_document("x"), lambda: hands.rebuild(),
                    lambda: hands.undo_draft(draft.id)):
        with pytest.raises(NotAllowed, match="lettore"):
            attempt()
    assert [one.card.title for one in archive.drafts()] == ["una"]


def test_a_card_cannot_be_carried_into_ones_own_unit_nor_out_of_it(archive: Archive) -> None:
    others = archive.save_draft(Card(title="loro", unit="Tributi"))
    hands = Guarded(archive, Person("r@ente.it", "redattore", "Rita", units=("Ambiente",)))
    mine = hands.save_draft(Card(title="mia", unit="Ambiente"), author="Qualcun altro")
    assert mine.author == "Rita"
    for card, draft_id in ((Card(title="loro", unit="Ambiente"), others.id), (Card(title="mia", unit="Tributi"), mine.id)):
        with pytest.raises(NotAllowed, match="Tributi"):
            hands.save_draft(card, draft_id)
        with pytest.raises(NotAllowed, match="Tributi"):
            hands.save_draft(card=card, draft_id=draft_id)
    with pytest.raises(NotAllowed, match="Tributi"):
        hands.delete_draft(others.id)


def test_approving_is_of_who_answers_for_the_unit(archive: Archive) -> None:
    draft = archive.save_draft(Card(title="una", unit="Ambiente"))
    writer = Guarded(archive, Person("r@ente.it", "redattore"))
    with pytest.raises(NotAllowed, match="approvare"):
        writer.save_draft(draft.card, draft.id, state="approved")
    with pytest.raises(NotAllowed, match="approvare"):
        writer.approve_draft(draft.id, who="Un altro", why="prova")
    head = Guarded(archive, Person("d@ente.it", "responsabile", "Dino Capo", units=("Ambiente",)))
    assert head.approve_draft(draft.id, who="Un altro", why="scheda di prova").author == "Dino Capo"
    with pytest.raises(NotAllowed, match="approvare"):
        writer.save_draft(Card(title="cambiata", unit="Ambiente"), draft.id)


def test_what_was_done_is_in_the_log_once_and_in_order(archive: Archive) -> None:
    hands = Guarded(archive, Person("r@ente.it", "redattore", "Rita"))
    draft = hands.save_draft(Card(title="una"))
    for title in ("due", "tre"):
        hands.save_draft(Card(title=title), draft.id)
    hands.draft(draft.id)
    hands.draft(draft.id)
    hands.search("raccolta")
    hands.delete_draft(draft.id)
    hands.tell("esportazione", "bozza:x", "docx")
    with archive.connection() as connection:
        rows = list(audit.entries(connection))
        assert [row.action for row in rows] == ["modifica", "lettura", "ricerca", "eliminazione", "esportazione"]
        assert {row.person for row in rows} == {"Rita <r@ente.it>"}
        assert "raccolta" not in "".join(row.object + row.detail for row in rows)
        assert audit.broken(connection) is None
        assert [row.action for row in audit.entries(connection, person="rita", since="2000", until="2001")] == []


@pytest.mark.parametrize("change", ["UPDATE audit SET person = 'nessuno'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_log(archive: Archive, change: str) -> None:
    Guarded(archive, ADMIN).tell("prova", "cosa")
    with pytest.raises(DBAPIError, match="non si modifica"), archive.transaction() as connection:
        connection.execute(text(change))


@pytest.mark.parametrize("change", ["UPDATE audit SET person = 'x' WHERE number = 2", "DELETE FROM audit WHERE number = 2"])
def test_a_log_changed_behind_the_database_is_seen(archive: Archive, change: str) -> None:
    for _ in range(3):
        Guarded(archive, ADMIN).tell("prova", "cosa")
    with archive.transaction() as connection:
        server = connection.dialect.name == "postgresql"
        for name in ("audit_no_change",) if server else ("audit_no_update", "audit_no_delete"):
            connection.execute(text(f"DROP TRIGGER {name}{' ON audit' if server else ''}"))
        connection.execute(text(change))
    with archive.connection() as connection:
        assert audit.broken(connection) == 2
