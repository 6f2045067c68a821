"""Whatever is typed is handled, from the question to the answer, the follow-up and the library; nothing of it is run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.synthetic import fill
from prompts.answering import answer
from settings import Settings
from store.archive import Archive
from store.search import Filters
from store.search_followup import followed
from tests.store.fakes import WordEmbedder

QUESTIONS = (
    "", " ", "?!…", "x" * 10_000, "rifiuti " * 1250, "quanti obiettivi " * 600, "how many trees were planted last year?",
    "wie viele Bäume wurden gepflanzt", "<script>alert('a')</script> rifiuti", "'; DROP TABLE passages; --", "[a](http://b) **c**",
    "quanti obiettivi con ' OR 1=1 --", "chi ha superato l'80 % di %s %d {0}", "e", "e?", "perché", "(((", "[[[", "\\d+(", "\x00\ud800",
    "chi ha superato il 99999999999999999999 %", "🌳🌳🌳", "e gli altri, e l'anno prima, e a Borgoalba nel 2018?",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(Settings(home=tmp_path_factory.mktemp("a")), WordEmbedder()) as held:
        fill(held, 400, 20, vectors=None)
        held.resume()
        yield held


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q[:20].encode("ascii", "replace").decode())
def test_any_question_gets_an_answer(archive: Archive, question: str) -> None:
    result = archive.search(question)
    reply = answer(result, archive)
    assert reply.text
    whole = followed("pasti serviti a Borgoalba nel 2018", question, ["Comune di Borgoalba"], [2017, 2018])
    assert answer(archive.search(whole.query[:20_000]), archive).text
    assert archive.indicator(question) is not None
    assert archive.indicators_about(question) is not None
    assert archive.search("rifiuti", filters=Filters(unit=question or None, entity="%", mission="_")).abstained
    assert sum(1 for _ in archive.passages()) == 400


def test_a_document_named_by_the_question_cannot_leave_the_archive(archive: Archive, tmp_path: Path) -> None:
    assert archive.search("rifiuti", filters=Filters(document="../../etc/passwd")).abstained
