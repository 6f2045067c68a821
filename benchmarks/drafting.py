"""How long a draft without a model takes, search and save included, and the check of the facts of two pages of text:

    python -m benchmarks.drafting [PASSAGES]         default 10,000 passages in a synthetic archive

Limits (the run fails over them): a draft under 500 ms at the median; the check of a two-page text under 50 ms of processor time
(one thread: the wall time of a machine with nothing else to do). The exports of a card are measured beside, without a limit.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

DRAFT_MS, CHECK_MS = 500, 50
PASSAGES = 10_000
TWO_PAGES = 6_000  # characters
TITLE = "Riduzione dei tempi di pagamento"


def times_ms(job: Callable[[], object], times: int) -> list[float]:
    """Time of each run in milliseconds, the first run left out, sorted."""
    job()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def cpu_ms(job: Callable[[], object], times: int) -> float:
    """Mean processor time of a run in milliseconds: what it takes on a machine with nothing else to do."""
    start = time.process_time()
    for _ in range(times):
        job()
    return (time.process_time() - start) * 1000 / times


def told(name: str, taken: list[float], limit: float | None = None) -> bool:
    """Print median and worst; whether the limit holds."""
    middle = statistics.median(taken)
    held = limit is None or middle <= limit
    end = "" if limit is None else f"   limite {limit:.0f} ms: {'rispettato' if held else 'SUPERATO'}"
    print(f"{name:<52} mediana {middle:8.1f} ms   massimo {taken[-1]:8.1f} ms{end}", flush=True)
    return held


def drafts(passages: int) -> bool:
    """A draft from the need to the saved card, on an archive of that size."""
    from benchmarks.synthetic import fill
    from prompts.drafting import Need
    from prompts.job import draft_from_archive
    from settings import Settings
    from store.archive import Archive

    with TemporaryDirectory(prefix="piao-") as folder, Archive.open(Settings(_env_file=None, home=Path(folder))) as archive:
        fill(archive, passages=passages)
        cards = [card for card in archive.cards() if card.kind in ("objective", "service", "indicator") and card.indicators]
        titles = cycle(card.title or TITLE for card in cards[:: max(1, len(cards) // 12)])

        def one() -> Any:
            return draft_from_archive(archive, Need(next(titles), "Settore Uno", 2027, "Comune di Roccamora"), archive.settings)

        held = told(f"bozza con la ricerca su {passages} passaggi", times_ms(one, 24), DRAFT_MS)
        like = [card.id or "" for card in cards[:3]]
        need = Need(TITLE, "Settore Uno", 2027)
        chosen = times_ms(lambda: draft_from_archive(archive, need, archive.settings, like=like), 12)
        return told("bozza da 3 precedenti scelti", chosen, DRAFT_MS) and held


def checks() -> bool:
    """The check of the facts of two pages against three precedents."""
    from prompts.drafting import Need, draft_card
    from prompts.render import card_text
    from prompts.support import unsupported

    cards = list(sample_cards())
    need = Need(TITLE, "Servizi Finanziari", 2027, facts="Nel 2026 le fatture sono state 1.200.")
    two_pages = (card_text(cards[0]) + " [1]. ") * max(1, TWO_PAGES // len(card_text(cards[0])))
    held = told("bozza in memoria da 3 precedenti", times_ms(lambda: draft_card(need, cards[:3]), 15), DRAFT_MS)
    check = partial(unsupported, two_pages, cards[:3], need.facts)
    told("controllo dei fatti di due pagine, a orologio", times_ms(check, 15))
    return told("controllo dei fatti di due pagine, di processore", [cpu_ms(check, 5) for _ in range(3)], CHECK_MS) and held


def exported() -> None:
    """The exports of a draft, in each layout and format."""
    from exports import FORMATS, export
    from exports.layouts import LAYOUTS
    from prompts.drafting import Need, draft_card

    draft = draft_card(Need(TITLE, "Servizi Finanziari", 2027), list(sample_cards())[:3])
    for layout in LAYOUTS:
        for form in FORMATS:
            told(f"export {form} {layout}", times_ms(lambda f=form, x=layout: export(draft, f, x), 3))  # type: ignore[misc]


def sample_cards() -> Iterator[Any]:
    """The cards of the sample archive."""
    from ingest.reading import read

    for path in sorted((ROOT / "samples" / "texts").glob("*.txt")):
        yield from (c for c in read(path).cards if c.kind in ("objective", "service", "indicator"))


def main(args: list[str]) -> int:
    """Print one line a job; 1 where a limit is missed."""
    held = checks()
    held = drafts(int(args[0]) if args else PASSAGES) and held
    exported()
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
