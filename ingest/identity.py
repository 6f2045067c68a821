"""Who wrote a document, for which year, of which type: guessed from its own words, with the words kept as evidence.

A guess, never a certainty: a person confirms it. Nothing here knows a body by name; what finds it is the form "Comune di …".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from cards.model import Document
from ingest.blocks import Block, Blocks

TITLE_BLOCKS = 40  # blocks that count as the first pages
SHORT = 220  # characters of a block that may be a title

_BODY = re.compile(
    r"\b(?P<body>(?:comune|citt[àa]'?(?:\s+metropolitana)?|unione(?:\s+(?:lombarda|montana|territoriale|intercomunale))?"
    r"(?:\s+(?:dei|di)\s+comuni)?|provincia|comunit[àa]'?\s+montana|libero consorzio comunale|regione|camera di commercio))"
    r"\s+(?P<link>dell['’]|dell[ae]|dello|degli|dei|del|di|d['’])\s*(?P<name>.{2,90})",
    re.I,
)
_SHORTEST = 10  # characters of the shortest name of a body ("città d'Ee")
_BODY_WORDS = ("comune", "citt", "unione", "provinc", "montana", "consorzio", "regione", "camera")  # one is in every body's name
_SMALL = frozenset(
    {
        "di", "de", "del", "della", "delle", "dello", "dei", "degli", "d", "dell", "e", "ed", "in", "sul", "sulla", "sull",
        "al", "alla", "con", "a", "da", "la", "le", "lo", "il",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+['’]?|[^\w\s]|\d+|\s+", re.U)
_STREETS = frozenset(
    {
        "via", "viale", "corso", "piazza", "piazzale", "largo", "tel", "provincia", "pec", "cap", "codice", "settore",
        "area", "direzione", "servizio", "ufficio", "sede", "allegato", "relazione", "piano", "anno", "cf",
    }
)  # fmt: skip

_TYPES: tuple[tuple[str, re.Pattern[str], float], ...] = tuple(
    (kind, re.compile(pattern, re.I), weight)
    for kind, pattern, weight in (
        ("relazione_performance", r"relazion\w+[^.]{0,60}\bperformance|consuntiv\w+[^.]{0,40}performance"
         r"|(?:stato di attuazione|rendicontazione|verifica finale)[^.]{0,60}(?:performance|obiettivi|p\.?d\.?o\.?\b)", 3),
        ("relazione_gestione", r"relazion\w+ (?:sulla|di|alla|della) gestione|rendiconto (?:della|di) gestione", 3),
        ("piao", r"piano integrato (?:di|dell[ea])\s+attivit\w+ (?:e|ed|e di) organizzazione|\bP\.?I\.?A\.?O\.?\b"
         r"|sezione 2\b[^a-z]{0,5}valore pubblico|sottosezione (?:di programmazione )?(?:2\.2|performance)", 3),
        ("dup", r"documento unico di programmazione|\bD\.?U\.?P\.?S?\b", 2),
        ("piano_performance", r"pian\w+ (?:triennale )?(?:della|delle|di) performance", 2),
        ("peg", r"piano esecutivo di gestione|\bP\.?E\.?G\.?\b", 2),
        ("piano_performance", r"pian\w+ (?:dettagliato )?degli obiettivi|\bP\.?D\.?O\.?\b", 1.5),
        ("smvp", r"sistema di misurazione e valutazione", 1),
    )
)  # fmt: skip
_YEAR = r"(?<![\d/.,])(20[0-4]\d)(?![\d,]|\.\d)"
_SPAN = re.compile(_YEAR + r"\s*[-–/]\s*(?:20)?\d{2}(?!\d)")
_ANNO = re.compile(
    r"\b(?:anno|esercizio|annualit[àa]|al 31[/. ]12[/. ]|al 31 dicembre)\s*(?:finanziario\s*)?(20[0-4]\d)(?![\d,]|\.\d)", re.I
)
_PLAIN = re.compile(_YEAR)
_TITLE_WORD = re.compile(
    r"relazion|pian[oi]\b|piao|\bdup\b|rendicont|performance|obiettiv|\bpeg\b|consuntiv|programmazione|schede?\b", re.I
)
_NEAR = 60  # characters before a year in which a date that it ends may begin
_DATE_BEFORE = re.compile(
    r"(?:\bdel|\bin data|\bl\.|legge|d\.?\s?lgs\.?|n\.\s*\d+|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto"
    r"|settembre|ottobre|novembre|dicembre|\d[/.])\s*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed value with the words it rests on."""

    value: str
    evidence: str


