"""NRM001: no objective on payment times, due for at least 30 % of the result pay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, LegalBasis, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan

_THEME = re.compile(
    r"\b(?:temp[oi]|ritard[oi]|tempestivit[aà])\w*\s+(?:medi[oi]?\s+)?(?:di|dei|nei|del)\s+pagament|\bpagament\w*\s+(?:delle\s+)?fattur|\bindicatore\s+di\s+ritardo",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(
            found="nessun obiettivo", expected="i tempi di pagamento delle fatture", what="i tempi di pagamento delle fatture"
        )


RULE = Rule(
    code="NRM001",
    level=Level.ERROR,
    document=check,
    valid=Period("2023-04-22", None),
    title="Tempi di pagamento",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="I dirigenti responsabili dei pagamenti ricevono obiettivi annuali sui tempi di pagamento, valutati almeno per "
    "il 30 per cento della retribuzione di risultato.",
    fix="Aggiungi un obiettivo misurato con l'indicatore di ritardo annuale (L. 145/2018, c. 859, lett. b, e 861) per "
    "i responsabili delle fatture.",
    basis=(
        LegalBasis("D.L. 13/2023", "art. 4-bis, c. 2", "law"),
        LegalBasis("Circ. RGS-DFP 1/2024", "", "directive", "S2"),
    ),
)
