"""What passages can be filtered by, column by column: each value once, each passage the number of its value.

A filter is then tried on the few values instead of on every passage.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
