"""NRM001: no objective on payment times, due for at least 30 % of the result pay."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import LegalBasis, Level

RULE = theme_rule(
    "NRM001",
    "Tempi di pagamento",
    what="i tempi di pagamento delle fatture",
    words=r"\b(?:temp[oi]|ritard[oi]|tempestivit[aà])\w*\s+(?:medi[oi]?\s+)?(?:di|dei|nei|del)\s+pagament|\bpagament\w*\s+(?:delle\s+)?fattur|\bindicatore\s+di\s+ritardo",
    level=Level.ERROR,
    since="2023-04-22",
    why="I dirigenti responsabili dei pagamenti ricevono obiettivi annuali sui tempi di pagamento, valutati almeno per "
    "il 30 per cento della retribuzione di risultato.",
    fix="Aggiungi un obiettivo misurato con l'indicatore di ritardo annuale (L. 145/2018, c. 859, lett. b, e 861) per "
    "i responsabili delle fatture.",
    basis=(
        LegalBasis("D.L. 13/2023", "art. 4-bis, c. 2", "law"),
        LegalBasis("Circ. RGS-DFP 1/2024", "", "directive", "S2"),
    ),
)
