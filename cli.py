"""The ``piao`` command: the same jobs as the app, without a browser.

Exit: 0 done, 1 done and errors found, 2 bad use or unreadable input (one clear line). The commands are in ``commands/``.
"""

from __future__ import annotations

import logging
import sys

import typer
from typer.exceptions import TyperException

from cards.errors import PiaoError

# each adds its commands to the app
from commands import archive, check, draft, mapping, operations, output, people, profile, search  # noqa: F401
from commands.shell import app, warn
from settings import load_settings

USAGE = {
    "NoSuchOption": "opzione sconosciuta",
    "MissingParameter": "manca",
    "BadParameter": "valore non valido per",
    "UsageError": "comando o argomento non riconosciuto",
}


def usage_line(error: TyperException) -> str:
    """A usage error as one Italian line."""
    name = type(error).__name__
    what = getattr(error, "option_name", None) or _parameter(error) or ""
    command = getattr(getattr(error, "ctx", None), "command_path", None) or "piao"
    return f"Uso: {USAGE.get(name, 'comando non valido')} {what}".rstrip() + f". Vedi «{command} --help»."


def _parameter(error: TyperException) -> str | None:
    """The option or argument an error is about, as people type it."""
    parameter = getattr(error, "param", None)
    options = list(getattr(parameter, "opts", []) or [])
    if not options:
        return None
    return options[-1] if options[-1].startswith("-") else options[-1].upper()


def main(args: list[str] | None = None) -> None:
    """Run the command and leave with the contract's exit code."""
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:
    """Run the command; a user's mistake is one line on standard error, a bug keeps its traceback in the log."""
    try:
        return app(args, standalone_mode=False) or 0
    except TyperException as error:
        no_arguments = type(error).__name__ == "NoArgsIsHelpError"
        typer.echo(error.format_message(), err=True) if no_arguments else warn(usage_line(error))
        return 2
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Interrotto: quanto già concluso è salvo, ripeti il comando per riprendere.", err=True)
        return 2
    except PiaoError as error:
        warn(f"Errore: {_told(error)}")
        return 2
    except BrokenPipeError:
        return 0
    except Exception as error:
        return _bug(error)


def _told(error: PiaoError) -> str:
    """A mistake's line; what a service or a library quoted of our own keys is struck out of it."""
    from store.logs import struck

    try:
        return struck(str(error), load_settings())
    except PiaoError:
        return str(error)


def _bug(error: Exception) -> int:
    from store.logs import start_log

    log = start_log(load_settings())
    logging.getLogger("piao").error("errore imprevisto", exc_info=error)
    typer.echo(f"Errore imprevisto del programma ({type(error).__name__}). I dettagli sono in {log}.", err=True)
    return 2


if __name__ == "__main__":
    main()
