"""A text read for its facts: a precedent, the person's input, a document's name, or the sentence to check."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from cards.quantities.numbers import read_digits
from prompts.grounding.acts import find_acts
from prompts.grounding.clocks import find_clocks
from prompts.grounding.dates import find_dates, find_loose_dates, find_years
from prompts.grounding.facts import Fact, Parts, mask
from prompts.grounding.laws import aliased, find_laws, law_spans
from prompts.grounding.quantities import find_implied, find_quantities
from prompts.grounding.shares import find_fractions, find_multiples
from prompts.grounding.words import WORD, content_stems, fold, word_set, words

_CODE = re.compile(
    r"(?<![\w.])(?:\d+(?:\.[A-Z]{0,2}\d+){2,}|[A-Z]{1,4}\d+(?:[A-Z]+\d+)*(?:\.[A-Z]?\d+)*|0\d{3,}|"
    r"\d+(?:\.\d+)*[A-Z]{1,2}\d*)(?![\w]|[.,]\d)"
)
_DOCUMENT_WORDS = word_set(
    "piao peg dup relazione relazioni performance piano piani variazioni variazione gestione sezione sez "
    "bilancio allegato documento txt pdf docx doc xlsx ods odt html htm md csv consuntivo rendiconto "
    "obiettivi schede scheda comune provincia unione citta comuni dei di del della d e n rev def "
    "definitivo finale bozza approvato aggiornamento delibera gc all sistema misurazione valutazione smvp "
    "report annuale triennio"
)  # fmt: skip


_LETTERS = re.compile(r"[^\W\d_]+")
_PERCENT_LABEL = re.compile(
    r"%|percentual\w+|per cento|\bgrado\b|\btasso\b|\bquota\b|[*x×]\s?100\b|\bincidenza\b|\bindice\b|\brapporto\b|soddisf\w+"
)
_LABEL_REACH = 250


@dataclass(frozen=True, slots=True)
class Source:
    """All that a text holds, ready to be asked. ``numbers`` keep the order of the text; ``dates`` include years of acts."""

    text: str
    numbers: tuple[Fact, ...] = ()
    dates: frozenset[Parts] = frozenset()
    laws: frozenset[tuple[str, ...]] = frozenset()
    articles: tuple[tuple[str, ...], ...] = ()
    acts: tuple[tuple[str, ...], ...] = ()
    clocks: frozenset[tuple[str, ...]] = frozenset()
    implied: tuple[Fact, ...] = ()
    listed: frozenset[int] = frozenset()
    words: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def read_source(text: str) -> Source:
    """The facts of a source, taken liberally: what may be a date or a number is both."""
    laws, body = _laws(text)
    acts = list(find_acts(body))
    strict, loose = find_dates(text), find_loose_dates(text)
    clocks = list(find_clocks(text))
    body = _masked(body, [*acts, *strict, *clocks])
    low = fold(text)
    refs = [fact.ref[2] for fact in (*laws, *acts) if fact.kind in ("law", "act") and fact.ref[2]]
    hours = (Fact("number", one.text, one.start, one.end, Decimal(one.ref[0])) for one in clocks)
    return Source(
        text, tuple(_labelled(text, find_quantities(body))),
        frozenset(fact.date for fact in (*strict, *loose) if fact.date) | {(int(year), None, None) for year in refs},
        frozenset(fact.ref for fact in laws if fact.kind == "law") | aliased(low),
        tuple(fact.ref for fact in laws if fact.kind == "article"),
        tuple(fact.ref for fact in acts), frozenset(fact.ref for fact in clocks), (*find_implied(body), *hours),
        frozenset(fact.listed for fact in acts),
        frozenset(WORD.findall(low)) | frozenset(_LETTERS.findall(low)),
        frozenset(content_stems(text)),
    )  # fmt: skip


def _labelled(text: str, facts: list[Fact]) -> Iterator[Fact]:
    """A bare figure of a table may be a percentage when a label before it speaks of one ("Grado di ...", "x 100")."""
    labels = [match.end() for match in _PERCENT_LABEL.finditer(text)]
    for fact in facts:
        at = bisect(labels, fact.start)
        near = at and fact.start - labels[at - 1] < _LABEL_REACH
        yield replace(fact, labelled=True) if near and fact.unit is None else fact


def _masked(text: str, facts: Iterable[Fact]) -> str:
    for fact in facts:
        text = mask(text, fact.start, fact.end)
    return text


def read_sentence(text: str) -> tuple[list[Fact], str]:
    """The facts that a sentence states, in order, and the sentence with all of them but the names blanked out."""
    laws, body = _laws(text)
    acts = list(find_acts(body, loose=True))
    body = _masked(body, acts)
    dates = [*find_clocks(body), *find_dates(body)]
    body = _masked(body, dates)
    codes = [
        Fact("code", m[0], m.start(), m.end()) for m in _CODE.finditer(body) if read_digits(m[0]) is None or m[0].startswith("0")
    ]
    body = _masked(body, codes)
    years = list(find_years(body))
    body = _masked(body, years)
    shares = [*find_fractions(body), *find_multiples(body)]
    body = _masked(body, shares)
    facts = [*laws, *acts, *dates, *codes, *years, *shares, *find_quantities(body)]
    return sorted(facts, key=lambda fact: (fact.start, fact.end)), body


def _laws(text: str) -> tuple[list[Fact], str]:
    laws = list(find_laws(text))
    body = text
    for start, end in law_spans(text, laws):
        body = mask(body, start, end)
    return laws, body


def read_document_name(name: str) -> tuple[Source, frozenset[str]]:
    """What a file name says: its words and year, and the words that name the body ("cremona_relazione_2022": cremona)."""
    plain = re.sub(r"[_\-.]+", " ", name)
    places = frozenset(word for word in words(plain) if word.isalpha() and len(word) > 3 and word not in _DOCUMENT_WORDS)
    return read_source(plain), places


def join(sources: list[Source]) -> Source:
    """Several sources as one, to be asked what they hold; the places of the facts are those in their own source."""
    joined: dict[str, Any] = {}
    for field in fields(Source):
        parts = [getattr(source, field.name) for source in sources]
        if isinstance(parts[0], str):
            joined[field.name] = "\n".join(parts)
        elif isinstance(parts[0], frozenset):
            joined[field.name] = frozenset().union(*parts)
        else:
            joined[field.name] = tuple(chain.from_iterable(parts))
    return Source(**joined)
