"""Two people on one card, 200 times over: nothing is ever overwritten without being seen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cards.errors import Conflict
from cards.model import Card
from settings import load_settings
from store.archive import Archive

CARD = Card(title="Sportello", unit="Demografici", year=2027)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.engines
def test_in_fifty_interleavings_no_save_is_lost_in_silence(home: Path, seed: int):
    """Each person reads, types and saves in an order decided by the dice. Every save that succeeded is in the history, made
    from the version its author had seen; every other was told as a conflict."""
    dice = random.Random(seed)
    with Archive.open(load_settings()) as archive:
        draft = archive.save_draft(CARD)
        seen = {"prima": draft, "seconda": draft}
        written, told = [], 0
        for number in range(50):
            who = dice.choice(("prima", "seconda"))
            if dice.random() < 0.4:
                seen[who] = archive.draft(draft.id)
            had, title = seen[who], f"{who} {number}"
            before = archive.draft(draft.id)
            try:
                seen[who] = archive.save_draft(had.card.replace(title=title), draft.id, version=had.version, author=who)
                assert before.version == had.version, "ha salvato sopra qualcosa che non aveva visto"
                written.append(title)
            except Conflict:
                told += 1
                assert archive.draft(draft.id) == before, "un rifiuto non cambia nulla"
                seen[who] = archive.draft(draft.id)
        versions = archive.draft_versions(draft.id)[::-1]
        assert [one.card.title for one in versions[1:]] == written
        assert len(written) + told == 50
        assert told > 0
