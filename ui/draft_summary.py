"""A summary of chosen cards for the Giunta by the model: what goes out, the words as they come, what nothing backs marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import streamlit as st

from cards.counted import cards_counted
from cards.errors import PiaoError
from cards.model import Card
from prompts.asking import Listener
from prompts.generation import summary, summary_messages
from prompts.llm import ModelCall, chat_model, destination, required
from store.people import Action
from ui import jobs
from ui.draft_model import heard
from ui.marks import marked
from ui.plain import distinct, md, short
from ui.scratch import Scratch
from ui.state import archive, hands, person, settings

MOST = 10


def summary_panel(cards: Sequence[Card]) -> None:
    """Choose the cards, ask, read. Nothing where no model is configured."""
    if not (settings().llm and person().may(Action.SEND)) or not cards:
        return
    notes = Scratch("sintesi")
    name = f"modello:sintesi:{notes.id}"
    running = jobs.registry().get(name)
    with st.expander("Sintesi per la Giunta", icon=":material/summarize:", expanded=bool(running or notes.get("text"))):
        st.caption(f":material/lan: {md(destination(settings()))}")
        if running is not None and not running.finished:
            heard(name)
            return
        if running is not None:
            taken(notes, running)
        ask(notes, name, cards)
        show(notes)


def ask(notes: Scratch, name: str, cards: Sequence[Card]) -> None:
    """Which cards, what will be sent, the button."""
    titles = distinct({n: short(card.title or "Senza titolo", 90) for n, card in enumerate(cards)})
    chosen = st.multiselect(f"Schede da riassumere (al massimo {MOST})", list(titles), default=list(titles)[:MOST],
                            format_func=titles.__getitem__, max_selections=MOST, key=notes.key("cards"))
    picked = [cards[n] for n in chosen]
    if picked and st.toggle("Mostra che cosa verrà inviato", key=notes.key("show")):
        sent = "\n\n".join(str(message.content) for message in summary_messages(picked))
        st.code(sent, language=None, wrap_lines=True, height=280)
    if st.button("Scrivi la sintesi", icon=":material/send:", disabled=not picked, key=notes.key("ask")):
        begin(name, picked)
        st.rerun()


def begin(name: str, cards: Sequence[Card]) -> None:
    """Ask in a thread of its own."""
    archive()
    hands().asking_model(f"sintesi di {cards_counted(len(cards))}", str(settings().llm))
    model = required(chat_model(settings()))

    def work(running: jobs.Job) -> Iterator[Any]:
        def hear(piece: str) -> None:
            running.item += piece

        calls: list[ModelCall] = []
        try:
            text, marks = summary(model, cards, calls, Listener(hear, running.cancelled.is_set))
            yield {"text": text, "marks": [mark.to_json() for mark in marks]}
        except PiaoError as error:
            yield {"error": str(error)}
        yield {"calls": [asdict(call) for call in calls]}

    jobs.registry().pop(name, None)
    jobs.start(name, work)


def taken(notes: Scratch, running: jobs.Job) -> None:
    """The result into the notes; a failed request leaves the last good text."""
    jobs.registry().pop(running.name, None)
    found: dict[str, Any] = {key: value for one in running.results for key, value in one.items()}
    error = running.error or found.pop("error", None)
    notes.put(error=error, calls=[*notes.get("calls", []), *found.pop("calls", [])], **found)


def show(notes: Scratch) -> None:
    """The text with its marks; the log to download."""
    if notes.get("error"):
        st.error(md(notes.get("error")), icon=":material/error:")
    if text := notes.get("text"):
        spots = [{"sentence": "", **mark} for mark in notes.get("marks", [])]
        if spots:
            st.warning("Alcune parti non trovano riscontro nelle schede: toglile o correggile prima di usare il testo.",
                       icon=":material/help:")
        st.markdown(marked(text, spots))
        for spot in spots:
            st.caption(f":material/help: «{md(short(spot['span'], 120))}»: {md(spot['why'])}")
        st.download_button("Scarica il testo", text, file_name="sintesi-giunta.txt", icon=":material/download:",
                           on_click="ignore", key=notes.key("text_file"))
    if calls := notes.get("calls"):
        content = json.dumps(calls, ensure_ascii=False, indent=1)
        st.download_button("Scarica il registro delle richieste", content, file_name="registro-sintesi.json",
                           mime="application/json", icon=":material/receipt_long:", on_click="ignore", key=notes.key("log_file"))
