"""The phases of a card in time: a chart of months, the same as a table, and a sentence that says it in words."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

import streamlit as st

from cards.model import GONE, Card, Phase
from cards.quantities import read_date, read_month
from ui import charts
from ui.plain import short


def show_timetable(card: Card) -> None:
    """The chart of the phases that have both dates; nothing where no phase has them."""
    rows, without = timetable(card)
    if not rows:
        st.caption("Il cronoprogramma compare quando almeno una fase ha inizio e fine.")
        return
    table = [{"Fase": row["Fase"], "Inizio": row["da"], "Fine": row["a"], "Mesi": row["Mesi"]} for row in rows]
    charts.show(charts.spans(rows, "Fase", "Inizio", "Fine"), table, in_words(rows, without))


def timetable(card: Card) -> tuple[list[dict[str, Any]], list[str]]:
    """The phases with a beginning and an end that can be read, in the card's order, and the names of the others."""
    rows, without = [], []
    for position, phase in enumerate(card.phases, 1):
        if phase.status in GONE:
            continue
        name = short(f"{phase.number or position}. {phase.text or 'Fase'}", 60)
        span = days_of(phase, card.year)
        if span is None:
            without.append(name)
            continue
        start, end = span
        rows.append({"Fase": name, "Inizio": start.isoformat(), "Fine": end.isoformat(), "da": f"{start:%d/%m/%Y}",
                     "a": f"{end:%d/%m/%Y}", "Mesi": (end.year - start.year) * 12 + end.month - start.month + 1})
    return rows, without


def days_of(phase: Phase, year: int | None) -> tuple[date, date] | None:
    """First and last day of a phase: from its dates, else from the months of its schedule that have a share.

    >>> days_of(Phase(start="febbraio", end="30/06/2027"), 2027)
    (datetime.date(2027, 2, 1), datetime.date(2027, 6, 30))
    """
    months = sorted(key for key, share in phase.schedule.items() if len(key) == 7 and share.strip(" 0%-"))
    start = day(phase.start, year, last=False) or (day(f"{months[0][5:]}/{months[0][:4]}", year, last=False) if months else None)
    end = day(phase.end, year, last=True) or (day(f"{months[-1][5:]}/{months[-1][:4]}", year, last=True) if months else None)
    return (start, end) if start and end and start <= end else None


def day(text: str | None, year: int | None, last: bool) -> date | None:
    """A day as written, or the first or last one of the month as written ("giugno", of the card's year)."""
    found = read_date(text)
    month = None if found else read_month(text)
    if found or not month:
        return found
    of = month[0] or year
    return date(of, month[1], monthrange(of, month[1])[1] if last else 1) if of else None


def in_words(rows: list[dict[str, Any]], without: list[str]) -> str:
    """What the chart shows, for who does not see it."""
    first, last = min(row["Inizio"] for row in rows), max(row["Fine"] for row in rows)
    told = "; ".join(f"{row['Fase']}: dal {row['da']} al {row['a']}" for row in rows)
    rest = f" Senza date: {'; '.join(without)}." if without else ""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return f"Dal {begin:%d/%m/%Y} al {end:%d/%m/%Y}. {told}.{rest}"
