"""Layouts as municipalities publish them, each first read blind: ``published/<name>.txt`` in words of our own and the cards that a
person reads in it (``.json``). They were Word, Excel, OpenDocument, CSV, HTML and PDF files; here they are as readers give them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from .layouts import Layout

FOLDER = Path(__file__).parent / "published"


def published() -> Iterator[Layout]:
    """Each layout with its name, its text and its expected cards."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield path.stem, path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
