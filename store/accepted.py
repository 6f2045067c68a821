"""The findings that the body accepts, in ``segnalazioni-accettate.toml`` of the archive folder: the file of the command line."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Lock

from scoring.suppression_file import load_suppressions, suppressions_text
from scoring.suppressions import Suppression
from settings import Settings

_guard = Lock()


def accepted_file(settings: Settings) -> Path:
    """Where they are."""
    return settings.root / "segnalazioni-accettate.toml"


def accepted(settings: Settings) -> tuple[Suppression, ...]:
    """All of them; none where the file is not there yet. ``PiaoError`` where it does not read."""
    path = accepted_file(settings)
    return load_suppressions(path) if path.is_file() else ()


def accept(one: Suppression, settings: Settings) -> None:
    """Add one, in the place of another of the same object."""
    with _guard:
        rest = [old for old in accepted(settings) if (old.name, old.document) != (one.name, one.document)]
        _write([*rest, one], settings)


def withdraw(one: Suppression, settings: Settings) -> None:
    """Take one out."""
    with _guard:
        _write([old for old in accepted(settings) if old != one], settings)


def _write(all_of_them: list[Suppression], settings: Settings) -> None:
    path = accepted_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".parte")
    part.write_text(suppressions_text(all_of_them), encoding="utf-8")
    os.replace(part, path)
