"""The archive's nearest spelling of a word it does not know."""

from __future__ import annotations

from collections.abc import Iterable

SHORT, LONG = 6, 12  # letters from which one and two mistakes are allowed


def nearest(word: str, known: Iterable[str], most: int = 2) -> list[str]:
    """Known words at one mistake (two for long words), nearest first; numbers and short words are never guessed."""
    if len(word) < SHORT or not word.isalpha():
        return []
    allowed = 2 if len(word) >= LONG else 1
    letters = set(word)
    close = [
        (distance, other)
        for other in known
        if abs(len(other) - len(word)) <= allowed
        and other[0] == word[0]
        and len(letters ^ set(other)) <= 2 * allowed
        and (distance := mistakes(word, other, allowed)) <= allowed
    ]
    return [other for _, other in sorted(close)[:most]]


def mistakes(a: str, b: str, most: int) -> int:
    """Letters inserted, dropped, changed or swapped between two words; more than ``most`` is ``most + 1``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        line = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, line[-1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, row = row, line
    return min(row[-1], most + 1)
