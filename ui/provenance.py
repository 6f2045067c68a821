"""Where each datum of a card comes from, as people ask it: the source first, with page and reason, then what it gave."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from cards.model import Origin
from ui.plain import md
from ui.words import field_words

WORDS = {
    "user": "scritto a mano", "computed": "calcolato", "model": "modello linguistico", "template": "modello del prodotto",
    "document": "letto nel documento",
}
_PART = re.compile(r"(\w+)\[(\d+)\](.*)")


def show_provenance(provenance: Mapping[str, Origin]) -> None:
    """A table of two columns that wraps: it stands in the narrow column beside the card."""
    st.table([{"Da dove viene": md(source), "Che cosa": md(given)} for source, given in rows(provenance)], hide_index=True)


def rows(provenance: Mapping[str, Origin]) -> list[tuple[str, str]]:
    """(source, the fields that come from it), in the order of the card."""
    found: dict[str, dict[tuple[str, str], list[int]]] = {}
    for path, origin in provenance.items():
        part = _PART.fullmatch(path)
        name, number, rest = (part[1], int(part[2]), part[3]) if part else ("", 0, path)
        found.setdefault(source_words(origin), {}).setdefault((name, rest), []).append(number)
    return [(source, "; ".join(_fields(*which, numbers) for which, numbers in given.items())) for source, given in found.items()]


def source_words(origin: Origin) -> str:
    """"piano.pdf, p. 5: valore riproposto"; a card of the archive is told by its document, never by its key.

    >>> source_words(Origin(from_="computed", note="in ordine"))
    'calcolato: in ordine'
    """
    named = WORDS.get(origin.from_) or "precedente dell'archivio"
    if origin.document:
        named = f"{origin.document}, p. {origin.page}" if origin.page else origin.document
    return f"{named}: {origin.note}" if origin.note else named


def _fields(name: str, rest: str, numbers: list[int]) -> str:
    """"fase 1, 2, 3, peso" of the weights of three phases."""
    if not name:
        return field_words(rest)
    first = field_words(f"{name}[{numbers[0]}]{rest}")
    more = ", ".join(str(number + 1) for number in numbers)
    return first.replace(f" {numbers[0] + 1}", f" {more}", 1)
