"""Two precedents side by side: the same fields of both cards, each with its source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cards.model import Card
from store.search import Hit
from ui.answer_view_reference import reference
from ui.plain import md, short

FIELDS = (("purpose", "Finalità"), ("description", "Descrizione"), ("unit", "Settore"), ("horizon", "Orizzonte"),
          ("weight", "Peso"))


@st.dialog("Due precedenti a confronto", width="large")
def compare(hits: Sequence[Hit], cards: Sequence[Card | None]) -> None:
    """A column each; what one has and the other has not is seen at a glance."""
    for column, hit, card in zip(st.columns(len(hits)), hits, cards, strict=True):
        with column:
            st.markdown(f"**{md(short((card and card.title) or hit.title or hit.document, 140))}**")
            st.caption(md(reference(hit)))
            if card is None:
                st.markdown(md(hit.text))
                continue
            for field, label in FIELDS:
                if value := getattr(card, field):
                    st.markdown(f"**{label}.** {md(short(str(value), 500))}")
            _phases(card)
            _indicators(card)
            for outcome in card.outcomes[-1:]:
                st.markdown(f"**Esito.** {md(' '.join(x for x in (outcome.label, outcome.percent) if x))}")


def _phases(card: Card) -> None:
    if card.phases:
        said = [f"{n}. {md(short(p.text, 160))}" for n, p in enumerate(card.phases, 1)]
        st.markdown(f"**Fasi ({len(card.phases)})**  \n" + "  \n".join(said[:8]))


def _indicators(card: Card) -> None:
    if card.indicators:
        rows = [{"Indicatore": i.name or "", "Atteso": _last(i.targets), "Risultato": _last(i.actuals) or _last(i.history)}
                for i in card.indicators]
        st.dataframe(rows, hide_index=True, width="stretch")


def _last(values: dict[str, str]) -> str:
    return f"{values[max(values)]} ({max(values)})" if values else ""
