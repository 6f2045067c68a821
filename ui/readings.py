"""How the target values were read, where that is worth a look: doubtful, absent or not measurable."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cards.model import Card
from cards.quantities import Target, italian, read_date, read_month, read_target
from ui.plain import md, short

SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "±": "± ", "circa": "circa ", "=": ""}
MONTHS = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
          "dicembre")
WHEN = {">=": "dal ", "<=": "entro ", ">": "dopo ", "<": "prima di ", "circa": "circa "}


def show_readings(lines: list[str], limit: int = 8) -> None:
    """One compact line for each value that needs a look; nothing when all is clear."""
    if not lines:
        return
    more = [f"… e altri {len(lines) - limit}"] if len(lines) > limit else []
    st.caption("  \n".join([f":material/visibility: {md(line)}" for line in lines[:limit]] + more))


def doubtful_targets(card: Card) -> list[str]:
    """"Tempo medio, 2027: «migliorare» → non misurabile" for each target that is not read with confidence."""
    lines = []
    for position, indicator in enumerate(card.indicators, 1):
        name = short(indicator.name, 50) or f"indicatore {position}"
        own = {str(card.year): ""} if card.year and not indicator.targets else {}
        for year, text in {**own, **indicator.targets}.items():
            target = read_target(text)
            if not target.confident or not target.measurable:
                quoted = f"«{short(text, 60)}» → " if text.strip() else ""
                lines.append(f"{name}, {year}: {quoted}{reading(target)}")
    return lines


def doubtful_dates(card: Card) -> list[str]:
    """"Fase 1, fine: «fine estate» → non si legge come data" for each date of a phase that is none."""
    lines = []
    for position, phase in enumerate(card.phases, 1):
        for word, written in (("inizio", phase.start), ("fine", phase.end)):
            if written and read_date(written) is None and read_month(written) is None:
                lines.append(f"Fase {phase.number or position}, {word}: «{short(written, 60)}» → non si legge come data")
    return lines


def reading(target: Target) -> str:
    """A target in words, with the doubt if there is one.

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
    words = "; ".join(map(value_words, target.parts)) if target.parts else value_words(target)
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
    if target.bounds:
        return f"da {italian(target.bounds[0])} a {italian(target.bounds[1])}{unit}"
    return target.text.strip()


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
