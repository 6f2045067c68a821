"""Proper names by form: capitalised words inside a sentence, sequences of them, and acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from cards.quantities import read_word_number
from prompts.grounding.words import STOP as _STOP
from prompts.grounding.words import WORD, fold, stem, word_set

_TOKEN = re.compile(r"[^\W\d_]+(?:[’'](?=[^\W\d_]))?|\d+|[^\w\s]")
_LINK = word_set(
    "di del della dello dei degli delle d' dell' e ed e' la lo il al san sul sulla l' in per von van de da dal alla su a"
)
GENERIC = word_set(
    "comune comuni provincia province unione unioni ente enti giunta consiglio consigli sindaco sindaca "
    "segretario segreteria generale dirigente dirigenti responsabile responsabili direttore piano piani "
    "performance obiettivo obiettivi indicatore indicatori titolo fase fasi target baseline motivazione "
    "finalita riferimento confronto risorse periodo oggetto premessa nota esito risultato atto atti "
    "decreto legge testo codice contratto collegio delibera deliberazione determina determinazione ordinanza "
    "articolo art statuto "
    "regolamento bilancio documento unico programmazione amministrazione programma missione relazione "
    "scheda variazione paese stato italia italiano italiana pa assessore assessorato presidente "
    "vicesindaco municipio citta capo linea strategica azione amministrazioni anno signor signora dott "
    "dottoressa ing arch avv piao peg dup oiv nucleo smvp sez settore servizio ufficio area direzione "
    "polizia locale personale lunedi martedi mercoledi giovedi venerdi sabato domenica lgs dlgs d l dl "
    "dpr dpcm dm cc gc dt dd ue n nr sig iva euro url web email pec covid internet europa aree enti atti fasi"
)  # fmt: skip
_GENERIC_STEMS = frozenset(stem(word) for word in GENERIC)
_HEADS = word_set(
    "ministero settore servizio ufficio direzione area assessorato dipartimento agenzia istituto "
    "fondazione associazione autorita corte commissione"
)
_FUNCTION = _STOP | word_set(
    "ad ed od nell dall dell all sull quel quei quell questo tale ogni in il lo la i gli le un uno una a al per con su tra fra"
)
_TITLES = word_set("dott ing arch avv geom rag prof sig s ist")
_MONTHS = word_set("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its words (folded) that must be found; an acronym; two capitals in a row, as a person's."""

    text: str
    words: tuple[str, ...]
    acronym: bool = False
    person: bool = False


def find_names(text: str) -> Iterator[Name]:
    """The names of a sentence; the first word counts only as an acronym or as the start of a sequence."""
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    index = 0
    while index < len(tokens):
        token, start, _end = tokens[index]
        opening = _opens(tokens, index)
        if not token[0].isupper():
            index += 1
            continue
        stop = _sequence(tokens, index)
        run = tokens[index:stop]
        capital = [word for word, _s, _e in run if word[0].isupper()]
        if opening and fold(token).strip("'") in _FUNCTION:
            index += 1
            continue
        if opening and len(capital) == 1 and not _is_acronym(capital[0]):
            index = stop
            continue
        yield from _names(text, run, opening)
        index = max(stop, index + 1)


def _opens(tokens: list[tuple[str, int, int]], index: int) -> bool:
    if index > 1 and tokens[index - 1][0] == "." and _shortened(tokens[index - 2][0]):
        return False
    return index == 0 or tokens[index - 1][0] in '.!?:;«“"(•-–[' or all(not t[0][0].isalpha() for t in tokens[:index])


def _shortened(word: str) -> bool:
    """ing." and the "C." of "I.C.": the full stop after them ends no sentence."""
    return (len(word) == 1 and word.isupper()) or fold(word) in _TITLES


def _sequence(tokens: list[tuple[str, int, int]], index: int) -> int:
    """End of a run "Ministero dell'Economia e delle Finanze": capitals joined by at most two links."""
    stop = index + 1
    while stop < len(tokens):
        ahead = stop
        while ahead < len(tokens) and ahead - stop < 3 and fold(tokens[ahead][0]) in _LINK and not tokens[ahead][0][0].isupper():
            ahead += 1
        if ahead >= len(tokens) or not tokens[ahead][0][0].isupper():
            break
        if any(
            tokens[at][0] in ["e", "ed", "in", "per", "da", "dal", "a", "al", "alla", "su"] for at in range(stop, ahead)
        ) and not _office(tokens[index][0]):
            break
        stop = ahead + 1
    return stop


def _office(word: str) -> bool:
    return fold(word) in _HEADS


def _names(text: str, run: list[tuple[str, int, int]], opening: bool) -> Iterator[Name]:
    span = text[run[0][1] : run[-1][2]]
    needed = []
    for position, (word, _s, _e) in enumerate(run):
        if not word[0].isupper():
            continue
        low = fold(word).strip("'")
        if _is_acronym(word):
            yield Name(word, (low,), acronym=True)
        elif (
            low not in GENERIC
            and (len(low) < 5 or stem(low) not in _GENERIC_STEMS)
            and low not in _MONTHS
            and len(low) > 1
            and low not in _LINK
            and read_word_number(low) is None
            and not (position == 0 and opening and _plain_opening(run))
        ):
            needed.append(low)
    if needed:
        joined = len(run) == 2 and len(needed) == 2
        yield Name(span, tuple(needed), person=joined)


def _plain_opening(run: list[tuple[str, int, int]]) -> bool:
    """The first word of a sentence before a link ("Grazie al Comune") is no name; before a capital it may be one."""
    return len(run) > 1 and not run[1][0][0].isupper()


def _is_acronym(word: str) -> bool:
    plain = word.strip("'’")
    return len(plain) >= 2 and plain.isupper() and plain.isalpha() and fold(plain) not in GENERIC


@lru_cache(maxsize=64)
def initials(text: str) -> frozenset[str]:
    """Acronyms that a text spells out, the short ones in capitals: "Contratto collettivo nazionale di lavoro" gives "ccnl"."""
    minor = _LINK | {"dell", "all", "nell", "sull", "un", "una", "con", "nel", "nella"}
    kept = [word for word in WORD.findall(text) if word.isalpha() and fold(word) not in minor]
    first = "".join(fold(word)[:1] for word in kept)
    capital = "".join(word[0] for word in kept)
    out = set()
    for size in (2, 3, 4, 5, 6):
        out |= {first[at : at + size] for at in range(len(kept) - size + 1) if size > 3 or capital[at : at + size].isupper()}
    return frozenset(out)
