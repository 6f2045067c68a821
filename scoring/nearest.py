"""When a declared figure does not come out: the nearest method that would give it, in one Italian sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal, localcontext
from itertools import combinations

from cards.quantities import round_half_up
from scoring.achievement import EXACT
from scoring.rollup import Part, Total, mean

HUNDRED = Decimal(100)
Method = tuple[str, Decimal | None]
_MANY = 8


def same(declared: Decimal, computed: Decimal | None, places: int, tolerance: Decimal = Decimal(0)) -> bool:
    """True when the figures agree at the decimals that are published: those of the profile, or those the declared one shows."""
    if computed is None:
        return False
    return any(abs(round_half_up(computed, digits) - declared) <= tolerance for digits in {places, decimals(declared)})


def decimals(value: Decimal) -> int:
    """The decimals that a figure shows."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def nearest(
    declared: Decimal, parts: Sequence[Part], weighted: bool, places: int = 2, others: Iterable[Method] = ()
) -> str | None:
    """The method that gives the declared total from these parts; None when none of the known ones does.

    ``others`` are figures by methods that the parts cannot show (another formula, another cap), tried after the plainest ones.
    """
    with localcontext(EXACT):
        for sentence, value in _methods(parts, weighted, places, others):
            if same(declared, value, places):
                return sentence
        exact = mean([part for part in parts if part.counts], weighted).value
        return slip(declared, exact, places)


def _methods(parts: Sequence[Part], weighted: bool, places: int, others: Iterable[Method]) -> Iterator[Method]:
    counted = [part for part in parts if part.counts]
    exact = mean(counted, weighted).value
    if exact is not None:
        yield "torna troncando i decimali invece di arrotondarli", cut(exact, places)
    for digits, word in ((0, "decimali"), (1, "decimale"), (2, "decimali")):
        yield f"torna arrotondando prima i singoli risultati a {digits} {word}", _of(counted, weighted, _rounded(digits))
    yield from _by_weights(parts, counted, weighted)
    yield from others
    if len(counted) != len(parts):
        yield "torna se si contano anche le voci escluse", mean([_counting(part) for part in parts], weighted).value
    yield "torna se le voci senza risultato contano 0", mean(counted, weighted, "zero").value
    yield "torna se le voci senza risultato si lasciano fuori", mean(counted, weighted, "exclude").value
    yield from _by_part(counted, weighted)


def _by_weights(parts: Sequence[Part], counted: list[Part], weighted: bool) -> Iterator[Method]:
    if weighted and all(part.weight is not None for part in counted):
        yield "torna se i pesi non vengono riportati a 100", _over(counted, HUNDRED)
        every = sum((part.weight or Decimal(0) for part in parts), Decimal(0))
        yield "torna dividendo per la somma di tutti i pesi, anche delle voci escluse", _over(counted, every)
    yield "torna come media semplice, senza i pesi" if weighted else "torna come media pesata", mean(counted, not weighted).value


def _by_part(counted: list[Part], weighted: bool) -> Iterator[Method]:
    for part in counted:
        if part.value is not None and part.value != HUNDRED:
            yield f"torna se «{part.name}» conta 100", _of(counted, weighted, _set(part, HUNDRED))
        if part.value:
            yield f"torna se «{part.name}» conta 0", _of(counted, weighted, _set(part, Decimal(0)))
        yield f"torna senza «{part.name}»", mean([one for one in counted if one is not part], weighted).value
    for one, two in combinations(counted, 2) if len(counted) <= _MANY else ():
        rest = [part for part in counted if part is not one and part is not two]
        if len(rest) > 1:
            yield f"torna senza «{one.name}» e «{two.name}»", mean(rest, weighted).value
    for one, two in combinations(counted, 2) if weighted and len(counted) <= _MANY else ():
        if one.weight != two.weight:
            swapped = [
                _heavy(part, two.weight if part is one else one.weight if part is two else part.weight) for part in counted
            ]
            yield f"torna scambiando i pesi di «{one.name}» e «{two.name}»", mean(swapped, weighted).value


def slip(declared: Decimal, exact: Decimal | None, places: int) -> str | None:
    """A figure that is the right one miswritten: two digits exchanged, the comma moved, a share of one."""
    if exact is None:
        return None
    for power, words in ((1, "con la virgola spostata di un posto"), (2, "con la virgola spostata di due posti")):
        for scaled in (exact * 10**power, exact / 10**power):
            if same(declared, scaled, places) and exact:
                return f"torna {words}"
    right, told = (f"{round_half_up(value, places):f}" for value in (exact, declared))
    apart = [i for i, (a, b) in enumerate(zip(right, told, strict=False)) if a != b]
    if len(right) == len(told) and len(apart) == 2 and right[apart[0]] == told[apart[1]] and right[apart[1]] == told[apart[0]]:
        return "torna scambiando due cifre"
    return None


def cut(value: Decimal, places: int) -> Decimal:
    """The value without the decimals after ``places``, not rounded."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)


def _of(parts: Sequence[Part], weighted: bool, change: Callable[[Part], Part]) -> Decimal | None:
    return mean([change(part) for part in parts], weighted).value


def _rounded(digits: int) -> Callable[[Part], Part]:
    return lambda part: part if part.value is None else _with(part, round_half_up(part.value, digits))


def _set(target: Part, value: Decimal) -> Callable[[Part], Part]:
    return lambda part: _with(part, value) if part is target else part


def _with(part: Part, value: Decimal) -> Part:
    return Part(part.name, value, part.weight, part.counts, part.why)


def _heavy(part: Part, weight: Decimal | None) -> Part:
    return Part(part.name, part.value, weight, part.counts, part.why)


def _counting(part: Part) -> Part:
    return Part(part.name, part.value, part.weight)


def _over(parts: Sequence[Part], whole: Decimal) -> Decimal | None:
    """The weighted sum over a whole that is not the sum of these weights."""
    if not whole or any(part.value is None or part.weight is None for part in parts):
        return None
    return sum(((part.value or Decimal(0)) * (part.weight or Decimal(0)) for part in parts), Decimal(0)) / whole


def leading_run(declared: Decimal, total: Total, weighted: bool, places: int) -> int | None:
    """How many parts from the first, in reading order, give the declared total; None if no run short of all does."""
    for length in range(len(total.parts) - 1, 0, -1):
        if same(declared, mean(total.parts[:length], weighted).value, places):
            return length
    return None


def first_objectives(length: int) -> str:
    """The leading run in words: "il solo primo obiettivo", "i soli primi 3 obiettivi"."""
    return "il solo primo obiettivo" if length == 1 else f"i soli primi {length} obiettivi"
