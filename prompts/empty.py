"""An empty card by layout: what the person said, and ``[VERIFICARE]`` in every field that the layout prints. For a need without a
precedent: nothing is filled in by likeness, and the checker refuses what is left to write."""

from __future__ import annotations

from datetime import timedelta

from cards.model import Card
from prompts.builder import CardBuilder, computed
from prompts.drafting import put_identity
from prompts.measures import TO_WRITE
from prompts.need import Need, italian_day

WHY = computed("da scrivere: nessun precedente")
FIELDS = {
    "neutro": ("purpose", "description"),
    "cremona": ("strategic_objective", "purpose", "description"),
    "segrate": ("mission", "programme", "strategic_objective", "operational_objective", "purpose", "description"),
    "terre-argine": ("strategic_objective", "operational_objective", "description"),
    "terre-argine-dup": ("strategic_line", "strategic_objective", "mission", "programme", "operational_objective"),
    "bellusco": ("mission", "programme", "description"),
}
WITH_PHASES = ("neutro", "segrate", "terre-argine", "bellusco")


def empty_card(need: Need) -> Card:
    """The card to fill in, its two phases with dates where the layout has phases, one indicator with the targets it wants.

    >>> empty_card(Need("Orti urbani", "Ambiente", 2027)).indicators[0].targets
    {'2027': '[VERIFICARE]'}
    """
    b = CardBuilder()
    put_identity(b, need)
    for name in FIELDS[need.layout]:
        b.put(name, TO_WRITE, WHY)
    if need.layout in WITH_PHASES:
        _phases(b, need)
    for name in ("name", "formula", "unit"):
        b.put(f"indicators[0].{name}", TO_WRITE, WHY)
    for year in need.years:
        b.put(f"indicators[0].targets.{year}", TO_WRITE, WHY)
    return b.card()


def _phases(b: CardBuilder, need: Need) -> None:
    start, end = need.span
    middle = start + (end - start) / 2
    for n, (first, last) in enumerate(((start, middle), (middle + timedelta(days=1), end))):
        b.put(f"phases[{n}].number", str(n + 1), computed("in ordine"))
        b.put(f"phases[{n}].text", TO_WRITE, WHY)
        b.put(f"phases[{n}].weight", "50%", computed("pesi uguali che sommano a 100"))
        b.put(f"phases[{n}].start", italian_day(first), computed("metà dell'orizzonte"))
        b.put(f"phases[{n}].end", italian_day(last), computed("metà dell'orizzonte"))
