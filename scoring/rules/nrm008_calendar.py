"""NRM008: the report approved after 30 June of the following year; the plan adopted after 31 January, or after its deferral."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cards.model import Paragraph
from scoring.days import exists
from scoring.facts import Facts
from scoring.parameters import plan_term, report_term
from scoring.rule import Hit, LegalBasis, Level, Rule, hit

_ACT = re.compile(
    r"\b(?:delibera(?:zione)?|verbale|provvedimento|n[°.º]\s*\d+)[^;\n]{0,60}?\b(?:del|in\s+data)\s+"
    r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\b(?:approvazione|oggetto)\b[^\n]{0,80}?\brelazione\b[^\n]{0,80}?\bperformance\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:approvazione|adozione|oggetto)\b[^\n]{0,60}?\b(?:piao|piano\s+integrato\s+di\s+attivit|piano\s+della\s+performance)",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\b(?:variazion|modific|aggiornament|rettific|integrazion\w*\s+al)", re.IGNORECASE)
_NEAR = 6
_HEAD = 60


def check(facts: Facts) -> Iterator[Hit]:
    """The date of the act at the head of the document, where the subject beside it is its approval and not a later change."""
    year = facts.reading.document.year or facts.document_year
    if year is None:
        return
    for day, paragraph in _acts(facts, _REPORT if facts.is_report else _PLAN):
        if facts.is_report:
            yield from _late_report(year, day, paragraph)
        elif year - 1 <= day.year <= year + 1:
            yield from _late_plan(year, day, paragraph)
        return


def _acts(facts: Facts, subject: re.Pattern[str]) -> Iterator[tuple[date, Paragraph]]:
    head = facts.paragraphs[:_HEAD]
    titles = " ".join([facts.reading.document.title or "", *facts.reading.document.evidence.values()])
    for i, paragraph in enumerate(head):
        match = _ACT.search(paragraph.text)
        near = " ".join([*(one.text for one in head[max(0, i - _NEAR) : i + _NEAR]), titles]).replace("\t", " ")
        named = subject.search(near)
        changed = named and not facts.is_report and _CHANGED.search(near[max(0, named.start() - 80) : named.end() + 80])
        if match and named and not changed and exists(int(match[1]), int(match[2]), int(match[3])):
            yield date(int(match[3]), int(match[2]), int(match[1])), paragraph


def _late_report(year: int, day: date, paragraph: Paragraph) -> Iterator[Hit]:
    term = report_term(year)
    if term < day and day.year <= year + 2:
        yield _late(year, day, term, paragraph, None, None)


def _late_plan(year: int, day: date, paragraph: Paragraph) -> Iterator[Hit]:
    """A deferral of the budget that is not known here would move the term: then it is only advice."""
    term, deferred = plan_term(year)
    if term < day:
        yield _late(year, day, term, paragraph, "plan", None if deferred else Level.ADVICE)


def _late(year: int, day: date, term: date, paragraph: Paragraph, variant: str | None, level: Level | None) -> Hit:
    return hit(
        found=f"{day:%d/%m/%Y}",
        expected=f"entro il {term:%d/%m/%Y}",
        level=level,
        variant=variant,
        day=f"{day:%d/%m/%Y}",
        year=year,
        term=f"{term:%d/%m/%Y}",
        page=paragraph.page,
        line=paragraph.line,
    )


RULE = Rule(
    code="NRM008",
    level=Level.WARNING,
    document=check,
    title="Calendario del ciclo",
    message="La relazione sul {year} è approvata il {day}, dopo il {term}.",
    variants={
        "plan": "Il piano del {year} è adottato il {day}, dopo il {term} (30 giorni dal termine del bilancio, se differito)."
    },
    why="Il piano si adotta entro il 31 gennaio e la relazione si approva e si fa validare entro il 30 giugno: senza piano "
    "e senza validazione non si pagano i premi.",
    fix="Indica il motivo del ritardo; per gli enti locali la relazione può essere unita al rendiconto della gestione, e il "
    "termine del piano segue quello del bilancio di previsione.",
    basis=(
        LegalBasis("D.Lgs. 150/2009", "art. 10, c. 1, lett. b), e c. 1-bis", "method"),
        LegalBasis("D.L. 80/2021", "art. 6, c. 1", "law"),
        LegalBasis("D.M. 132/2022", "artt. 7 e 8, c. 2", "law"),
    ),
)
