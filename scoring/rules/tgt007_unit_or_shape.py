"""TGT007: unit or shape differs between target, actual, history and baseline (%, n., €, ratio, compound with a missing part)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Indicator
from cards.quantities import Target, interval
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import first_target
from scoring.rules._sources import COMPARABLE, CONSISTENT, SHEET
from scoring.values import dated, plain, short, typed, unset, year_of

_FAMILY = {
    "number": "count",
    "percent": "share",
    "money": "money",
    "duration": "time",
    "score": "score",
    "ratio": "ratio",
    "boolean": "yes/no",
    "date": "date",
    "month": "date",
    "year": "date",
}
_CLASH = {
    frozenset(pair)
    for pair in (
        ("share", "money"),
        ("share", "time"),
        ("share", "date"),
        ("money", "time"),
        ("money", "date"),
        ("time", "date"),
        ("count", "date"),
        ("count", "yes/no"),
        ("share", "yes/no"),
        ("money", "yes/no"),
        ("time", "yes/no"),
        ("count", "ratio"),
        ("money", "ratio"),
        ("date", "ratio"),
        ("yes/no", "ratio"),
        ("time", "ratio"),
    )
}
_TAIL = 5
_OTHER_NOUNS = "nominano cose diverse"
_OTHER_PART = "non nominano le stesse parti"
_OTHER_GROUPS = "non misurano gli stessi gruppi"
_DOUBTFUL = (_OTHER_NOUNS, _OTHER_PART, _OTHER_GROUPS)
_LABEL = re.compile(r"\(([^()]{4,60})\)")
_SAME = {"alunni": "studenti", "allievi": "studenti", "ragazzi": "studenti", "insegnanti": "docenti", "adesioni": "iscritti"}


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Each recorded value against the target of the card's year. A plain number may stand for any unit.

    The card's own result in another shape is an error; past values and nouns that may be synonyms are for a person to weigh.
    """
    for i, indicator in live_indicators(card):
        key, target = first_target(card, indicator)
        if key is None or target is None:
            continue
        for at, label, value in _values(card, indicator):
            why = clash(typed(target), typed(value))
            if why:
                yield hit(
                    f"indicators[{i}].{at}",
                    level=None if label == "il risultato" and why not in _DOUBTFUL else Level.WARNING,
                    found=f"{target} -> {value}",
                    expected="la stessa unità",
                    name=short(indicator.name),
                    target=target,
                    value=short(value, 60),
                    label=label,
                    why=why,
                )
                break
        else:
            yield from _groups(card, i, indicator)


def _groups(card: Card, i: int, indicator: Indicator) -> Iterator[Hit]:
    """Two values of several parts, each with its public in brackets: the publics must be the same."""
    labelled = [(at, label, value, found) for at, label, value in _values(card, indicator) if len(found := _labels(value)) > 1]
    for (at, _, one, first), (_, label, two, second) in zip(labelled, labelled[1:], strict=False):
        if len(first) == len(second) and first != second:
            yield hit(
                f"indicators[{i}].{at}",
                level=Level.WARNING,
                found=f"{two} -> {one}",
                expected="gli stessi gruppi",
                name=short(indicator.name),
                target=short(one, 60),
                value=short(two, 60),
                label=label,
                why=_OTHER_GROUPS,
                variant="groups",
            )
            return


def _labels(text: str) -> set[str]:
    """The words in brackets after each part of a compound, in stems; none where a part has no brackets."""
    if "(" not in text:
        return set()
    reading = typed(text)
    labels = _LABEL.findall(text)
    if reading.type != "compound" or len(labels) != len(reading.parts) or any(char.isdigit() for char in "".join(labels)):
        return set()
    return {" ".join(sorted(word[:_TAIL] for word in plain(label).split())) for label in labels}


