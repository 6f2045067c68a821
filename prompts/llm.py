"""The seam to language models: one place that knows LangChain's providers and turns their failures into clear lines.

``PIAO_LLM=provider:model`` with ``PIAO_LLM_BASE_URL``; the key comes from the environment alone (``PIAO_LLM_API_KEY`` or the
provider's own variable). No model configured is a normal state: ``chat_model`` gives None. Models get no tools.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from cards.errors import ModelError, SettingsError
from settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

COMPATIBLE = ("llamacpp", "vllm", "openai-compatible", "compatibile")
LOCAL = ("127.0.0.1", "::1", "localhost")
MAX_TOKENS = 1_500
NO_KEY = "nessuna-chiave"


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One request to a model, kept with the draft (L. 132/2025, art. 14): who was asked what, with which precedents, and when
    it answered. ``seconds`` is the wait; ``error`` the line shown to the person where it failed; ``at`` the UTC moment of the
    request (ISO 8601), ``template`` the prompt file with its version."""

    job: str
    model: str
    prompt: str
    answer: str
    seconds: float
    precedents: tuple[str, ...] = ()
    error: str | None = None
    at: str = ""
    template: str = ""


class EmptyAnswer(ModelError):
    """The model said nothing."""


def chat_model(settings: Settings) -> BaseChatModel | None:
    """The configured model, None where none is; a wrong configuration is a ``SettingsError``."""
    if not settings.llm:
        return None
    provider, name = _split(settings.llm)
    options: dict[str, Any] = {"temperature": 0}
    if provider in COMPATIBLE and not settings.llm_base_url:
        raise SettingsError(f"Configurazione: PIAO_LLM={settings.llm} richiede PIAO_LLM_BASE_URL (l'indirizzo del servizio).")
    provider = "openai" if provider in COMPATIBLE else provider
    if settings.llm_base_url:
        options["base_url"] = settings.llm_base_url
    if settings.llm_api_key is not None:
        options["api_key"] = settings.llm_api_key.get_secret_value()
    if provider == "ollama":
        options |= {"num_predict": MAX_TOKENS, "client_kwargs": {"timeout": settings.llm_timeout}}
        options.pop("api_key", None)
    else:
        options |= {"timeout": settings.llm_timeout, "max_retries": 0, "max_tokens": MAX_TOKENS}
    if provider == "openai" and settings.llm_base_url:
        options.setdefault("api_key", NO_KEY)
        options["use_responses_api"] = False
    return _made(provider, name, options)


def _split(text: str) -> tuple[str, str]:
    provider, _, name = text.partition(":")
    if not provider.strip() or not name.strip():
        raise SettingsError(f"Configurazione: PIAO_LLM={text} non è utilizzabile; scrivi fornitore:modello.")
    return provider.strip().lower(), name.strip()


def _made(provider: str, name: str, options: dict[str, Any]) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        return init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        package = _package(error)
        raise SettingsError(f"Configurazione: per «{provider}» manca il pacchetto {package}. Installalo e riprova.") from None
    except ValueError as error:
        raise SettingsError(f"Configurazione: il fornitore «{provider}» non è utilizzabile ({_first_line(error)}).") from None
    except Exception as error:
        if type(error).__name__ in ("OpenAIError", "ValidationError"):
            raise SettingsError(f"Configurazione: manca la chiave del fornitore «{provider}» (PIAO_LLM_API_KEY).") from None
        raise


def _package(error: ImportError) -> str:
    named = re.search(r"langchain[-_][a-z0-9_-]+", str(error))
    return (named[0] if named else error.name or "del fornitore").replace("_", "-")


def required(model: BaseChatModel | None) -> BaseChatModel:
    """The model, or a ``ModelError`` that says how to configure one."""
    if model is None:
        raise ModelError("Nessun modello linguistico configurato: imposta PIAO_LLM=fornitore:modello o lavora senza modello.")
    return model


def destination(settings: Settings) -> str | None:
    """Where the text of a request goes, in words for the page; None without a model."""
    if not settings.llm:
        return None
    host = urlsplit(settings.llm_base_url or "").hostname
    provider, name = _split(settings.llm)
    if host in LOCAL or (provider == "ollama" and not settings.llm_base_url):
        return f"Il testo resta su questo computer (modello {name})."
    return f"Il testo viene inviato a {host or provider} (modello {name})."


def model_name(model: BaseChatModel) -> str:
    """The model's own name, for logs and provenance."""
    return str(getattr(model, "model_name", None) or getattr(model, "model", None) or type(model).__name__)


def stream(model: BaseChatModel, messages: Sequence[BaseMessage], cancelled: Callable[[], bool] = lambda: False) -> Iterator[str]:
    """The answer piece by piece; stops asking the server as soon as ``cancelled()`` is true. Failures are ``ModelError``."""
    said = False
    with mapped():
        pieces = model.stream(list(messages))
        try:
            for piece in pieces:
                if cancelled():
                    return
                text = piece.text if isinstance(piece.text, str) else str(piece.content)
                said = said or bool(text.strip())
                if text:
                    yield text
        finally:
            close = getattr(pieces, "close", None)
            if close:
                close()
    if not said:
        raise EmptyAnswer("Il modello ha dato una risposta vuota: riprova o prosegui senza modello.")


@contextmanager
def mapped() -> Iterator[None]:
    """Turns what servers and client libraries raise into one clear Italian line; anything else is a bug and goes through."""
    try:
        yield
    except ModelError:
        raise
    except Exception as error:
        line = explained(error)
        if line is None:
            raise
        raise ModelError(line) from error


def explained(error: BaseException) -> str | None:
    """The Italian line for a server's failure; None for an error that is not the server's."""
    names = {kind.__name__ for kind in type(error).__mro__}
    text = str(error).casefold()
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        return "Il modello non ha risposto in tempo: riprova, riduci i precedenti o aumenta PIAO_LLM_TIMEOUT."
    if "context" in text and any(word in text for word in ("exceed", "size", "length", "window")):
        return "La richiesta supera la memoria del modello: scegli meno precedenti o un modello con più contesto."
    if "LengthFinishReasonError" in names:
        return "La risposta del modello è stata troncata: riduci i precedenti o usa un altro modello."
    if names & {"APIConnectionError", "ConnectError", "ConnectionError", "ReadError", "RemoteProtocolError"}:
        return "Il servizio del modello non è raggiungibile o si è interrotto: controlla che sia avviato e PIAO_LLM_BASE_URL."
    if names & {"AuthenticationError", "PermissionDeniedError"}:
        return "Il servizio del modello rifiuta la chiave: controlla PIAO_LLM_API_KEY."
    if "NotFoundError" in names or ("ResponseError" in names and "not found" in text):
        return "Il servizio non conosce il modello indicato: controlla PIAO_LLM."
    if "RateLimitError" in names:
        return "Il servizio del modello ha troppe richieste: riprova tra qualche minuto."
    if names & {"APIError", "APIStatusError", "ResponseError", "HTTPError", "HTTPStatusError"}:
        return f"Il servizio del modello ha dato un errore: {_first_line(error)}. Riprova o prosegui senza modello."
    return None


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:160].rstrip(".")
