"""The profiles that the body wrote itself, in ``profili/`` of the archive folder, and which one it uses."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from cards.errors import ProfileError
from scoring.profile_text import write_profile
from scoring.profiles import Profile, load_profile, profile_names
from settings import Settings

CHOICE = "in-uso.txt"


def folder(settings: Settings) -> Path:
    """Where the body's own profiles are."""
    return settings.root / "profili"


def own_names(settings: Settings) -> list[str]:
    """The names of the body's own profiles."""
    return sorted(path.stem for path in folder(settings).glob("*.toml"))


def all_names(settings: Settings) -> list[str]:
    """Every profile that can be chosen by name: the body's own first, then those of the product; the configured one too."""
    names = [*own_names(settings), *(name for name in profile_names() if name not in own_names(settings))]
    return names if body_profile(settings) in names else [body_profile(settings), *names]


def body_profile(settings: Settings) -> str:
    """The profile in use: the one configured (``PIAO_PROFILE``), else the one chosen in the app, else the default."""
    if "profile" in settings.model_fields_set:
        return settings.profile
    try:
        chosen = (folder(settings) / CHOICE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return settings.profile
    return chosen if chosen in own_names(settings) or chosen in profile_names() else settings.profile


def find_profile(name: str | None, settings: Settings) -> Profile:
    """A profile by name (the body's own before the product's) or by path; without a name, the one in use."""
    name = name or body_profile(settings)
    return load_profile(folder(settings) / f"{name}.toml" if name in own_names(settings) else name)


def save_profile(name: str, profile: Profile, settings: Settings) -> Path:
    """Keep a profile under a name (see ``file_name``); written whole or not at all."""
    if name in profile_names():
        raise ProfileError(f"«{name}» è un profilo del programma: scegli un altro nome per quello dell'ente.")
    path = folder(settings) / f"{name}.toml"
    _write(path, write_profile(profile))
    return path


def use_profile(name: str, settings: Settings) -> None:
    """Make a profile the body's own choice."""
    if "profile" in settings.model_fields_set:
        raise ProfileError(
            "Il profilo è fissato dalla configurazione (PIAO_PROFILE): togli quella riga e riavvia per sceglierlo qui."
        )
    find_profile(name, settings)
    _write(folder(settings) / CHOICE, name + "\n")


def file_name(title: str) -> str:
    """A short name of plain letters for a file.

    >>> file_name("Comune di Forlì: SMVP 2026")
    'comune-di-forli-smvp-2026'
    """
    text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:60].strip("-") or "ente"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".parte")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
