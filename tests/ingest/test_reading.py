"""From a file to a reading: ids, sources, what several dialects and the generic reader leave to one another."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cards.model import Card, Document, Source
from ingest import dialects, reading
from ingest.blocks import Blocks
from ingest.corrections import bare
from ingest.dialects.part import Part, spot
from ingest.readers import read_blocks
from ingest.reading import layouts_in, read, reading_of
from ingest.worker import read_safely

SHEET = """COMUNE DI PROVA
PIANO DELLA PERFORMANCE 2026
Premessa al piano.
Obiettivo\tIndicatore\tTarget
Uno\ta\t1
Uno bis\tb\t2

Obiettivo\tIndicatore\tTarget
Uno\ta\t1
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "piano.txt"
    path.write_text(SHEET)
    return path


def test_a_reading(sheet: Path) -> None:
    found = read(sheet)
    document = found.document
    assert (document.entity, document.year, document.document_type) == ("Comune di Prova", 2026, "piano_performance")
    assert [c.title for c in found.cards] == ["Uno", "Uno bis", "Uno"]
    first = found.cards[0]
    assert (first.entity, first.year, first.document_type) == ("Comune di Prova", 2026, "piano_performance")
    assert first.source == Source(document="piano.txt", sha256=hashlib.sha256(sheet.read_bytes()).hexdigest(), lines=(5, 5))
    assert [(p.text, p.line, p.heading) for p in found.paragraphs] == [("Premessa al piano.", 3, "PIANO DELLA PERFORMANCE 2026")]
    assert found.passages


def test_ids_are_stable_and_distinct(sheet: Path, tmp_path: Path) -> None:
    """The same card keeps its id when the document is read again, corrected, or in another format."""
    ids = [card.id for card in read(sheet).cards]
    assert len(set(ids)) == 3
    assert [card.id for card in read(sheet).cards] == ids
    other = tmp_path / "piano.md"
    other.write_text(SHEET.replace("\t1\n", "\t7\n"))
    assert [card.id for card in read(other).cards] == ids
    sheet.write_text("Riga nuova.\n" + SHEET)
    assert [card.id for card in read(sheet).cards] == ids


def test_another_name(sheet: Path) -> None:
    assert read(sheet, name="caricato.txt").document.name == "caricato.txt"


def test_the_process_gives_the_same_reading(sheet: Path) -> None:
    assert read_safely(sheet) == read(sheet)


class Fake:
    """A dialect that takes the rows whose first cell starts with its name."""

    def __init__(self, name: str, score: float, log: list[str]) -> None:
        self.NAME, self.score, self.log = name, score, log

    def matches(self, blocks: Blocks) -> float:
        return self.score

    def read(self, blocks: Blocks, document: Document) -> Part:
        rows = [r for b in blocks.blocks for r in b.rows if r.cells[0].startswith(self.NAME)]
        self.log.append(f"{self.NAME}:{sum(len(b.rows) for b in blocks.blocks)}")
        return Part(tuple(Card(title=r.cells[0]) for r in rows), used=frozenset(spot(r.place) for r in rows))


def test_the_surest_dialect_reads_first_and_rows_are_read_once(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log: list[str] = []
    found = (Fake("Uno", 0.5, log), Fake("Uno bis", 0.9, log), Fake("Mai", 0.0, log))
    monkeypatch.setattr(dialects, "dialects", lambda: found)
    monkeypatch.setattr(reading, "ranked", dialects.ranked)
    assert [card.title for card in read(sheet).cards] == ["Uno bis", "Uno", "Uno"]
    assert log == ["Uno bis:5", "Uno:4"], "the second one no longer sees the row already used; the third never reads"


def test_every_dialect_keeps_the_contract() -> None:
    for dialect in dialects.dialects():
        assert dialect.NAME
        assert dialect.matches(Blocks("vuoto.txt", "text", ())) == 0
        part = dialect.read(Blocks("vuoto.txt", "text", ()), Document(name="vuoto.txt"))
        assert (part.cards, part.used, part.declared, part.listed) == ((), frozenset(), (), ())


@pytest.mark.parametrize("extension", ["txt", "docx", "pdf"])
def test_no_word_of_the_corpus_is_lost_to_search(shared: Path, extension: str) -> None:
    """The share of a document's words found in some passage or card is at least 0.995."""
    for path in sorted((shared / "corpus").glob(f"*.{extension}")):
        found = read(path)
        wanted = words(path.with_suffix(".txt").read_text(encoding="utf-8"))
        kept = set(words(" ".join([p.text for p in found.passages] + [c.model_dump_json() for c in found.cards])))
        share = sum(word in kept for word in wanted) / len(wanted)
        assert share >= 0.995, (path.name, share, [w for w in wanted if w not in kept][:10])


def words(text: str) -> list[str]:
    """The letters and digits of a text, by word, markup left out."""
    from ingest.readers.words import clean

    plain = clean(text.replace("\t", " "), markdown=True)
    return "".join(c if c.isalnum() else " " for c in plain.casefold()).split()


def test_a_table_that_a_dialect_knows_can_be_corrected(shared: Path) -> None:
    """Its rows are then read by their columns, as the person says; the other tables stay with their dialect."""
    blocks = read_blocks(shared / "corpus" / "cremona_relazione-performance_2022.txt")
    (layout,) = layouts_in(blocks)
    assert layout.reader
    fields = {heading.key: heading.field for heading in layout.headings} | {bare(layout.headings[0].text): "title"}
    corrected = layouts_in(blocks, {layout.fingerprint: fields})
    assert [(one.reader, one.corrected) for one in corrected] == [("", True)]
    assert layout.fingerprint in reading_of(blocks).layouts
