"""JSON and TOML that somebody else wrote: read, or refused as not valid; never a recursion or a number that stops the program."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

DEEP = "troppe parentesi una dentro l'altra"
LONG = "un numero ha troppe cifre"


def json_of(text: str) -> Any:
    """The value of a JSON text. Whatever is wrong with it is a ``json.JSONDecodeError``.

    >>> json_of('{"a": [1, 2]}')
    {'a': [1, 2]}
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise json.JSONDecodeError(_why(error), text[:1], 0) from None


def toml_of(text: str, parse_float: Callable[[str], Any] = Decimal) -> dict[str, Any]:
    """The table of a TOML text. Whatever is wrong with it is a ``tomllib.TOMLDecodeError``.

    >>> toml_of('a = 1.5')
    {'a': Decimal('1.5')}
    """
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise tomllib.TOMLDecodeError(_why(error)) from None


def _why(error: Exception) -> str:
    return DEEP if isinstance(error, RecursionError) else LONG
