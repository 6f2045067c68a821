"""*Archivio*: a document is confirmed, a layout's columns are corrected and remembered, work goes on by itself and can be stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.generic.synonyms import FIELDS as KNOWN
from ui import archive_intake, jobs
from ui.archive_mapping import FIELDS, pairs

pytestmark = pytest.mark.usefixtures("fresh_archive")

TABLE = ("Comune di Roccamora\nTraguardo da centrare;Che cosa si conta;Asticella 2027;Quanto pesa\n"
         "Ridurre i tempi;Giorni;≤ 25;40\nPiù verde;Alberi;200;60\n")


def page() -> None:
    from ui.pages import archive

    archive.page()


def opened(tmp_path: Path) -> tuple[AppTest, str]:
    """The page with one document, its expander open."""
    from ui.state import archive

    path = tmp_path / "piano.csv"
    path.write_text(TABLE, encoding="utf-8")
    (report,) = archive().ingest([path])
    app = AppTest.from_function(page, default_timeout=60)
    app.session_state[f"doc_{report.document_id}"] = True
    app.run()
    assert not app.exception
    return app, str(report.document_id)


def words(app: AppTest) -> str:
    return "\n".join([*(m.value for m in app.markdown), *(m.value for m in app.caption), *(m.value for m in app.warning)])


def test_every_field_of_the_generic_reader_has_an_italian_name() -> None:
    assert KNOWN | {""} == set(FIELDS)


def test_the_mapping_is_told_in_italian() -> None:
    assert pairs(("pagina 2: «Atteso» → indicator.target 2026; «Peso» → card.weight", "scheda del prodotto: campi per etichetta")) == [
        ("Atteso", "Indicatore: valore atteso 2026"), ("Peso", "Peso dell'obiettivo"), ("scheda del prodotto: campi per etichetta", "")]


@pytest.mark.model
def test_a_document_is_to_be_confirmed_with_its_evidence_and_then_is(tmp_path: Path) -> None:
    from ui.state import archive

    app, document_id = opened(tmp_path)
    assert "Da confermare" in words(app)
    assert "Comune di Roccamora" in words(app)
    app.number_input[0].set_value(2027)
    next(b for b in app.button if b.label == "Conferma").click()
    app.run()
    assert not app.exception
    document = archive().document(document_id)
    assert (document.entity, document.year) == ("Comune di Roccamora", 2027)
    assert document.confirmed_at
    assert "confermati" in words(app)


@pytest.mark.model
def test_columns_are_corrected_after_a_preview_and_remembered(tmp_path: Path) -> None:
    from ui.state import archive

    app, document_id = opened(tmp_path)
    app.toggle(key=f"mapping_{document_id}").set_value(True).run()
    assert not app.exception
    boxes = [b for b in app.selectbox if str(b.key).startswith("field_")]
    assert [b.label.split(" — ")[0] for b in boxes] == ["Traguardo da centrare", "Che cosa si conta", "Asticella 2027", "Quanto pesa"]
    for box, field in zip(boxes, ("title", "indicator.name", "indicator.target", "indicator.weight"), strict=True):
        box.set_value(field)
    next(b for b in app.button if b.label == "Vedi che cosa cambia").click()
    app.run()
    counts = next(frame.value for frame in app.dataframe if "Schede dopo" in frame.value)
    assert (counts["Schede ora"][0], counts["Schede dopo"][0]) == (0, 2)
    assert not archive().cards()
    next(b for b in app.button if b.label == "Ricorda e rileggi il documento").click()
    app.run()
    assert not app.exception
    assert [card.title for card in archive().cards()] == ["Ridurre i tempi", "Più verde"]
    assert len(archive().corrections()) == 1


def test_a_long_list_shows_its_beginning_and_every_document_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from cards.model import Document, Reading
    from store import documents
    from ui.state import archive, background_archive

    monkeypatch.setattr("ui.pages.archive.AT_ONCE", 4)
    names = [f"piano_{number}.pdf" for number in range(9)]
    with background_archive().transaction() as connection:
        for name in names:
            one = Document(name=name, sha256=name, format="pdf", entity="Comune di Prova", year=2027)
            documents.add(connection, Reading(document=one), path=name, size=1, given={})

    def listed() -> list[str]:
        assert not app.exception
        return [box.label.replace("\\", "").split(" — ")[0] for box in app.expander]

    def press(words: str) -> None:
        next(button for button in app.button if button.label == words).click().run()

    app = AppTest.from_function(page, default_timeout=60).run()
    assert listed() == names[:4]
    assert app.toggle(key="only_unconfirmed").label.endswith(f"({len(names)})")
    app.selectbox(key="archivio:trova").set_value(f"{names[-1]} — Comune di Prova, 2027").run()
    assert listed() == names[-1:]
    press("Togli")
    press("No, lascialo")
    press("Togli")
    press("Sì, togli dall'archivio")
    assert f"Tolto dall'archivio: {names[-1]}" in app.success[0].value.replace("\\", "")
    archive().delete_document(names[-2])
    assert len(app.run().expander) == 4, "chi era cercato non c'è più"
    press("Mostra altri 3 (3 in tutto)")
    assert listed() == names[:-2]
    assert not any(button.label.startswith("Mostra") for button in app.button)


def test_a_cancelled_job_stops_at_its_next_step() -> None:
    begun = threading.Event()

    def work(job: jobs.Job) -> Iterator[int]:
        for n in range(10_000):
            job.progress("lettura", "a.pdf", n, 10_000, 60.0)
            begun.set()
            time.sleep(0.001)
            yield n

    job = jobs.start("prova", work)
    begun.wait(5)
    job.cancelled.set()
    for _ in range(500):
        if job.finished:
            break
        time.sleep(0.01)
    assert job.finished
    assert job.stopped
    assert len(job.results) < 10_000
    assert "mancano circa 1 minuto" in archive_intake.status(job)


@pytest.mark.model
def test_uploads_of_a_killed_process_are_read_at_the_next_start(tmp_path: Path, home: Path) -> None:
    from ui.state import archive

    folder = home / archive_intake.FOLDER / "carico-x"
    folder.mkdir(parents=True)
    (folder / "piano.csv").write_text(TABLE, encoding="utf-8")
    (folder / archive_intake.OWNER).write_text("999999999", encoding="utf-8")
    archive_intake.take_up_work()
    for _ in range(600):
        if not folder.exists():
            break
        time.sleep(0.05)
    assert [document.name for document in archive().documents()] == ["piano.csv"]
    assert not folder.exists()


def test_uploads_of_a_living_process_are_left_alone(home: Path) -> None:
    folder = home / archive_intake.FOLDER / "carico-y"
    folder.mkdir(parents=True)
    (folder / "piano.csv").write_text(TABLE, encoding="utf-8")
    (folder / archive_intake.OWNER).write_text("1", encoding="utf-8")
    assert archive_intake.leftovers(home / archive_intake.FOLDER) == []
