"""How a target value was read, in words: doubtful, absent or not measurable, or one quantity written in one way."""

from __future__ import annotations

from datetime import date

from cards.quantities import Target, interval, italian

SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "±": "± ", "circa": "circa ", "=": ""}
MONTHS = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
          "dicembre")
WHEN = {">=": "dal ", "<=": "entro ", ">": "dopo ", "<": "prima di ", "circa": "circa "}


def reading(target: Target) -> str:
    """A target in words, with the doubt if there is one.

    >>> from cards.quantities import read_target
    >>> reading(read_target("almeno il 98,5%"))
    '≥ 98,5 %'
    >>> reading(read_target("migliorare il servizio"))
    'non misurabile'
    """
    if target.type == "unset":
        return "valore atteso da indicare"
    if target.type == "text":
        return "non misurabile"
    if target.type == "ambiguous":
        return f"si può leggere in più modi: {target.note}" if target.note else "si può leggere in più modi"
    words = interval_words(target) or ("; ".join(map(value_words, target.parts)) if target.parts else value_words(target))
    return words if target.confident or not target.note else f"{words} ({target.note})"


def value_words(target: Target) -> str:
    """One quantity written in one way."""
    if target.truth is not None:
        return "sì" if target.truth else "no"
    if target.type in ("date", "month", "year"):
        return WHEN.get(target.comparator or "", "") + _moment(target)
    sign = SIGNS.get(target.comparator or "", "")
    unit = f" {target.unit}" if target.unit else ""
    if target.number is not None:
        return f"{sign}{italian(target.number)}{unit}"
    if target.ratio:
        return f"{sign}{italian(target.ratio[0])} su {italian(target.ratio[1])}{unit}"
    return interval_words(target) or target.text.strip()


def interval_words(target: Target) -> str:
    """"da 2 a 5 gg" where both ends belong to the interval, "> 2 e ≤ 5 gg" where one does not; empty where it is none."""
    low, high = interval(target) or (None, None)
    if low is None or high is None or low.number is None or high.number is None:
        return ""
    unit = f" {low.unit}" if low.unit else ""
    if (low.comparator, high.comparator) == (">=", "<="):
        return f"da {italian(low.number)} a {italian(high.number)}{unit}"
    return f"{SIGNS[low.comparator or '']}{italian(low.number)} e {SIGNS[high.comparator or '']}{italian(high.number)}{unit}"


def _moment(target: Target) -> str:
    value = target.value or ""
    if target.day:
        return f"{target.day:%d/%m/%Y}"
    if target.type == "date" and value.startswith("--"):
        return f"{date.fromisoformat('2000' + value[1:]):%d/%m}"
    year, _, month = value.rpartition("-")
    if target.type == "month" and month.isdigit() and 1 <= int(month) <= 12:
        return f"{MONTHS[int(month) - 1]} {year}".strip()
    return value
