"""Who may use the archive and for what: roles that include one another, and the units whose cards a person may write.

The login (OIDC) says *who*; this table says *what*. A person is known by the e-mail the body's provider vouches for, and
from the first login by the provider's own subject too: the same address given to somebody else later is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, insert, select, text, update

from cards.errors import NotAllowed, NotInArchive, PiaoError
from store import schema as t

ROLES = ("lettore", "redattore", "responsabile", "amministratore")  # each may do what those before it may
ADVISORY_KEY = 72116964
MOST_NAME, MOST_UNITS = 200, 500  # characters of a name, units of a person
EMAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[^@\s,;<>\"']{1,189}")


class Action(StrEnum):
    """What a person can do, with the role it needs first."""

    READ = "read"
    DRAFT = "draft"
    INGEST = "ingest"
    SEND = "send"
    APPROVE = "approve"
    REMOVE = "remove"
    MANAGE = "manage"


LEAST = {Action.READ: "lettore", Action.DRAFT: "redattore", Action.INGEST: "redattore", Action.SEND: "redattore",
         Action.APPROVE: "responsabile", Action.REMOVE: "responsabile", Action.MANAGE: "amministratore"}
WORDS = {Action.READ: "consultare l'archivio", Action.DRAFT: "scrivere bozze", Action.INGEST: "aggiungere documenti",
         Action.SEND: "far scrivere testi al modello", Action.APPROVE: "approvare schede",
         Action.REMOVE: "togliere documenti dall'archivio", Action.MANAGE: "gestire utenti e impostazioni"}
BY_UNIT = (Action.DRAFT, Action.APPROVE)  # the actions that a person may do only in the units they answer for


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the archive. ``units`` empty: every unit; ``local``: who sits at the PC, without a login."""

    email: str
    role: str
    name: str | None = None
    units: tuple[str, ...] = ()
    active: bool = True
    subject: str | None = None
    local: bool = False

    @property
    def label(self) -> str:
        """How the person is named on the page and in the versions of a draft."""
        return self.name or self.email

    def may(self, action: Action, *units: str | None) -> bool:
        """Whether the person may do it, in these units when the action is about a card; a card of no unit is of everybody."""
        if not self.active or ROLES.index(self.role) < ROLES.index(LEAST[action]):
            return False
        return action not in BY_UNIT or not self._others(units)

    def must(self, action: Action, *units: str | None) -> None:
        """``NotAllowed`` with who, what and to whom to turn, unless the person may."""
        if self.may(action, *units):
            return
        where = f" nel servizio «{self._others(units)[0]}»" if self.may(action) else ""
        raise NotAllowed(f"{self.label}: con il ruolo di {self.role} non puoi {WORDS[action]}{where}. "
                         "Chiedi a chi amministra il programma.")

    def _others(self, units: tuple[str | None, ...]) -> list[str]:
        """Those that the person does not answer for."""
        mine = {folded(unit) for unit in self.units}
        return [unit for unit in units if mine and unit and folded(unit) not in mine]


def local_person(name: str | None = None) -> Person:
    """Who uses the program on its own PC: everything is theirs."""
    return Person(email="postazione", role=ROLES[-1], name=name, local=True)


def folded(unit: str) -> str:
    """A unit's name for comparing: case and spaces aside."""
    return " ".join(unit.casefold().split())


def people(connection: Connection) -> list[Person]:
    """Everybody, by e-mail."""
    return [_person(row) for row in connection.execute(select(t.people).order_by(t.people.c.email))]


def person(connection: Connection, email: str) -> Person:
    """Somebody by e-mail; ``NotInArchive`` if nobody has it."""
    row = connection.execute(select(t.people).where(t.people.c.email == _email(email))).first()
    if row is None:
        raise NotInArchive(f"Nessun utente con l'indirizzo «{email}». Vedi «piao people list».")
    return _person(row)


