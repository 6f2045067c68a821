"""What is written over a PDF page: form fields and free-text annotations (ISO 32000-2, 12.5 and 12.7).

PDFium prints on a copy of the page in memory what a person sees in them, and their characters join those of the page, each in its
place; a value without a drawn appearance is laid out in its box. Comments are no text of the page; what is hidden, a password, a
signature, a stamp is not read: the report says how many there are and on which pages.
"""

from __future__ import annotations

import ctypes
import textwrap
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from ingest.blocks import Place
from ingest.readers.pdf_page import Canvas, Char, chars_of
from ingest.readers.words import EMPTY_BOX, TICKED

MAX_NOTES = 3000  # annotations on a page; beyond, none is read
MAX_VALUE = 40_000  # bytes of one value
MAX_OPTIONS = 500
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13  # bit 14 of a text field's flags
_COMMENTS = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_SQUARE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON,
             raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_SQUIGGLY,
             raw.FPDF_ANNOT_STRIKEOUT, raw.FPDF_ANNOT_CARET, raw.FPDF_ANNOT_INK}  # fmt: skip
_TYPED = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX}
_TICKS = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_SIZES = (10.0, 8.0, 6.0, 4.0, 3.0)  # of the letters of a value that no one drew
_SAID = {
    "comment": "commenti a margine non letti",
    "struck": "brani barrati con un'annotazione, letti come testo in vigore",
    "field": "campi del modulo o annotazioni con testo non letti (nascosti, protetti o troppi)",
    "mark": "firme e timbri sulla pagina non letti",
}


@dataclass(slots=True)
class _Note:
    """An annotation whose words are read: its box in reading coordinates, its value, whether its appearance may be printed."""

    box: tuple[float, float, float, float]
    text: str
    printed: bool


@dataclass(slots=True)
class Fields:
    """Reads what is written over the pages of a document and counts what is not read, by sort and page."""

    pdf: Any
    unread: dict[str, dict[int, int]] = field(default_factory=dict)
    dynamic: bool = False

    def __post_init__(self) -> None:
        kind = self.pdf.get_formtype()
        self.dynamic = kind == raw.FORMTYPE_XFA_FULL
        if kind != raw.FORMTYPE_NONE:
            self.pdf.init_forms()

    def add_to(self, canvas: Canvas, index: int) -> None:
        """Add to the characters of a page (0-based) those of its fields and free texts."""
        page = self.pdf[index]
        try:
            notes = self._notes(page, index + 1, canvas)
            printed = any(note.printed for note in notes) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == (
                raw.FLATTEN_SUCCESS)  # fmt: skip
        finally:
            page.close()
        added = self._printed(index, canvas) if printed else []
        lines = sorted({char.y for char in canvas.chars if char.angle == 0})
        added.sort(key=_middle)
        heights = [_middle(char) for char in added]
        placed: dict[Char, Char] = {char: char for char in added}
        for note in notes:
            near = added[bisect_left(heights, note.box[1]) : bisect_right(heights, note.box[3])]
            mine: list[Char] | None = [char for char in near if _inside(char, note.box)]
            if all(char.text.isspace() for char in mine or ()):
                mine = _laid_out(note.text, note.box)
            if mine is None:
                self._count("field", index + 1)
            else:
                placed |= zip(mine, _beside(lines, mine, note.box), strict=True)
        canvas.chars += placed.values()

    def notes(self) -> Iterator[tuple[str, Place]]:
        """The lines of the report."""
        if self.dynamic:
            yield "modulo XFA: i campi che disegna chi lo apre non sono letti. Stampalo in un PDF e carica quello", Place()
        for sort, pages in self.unread.items():
            where = f"pagina {min(pages)}" if len(pages) == 1 else f"pagine {spans(sorted(pages))}"
            yield f"{_SAID[sort]}: {sum(pages.values())} ({where})", Place(min(pages))

    def _count(self, sort: str, number: int, count: int = 1) -> None:
        pages = self.unread.setdefault(sort, {})
        pages[number] = pages.get(number, 0) + count

    def _printed(self, index: int, canvas: Canvas) -> list[Char]:
        """The characters that printing the annotations on the page added."""
        page = self.pdf[index]
        try:
            before = set(canvas.chars)
            return [char for char in chars_of(page, canvas.view) if char not in before]
        finally:
            page.close()

    def _notes(self, page: Any, number: int, canvas: Canvas) -> list[_Note]:
        """The annotations to read; those that must not be printed are taken off the page (of the copy in memory)."""
        count = raw.FPDFPage_GetAnnotCount(page)
        if count > MAX_NOTES:
            self._count("field", number, count)
            return []
        found: list[_Note] = []
        for i in reversed(range(count)):
            annotation = raw.FPDFPage_GetAnnot(page, i)
            note = None
            if annotation:
                try:
                    note = self._note(annotation, number, canvas)
                finally:
                    raw.FPDFPage_CloseAnnot(annotation)
            if note is not None:
                found.append(note)
            if note is None or not note.printed:
                raw.FPDFPage_RemoveAnnot(page, i)
        return found[::-1]

    def _note(self, annotation: Any, number: int, canvas: Canvas) -> _Note | None:
        """An annotation whose words are of the page; None, and counted where it says something, for any other."""
        sort = raw.FPDFAnnot_GetSubtype(annotation)
        seen = not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
        if sort == raw.FPDF_ANNOT_WIDGET:
            return self._field(annotation, number, canvas, seen)
        contents = _string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents") or ""
        if sort == raw.FPDF_ANNOT_FREETEXT and seen:
            return _Note(_box(annotation, canvas), contents, printed=True)
        if sort == raw.FPDF_ANNOT_STAMP:
            self._count("mark", number)
        elif sort == raw.FPDF_ANNOT_STRIKEOUT and seen:
            self._count("struck", number)
        if contents.strip() and (sort in _COMMENTS or sort == raw.FPDF_ANNOT_FREETEXT):
            self._count("comment" if sort in _COMMENTS else "field", number)
        return None

    def _field(self, widget: Any, number: int, canvas: Canvas, seen: bool) -> _Note | None:
        """A field of a form, with its value: a tick box as a sign, a list by what is chosen in it."""
        form = self.pdf.formenv
        kind = raw.FPDFAnnot_GetFormFieldType(form, widget) if form else raw.FPDF_FORMFIELD_UNKNOWN
        if kind == raw.FPDF_FORMFIELD_PUSHBUTTON:
            return None
        if kind in _TICKS and seen:
            return _Note(_box(widget, canvas), TICKED if raw.FPDFAnnot_IsChecked(form, widget) else EMPTY_BOX, printed=False)
        if kind == raw.FPDF_FORMFIELD_SIGNATURE:
            self._count("mark", number)
            return None
        if kind == raw.FPDF_FORMFIELD_LISTBOX and seen:
            return _Note(_box(widget, canvas), _chosen(form, widget), printed=False)
        text = _string(raw.FPDFAnnot_GetFormFieldValue, form, widget) if form else None
        secret = kind == raw.FPDF_FORMFIELD_TEXTFIELD and raw.FPDFAnnot_GetFormFieldFlags(form, widget) & _PASSWORD
        if seen and kind in _TYPED and not secret and text is not None:
            return _Note(_box(widget, canvas), text, printed=True)
        if text is None or text.strip() and kind not in _TICKS:
            self._count("field", number)
        return None


