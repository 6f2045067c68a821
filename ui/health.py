"""What *Impostazioni* checks: folder, space, database, search index, models. Each a plain line: fine, or what to do."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

from cards.counted import documents_counted, drafts_counted
from cards.errors import PiaoError
from cards.quantities import italian
from settings import Settings
from store.archive import Archive
from store.own_profiles import find_profile

FREE_NEEDED = 1_000_000_000


@dataclass(frozen=True)
class Check:
    """A check with its outcome: ``state`` is "ok", "warning" or "error"; ``words`` say what was seen and what to do."""

    name: str
    state: str
    words: str


def checks(archive: Archive, settings: Settings) -> Iterator[Check]:
    """The quick checks, none of which loads a model or reaches the network."""
    yield tried("Cartella dell'archivio", lambda: writable(settings.root))
    yield space(settings.root)
    yield tried("Base di dati", lambda: f"Risponde: {documents_counted(len(archive.documents()))}, "
                                        f"{drafts_counted(len(archive.drafts()))}.")
    yield index(archive)
    yield tried("Sistema di misurazione (SMVP)", lambda: f"«{find_profile(None, settings).title}» si legge.")


def tried(name: str, work: Callable[[], str]) -> Check:
    """The outcome of something that either says what it saw or fails with a clear line."""
    try:
        return Check(name, "ok", work())
    except PiaoError as error:
        return Check(name, "error", str(error))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Check(name, "error", f"Non si può usare ({why}): controlla i permessi e il disco.")


def writable(root: Path) -> str:
    """A file can be written in the folder."""
    with tempfile.NamedTemporaryFile(dir=root):
        return f"{root}: si può scrivere."


def space(root: Path) -> Check:
    """Enough room on the disk for the next documents."""
    free = shutil.disk_usage(root).free
    if free < FREE_NEEDED:
        return Check("Spazio sul disco", "warning", f"Restano {size(free)}: libera spazio prima di caricare altri documenti.")
    return Check("Spazio sul disco", "ok", f"{size(free)} liberi.")


def index(archive: Archive) -> Check:
    """The vectors are complete, or how many are still to be written."""
    left = archive.pending_vectors()
    if left:
        missing = "Manca 1 vettore: intanto quel passaggio si trova" if left == 1 else (
            f"Mancano {italian(left)} vettori: intanto quei passaggi si trovano")
        return Check("Ricerca per significato", "warning", f"{missing} per parole. Premi «Completa l'indice».")
    return Check("Ricerca per significato", "ok", "L'indice è completo.")


def folder_size(root: Path) -> int:
    """Bytes of all the files of the archive folder."""
    total = 0
    for path in root.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # gone while we looked
            continue
    return total


def size(count: int) -> str:
    """Bytes as people say them: "12,3 MB"."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{italian(Decimal(count) / step, 1)} {unit}"
    return f"{count} byte"


def database_words(url: str) -> str:
    """A database address without its password."""
    return make_url(url).render_as_string(hide_password=True)


def address_words(url: str | None) -> str:
    """A service address without user and password."""
    if not url:
        return ""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()
