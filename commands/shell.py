"""What every command shares: the Typer app, common options, one way to print.

Italian for people; with ``--json`` the documented JSON on standard output and nothing else there (DESIGN §4). Each command
is thin: it opens what it needs, calls the part that does the job, prints, and returns its exit code.
"""

from __future__ import annotations

import getpass
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from store.archive import Archive
    from store.guarded import Guarded
    from store.people import Person

NEEDED = {
    **dict.fromkeys(("read", "check", "score", "explain", "target", "ground", "cards", "ask", "indicator", "eval", "export",
                     "motivate", "profile list", "profile new", "profile check", "mapping list", "mapping show",
                     "mapping fields"), "read"),
    **dict.fromkeys(("ingest", "sample", "mapping forget", "mapping set"), "ingest"), "draft": "draft", "forget": "remove",
    **dict.fromkeys(("rebuild", "doctor", "backup", "restore", "migrate", "serve", "log", "profile use", "people list",
                     "people set", "people remove"), "manage"),
}
"""What each command asks of the person of ``PIAO_OPERATOR`` (``store.people.Action``), whatever doors it passes later."""


def gate(context: typer.Context) -> None:
    """Before any command: nothing is done for a person who may not. A command that ``NEEDED`` does not name is closed."""
    settings, name = load_settings(), context.invoked_subcommand
    if settings.operator is None or name is None or name in GROUPS:
        return
    from store.archive import Archive
    from store.people import Action

    words = [context.info_name, name] if context.parent else [name]
    with Archive.open(settings) as archive:
        who = operator(settings, archive)
    who.must(Action(NEEDED.get(" ".join(filter(None, words)), "manage")))


COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
GROUPS = ("people", "profile", "mapping")
app = typer.Typer(
    callback=gate, name="piao", help="Scrivere, verificare e rendicontare la sezione Performance (2.2) del PIAO.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)
profile_app = typer.Typer(callback=gate, no_args_is_help=True,
                          help="I profili: il sistema di misurazione e valutazione di un ente.")
app.add_typer(profile_app, name="profile")

Json = Annotated[bool, typer.Option("--json", help="JSON su standard output.")]
Entity = Annotated[str | None, typer.Option(help="Ente.")]
Year = Annotated[int | None, typer.Option(help="Anno.")]
Mask = Annotated[bool | None, typer.Option("--mask/--no-mask", help="Il personale come iniziali nei file scritti; se manca, "
                                                                    "come dice PIAO_MASK_EXPORTS.")]
Profile = Annotated[str | None, typer.Option(help="Profilo SMVP: un nome o un file .toml.")]


def mapping_names(typer_app: typer.Typer, before: str = "") -> list[str]:
    """The names of all commands as ``NEEDED`` has them: "check", "people set"."""
    own = [f"{before}{one.name or one.callback.__name__}" for one in typer_app.registered_commands if one.callback]
    return own + [name for group in typer_app.registered_groups if group.typer_instance
                  for name in mapping_names(group.typer_instance, f"{before}{group.name} ")]


@contextmanager
def open_archive(settings: Settings | None = None) -> Iterator[Archive]:
    """The archive of this configuration, in the hands of whoever has the command line: what is done leaves its trace."""
    from store.archive import Archive
    from store.guarded import Guarded
    from store.logs import start_log

    settings = settings or load_settings()
    start_log(settings)
    with Archive.open(settings) as archive:
        yield cast("Archive", Guarded(archive, operator(settings, archive)))


def operator(settings: Settings, archive: Archive) -> Person:
    """For whom the command works: the person of ``PIAO_OPERATOR``, with their role; without one whoever keeps the machine,
    by their system name. ``NotAllowed`` for a person who is not there or was put aside."""
    from store import people

    if settings.operator is None:
        return people.local_person(f"riga di comando, {getpass.getuser()}")
    with archive.connection() as connection:
        return people.present(connection, settings.operator)


def asking(archive: Archive, thing: str, settings: Settings) -> None:
    """Before a text goes to the configured model: whether this person may send it, and its trace in the log."""
    if settings.llm:
        cast("Guarded", archive).asking_model(thing, settings.llm)


def told(settings: Settings, action: str, thing: str, detail: str) -> None:
    """A line in the log for something done to the archive as a whole, or taken out of it; nothing where there is no archive."""
    if settings.database_url is None and not (settings.root / "archivio.sqlite").is_file():
        return
    with open_archive(settings) as archive:
        cast("Guarded", archive).tell(action, thing, detail)


def emit(value: Any) -> None:
    """One JSON document on standard output."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    sys.stdout.write(COMMANDING.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n")


def say(text: str = "") -> None:
    """One line for a person, on standard output."""
    typer.echo(harmless(text))


def warn(text: str) -> None:
    """One line for a person, on standard error."""
    typer.echo(" ".join(harmless(text).splitlines()), err=True)


def harmless(text: str) -> str:
    """A text of documents and people without what a terminal would obey or show in another order."""
    return COMMANDING.sub("", text)


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
    words = {"parole": "Preparo l'indice di ricerca", "indice": "Preparo la ricerca per significato"}

    def show(stage: str, document: str, done: int, total: int, _left: float | None = None) -> None:
        key = (stage, document)
        if key not in tasks:
            tasks[key] = bar.add_task(": ".join(filter(None, (document, words.get(stage, stage)))), total=total or None)
        bar.update(tasks[key], completed=done, total=total or None)

    return show


@contextmanager
def step_bar(hidden: bool) -> Iterator[Any]:
    """Like ``progress_bar`` for work told in steps (stage, done, total)."""
    with progress_bar(hidden) as show:
        yield (lambda stage, done, total: show(stage, "archivio", done, total)) if show else None
