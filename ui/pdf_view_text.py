"""The place of a passage in a document without pages to draw (Word, Excel, text): the passages around it, this one marked."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from store.archive import Archive
from store.records import StoredPassage
from ui.plain import md

BEFORE, AFTER = 2, 8  # passages shown before and after
_ID = re.compile(r"(.*-)(\d{5})$")


def show_text(archive: Archive, hit: Any) -> bool:
    """Show the document around the passages of a result; False where they are no longer in the archive."""
    shown = set(hit.passages)
    near = around(archive, tuple(hit.passages))
    if not shown & {p.id for p in near}:
        return False
    with st.container(height=460, border=True):
        for passage in near:
            st.markdown(marked(passage.text) if passage.id in shown else md(passage.text))
    return True


def around(archive: Archive, ids: tuple[str, ...]) -> list[StoredPassage]:
    """The passages from ``BEFORE`` the first to ``AFTER`` the last, in the document's order."""
    places = [(match[1], int(match[2])) for i in ids if (match := _ID.match(i))]
    if not places:
        return sorted(archive.passages(ids=ids), key=lambda p: p.position)
    head = places[0][0]
    numbers = [number for same, number in places if same == head]
    wanted = range(max(0, min(numbers) - BEFORE), max(numbers) + AFTER + 1)
    return sorted(archive.passages(ids=[f"{head}{number:05d}" for number in wanted]), key=lambda p: p.position)


def marked(text: str) -> str:
    """A text on a coloured ground, line by line, its own signs harmless."""
    return "  \n".join(f":orange-background[{md(line)}]" for line in text.split("\n") if line.strip())
