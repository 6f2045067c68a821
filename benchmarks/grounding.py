"""What the grounding check finds, what it marks wrongly and how long it takes: ``python -m benchmarks.grounding``.

The set of real drafts is found through PIAO_SHARED (or beside the repository); the two-page text is made of our test sentences.
Fails when a figure misses its floor: found ≥ 0.96, true ones marked ≤ 0.04, two pages under 50 ms of processor time even when
the sources are read for the first time.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
FOUND, MARKED, LIMIT_MS = 0.96, 0.04, 50.0
WORDS = 950


def two_pages() -> dict[str, Any]:
    """About 950 words over the cases of the tests, each citing its own precedents."""
    precedents, sentences, given = [], [], []
    for case in yaml.safe_load((ROOT / "tests" / "grounding" / "casi.yaml").read_text(encoding="utf-8")):
        names = {str(one["key"]): f"{case['id'][:2]}{one['key']}".upper() for one in case["precedents"]}
        precedents += [one | {"key": names[str(one["key"])]} for one in case["precedents"]]
        given.append(case["input"])
        for text in [*case["sostenute"], *(text for _kind, text in case["non_sostenute"])]:
            for old, new in names.items():
                text = text.replace(f"[{old}]", f"[{new}]")
            sentences.append(text)
            if sum(len(one.split()) for one in sentences) > WORDS:
                return {"id": "x", "precedents": precedents, "input": " ".join(given), "text": " ".join(sentences)}
    return {"id": "x", "precedents": precedents, "input": " ".join(given), "text": " ".join(sentences)}


def milliseconds(item: dict[str, Any], *, cold: bool) -> float:
    """Processor time of one check, the best of nine; ``cold``: nothing of the sources is remembered."""
    from prompts.grounding import check_text
    from prompts.grounding.source import read_source

    taken = []
    for _ in range(9):
        if cold:
            read_source.cache_clear()
        start = time.process_time()
        check_text(item)
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


def accuracy(file: Path) -> tuple[float, float]:
    """The shares that the scorer of the evaluation set gives: unsupported found, true ones marked."""
    from prompts.grounding import check_file

    spec = importlib.util.spec_from_file_location("score_grounding", file.with_name("score_grounding.py"))
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    result = scorer.score({report.id: report.to_json() for report in check_file(file)}, scorer.load(str(file)))
    return result["found"], result["true_marked"]


def main() -> int:
    """Print the figures; 1 when one of them misses its floor."""
    item = two_pages()
    cold, warm = milliseconds(item, cold=True), milliseconds(item, cold=False)
    held = max(cold, warm) < LIMIT_MS
    lines = [
        f"testo di {len(item['text'].split())} parole, {len(item['precedents'])} precedenti",
        f"{'prima lettura delle fonti':<40} {cold:8.1f} ms",
        f"{'fonti già lette':<40} {warm:8.1f} ms   (limite {LIMIT_MS:.0f})",
    ]
    file = SHARED / "evals" / "grounding_dev.jsonl"
    if file.exists():
        found, marked = accuracy(file)
        held = held and found >= FOUND and marked <= MARKED
        lines.append(f"{'fatti senza fonte trovati':<40} {found:8.4f}      (almeno {FOUND})")
        lines.append(f"{'frasi vere marcate':<40} {marked:8.4f}      (al più {MARKED})")
    else:
        lines.append(f"{file.name}: assente, l'accuratezza non si misura")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
