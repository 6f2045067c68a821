"""Extractive answers measured: is the right figure in the answer to the development questions that ask for one?

    python -m benchmarks.answers [HOME]        (PIAO_SHARED; without HOME the documents are read into a temporary archive)

``answers_dev.jsonl`` holds the figures, read in the documents by hand: an answer is right when one of its lines holds the
words that say what is measured and all the figures. Floor: 0.85.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from prompts.answering import Answer, answer
from settings import Settings
from store.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
FLOOR = 0.85


def rows(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON-lines file that have an id."""
    read = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [row for row in read if "id" in row]


def right(reply: Answer, words: str, figures: list[str]) -> bool:
    """Whether a line of the answer holds the words and every figure as a whole number."""
    return any(words.casefold() in line.text.casefold() and all(_holds(line.text, f) for f in figures) for line in reply.lines)


def _holds(text: str, figure: str) -> bool:
    at = text.casefold().find(figure.casefold())
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + len(figure) : at + len(figure) + 2]
        if not before.isdigit() and before not in (".", ",") and not after[:1].isdigit() and not (
                after[:1] in ".," and after[1:].isdigit()):
            return True
        at = text.casefold().find(figure.casefold(), at + 1)
    return False


def measure(archive: Archive, verbose: bool = False) -> float:
    """The share of the questions whose answer has the right figure."""
    wanted = {row["id"]: row for row in rows(Path(__file__).with_name("answers_dev.jsonl"))}
    questions = [q for q in rows(SHARED / "evals" / "questions_dev.jsonl") if q["id"] in wanted]
    held = 0
    for question in questions:
        asked = wanted[question["id"]]
        reply = answer(archive.search(str(question["query"])), archive)
        good = right(reply, str(asked["words"]), list(asked["figures"]))  # type: ignore[call-overload]
        held += good
        if not good and verbose:
            print(f"- {question['id']} {question['query']} -> {asked['figures']}\n{reply.text}\n")
    print(f"cifra giusta nella risposta: {held} di {len(questions)}, {held / len(questions):.3f} (almeno {FLOOR})")
    return held / len(questions)


def main(home: str = "", verbose: str = "") -> int:
    """Measure; 1 when the floor is missed."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Settings(home=Path(home or folder))) as archive:
        if not home:
            list(archive.ingest(sorted((SHARED / "corpus").glob("*.txt"))))
        return 0 if measure(archive, bool(verbose)) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
