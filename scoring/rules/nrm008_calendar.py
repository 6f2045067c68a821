"""NRM008: the report approved after 30 June of the following year; the plan adopted after its term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cards.model import Paragraph
from scoring.facts import Facts
from scoring.rule import Hit, LegalBasis, Level, Rule, hit
from scoring.rules._dates import exists

_ACT = re.compile(
    r"\b(?:delibera(?:zione)?|verbale|provvedimento|n[°.º]\s*\d+)[^.;\n]{0,60}?\bdel\s+(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\b(?:approvazione|oggetto)\b[^\n]{0,80}?\brelazione\b[^\n]{0,80}?\bperformance\b", re.IGNORECASE)
_NEAR = 6


def check(facts: Facts) -> Iterator[Hit]:
    """The date of the act at the head of a report, where the subject beside it is its approval."""
    year = facts.reading.document.year or facts.document_year
    if year is None or not facts.is_report:
        return
    head = facts.paragraphs[:60]
    titles = " ".join([facts.reading.document.title or "", *facts.reading.document.evidence.values()])
    for i, paragraph in enumerate(head):
        match = _ACT.search(paragraph.text)
        if (
            match
            and exists(int(match[1]), int(match[2]), int(match[3]))
            and _is_approval(titles, head[max(0, i - _NEAR) : i + _NEAR])
        ):
            day = date(int(match[3]), int(match[2]), int(match[1]))
            if day > date(year + 1, 6, 30) and day.year <= year + 2:
                yield hit(
                    found=f"{day:%d/%m/%Y}",
                    expected=f"entro il 30/06/{year + 1}",
                    day=f"{day:%d/%m/%Y}",
                    year=year,
                    term=f"30/06/{year + 1}",
                    page=paragraph.page,
                    line=paragraph.line,
                )
            return


def _is_approval(titles: str, paragraphs: tuple[Paragraph, ...]) -> bool:
    return bool(_SUBJECT.search(" ".join([*(paragraph.text for paragraph in paragraphs), titles]).replace("\t", " ")))


RULE = Rule(
    code="NRM008",
    level=Level.WARNING,
    document=check,
    title="Calendario del ciclo",
    message="La relazione sul {year} è approvata il {day}, dopo il {term}.",
    why="La relazione si approva e si fa validare entro il 30 giugno: dalla validazione dipendono i premi.",
    fix="Indica il motivo del ritardo; per gli enti locali la relazione può essere unita al rendiconto della gestione.",
    basis=(LegalBasis("D.Lgs. 150/2009", "art. 10, c. 1, lett. b), e c. 1-bis", "method"),),
)
