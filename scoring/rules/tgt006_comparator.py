"""TGT006: the comparator goes against the polarity, or flips between years or between versions of a target."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from cards.quantities import comparator_direction, polarity_of
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, SPECIFIC
from scoring.values import plain, short, typed, unset

_ITALIAN = {"higher": "più è meglio", "lower": "meno è meglio"}


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """A flip is an error; a comparator against the words of the name is a warning, for words can mislead."""
    for i, indicator in live_indicators(card):
        ways = {key: way for key, way in ((key, _way(value)) for key, value in sorted(_all(indicator).items())) if way}
        if len(set(ways.values())) > 1:
            one = next(iter(ways))
            two = next(key for key, way in ways.items() if way != ways[one])
            first, second = _all(indicator)[one], _all(indicator)[two]
            yield hit(
                f"indicators[{i}].targets",
                found=f"{first} e {second}",
                expected="lo stesso verso",
                name=short(indicator.name),
                one=first,
                two=second,
            )
        elif ways and (named := polarity_of(indicator.name)) and named not in ways.values() and _plainly(indicator.name):
            key, way = next(iter(ways.items()))
            yield hit(
                f"indicators[{i}].targets",
                level=Level.WARNING,
                variant="against",
                found=_all(indicator)[key],
                expected=_ITALIAN[named],
                name=short(indicator.name),
                text=_all(indicator)[key],
                way=_ITALIAN[way],
            )
    for i, variation in enumerate(card.variations):
        before, after = _way(variation.old), _way(variation.new)
        if variation.action == "change_target" and before and after and before != after:
            yield hit(
                f"variations[{i}].new",
                found=f"{variation.old} e {variation.new}",
                expected="lo stesso verso",
                name=short(variation.name or "indicatore variato"),
                one=variation.old,
                two=variation.new,
            )


def _all(indicator: Indicator) -> dict[str, str]:
    plans = {f"{plan}/{key}": value for plan, targets in indicator.targets_by_plan.items() for key, value in targets.items()}
    return plans | indicator.targets


def _way(text: str | None) -> str | None:
    return None if text is None or unset(text) else comparator_direction(typed(text))


def _plainly(name: str | None) -> bool:
    """Names that begin by saying what is counted, where a word cannot mislead."""
    return plain(name).startswith(("tempo medio", "tempi medi", "giorni di ritardo", "numero reclami", "n reclami", "reclami"))


RULE = Rule(
    code="TGT006",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Comparatore contraddittorio",
    message="«{name}»: il comparatore cambia verso tra «{one}» e «{two}».",
    variants={"against": "«{name}»: con «{text}» {way}, ma il nome dell'indicatore dice il contrario."},
    why="Se non si sa quando il valore è migliore, lo stesso risultato può essere raggiunto o mancato.",
    fix="Scrivi lo stesso comparatore in tutti gli anni e in tutte le versioni, nel verso dell'indicatore.",
    basis=(SPECIFIC, CONSISTENT),
)