def identify(blocks: Blocks, sha256: str | None = None) -> Document:
    """The document's identity; a field that its words do not tell stays None."""
    entity, year, kind = guess_entity(blocks), guess_year(blocks), guess_type(blocks)
    guesses = {"entity": entity, "year": year, "document_type": kind}
    return Document(
        name=blocks.name,
        sha256=sha256,
        format=blocks.format,
        entity=entity.value if entity else None,
        year=int(year.value) if year else None,
        document_type=kind.value if kind else None,
        title=_title(blocks),
        pages=blocks.pages,
        evidence={field: guess.evidence for field, guess in guesses.items() if guess},
    )


def _lines(blocks: Blocks) -> Iterator[tuple[int, Block, str]]:
    """Every text of the document with its position: headings, paragraphs and cells (at most three a row)."""
    for i, block in enumerate(blocks.blocks):
        if block.kind == "table":
            for row in block.rows[:400]:
                for cell in row.cells[:3]:
                    if cell:
                        yield i, block, cell
        else:
            yield i, block, block.text


# ------------------------------------------------------------------------------------------------------------- the entity

def guess_entity(blocks: Blocks) -> Guess | None:
    """The body named most, on the first pages and in headings above all."""
    weights: dict[str, float] = defaultdict(float)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    evidence: dict[str, tuple[float, str]] = {}
    for i, block, text in _lines(blocks):
        if len(text) < _SHORTEST:
            continue
        weight = (6.0 if i < 12 else 3.0 if i < TITLE_BLOCKS else 1.0) * (2.0 if block.kind == "heading" else 1.0)
        for form, certainty in _bodies(text):
            key = _key(form)
            weights[key] += weight * certainty
            forms[key][form] += 1
            if weight * certainty > evidence.get(key, (0.0, ""))[0]:
                evidence[key] = (weight * certainty, _short(text))
    if not weights:
        return None
    _fold_longer(weights, forms, evidence)
    best = max(weights, key=lambda key: weights[key])
    form = max(forms[best], key=lambda f: (forms[best][f], not f.isupper()))
    return Guess(form, evidence[best][1])


def _key(form: str) -> str:
    return re.sub(r"\W+", " ", form).casefold().strip()


def _fold_longer(weights: dict[str, float], forms: dict[str, Counter[str]], evidence: dict[str, tuple[float, str]]) -> None:
    """ "Unione delle Terre d'Argine Corso" counts for "Unione delle Terre d'Argine", which stands alone elsewhere."""
    for key in sorted(weights, key=len, reverse=True):
        times = forms[key].total()
        shorter = [k for k in weights if key.startswith(k + " ") and forms[k].total() >= times]
        if shorter:
            home = max(shorter, key=len)
            weights[home] += weights.pop(key)
            evidence[home] = max(evidence[home], evidence.pop(key))
            forms.pop(key)


def _bodies(text: str) -> Iterator[tuple[str, float]]:
    """The bodies named in a text, in their full form, with how sure the form is."""
    start = 0
    lower = text.casefold()
    if not any(map(lower.__contains__, _BODY_WORDS)):
        return
    while found := _BODY.search(text, start):
        name = _proper_name(found["name"])
        start = found.end("link") if name is None else found.start("name") + len(name)
        if name:
            body, link = found["body"].lower().replace("citta'", "città"), found["link"].lower()
            certainty = 0.5 if body.startswith("citt") and "metro" not in body else 1.0
            if body in ("provincia", "regione"):
                certainty = 0.4
            if certainty == 0.5:
                body, link = "comune", "di" if link in ("di", "d'", "d’") else link
            shown = " ".join(word if word in ("dei", "di") else word.capitalize() for word in body.split())
            space = "" if link.endswith(("'", "’")) else " "
            yield f"{shown} {link}{space}{name}", certainty


def _proper_name(text: str) -> str | None:
    """The run of capitalised words (with particles between them) at the start of a text, particles at its end left out."""
    words: list[str] = []
    pending: list[str] = []
    for token in _WORD.findall(text):
        bare = token.rstrip("'’").lower()
        if token.isspace():
            if words or pending:
                pending.append(" ")
        elif bare in _SMALL and words:
            pending.append(token.lower())
        elif bare in ("la", "il", "lo", "le") and token[0].isupper():
            pending.append(token.capitalize())
        elif token[0].isupper() and bare not in _STREETS and len(words) < 14:
            words += [*pending, _capital(token)]
            pending = []
        elif token == "-" and words and pending[-1:] != [" "]:
            pending.append(token)
        else:
            break
    name = "".join(words).strip()
    return name if len(name) > 1 else None


