"""How long a draft without a model takes, and the exports of a card: ``python -m benchmarks.drafting``.

The precedents are the sample cards; the time to find them in an archive is the search's own (``benchmarks/search_bench.py``).
Limits: a draft under 500 ms, a check of the facts of a two-page text under 50 ms.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def median_ms(job: Callable[[], object], times: int = 15) -> float:
    """Median time of a job in milliseconds, the first run left out."""
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print one line a job."""
    from exports import FORMATS, export
    from exports.layouts import LAYOUTS
    from ingest.reading import read
    from prompts.drafting import Need, draft_card
    from prompts.render import card_text
    from prompts.support import unsupported

    texts = sorted((ROOT / "samples" / "texts").glob("*.txt"))
    cards = [c for path in texts for c in read(path).cards if c.kind in ("objective", "service", "indicator")]
    need = Need("Riduzione dei tempi di pagamento", "Servizi Finanziari", 2026, facts="Nel 2025 le fatture sono state 1.200.")
    draft = draft_card(need, cards[:3])
    lines = [
        ("bozza con 3 precedenti", median_ms(lambda: draft_card(need, cards[:3]))),
        ("bozza senza precedenti", median_ms(lambda: draft_card(need))),
    ]
    two_pages = (card_text(cards[0]) + " [1]. ") * max(1, 6_000 // len(card_text(cards[0])))
    lines.append(("controllo dei fatti, due pagine", median_ms(lambda: unsupported(two_pages, cards[:3], need.facts), 5)))
    lines += [
        (f"export {f} {layout}", median_ms(lambda f=f, layout=layout: export(draft, f, layout), 3))  # type: ignore[misc]
        for layout in LAYOUTS
        for f in FORMATS
    ]
    sys.stdout.write("\n".join(f"{name:<40} {taken:8.1f} ms" for name, taken in lines) + "\n")


if __name__ == "__main__":
    main()
