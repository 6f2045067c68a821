"""The body's own Word template: names filled as text, and every template that is wrong or hostile refused with its reason."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

import exports.template
from cards.errors import LimitExceeded, PiaoError, UnreadableFile
from cards.model import Card, Indicator, Phase
from exports import export_template
from exports.template import MAX_BYTES, NAMES, context, fill_template
from exports.template_starter import starter_template
from ingest.reading import read
from settings import Settings
from ui.template_upload import FILE, SAMPLE, keep_template, template_bytes

LOOP = ("{%p for scheda in schede %}", "{{ scheda.titolo }}", "{%p endfor %}")


def made(*paragraphs: str) -> bytes:
    """A template of these paragraphs."""
    book, out = Document(), io.BytesIO()
    for text in paragraphs:
        book.add_paragraph(text)
    book.save(out)
    return out.getvalue()


def repacked(template: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The template with its parts changed, and more parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, data in more.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def linked(kind: str, target: str) -> bytes:
    """A template with an external relationship."""
    relation = (f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
                f'Target="{target}" TargetMode="External"/></Relationships>').encode()
    return repacked(made(*LOOP), lambda name, data: data.replace(b"</Relationships>", relation) if name == "word/_rels/document.xml.rels" else data)


def paragraphs(content: bytes) -> list[str]:
    return [one.text for one in Document(io.BytesIO(content)).paragraphs]


def test_the_starter_template_is_filled_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "piano.docx"
    path.write_bytes(fill_template(starter_template(), [SAMPLE]))
    found = next(card for card in read(path).cards if card.title == SAMPLE.title)
    assert (found.unit, found.weight, found.responsible) == (SAMPLE.unit, SAMPLE.weight, SAMPLE.responsible)
    assert [(one.text, one.weight, one.end) for one in found.phases] == [(one.text, one.weight, one.end) for one in SAMPLE.phases]
    assert [(one.name, one.baseline, one.targets, one.actuals) for one in found.indicators] == [
        ("Giorni medi di risposta", "24", {"2027": "≤ 20"}, {"2027": "19"})]


def test_every_card_is_printed_in_order_with_every_name_that_is_listed() -> None:
    lines = [f"{{{{ {name} }}}}" for name in ("ente", "anno")] + ["{%p for scheda in schede %}"]
    lines += [f"scheda.{name}={{{{ scheda.{name} }}}}" for name in NAMES["scheda"] if name not in ("fasi", "indicatori")]
    for one, plural in (("fase", "fasi"), ("indicatore", "indicatori")):
        lines += [f"{{%p for {one} in scheda.{plural} %}}", *(f"{one}.{name}={{{{ {one}.{name} }}}}" for name in NAMES[one]), "{%p endfor %}"]
    text = paragraphs(fill_template(made(*lines, "{%p endfor %}"), [SAMPLE, SAMPLE.replace(title="Seconda")]))
    assert text[:2] == ["Comune di esempio", "2027"]
    assert [line for line in text if line.startswith("scheda.titolo")] == [f"scheda.titolo={SAMPLE.title}", "scheda.titolo=Seconda"]
    for wanted in ("scheda.finalita=Ridurre le attese", "scheda.servizio=Settore Servizi", "scheda.responsabile=Anna Bianchi", "fase.numero=2",
                   "fase.inizio=01/07/2027", "indicatore.base=24", "indicatore.atteso=≤ 20", "indicatore.raggiunto=19", "indicatore.unita=giorni"):
        assert wanted in text


def test_what_a_card_says_is_text_and_never_markup_or_a_command() -> None:
    hostile = '</w:t></w:r></w:p><w:p><w:r><w:t>altro & "<b>" {{ ente }} {% for x in y %} \x07\x0c'
    content = fill_template(made("{{ schede[0].titolo }}", "{{ schede[0].descrizione }}"), [Card(title=hostile, description="uno\ndue", entity="E")])
    text = paragraphs(content)
    assert text == [hostile.replace("\x07\x0c", ""), "uno\ndue"]


def test_what_a_variation_took_out_is_not_printed_and_only_the_year_of_the_card_counts() -> None:
    card = Card(year=2027, phases=(Phase(text="via", status="eliminated"), Phase(text="resta")), indicators=(
        Indicator(name="I", targets={"2026": "1", "2027": "2"}), Indicator(name="X", status="replaced")))
    sheet = context([card])["schede"][0]
    assert [one["testo"] for one in sheet["fasi"]] == ["resta"]
    assert [(one["nome"], one["atteso"], one["raggiunto"]) for one in sheet["indicatori"]] == [("I", "2", "")]


@pytest.mark.parametrize(("lines", "words"), [
    (("{{ comune }}",), "«comune», che non esiste"),
    (("{% for s in schede %}{{ s.assessore }}{% endfor %}",), "«assessore», che non esiste"),
    (("{% for s in schede %}{{ s.titolo }}",), "scritto male"),
    (("{{ ente",), "scritto male"),
    (("{{ ente | sicuro }}",), "scritto male"),
    (("{{ ente | safe }}",), "scritto male"),
    (("{% autoescape false %}{{ ente }}{% endautoescape %}",), "non è ammesso"),
    (("{% include 'altro' %}{{ ente }}",), "non è ammesso"),
    (("{{ ente.__class__.__mro__ }}",), "vietato|non esiste"),
    (("{{ ''.__class__.__base__.__subclasses__() }}",), "vietato|non esiste"),
    (("{{ schede.append(1) }}{{ ente }}",), "vietato"),
    (("{{ schede }}",), "stampa un elenco"),
    (("{{ 1 // 0 }}{{ ente }}",), "non si può eseguire"),
    (("{%tr for s in schede %}", "{{ s.titolo }}"), "scritto male|spezza"),
    (("Nessun nome",), "nessun nome da riempire"),
])  # fmt: skip
def test_a_template_that_is_wrong_is_refused_with_the_reason(lines: tuple[str, ...], words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        fill_template(made(*lines), [SAMPLE])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("line", [
    "{% for i in range(10**9) %}{{ ente }}{% endfor %}",
    "{% for i in range(99999) %}{% for k in range(99999) %}{{ ente }}{% endfor %}{% endfor %}",
    "{{ ente * 10**10 }}",
    "{{ 'a' * 10**8 }}{{ ente }}",
])  # fmt: skip
def test_a_template_that_repeats_too_much_is_stopped(line: str) -> None:
    with pytest.raises(LimitExceeded, match="troppo|troppa|supera"):
        fill_template(made(line), [SAMPLE])


def test_a_template_that_computes_for_ever_is_stopped_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports.template, "SECONDS", 3.0)
    line = "{% for i in range(99999) %}{% for k in range(99999) %}{% endfor %}{% endfor %}{{ ente }}"
    with pytest.raises(LimitExceeded, match="3 secondi"):
        fill_template(made(line), [SAMPLE])


@pytest.mark.parametrize(("kind", "target"), [
    ("image", "http://example.invalid/spia.png"), ("attachedTemplate", "file:///C:/Normal.dotm"), ("hyperlink", "file://server/condiviso"),
    ("oleObject", "http://example.invalid/x"), ("frame", "https://example.invalid/"),
])  # fmt: skip
def test_what_is_loaded_from_elsewhere_is_refused(kind: str, target: str) -> None:
    with pytest.raises(UnreadableFile, match="da fuori|oggetti"):
        fill_template(linked(kind, target), [SAMPLE])


def test_a_link_to_a_site_is_no_danger() -> None:
    assert paragraphs(fill_template(linked("hyperlink", "https://example.invalid/"), [SAMPLE])) == [SAMPLE.title]


def test_macros_fields_and_entities_are_refused() -> None:
    def typed(name: str, data: bytes) -> bytes:
        return data.replace(b"document.main+xml", b"x").replace(b"vnd.openxmlformats-officedocument.wordprocessingml.x", b"vnd.ms-word.document.macroEnabled.main+xml") \
            if name == "[Content_Types].xml" else data

    def field(name: str, data: bytes) -> bytes:
        split = b"<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE http://x</w:instrText></w:r></w:p>"
        return data.replace(b"</w:p>", split, 1) if name == "word/document.xml" else data

    def entity(name: str, data: bytes) -> bytes:
        return re.sub(rb"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', data, count=1) if name == "word/document.xml" else data

    def plain(_: str, data: bytes) -> bytes:
        return data

    good = made(*LOOP)
    for template, words in ((repacked(good, typed), "macro"), (repacked(good, plain, word__vbaProject_dot_bin=b"x"), "macro"),
                            (repacked(good, plain, word__embeddings__a_dot_bin=b"x"), "oggetti"), (repacked(good, field), "INCLUDEPICTURE"),
                            (repacked(good, entity), "DOCTYPE")):
        with pytest.raises(UnreadableFile, match=words):
            fill_template(template, [SAMPLE])


def test_files_that_are_no_document_or_too_big_are_refused() -> None:
    bomb = repacked(made(*LOOP), lambda _, data: data, word__media__a_dot_png=b"\0" * 70_000_000)
    assert len(bomb) < MAX_BYTES
    for template, kind, words in ((b"", UnreadableFile, "integro"), (b"PK\x03\x04rotto", UnreadableFile, "integro"),
                                  (made(*LOOP)[:-300], UnreadableFile, "integro|danneggiato"), (b"x" * (MAX_BYTES + 1), LimitExceeded, "10 MB"),
                                  (bomb, LimitExceeded, "occuperebbe")):
        with pytest.raises(kind, match=words):
            fill_template(template, [SAMPLE])


def test_a_refused_template_leaves_the_one_before(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert template_bytes(settings) is None
    keep_template(made(*LOOP), settings)
    with pytest.raises(UnreadableFile):
        keep_template(made("{{ sconosciuto }}"), settings)
    assert paragraphs(template_bytes(settings) or b"") == list(LOOP)
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_only_word_is_made_of_a_word_template(tmp_path: Path) -> None:
    path = tmp_path / "m.docx"
    path.write_bytes(made(*LOOP))
    assert paragraphs(export_template([SAMPLE], path)[0]) == [SAMPLE.title]
    with pytest.raises(PiaoError, match="docx"):
        export_template([SAMPLE], path, "pdf")
    with pytest.raises(UnreadableFile, match="non esiste"):
        export_template([SAMPLE], tmp_path / "altro.docx")