def _values(card: Card, indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    """The card's own result first, then the newest past ones, then the baseline."""
    dated = [
        (year_of(key) or 0, kind, key, value)
        for kind in ("actuals", "history")
        for key, value in getattr(indicator, kind).items()
    ]
    for year, kind, key, value in sorted(dated, key=lambda row: (-(row[0] == card.year), -row[0], row[1], row[2])):
        if not unset(value):
            yield f"{kind}.{key}", "il risultato" if year == card.year else f"il valore {key}", value
    if indicator.baseline is not None and not unset(indicator.baseline):
        yield "baseline", "il valore di riferimento", indicator.baseline


def clash(wanted: Target, got: Target) -> str | None:
    """Why two readings cannot be compared, in Italian; None when they can, or when one of them says too little to tell."""
    wanted, got = (_whole(one) for one in dated(wanted, got))
    if wanted.type == "compound" or got.type == "compound":
        return _parts_clash(wanted, got)
    if not wanted.measurable or not got.measurable or not (wanted.confident and got.confident):
        return None
    one, two = _FAMILY.get(wanted.type), _FAMILY.get(got.type)
    if one and two and frozenset((one, two)) in _CLASH and not _refused(wanted, got):
        return "hanno forme diverse"
    if one == two == "count" and _nouns(wanted) and _nouns(got) and not _nouns(wanted) & _nouns(got):
        return _OTHER_NOUNS
    return None


def _whole(reading: Target) -> Target:
    """The two ends of an interval ("≥ 2 ≤ 5") are one quantity."""
    ends = interval(reading) if reading.type == "compound" else None
    return ends[0] if ends else reading


def _refused(wanted: Target, got: Target) -> bool:
    """A target of 1 answered by a plain yes ("1 = fatto") is no clash."""
    truth = {wanted.type, got.type} == {"number", "boolean"}
    return truth and (wanted.number in (0, 1) or got.number in (0, 1)) and got.truth is True


def _parts_clash(wanted: Target, got: Target) -> str | None:
    first = list(wanted.parts) if wanted.type == "compound" else [wanted]
    if got.type != "compound":  # a term beside a quantity ("≥ 90% entro il 30/06") is a condition, not a second quantity
        first = [part for part in first if part.type not in ("date", "month")] or first
    second = [part for part in (got.parts if got.type == "compound" else (got,)) if part.type != "unset"] or [got]
    one, two = set().union(*map(_nouns, first)), set().union(*map(_nouns, second))
    if len(first) > len(second) and got.type != "unset" and second[0].type not in ("text", "unset"):
        return f"non hanno le stesse parti: {len(first)} quantità contro {len(second)}"
    if one and two and not one & two:
        return "contano cose diverse"
    if len(first) > 1 and len(first) == len(second) and len(one) > 1 and any(_alone(part, two) for part in first):
        return _OTHER_PART
    if len(first) == 1 and {part.type for part in second} - {wanted.type} and wanted.type in ("number", "percent") and one & two:
        return "non hanno le stesse parti: il secondo ha una quantità che il primo non chiede"
    return None


def _alone(part: Target, others: set[str]) -> bool:
    own = _nouns(part)
    return bool(own) and not own & others


def _nouns(part: Target) -> set[str]:
    """The stems of the words counted; none for signs and clock units."""
    text = plain(re.sub(r"\(.*?\)", "", part.unit or ""))
    return {
        _SAME.get(word, word)[:_TAIL]
        for word in text.split()
        if len(word) > 3 and word.isalpha() and word not in ("circa", "oltre", "almeno", "anno")
    }


RULE = Rule(
    code="TGT007",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Unità o forma diversa tra atteso e risultato",
    message="«{name}»: il valore atteso «{target}» e {label} «{value}» {why}.",
    variants={"groups": "«{name}»: «{target}» e {label} «{value}» {why}."},
    why="Due quantità di natura diversa non si confrontano: il grado di raggiungimento non ha senso.",
    fix="Scrivi atteso, risultato e storico nella stessa unità e con le stesse parti.",
    basis=(COMPARABLE, SHEET, CONSISTENT),
)
