"""The passages' vectors in Chroma: embedded under the archive folder, or a server by ``PIAO_CHROMA_URL``.

The vectors are always ours (Chroma's default function is never built, nothing is fetched), the distance is cosine, set and
checked, and the collection knows its model and dimension: another model is refused with the remedy. A client that only
reads does not see what another process wrote, so it is opened again when the archive says that the vectors changed.
"""

from __future__ import annotations

import atexit
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from cards.errors import ArchiveError, SettingsError
from store.logs import shown

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Floats = NDArray[np.float32]
SCHEMA = 1  # of the collection's metadata
HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
SERVER_SECONDS = 60  # a server that says nothing for so long is down
KNOWN_TROUBLES = OSError | ValueError | RuntimeError | AttributeError  # what Chroma raises besides its own errors
REOPEN_SECONDS = 1.0  # a reader opens again at most this often while another process writes


class VectorStore:
    """A collection of vectors by passage id. Nothing is opened (nor Chroma imported) before the first use.

    ``model`` names the embedding and ``dimension`` its length; safe between threads.
    """

    def __init__(self, folder: Path, url: str | None, name: str, model: str, dimension: int) -> None:
        self.folder, self.url, self.name, self.model, self.dimension = folder, url, name, model, dimension
        self._lock = threading.RLock()
        self._collection: Collection | None = None
        self._client: ClientAPI | None = None
        self._generation, self._opened = -1, 0.0

    @property
    def embedded(self) -> bool:
        """Whether the vectors are in this machine's archive folder."""
        return self.url is None

    def query(
        self, vector: Floats, n: int = 10, where: Mapping[str, Any] | None = None, generation: int | None = None,
    ) -> list[tuple[str, float]]:
        """The ids nearest to a vector with their cosine similarity (-1..1), nearest first.

        ``where`` asks for a value ("year": 2022) or one of several ("unit": ["A", "B"]); an empty list matches nothing.
        ``generation`` is the vectors' generation in the archive: a newer one than seen makes a reader open again.
        """
        if where and any(isinstance(value, (list, tuple, set, frozenset)) and not value for value in where.values()):
            return []
        asking: Any = [np.asarray(vector, dtype=np.float32)]
        with self._use(generation) as collection:
            found = collection.query(query_embeddings=asking, n_results=n,
                                     where=_where(where), include=["distances"])
        distances = found["distances"] or [[]]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def put(self, ids: Sequence[str], vectors: Floats, metadatas: Sequence[Mapping[str, Any]]) -> None:
        """Add or overwrite vectors; metadata holds scalars, None is left out."""
        rows: list[Any] = [{k: v for k, v in m.items() if v is not None} for m in metadatas]
        with self._use() as collection:
            collection.upsert(ids=list(ids), embeddings=vectors, metadatas=rows)

    def drop(self, ids: Sequence[str]) -> None:
        """Take vectors out; unknown ids are no error."""
        if ids:
            with self._use() as collection:
                collection.delete(ids=list(ids))

    def ids(self) -> set[str]:
        """Every id in the collection."""
        with self._use() as collection:
            return set(collection.get(include=[])["ids"])

    def count(self) -> int:
        """How many vectors there are."""
        with self._use() as collection:
            return collection.count()

    def identity(self) -> str:
        """Chroma's own id of the collection: another one means that the vectors were lost or replaced."""
        with self._use() as collection:
            return str(collection.id)

    def refresh(self, generation: int) -> None:
        """Before writing: open again if another process wrote since this client was opened."""
        with self._lock:
            if self.embedded and generation != self._generation:
                for one in _here(self):  # Chroma keeps one client a folder for the whole process: it closes with its last user
                    one.close()
            self._generation = generation

    def seen(self, generation: int) -> None:
        """This client itself wrote the vectors of this generation: no need to open again."""
        self._generation = generation

    def clear(self) -> None:
        """Forget every vector, whatever state or model the collection is in; the next use makes a new one."""
        with self._lock, _mapped(self):
            for other in _here(self):
                other.close()
            if self.embedded:
                shutil.rmtree(self.folder, ignore_errors=True)
                return
            client = self._connect()
            if self.name in {c.name for c in client.list_collections()}:
                client.delete_collection(self.name)

    def close(self) -> None:
        """Let go of the client (one for all users in this process); the next use opens again."""
        with self._lock:
            client, self._client, self._collection = self._client, None, None
            if client is not None:
                _close(client)

    @contextmanager
    def _use(self, generation: int | None = None) -> Iterator[Collection]:
        with self._lock, _mapped(self):
            yield self._open(generation)

    def _open(self, generation: int | None) -> Collection:
        news = generation is not None and generation != self._generation
        stale = self.embedded and news and time.monotonic() - self._opened > REOPEN_SECONDS
        if self._collection is None or stale:
            self.close()
            self._collection = self._checked(self._connect())
            self._opened = time.monotonic()
            if generation is not None:
                self._generation = generation
        return self._collection

    def _connect(self) -> ClientAPI:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings as ChromaSettings

            quiet = ChromaSettings(anonymized_telemetry=False)
            if self.url is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                try:
                    self._client = chromadb.PersistentClient(str(self.folder), settings=quiet)
                except BaseException:
                    _forget_failed(str(self.folder))
                    raise
            else:
                self._client = chromadb.HttpClient(**_address(self.url), settings=quiet)
                for session in _sessions(self._client):
                    session.timeout = SERVER_SECONDS
        return self._client

    def _checked(self, client: ClientAPI) -> Collection:
        metadata = {"model": self.model, "dimension": self.dimension, "schema": SCHEMA}
        shape: Any = {"hnsw": HNSW}
        collection = client.get_or_create_collection(
            self.name, configuration=shape, metadata=metadata, embedding_function=None)
        found = collection.metadata or {}
        if (found.get("model"), found.get("dimension")) != (self.model, self.dimension):
            raise ArchiveError(
                f"I vettori dell'archivio sono del modello «{found.get('model')}» ({found.get('dimension')} dimensioni), la "
                f"configurazione chiede «{self.model}» ({self.dimension}). Rimetti PIAO_EMBEDDING com'era o esegui "
                "«piao rebuild».")
        space = ((collection.configuration or {}).get("hnsw") or {}).get("space")
        if space != "cosine":
            raise ArchiveError(f"La raccolta dei vettori misura con «{space}» invece del coseno. Esegui «piao rebuild».")
        return collection


