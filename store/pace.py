"""How often one person may do a thing: nobody keeps the others waiting by asking, saving or commenting without a pause."""

from __future__ import annotations

import threading
import time
from collections import deque

from cards.errors import TooOften

MINUTE = 60.0
MOST = {"search": 120, "save_draft": 900, "add_comment": 20, "esportazione": 120, "richiesta a un modello": 60}  # in a minute
WORDS = {"search": "Troppe domande", "save_draft": "Troppi salvataggi", "add_comment": "Troppi commenti",
         "esportazione": "Troppe esportazioni", "richiesta a un modello": "Troppe richieste al modello"}

_done: dict[tuple[str, str], deque[float]] = {}
_guard = threading.Lock()


def keep_pace(person: str, what: str) -> None:
    """Count one more; ``TooOften`` where it is too many in a minute for this person (in this process, however many pages)."""
    most = MOST.get(what)
    if most is None:
        return
    now = time.monotonic()
    with _guard:
        times = _done.setdefault((person, what), deque())
        while times and now - times[0] > MINUTE:
            times.popleft()
        if len(times) >= most:
            raise TooOften(f"{WORDS[what]} in un minuto: aspetta qualche secondo e riprova.")
        times.append(now)
