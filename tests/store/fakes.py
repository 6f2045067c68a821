"""A fast embedder for the tests of the store: vectors that depend on the words of a text and on nothing else."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Sequence

import numpy as np

from store.embedding import Floats, unit


class WordEmbedder:
    """Counts hashed words. ``seen`` lists every text it was asked to embed; ``pause`` seconds for each call."""

    def __init__(self, name: str = "parole", dimension: int = 48, pause: float = 0.0) -> None:
        self.name, self.dimension, self.pause = name, dimension, pause
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> Floats:
        """See ``Embedder``."""
        time.sleep(self.pause)
        self.seen.extend(texts)
        return unit(np.stack([self._row(text) for text in texts]))

    def query(self, text: str) -> Floats:
        """See ``Embedder``."""
        return unit(self._row(text))

    def _row(self, text: str) -> Floats:
        row = np.full(self.dimension, 0.01, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            row[int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return row