_stores: dict[tuple[str, str, str, int], VectorStore] = {}
_users: Counter[tuple[str, str, str, int]] = Counter()
_registry = threading.Lock()


def share(folder: Path, url: str | None, name: str, model: str, dimension: int) -> VectorStore:
    """The one store of this collection in this process; hand it back with ``give_back``."""
    key = (url or str(folder), name, model, dimension)
    with _registry:
        _users[key] += 1
        return _stores.setdefault(key, VectorStore(folder, url, name, model, dimension))


def _here(store: VectorStore) -> list[VectorStore]:
    """The stores of this process that share a client with this one (same folder, whatever the model), itself first."""
    with _registry:
        return [store, *(other for other in _stores.values() if other.embedded and other.folder == store.folder)]


def give_back(store: VectorStore) -> None:
    """One user less. The last store used stays open for the next user, other idle ones are closed."""
    key = (store.url or str(store.folder), store.name, store.model, store.dimension)
    with _registry:
        _users[key] -= 1
        for idle in [k for k in _stores if _users[k] <= 0 and k != key]:
            _stores.pop(idle).close()


@atexit.register
def close_all() -> None:
    """Leave nothing open when the process ends."""
    with _registry:
        while _stores:
            _stores.popitem()[1].close()


def _where(where: Mapping[str, Any] | None) -> Any:
    """Our filters in Chroma's words."""
    tests = [
        {key: {"$in": sorted(value)}} if isinstance(value, (list, tuple, set, frozenset)) else {key: value}
        for key, value in (where or {}).items() if value is not None
    ]
    return tests[0] if len(tests) == 1 else {"$and": tests} if tests else None


def _address(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # brackets or a port that is no number
        usable = False
    if not usable:
        raise SettingsError(f"Configurazione: PIAO_CHROMA_URL «{shown(url)}» non è un indirizzo. Esempio: http://127.0.0.1:8000")
    secure = parts.scheme == "https"
    return {"host": parts.hostname, "port": parts.port or (443 if secure else 8000), "ssl": secure}


@contextmanager
def _mapped(store: VectorStore) -> Iterator[None]:
    """Chroma's troubles as ``ArchiveError``: a server that does not answer, a folder that does not open."""
    from chromadb.errors import ChromaError
    from httpx import HTTPError

    try:
        yield
    except ArchiveError:
        raise
    except BaseException as error:
        if not isinstance(error, KNOWN_TROUBLES | ChromaError | HTTPError) and not _panic(error):
            raise
        if store.url:
            raise ArchiveError(f"Il server dei vettori {shown(store.url)} non risponde come dovrebbe ({_brief(error)}). "
                               "Controlla PIAO_CHROMA_URL e che il server sia acceso.") from error
        raise ArchiveError(f"I vettori in {store.folder} non si riescono a usare ({_brief(error)}). Le schede e i testi sono "
                           "salvi: esegui «piao rebuild» per ricostruirli.") from error


def _sessions(client: ClientAPI) -> list[Any]:
    """The HTTP sessions of a server's client: Chroma gives them no time limit and never closes them."""
    owners = (client, getattr(client, "_admin_client", None))
    found = (getattr(getattr(owner, "_server", None), "_session", None) for owner in owners)
    return [session for session in found if session is not None]


def _close(client: ClientAPI) -> None:
    sessions = _sessions(client)
    client.close()  # type: ignore[attr-defined]
    for session in sessions:
        session.close()


def _forget_failed(path: str) -> None:
    """Chroma keeps a system that failed to start and would hand it out again for the same folder."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient._identifier_to_system.pop(path, None)
    SharedSystemClient._identifier_to_refcount.pop(path, None)


def _panic(error: BaseException) -> bool:
    """Chroma's Rust core gave up (a damaged index does that); the exception is no ``Exception``."""
    return type(error).__name__ == "PanicException"


def _brief(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
