"""The rows of *Consuntivo*: name, target, the actual value and a note to type, the achievement; the card's total below."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from cards.model import Card
from cards.quantities import italian, round_half_up
from scoring.profiles import Profile
from scoring.progress import checkpoints, progress
from scoring.results import CardResult, band_name, neutralised, percent
from scoring.values import own_target
from ui import receipts
from ui.actuals import Book, Entry, name_of, value_of
from ui.cell_notes import said_of_value
from ui.choice import label
from ui.plain import distinct, md, short
from ui.tables import text as cell

SEEN = "consuntivo:visto"  # by cell: its row, and what the archive had there when it was last in step
HELP = {
    "risultato non misurabile": "scrivi un numero, una data, oppure sì o no",
    "valore atteso non misurabile": "il valore atteso va corretto nella scheda",
    "valore atteso assente": "la scheda non ha un valore atteso per l'anno",
    "non si sa se è meglio un valore più alto o più basso": "scrivi ≥ o ≤ davanti al valore atteso, nella scheda",
}


def draw_card(book: Book, entry: Entry, result: CardResult, profile: Profile, folded: bool) -> None:
    """A card: its total in the heading, a row for each indicator (or line of a unit's table). One of many is folded, and drawn
    only when it is opened: forty cards drawn at each key would be slow."""
    card = entry.card
    figure = "da completare" if result.total.value is None else percent(result.total.value, profile.rounding.total)
    head = f"{md(short(label(card), 110))}: **{md(figure)}**"
    box = st.expander(head, expanded=not folded, key=f"cons_{entry.key}:{folded}", on_change="rerun" if folded else "ignore")
    if folded and not box.open:
        return
    with box:
        if card.kind == "unit_summary":
            draw_items(book, entry, profile)
        else:
            draw_indicators(book, entry, result, profile)
        foot(result, profile)
        show_progress(card, profile)
        if card.indicators:
            draw_neutral(book, entry, profile)


def draw_indicators(book: Book, entry: Entry, result: CardResult, profile: Profile) -> None:
    """Name, weight, target; the actual value and a note to type; the achievement."""
    if not entry.card.indicators:
        st.info("Questa scheda non ha indicatori: aggiungili da «Schede».", icon=":material/edit_note:")
        return
    widths = [3.4, 1.5, 1.6, 1.7, 2.2]
    heads = ("Indicatore", "Valore atteso", "Risultato", "Raggiungimento", "Nota")
    for column, words in zip(st.columns(widths), heads, strict=True):
        column.caption(f"**{words}**")
    for index, indicator in enumerate(entry.card.indicators):
        name, wanted, actual, reached, note = st.columns(widths, vertical_alignment="center")
        weight = f" · peso {indicator.weight}" if indicator.weight else ""
        name.markdown(md(short(indicator.name, 140) + weight))
        wanted.markdown(md(target_of(entry.card, index)) or "—")
        with actual:
            field(book, entry, index, "actual", f"Risultato di «{short(indicator.name, 80)}»", profile)
            read_as(value_of(entry.card, index, "actual"))
        achieved = result.indicators[index]
        figure = percent(achieved.value, profile.rounding.achievement)
        if neutralised(indicator) is not None:
            reached.caption(":material/block: neutralizzato, fuori dal calcolo")
        elif achieved.value is None:
            why = achieved.why or ""
            reached.caption(":material/more_horiz: da scrivere" if why == "risultato assente" else
                            f":material/help: {md(why)}" + (f": {HELP[why]}" if why in HELP else ""))
        elif achieved.met or achieved.value >= 100:
            reached.markdown(f":green[:material/check_circle:] {md(figure)}")
        else:
            reached.markdown(f":orange[:material/trending_down:] {md(figure)}")
            if achieved.note:
                reached.caption(md(achieved.note))
        with note:
            field(book, entry, index, "note", f"Nota su «{short(indicator.name, 80)}»", profile,
                  "Perché non è stato raggiunto?" if achieved.value is not None and achieved.value < 100 else "")


def show_progress(card: Card, profile: Profile) -> None:
    """How far the phases should be, and are said to be, at the days of review."""
    days = checkpoints(card) or tuple(f"{card.year}-{day}" for day in profile.checkpoints if card.year)
    told = []
    for day in days if card.phases else ():
        one = progress(card, day)
        figures = [f"{word} {percent(value, 0)}" for word, value in (("previsto", one.planned), ("dichiarato", one.declared))
                   if value is not None]
        if figures:
            told.append(f"al {day[8:]}/{day[5:7]} {', '.join(figures)}")
    if told:
        st.caption(f":material/timeline: Avanzamento delle fasi: {md('; '.join(told))}.")


def draw_neutral(book: Book, entry: Entry, profile: Profile) -> None:
    """Take an indicator out of the calculation, never without a reason; or put it back."""
    card = entry.card
    with st.popover("Neutralizza un indicatore", icon=":material/block:"):
        st.caption("Un indicatore neutralizzato pesa 0 e il suo peso passa agli altri. Serve il motivo: fatto, data, atto.")
        names = distinct({n: short(indicator.name, 90) or f"indicatore {n + 1}" for n, indicator in enumerate(card.indicators)})
        key = f"consuntivo:{entry.key}:neutro"
        index = st.selectbox("Indicatore", list(names), format_func=names.__getitem__, key=key)
        present = value_of(card, index, "neutral")

        def put(text: str | None) -> None:
            book.type(entry, index, "neutral", text, present, profile)

        if present:
            st.markdown(f"Neutralizzato: {md(present)}")
            st.button("Rimetti nel calcolo", key=f"{key}:torna:{index}", icon=":material/undo:", on_click=put, args=(None,))
            return
        reason = st.text_area("Motivo", key=f"{key}:motivo:{index}", max_chars=600, placeholder="Il fatto, la data e l'atto")
        st.button("Neutralizza", key=f"{key}:fai:{index}", disabled=not reason.strip(), type="primary", on_click=put,
                  args=(reason.strip(),))


def draw_items(book: Book, entry: Entry, profile: Profile) -> None:
    """The rows of a unit's table, with their final percentage to type."""
    widths = [5, 1.2, 1.6]
    for column, words in zip(st.columns(widths), ("Obiettivo", "Peso", "Percentuale finale"), strict=True):
        column.caption(f"**{words}**")
    for index, item in enumerate(entry.card.items):
        name, weight, value = st.columns(widths, vertical_alignment="center")
        outcome = item.outcomes[-1].label if item.outcomes and item.outcomes[-1].label else ""
        name.markdown(md(short(" · ".join(part for part in (item.code, item.title, outcome) if part), 160)))
        weight.markdown(md(item.weight or "—"))
        with value:
            field(book, entry, index, "percent", f"Percentuale finale di «{short(item.title, 80)}»", profile)
            read_as(value_of(entry.card, index, "percent"))


def target_of(card: Card, index: int) -> str:
    """The target of the card's year, as written."""
    return own_target(card, card.indicators[index])[1] or ""


def field(book: Book, entry: Entry, index: int, name: str, words: str, profile: Profile, hint: str = "") -> None:
    """One cell: shows what is saved, saves what is typed. A callback can be stopped midway by the next letter (each look at the
    session's state is a place where it may), so what was typed and not saved is saved when the cell is drawn."""
    key = f"consuntivo:{entry.key}:{receipts.mount()}:{index}:{name}"
    seen: dict[str, tuple[str | None, str]] = st.session_state.setdefault(SEEN, {})
    saved, row = value_of(entry.card, index, name), name_of(entry.card, index, name)

    def typed() -> None:
        text = cell(st.session_state[key])
        kept = book.type(entry, index, name, text, seen[key][1], profile)
        seen[key] = (row, text or "") if kept else (None, "")

    if key not in st.session_state or seen.get(key) != (row, saved):
        st.session_state[key], seen[key] = saved, (row, saved)
    elif (cell(st.session_state[key]) or "") != saved:
        typed()
        st.rerun()
    shown = st.session_state[key]
    receipts.keep(key, shown if (cell(shown) or "") == saved else saved)
    st.text_input(words, key=key, on_change=typed, live=True, max_chars=1000, label_visibility="collapsed", placeholder=hint)


def read_as(text: str) -> None:
    """Under a field, how its value is read where that is not how it was typed."""
    words, _level = said_of_value(text) if text else ("", "")
    if words:
        st.caption(f":material/visibility: {md(words)}")


def foot(result: CardResult, profile: Profile) -> None:
    """The total of the card in words, beside the declared one."""
    total = result.total
    name = "Totale della tabella" if result.card.kind == "unit_summary" else "Totale dell'obiettivo"
    line = f"**{name}: {md(percent(total.value, profile.rounding.total))}**"
    band = band_name(total.value, profile)
    if band:
        line += f" · {md(band)}"
    if result.declared is not None:
        line += f" · {compared(total.value, result.declared, profile)}"
    st.markdown(line)
    if total.note:
        st.caption(f":material/info: {md(total.note)}")


def compared(computed: Decimal | None, stated: Decimal, profile: Profile) -> str:
    """"dichiarato 95,50 %: coincide" by icon and word."""
    figure = md(f"dichiarato {italian(stated)} %")
    if computed is None:
        return figure
    if abs(round_half_up(computed, profile.rounding.total) - stated) <= profile.rounding.tolerance:
        return f":green[:material/check_circle: {figure}: coincide]"
    return f":orange[:material/difference: {figure}: non coincide]"