def spans(numbers: Sequence[int]) -> str:
    """Numbers as ranges.

    >>> spans([1, 2, 3, 7])
    '1-3, 7'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def _string(ask: Callable[..., int], *what: Any) -> str | None:
    """A text that PDFium gives by a call of ours with a buffer; None for one that is too long."""
    size = ask(*what, None, 0)
    if size > MAX_VALUE:
        return None
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(*what, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "ignore")


def _chosen(form: Any, widget: Any) -> str:
    """The options chosen in a list, a line each."""
    count = min(raw.FPDFAnnot_GetOptionCount(form, widget), MAX_OPTIONS)
    chosen = [i for i in range(max(count, 0)) if raw.FPDFAnnot_IsOptionSelected(form, widget, i)]
    return "\n".join(_string(raw.FPDFAnnot_GetOptionLabel, form, widget, i) or "" for i in chosen)


def _box(annotation: Any, canvas: Canvas) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an annotation as the page is read."""
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, rect)
    ax, ay = canvas.view.point(rect.left, rect.top)
    bx, by = canvas.view.point(rect.right, rect.bottom)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _middle(char: Char) -> float:
    """Where a character is, from the top of the page."""
    return char.y - 0.25 * char.size if char.angle == 0 else (char.top + char.bottom) / 2


def _inside(char: Char, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= (char.x0 + char.x1) / 2 <= box[2] and box[1] <= _middle(char) <= box[3]


def _beside(baselines: Sequence[float], value: Sequence[Char], box: tuple[float, float, float, float]) -> Sequence[Char]:
    """A value; one of a single line is put on the line that the page writes beside its box, which is its label's."""
    if len({(char.y, char.angle) for char in value}) != 1 or value[0].angle:
        return value
    at, size = value[0].y, value[0].size
    near = baselines[bisect_left(baselines, max(box[1], at - size)) : bisect_right(baselines, min(box[3] + 2, at + size))]
    shift = min(near, key=lambda y: abs(y - at), default=at) - at
    return [char._replace(y=char.y + shift, top=char.top + shift, bottom=char.bottom + shift) for char in value]


def _laid_out(text: str, box: tuple[float, float, float, float]) -> list[Char] | None:
    """The characters of a value in its box, as large as fits, a single line in its middle; None where it does not fit."""
    lines = ["".join(c for c in line if c.isprintable()).strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    left, top, right, bottom = box
    for size in _SIZES:
        each = max(int((right - left) / (0.5 * size)), 1)
        wrapped = [part for line in lines for part in textwrap.wrap(line, each, break_long_words=False)]
        if 1.2 * size * len(wrapped) <= max(bottom - top, 1.2 * size) and max(map(len, wrapped), default=0) <= each:
            start = max(top, (top + bottom) / 2 - 0.6 * size) if len(wrapped) == 1 else top
            return [
                Char(c, left + 0.5 * size * k, left + 0.5 * size * (k + 1), y - 0.9 * size, y + 0.22 * size, y, size, 0)
                for n, part in enumerate(wrapped) for k, c in enumerate(part) for y in (start + (1.2 * n + 0.95) * size,)
            ]  # fmt: skip
    return None
