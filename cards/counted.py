"""A number with its noun, in the singular or in the plural: one place for every sentence that counts."""

from __future__ import annotations


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
