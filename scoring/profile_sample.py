"""A card on which a profile shows what it does: one indicator for each case that an SMVP has to settle."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cards.model import Card, Indicator
from cards.quantities import round_half_up
from scoring.achievement import achieved
from scoring.profiles import Profile
from scoring.rollup import objective_total

YEAR = 2026
CASES = (
    ("Più è meglio, quasi raggiunto", "Pratiche concluse", "≥ 100", "90", "30", None),
    ("Più è meglio, superato", "Utenti soddisfatti (%)", "≥ 80%", "92%", "20", None),
    ("Meno è meglio, mancato", "Tempo medio di risposta (giorni)", "≤ 20", "25", "20", "30"),
    (
        "Più parti, una mancata",
        "Incontri e partecipanti",
        "≥ 4 incontri / ≥ 100 partecipanti",
        "4 incontri / 80 partecipanti",
        "15",
        None,
    ),
    ("Una data, con dieci giorni di ritardo", "Regolamento approvato", "entro 30/06/2026", "10/07/2026", "15", None),
)
MISSING = ("Senza risultato", "Controlli svolti", "≥ 10", "", "10", None)


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A case with what it asks, what happened and what the profile makes of it (None: not computable, ``why``)."""

    case: str
    target: str
    actual: str
    weight: str
    value: Decimal | None
    why: str | None


def sample_card(missing: bool = False) -> Card:
    """The card; with ``missing`` its last indicator has no result."""
    rows = (*CASES, MISSING) if missing else CASES
    return Card(
        title="Scheda di prova",
        year=YEAR,
        start=f"01/01/{YEAR}",
        end=f"31/12/{YEAR}",
        indicators=tuple(
            Indicator(
                name=name,
                targets={str(YEAR): target},
                actuals={str(YEAR): actual} if actual else {},
                weight=weight,
                baseline=base,
            )
            for _, name, target, actual, weight, base in rows
        ),
    )


def preview(profile: Profile, missing: bool = False) -> tuple[list[SampleRow], Decimal | None, str]:
    """Each case with its percentage, the total (None: not computable) and the name of its band, rounded as published."""
    card = sample_card(missing)
    rows = []
    for (case, *_), indicator in zip((*CASES, MISSING), card.indicators, strict=False):
        result = achieved(card, indicator, profile)
        value = None if result.value is None else round_half_up(result.value, profile.rounding.achievement)
        actual = indicator.actuals.get(str(YEAR), "")
        rows.append(SampleRow(case, indicator.targets[str(YEAR)], actual, indicator.weight or "", value, result.why))
    total = objective_total(card, profile).value
    shown = None if total is None else round_half_up(total, profile.rounding.total)
    band = "" if shown is None else next((one.labels[0] for one in profile.bands if one.holds(shown)), "")
    return rows, shown, band
