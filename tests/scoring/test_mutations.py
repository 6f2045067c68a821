"""One error at a time planted in a clean document: the right rule says it, at the right place, and nothing else speaks.

Each kind in one objective, and a sample of all; the full count is in ``benchmarks/checking.py``.
"""

from __future__ import annotations

import pytest

from tests.scoring.mutations import MUTATIONS, OBJECTIVES, Mutation, missed, planted, wanted


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.name for mutation in MUTATIONS])
def test_a_planted_error_is_found_alone(mutation: Mutation) -> None:
    assert planted(mutation, 3) == wanted(mutation, 3)


def test_so_it_is_in_other_objectives() -> None:
    every = 7
    assert len(list(missed(every))) <= 0.03 * len(MUTATIONS) * OBJECTIVES / every


def test_there_are_at_least_forty_kinds() -> None:
    assert len(MUTATIONS) >= 40
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
