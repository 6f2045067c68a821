"""The checker at size: 10,000 and 100,000 indicator rows, one card at each keystroke, 20,000 cards of any shape; then what it
finds (``check_quality``).

    python benchmarks/checking.py [--cards 20000] [--no-quality] [--json]

Prints seconds of one core, peak memory and shares; exits 1 when a bound or a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.check_quality import FLOORS, quality
from cards.model import Card, Document, Indicator, Reading
from scoring.check import check
from scoring.profiles import load_profile

UNITS = ("giorni", "%", "n.", "€")
BOUNDS = {"seconds_10000": 3.0, "seconds_card": 0.020, "memory_mb": 500.0, "growth": 13.0}


def plan(rows: int, indicators: int = 4) -> Reading:
    """A made-up report of that many indicator rows, four to a card, all different, some of them wrong."""
    cards = []
    for number in range(rows // indicators):
        rows_of_card = tuple(_indicator(number * indicators + k, k) for k in range(indicators))
        cards.append(
            Card(
                id=f"{number:016x}",
                year=2025,
                code=f"S{number % 9}.{number:06}",
                title=f"Obiettivo numero {number} del servizio {number % 97}",
                unit=f"Settore {number % 40}",
                responsible=f"Responsabile del settore {number % 40}",
                mission="01",
                programme="02",
                strategic_line=f"Linea {number % 12}",
                indicators=rows_of_card,
                description=f"Il servizio {number} prosegue il lavoro dell'anno.",
            )
        )
    return Reading(document=Document(name="grande.xlsx", year=2025, document_type="relazione_performance"), cards=tuple(cards))


def _indicator(row: int, k: int) -> Indicator:
    target, actual = 50 + row % 977, 40 + row % 991
    unit = UNITS[k % len(UNITS)]
    return Indicator(
        name=f"Indicatore {row} in {unit}",
        formula=f"rilevazione {row} dal gestionale, numero",
        history={"2023": str(target - 9), "2024": str(target - 4)},
        targets={"2025": f"≥ {target}"},
        actuals={"2025": str(actual)},
        deviation=str(actual - target),
        weight="25",
        achievement=str(min(100, round(100 * actual / target))),
        note="dato del gestionale",
    )


def timed(reading: Reading) -> float:
    """Seconds of processor time (one core) of one check of the reading by all rules."""
    start = time.process_time()
    report = check(reading, load_profile("cremona"))
    report.to_json()
    return time.process_time() - start


def any_cards(count: int) -> int:
    """Checks that many cards of any valid shape; returns how many broke a rule."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.scoring.strategies import CARD

    broken = 0

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(card=CARD)
    def each(card: dict[str, Any]) -> None:
        nonlocal broken
        reading = Reading(document=Document(name="x", year=2021), cards=(Card.model_validate(card),))
        broken += any("difetto" in skipped.why for skipped in check(reading, load_profile("neutro")).not_run)

    each()
    return broken


def main() -> int:
    """Runs the measures and compares them with the bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=20_000, help="cards of any shape (0 = none)")
    parser.add_argument("--no-quality", action="store_true", help="speed and robustness alone")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    small, large = timed(plan(10_000)), timed(plan(100_000))
    card = Reading(document=Document(name="bozza", year=2025), cards=plan(4).cards)
    check(card, load_profile("neutro"))
    start = time.process_time()
    for _ in range(50):
        check(card, load_profile("neutro"))
    one = (time.process_time() - start) / 50
    figures: dict[str, float] = {
        "seconds_10000": small,
        "seconds_100000": large,
        "growth": large / small,
        "seconds_card": one,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if args.cards:
        figures["cards"], figures["broken"] = args.cards, any_cards(args.cards)
    missed = [name for name, bound in BOUNDS.items() if figures[name] > bound] + (["broken"] if figures.get("broken") else [])
    if not args.no_quality:
        shares = quality()
        figures |= shares
        missed += [name for name, share in shares.items() if share < FLOORS[name]]
    if args.json:
        sys.stdout.write(json.dumps({**figures, "missed": missed}) + "\n")
    else:
        for name, value in figures.items():
            sys.stdout.write(f"{name:<32} {value:10.3f}{'   fuori limite' if name in missed else ''}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
