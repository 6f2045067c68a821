"""STR006: the year of the text is not the year of the document: a report on 2020 that tells facts of 2021 or approves 2021."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.quantities.dates import MONTHS
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import REPORT, VALIDATION
from scoring.rules._text import sentences
from scoring.values import short

_FACT = re.compile(
    r"\b(?:nel(?:l'anno|\s+corso\s+del(?:l'anno)?)?|nell'(?:estate|autunno|inverno)(?:\s+del)?|(?:inizio|fine|metà)(?:\s+del)?|"
    r"durante\s+(?:il|l'anno)|nei\s+(?:mesi\s+di\s+[\w\s]{3,40}?|primi\s+mesi)\s+del|"
    r"nel\s+(?:primo|secondo|terzo|quarto|1°|2°|3°|4°|i|ii|iii|iv)\s+(?:bi|tri|quadri|se)mestre(?:\s+del)?|"
    rf"(?:a|ad|in|di|da|dal\s+mese\s+di|il\s+\d{{1,2}})\s+(?:{'|'.join(MONTHS)})(?:\s+del)?|"
    r"(?:in\s+data|il)\s+\d{1,2}[/.]\d{1,2}[/.](?=20)|imu|tari|tasi)"
    r"\s*((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\brinvi|\bpost?icip|\bprocrast|\bslitt|\bprevist|\bprogrammat|\bprogrammaz|\bprogrammar|\bpianific|\bproseguir|\bcontinuer|\bcomplet(?:are|er)|\bsar[àa]\b|\bsaranno\b|"
    r"\bda\s+\w+[aei]rsi\b|\bdifferi|\bpropost|\bentro\b|\bfino\s+al?\b|\bvalid[oaie]\b|\bscad|\bverr[àa]|\bverranno\b|\bdovr|\bpotr|\bsi\s+prevede|\bin\s+vista|\bda\s+\w+are\b|\bprossim|\bobiettivo\s+20|\bbilancio\s+di\s+previsione|\btrienn",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:relazione|piano|attestazione|rendicontazione|rendiconto|consuntivo|valutazione|validazione)\b[^.;]{0,60}?\banno\s+((?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:è|e'|sono|si\s+è|si\s+sono|non\s+si\s+sono|non\s+è|ha|hanno)\s+(?:stat[aoie]\s+)?"
    r"\w+(?:at|it|ut|st|tt|lt|ert|us|es|ess|os|ors|is)[oaie]\b|\bmesso\b",
    re.IGNORECASE,
)

_NEAR = 90


def check(facts: Facts) -> Iterator[Hit]:
    """Reports only: a later year told as done, and acts whose title names another year."""
    year = facts.reading.document.year or facts.document_year
    if year is None or not facts.is_report:
        return
    told: set[int | None] = set()
    for card in facts.of_kind("objective", "service"):
        if card.year in (None, year) and card.description:
            yield from _facts(card.description, year, facts, card.place("description").page, card.place("description").line, told)
    for paragraph in facts.texts:
        if paragraph.line not in told or paragraph.line is None:
            yield from _acts(paragraph.text, year, paragraph.page, paragraph.line)
            yield from _facts(paragraph.text, year, facts, paragraph.page, paragraph.line, told)


def _facts(text: str, year: int, facts: Facts, page: int | None, line: int | None, told: set[int | None]) -> Iterator[Hit]:
    for sentence in sentences(text):
        for match in _FACT.finditer(sentence):
            around = sentence[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if int(match[1]) != year + 1 or _LATER.search(around) or not _is_told_as_done(sentence, match):
                continue
            told.add(line)
            quote = short(sentence, 100)
            yield hit(found=match[0], expected=str(year), quote=quote, other=match[1], year=year, page=page, line=line, key=quote)
            return


def _is_told_as_done(sentence: str, year: re.Match[str]) -> bool:
    """A finished verb near the year: "nel 2021 non si sono attivati", not a plan that names the next year."""
    return any(abs(done.start() - year.start()) < _NEAR for done in _DONE.finditer(sentence))


def _acts(text: str, year: int, page: int | None, line: int | None) -> Iterator[Hit]:
    years = {match[1]: match for match in _ACT.finditer(text)}
    for other, match in sorted(years.items()):
        if (
            int(other) == year + 1
            and "previsione" not in match[0].lower()
            and not _LATER.search(match[0])
            and not re.search(r"20\d\d\s*[-/]\s*20\d\d", text)
        ):
            yield hit(
                variant="act",
                found=short(match[0], 80),
                expected=str(year),
                quote=short(match[0], 100),
                other=other,
                year=year,
                page=page,
                line=line,
                key=short(match[0], 100),
            )


RULE = Rule(
    code="STR006",
    level=Level.WARNING,
    document=check,
    title="Anno del testo diverso da quello del documento",
    message="Il documento è sul {year}, ma il testo racconta fatti del {other}: «{quote}».",
    variants={"act": "Il documento è sul {year}, ma l'atto parla dell'anno {other}: «{quote}»."},
    why="La relazione riguarda un anno: fatti o atti di un altro anno mettono in dubbio che cosa si approva e si valuta.",
    fix="Correggi l'anno, o sposta il fatto nella relazione a cui appartiene.",
    basis=(REPORT, VALIDATION),
)
