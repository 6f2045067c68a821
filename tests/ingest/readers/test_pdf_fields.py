"""What is written over a PDF page (ISO 32000-2, 12.5 annotations, 12.7 forms): its words are read in their place, or counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Highlight, Text
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import Blocks
from ingest.readers import pdf_fields, read_blocks

Draw = Callable[[Canvas], object]
Change = Callable[[PdfWriter], object]


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Blocks]:
    """The blocks of a page drawn with its fields, then changed as a writer of another program would."""

    def make(draw: Draw, change: Change | None = None) -> Blocks:
        path = tmp_path / "modulo.pdf"
        canvas = Canvas(str(path))
        draw(canvas)
        canvas.save()
        if change is not None:
            writer = PdfWriter(clone_from=path)
            change(writer)
            writer.write(path)
        return read_blocks(path)

    return make


def field(canvas: Canvas, value: str, **more: object) -> None:
    canvas.drawString(60, 780, "Obiettivo:")
    canvas.acroForm.textfield(**{"name": "ob", "value": value, "x": 130, "y": 770, "width": 200, "height": 20, **more})


def no_looks(writer: PdfWriter) -> None:
    """Take the drawn appearances away: some programs write the value alone."""
    for annotation in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        annotation.get_object().pop("/AP", None)


def texts(blocks: Blocks) -> list[str]:
    return [block.text for block in blocks.blocks if block.kind != "table"]


def said(blocks: Blocks) -> list[str]:
    return [message for message, _ in blocks.warnings]


@pytest.mark.parametrize("change", [None, no_looks])
def test_the_value_of_a_text_field_is_read_beside_its_label(form: Callable[..., Blocks], change: Change | None) -> None:
    blocks = form(lambda canvas: field(canvas, "Ridurre i tempi medi"), change)
    assert texts(blocks) == ["Obiettivo: Ridurre i tempi medi"]
    assert said(blocks) == []
    assert blocks.page_texts[0].replace(" ", "").endswith("Ridurreitempimedi")


def test_fields_in_a_ruled_table_are_in_their_cells(form: Callable[..., Blocks]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 200, 300], [700, 730, 760])
        for text, x, y in (("Obiettivo", 65, 740), ("Target", 205, 740)):
            canvas.drawString(x, y, text)
        for value, x in (("Aprire lo sportello", 62), ("30", 202)):
            canvas.acroForm.textfield(name=value, value=value, x=x, y=703, width=95, height=24, fontSize=8)

    (table,) = [block for block in form(draw).blocks if block.kind == "table"]
    assert [row.cells for row in table.rows] == [("Obiettivo", "Target"), ("Aprire lo sportello", "30")]


def test_a_field_on_a_turned_page(form: Callable[..., Blocks]) -> None:
    def turned(writer: PdfWriter) -> None:
        no_looks(writer)
        writer.pages[0].rotate(90)

    blocks = form(lambda canvas: field(canvas, "Tempi"), turned)
    assert "Tempi" in " ".join(texts(blocks))


def test_tick_boxes_and_choices(form: Callable[..., Blocks]) -> None:
    def draw(canvas: Canvas) -> None:
        for y, name, checked in ((700, "Raggiunto", True), (670, "Sospeso", False)):
            canvas.acroForm.checkbox(name=name, checked=checked, x=60, y=y, size=15)
            canvas.drawString(80, y + 2, name)
        canvas.acroForm.choice(name="s", value="Tributi", options=["Tributi", "Scuola"], x=60, y=640, width=100, height=20)
        canvas.acroForm.listbox(name="l", value="Mensa", options=["Mensa", "Sport"], x=60, y=560, width=100, height=60)

    assert texts(form(draw)) == ["☒ Raggiunto", "☐ Sospeso", "Tributi", "Mensa"]


@pytest.mark.parametrize("more", [{"annotationFlags": "hidden"}, {"fieldFlags": "password"}])
def test_hidden_and_secret_values_are_counted_and_not_read(form: Callable[..., Blocks], more: dict[str, str]) -> None:
    blocks = form(lambda canvas: field(canvas, "segreto", **more))
    assert "segreto" not in str(blocks)
    (message,) = said(blocks)
    assert message.endswith("(nascosti, protetti o troppi): 1 (pagina 1)")


def test_free_text_is_read_and_comments_are_counted(form: Callable[..., Blocks]) -> None:
    def change(writer: PdfWriter) -> None:
        writer.add_annotation(0, FreeText(text="Approvato con modifiche", rect=(300, 600, 500, 660)))
        writer.add_annotation(0, Text(text="da rivedere", rect=(300, 500, 320, 520)))
        quads = ArrayObject([FloatObject(n) for n in (60, 790, 100, 790, 60, 775, 100, 775)])
        writer.add_annotation(0, Highlight(rect=(60, 775, 100, 790), quad_points=quads))

    blocks = form(lambda canvas: canvas.drawString(60, 780, "Testo"), change)
    assert texts(blocks) == ["Testo", "Approvato con modifiche"]
    assert said(blocks) == ["commenti a margine non letti: 1 (pagina 1)"]


def test_an_annotation_that_strikes_words_is_told(form: Callable[..., Blocks]) -> None:
    def change(writer: PdfWriter) -> None:
        quads = ArrayObject([FloatObject(n) for n in (60, 790, 100, 790, 60, 775, 100, 775)])
        mark = Highlight(rect=(60, 775, 100, 790), quad_points=quads)
        mark[NameObject("/Subtype")] = NameObject("/StrikeOut")
        writer.add_annotation(0, mark)

    assert said(form(lambda canvas: canvas.drawString(60, 780, "Testo"), change)) == [
        "brani barrati con un'annotazione, letti come testo in vigore: 1 (pagina 1)"]


def test_a_scan_with_a_note_on_it_is_still_a_scan(form: Callable[..., Blocks], tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (40, 40), "grey").save(tmp_path / "p.png")
    blocks = form(lambda canvas: (canvas.drawImage(ImageReader(str(tmp_path / "p.png")), 0, 0, 595, 842), field(canvas, "Visto")))
    assert said(blocks) == []
    blocks = form(lambda canvas: canvas.drawImage(ImageReader(str(tmp_path / "p.png")), 0, 0, 595, 842),
                  lambda writer: writer.add_annotation(0, FreeText(text="Visto", rect=(300, 600, 500, 660))))
    assert texts(blocks) == ["Visto"]
    assert said(blocks) == ["pagina 1: nessun testo estraibile, probabile scansione"]


def test_the_file_is_not_changed(form: Callable[..., Blocks], tmp_path: Path) -> None:
    form(lambda canvas: field(canvas, "Tempi"))
    before = (tmp_path / "modulo.pdf").read_bytes()
    read_blocks(tmp_path / "modulo.pdf")
    assert (tmp_path / "modulo.pdf").read_bytes() == before
    assert len(PdfReader(tmp_path / "modulo.pdf").pages[0]["/Annots"]) == 1  # type: ignore[arg-type]


def test_too_many_annotations_on_a_page_are_counted(form: Callable[..., Blocks], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_fields, "MAX_NOTES", 3)

    def change(writer: PdfWriter) -> None:
        for _ in range(4):
            writer.add_annotation(0, FreeText(text="nota", rect=(300, 600, 500, 660)))

    blocks = form(lambda canvas: canvas.drawString(60, 780, "Testo"), change)
    assert texts(blocks) == ["Testo"]
    assert said(blocks)[0].endswith(": 4 (pagina 1)")


def test_fields_that_are_their_own_parents_and_values_without_end(form: Callable[..., Blocks]) -> None:
    def change(writer: PdfWriter) -> None:
        (one,) = writer.pages[0]["/Annots"]  # type: ignore[misc]
        found = one.get_object()
        found[NameObject("/Parent")] = one
        found[NameObject("/Kids")] = ArrayObject([one])
        looks = DictionaryObject({NameObject("/N"): found["/AP"]["/N"]})
        looks[NameObject("/N")].get_object()[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/A"): found["/AP"].raw_get("/N")})})

    blocks = form(lambda canvas: field(canvas, "Tempi"), change)
    assert texts(blocks)[0].startswith("Obiettivo:")
    blocks = form(lambda canvas: field(canvas, "a" * 30_000))
    assert texts(blocks)[0].startswith("Obiettivo:")
    assert said(blocks)[0].startswith("campi del modulo")
