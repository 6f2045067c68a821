"""A synthetic archive of any size: invented bodies with plans and reports of several years, the same for the same seed.

    from benchmarks.synthetic import fill
    fill(archive, passages=20_000, cards=1_000)                    # vectors="words" (default), "model" or None

    python -m benchmarks.synthetic HOME 20000 [1000] [words|model|none]

The readings go through the archive's own door for documents; only the reading of files is skipped. ``vectors="words"`` writes
unit vectors made from the words of each passage without the model (texts with common words are near: right for measuring
size and time, not quality); "model" embeds really (about 100 passages a second); None leaves them to ``archive.resume``.
"""

from __future__ import annotations

import hashlib
import sys
import time
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.synthetic_cards import LAYOUTS, Teller, card, card_passages
from benchmarks.synthetic_words import HEADS, TAILS, THEMES
from cards.model import Card, Document, Passage, Reading

if TYPE_CHECKING:
    from store.archive import Archive

VectorKind = Literal["words", "model"] | None
FIRST_YEAR, YEARS, CARDS_A_DOCUMENT, PASSAGES_A_DOCUMENT, ON_A_PAGE = 2015, 10, 20, 400, 8


def readings(passages: int, cards: int | None = None, seed: int = 0) -> Iterator[Reading]:
    """Documents that together hold so many passages and cards (default: one card for 20 passages), a few hundred each."""
    cards = passages // 20 if cards is None else cards
    number = max(1, -(-passages // PASSAGES_A_DOCUMENT), -(-cards // CARDS_A_DOCUMENT))
    for i in range(number):
        yield _document(i, seed, _share(cards, number, i), _share(passages, number, i))


def _share(total: int, number: int, i: int) -> int:
    return total * (i + 1) // number - total * i // number


def body(number: int) -> str:
    """The name of the ``number``-th invented body."""
    tail, head = divmod(number, len(HEADS))
    again, tail = divmod(tail, len(TAILS))
    return f"Comune di {HEADS[head]}{TAILS[tail]}" + (f" {again + 1}" if again else "")


def _document(i: int, seed: int, cards: int, passages: int) -> Reading:
    """Document ``i``: a body's year; the same body comes back every year with the same services."""
    entity, year = body(i // YEARS), FIRST_YEAR + i % YEARS
    chance = Random(f"{seed}/{i}")
    layout = LAYOUTS[zlib.crc32(entity.encode()) % len(LAYOUTS)]
    name = f"{entity.removeprefix('Comune di ').lower().replace(' ', '-')}_relazione_{year}.pdf"
    sha = hashlib.sha256(f"synthetic/{seed}/{i}/{cards}/{passages}".encode()).hexdigest()
    made: list[Card] = []
    texts: list[Passage] = []
    for number in range(cards):
        theme = THEMES[(number + zlib.crc32(entity.encode())) % len(THEMES)]
        tell = Teller(chance, theme, entity, year)
        card_ = card(tell, layout, name, sha, number)
        made.append(card_)
        room = max(1, (passages - len(texts)) // (cards - number))
        texts += card_passages(tell, card_, room)
    while len(texts) < passages:
        tell = Teller(chance, chance.choice(THEMES), entity, year)
        texts.append(Passage(text=tell.paragraph(), context=f"{entity}, {year} > {tell.theme.unit}", lines=(1, 1)))
    placed = tuple(p.replace(page=1 + n // ON_A_PAGE, lines=(4 * n + 1, 4 * n + 3)) for n, p in enumerate(texts[:passages]))
    pages = 1 + max(len(placed) - 1, 0) // ON_A_PAGE
    document = Document(name=name, sha256=sha, format="pdf", entity=entity, year=year, document_type="relazione_performance",
                        title=f"Relazione sulla performance {year}", pages=pages)
    return Reading(document=document, cards=tuple(made), passages=placed)


def fill(
    archive: Archive, passages: int, cards: int | None = None, seed: int = 0, vectors: VectorKind = "words",
) -> int:
    """Store the synthetic documents and their vectors in an archive; how many documents were stored."""
    from store import documents

    stored = 0
    for reading in readings(passages, cards, seed):
        with archive.transaction() as connection:
            if documents.by_sha(connection, str(reading.document.sha256)) is None:
                documents.add(connection, reading, path=f"/sintetico/{reading.document.name}", size=1, given={})
                stored += 1
    if vectors == "words":
        _note_vectors(archive)
    if vectors:
        archive.resume()
    return stored


def _note_vectors(archive: Archive) -> None:
    """Word vectors into the archive's cache, where its own work on vectors finds them."""
    from sqlalchemy import insert, select

    from store import schema as t

    model, dimension = archive.embedder.name, archive.embedder.dimension
    with archive.connection() as connection:
        p, c = t.passages.c, t.vector_cache.c
        known = select(c.content_hash).where(c.model == model)
        todo = {row[0]: row[1] for row in connection.execute(select(p.content_hash, p.text).where(p.content_hash.not_in(known)))}
    rows = [{"model": model, "content_hash": key, "vector": word_vector(text, dimension).astype("<f4").tobytes()}
            for key, text in todo.items()]
    for start in range(0, len(rows), 5000):
        with archive.transaction() as connection:
            connection.execute(insert(t.vector_cache), rows[start : start + 5000])


def word_vector(text: str, dimension: int = 384) -> NDArray[np.float32]:
    """A unit vector from the words of a text: near for texts that share words, the same on every machine."""
    words = text.lower().split() or [""]
    total = np.sum([_word(word, dimension) for word in words], axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


@lru_cache(maxsize=50_000)
def _word(word: str, dimension: int) -> NDArray[np.float32]:
    return np.random.default_rng(zlib.crc32(word.encode())).standard_normal(dimension, np.float32)


def main(home: str, passages: str, cards: str = "", vectors: str = "words") -> None:
    """Fill the archive at ``home``."""
    from settings import Settings
    from store.archive import Archive

    begun = time.perf_counter()
    kind: VectorKind = "words" if vectors == "words" else "model" if vectors == "model" else None
    with Archive.open(Settings(home=Path(home))) as archive:
        count = fill(archive, int(passages), int(cards) if cards else None, vectors=kind)
    print(f"{count} documenti in {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
