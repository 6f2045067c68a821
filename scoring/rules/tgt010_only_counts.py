"""TGT010: only quantity and activity counts; a group of indicators (time, cost, quality) left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import GUIDELINES
from scoring.values import own_target, plain, typed

_KINDS = {"quantita": "quantità", "tempo": "tempo", "costo": "costo", "qualita": "qualità"}
_COUNT = re.compile(r"\s*(?:n\.|nr\.?|n°|num\.|numero)\s*\w", re.IGNORECASE)
_EVERYWHERE = re.compile(r"\brispetto\b.*\b(?:fasi|tempi|cronoprogramma|scadenze)\b")


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Cards whose indicators carry a group: the groups without any. Other cards: three indicators or more, all plain counts."""
    if card.status == "replaced" or not card.indicators:
        return
    last = len(card.indicators) - 1
    kinds = {indicator.kind for indicator in card.indicators if indicator.kind}
    if kinds:
        empty = [word for kind, word in _KINDS.items() if kind not in kinds]
        if not kinds & {"costo", "qualita"} and _no_real_time(card):
            yield hit(
                "indicators",
                line=card.place(f"indicators[{last}]").line,
                page=card.place(f"indicators[{last}]").page,
                variant="groups",
                found=f"senza indicatori di {' né di '.join(empty)}",
                expected="indicatori di costo e di qualità",
                empty=" né di ".join(empty),
            )
    elif len(card.indicators) > 2 and all(_is_count(card, i) for i in range(last + 1)):
        yield hit(
            "indicators",
            found=f"{last + 1} conteggi",
            expected="almeno un indicatore di qualità, tempo, costo o effetto",
            count=last + 1,
        )


def _no_real_time(card: Card) -> bool:
    """No index of time, or the one that stands on every card ("% rispetto fasi e tempi")."""
    times = [plain(indicator.name) for indicator in card.indicators if indicator.kind == "tempo"]
    return not times or any(_EVERYWHERE.search(name) for name in times)


def _is_count(card: Card, i: int) -> bool:
    indicator = card.indicators[i]
    return bool(_COUNT.match(indicator.name or "")) and typed(own_target(card, indicator)[1]).type in ("number", "unset")


RULE = Rule(
    code="TGT010",
    level=Level.ADVICE,
    card=check,
    kinds=("objective",),
    title="Solo quantità, niente qualità",
    message="I {count} indicatori contano solo attività: nessuno dice quanto bene, in quanto tempo, a quale costo o "
    "con quale effetto.",
    variants={"groups": "Non ci sono indicatori di {empty}."},
    why="Le linee guida chiedono per ogni obiettivo un insieme di indicatori di più dimensioni: contare gli atti non "
    "dice se servono.",
    fix="Aggiungi un indicatore di efficacia o di qualità (gradimento, tempo, costo unitario, effetto per i destinatari).",
    basis=(GUIDELINES,),
)
