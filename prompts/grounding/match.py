"""Does a source hold a fact? One question per kind of fact."""

from __future__ import annotations

import re

from prompts.grounding.acts import act_supported
from prompts.grounding.arithmetic import close
from prompts.grounding.dates import agrees
from prompts.grounding.facts import Fact
from prompts.grounding.laws import ALIASES, law_supported
from prompts.grounding.names import Name
from prompts.grounding.quantities import MONTHS, TIME, same_measure
from prompts.grounding.source import Source
from prompts.grounding.words import stem, word_set


def holds(source: Source, fact: Fact) -> bool:
    """True when the source states the fact, in whatever writing."""
    if fact.kind in ("law", "article"):
        return law_supported(fact, set(source.laws), list(source.articles))
    if fact.kind == "act":
        return act_supported(fact, list(source.acts))
    if fact.kind == "date":
        return _date(source, fact)
    if fact.kind == "code":
        return (
            bool(re.search(rf"(?<![\w]){re.escape(fact.text)}(?![\w]|[.,]\d)", source.text, re.I))
            or fact.text.lstrip("0") in source.words
        )
    return any(_same_quantity(fact, one, source.text) for one in source.numbers)


def _date(source: Source, fact: Fact) -> bool:
    if fact.date is None:
        return False
    if any(agrees(fact.date, one) for one in source.dates):
        return True
    return fact.yearlike and any(one.value == fact.date[0] for one in source.numbers)


def _same_quantity(said: Fact, source: Fact, table: str) -> bool:
    if said.value is None or source.value is None:
        return False
    equal = said.value == source.value or bool(said.approx) and close(said.value, source.value, said.approx)
    unit, other = said.unit, source.unit
    if unit in TIME or unit in MONTHS:
        if other in TIME or other in MONTHS:
            return same_measure(said.value, unit or "", source.value, other or "") or (unit == other and equal)
        return equal and other is None and _bare(source)
    if not equal:
        return False
    if said.kind == "percent":
        return other in ("%", "punti") or other is None and _in_percent_row(table, source)
    if said.kind == "money":
        return other == "€" or other is None and _bare(source)
    if unit == "punti":
        return other in ("punti", None, "%")
    if unit is not None:
        return other in (unit, None)
    return True


def _in_percent_row(text: str, fact: Fact) -> bool:
    """A bare figure of a table is a percentage when the label nearest before it speaks of one ("Grado di ...", "x 100")."""
    before = text[max(0, fact.start - 400) : fact.start]
    last = None
    for last in _ROW.finditer(before):  # noqa: B007
        pass
    return last is not None and last["percent"] is not None


def _bare(fact: Fact) -> bool:
    """A number of a table, with no noun of its own: its unit is in a heading that the excerpt may have lost."""
    return not fact.noun or not fact.noun[0].islower() or fact.noun.casefold() in _NOT_NOUNS


def unit_clash(source: Source, fact: Fact) -> str | None:
    """The unit that the source gives to the same figure, when the text gives it another."""
    if fact.value is None:
        return None
    for one in source.numbers:
        if one.value == fact.value and one.unit and one.unit != fact.unit and fact.unit:
            return one.unit
    return None


def names_held(source: Source, name: Name) -> bool:
    """True when every word of the name is in the source; an acronym also when the source spells it out."""
    if name.acronym:
        word = name.words[0]
        return word in source.words or word in source.spelled or ALIASES.get(word) in source.laws
    return all(word in source.words or (len(word) >= 5 and stem(word) in source.stems) for word in name.words)


_ROW = re.compile(
    r"(?P<percent>%|percentual\w+|per cento|\bgrado\b|\btasso\b|\bquota\b|[*x×]\s?100\b|\bincidenza\b|"
    r"\bindice\b|\brapporto\b|soddisf\w+)"
    r"|(?P<count>\b[Nn]\.|\b[Nn]r\b|\b[Nn]umero\b|\b[Nn]um\.|€|\beuro\b|\bimporto\b|\bgiorni\b|\bgg\b)",
)
_NOT_NOUNS = word_set(
    "con per dal del della dei delle degli nel nella alla allo agli alle che non sono entro oltre pari "
    "rispetto contro anche circa media raggiunto atteso"
)
