"""How hostile and broken files are made: small builders of PDFs, archives and workbooks with one thing wrong in each."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ah">' + "".join(
    f'<!ENTITY a{i} "{("&a" + (str(i - 1) if i else "") + ";") * 10}">' for i in range(9)
)


def pdf(pages: int = 1, text: str = "Obiettivo di prova") -> bytes:
    """A plain PDF with a line a page; without text its pages are blank."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        if text:
            canvas.drawString(72, 700, f"{text} {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def png() -> bytes:
    """A grey square."""
    raw = b"".join(b"\x00" + b"\x80" * 20 for _ in range(20))

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 20, 20, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(raw)) + part(b"IEND", b"")


def scan(pages: int = 2) -> bytes:
    """A PDF of pictures alone."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.drawImage(ImageReader(io.BytesIO(png())), 50, 50, 400, 600)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def encrypted_pdf(algorithm: str) -> bytes:
    """A PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    writer.encrypt("segreta", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def raw_pdf(*objects: str, root: int = 1, trailer: str = "") -> bytes:
    """A PDF written by hand, objects numbered from 1."""
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()


def archive(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return out.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> bytes:
    """An archive with its members changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return archive(dict(change(members)))


def word(text: str = "Obiettivo di prova") -> bytes:
    """A plain Word document."""
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with(body: str) -> bytes:
    """A Word document with this XML as its text."""
    return changed(word(), lambda m: {**m, "word/document.xml": body.encode()})


def word_body(inside: str) -> bytes:
    """A Word document with this XML in its body."""
    return word_with(f'<?xml version="1.0"?><w:document {W}><w:body>{inside}</w:body></w:document>')


def excel(rows: list[list[object]] | None = None) -> bytes:
    """A plain workbook."""
    book = openpyxl.Workbook()
    for row in [["Obiettivo", "Target"], ["Uno", 1]] if rows is None else rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel_sheet(inside: str) -> bytes:
    """A workbook whose first sheet is this XML."""
    sheet = f'<?xml version="1.0"?><worksheet {S}>{inside}</worksheet>'
    return changed(excel(), lambda m: {**m, "xl/worksheets/sheet1.xml": sheet.encode()})


def ods(inside: str, **more: str | bytes) -> bytes:
    """An OpenDocument sheet with this XML as its tables."""
    members: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    return archive(members | {"content.xml": ODS.format(inside)} | {k.replace("__", "/"): v for k, v in more.items()})


def ole(*names: str) -> bytes:
    """The beginning of an old Office file with these streams named in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + b"".join(n.encode("utf-16-le") for n in names) + b"\x00" * 2048
