"""Under a table: what its weights add up to as one types, and the way to bring them to 100, seen before it is done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from cards.model import GONE, Card, Origin
from cards.quantities import italian
from cards.rebalance import WANTED, read_weights, rebalance
from ui.plain import md, short

if TYPE_CHECKING:
    from ui.editor import Editor


def show_total(editor: Editor, name: str) -> None:
    """The live total of ``name`` ("indicators" or "phases") and, when it is not 100, «Riequilibra»."""
    texts = weights_of(editor.card, name)
    words, right = total_words(texts)
    if not words:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        icon, colour = (":material/check_circle:", "green") if right else (":material/balance:", "orange")
        st.markdown(f":{colour}[{icon} {md(words)}]", width="content")
        if right or editor.locked:
            return
        moved = rebalance(texts)
        if moved is not None:
            offer(editor, name, texts, moved)


def offer(editor: Editor, name: str, texts: list[str | None], moved: list[str | None]) -> None:
    """Each weight before and after; the button does it."""
    with st.popover("Riequilibra", icon=":material/tune:"):
        st.markdown("I pesi restano in proporzione e la somma diventa esattamente 100.")
        labels = labels_of(editor.card, name)
        st.markdown("\n".join(f"- {md(label)}: {md(before)} → **{md(after)}**" for label, before, after
                              in zip(labels, texts, moved, strict=True) if before != after))
        st.button("Applica i nuovi pesi", type="primary", key=editor.key(f"rebalance:{name}"), on_click=apply,
                  args=(editor, name, texts, moved))


def apply(editor: Editor, name: str, texts: list[str | None], moved: list[str | None]) -> None:
    """Put the weights that were shown; nothing if they were typed anew in the meantime."""
    card = editor.collect()
    if weights_of(card, name) == texts:
        editor.put(with_weights(card, name, moved), note="pesi riequilibrati a 100")


def weights_of(card: Card, name: str) -> list[str | None]:
    """The column of weights; a phase that was taken out has none."""
    if name == "phases":
        return [None if phase.status in GONE else phase.weight for phase in card.phases]
    return [indicator.weight for indicator in card.indicators]


def labels_of(card: Card, name: str) -> list[str]:
    """What each row is called."""
    if name == "phases":
        return [short(f"{phase.number or i}. {phase.text or ''}", 60) for i, phase in enumerate(card.phases, 1)]
    return [short(indicator.name, 60) or f"indicatore {i}" for i, indicator in enumerate(card.indicators, 1)]


def total_words(texts: list[str | None]) -> tuple[str, bool]:
    """The line under the table and whether it is as it should be; no words where there is no row.

    >>> total_words(["60", "50"])
    ('Totale pesi: 110 — deve dare 100', False)
    """
    read = read_weights(texts)
    if not texts or not (read.given or read.unread):
        return "", True
    words = f"Totale pesi: {_tidy(read.total)}"
    if read.total != WANTED:
        words += " — deve dare 100"
    if read.unread:
        rows = ", ".join(str(i + 1) for i in read.unread)
        words += f"; peso non leggibile alla riga {rows}" if len(read.unread) == 1 else f"; pesi non leggibili alle righe {rows}"
    return words, read.total == WANTED and not read.unread


def with_weights(card: Card, name: str, weights: list[str | None]) -> Card:
    """The card with a new column; what changed says that it was worked out."""
    rows, provenance = [], dict(card.provenance)
    for i, (row, old, new) in enumerate(zip(getattr(card, name), weights_of(card, name), weights, strict=True)):
        if old != new:
            row = row.replace(weight=new)
            provenance[f"{name}[{i}].weight"] = Origin(from_="computed", note=f"riequilibrato a 100; era {old}")
        rows.append(row)
    return card.replace(**{name: tuple(rows), "provenance": provenance})


def _tidy(value: Decimal) -> str:
    whole = value.to_integral_value()
    return italian(whole if whole == value else value.normalize())
