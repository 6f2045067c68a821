"""How much a single file may cost: bytes, pages, cells, seconds, memory. Every reader takes these and refuses what is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from settings import Settings

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading. Sizes in bytes, time in seconds, memory in MB (address space of the reading process)."""

    max_bytes: int = 100 * MB
    max_pages: int = 2000
    max_unpacked: int = 500 * MB
    max_cells: int = 2_000_000
    seconds: float = 300
    memory_mb: int = 3000
    antivirus: str | None = None  # where clamd listens (``ingest.antivirus``)
    ocr: bool = False  # whether scanned pages are recognised (``ingest.readers.ocr``)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The limits a person set by configuration (``PIAO_MAX_FILE_MB`` and its siblings)."""
        return cls(
            max_bytes=settings.max_file_mb * MB,
            max_pages=settings.max_pages,
            max_unpacked=settings.max_unpacked_mb * MB,
            max_cells=settings.max_cells,
            seconds=settings.read_seconds,
            memory_mb=settings.read_memory_mb,
            antivirus=settings.clamd,
            ocr=settings.ocr,
        )
