"""Does a source hold a fact? One question per kind of fact."""

from __future__ import annotations

import re
from decimal import Decimal

from prompts.grounding.acts import act_supported
from prompts.grounding.dates import agrees
from prompts.grounding.facts import Fact
from prompts.grounding.laws import ALIASES, law_supported
from prompts.grounding.names import Name, initials
from prompts.grounding.quantities import has_scale
from prompts.grounding.quotes import plain_quote
from prompts.grounding.rounding import close
from prompts.grounding.source import Source
from prompts.grounding.units import MONTHS, TIME, same_measure, speaks_of
from prompts.grounding.words import STOP, common_stems, fold, stem, word_set


def holds(source: Source, fact: Fact) -> bool:
    """True when the source states the fact, in whatever writing."""
    if fact.kind in ("law", "article"):
        return law_supported(fact, source.laws, source.articles)
    if fact.kind == "act":
        return act_supported(fact, source.acts) or _is_number(fact, source)
    if fact.kind == "date":
        return _date(source, fact)
    if fact.kind == "clock":
        hour, minutes = fact.ref
        return fact.ref in source.clocks or any(one.value == Decimal(f"{hour}.{minutes}") for one in source.numbers)
    if fact.kind == "code":
        return (
            bool(re.search(rf"(?<![\w]){re.escape(fact.text)}(?![\w]|[.,]\d)", source.text, re.I))
            or fact.text.lstrip("0") in source.words
        )
    if fact.numbered and _bare(fact) and any(ref[1] == str(fact.value) for ref in source.acts):
        return True
    found = [one for one in (*source.numbers, *source.implied) if _same_quantity(fact, one)]
    if not found:
        return False
    if fact.unit and not any(one.unit for one in found):
        return speaks_of(source.text, fact.unit)
    return not (
        fact.unit is None
        and not _bare(fact)
        and not has_scale(fact.text)
        and all(one.unit for one in found)
        and _foreign(fact.noun or "", source)
    )


def _is_number(fact: Fact, source: Source) -> bool:
    """ "la proposta n. 128": what looks like an act and has neither class nor date may be a number of the source."""
    kind, number, year, _organ, day = fact.ref
    return not (kind or year or day) and any(one.unit is None and str(one.value) == number for one in source.numbers)


def _date(source: Source, fact: Fact) -> bool:
    if fact.date is None:
        return False
    if any(agrees(fact.date, one) for one in source.dates):
        return True
    return fact.yearlike and any(one.value == fact.date[0] for one in source.numbers)


def _same_quantity(said: Fact, source: Fact) -> bool:
    if said.value is None or source.value is None:
        return False
    if source.code and not said.code and (said.unit or said.worded or not _bare(said)):
        return False
    if said.unit == "volte" and said.approx and source.unit != "volte":
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
        return other in ("%", "punti") or source.labelled
    if said.kind == "money":
        return other == "€" or other is None and (_bare(source) or has_scale(source.text))
    if unit == "punti":
        return other in ("punti", None, "%")
    if unit is not None:
        return other in (unit, None)
    return True


def _foreign(noun: str, source: Source) -> bool:
    """A thing counted that the source never speaks of ("35 libri" where the source has 35,00 euro)."""
    return stem(noun)[:7] not in source.topic and fold(noun) not in source.words


def _bare(fact: Fact) -> bool:
    """A number of a table, with no noun of its own: its unit is in a heading that the excerpt may have lost."""
    return not fact.noun or not fact.noun[0].islower() or fold(fact.noun) in _NOT_NOUNS or bool(_PARTICIPLE.search(fact.noun))


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
        return word in source.words or word in initials(source.text) or ALIASES.get(word) in source.laws
    if not all(word in source.words or (len(word) >= 5 and stem(word) in common_stems(source.text)) for word in name.words):
        return False
    return len(name.words) != 2 or not name.person or _beside(*name.words, source)


def _beside(one: str, two: str, source: Source) -> bool:
    """True when the two words of a name, both in the source as they are, stand there side by side, in any order."""
    if one not in source.words or two not in source.words:
        return True
    pair = rf"(?<!\w)(?:{one}\W+(?:\w+\W+)?{two}|{two}\W+{one})(?!\w)"
    return bool(re.search(pair, plain_quote(source.text)))


_PARTICIPLE = re.compile(r"(?:[aiu]t|ist|tes)[oaie]$")
_NOT_NOUNS = STOP | word_set(
    "con per dal del della dei delle degli nel nella alla allo agli alle che non sono entro oltre pari "
    "rispetto contro anche circa media raggiunto atteso"
)
