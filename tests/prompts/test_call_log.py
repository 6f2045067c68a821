"""What was sent to a model stays with the draft it made, version by version."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.call_log import calls_in, noted, told
from prompts.job import draft_from_archive
from prompts.llm import ModelCall
from prompts.need import Need
from settings import Settings
from tests.prompts.scripted import Scripted
from tests.prompts.test_hostile import precedent


class Shelf:
    """The two doors of the archive that drafting uses, and its settings."""

    def __init__(self) -> None:
        self.settings = Settings(_env_file=None)
        self.notes: list[str | None] = []

    def card(self, card_id: str):
        return precedent(id=card_id)

    def save_draft(self, card, note=None):
        self.notes.append(note)
        return card


NEED = Need("Riduzione dei tempi di pagamento", "Servizi Finanziari", 2026)
ANSWER = {"finalita": "Pagare presto i fornitori.", "descrizione": "Si controllano le fatture.", "fasi": [], "indicatori": []}


def test_the_requests_are_kept_with_the_draft(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("prompts.llm.chat_model", lambda settings: Scripted(queue=["non so", ANSWER]))
    shelf = Shelf()
    draft_from_archive(shelf, NEED, Settings(home=tmp_path), like=["p7"], use_model=True)
    first, second = calls_in(shelf.notes[0])
    assert (first.model, first.answer, first.precedents) == ("copione", "non so", ("p7",))
    assert NEED.title in first.prompt
    assert "Pagare presto" in second.answer
    assert second.error is None


def test_without_a_model_there_is_no_log(tmp_path: Path) -> None:
    shelf = Shelf()
    draft_from_archive(shelf, NEED, Settings(home=tmp_path), like=["p7"])
    assert shelf.notes == [None]


@pytest.mark.parametrize("note", [None, "", "parole di una persona", "[1]", "{}", "12"])
def test_a_person_s_note_is_no_log(note: str | None) -> None:
    assert calls_in(note) == []


def test_a_log_is_read_back_as_written() -> None:
    calls = [ModelCall("scheda", "m", "è «così»", "{}", 1.5, ("a", "b"), "errore")]
    assert calls_in(noted(calls)) == calls


def test_a_note_is_told_in_words() -> None:
    calls = [ModelCall("scheda", "m", "è", "{}", 1.5), ModelCall("fasi", "m", "è", "", 1.5, error="non risponde")]
    assert told(noted(calls)) == "richieste al modello: scheda, fasi (non riuscita)"
    assert told(noted(calls[:1], "variazione")) == "variazione; richieste al modello: scheda"
    assert calls_in(noted(calls, "variazione")) == calls
    assert (told("parole di una persona"), told(None), noted([], "parole")) == ("parole di una persona", "", "parole")
