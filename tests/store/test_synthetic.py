"""The synthetic archive used by the measurements: as large as asked, the same every time, found by search."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic import fill, readings, word_vector
from settings import Settings
from store.archive import Archive


def test_readings_hold_what_is_asked_and_are_the_same_every_time() -> None:
    made = list(readings(1000, 50, seed=3))
    assert sum(len(r.passages) for r in made) == 1000
    assert sum(len(r.cards) for r in made) == 50
    assert [r.to_json() for r in made] == [r.to_json() for r in readings(1000, 50, seed=3)]
    assert [r.to_json() for r in made] != [r.to_json() for r in readings(1000, 50, seed=4)]


def test_a_body_has_its_indicators_year_after_year() -> None:
    first, second = list(readings(800, 40))[:2]
    assert first.document.entity == second.document.entity
    assert {i.name for c in first.cards for i in c.indicators} == {i.name for c in second.cards for i in c.indicators}


def test_fill_stores_cards_passages_and_vectors_once(tmp_path: Path) -> None:
    with Archive.open(Settings(home=tmp_path)) as archive:
        assert fill(archive, 400, 20) == 1
        assert fill(archive, 400, 20) == 0
        assert len(archive.cards()) == 20
        assert archive.pending_vectors() == 0
        assert archive.vectors.query(word_vector(next(archive.passages()).text), 1)[0][1] > 0.999
