"""Hostile and broken files: each one a clear Italian line, within the limits; none takes the program down.

The files are made here (``makers``). Those that could hang or swell the reader are read in its own process.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cards.errors import LimitExceeded, PiaoError, UnreadableFile
from ingest.files import find_files
from ingest.limits import MB, Limits
from ingest.reading import read
from ingest.worker import read_safely

from .makers import (
    LAUGHS,
    ODS,
    W,
    archive,
    changed,
    encrypted_pdf,
    excel,
    excel_sheet,
    ods,
    ole,
    pdf,
    png,
    raw_pdf,
    scan,
    word,
    word_body,
    word_with,
)

LIMITS = Limits(max_bytes=4 * MB, max_pages=50, max_unpacked=30 * MB, max_cells=50_000, seconds=60, memory_mb=2500)
Maker = Callable[[], bytes]
CATALOG, PAGES = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
DAMAGED = "danneggiat|incomplet|troncat|non è un PDF|non ha pagine"


def cell(n: int, text: str = "x") -> str:
    return f'<table:table-cell table:number-columns-repeated="{n}"><text:p>{text}</text:p></table:table-cell>'


ROW = "<row><c {}><v>99999</v></c></row>"
OPEN, CLOSE = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
SHEET: dict[str, str | bytes] = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
WIDE = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>'


def with_part(name: str, body: str, encoding: str = "utf-8") -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda members: {**members, name: body.encode(encoding)}


def without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda members: {k: v for k, v in members.items() if k != name}


REFUSED: list[tuple[str, Maker, str]] = [
    # text
    ("vuoto.txt", lambda: b"", "vuoto"),
    ("bianco.txt", lambda: b" \r\n\t \n", "vuoto"),
    ("nulli.txt", lambda: b"Obiettivo\x00\x00 uno", "caratteri nulli"),
    ("solo_nulli.txt", lambda: b"\x00" * 3000, "vuoto"),
    ("utf16.txt", lambda: b"\xff\xfeO\x00b\x00i", "UTF-16"),
    ("programma.txt", lambda: b"MZ\x90\x00\x03" + b"\x00" * 100, "non corrisponde"),
    ("figura.txt", png, "non corrisponde"),
    ("ricco.txt", lambda: b"{\\rtf1 ciao}", "non corrisponde"),
    ("grande.txt", lambda: b"parola " * 700_000, "oltre il limite"),
    ("celle.txt", lambda: b"a\t" * 60_000, "celle"),
    ("appunti.xyz", lambda: b"ciao", "non riconosciuto"),
    ("appunti", lambda: b"ciao", "non riconosciuto"),
    ("figura.png", png, "non riconosciuto"),
    # PDF
    ("vuoto.pdf", lambda: b"", "vuoto"),
    ("un_byte.pdf", lambda: b"%", "non è un PDF"),
    ("testo.pdf", lambda: b"Non sono un PDF", "non è un PDF"),
    ("intestazione.pdf", lambda: b"%PDF-1.7\n", DAMAGED),
    ("tronco_30.pdf", lambda: pdf(5)[: len(pdf(5)) * 3 // 10], DAMAGED),
    ("tronco_60.pdf", lambda: pdf(5)[: len(pdf(5)) * 6 // 10], DAMAGED),
    ("tronco_95.pdf", lambda: pdf(5)[: len(pdf(5)) * 95 // 100], DAMAGED),
    ("senza_fine.pdf", lambda: pdf().replace(b"%%EOF", b""), DAMAGED),
    ("rumore.pdf", lambda: b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"\n%%EOF", DAMAGED),
    ("rc4.pdf", lambda: encrypted_pdf("RC4-128"), "password"),
    ("aes.pdf", lambda: encrypted_pdf("AES-256"), "password"),
    ("scansione.pdf", scan, "pagine 1-2: nessun testo estraibile, probabile scansione"),
    ("scansione_una.pdf", lambda: scan(1), "pagina 1: nessun testo estraibile, probabile scansione"),
    ("bianche.pdf", lambda: pdf(3, ""), "non contiene testo"),
    ("lungo.pdf", lambda: pdf(60), "60 pagine"),
    ("zero_pagine.pdf", lambda: raw_pdf(CATALOG, "<</Type/Pages/Kids[]/Count 0>>"), DAMAGED),
    ("senza_pagine.pdf", lambda: raw_pdf("<</Type/Catalog>>"), DAMAGED),
    ("senza_radice.pdf", lambda: raw_pdf(CATALOG, PAGES, root=9), DAMAGED),
    ("pagine_in_tondo.pdf", lambda: raw_pdf(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), DAMAGED + "|testo"),
    ("riferimento_in_tondo.pdf", lambda: raw_pdf("1 0 R", "2 0 R"), DAMAGED),
    ("xref_in_tondo.pdf", lambda: raw_pdf(CATALOG, "<</Type/Pages/Kids[]/Count 0>>", trailer="/Prev 9"), DAMAGED),
    ("pagina_assente.pdf", lambda: raw_pdf(CATALOG, PAGES), DAMAGED + "|testo"),
    ("annidato.pdf", lambda: raw_pdf("[" * 50_000 + "]" * 50_000, PAGES), DAMAGED),
    # Word
    ("vuoto.docx", lambda: b"", "vuoto"),
    ("testo.docx", lambda: b"Non sono un documento Word", "non è un vero .docx"),
    ("tronco.docx", lambda: word()[:9000], "danneggiato"),
    ("crc.docx", lambda: word().replace(b"word/document.xml", b"word/documenX.xml", 1), "danneggiat|manca"),
    ("senza_testo.docx", lambda: changed(word(), without("word/document.xml")), "word/document.xml"),
    ("archivio.docx", lambda: archive({"a.txt": "ciao"}), "archivio zip"),
    ("testo_aperto.docx", lambda: archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "danneggiato"),
    ("vecchio.docx", lambda: ole("WordDocument"), r"\.doc\)"),
    ("cifrato.docx", lambda: ole("EncryptedPackage"), "password"),
    ("ricco.docx", lambda: b"{\\rtf1 ciao}", "non è un vero .docx"),
    ("senza_contenuti.docx", lambda: changed(word(), without("[Content_Types].xml")), "danneggiato"),
    ("xml_rotto.docx", lambda: word_with(f"<w:document {W}><w:body><w:p>"), "danneggiato"),
    ("nessuna_parola.docx", lambda: word_body(""), "non contiene testo"),
    ("risate.docx", lambda: word_with(LAUGHS + f"]><w:document {W}>&a8;</w:document>"), "DOCTYPE"),
    ("risate16.docx", lambda: changed(word(), with_part("word/document.xml", LAUGHS + "]><x/>", "utf-16")), "DOCTYPE"),
    ("entita.docx", lambda: word_with('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'), "DOCTYPE"),
    ("bomba.docx", lambda: changed(word(), lambda m: {**m, "word/media/x.bin": b"\0" * (40 * MB)}), "occuperebbe"),
    ("risale.docx", lambda: changed(word(), lambda m: {**m, "../../evil.sh": b"x"}), "percorsi che escono"),
    ("assoluto.docx", lambda: changed(word(), lambda m: {**m, "/etc/cron.d/x": b"x"}), "percorsi che escono"),
    ("finestre.docx", lambda: changed(word(), lambda m: {**m, "C:\\x\\y": b"x"}), "percorsi che escono"),
    ("folla.docx", lambda: archive({"word/document.xml": "<x/>"} | {f"f{i}": "" for i in range(20_001)}), "troppi"),
    ("matrioska.docx", lambda: word_body(OPEN * 3000 + CLOSE * 3000), "danneggiato|annidat"),
    ("largo.docx", lambda: word_body("<w:tbl>" + WIDE * 60 + "</w:tbl>"), "celle"),
    # Excel
    ("vuoto.xlsx", lambda: b"", "vuoto"),
    ("testo.xlsx", lambda: b"Obiettivo;Target", "non è un vero .xlsx"),
    ("tronco.xlsx", lambda: excel()[:3000], "danneggiato"),
    ("cifrato.xlsx", lambda: ole("EncryptedPackage"), "password"),
    ("senza_dati.xlsx", lambda: excel([]), "non contiene dati"),
    ("xml_rotto.xlsx", lambda: excel_sheet("<sheetData><row><c>"), "danneggiato"),
    ("troppe_celle.xlsx", lambda: excel_sheet("<sheetData>" + ROW.format('t="n"') * 51_000 + "</sheetData>"), "celle"),
    ("tutto_unito.xlsx", lambda: excel_sheet(
        "<sheetData>" + ROW.format('r="A1"') + '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "celle"),
    ("fuori_colonna.xlsx", lambda: excel_sheet("<sheetData>" + ROW.format('r="ABCDEF1"') + "</sheetData>"), "danneggiato"),
    ("stringa_assente.xlsx", lambda: excel_sheet("<sheetData>" + ROW.format('r="A1" t="s"') + "</sheetData>"), "danneggiato"),
    ("risate.xlsx", lambda: changed(excel(), with_part("xl/sharedStrings.xml", LAUGHS + "]><sst>&a8;</sst>")), "DOCTYPE"),
    ("bomba.xlsx", lambda: excel_sheet("<sheetData/>" + " " * (40 * MB)), "occuperebbe"),
    ("senza_legami.xlsx", lambda: changed(excel(), without("xl/_rels/workbook.xml.rels")), "danneggiato"),
    # OpenDocument, old Excel
    ("vuoto.ods", lambda: ods('<table:table table:name="F"/>'), "non contiene dati"),
    ("rotto.ods", lambda: archive(SHEET | {"content.xml": "<x>"}), "danneggiato"),
    ("senza_contenuto.ods", lambda: archive(SHEET), "danneggiato"),
    ("ripete.ods", lambda: ods(f"<table:table><table:table-row>{cell(10**9)}</table:table-row></table:table>"), "celle"),
    ("ripete_righe.ods", lambda: ods(
        "<table:table>" + f'<table:table-row table:number-rows-repeated="99999999">{cell(2)}</table:table-row></table:table>'),
     "celle"),
    ("risate.ods", lambda: archive(SHEET | {"content.xml": LAUGHS + "]>" + ODS}), "DOCTYPE"),
    ("cifrato.ods", lambda: ods("", **{"META-INF__manifest.xml": "<manifest:encryption-data/>"}), "password"),
    ("rumore.xls", lambda: b"\x01\x02rumore" * 400, "non è un vero file Excel"),
    ("tronco.xls", lambda: ole("Workbook")[:1500], "danneggiato"),
    ("finto.xls", lambda: ole("Workbook"), "danneggiato"),
    # CSV and HTML
    ("nulli.csv", lambda: b"a;b\n\x00;1", "caratteri nulli"),
    ("separatori.csv", lambda: b";;;\n;;;\n", "non contiene dati"),
    ("milione.csv", lambda: b"a;" * 1_000_000, "troppe celle"),
    ("virgolette.csv", lambda: b'a;"' + b"x" * 200_000 + b"\nb;2", "CSV non valido"),
    ("vuota.html", lambda: b"<html><body><script>x</script></body></html>", "non contiene testo"),
    ("profonda.html", lambda: b"<html><body>" + b"<div>" * 5000 + b"x", "annidata|non contiene|non è leggibile"),
    ("nulli.html", lambda: b"<html>\x00</html>", "caratteri nulli"),
    ("colonne.html", lambda: b"<table>" + b'<tr><td colspan="999999999">x<td>y' * 200 + b"</table>", "celle"),
]  # fmt: skip


def one_line(error: PiaoError, name: str) -> str:
    text = str(error)
    assert "\n" not in text
    assert text.startswith(name) or f"/{name}" in text, text
    assert text.endswith("."), text
    assert "Traceback" not in text
    return text


@pytest.mark.parametrize(("name", "make", "says"), REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_with_a_clear_line(tmp_path: Path, name: str, make: Maker, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(UnreadableFile) as caught:
        read(path, LIMITS)
    assert re.search(says, one_line(caught.value, name)), str(caught.value)


def test_more_than_sixty() -> None:
    assert len(REFUSED) >= 60


#: Files that are strange and yet read: by what they contain, or with a note in the report.
FORM = raw_pdf(CATALOG, PAGES, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>"
               "/Font<</A<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
               "<</Length 41>>\nstream\nBT /A 12 Tf 20 100 Td (Ciao) Tj ET /F Do \nendstream",
               "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>/Length 5>>\n"
               "stream\n/F Do\nendstream")  # fmt: skip
READ: list[tuple[str, Maker, str]] = [
    ("word_col_nome.pdf", word, "Obiettivo di prova"),
    ("pdf_col_nome.docx", pdf, "Obiettivo di prova"),
    ("pdf_col_nome.txt", pdf, "Obiettivo di prova"),
    ("pagina.txt", lambda: b"<!DOCTYPE html><html><body><p>Ciao</p></body></html>", "Ciao"),
    ("pagina.xls", lambda: b"<html><body><table><tr><td>Ciao<td>1</table></body></html>", "Ciao"),
    ("forma_in_tondo.pdf", lambda: FORM, "Ciao"),
    ("ultima_cella.xlsx", lambda: excel_sheet(
        '<sheetData><row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData>"), "7"),
    ("riferimenti_esterni.docx", lambda: changed(word("Ciao"), lambda m: {**m, "word/_rels/document.xml.rels": m[
        "word/_rels/document.xml.rels"].replace(b"</Relationships>", b'<Relationship Id="x9" TargetMode="External" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:1/x"/></Relationships>')}),
     "Ciao"),
    ("misto.txt", lambda: "città\n".encode() + "perché\n".encode("cp1252"), "città"),
    ("controllo.txt", lambda: b"Obi\x07ettivo\x1b[31m", "Obiettivo[31m"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "holds"), READ, ids=[case[0] for case in READ])
def test_strange_and_yet_read(tmp_path: Path, name: str, make: Maker, holds: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    reading = read_safely(path, LIMITS)
    assert any(holds in passage.text for passage in reading.passages), reading.passages


def test_mixed_encodings_are_told(tmp_path: Path) -> None:
    path = tmp_path / "misto.txt"
    path.write_bytes("città\n".encode() + "perché\n".encode("cp1252"))
    reading = read(path)
    assert [p.text for p in reading.paragraphs] == ["città", "perché"]
    assert [(w.line, "Windows-1252" in w.message) for w in reading.warnings] == [(2, True)]


def test_a_scanned_page_among_others_is_told(tmp_path: Path) -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for data in (pdf(), scan(1), pdf()):
        writer.append(PdfReader(io.BytesIO(data)))
    path = tmp_path / "misto.pdf"
    with path.open("wb") as file:
        writer.write(file)
    reading = read(path)
    assert [(w.page, "probabile scansione" in w.message) for w in reading.warnings] == [(2, True)]
    assert [p.page for p in reading.paragraphs] == [1, 3]


@pytest.mark.parametrize("name", ["assente.pdf", "assente/dentro.txt"])
def test_missing_file(tmp_path: Path, name: str) -> None:
    for reader in (read, read_safely):
        with pytest.raises(UnreadableFile, match="non esiste"):
            reader(tmp_path / name)


def test_impossible_paths(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cartella, non un file"):
        read(tmp_path)
    with pytest.raises(UnreadableFile):
        read(tmp_path / ("x" * 300 + ".txt"))
    with pytest.raises(UnreadableFile, match="percorso non è valido|non esiste"):
        read("a\x00b.txt")
    os.mkfifo(tmp_path / "tubo.txt")
    with pytest.raises(UnreadableFile, match="non è un file normale"):
        read(tmp_path / "tubo.txt")


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "immagini").mkdir()
    (tmp_path / "immagini" / "a.png").write_bytes(png())
    with pytest.raises(UnreadableFile, match="non ci sono file leggibili"):
        find_files([tmp_path])
    with pytest.raises(UnreadableFile, match="non esiste"):
        find_files([tmp_path / "altrove"])
    (tmp_path / "b.txt").write_text("b")
    (tmp_path / ".nascosto.txt").write_text("x")
    (tmp_path / "~$aperto.docx").write_text("x")
    (tmp_path / "immagini" / "c.PDF").write_bytes(pdf())
    (tmp_path / "fuori.txt").symlink_to("/etc/hostname")
    assert [p.name for p in find_files([tmp_path, tmp_path / "b.txt"])] == ["b.txt", "c.PDF"]


def test_time_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "lento.txt"
    path.write_text("ciao")
    with pytest.raises(LimitExceeded, match="ha superato 0.05 secondi"):
        read_safely(path, Limits(seconds=0.05))


def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "grosso.txt"
    path.write_bytes(b"parola e numero 12\tcella\n" * 700_000)
    with pytest.raises(LimitExceeded, match="400 MB di memoria"):
        read_safely(path, Limits(memory_mb=400))


def test_a_bomb_inside_a_pdf_stream(tmp_path: Path) -> None:
    """A content stream that inflates a thousandfold is cut by the limits, or read for what it is: never a hang."""
    import zlib

    data = zlib.compress(b"0 0 m 1 1 l S\n" * 8_000_000, 9)
    path = tmp_path / "gonfio.pdf"
    head = f"<</Length {len(data)}/Filter/FlateDecode>>\nstream\n"
    path.write_bytes(raw_pdf(CATALOG, PAGES, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>",
                             head + data.decode("latin-1") + "\nendstream"))  # fmt: skip
    with pytest.raises(UnreadableFile):
        read_safely(path, Limits(seconds=20, memory_mb=1500))


def test_the_process_says_what_the_reader_says(tmp_path: Path) -> None:
    path = tmp_path / "testo.docx"
    path.write_bytes(b"Non sono un documento Word")
    with pytest.raises(UnreadableFile, match="^caricato.docx: non è un vero .docx"):
        read_safely(path, LIMITS, name="caricato.docx")


def test_limits_come_from_settings() -> None:
    from settings import Settings

    limits = Limits.from_settings(Settings(max_file_mb=1, max_pages=3, read_seconds=7))
    assert (limits.max_bytes, limits.max_pages, limits.seconds) == (MB, 3, 7)


def test_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "bugia.docx"
    path.write_bytes(word_body(f"<w:p><w:r><w:t>{'x' * 100_000}</w:t></w:r></w:p>"))
    with zipfile.ZipFile(path) as file:
        info = file.getinfo("word/document.xml")
        data = bytearray(path.read_bytes())
    real = info.file_size.to_bytes(4, "little")
    path.write_bytes(bytes(data).replace(real, (10).to_bytes(4, "little")))
    with pytest.raises(UnreadableFile, match="danneggiat"):
        read(path, LIMITS)
