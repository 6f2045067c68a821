"""What every command shares: the Typer app, common options, one way to print.

Italian for people; with ``--json`` the documented JSON on standard output and nothing else there (DESIGN §4). Each command
is thin: it opens what it needs, calls the part that does the job, prints, and returns its exit code.
"""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from store.archive import Archive
    from store.people import Person

app = typer.Typer(
    name="piao", help="Scrivere, verificare e rendicontare la sezione Performance (2.2) del PIAO.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)
profile_app = typer.Typer(help="I profili: il sistema di misurazione e valutazione di un ente.", no_args_is_help=True)
app.add_typer(profile_app, name="profile")

Json = Annotated[bool, typer.Option("--json", help="JSON su standard output.")]
Entity = Annotated[str | None, typer.Option(help="Ente.")]
Year = Annotated[int | None, typer.Option(help="Anno.")]
Profile = Annotated[str | None, typer.Option(help="Profilo SMVP: un nome o un file .toml.")]


@contextmanager
def open_archive(settings: Settings | None = None) -> Iterator[Archive]:
    """The archive of this configuration, in the hands of whoever has the command line: what is done leaves its trace."""
    from store.archive import Archive
    from store.guarded import Guarded
    from store.logs import start_log

    settings = settings or load_settings()
    start_log(settings)
    with Archive.open(settings) as archive:
        yield cast("Archive", Guarded(archive, operator()))


def operator() -> Person:
    """Whoever has this machine's command line, by their system name: they answer for the machine."""
    from store.people import local_person

    return local_person(f"riga di comando, {getpass.getuser()}")


def emit(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.write("\n")


def say(text: str = "") -> None:
    """One line for a person, on standard output."""
    typer.echo(text)


def place(page: int | None, lines: Iterable[int] = ()) -> str:
    """"p. 3, righe 12-15": a place as people write it."""
    span = sorted(set(lines))
    parts = [f"p. {page}"] if page else []
    if span:
        parts.append(f"riga {span[0]}" if span[0] == span[-1] else f"righe {span[0]}-{span[-1]}")
    return ", ".join(parts)


@contextmanager
def progress_bar(hidden: bool) -> Iterator[Any]:
    """A progress callback (stage, document, done, total, seconds left) that draws a bar on a terminal, else does nothing."""
    if hidden or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, TimeElapsedColumn

    with Progress(*Progress.get_default_columns(), TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        yield _shower(bar)


def _shower(bar: Progress) -> Any:
    tasks: dict[tuple[str, str], Any] = {}

    def show(stage: str, document: str, done: int, total: int, _left: float | None = None) -> None:
        key = (stage, document)
        if key not in tasks:
            tasks[key] = bar.add_task(f"{document}: {stage}", total=total or None)
        bar.update(tasks[key], completed=done, total=total or None)

    return show


@contextmanager
def step_bar(hidden: bool) -> Iterator[Any]:
    """Like ``progress_bar`` for work told in steps (stage, done, total)."""
    with progress_bar(hidden) as show:
        yield (lambda stage, done, total: show(stage, "archivio", done, total)) if show else None
