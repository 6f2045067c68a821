"""A text read for its facts: a precedent, the person's input, a document's name, or the sentence to check."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from cards.quantities.numbers import read_digits
from prompts.grounding.acts import find_acts
from prompts.grounding.dates import find_dates, find_years
from prompts.grounding.facts import Fact, Parts, mask
from prompts.grounding.laws import ALIASES, find_laws, law_spans
from prompts.grounding.names import initials
from prompts.grounding.quantities import find_quantities
from prompts.grounding.quotes import plain_quote
from prompts.grounding.words import content_stems, fold, stem, word_set, words

_CODE = re.compile(
    r"(?<![\w.])(?:\d+(?:\.\d+){2,}|[A-Z]{1,4}\d+(?:[A-Z]+\d+)*(?:\.[A-Z]?\d+)*|0\d{3,}|"
    r"\d+(?:\.\d+)*[A-Z]{1,2}\d*)(?![\w]|[.,]\d)"
)
_DOCUMENT_WORDS = word_set(
    "piao peg dup relazione relazioni performance piano piani variazioni variazione gestione sezione sez "
    "bilancio allegato documento txt pdf docx doc xlsx ods odt html htm md csv consuntivo rendiconto "
    "obiettivi schede scheda comune provincia unione citta comuni dei di del della d e n rev def "
    "definitivo finale bozza approvato aggiornamento delibera gc all sistema misurazione valutazione smvp "
    "report annuale triennio"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """All that a text holds, ready to be asked. ``numbers`` keep the order of the text; ``dates`` include years of acts."""

    text: str
    numbers: tuple[Fact, ...] = ()
    dates: frozenset[Parts] = frozenset()
    laws: frozenset[tuple[str, ...]] = frozenset()
    articles: tuple[tuple[str, ...], ...] = ()
    acts: tuple[tuple[str, ...], ...] = ()
    words: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    quotable: str = ""


@lru_cache(maxsize=256)
def read_source(text: str) -> Source:
    """The facts of a source, taken liberally: what may be a date or a number is both."""
    laws, body = _laws(text)
    acts = list(find_acts(body))
    dates = list(find_dates(text, liberal=True))
    for fact in acts:
        body = mask(body, fact.start, fact.end)
    for fact in find_dates(body, liberal=False):
        body = mask(body, fact.start, fact.end)
    numbers = tuple(find_quantities(body))
    plain = words(text)
    refs = [fact.ref[2] for fact in (*laws, *acts) if fact.kind in ("law", "act") and fact.ref[2]]
    return Source(
        text, numbers,
        frozenset(fact.date for fact in dates if fact.date) | {(int(year), None, None) for year in refs},
        frozenset(fact.ref for fact in laws if fact.kind == "law") | _aliased(text),
        tuple(fact.ref for fact in laws if fact.kind == "article"),
        tuple(fact.ref for fact in acts),
        frozenset(plain) | frozenset(re.findall(r"[^\W\d_]+", fold(text))),
        frozenset(stem(word) for word in re.findall(r"(?<!\w)[^\W\d_A-Z]{4,}", text)),
        frozenset(initials(text)), frozenset(content_stems(text)), plain_quote(text),
    )  # fmt: skip


def read_sentence(text: str) -> tuple[list[Fact], str]:
    """The facts that a sentence states, in order, and the sentence with all of them but the names blanked out."""
    laws, body = _laws(text)
    facts = laws + list(find_acts(body))
    for fact in facts[len(laws) :]:
        body = mask(body, fact.start, fact.end)
    dates = list(find_dates(body, liberal=False))
    facts += dates
    for fact in dates:
        body = mask(body, fact.start, fact.end)
    codes = [
        Fact("code", m[0], m.start(), m.end()) for m in _CODE.finditer(body) if read_digits(m[0]) is None or m[0].startswith("0")
    ]
    for fact in codes:
        body = mask(body, fact.start, fact.end)
    years = list(find_years(body))
    for fact in years:
        body = mask(body, fact.start, fact.end)
    facts += codes + years + find_quantities(body)
    return sorted(facts, key=lambda fact: (fact.start, fact.end)), body


def _laws(text: str) -> tuple[list[Fact], str]:
    laws = list(find_laws(text))
    body = text
    for start, end in law_spans(text, laws):
        body = mask(body, start, end)
    return laws, body


def _aliased(text: str) -> set[tuple[str, ...]]:
    low = fold(text)
    return {ref for alias, ref in ALIASES.items() if re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", low)}


def read_document_name(name: str) -> tuple[Source, frozenset[str]]:
    """What a file name says: its words and year, and the words that name the body ("cremona_relazione_2022": cremona)."""
    plain = re.sub(r"[_\-.]+", " ", name)
    places = frozenset(word for word in words(plain) if word.isalpha() and len(word) > 3 and word not in _DOCUMENT_WORDS)
    return read_source(plain), places


def join(sources: list[Source]) -> Source:
    """Several sources as one."""
    numbers: list[Fact] = []
    at = 0
    for source in sources:
        numbers += [replace(fact, start=fact.start + at, end=fact.end + at) for fact in source.numbers] if at else source.numbers
        at += len(source.text) + 1
    return Source(
        "\n".join(source.text for source in sources), tuple(numbers),
        frozenset().union(*(source.dates for source in sources)),
        frozenset().union(*(source.laws for source in sources)),
        tuple(ref for source in sources for ref in source.articles), tuple(ref for source in sources for ref in source.acts),
        frozenset().union(*(source.words for source in sources)), frozenset().union(*(source.stems for source in sources)),
        frozenset().union(*(source.spelled for source in sources)), frozenset().union(*(source.topic for source in sources)),
        "\n".join(source.quotable for source in sources),
    )  # fmt: skip
