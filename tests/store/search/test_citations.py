"""Every result says where it stands, and it stands there: on the real documents, in both formats, read by a second reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.citations import questions, stated, unresolved
from benchmarks.search_bench import stored
from store.search import search_index
from store.search_index import SearchIndex
from store.search_values import Hit


def hit(page: int | None, lines: tuple[int, ...], text: str) -> Hit:
    return Hit(1, 1.0, text, None, None, None, None, "nota.txt", page, lines)


def test_the_check_itself_sees_a_wrong_place(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text("prima riga\nPosti al nido\t50\nterza riga", encoding="utf-8")
    assert stated(tmp_path / "nota.txt", hit(None, (2, 2), "")) == "postialnido50"
    assert unresolved(tmp_path, [hit(None, (2, 2), "Posti al nido | 50")]) == []
    assert unresolved(tmp_path, [hit(None, (1, 1), "Posti al nido | 50")])
    assert unresolved(tmp_path, [hit(None, (2, 2), "Posti al nido | 51")])


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".txt", ".pdf"])
def test_every_citation_resolves(shared: Path, suffix: str) -> None:
    index = SearchIndex.of(stored(sorted((shared / "corpus").glob(f"*{suffix}"))))
    results = [search_index(query, index, None, None) for query in questions()]
    hits = [found for result in results for found in (*result.hits, *result.nearest)]
    assert len(hits) > 1000
    assert [(h.document, h.page, h.lines, lost) for h, lost in unresolved(shared / "corpus", hits)] == []
