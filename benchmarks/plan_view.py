"""A whole plan of 1,000 cards: checked, looked at and mended in one go, as *Verifica* and *Piano* do. Seconds of one core."""

from __future__ import annotations

import random
import time

from cards.model import Card, Indicator
from scoring.check import check
from scoring.overview import in_plan_order, overview, plan_reading
from scoring.profiles import load_profile
from scoring.remedies import remedies

CARDS, SECONDS = 1000, 2.0


def plan(many: int = CARDS) -> list[Card]:
    """Cards of twenty units, three indicators each; some weights and targets wrong on purpose."""
    dice = random.Random(7)
    targets = ("≥ 80%", "≤ 30 giorni", "entro 30/06/2027", "12", "Come da piano")
    return [
        Card(
            id=f"c{n}", title=f"Obiettivo {n} di miglioramento", unit=f"Settore {n % 20}", year=2027, weight="2",
            start="01/01/2027", end="31/12/2027", responsible="Anna Bianchi",
            indicators=tuple(
                Indicator(name=f"Indicatore {k} della scheda {n}", formula="n / totale * 100", baseline="70%" if k else None,
                          targets={"2027": dice.choice(targets), "2028": "≥ 82%"}, weight=dice.choice(("30", "40", "35")))
                for k in range(3)
            ),
        )
        for n in range(many)
    ]


def run() -> bool:
    """Print the time; False when it is over the limit."""
    profile, cards = load_profile("neutro"), in_plan_order(plan())
    check(plan_reading(cards[:20], "piano", 2027, "piao"), profile, year=2027)  # what is read once a process
    start = time.process_time()
    reading = plan_reading(cards, "piano", 2027, "piao")
    report = check(reading, profile, year=2027)
    view = overview(reading, profile, 2027, report)
    found = sum(1 for _ in remedies(report, cards, profile))
    seconds = time.process_time() - start
    told = f"{view.cards} schede, {view.indicators} indicatori, {len(report.findings)} segnalazioni, {found} correzioni"
    print(f"piano intero: {told} in {seconds:.2f} s di processore (limite {SECONDS:.0f} s)")
    return seconds < SECONDS


if __name__ == "__main__":
    raise SystemExit(0 if run() else 1)
