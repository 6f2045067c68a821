"""The profiles from the command line: which there are, and how to write one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cards.errors import PiaoError
from commands.shell import profile_app, say


@profile_app.command("list")
def profile_list() -> int:
    """I profili disponibili."""
    from scoring.profiles import load_profile, profile_names

    for name in profile_names():
        say(f"{name}: {load_profile(name).title}")
    return 0


@profile_app.command("new")
def profile_new(file: Path, like: Annotated[str, typer.Option(help="Profilo di partenza.")] = "neutro") -> int:
    """Scrive un nuovo profilo commentato, da adattare al sistema del proprio ente."""
    from scoring.profiles import profile_text

    if file.exists():
        raise PiaoError(f"{file}: esiste già. Scegli un altro nome o toglilo prima.")
    file.write_text(profile_text(like), encoding="utf-8")
    say(f"{file}: scritto. Aprilo, adatta i valori e usalo con --profile {file}.")
    return 0
