"""A chart in a document: its picture with the words that say the same. Charts are drawn here, without browser and network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.sheet import Line

FONTS = Path(__file__).with_name("fonts")
INK = "#17324d"
FONT = "DejaVu Sans"  # the family name of the condensed face in ``fonts``


@dataclass(frozen=True, slots=True)
class Picture(Line):
    """A drawing of ``width`` cm; a writer that cannot draw prints its words as a line."""

    png: bytes = b""
    svg: str = ""
    width: float = 17.0


def drawn(spec: dict[str, Any], words: str, width: float = 17.0) -> Picture:
    """A Vega-Lite chart (data inside) as a picture; ``words`` is its text alternative."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    ink = {"axis": {"labelColor": INK, "titleColor": INK}, "title": {"color": INK}}
    spec = {**spec, "config": {**spec.get("config", {}), **ink, "font": FONT, "background": "white"}}
    return Picture(
        words,
        png=vl_convert.vegalite_to_png(spec, scale=2.0, allowed_base_urls=[]),
        svg=vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]),
        width=width,
    )
