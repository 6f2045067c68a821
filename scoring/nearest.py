"""When a declared figure does not come out: the nearest method that would give it, in one Italian sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal, localcontext

from cards.quantities import italian, round_half_up
from scoring.achievement import EXACT
from scoring.rollup import Part, Total, mean

HUNDRED = Decimal(100)


def same(declared: Decimal, computed: Decimal | None, places: int, tolerance: Decimal = Decimal(0)) -> bool:
    """True when the figures agree at the decimals that are published: those of the profile, or those the declared one shows."""
    if computed is None:
        return False
    exponent = declared.as_tuple().exponent
    shown = max(0, -exponent) if isinstance(exponent, int) else 0
    return any(abs(round_half_up(computed, digits) - declared) <= tolerance for digits in {places, shown})


def nearest(declared: Decimal, parts: Sequence[Part], weighted: bool, places: int = 2) -> str | None:
    """The method that gives the declared total from these parts; None when none of the known ones does."""
    with localcontext(EXACT):
        for sentence, value in _methods(parts, weighted, places):
            if same(declared, value, places):
                return sentence
    return None


def _methods(parts: Sequence[Part], weighted: bool, places: int) -> Iterator[tuple[str, Decimal | None]]:
    counted = [part for part in parts if part.counts]
    exact = mean(counted, weighted).value
    if exact is not None:
        yield "torna troncando i decimali invece di arrotondarli", exact.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    for digits in (0, 1, 2):
        yield f"torna arrotondando prima i singoli risultati a {digits} decimali", _of(counted, weighted, _rounded(digits))
    if weighted and all(part.weight is not None for part in counted):
        yield "torna se i pesi non vengono riportati a 100", _plain_sum(counted)
    yield "torna come media semplice, senza i pesi" if weighted else "torna come media pesata", mean(counted, not weighted).value
    if len(counted) != len(parts):
        yield "torna se si contano anche le voci escluse", mean([_counting(part) for part in parts], weighted).value
    for part in counted:
        if part.value is not None and part.value != HUNDRED:
            yield f"torna se «{part.name}» conta 100", _of(counted, weighted, _set(part, HUNDRED))
        if part.value:
            yield f"torna se «{part.name}» conta 0", _of(counted, weighted, _set(part, Decimal(0)))
        yield f"torna senza «{part.name}»", mean([one for one in counted if one is not part], weighted).value
    yield "torna se le voci senza risultato contano 0", mean(counted, weighted, "zero").value


def _of(parts: Sequence[Part], weighted: bool, change: Callable[[Part], Part]) -> Decimal | None:
    return mean([change(part) for part in parts], weighted).value


def _rounded(digits: int) -> Callable[[Part], Part]:
    return lambda part: part if part.value is None else _with(part, round_half_up(part.value, digits))


def _set(target: Part, value: Decimal) -> Callable[[Part], Part]:
    return lambda part: _with(part, value) if part is target else part


def _with(part: Part, value: Decimal) -> Part:
    return Part(part.name, value, part.weight, part.counts, part.why)


def _counting(part: Part) -> Part:
    return Part(part.name, part.value, part.weight)


def _plain_sum(parts: Sequence[Part]) -> Decimal | None:
    if any(part.value is None or part.weight is None for part in parts):
        return None
    return sum(((part.value or Decimal(0)) * (part.weight or Decimal(0)) for part in parts), Decimal(0)) / HUNDRED


def leading_run(declared: Decimal, total: Total, weighted: bool, places: int) -> int | None:
    """How many parts from the first, in reading order, give the declared total; None if no run short of all does."""
    for length in range(len(total.parts) - 1, 0, -1):
        if same(declared, mean(total.parts[:length], weighted).value, places):
            return length
    return None


def shown(value: Decimal | None, places: int = 2) -> str:
    """A total for a message: "99,64" or "non calcolabile"."""
    return "non calcolabile" if value is None else italian(value, places)
