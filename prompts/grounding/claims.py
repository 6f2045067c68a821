"""The facts of a sentence that no source holds, no calculation on the sources gives and no list of the sentence explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cards.quantities import read_word_number
from prompts.grounding.arithmetic import is_derived
from prompts.grounding.cues import Cues, read_cues
from prompts.grounding.equations import wrong_results
from prompts.grounding.facts import Fact
from prompts.grounding.match import holds, unit_clash
from prompts.grounding.shares import share_of
from prompts.grounding.source import Source
from prompts.grounding.spans import is_reached
from prompts.grounding.units import MONTHS, TIME
from prompts.grounding.words import fold, stem

_RECALL = 12
_SPANS = {*TIME, *MONTHS}
_LIST = re.compile(r"[^:(.;]{0,40}(?::|\(|,\s+cioè)\s*([^:.;()]+)")
_NAME = r"(?:(?:l[ao']?|il|i|gli|le)\s?)?[A-Z][\w']+(?:\s[A-Z][\w']+)*"
_NAMED = re.compile(rf"[^:(.;,\d]{{0,60}},\s+({_NAME}(?:,\s{_NAME})*\s+e\s+{_NAME})(?=\s*[,.;\[]|\s*$)")
_BEFORE_A_DAY = re.compile(r"(?<!\w)(?:al|dal|il)\s$", re.I)
_PRECEDENTS = re.compile(r"precedent|sched|document|font|cas[oi]|esperienz", re.I)


@dataclass(slots=True)
class Memory:
    """The quantities that the text has established so far, with the precedents that their sentence cites."""

    facts: list[tuple[Fact, frozenset[str], bool]] = field(default_factory=list)

    def recall(self, keys: tuple[str, ...], *, worked_out: bool) -> list[Fact]:
        """The recent quantities that rest on no other precedent than ``keys``; those worked out only where wanted."""
        wanted = set(keys)
        recent = self.facts[-_RECALL:]
        return [fact for fact, of, held in recent if of <= wanted and bool(of) == bool(wanted) and (held or worked_out)]

    def learn(self, facts: list[Fact], held: list[Fact], keys: tuple[str, ...]) -> None:
        """Keeps what a sentence has established."""
        self.facts += [(fact, frozenset(keys), fact in held) for fact in facts]


@dataclass(slots=True)
class Ground:
    """Where a sentence stands: the input and the precedents it cites, one by one and as one; how many precedents there are."""

    sources: list[Source]
    scope: Source
    keys: tuple[str, ...]
    precedents: int


def unsourced(body: str, facts: list[Fact], ground: Ground, memory: Memory) -> Iterator[Fact]:
    """The facts with no source, amounts first; what holds is remembered for the sentences to come."""
    held = [fact for fact in facts if holds(ground.scope, fact)]
    own = [fact for fact in held if fact.value is not None]
    open_ = [fact for fact in facts if fact not in held]
    wrong = list(wrong_results(body, facts, held))
    yield from wrong
    own = [fact for fact in own if fact not in wrong]
    for fact in sorted((fact for fact in open_ if fact not in wrong), key=_turn):
        if fact.value is None:
            if not is_reached(fact, ground.sources):
                yield fact
        elif fact.unit in _SPANS and unit_clash(ground.scope, fact) in _SPANS:
            yield fact
        elif _is_day(fact, body, ground.scope):
            continue
        elif _counts(fact, body, facts, ground) or _worked_out(fact, body, facts, own, ground, memory):
            own.append(fact)
        else:
            yield fact
    memory.learn(own, held, ground.keys)


def _turn(fact: Fact) -> int:
    """Amounts first, then shares, which may stand on them, then points between shares."""
    return 2 if fact.unit == "punti" else int(fact.kind == "percent")


def _worked_out(fact: Fact, body: str, facts: list[Fact], own: list[Fact], ground: Ground, memory: Memory) -> bool:
    cues = read_cues(body)
    for one in (fact, share_of(fact, facts, body)):
        earlier = memory.recall(ground.keys, worked_out=_builds_on(fact, cues))
        if one and (one is not fact and holds(ground.scope, one) or is_derived(one, body, cues, own, ground.sources, earlier)):
            return True
    return False


def _builds_on(fact: Fact, cues: Cues) -> bool:
    """Whether a result may stand on an earlier result: a sum, a mean and a difference of percentages may, a further difference or
    share would meet nearly any figure."""
    return fact.unit == "punti" or (fact.kind != "percent" and (cues.each or cues.total or cues.product))


def _is_day(fact: Fact, body: str, scope: Source) -> bool:
    """ "a maggio 2026, dal 4 al 29": a day whose month is told elsewhere in the sentence."""
    if fact.kind != "number" or fact.unit or fact.value is None or not 1 <= fact.value <= 31:
        return False
    if not _BEFORE_A_DAY.search(body, max(0, fact.start - 10), fact.start) or re.match(r"\s+(?!al\b)[^\W\d_]", body[fact.end :]):
        return False
    return any(date[2] == fact.value for date in scope.dates)


def _counts(fact: Fact, body: str, facts: list[Fact], ground: Ground) -> bool:
    """ "tre revisori: Parisi, Neri e Bo", "i due indicatori", "in entrambi i casi": a number that counts what the text lists."""
    if not fact.worded or fact.unit or fact.value is None:
        return False
    if fact.value == ground.precedents and _PRECEDENTS.match(fact.noun or ""):
        return True
    if 2 <= fact.value == _enumerated(body[fact.end :]) or 2 <= fact.value == _labels(fact.noun or "", ground.sources):
        return True
    listed = [sum(one.kind == kind and one is not fact for one in facts) for kind in ("percent", "money", "number", "act", "law")]
    if fact.definite and (fact.value == 2 or 2 < fact.value <= 9 and fact.value in listed):
        return True
    return len(ground.keys) > 1 and fact.value == len(ground.keys)


def _labels(noun: str, sources: list[Source]) -> int:
    """How many things of a name the sources number: "Fase 1 ... Fase 2 ... Fase 3" are three "fasi"."""
    if len(noun) < 4 or not any(one.code for source in sources for one in source.numbers):
        return 0
    label = re.compile(rf"(?<!\w){re.escape(stem(noun))}[a-z]?\s+(?:n\.?\s?)?(\d{{1,2}})(?!\d)")
    return max(len(set(label.findall(fold(source.text)))) for source in sources)


def _enumerated(after: str) -> int:
    """How many things a list names: ": Parisi, Neri e Bo" has three."""
    found = _LIST.match(after) or _NAMED.match(after)
    items = re.split(r"\s*[,;]\s*|\s+e(?:d)?\s+", found[1].strip()) if found else []
    return sum(read_word_number(fold(item.split()[0])) or 1 for item in items if item)
