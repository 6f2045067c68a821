"""Rows of unequal length in one array: row ``i`` is ``values[start[i]:start[i + 1]]``."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Start = NDArray[np.int64]
Keep = NDArray[np.bool_]


def starts(sizes: NDArray[Any]) -> Start:
    """Where rows of these sizes begin, and where the last one ends."""
    found: Start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return found


def kept(start: Start, keep: Keep) -> tuple[Keep, Start]:
    """Which values belong to the rows that stay, and where these begin then."""
    sizes = np.diff(start)
    return np.repeat(keep, sizes), starts(sizes[keep])


def followed(start: Start, other: Start) -> Start:
    """The rows of one, then those of the other."""
    both: Start = np.concatenate([start, start[-1] + other[1:]])
    return both
