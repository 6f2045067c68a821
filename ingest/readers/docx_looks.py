"""What Word's named styles do to words (struck, hidden), and what a reading of a document leaves out and must say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.blocks import Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = ("0", "false", "off")
_SHOWN = 60  # characters of hidden text that the report quotes
_SAID = {
    "hidden": "testo nascosto non letto ({count}): «{first}»",
    "prompt": "campi di modulo non compilati, invito a scrivere non letto ({count}): «{first}»",
    "object": "oggetti incorporati non letti: {count}. Se contengono tabelle, caricale come file a parte",
    "drawing": "grafici o diagrammi non letti: {count}",
    "chunk": "contenuto incorporato da un altro file non letto: {count}. Apri il documento con Word e salvalo di nuovo",
    "comment": "commenti a margine non letti: {count}",
}


@dataclass
class Lost:
    """What was left out, by sort: how often, the first words of it, where it was first met. ``place`` is where the reading is."""

    place: Place = Place()
    found: dict[str, tuple[int, str, Place]] = field(default_factory=dict)

    def add(self, sort: str, text: str = "", count: int = 1) -> None:
        """Count something left out."""
        times, first, place = self.found.get(sort, (0, text.strip(), self.place))
        self.found[sort] = (times + count, first, place)

    def notes(self) -> Iterator[tuple[str, Place]]:
        """A line of the reading report for each sort."""
        for sort, (count, first, place) in self.found.items():
            yield _SAID[sort].format(count=count, first=first[:_SHOWN] + "…" * (len(first) > _SHOWN)), place


class Looks:
    """The named styles of a document, by id, each with the one it is based on."""

    def __init__(self, styles: Any = None) -> None:
        self._styles = {} if styles is None else {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}

    def on(self, run: Any, name: str, paragraph_style: str | None) -> bool:
        """Whether ``strike``, ``vanish`` … holds for a run: set on it, or by its style, or by its paragraph's."""
        if (direct := _mark(run, name)) is not None:
            return direct
        style = run.find(f"{W}rPr/{W}rStyle")
        for start in (style.get(f"{W}val") if style is not None else None, paragraph_style):
            if (named := next((m for s in self._chain(start) if (m := _mark(s, name)) is not None), None)) is not None:
                return named
        return False

    def numbering(self, style: str | None) -> Any:
        """The ``w:numPr`` that a paragraph style brings along, None for none."""
        return next((n for s in self._chain(style) if (n := s.find(f"{W}pPr/{W}numPr")) is not None), None)

    def _chain(self, style: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            base = self._styles[style].find(f"{W}basedOn")
            style = base.get(f"{W}val") if base is not None else None


def style_of(paragraph: Any) -> str | None:
    """The id of a paragraph's style."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") if style is not None else None


def _mark(element: Any, name: str) -> bool | None:
    mark = element.find(f"{W}rPr/{W}{name}")
    return None if mark is None else mark.get(f"{W}val", "1") not in OFF
