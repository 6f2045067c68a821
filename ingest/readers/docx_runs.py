"""The words of a Word paragraph: live ones and struck ones (struck through, or deleted by a tracked change)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.readers.words import EMPTY_BOX, TICKED, clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TICKS = {
    **dict.fromkeys(("F0FE", "F078", "F054", "F053", "F0FD", "F052"), TICKED),
    **dict.fromkeys(("F0A8", "F06F", "F071", "F0A3"), EMPTY_BOX),
    **dict.fromkeys(("F0B7", "F0A7", "F0D8"), "•"),
    **dict.fromkeys(("F0E0", "F0E8"), "→"),
    "F0FC": "✓",
}
_INSIDE = tuple(f"{W}{name}" for name in ("ins", "hyperlink", "smartTag", "fldSimple", "moveTo", "customXml", "dir", "bdo"))
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Words:
    """Live and struck text of a paragraph; ``bold`` when every live word is bold."""

    live: str = ""
    struck: str = ""
    bold: bool = False

    def __bool__(self) -> bool:
        return bool(self.live or self.struck)


def words_of(paragraph: Any) -> Words:
    """The words of a ``w:p``; alternative content is read once, fields by their result."""
    live: list[str] = []
    struck: list[str] = []
    bold: list[bool] = []
    _collect(paragraph, live, struck, bold, False)
    return Words(clean("".join(live)), clean("".join(struck)), bool(bold) and all(bold))


def _collect(element: Any, live: list[str], struck: list[str], bold: list[bool], deleted: bool) -> None:
    for child in element:
        tag = child.tag
        if tag == f"{W}r":
            gone = deleted or _on(child, "strike") or _on(child, "dstrike")
            if _on(child, "vanish"):
                continue
            text = _run_text(child)
            (struck if gone else live).append(text)
            if text.strip() and not gone:
                bold.append(_on(child, "b"))
            _text_boxes(child, live, struck, bold, deleted)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            _collect(child, live, struck, bold, True)
        elif tag == f"{W}sdt":
            _collect_control(child, live, struck, bold, deleted)
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            if choice is not None:
                _collect(choice, live, struck, bold, deleted)
        elif tag in _INSIDE:
            _collect(child, live, struck, bold, deleted)
        elif isinstance(tag, str) and tag.endswith("}oMath"):
            live.append("".join(t.text or "" for t in child.iter() if isinstance(t.tag, str) and t.tag.endswith("}t")))


def _collect_control(sdt: Any, live: list[str], struck: list[str], bold: list[bool], deleted: bool) -> None:
    """A content control; a tick box gives its state whatever symbol it is drawn with."""
    box = sdt.find(f"{W}sdtPr/{_W14}checkbox/{_W14}checked")
    if box is not None:
        live.append(EMPTY_BOX if box.get(f"{_W14}val") in _OFF else TICKED)
        return
    content = sdt.find(f"{W}sdtContent")
    if content is not None:
        _collect(content, live, struck, bold, deleted)


def _text_boxes(run: Any, live: list[str], struck: list[str], bold: list[bool], deleted: bool) -> None:
    """The paragraphs of a text box anchored in a run, each on a line of its own."""
    for drawing in run:
        if drawing.tag == f"{_MC}AlternateContent":
            drawing = drawing.find(f"{_MC}Choice")
        elif drawing.tag not in (f"{W}drawing", f"{W}pict"):
            continue
        for box in drawing.iter(f"{W}txbxContent") if drawing is not None else ():
            for p in box.iter(f"{W}p"):
                live.append("\n")
                _collect(p, live, struck, bold, deleted)


def _run_text(run: Any) -> str:
    parts: list[str] = []
    for child in run:
        tag = child.tag
        if tag in (f"{W}t", f"{W}delText"):
            parts.append(child.text or "")
        elif tag in (f"{W}tab", f"{W}ptab"):
            parts.append(" ")
        elif tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif tag == f"{W}sym":
            parts.append(_TICKS.get((child.get(f"{W}char") or "").upper(), ""))
        elif tag == f"{W}fldChar":
            box = child.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                state = box.find(f"{W}checked")
                state = box.find(f"{W}default") if state is None else state
                parts.append(TICKED if state is not None and state.get(f"{W}val", "1") not in _OFF else EMPTY_BOX)
    return "".join(parts)


def _on(run: Any, name: str) -> bool:
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF
