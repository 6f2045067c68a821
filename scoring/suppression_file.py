"""The files of accepted findings: suppressions in TOML, and the baseline of an old plan (any report of ``piao check``).

    [[suppression]]
    fingerprint = "3f2a…"            # oppure: code = "TGT010" e il posto (card, field, cell, page, line)
    reason = "Indicatore di quantità richiesto dalla Regione"
    author = "M. Rossi"
    expires = 2026-12-31             # facoltativa
    document = "piano-2026.xlsx"     # facoltativo: vale solo per questo file
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cards.errors import PiaoError
from cards.plain_data import json_of, toml_of
from scoring.suppressions import Suppression

KEYS = tuple(one.name for one in fields(Suppression))
_NUMBERS = ("page", "line")
MOST_BYTES = 50 * 2**20
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
HEAD = "# Segnalazioni accettate: ognuna con il motivo, chi la accetta e, se serve, fino a quando.\n"


def load_suppressions(path: Path | str) -> tuple[Suppression, ...]:
    """The suppressions of a TOML file; ``PiaoError`` names the file, the entry and what is wrong."""
    return parse_suppressions(_text(Path(path), "delle segnalazioni accettate"), str(path))


def parse_suppressions(text: str, name: str) -> tuple[Suppression, ...]:
    """The suppressions of a TOML text; ``name`` is the file's name in messages."""
    try:
        data = toml_of(text)
    except tomllib.TOMLDecodeError as error:
        raise PiaoError(f"{name}: non è un file TOML valido ({error}). Controlla la riga indicata.") from error
    entries = data.get("suppression", [])
    if set(data) - {"suppression"} or not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise PiaoError(f"{name}: ogni segnalazione accettata comincia con la riga [[suppression]].")
    return tuple(_entry(one, number, name) for number, one in enumerate(entries, 1))


def _entry(data: dict[str, Any], number: int, name: str) -> Suppression:
    unknown = sorted(set(data) - set(KEYS))
    if unknown:
        raise PiaoError(f"{name}, voce {number}: «{unknown[0]}» non è una voce ammessa ({', '.join(KEYS)}).")
    values: dict[str, Any] = {"fingerprint": None, "reason": "", "author": ""}
    for key, value in data.items():
        if isinstance(value, datetime | date):
            value = value.isoformat()[:10]
        wanted = int if key in _NUMBERS else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise PiaoError(f"{name}, voce {number}: «{key}» deve essere {'un numero' if wanted is int else 'un testo'}.")
        values[key] = value
    try:
        return Suppression(**values)
    except PiaoError as error:
        raise PiaoError(f"{name}, voce {number}: {error}") from error


def suppressions_text(suppressions: Iterable[Suppression]) -> str:
    """The suppressions as the TOML text that ``parse_suppressions`` reads back."""
    return HEAD + "".join("\n[[suppression]]\n" + "".join(_lines(one)) for one in suppressions)


def _lines(one: Suppression) -> Iterator[str]:
    for key in KEYS:
        value = getattr(one, key)
        if value is not None:
            yield f"{key} = {value if key in (*_NUMBERS, 'expires') else toml_string(value)}\n"


def toml_string(value: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the delete character.

    >>> toml_string('dice "no"')
    '"dice \\\\"no\\\\""'
    """
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def load_baseline(path: Path | str) -> frozenset[str]:
    """The fingerprints accepted with an old plan: from a report of ``piao check`` in JSON or SARIF, or one a line."""
    return parse_baseline(_text(Path(path), "della verifica accettata"), str(path))


def parse_baseline(text: str, path: str) -> frozenset[str]:
    """The same from the text of the file; ``path`` is its name in messages."""
    try:
        data = json_of(text)
    except json.JSONDecodeError:
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        if not all(_FINGERPRINT.fullmatch(line) for line in lines):
            raise PiaoError(
                f"{path}: non è una verifica accettata. Serve il file scritto da «piao check … --out verifica.json» (o .sarif)."
            ) from None
        return frozenset(lines)
    try:
        return frozenset(_fingerprints(data))
    except (KeyError, TypeError, AttributeError) as error:
        raise PiaoError(
            f"{path}: è JSON ma non una verifica. Serve il file scritto da «piao check … --out verifica.json» (o .sarif)."
        ) from error


def _fingerprints(data: Any) -> Iterator[str]:
    if "runs" in data:
        for run in data["runs"]:
            yield from (str(result["partialFingerprints"]["piao/v1"]) for result in run["results"])
    else:
        yield from (str(finding["fingerprint"]) for finding in data["findings"])


def _text(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PiaoError(f"{path}: il file {what} supera {MOST_BYTES // 2**20} MB: controlla di aver scelto quello giusto.")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise PiaoError(f"{path}: il file {what} non esiste.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PiaoError(f"{path}: il file {what} non si può leggere come testo UTF-8.") from error