def _capital(word: str) -> str:
    return word.capitalize() if word.isupper() and len(word) > 2 else word


# --------------------------------------------------------------------------------------------------------- year and type

def guess_year(blocks: Blocks) -> Guess | None:
    """The year the document is about: of a triennium the first, of a report the year it reports on."""
    weights: dict[str, float] = defaultdict(float)
    evidence: dict[str, tuple[float, str]] = {}
    for i, block, text in _lines(blocks):
        if i >= 3 * TITLE_BLOCKS:
            break
        if len(text) > 4 * SHORT:
            continue
        nearness = 3.0 if i < 20 else 1.5 if i < TITLE_BLOCKS else 0.5
        for year, weight in _years(text):
            weight *= nearness * (1.3 if block.kind == "heading" else 1.0)
            weights[year] += weight
            if weight > evidence.get(year, (0.0, ""))[0]:
                evidence[year] = (weight, _short(text))
    if not weights:
        named = re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", PurePath(blocks.name).stem)
        return Guess(named[0], f"nome del file «{blocks.name}»") if named else None
    best = max(weights, key=lambda year: (weights[year], year))
    return Guess(best, evidence[best][1])


def _years(text: str) -> Iterator[tuple[str, float]]:
    plain = list(_PLAIN.finditer(text)) if "20" in text else []
    if not plain:
        return
    titled = len(text) <= SHORT and _TITLE_WORD.search(text) is not None or len(text) <= 24
    ranges = list(_SPAN.finditer(text))
    spans = {m.start() for m in ranges if _is_triennium(m)}
    annual = {m.start(1) for m in _ANNO.finditer(text)}
    inside = {i for m in ranges for i in range(m.start() + 1, m.end())}
    mandates = {m.start() for m in ranges} - spans
    for found in plain:
        at = found.start()
        if at in inside or at in mandates or _DATE_BEFORE.search(text[max(0, at - _NEAR) : at]) and at not in annual:
            continue
        if at in annual or at in spans:
            yield found[1], 4.0 if titled else 1.0
        elif len(text) <= SHORT:
            yield found[1], 3.0 if titled else 0.3


def _is_triennium(span: re.Match[str]) -> bool:
    """Whether "2023-2025" is a plan's span; "2019-2024" is a mandate and says nothing about the year."""
    last = int(span[0][-2:])
    return 0 < last - int(span[1]) % 100 <= 3


def guess_type(blocks: Blocks) -> Guess | None:
    """The type of the document by the titles of its first pages; then by its file name."""
    weights: dict[str, float] = defaultdict(float)
    evidence: dict[str, tuple[float, str]] = {}
    for i, block, text in _lines(blocks):
        if i >= TITLE_BLOCKS:
            break
        if not 3 <= len(text) <= SHORT:
            continue
        kind, weight = _type_of(text)
        if kind:
            weight *= (3.0 if i < 10 else 1.0) * (1.5 if block.kind == "heading" else 1.0)
            weights[kind] += weight
            if weight > evidence.get(kind, (0.0, ""))[0]:
                evidence[kind] = (weight, _short(text))
    stem = re.sub(r"[-_]+", " ", PurePath(blocks.name).stem)
    kind, weight = _type_of(stem)
    if kind:
        weights[kind] += weight * 1.5
        evidence.setdefault(kind, (weight, f"nome del file «{blocks.name}»"))
    if not weights:
        return None
    best = max(weights, key=lambda k: weights[k])
    return Guess(best, evidence[best][1])


@lru_cache(maxsize=4_096)
def _type_of(text: str) -> tuple[str | None, float]:
    """The first type, in the order of the list, that a title names."""
    for kind, pattern, weight in _TYPES:
        if pattern.search(text):
            return kind, weight
    return None, 0.0


def _title(blocks: Blocks) -> str | None:
    """The first line of the first pages that reads like the title of a plan or report; else the metadata's title."""
    for i, block, text in _lines(blocks):
        if i < 20 and block.kind != "table" and len(text) <= SHORT and _type_of(text)[0]:
            return " ".join(text.split())
    return blocks.metadata.get("title") or None


def _short(text: str, width: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"
