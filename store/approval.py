"""The gate before "approved": no open error of the checker, no unconfirmed datum; past either only with a signed exception.

It stands in the archive, not on a page: whoever saves a draft as approved goes through it.
"""

from __future__ import annotations

from dataclasses import dataclass

from cards.errors import ArchiveError
from cards.marks import open_marks
from cards.model import Card, Mark, Reading
from scoring.check import check
from scoring.facts import Evidence
from scoring.findings import Finding
from scoring.profiles import Profile
from scoring.registry import rule
from settings import Settings
from store.lookup import reading_of
from store.own_profiles import find_profile

LEAST = 3


class NotReady(ArchiveError):
    """A card that cannot be approved as it is: what stands against it, in one line."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands against an approval: the checker's errors, and the data that nothing backs and nobody confirmed."""

    errors: tuple[Finding, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.errors or self.marks)

    @property
    def words(self) -> str:
        """In one line, as "8 errori aperti (parte ancora da scrivere, TXT005)"; empty where nothing stands."""
        told = []
        if self.errors:
            codes = "; ".join(f"{_title(code)}, {code}" for code in sorted({one.code for one in self.errors}))
            told.append(f"{_count(len(self.errors), 'un errore aperto', 'errori aperti')} ({codes})")
        if self.marks:
            told.append(_count(len(self.marks), "un dato senza riscontro da confermare", "dati senza riscontro da confermare"))
        return " e ".join(told)


def _title(code: str) -> str:
    title = rule(code).title
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else f"{number} {many}"


def obstacles(card: Card, profile: Profile, evidence: Evidence | None = None) -> Obstacles:
    """What stands against approving this card by this profile, with what the archive knows (``store/evidence.py``)."""
    report = check(card_reading(card), profile, year=card.year, evidence=evidence)
    return Obstacles(tuple(f for f in report.findings if f.level == "error"), tuple(open_marks(card)))


def card_reading(card: Card) -> Reading:
    """The card alone, as the checker reads it."""
    return reading_of([card], card.title or "scheda")


def approved_note(
    card: Card, settings: Settings, who: str, why: str, profile: Profile | None = None, evidence: Evidence | None = None
) -> str:
    """What the history keeps of an approval: who, and for an exception what stood open and why it was passed over.

    Without a name, or with obstacles and no reason of at least three letters, ``NotReady`` says what is missing.
    """
    name = " ".join(who.split())
    if not name:
        raise NotReady("Per approvare una scheda serve il nome di chi la approva.")
    found = obstacles(card, profile or find_profile(None, settings), evidence)
    if not found:
        return f"approvata da {name}"
    reason = " ".join(why.split())
    if len(reason) < LEAST:
        raise NotReady(f"La scheda non è pronta per l'approvazione: {found.words}. Correggi, oppure motiva l'eccezione.")
    return f"approvata con eccezione da {name}: {found.words}. Motivo: {reason}"


def require_ready(card: Card, settings: Settings, evidence: Evidence | None = None) -> None:
    """``NotReady`` where something stands against saving this card as approved."""
    if found := obstacles(card, find_profile(None, settings), evidence):
        raise NotReady(f"La scheda non è pronta per l'approvazione: {found.words}. Correggi, oppure approvala con un'eccezione "
                       "firmata.")
