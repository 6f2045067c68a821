"""Suppressions (a finding silenced with reason, author and expiry) and the baseline of an old plan.

Ruff reports an unused ``noqa`` as a finding of its own (RUF100); here an expired one is reported as well. The file that holds
them is read in ``scoring.suppression_file``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cards.errors import PiaoError
from scoring.findings import Accepted, Finding, Where
from scoring.rule import Level
from scoring.values import plain

OLD = "già nella verifica accettata"
PLACES = ("card", "field", "cell", "page", "line")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One finding that the office accepts: by ``fingerprint``, or by rule ``code`` and place.

    A place is any of ``card`` (its name, code or title), ``field`` (path in the card), ``cell``, ``page``, ``line``; all those
    given must agree. ``reason`` and ``author`` are due; ``expires`` is an ISO date; ``document`` limits it to a file name.
    """

    fingerprint: str | None
    reason: str
    author: str
    expires: str | None = None
    code: str | None = None
    card: str | None = None
    field: str | None = None
    cell: str | None = None
    page: int | None = None
    line: int | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        placed = any(getattr(self, name) is not None for name in PLACES)
        if not self.fingerprint and not (self.code and placed):
            raise PiaoError(
                "Soppressione senza oggetto: serve l'impronta (fingerprint), oppure il codice della regola (code) con il posto "
                "(card, field, cell, page o line)."
            )
        if not self.reason.strip() or not self.author.strip():
            raise PiaoError(f"Soppressione {self.name}: servono il motivo e l'autore.")
        if self.expires is not None:
            try:
                date.fromisoformat(self.expires)
            except ValueError as error:
                raise PiaoError(f"Soppressione {self.name}: la scadenza «{self.expires}» non è una data (AAAA-MM-GG).") from error

    @property
    def name(self) -> str:
        """What it is about, in a few words: the fingerprint, or code and place."""
        places = [str(getattr(self, name)) for name in PLACES if getattr(self, name) is not None]
        return self.fingerprint or " · ".join([self.code or "", *places])

    def matches(self, finding: Finding) -> bool:
        """Is this the finding?"""
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        where = finding.where
        return (
            finding.code == self.code
            and (self.card is None or _same_card(self.card, finding.card))
            and all(
                getattr(self, name) is None or getattr(self, name) == getattr(where, name)
                for name in ("field", "cell", "page", "line")
            )
        )

    def expired(self, today: date | None) -> bool:
        """True after the day of expiry; never without a day to compare with."""
        return self.expires is not None and today is not None and date.fromisoformat(self.expires) < today


def _same_card(wanted: str, name: str | None) -> bool:
    """By the whole name ("S1 - Titolo"), by the code alone or by the title alone."""
    code, _, title = (name or "").partition(" - ")
    return bool(plain(wanted)) and plain(wanted) in (plain(name), plain(code), plain(title))


def suppress(
    findings: tuple[Finding, ...],
    suppressions: Iterable[Suppression],
    baseline: frozenset[str],
    today: date | None,
    document: str | None = None,
    not_run: frozenset[str] = frozenset(),
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """The findings that stay and those accepted; unused and expired suppressions are findings themselves.

    Without ``today`` no suppression expires: the day is never read from a clock here. One of another ``document`` is left
    alone, and one of a rule that did not run (``not_run``: codes) is not called unused.
    """
    gone: dict[str, tuple[str, str | None, str | None]] = dict.fromkeys(baseline, (OLD, None, None))
    notices: list[Finding] = []
    for one in sorted(suppressions, key=lambda one: (one.name, one.author, one.reason)):
        if one.document is not None and one.document != document:
            continue
        matched = {finding.fingerprint for finding in findings if one.matches(finding)}
        if not matched and one.code not in not_run:
            notices.append(_notice("SOP001", one, "Soppressione inutile: la segnalazione non c'è più.", "Toglila dall'elenco."))
        elif matched and one.expired(today):
            notices.append(
                _notice(
                    "SOP002",
                    one,
                    f"Soppressione scaduta il {one.expires}: la segnalazione torna visibile.",
                    "Correggi la scheda o rinnova la soppressione con un motivo attuale.",
                )
            )
        else:
            gone |= dict.fromkeys(matched, (one.reason, one.author, one.expires))
    kept = tuple(finding for finding in findings if finding.fingerprint not in gone)
    waived = tuple(Accepted(one, *gone[one.fingerprint]) for one in findings if one.fingerprint in gone)
    return kept + tuple(notices), waived


def _notice(code: str, one: Suppression, message: str, fix: str) -> Finding:
    return Finding(
        code=code,
        level=Level.WARNING,
        message=f"{message} Motivo indicato: {one.reason} ({one.author}).",
        card=one.card,
        where=Where(one.page, one.line, one.cell, one.field),
        found=one.name,
        expected=None,
        basis="Metodo del controllo",
        fix=fix,
        fingerprint=f"{code}-{one.name}",
    )
