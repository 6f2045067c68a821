"""The yearly cycle of the performance plan: what falls due next, by which norm, and on which page one works at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOON = 60  # days


@dataclass(frozen=True)
class Due:
    """One deadline: ``day`` is its next occurrence, ``page`` where the work is done, ``norm`` why."""

    day: date
    what: str
    norm: str
    page: str
    go: str

    def days(self, today: date) -> int:
        """How many days are left."""
        return (self.day - today).days


def next_due(today: date) -> list[Due]:
    """The deadlines of the next twelve months, the nearest first.

    >>> [due.day.isoformat() for due in next_due(date(2026, 11, 21))]
    ['2027-01-31', '2027-06-30', '2027-07-31']
    """
    plan = _next(today, 1, 31)
    report, check = _next(today, 6, 30), _next(today, 7, 31)
    found = [
        Due(plan, f"Adottare il PIAO {plan.year}-{plan.year + 2} (entro trenta giorni dal bilancio, se il termine è differito)",
            "artt. 7 e 8, D.M. 132/2022", "piano", "Apri il piano"),
        Due(report, f"Approvare la relazione sulla performance {report.year - 1}", "art. 10, c. 1, lett. b), D.Lgs. 150/2009",
            "consuntivo", "Apri il consuntivo"),
        Due(check, f"Presentare il DUP {check.year + 1}-{check.year + 3}: a metà anno si guarda a che punto si è e si chiedono "
            "le variazioni", "art. 170, D.Lgs. 267/2000; art. 6, D.Lgs. 150/2009", "variazioni", "Apri le variazioni"),
    ]
    return sorted(found, key=lambda due: due.day)


def planning_year(today: date) -> int:
    """The first year of the plan being written: from September on, next year's."""
    return today.year + (today.month >= 9)


def _next(today: date, month: int, day: int) -> date:
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)


def days_words(days: int) -> str:
    """"oggi", "domani", "tra 71 giorni"."""
    return "oggi" if days == 0 else "domani" if days == 1 else f"tra {days} giorni"
