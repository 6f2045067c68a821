"""A *motivazione* written by the model: where the text goes, what will be sent, the words as they come, a way to stop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from cards.errors import PiaoError
from cards.model import Card
from prompts.asking import Listener
from prompts.job import motivate_from_archive, motivation_request
from prompts.llm import ModelCall, destination
from prompts.motivation import Motivation
from store.people import Action
from ui import jobs
from ui.draft_model import heard
from ui.plain import md
from ui.scratch import Scratch
from ui.state import archive, hands, person, settings


@dataclass(frozen=True)
class Request:
    """What the person asks, by the contract's words."""

    action: str
    object: str
    number: str | None
    new: str | None


def with_model(notes: Scratch, card: Card, request: Request, facts: str) -> bool:
    """Whether the model shall write; with where the text goes and, asked for, what will be sent. False without a model."""
    if failed := notes.get("failed"):
        st.error(md(failed), icon=":material/error:")
        st.caption("Puoi riprovare, oppure scrivere la motivazione senza modello.")
    may_ask = settings().llm and person().may(Action.SEND)
    if not may_ask or not st.checkbox("Fai scrivere il testo al modello linguistico configurato", key=notes.key("model")):
        return False
    st.caption(f":material/lan: {md(destination(settings()))}")
    if st.toggle("Mostra che cosa verrà inviato", key=notes.key("model:show")):
        try:
            text = motivation_request(archive(), card, request.action, request.object, facts, request.number, request.new)
            st.code(text, language=None, wrap_lines=True, height=280)
        except PiaoError as error:
            st.info(md(str(error)), icon=":material/info:")
    return True


def begin(notes: Scratch, card_id: str, request: Request, facts: str) -> None:
    """Ask in a thread of its own; the page may be left."""
    mine, config = archive(), settings()
    hands().asking_model(f"variazione:{card_id}", f"motivazione, {config.llm}")
    notes.put(failed=None)

    def work(running: jobs.Job) -> Iterator[Any]:
        def hear(piece: str) -> None:
            running.item += piece

        calls: list[ModelCall] = []
        try:
            yield motivate_from_archive(mine, card_id, request.action, request.object, facts, config, number=request.number,
                                        new=request.new, use_model=True, calls=calls,
                                        listener=Listener(hear, running.cancelled.is_set))
        except PiaoError as error:
            yield str(error)
        yield calls

    jobs.registry().pop(job_name(notes), None)
    jobs.start(job_name(notes), work)


def followed(notes: Scratch) -> bool:
    """Whether a request is under way: then its words as they come. One that is over leaves text or error in the notes."""
    running = jobs.registry().get(job_name(notes))
    if running is None:
        return False
    if not running.finished:
        heard(job_name(notes))
        return True
    jobs.registry().pop(job_name(notes), None)
    done = [one for one in running.results if isinstance(one, Motivation)]
    told = [one for one in running.results if isinstance(one, str)]
    calls = [call for one in running.results if isinstance(one, list) for call in one]
    notes.put(calls=[*notes.get("calls", []), *map(asdict, calls)], failed=running.error or (told[0] if told else None))
    if done:
        take(notes, done[0])
    return False


def take(notes: Scratch, made: Motivation) -> None:
    """The *motivazione* into the notes."""
    result = {**made.to_json(), "missing": list(made.missing), "model": made.call is not None}
    notes.put(result=result, text=made.text, failed=None)
    st.session_state[notes.key("text")] = made.text


def job_name(notes: Scratch) -> str:
    """The job of these notes: one at a time."""
    return f"modello:variazione:{notes.id}"
