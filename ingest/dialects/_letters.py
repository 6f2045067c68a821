"""How dialects compare words: small letters without accents, by a table that learns each character once."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")
_MOST = 5_000  # characters remembered: no document that is read by labels has more of them
_ALIKE = dict(zip("авеікмнорстхуıγ", "abeikmhopctxyiy", strict=True))


class _Bare(dict[int, str]):
    """Each character without case and accents; a Cyrillic or Greek look-alike of a Latin letter becomes that letter."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code).casefold())
        return _kept(self, code, "".join(_ALIKE.get(c, c) for c in apart if not unicodedata.combining(c)))


class _Label(dict[int, str | None]):
    """Each character without case and accents, None (quicker than "") for what is neither a letter nor a digit."""

    def __missing__(self, code: int) -> str | None:
        return _kept(self, code, "".join(filter(str.isalnum, unicodedata.normalize("NFKD", chr(code).casefold()))) or None)


def _kept(table: dict[int, T], code: int, text: T) -> T:
    if len(table) < _MOST:
        table[code] = text
    return text


_BARE, _LABEL = _Bare(), _Label()


def bare(text: str) -> str:
    """Small letters without accents, the rest as it stands.

    >>> bare("PERCHÉ no?")
    'perche no?'
    """
    return text.lower() if text.isascii() else text.translate(_BARE)


@lru_cache(maxsize=50_000)
def key(text: str) -> str:
    """The form in which labels are compared: only small letters without accents, and digits; a label cut over two lines is the
    same label.

    >>> key("Priorità  Giunta\\nUnione:"), key("CRONOPRO\\nGRAMMA")
    ('prioritagiuntaunione', 'cronoprogramma')
    """
    return text.translate(_LABEL)
