"""STR007: a person's name spelled in two ways; one person in two structures or categories."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, ONE_RESPONSIBLE
from scoring.rules._text import alike
from scoring.values import plain, short

_TITLES = frozenset(["dott", "dr", "ssa", "dssa", "ing", "arch", "avv", "geom", "rag", "sig", "sigra", "prof", "dr.ssa"])


def check(facts: Facts) -> Iterator[Hit]:
    """Responsible people by structure, staff by category, and near-twins among all names."""
    yield from _structures(facts)
    yield from _categories(facts)
    yield from _twins(facts)


def _structures(facts: Facts) -> Iterator[Hit]:
    units: dict[str, dict[str, Card]] = {}
    for card in facts.of_kind("objective"):
        name = card.responsible or ""
        if card.unit and name and "interim" not in name.casefold() and len(plain(name).split()) in (2, 3):
            units.setdefault(plain(name), {}).setdefault(plain(card.unit), card)
    for name, found in units.items():
        distinct = [unit for unit in found if not any(unit != other and _inside(unit, other) for other in found)]
        if len(distinct) == 2 and len(found) == 2 and not any("segretario" in unit for unit in found):
            cards = sorted(found.values(), key=lambda card: card.source.lines or (0,))
            yield hit(
                "unit",
                card=cards[-1],
                variant="units",
                found=f"{cards[0].unit} / {cards[-1].unit}",
                expected="una sola struttura",
                key=name,
                name=cards[-1].responsible,
                one=short(cards[0].unit),
                two=short(cards[-1].unit),
            )


def _inside(one: str, two: str) -> bool:
    return one in two or alike(one, two, 0.9)


def _categories(facts: Facts) -> Iterator[Hit]:
    seen: dict[str, tuple[str, Card]] = {}
    for card in facts.cards:
        for i, person in enumerate(card.staff):
            if not person.name or not person.category or len(plain(person.name).split()) < 2:
                continue
            before, _ = seen.setdefault(plain(person.name), (person.category, card))
            if plain(before) != plain(person.category):
                yield hit(
                    f"staff[{i}].category",
                    card=card,
                    variant="category",
                    found=person.category,
                    expected=before,
                    name=person.name,
                    one=before,
                    two=person.category,
                )


def _twins(facts: Facts) -> Iterator[Hit]:
    names: dict[str, tuple[str, Card, str]] = {}
    for card in facts.cards:
        people = [(f"staff[{i}].name", person.name) for i, person in enumerate(card.staff)]
        people += [("responsible", card.responsible), ("manager", card.manager), ("politician", card.politician)]
        for at, name in people:
            if name and 2 <= len(plain(name).split()) <= 5 and len(name) < 60 and not any(char.isdigit() for char in name):
                names.setdefault(_person(name), (name, card, at))
    keys = sorted(names)
    for i, one in enumerate(keys):
        for two in keys[i + 1 :]:
            if one[:2] == two[:2] and len(one) > 9 and _slip(one, two):
                name, card, at = names[two]
                yield hit(at, card=card, found=name, expected=names[one][0], key=two, name=name, other=names[one][0])


def _person(name: str) -> str:
    """The words of a name in one order, without "dott.ssa" and the like."""
    return " ".join(sorted(word for word in plain(name).split() if word not in _TITLES))


def _slip(one: str, two: str) -> bool:
    """One letter apart: two spellings; more may be two people."""
    return (
        abs(len(one) - len(two)) <= 1
        and one.split()[:1] != two.split()[:1] != []
        and alike(one, two, 0.93)
        or (
            len(one.split()) == len(two.split())
            and sum(a != b for a, b in zip(one.split(), two.split(), strict=False)) == 1
            and alike(one, two, 0.94)
        )
    )


RULE = Rule(
    code="STR007",
    level=Level.WARNING,
    document=check,
    title="La stessa persona scritta o collocata in due modi",
    message="«{name}» e «{other}»: sembrano la stessa persona scritta in due modi.",
    variants={
        "units": "{name} compare sotto due strutture: {one} e {two}.",
        "category": "{name} compare in categoria {one} e in categoria {two}.",
    },
    why="Chi risponde di un obiettivo, e con quale ruolo, deve essere detto in un modo solo.",
    fix="Correggi il nome o la struttura; se la persona ha due incarichi, scrivilo («ad interim»).",
    basis=(ONE_RESPONSIBLE, CONSISTENT),
)
