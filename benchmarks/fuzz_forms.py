"""OpenDocument texts and PDF forms made for ``benchmarks.fuzz``: hidden words, comments, tracked deletions, fields and
annotations, whole or with their tags and bytes in disorder."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.annotations import FreeText, Text
from reportlab.pdfgen.canvas import Canvas

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_ON = 'text:is-hidden="true"'
_WRAPS: tuple[tuple[str, str], ...] = (
    ("<text:p>", "</text:p>"), ('<text:h text:outline-level="2">', "</text:h>"), ("<text:list><text:list-item><text:p>",
    "</text:p></text:list-item></text:list>"),
    ("<text:p>Nota<office:annotation><text:p>", "</text:p></office:annotation></text:p>"),
    (f'<text:p>Vedi<text:hidden-text {_ON}>', "</text:hidden-text></text:p>"),
    (f"<text:p><text:hidden-paragraph {_ON}/>", "</text:p>"),
    ('<text:section text:display="none"><text:p>', "</text:p></text:section>"),
    ('<text:change text:change-id="c"/><text:p>', '<text:change text:change-id="c"/></text:p>'),
)  # fmt: skip
_TAGS = re.compile(r'<[^>]+>|"[^"]*"')


def _text(value: Any) -> str:
    return _ILLEGAL.sub(" ", str("" if value is None else value))[:2000]


def odt_of(rows: list[list[Any]], chance: random.Random) -> bytes:
    """A text with the rows as paragraphs of every sort or as a table, its XML sometimes in disorder."""
    deleted = "".join(f"<text:p>{escape(_text(row[0]))}</text:p>" for row in rows[:2])
    parts = [f'<text:tracked-changes><text:changed-region text:id="c"><text:deletion>{deleted}</text:deletion>'
             "</text:changed-region></text:tracked-changes>"]  # fmt: skip
    for row in rows:
        if chance.random() < 0.5:
            cells = "".join(f"<table:table-cell><text:p>{escape(_text(cell))}</text:p></table:table-cell>" for cell in row)
            parts.append(f"<table:table><table:table-row>{cells}</table:table-row></table:table>")
        else:
            begin, end = chance.choice(_WRAPS)
            parts.append(begin + escape(_text(": ".join(map(_text, row[:2])))) + end)
    body = "".join(parts).replace("</table:table><table:table>", "")
    for _ in range(chance.choice((0, 0, 1, 5))):
        places = [(m.start(), m.end()) for m in _TAGS.finditer(body)]
        begin, end = chance.choice(places)
        other = chance.choice(places)
        body = body[:begin] + chance.choice(("", body[begin:end] * 2, body[slice(*other)], '"-1"')) + body[end:]
    names = " ".join(f'xmlns:{short}="{_SPACE}:{short}:1.0"' for short in ("office", "table", "text"))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        begin, end = f"<office:document-content {names}><office:body><office:text>", "</office:text></office:body>"
        package.writestr("content.xml", f"{begin}{body}{end}</office:document-content>")
    return out.getvalue()


def form_of(rows: list[list[Any]], chance: random.Random) -> bytes:
    """A PDF with the rows as fields and annotations at random places, also off the page; its bytes sometimes in disorder."""
    out = BytesIO()
    canvas = Canvas(out)
    for n, row in enumerate(rows[:60]):
        canvas.drawString(20, 800 - 12 * n, _text(row[0])[:60])
        place = {"x": chance.randint(-50, 600), "y": chance.randint(-50, 850)}
        size = {"width": chance.randint(1, 400), "height": chance.randint(1, 200)}
        value = re.sub(r"[^\x20-\x7eà-ü]", " ", _text(row[-1]))[: chance.choice((5, 80, 2000))]
        if chance.random() < 0.7:
            flags = chance.choice(("", "password", "multiline", "comb"))
            canvas.acroForm.textfield(name=f"n{n}", value=value, maxlen=5000, fieldFlags=flags, **place, **size)
        else:
            canvas.acroForm.checkbox(name=f"n{n}", checked=chance.random() < 0.5, size=chance.randint(1, 40), **place)
    canvas.save()
    writer = PdfWriter(clone_from=BytesIO(out.getvalue()))
    for row in rows[: chance.choice((0, 5, 40))]:
        left, low = chance.randint(-50, 600), chance.randint(-50, 850)
        kind: Callable[..., Any] = chance.choice((FreeText, Text))
        writer.add_annotation(0, kind(text=_text(row[0]), rect=(left, low, left + chance.randint(-50, 300), low + 40)))
    writer.pages[0].rotate(chance.choice((0, 0, 90, 180, 270)))
    out = BytesIO()
    writer.write(out)
    data = bytearray(out.getvalue())
    for _ in range(chance.choice((0, 0, 1, 10))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)
