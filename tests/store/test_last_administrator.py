"""Two administrators who lower, put aside or take out each other at the same moment: one of them stays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from cards.errors import PiaoError
from store import people
from store.archive import Archive
from store.people import Person

ADA, UGO = "ada@ente.it", "ugo@ente.it"
Leave = Callable[[Any, str], Any]
WAYS: dict[str, Leave] = {
    "lowered": lambda connection, email: people.put(connection, Person(email, "lettore")),
    "suspended": lambda connection, email: people.put(connection, Person(email, "amministratore", active=False)),
    "removed": people.remove,
}


@pytest.mark.parametrize("way", WAYS)
def test_one_administrator_is_always_left(archive: Archive, way: str) -> None:
    with archive.transaction() as connection:
        for email in (ADA, UGO):
            people.put(connection, Person(email, "amministratore"))
    inside, refused = threading.Barrier(2, timeout=0.4), []

    def leave(email: str) -> None:
        try:
            with archive.transaction() as connection:
                WAYS[way](connection, email)
                with suppress(threading.BrokenBarrierError):
                    inside.wait()  # both inside their transactions, neither done: only the lock can tell them apart
        except PiaoError as error:
            refused.append(str(error))

    both = [threading.Thread(target=leave, args=(email,)) for email in (ADA, UGO)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=30)
    with archive.connection() as connection:
        left = [who.email for who in people.people(connection) if who.active and who.role == "amministratore"]
    assert len(left) == 1
    assert len(refused) == 1
    assert "unico amministratore" in refused[0]
