"""Runs a file of questions with known evidence and counts how often the archive answers (``piao eval``).

A question is ``{"query", "evidence": [[words, ...], ...], "kind", "difficulty"}``, one a line; a result is right when the
first 1,200 characters of its text hold all the words of one alternative, compared on letters, digits and signs alone.
A line without ``evidence`` is a question that the archive must not answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cards.errors import UnreadableFile
from cards.plain_data import json_of

if TYPE_CHECKING:
    from store.archive import Archive

SHOWN = 1200
KEEP = re.compile(r"[^0-9a-zàèéìòù%€<>=≥≤]+")


def evaluate_file(archive: Archive, path: Path, k: int = 10) -> dict[str, dict[str, float]]:
    """Figures over all questions, by difficulty and by kind: hit@1, hit@5, hit@k, mrr, abstained, n."""
    ranks: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for question in read_questions(path):
        result = archive.search(question["query"], k=k)
        rank = first_right([hit.text for hit in result.hits], question.get("evidence") or [])
        groups = ["tutte", f"difficoltà {question.get('difficulty')}", f"tipo {question.get('kind')}"]
        for group in groups if question.get("evidence") else ["senza risposta"]:
            ranks[group].append((rank, result.abstained))
    return {group: figures(rows, k) for group, rows in sorted(ranks.items())}


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSON-lines file; ``UnreadableFile`` with the line that is wrong."""
    questions = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: non si legge ({error}). Serve un file di testo con una domanda JSON per riga.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                question = json_of(line)
                questions.append({**question, "query": str(question["query"])})
            except (ValueError, KeyError, TypeError) as error:
                raise UnreadableFile(f"{path.name}, riga {number}: serve un oggetto JSON con il campo «query».") from error
    return questions


def first_right(texts: Iterable[str], evidence: list[list[str]]) -> int:
    """The rank (from 1) of the first right text, 0 where none is."""
    wanted = [[plain(words) for words in alternative] for alternative in evidence]
    for rank, text in enumerate(texts, 1):
        shown = plain(text[:SHOWN])
        if any(all(words in shown for words in alternative) for alternative in wanted):
            return rank
    return 0


def plain(text: str) -> str:
    """Lower-case letters, digits and comparison signs."""
    return KEEP.sub("", unicodedata.normalize("NFKC", text).replace("’", "'").lower())


def figures(rows: list[tuple[int, bool]], k: int) -> dict[str, float]:
    """The figures of a group of (rank, abstained)."""
    n = len(rows)
    hits = {f"hit@{top}": sum(0 < rank <= top for rank, _ in rows) / n for top in sorted({1, 5, k})}
    return {**hits, "mrr": sum(1 / rank for rank, _ in rows if rank) / n, "abstained": sum(a for _, a in rows) / n, "n": float(n)}
