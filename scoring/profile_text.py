"""A profile written as the commented TOML that ``load_profile`` reads back: each value beside what it means."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from scoring.profiles import NOTHING, Band, Profile
from scoring.suppression_file import toml_string

PARTS = ("weights", "rounding", "achievement", "rollup")
HEADINGS = {
    "weights": "somme attese e tolleranza",
    "rounding": "decimali delle cifre pubblicate; si arrotonda una volta sola, alla fine",
    "achievement": "dal risultato alla percentuale",
    "rollup": "dagli indicatori ai totali",
}
_SEPARATE = ("weights", "rounding", "achievement", "rollup", "bands", "levels", "name")


def write_profile(profile: Profile) -> str:
    """The TOML of a profile. An amount that is not set is "nessuno", or a comment where that is the default."""
    lines = ["# Profilo dell'ente: il suo Sistema di misurazione e valutazione (SMVP), art. 7 D.Lgs. 150/2009."]
    lines += _fields(profile, [name for name in type(profile).model_fields if name not in _SEPARATE])
    for name in PARTS:
        part = getattr(profile, name)
        lines += ["", f"[{name}]".ljust(30) + f" # {HEADINGS[name]}", *_fields(part, list(type(part).model_fields))]
    for band in profile.bands:
        lines += ["", "[[bands]]", *_band(band)]
    if profile.levels:
        lines += [
            "",
            "[levels]",
            *(f"{toml_string(code)} = {toml_string(level)}" for code, level in sorted(profile.levels.items())),
        ]
    return "\n".join(lines) + "\n"


def _fields(part: BaseModel, names: list[str]) -> Iterator[str]:
    for name in names:
        field, value = type(part).model_fields[name], getattr(part, name)
        comment = f" # {field.description}" if field.description else ""
        if value is None:
            unset = f"{name} = {toml_string(NOTHING)}" if field.default is not None else f"# {name} ="
            yield unset.ljust(30) + comment
        else:
            yield f"{name} = {_value(value)}".ljust(30) + comment


def _band(band: Band) -> Iterator[str]:
    yield f"labels = {_value(band.labels)}"
    yield f"from = {_value(band.start)}"
    yield f"to = {_value(band.end)}"
    yield f"start_included = {_value(band.start_included)}"
    yield f"end_included = {_value(band.end_included)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return toml_string(str(value))
