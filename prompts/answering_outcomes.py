"""The result that a question asks of the objectives ("non raggiunti", "non ancora conclusi"), and which cards have it.

A card that declares no result of its own is judged by the degrees that its indicators declare; one without any is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from cards.counted import indicators_counted
from store.lexical_tokens import fold
from store.tally import CardLine

FULL = Decimal(100)
_VERB = r"(?:sono |e |era |erano |stat[oaie] |ancora |del tutto |pienamente )*"
_OPEN = re.compile(rf"\bnon {_VERB}(?:conclus|terminat|complet|finit)\w+|\b(?:ancora )?in corso\b|\bda concludere\b"
                   r"|\bincompiut\w+|\bancora apert[oaie]\b")
_NOT_REACHED = re.compile(rf"\bnon {_VERB}(?:raggiunt|centrat|realizzat|attuat|riuscit)\w+|\bmancat[oaie]\b|\bfallit[oaie]\b")
_PARTLY = re.compile(r"\bparzialmente(?: raggiunt\w+)?|\b(?:solo )?in parte\b|\bnon del tutto raggiunt\w+")
_GONE = re.compile(r"\beliminat\w+|\bcancellat\w+|\btolt[oi]\b")
_REACHED = re.compile(r"\b(?:raggiunt|centrat|conclus)[oaie]\b")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A result in words (of one objective, of many), which cards have it, and whether it needs a declared result."""

    one: str
    many: str
    fits: Callable[[CardLine], bool]
    declared: bool = True


def missed(line: CardLine) -> bool:
    """Not reached at all."""
    degrees = _degrees(line)
    return "non raggiunt" in _label(line) or bool(degrees) and not any(degrees)


def partly(line: CardLine) -> bool:
    """Reached in part."""
    degrees = _degrees(line)
    return "parzial" in _label(line) or any(degrees) and min(degrees) < FULL and not _label(line).startswith("non ")


def reached(line: CardLine) -> bool:
    """Reached in full."""
    degrees = _degrees(line)
    return _label(line) == "raggiunto" or bool(degrees) and min(degrees) >= FULL


def unknown(line: CardLine) -> bool:
    """Without a declared result."""
    return line.label is None and not _degrees(line)


def _label(line: CardLine) -> str:
    return fold(line.label or "")


def _degrees(line: CardLine) -> tuple[Decimal, ...]:
    """The card's own degree, else those of its indicators."""
    if line.percent is not None or line.label is not None:
        return (line.percent,) if line.percent is not None else ()
    return tuple(percent for _, percent in line.achieved)


MISSED = Outcome(" non raggiunto", " non raggiunti", missed)
PARTLY = Outcome(" raggiunto in parte", " raggiunti in parte", partly)
OPEN = Outcome(" non ancora concluso", " non ancora conclusi", lambda line: missed(line) or partly(line))
GONE = Outcome(" eliminato", " eliminati", lambda line: line.status == "eliminated", declared=False)
REACHED = Outcome(" raggiunto", " raggiunti", reached)
_ASKED = ((_PARTLY, PARTLY), (_OPEN, OPEN), (_NOT_REACHED, MISSED), (_GONE, GONE), (_REACHED, REACHED))


def asked_outcome(asked: str) -> Outcome | None:
    """The result that a question (folded) asks for, None for any."""
    return next((outcome for form, outcome in _ASKED if form.search(asked)), None)


def outcome_words(asked: str) -> str:
    """The words by which a question (folded) asks for a result, "" if it does not."""
    return next((match[0] for form, _ in _ASKED if (match := form.search(asked))), "")


def ended(line: CardLine) -> str:
    """": Raggiunto, 100%"; of a card judged by its indicators, how many of them are at 100 %; "" without a result."""
    percent = f"{line.percent:f}".replace(".", ",") + "%" if line.percent is not None else ""
    said = ", ".join(x for x in (line.label, percent) if x)
    if not said and line.achieved:
        full = sum(degree >= FULL for _, degree in line.achieved)
        said = f"{indicators_counted(full)} su {len(line.achieved)} al 100 %" if len(line.achieved) > 1 else (
            f"{line.achieved[0][1]:f}".replace(".", ",") + " % nell'indicatore")
    return f": {said}" if said else ""
