"""The words of a Word paragraph: live ones and struck ones (struck through, or deleted by a tracked change)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.readers.docx_looks import OFF, Looks, Lost, style_of
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
_DRAWN = ("}chart", "}relIds")  # a chart, a diagram: their words stand in parts of their own


@dataclass(frozen=True, slots=True)
class Words:
    """Live and struck text of a paragraph; ``bold`` when every live word is bold."""

    live: str = ""
    struck: str = ""
    bold: bool = False

    def __bool__(self) -> bool:
        return bool(self.live or self.struck)


class Speech:
    """Reads the words of paragraphs by the styles of their document; what it leaves out goes to ``lost``."""

    def __init__(self, looks: Looks | None = None, lost: Lost | None = None) -> None:
        self.looks, self.lost = looks or Looks(), lost or Lost()
        self._style: str | None = None

    def words(self, paragraph: Any) -> Words:
        """The words of a ``w:p``; alternative content is read once, fields by their result."""
        out = _Out()
        self._paragraph(paragraph, out, False)
        return Words(clean("".join(out.live)), clean("".join(out.struck)), bool(out.bold) and all(out.bold))

    def _paragraph(self, paragraph: Any, out: _Out, deleted: bool) -> None:
        outer, self._style = self._style, style_of(paragraph)
        self._collect(paragraph, out, deleted)
        self._style = outer

    def _collect(self, element: Any, out: _Out, deleted: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, out, deleted)
            elif tag in (f"{W}del", f"{W}moveFrom"):
                self._collect(child, out, True)
            elif tag == f"{W}sdt":
                self._control(child, out, deleted)
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                if choice is not None:
                    self._collect(choice, out, deleted)
            elif tag in _INSIDE:
                self._collect(child, out, deleted)
            elif isinstance(tag, str) and tag.endswith("}oMath"):
                out.live.append("".join(t.text or "" for t in child.iter() if isinstance(t.tag, str) and t.tag.endswith("}t")))

    def _run(self, run: Any, out: _Out, deleted: bool) -> None:
        text = _run_text(run)
        if self._on(run, "vanish"):
            if text.strip():
                self.lost.add("hidden", text)
            return
        gone = deleted or self._on(run, "strike") or self._on(run, "dstrike")
        (out.struck if gone else out.live).append(text)
        if text.strip() and not gone:
            out.bold.append(_bold(run))
        self._drawings(run, out, deleted)

    def _on(self, run: Any, name: str) -> bool:
        return self.looks.on(run, name, self._style)

    def _control(self, sdt: Any, out: _Out, deleted: bool) -> None:
        """A content control; a tick box gives its state whatever symbol it is drawn with, a prompt to write is no text."""
        box = sdt.find(f"{W}sdtPr/{_W14}checkbox/{_W14}checked")
        if box is not None:
            out.live.append(EMPTY_BOX if box.get(f"{_W14}val") in OFF else TICKED)
            return
        content = sdt.find(f"{W}sdtContent")
        if content is None:
            return
        if is_prompt(sdt):
            self.lost.add("prompt", "".join(t.text or "" for t in content.iter(f"{W}t")))
        else:
            self._collect(content, out, deleted)

    def _drawings(self, run: Any, out: _Out, deleted: bool) -> None:
        """The paragraphs of a text box anchored in a run, each on a line of its own; charts and objects are counted as lost."""
        for drawing in run:
            if drawing.tag == f"{W}object":
                self.lost.add("object")
            elif drawing.tag in (f"{W}drawing", f"{W}pict", f"{_MC}AlternateContent"):
                self._drawing(drawing, out, deleted)

    def _drawing(self, drawing: Any, out: _Out, deleted: bool) -> None:
        forms = [drawing] if drawing.tag != f"{_MC}AlternateContent" else list(drawing)
        boxes = next((found for form in forms if (found := _outermost(form))), [])
        for box in boxes:
            for p in (p for p in box.iter(f"{W}p") if next(p.iterancestors(f"{W}txbxContent")) is box):
                out.live.append("\n")
                self._paragraph(p, out, deleted)
        if not boxes and any(isinstance(e.tag, str) and e.tag.endswith(_DRAWN) for form in forms[:1] for e in form.iter()):
            self.lost.add("drawing")


@dataclass(slots=True)
class _Out:
    live: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)


def is_prompt(sdt: Any) -> bool:
    """Whether a content control shows the words that invite to fill it in, not an answer."""
    mark = sdt.find(f"{W}sdtPr/{W}showingPlcHdr")
    return mark is not None and mark.get(f"{W}val", "1") not in OFF


def _outermost(element: Any) -> list[Any]:
    """The text boxes of a drawing that stand in no other."""
    inside = list(element.iter(f"{W}txbxContent"))
    return [box for box in inside if not any(a in inside for a in box.iterancestors(f"{W}txbxContent"))]


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
                parts.append(TICKED if state is not None and state.get(f"{W}val", "1") not in OFF else EMPTY_BOX)
    return "".join(parts)


def _bold(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}b")
    return mark is not None and mark.get(f"{W}val", "1") not in OFF
