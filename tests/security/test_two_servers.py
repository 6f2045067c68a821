"""Two processes of the app on one PostgreSQL and one Chroma server: each sees what the other saved, no vector is made twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.synthetic import fill
from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

ROOT = Path(__file__).resolve().parents[2]
PASSAGES = 600
WORK = """
import json, sys
from cards.model import Card
from settings import load_settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder
embedder = WordEmbedder(pause=0.05)
with Archive.open(load_settings(), embedder) as archive:
    print("pronto", flush=True)
    sys.stdin.readline()
    written = archive.resume()
    draft = archive.save_draft(Card(title=sys.argv[1]))
    print(json.dumps([written, embedder.seen, draft.id]), flush=True)
    sys.stdin.readline()
    print(json.dumps(sorted(draft.card.title for draft in archive.drafts())), flush=True)
"""


def test_two_processes_share_drafts_and_the_work_on_vectors(
    postgres: Callable[[], str], chroma_server: str, tmp_path: Path,
) -> None:
    shared = {"PIAO_DATABASE_URL": postgres(), "PIAO_CHROMA_URL": chroma_server}

    def process(name: str) -> subprocess.Popen[str]:
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("PIAO_")}
        own = {"PIAO_HOME": str(tmp_path / name), "PYTHONPATH": str(ROOT)}
        return subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORK, name], cwd=ROOT, env={**inherited, **shared, **own},
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    settings = Settings(home=tmp_path / "qui", database_url=shared["PIAO_DATABASE_URL"], chroma_url=chroma_server)
    with Archive.open(settings, WordEmbedder()) as archive:
        fill(archive, PASSAGES, 20, vectors=None)
        with process("uno") as one, process("due") as other:
            both = (one, other)
            assert [_line(each) for each in both] == ["pronto"] * 2
            for each in both:
                _go(each)
            (first, seen, mine), (second, also, theirs) = (json.loads(_line(each)) for each in both)
            assert first + second == PASSAGES == archive.vectors.store.count(), "each vector is written once"
            assert not set(seen) & set(also), "no text is embedded by both"
            assert archive.draft(mine).card.title == "uno"
            assert archive.draft(theirs).card.title == "due"
            for each in both:
                _go(each)
            assert [json.loads(_line(each)) for each in both] == [["due", "uno"]] * 2


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
