"""NRM010: is section 2.2 due? It depends on the number of employees; with exactly fifty the texts do not agree."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.facts import Facts
from scoring.parameters import amount
from scoring.rule import Hit, LegalBasis, Level, NotRun, Period, Rule, hit


def check(facts: Facts) -> Iterator[Hit]:
    """Silent where the number is unknown or clear."""
    staff = facts.staff
    if staff is None:
        raise NotRun("non si conosce il numero dei dipendenti dell'ente: scrivilo nel profilo, in Impostazioni.")
    boundary = amount("staff_threshold", facts.document_year, 50)
    if staff < boundary:
        raise NotRun(
            f"non applicabile: sotto i {boundary} dipendenti la sottosezione 2.2 non è dovuta, "
            "ma gli obiettivi servono per i premi."
        )
    if staff == boundary:
        yield hit(found=f"{boundary} dipendenti", expected="una scelta motivata dell'ente")


RULE = Rule(
    code="NRM010",
    level=Level.ADVICE,
    document=check,
    valid=Period("2022-06-30", None),
    title="Cinquanta dipendenti esatti",
    message="Con 50 dipendenti esatti le norme non concordano su quale regime si applichi.",
    why="La legge dice «più di cinquanta», il regolamento «non più di cinquanta», il decreto «meno di cinquanta».",
    fix="Decidi il regime con un atto motivato; gli obiettivi servono in ogni caso per la retribuzione di risultato.",
    basis=(
        LegalBasis("D.L. 80/2021", "art. 6, c. 1", "law"),
        LegalBasis("D.P.R. 81/2022", "art. 1, c. 3", "law"),
        LegalBasis("D.M. 132/2022", "art. 6", "law"),
    ),
)
