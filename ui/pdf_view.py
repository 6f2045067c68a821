"""The page a citation points to: the PDF's own page as an image with the passage marked, or the converted document around it.

Under half of the words found nothing is marked: marking the wrong sentence is worse than marking none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import streamlit as st

from ui.answer_view_reference import citation
from ui.pdf_view_text import show_text
from ui.plain import md
from ui.state import archive

SCALE = 1.6
MARK = (255, 214, 10, 90)
MOST, NEAR = 12, 60.0  # places of a fragment that are looked at, points from the passage within which one is its own
Box = tuple[float, float, float, float]


@st.dialog("Il passaggio nel documento", width="large")
def show_source(hit: Any) -> None:
    """Open the source of a result: the page as it is printed, or the converted document, with the passage marked."""
    st.caption(md(citation(hit)))
    image = page_image(archive().source_file(hit.document_id), hit.page, hit.text) if hit.page else None
    if image is not None:
        st.image(image, width="stretch")
    elif show_text(archive(), hit):
        return
    st.markdown("**Il testo del passaggio**")
    st.markdown(md(hit.text))


def page_image(path: Path | None, page: int, text: str) -> Any:
    """The page (1-based) with ``text`` marked, as an image; None where the file has no such page or is not a PDF."""
    if path is None or path.suffix.lower() != ".pdf" or not path.is_file():
        return None
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        if not 1 <= page <= len(document):
            return None
        sheet = document[page - 1]
        image = sheet.render(scale=SCALE).to_pil().convert("RGB")
        return mark(image, boxes(sheet, text), sheet.get_height())
    finally:
        document.close()


def fragments(text: str) -> list[str]:
    """The runs of words to look for: cells and lines, in pieces short enough to stand on one printed line."""
    runs = [run.split() for run in re.split(r"[|\n]", text)]
    return [" ".join(words[i:i + 3]) for words in runs for i in range(0, len(words), 3) if len(" ".join(words[i:i + 3])) >= 8]


def boxes(sheet: Any, text: str) -> list[Box]:
    """Where the fragments stand on the page (left, bottom, right, top in points); none when fewer than half are found.

    What the page says more than once (column names) is marked where it is nearest to what it says only once.
    """
    words = sheet.get_textpage()
    wanted = fragments(text)
    found = [places for fragment in wanted if (places := _places(words, fragment))]
    if not wanted or len(found) * 2 < len(wanted):
        return []
    sure = sorted((box[1] + box[3]) / 2 for places in found if len(places) == 1 for box in places[0])
    if not sure:
        return [box for places in found for box in places[0]]
    low, high = sure[0], sure[-1]

    def away(boxes: list[Box]) -> float:
        height = (boxes[0][1] + boxes[0][3]) / 2
        return max(low - height, height - high, 0.0)

    chosen = (min(places, key=away) for places in found)
    return [box for boxes in chosen if away(boxes) <= NEAR for box in boxes]


def _places(words: Any, fragment: str) -> list[list[Box]]:
    """Every place of a fragment, each with its boxes."""
    searcher = words.search(fragment)
    places: list[list[Box]] = []
    while (place := searcher.get_next()) and len(places) < MOST:
        index, count = place
        places.append([words.get_rect(i) for i in range(words.count_rects(index, count))])
    return [boxes for boxes in places if boxes]


def mark(image: Any, places: list[Box], height: float) -> Any:
    """The image with a translucent box on each place."""
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for left, bottom, right, top in places:
        edges = (left, height - top, right, height - bottom)
        draw.rectangle([edge * SCALE for edge in edges], fill=MARK)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
