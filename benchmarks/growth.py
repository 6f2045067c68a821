"""How an archive grows: laws fitted on small archives, tried on larger ones that were measured, then carried to a whole country.

    python -m benchmarks.growth

Deterministic: the rows below are those that ``benchmarks.scaling`` and ``benchmarks.search_speed`` printed on a machine with two
cores (docs/scaling.md); the laws see the FITTED rows only, the HELD_OUT ones say how wrong they are. Bodies and provinces of the
country are drawn with a fixed seed. Exits 1 when a law misses a held-out row by more than MOST.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np

MOST = 0.30  # share by which a prediction may miss
SEED, BODIES, PROVINCES, YEARS, PASSAGES, TOKENS = 8, 7_900, 107, 10, 400, 60
SPEED = 2_516  # tokens a second of the embedding on two cores, with nobody else at work (``benchmarks.embedding``)
QUANTITIES = ("database, MB", "vettori, MB", "indice di ricerca, MB", "vettori scritti, s di processore",
              "indice costruito, s di processore", "memoria di un processo, MB", "domanda, mediana, ms di processore")
# passages -> the quantities above, None where that run did not tell it
FITTED: dict[int, tuple[float | None, ...]] = {
    2_000: (6.82, 5.47, 2.07, 2.43, 0.393, 727, 27.6),
    6_000: (20.1, 15.7, 6.08, 6.37, 1.16, 737, 31.1),
    20_000: (66.2, 52.1, 20.1, 21.1, 3.56, 782, 34.2),
}
HELD_OUT: dict[int, tuple[float | None, ...]] = {
    100_000: (331, 246, 100, 110, 18.9, 1_000, 49),
    500_000: (1_660, 1_300, 499, 730, 85, 2_100, 58),
}


@dataclass(frozen=True)
class Law:
    """``fixed + slope * shape(passages)``, by least squares of the relative errors."""

    fixed: float
    slope: float
    shape: Callable[[float], float]

    @classmethod
    def of(cls, points: dict[int, float], shape: Callable[[float], float]) -> Law:
        """The law nearest to the points."""
        weights = np.array([1 / y for y in points.values()])
        rows = np.array([[1.0, shape(n)] for n in points]) * weights[:, None]
        (fixed, slope), *_ = np.linalg.lstsq(rows, np.ones(len(points)), rcond=None)
        return cls(float(fixed), float(slope), shape)

    def at(self, passages: float) -> float:
        """The quantity of an archive of so many passages."""
        return self.fixed + self.slope * self.shape(passages)


def straight(passages: float) -> float:
    """In proportion."""
    return passages


def graph(passages: float) -> float:
    """A neighbour graph: each vector is put in by a walk whose length grows with the logarithm."""
    return passages * log(passages)


SHAPES: tuple[Callable[[float], float], ...] = (straight, straight, straight, graph, straight, straight, log)


def laws() -> list[Law]:
    """One for each quantity, from the fitted rows."""
    columns = zip(*FITTED.values(), strict=True)
    return [Law.of({n: y for n, y in zip(FITTED, column, strict=True) if y is not None}, shape)
            for column, shape in zip(columns, SHAPES, strict=True)]


def tried(known: list[Law]) -> list[tuple[int, str, float, float, float]]:
    """(passages, quantity, predicted, measured, error) of each held-out figure."""
    return [(n, name, law.at(n), y, law.at(n) / y - 1)
            for n, row in HELD_OUT.items() for name, law, y in zip(QUANTITIES, known, row, strict=True) if y is not None]


def country(seed: int = SEED) -> list[int]:
    """Passages of each province's archive: bodies are shared out unevenly, a year's documents are longer or shorter."""
    chance = random.Random(seed)
    weight = [chance.lognormvariate(0, 0.5) for _ in range(PROVINCES)]
    archives = [0] * PROVINCES
    for province in chance.choices(range(PROVINCES), weight, k=BODIES):
        archives[province] += sum(round(PASSAGES * chance.lognormvariate(-0.125, 0.5)) for _ in range(YEARS))
    return sorted(archives)


def main() -> int:
    """The tables of docs/scaling.md; 1 if a law is too wrong."""
    known = laws()
    print("| passaggi | che cosa | previsto | misurato | errore |\n|---|---|---|---|---|")
    trials = tried(known)
    for passages, name, predicted, measured, error in trials:
        print(f"| {passages:,} | {name} | {predicted:,.0f} | {measured:,.0f} | {error:+.0%} |")
    archives = country()
    middle, most, whole = archives[len(archives) // 2], archives[-1], sum(archives)
    print(f"\n| {PROVINCES} archivi | passaggi | " + " | ".join(QUANTITIES) + " |\n|" + "---|" * (len(QUANTITIES) + 2))
    for name, passages in (("quello mediano", middle), ("il più grande", most)):
        print(f"| {name} | {passages:,} | " + " | ".join(f"{law.at(passages):,.0f}" for law in known) + " |")
    totals = [sum(law.at(passages) for passages in archives) for law in known[:-1]]
    print(f"| tutti | {whole:,} | " + " | ".join(f"{total:,.0f}" for total in totals) + " | |")
    over = sum(passages > max(HELD_OUT) for passages in archives)
    seconds = whole * TOKENS / SPEED
    print(f"\narchivi oltre {max(HELD_OUT):,} passaggi: {over}; embedding di {whole * TOKENS / 1e9:.2f} miliardi di token: "
          f"{seconds / 86400:.1f} giorni su una macchina da due core, {seconds / 3600 / 20:.0f} ore su venti")
    return int(any(abs(error) > MOST for *_, error in trials))


if __name__ == "__main__":
    sys.exit(main())
