"""RIS010: the same shared objective has different results, or names, in different units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cards.model import Card, Item
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, VALIDATION
from scoring.rules._text import stems
from scoring.values import number, short, tidy


def check(facts: Facts) -> Iterator[Hit]:
    """Rows of the units' tables with one code: those whose final result, or whose title, is not the commonest one."""
    yield from _results(facts)
    yield from _titles(facts)


def _results(facts: Facts) -> Iterator[Hit]:
    rows: dict[str, list[tuple[Card, int, Item]]] = {}
    for card in facts.of_kind("unit_summary"):
        for i, item in enumerate(card.items):
            if item.code and item.outcomes and number(item.outcomes[-1].percent) is not None:
                rows.setdefault(item.code.strip().upper(), []).append((card, i, item))
    for code, found in sorted(rows.items()):
        values = Counter(number(item.outcomes[-1].percent) for _, _, item in found)
        if len(values) < 2:
            continue
        common = max(values, key=lambda value: (values[value], value or 0))
        for card, i, item in found:
            value = number(item.outcomes[-1].percent)
            if value is not None and common is not None and value != common:
                others = ", ".join(
                    sorted({short(other.unit, 40) for other, _, it in found if number(it.outcomes[-1].percent) == common})
                )
                yield hit(
                    f"items[{i}].outcomes",
                    card=card,
                    found=f"{tidy(value)}%",
                    expected=f"{tidy(common)}%",
                    code=code,
                    value=tidy(value),
                    unit=card.unit or "",
                    common=tidy(common),
                    others=short(others, 120),
                )


def _titles(facts: Facts) -> Iterator[Hit]:
    """A title that has nothing to do with the others under its code; one cut short or reworded is the same."""
    rows: dict[str, list[tuple[Card, int, str]]] = {}
    for card in facts.of_kind("unit_summary"):
        for i, item in enumerate(card.items):
            if item.code and item.title:
                rows.setdefault(item.code.strip().upper(), []).append((card, i, item.title))
    for code, found in sorted(rows.items()):
        groups: list[list[tuple[Card, int, str]]] = []
        for row in found:
            own = next((group for group in groups if _same_title(group[0][2], row[2])), None)
            if own is None:
                groups.append([row])
            else:
                own.append(row)
        common = max(groups, key=len)
        for card, i, title in [row for group in groups if group is not common for row in group]:
            yield hit(
                f"items[{i}].title",
                card=card,
                variant="title",
                found=title,
                expected=common[0][2],
                code=code,
                title=short(title, 60),
                unit=card.unit or "",
                common=short(common[0][2], 60),
                others=short(common[0][0].unit, 60),
            )


def _same_title(one: str, two: str) -> bool:
    """Half of the longer words in common."""
    first, second = stems(one), stems(two)
    return not first or not second or len(first & second) * 2 >= min(len(first), len(second))


RULE = Rule(
    code="RIS010",
    level=Level.ERROR,
    document=check,
    title="Obiettivo condiviso con risultati diversi",
    message="{code}: {value}% per {unit}, {common}% per {others}.",
    variants={"title": "{code}: si chiama «{title}» per {unit}, «{common}» per {others}."},
    why="Un obiettivo condiviso è uno solo: lo stesso risultato deve valere per tutte le unità, salvo che la scheda "
    "dica la parte di ciascuna.",
    fix="Usa lo stesso risultato, o scrivi nella scheda quale parte risponde a ciascuna unità.",
    basis=(VALIDATION, CONSISTENT),
)
