"""A number with its noun, in the singular or in the plural: one place for every sentence that counts."""

from __future__ import annotations

from collections.abc import Mapping


def counted(number: int, one: str, many: str, shown: str | None = None) -> str:
    """The number and what it counts; ``shown`` is the number as written, where it is not plain digits.

    >>> counted(1, "scheda", "schede"), counted(0, "scheda", "schede"), counted(1500, "vettore", "vettori", "1.500")
    ('1 scheda', '0 schede', '1.500 vettori')
    """
    return f"{number if shown is None else shown} {one if number == 1 else many}"


def cards_counted(number: int) -> str:
    """ "1 scheda", "3 schede"."""
    return counted(number, "scheda", "schede")


def indicators_counted(number: int) -> str:
    """ "1 indicatore", "3 indicatori"."""
    return counted(number, "indicatore", "indicatori")


def levels_counted(summary: Mapping[str, int]) -> str:
    """The summary of a check: "1 errore, 2 attenzioni, 0 consigli"."""
    return ", ".join((counted(summary["error"], "errore", "errori"), counted(summary["warning"], "attenzione", "attenzioni"),
                      counted(summary["advice"], "consiglio", "consigli")))


def documents_counted(number: int) -> str:
    """ "1 documento", "3 documenti"."""
    return counted(number, "documento", "documenti")


def drafts_counted(number: int) -> str:
    """ "1 bozza", "3 bozze"."""
    return counted(number, "bozza", "bozze")
