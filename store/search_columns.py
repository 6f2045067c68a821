"""What passages can be filtered by, column by column: each value once, each passage the number of its value.

A filter is then tried on the few values instead of on every passage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.records import StoredPassage

FIELDS = ("entity", "year", "unit", "kind", "mission", "document", "document_id")
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """The values of a field and, by passage, the number of the one it has."""

    values: tuple[object, ...]
    codes: NDArray[np.int32]

    def where(self, fits: Callable[[object], bool]) -> Mask:
        """The passages whose value fits."""
        good = np.array([fits(value) for value in self.values], bool)
        return good[self.codes] if len(good) else np.zeros(0, bool)

    def held(self, mask: Mask) -> set[object]:
        """The values that the passages of the mask have."""
        present = np.bincount(self.codes[mask], minlength=len(self.values)) > 0
        return {value for value, here in zip(self.values, present, strict=True) if here}


def columns(passages: Sequence[StoredPassage], fields: Iterable[str] = FIELDS) -> Mapping[str, Column]:
    """The columns of the passages by field."""
    return {field: _column([getattr(p, field) for p in passages]) for field in fields}


def _column(values: Sequence[object]) -> Column:
    numbers: dict[object, int] = {}
    codes = np.fromiter((numbers.setdefault(value, len(numbers)) for value in values), np.int32, len(values))
    return Column(tuple(numbers), codes)
