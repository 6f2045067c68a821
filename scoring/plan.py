"""Is this a whole plan of a body that owes it, and does a theme appear in it: what the duties of the plan, and the pages, ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.parameters import amount
from scoring.rule import Hit, LegalBasis, Level, NotRun, Period, Rule, hit

_FEWEST = 10


def whole_plan(facts: Facts) -> None:
    """Raises ``NotRun`` unless the reading is a whole plan of a body with more than fifty employees, or of unknown size."""
    kind = facts.reading.document.document_type
    cards = [card for card in facts.of_kind("objective", "service", "indicator") if card.status not in GONE]
    if facts.is_report or (kind is not None and kind not in ("piao", "piano_performance", "pdo", "peg")):
        raise NotRun("riguarda il piano, non una relazione.")
    if len(cards) < _FEWEST:
        here = "c'è una scheda" if len(cards) == 1 else f"ci sono {len(cards)} schede"
        raise NotRun(f"serve il piano intero: qui {here}.")
    varied = sum(bool(card.variations) for card in cards)
    if 2 * varied > len(cards):
        raise NotRun(f"serve il piano intero: qui {varied} schede su {len(cards)} sono di variazioni chieste.")
    staff, limit = facts.staff, amount("staff_threshold", facts.document_year, 50)
    if staff is not None and staff < limit:
        raise NotRun(f"non applicabile: sotto i {limit} dipendenti la sottosezione 2.2 non è dovuta (D.M. 132/2022, art. 6).")
    if staff == limit:
        raise NotRun(f"con {limit} dipendenti esatti le norme non concordano: decide l'ente se la 2.2 è dovuta.")


def words_of(card: Card, in_force: bool = False) -> str:
    """All that a card says, for looking a theme up; ``in_force``: without phases and indicators that a variation took away."""
    parts = [card.title, card.purpose, card.description, card.operational_objective, card.strategic_objective, *card.activities]
    parts += [one.name for one in card.indicators if not in_force or one.status not in GONE]
    parts += [one.text for one in card.phases if not in_force or one.status not in GONE]
    return " ".join(part for part in parts if part)


def speaks_of(facts: Facts, pattern: re.Pattern[str]) -> bool:
    """True when a card in force has the theme, in what is in force of it."""
    return any(pattern.search(words_of(card, in_force=True)) for card in facts.cards if card.status not in GONE)


def theme_rule(
    code: str, title: str, *, what: str, words: str, level: Level, since: str, why: str, fix: str, basis: tuple[LegalBasis, ...]
) -> Rule:
    """The rule of a theme that a whole plan must touch: one hit where no card has any of the ``words`` (a pattern)."""
    pattern = re.compile(words, re.IGNORECASE)

    def check(facts: Facts) -> Iterator[Hit]:
        whole_plan(facts)
        if not speaks_of(facts, pattern):
            yield hit(found="nessun obiettivo", expected=what, what=what)

    return Rule(
        code=code,
        level=level,
        document=check,
        valid=Period(since, None),
        title=title,
        message="Nessun obiettivo del piano riguarda {what}.",
        why=why,
        fix=fix,
        basis=basis,
    )
