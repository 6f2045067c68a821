"""The licence of every locked distribution, from its installed metadata, and whether it goes with EUPL-1.2.

Permissive licences and weak copyleft of libraries used as they are (MPL, LGPL) go; GPL and AGPL alone do not: EUPL-1.2 gives
way to them, the product would no longer be under its own licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPATIBLE = frozenset((
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "LGPL-2.1-only", "LGPL-2.1-or-later",
    "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "Zlib",
))
# Words that metadata and licence files use instead of the SPDX name: the first pattern that is found.
WORDS = (
    (r"affero|\bagpl", "AGPL-3.0-only"), (r"lesser general public|\blgpl", "LGPL-2.1-or-later"),
    (r"general public licen[cs]e|\bgpl", "GPL-3.0-only"), (r"mozilla public|\bmpl", "MPL-2.0"), (r"apache", "Apache-2.0"),
    (r"python software foundation|\bpsfl?\b", "PSF-2.0"), (r"\bisc\b", "ISC"), (r"\bbsd\b", "BSD-3-Clause"),
    (r"\bmit\b", "MIT"), (r"unlicense", "Unlicense"),
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A locked distribution: its SPDX expression and where it was read ("" and "" if it says nothing)."""

    name: str
    version: str
    expression: str
    source: str

    @property
    def compatible(self) -> bool:
        """Whether it may be used by the product."""
        return bool(self.expression) and allowed(self.expression)


def locked(*files: str) -> dict[str, str]:
    """Name and version of every distribution in the lock files that holds on this machine."""
    found: dict[str, str] = {}
    for file in files:
        found.update(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / file).read_text(encoding="utf-8"), re.M))
    return dict(sorted(found.items()))


def licences(*files: str) -> Iterator[Licence]:
    """The licence of each distribution of the lock files; one that is not installed says nothing."""
    for name, version in locked(*files).items():
        try:
            yield Licence(name, version, *_read(distribution(name)))
        except PackageNotFoundError:
            yield Licence(name, version, "", "")


def allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves a compatible choice: all sides of AND, one side of OR.

    >>> allowed("MPL-2.0 AND (Apache-2.0 OR MIT)"), allowed("MIT OR GPL-3.0-only"), allowed("MIT AND GPL-3.0-only")
    (True, True, False)
    """
    tokens = re.findall(r"[()]|[^\s()]+", expression)

    def either() -> bool:
        good = both()
        while tokens and tokens[0].upper() == "OR":
            tokens.pop(0)
            good = both() or good
        return good

    def both() -> bool:
        good = one()
        while tokens and tokens[0].upper() == "AND":
            tokens.pop(0)
            good = one() and good
        return good

    def one() -> bool:
        token = tokens.pop(0) if tokens else ""
        if token != "(":
            return token in COMPATIBLE
        good = either()
        return bool(tokens) and tokens.pop(0) == ")" and good

    return either() and not tokens


def _read(found: Distribution) -> tuple[str, str]:
    head = found.metadata
    if expression := head.get("License-Expression"):
        return expression, "espressione"
    classified = [_spdx(line) for line in head.get_all("Classifier") or [] if line.startswith("License ::")]
    if names := sorted({name for name in classified if name}):
        return " AND ".join(names), "classificatori"
    words = (head.get("License") or "").strip()
    if words and allowed(words):
        return words, "metadati"
    if name := _several(words.splitlines()[0] if words else ""):
        return name, "metadati"
    for path in found.files or []:
        if re.match(r"(?i)(licen[cs]e|copying)", path.name):
            text = Path(str(found.locate_file(path))).read_text(encoding="utf-8", errors="replace")
            if name := _spdx(text[:600]):
                return name, "file di licenza"
    return "", ""


def _several(words: str) -> str:
    """"BSD-3-Clause, Apache-2.0": each part must go."""
    names = dict.fromkeys(name for part in words.split(",") if (name := _spdx(part)))
    return " AND ".join(names)


def _spdx(words: str) -> str:
    exact = words.strip()
    if exact in COMPATIBLE:
        return exact
    return next((name for pattern, name in WORDS if re.search(pattern, words, re.I)), "")


def page() -> str:
    """The list as a page in Italian."""
    product = set(locked("requirements.lock"))
    rows = [f"| {found.name} | {found.version} | {found.expression} | {'prodotto' if found.name in product else 'prove'} |"
            for found in licences("requirements.lock", "requirements-dev.lock")]
    return "\n".join((
        "# Licenze delle librerie", "",
        "Pagina generata dai metadati installati con `python -m docs.generate`: non si modifica a mano. Il prodotto è sotto",
        "EUPL-1.2; qui stanno le librerie fissate nei file `requirements*.lock`, usate così come sono.", "",
        "| libreria | versione | licenza | serve a |", "|---|---|---|---|", *rows, ""))
