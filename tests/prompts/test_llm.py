"""The seam: no model is a normal state; a wrong configuration is a clear line; keys come from the environment."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from cards.errors import SettingsError
from prompts.llm import chat_model, destination
from settings import Settings


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type, call-arg]


def test_no_model_is_none() -> None:
    assert chat_model(settings()) is None
    assert destination(settings()) is None


def test_a_compatible_server_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    model = chat_model(settings(llm="llamacpp:piccolo", llm_base_url="http://127.0.0.1:8080/v1", llm_timeout=7))
    assert model is not None
    assert model.model_name == "piccolo"  # type: ignore[attr-defined]
    assert model.request_timeout == 7  # type: ignore[attr-defined]
    assert model.max_retries == 0  # type: ignore[attr-defined]


def test_ollama_is_configured_by_address() -> None:
    model = chat_model(settings(llm="ollama:llama3.1", llm_base_url="http://127.0.0.1:11434"))
    assert type(model).__name__ == "ChatOllama"


def test_the_key_is_passed_and_not_shown() -> None:
    model = chat_model(settings(llm="openai:gpt", llm_api_key=SecretStr("segreta-123")))
    assert "segreta-123" not in repr(model)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"llm": "gpt"}, "fornitore:modello"),
        ({"llm": ":x"}, "fornitore:modello"),
        ({"llm": "llamacpp:x"}, "PIAO_LLM_BASE_URL"),
        ({"llm": "inesistente:x"}, "inesistente"),
        ({"llm": "mistralai:x"}, "langchain-mistralai"),
        ({"llm": "openai:gpt"}, "PIAO_LLM_API_KEY"),
    ],
)
def test_a_wrong_configuration_is_one_line(values: dict[str, str], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match=words) as caught:
        chat_model(settings(**values))
    assert "\n" not in str(caught.value)


def test_the_page_says_where_text_goes() -> None:
    assert "resta su questo computer" in (destination(settings(llm="ollama:x")) or "")
    assert "resta su questo computer" in (destination(settings(llm="vllm:x", llm_base_url="http://localhost:1/v1")) or "")
    assert "modelli.example" in (destination(settings(llm="openai:x", llm_base_url="https://modelli.example/v1")) or "")
    assert "openai" in (destination(settings(llm="openai:x")) or "")
