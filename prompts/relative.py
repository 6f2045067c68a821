"""What another body's target can ask of us: the same where size does not matter, else to do no worse than our own year before.

How many people or euro is a matter of that body's size: the quantity is measured against our own last year, and theirs is
named in the reasoning alone. A bare "72" whose formula is a share is a percentage, a "1" whose formula is "1 = fatto" is a yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cards.model import Indicator
from cards.quantities import read_target
from prompts.borrowed import holds_anywhere
from prompts.targets import Proposal, direction
from prompts.words import folded

AGAINST = ", rispetto all'anno precedente"
FORMULA = "(valore dell'anno / valore dell'anno precedente) × 100"
_DONE = re.compile(r"\b1\s*=\s*fatto")
_SHARE = re.compile(r"[x*×]\s*100\b|^\s*(?:percentuale|%)")
_KNOWN = 6


def borrowed(
    indicator: Indicator, whose: str, known: Mapping[str, str], found: Mapping[str, Proposal]
) -> tuple[dict[str, Proposal], bool]:
    """The proposals that hold for us, and whether they compare with our own year before; none where no better side is known.

    ``known``: that body's values and targets by year, ``whose`` its name, for the reasoning."""
    told = {year: _as_done(indicator, proposal) for year, proposal in found.items()}
    name, unit = indicator.name or "", indicator.unit
    if all(holds_anywhere(name, unit, proposal.text) for proposal in told.values()):
        return told, False
    way = direction(name, indicator.targets)
    if way is None:
        return {}, True
    theirs = ", ".join(f"{year}: {text}" for year, text in list(known.items())[-_KNOWN:])
    reason = (
        f"{whose}: {theirs} → è una quantità che dipende dalla dimensione dell'ente: si chiede di non peggiorare il proprio "
        "valore dell'anno precedente; quando hai il dato, scrivi il tuo valore"
    )
    text = "≥ 100%" if way == "higher" else "≤ 100%"
    return {year: Proposal(text, reason, proposal.basis) for year, proposal in told.items()}, True


def as_share(indicator: Indicator, proposal: Proposal) -> Proposal:
    """A percentage that the precedent writes as a bare number ("% dipendenti formati": "80"), with its sign."""
    target = read_target(proposal.text)
    if target.type != "number" or target.unit or target.number is None or target.number > 100:
        return proposal
    if not _SHARE.search(f"{folded(indicator.formula or '')}\n{folded(indicator.name or '')}"):
        return proposal
    text = "100%" if target.number == 100 and target.comparator == ">=" else f"{proposal.text}%"
    return Proposal(text, proposal.reason, proposal.basis)


def _as_done(indicator: Indicator, proposal: Proposal) -> Proposal:
    """A yes that the precedent writes as a 1."""
    target = read_target(proposal.text)
    plain_one = target.type == "number" and not target.unit and target.number is not None and target.number >= 1
    if plain_one and _DONE.search(folded(indicator.formula or "")):
        return Proposal("Sì", proposal.reason, proposal.basis)
    return proposal
