"""Target strings as people of local bodies write them, each with the reading that the conventions give.

Three files of ``targets/*.tsv``, written before the reader saw them. A string is right when type, comparator and value are those
of one of its readings; durations are compared as printed, numbers as numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from cards.quantities import Target, read_target

Reading = tuple[str, str | None, str | None]
TYPE_ONLY = {"compound", "text", "unset", "ambiguous"}


def rows() -> Iterator[tuple[str, list[Reading]]]:
    for path in sorted((Path(__file__).parent / "targets").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                text, *cells = line.split("\t")
                values = [None if cell == "-" else cell for cell in cells]
                yield text, [(str(values[i]), values[i + 1], values[i + 2]) for i in range(0, len(values), 3)]


def right(target: Target, wanted: Reading) -> bool:
    kind, comparator, value = wanted
    if target.type != kind:
        return False
    if kind in TYPE_ONLY or value is None:
        return True
    return target.comparator == comparator and same(target.value or "", value)


def same(one: str, two: str) -> bool:
    try:
        return Decimal(one) == Decimal(two)
    except InvalidOperation:
        return one == two


STRINGS = list(rows())


@pytest.mark.parametrize(("text", "readings"), STRINGS, ids=[text for text, _ in STRINGS])
def test_reading(text: str, readings: list[Reading]) -> None:
    target = read_target(text)
    assert any(right(target, wanted) for wanted in readings), target
    assert target.text == text


def test_there_are_enough_of_them() -> None:
    assert len(STRINGS) >= 500
