"""Suppressions (a finding silenced with reason, author and expiry) and the baseline of an old plan.

Ruff reports an unused ``noqa`` as a finding of its own (RUF100); here an expired one is reported as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cards.errors import PiaoError
from scoring.findings import Finding, Where
from scoring.rule import Level


@dataclass(frozen=True, slots=True)
class Suppression:
    """One finding, by fingerprint, that the office accepts. ``reason`` and ``author`` are due; ``expires`` is an ISO date."""

    fingerprint: str
    reason: str
    author: str
    expires: str | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip() or not self.author.strip():
            raise PiaoError(f"Soppressione {self.fingerprint}: servono il motivo e l'autore.")
        if self.expires is not None:
            try:
                date.fromisoformat(self.expires)
            except ValueError as error:
                raise PiaoError(
                    f"Soppressione {self.fingerprint}: la scadenza «{self.expires}» non è una data (AAAA-MM-GG)."
                ) from error


def suppress(
    findings: tuple[Finding, ...], suppressions: Iterable[Suppression], baseline: frozenset[str], today: date | None
) -> tuple[tuple[Finding, ...], int]:
    """The findings that stay and how many were accepted; unused and expired suppressions are findings themselves.

    Without ``today`` no suppression expires: the day is never read from a clock here.
    """
    present = {finding.fingerprint for finding in findings}
    active: set[str] = set()
    notices: list[Finding] = []
    for one in sorted(suppressions, key=lambda one: (one.fingerprint, one.author, one.reason)):
        if one.fingerprint not in present:
            notices.append(_notice("SOP001", one, "Soppressione inutile: la segnalazione non c'è più.", "Toglila dall'elenco."))
        elif one.expires is not None and today is not None and date.fromisoformat(one.expires) < today:
            notices.append(
                _notice(
                    "SOP002",
                    one,
                    f"Soppressione scaduta il {one.expires}: la segnalazione torna visibile.",
                    "Correggi la scheda o rinnova la soppressione con un motivo attuale.",
                )
            )
        else:
            active.add(one.fingerprint)
    gone = active | baseline
    kept = tuple(finding for finding in findings if finding.fingerprint not in gone)
    return kept + tuple(notices), len(findings) - len(kept)


def _notice(code: str, one: Suppression, message: str, fix: str) -> Finding:
    return Finding(
        code=code,
        level=Level.WARNING,
        message=f"{message} Motivo indicato: {one.reason} ({one.author}).",
        card=None,
        where=Where(),
        found=one.fingerprint,
        expected=None,
        basis="Metodo del controllo",
        fix=fix,
        fingerprint=f"{code}-{one.fingerprint}",
    )
