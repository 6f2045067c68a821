"""What stands on a PDF page: characters with their place and ruling lines, upright whatever the page's rotation.

PDFium does the decoding (tens of pages a second, where pdfminer reads five). Coordinates are points from the top left of the
page as it is read. Text that runs in another direction than most of the page keeps its own angle (0, 90, 180, 270).
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as raw

LIGATURES = "filt"  # letters that fonts draw as one sign with the f or the t before them
THIN = 3.0  # points: a rectangle thinner than this is a ruling line


class Char(NamedTuple):
    """A character: its box, baseline, font size, angle relative to the page's reading direction."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    y: float
    size: float
    angle: int


Found = tuple[str, float, float, float, float, float, float, int]
"""A character as PDFium gives it: what a ``Char`` holds, with x0, x1 = left, right and top, bottom as in PDF, its origin's y in
``y`` (or x when sideways). Most pages have thousands: a plain tuple is made in half the time."""

# Asked of every character: the address of the run of text it belongs to, a number rather than a pointer made and read again.
_run_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


class Rule(NamedTuple):
    """A straight line: ``at`` is y for a horizontal one and x for a vertical one."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Canvas:
    """A page laid out: characters in the order of the file, horizontal and vertical rules, size, whether it shows images,
    whether anything but links is written over it, how it is turned to be read."""

    width: float
    height: float
    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]
    view: View
    images: bool = False
    annotated: bool = False


def canvas_of(page: Any) -> Canvas:
    """The canvas of a pypdfium2 page. Raises ``PdfiumError`` when the page is damaged."""
    found = _found(page)
    angles = Counter(angle for *_, angle in found)
    turn = angles.most_common(1)[0][0] if angles else page.get_rotation() % 360
    left, bottom, right, top = page.get_cropbox()
    view = View(turn, left, bottom, right, top)
    chars = [view.char(char) for char in found]
    canvas = Canvas(*view.size(), chars, [], [], view, annotated=_annotated(page))
    _draw(page, view, canvas)
    return canvas


def _annotated(page: Any) -> bool:
    """Whether something that may hold words lies on a page: an annotation that is neither a link nor a closed note's window."""
    for i in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        sort = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if sort not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            return True
    return False


def chars_of(page: Any, view: View) -> list[Char]:
    """The characters of a page, seen as another reading of it saw them."""
    return [view.char(char) for char in _found(page)]


def _found(page: Any) -> list[Found]:
    textpage = page.get_textpage()
    try:
        return list(_chars(textpage))
    finally:
        textpage.close()


class View(NamedTuple):
    """How PDF coordinates (from the bottom left) become reading ones, for a page turned by ``turn`` degrees."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn in (90, 270) else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turn == 90:
            return y - self.bottom, x - self.left
        if self.turn == 180:
            return self.right - x, y - self.bottom
        if self.turn == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def char(self, found: Found) -> Char:
        """A character as PDFium gives it, where it is read."""
        text, x0, x1, top, bottom, base, size, angle = found
        if self.turn == 0 and angle == 0:
            left, y = self.left, self.top - base
            return Char(text, x0 - left, x1 - left, y - 0.9 * size, y + 0.22 * size, y, size, 0)
        ax, ay = self.point(x0, top)
        bx, by = self.point(x1, bottom)
        ox, oy = self.point(base, x0) if angle in (90, 270) else self.point(x0, base)
        angle = (angle - self.turn) % 360
        if angle == 0:  # glyph boxes are as high as the glyph; a line is as high as its font
            top, bottom = oy - 0.9 * size, oy + 0.22 * size
        else:
            top, bottom = min(ay, by), max(ay, by)
        return Char(text, min(ax, bx), max(ax, bx), top, bottom, oy if angle in (0, 180) else ox, size, angle)


def _chars(textpage: Any) -> Iterator[Found]:
    """Printed characters of a page; those PDFium makes up (line ends, guessed spaces) are left out."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    handle = textpage.raw
    run: int | None = None
    size, angle = 0.0, 0
    origin, joined = (math.nan, math.nan), 0
    for i in range(textpage.count_chars()):
        here = _run_of(handle, i)
        if here is None:  # made up by PDFium
            continue
        code = raw.FPDFText_GetUnicode(handle, i)
        text = "-" if code in (2, 0xFFFE, 0xAD) else chr(code) if 0 < code < 0x110000 else ""
        if not text or (code < 32 and code != 2 and code != 9) or 0xD800 <= code < 0xE000:
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, i, box):
            continue
        raw.FPDFText_GetCharOrigin(handle, i, x, y)
        if here != run or not size:
            origin = (math.nan, math.nan)
            run, (size, angle) = here, _size_and_angle(handle, i)
            size = size or abs(box.top - box.bottom)
        here_at = (x.value, y.value)
        base = here_at[0 if angle in (90, 270) else 1]
        joined = joined + 1 if here_at == origin and text in LIGATURES else 0
        origin = here_at
        if joined and angle == 0:  # a letter of a ligature stands where the first one does: it is put in its place
            yield text, box.left + (box.right - box.left) * joined / 3, box.right, box.top, box.bottom, base, size, angle
            continue
        yield text, box.left, box.right, box.top, box.bottom, base, size, angle


def _size_and_angle(handle: Any, i: int) -> tuple[float, int]:
    """The font size as printed (nominal size by the scale of the text's matrix) and the direction, of a run of text."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, i, matrix):
        return 0.0, 0
    size = raw.FPDFText_GetFontSize(handle, i) * math.hypot(matrix.c, matrix.d)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360
    return float(size), angle


def _draw(page: Any, view: View, canvas: Canvas) -> None:
    """Add the page's straight lines and rectangles to the canvas."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            canvas.images = True
            continue
        for (ax, ay), (bx, by) in _segments(item):
            x0, y0 = view.point(ax, ay)
            x1, y1 = view.point(bx, by)
            if abs(y1 - y0) <= THIN / 2 and abs(x1 - x0) > THIN:
                canvas.horizontal.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= THIN / 2 and abs(y1 - y0) > THIN:
                canvas.vertical.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


Point = tuple[float, float]


def _segments(item: Any) -> Iterator[tuple[Point, Point]]:
    """The straight segments of a path, in page coordinates; a thin rectangle is one line along its middle."""
    count = raw.FPDFPath_CountSegments(item)
    if not 2 <= count <= 4000:
        return
    a, b, c, d, e, f = item.get_matrix().get()
    x, y = ctypes.c_float(), ctypes.c_float()
    path: list[tuple[int, Point, bool]] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        path.append((raw.FPDFPathSegment_GetType(segment), point, bool(raw.FPDFPathSegment_GetClose(segment))))
    if 4 <= count <= 5 and all(kind != raw.FPDF_SEGMENT_BEZIERTO for kind, _, _ in path):
        thin = _thin([point for _, point, _ in path])
        if thin:
            yield thin
            return
    start = last = path[0][1]
    for kind, point, closes in path:
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        if closes:
            yield point, start
        last = point


def _thin(points: list[Point]) -> tuple[Point, Point] | None:
    """The middle line of a rectangle drawn as a rule."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if height <= THIN < width:
        middle = (min(ys) + max(ys)) / 2
        return (min(xs), middle), (max(xs), middle)
    if width <= THIN < height:
        middle = (min(xs) + max(xs)) / 2
        return (middle, min(ys)), (middle, max(ys))
    return None