def present(connection: Connection, email: str) -> Person:
    """A person who may use the program now; ``NotAllowed`` if there is none, or one who was put aside."""
    row = connection.execute(select(t.people).where(t.people.c.email == email.strip().casefold())).first()
    if row is None or not row.active:
        raise NotAllowed(f"«{email[:80]}» non è tra gli utenti del programma. Chiedi a chi lo amministra.")
    return _person(row)


def put(connection: Connection, new: Person) -> Person:
    """Add somebody, or change the role, name and units of who is there (the login's subject stays). ``PiaoError`` if unusable.

    The last administrator can be neither lowered nor put aside: nobody could then manage the others.
    """
    if new.role not in ROLES:
        raise PiaoError(f"Ruolo «{new.role}» sconosciuto: usa {', '.join(ROLES)}.")
    _alone(connection)
    new = replace(new, email=_email(new.email), name=_name(new.name), units=tuple(_name(unit) or "" for unit in new.units))
    if len(new.units) > MOST_UNITS:
        raise PiaoError(f"I servizi di un utente possono essere {MOST_UNITS}: se risponde di tutti, lasciali vuoti.")
    values = {"name": new.name, "role": new.role, "units": list(new.units), "active": new.active, "updated_at": t.now()}
    old = connection.execute(select(t.people).where(t.people.c.email == new.email).with_for_update()).first()
    if old is None:
        connection.execute(insert(t.people).values(email=new.email, **values))
        return new
    if _administers(_person(old)) and not _administers(new):
        _keep_one(connection, new.email)
    connection.execute(update(t.people).where(t.people.c.email == new.email).values(**values))
    return replace(new, subject=old.subject)


def remove(connection: Connection, email: str) -> None:
    """Take somebody out; what they did stays in the audit log. ``PiaoError`` for the last administrator."""
    _alone(connection)
    if _administers(person(connection, email)):
        _keep_one(connection, _email(email))
    connection.execute(delete(t.people).where(t.people.c.email == _email(email)))


def admit(connection: Connection, email: str, subject: str) -> Person:
    """The person a login stands for; ``NotAllowed`` if unknown, put aside, or somebody else behind the same address."""
    row = connection.execute(select(t.people).where(t.people.c.email == email.strip().casefold())).first()
    if row is None or not row.active:
        raise NotAllowed(f"«{email[:80]}» non è tra gli utenti del programma. Chiedi a chi lo amministra di aggiungerti.")
    if row.subject not in (None, subject):
        raise NotAllowed(f"L'indirizzo «{email}» risulta di un'altra identità. Chi amministra il programma può togliere "
                         "l'utente e aggiungerlo di nuovo.")
    return _person(row)


def bind(connection: Connection, email: str, subject: str) -> None:
    """Tie an address to the identity of its first login; harmless if another session did it first."""
    free = (t.people.c.email == email) & t.people.c.subject.is_(None)
    connection.execute(update(t.people).where(free).values(subject=subject))


def _alone(connection: Connection) -> None:
    """Changes of people take turns: two administrators who lower each other at once would both see the other still there.

    SQLite's writing transactions are alone as they are.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})


def _administers(who: Person) -> bool:
    return who.active and who.role == ROLES[-1]


def _keep_one(connection: Connection, leaving: str) -> None:
    if not any(_administers(other) and other.email != leaving for other in people(connection)):
        raise PiaoError(f"«{leaving}» è l'unico amministratore: nominane prima un altro.")


def _email(typed: str) -> str:
    email = typed.strip().casefold()
    if not EMAIL.fullmatch(email) or not email.isprintable():
        raise PiaoError(f"«{typed[:80]}» non è un indirizzo di posta.")
    return email


def _name(typed: str | None) -> str | None:
    """A person's or a unit's name on one line; ``PiaoError`` where it is none: it is signed with and written in the log."""
    name = " ".join((typed or "").split())
    if len(name) > MOST_NAME or not name.isprintable():
        raise PiaoError(f"«{name[:60]}» non è un nome: al più {MOST_NAME} caratteri, nessuno nascosto.")
    return name or None


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(row.email, row.role, row.name, tuple(row.units), row.active, row.subject)
