"""What people put right: a layout's columns, who wrote a document and when; both outlive the file they were said of."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.errors import NotInArchive, PiaoError
from settings import Settings
from store.archive import Archive
from store.lookup import read_file

HEAD = "Traguardo da centrare;Che cosa si conta;Asticella {year};Quanto pesa\n"
ROWS = "Ridurre i tempi;Giorni medi di pagamento;≤ 25;40\nPiù verde;Alberi piantati;200;60\n"
FIELDS = {"traguardo da centrare": "title", "che cosa si conta": "indicator.name", "asticella": "indicator.target",
          "quanto pesa": "indicator.weight"}  # fmt: skip


def table(folder: Path, name: str, year: int = 2027) -> Path:
    path = folder / name
    path.write_text(HEAD.format(year=year) + ROWS, encoding="utf-8")
    return path


def test_a_corrected_layout_is_read_and_remembered(home: Path, tmp_path: Path) -> None:
    settings = Settings()
    with Archive.open(settings) as archive:
        (report,) = archive.ingest([table(tmp_path, "piano.csv")])
        assert report.cards == 0
        (layout,) = archive.document_layouts("piano.csv")
        assert [h.text for h in layout.headings] == ["Traguardo da centrare", "Che cosa si conta", "Asticella 2027", "Quanto pesa"]
        assert layout.headings[2].example == "≤ 25"
        assert not layout.read
        seen = archive.preview("piano.csv", {layout.fingerprint: FIELDS})
        assert [card.title for card in seen.cards] == ["Ridurre i tempi", "Più verde"]
        assert not archive.cards()
        archive.correct_layout(layout.fingerprint, [h.text for h in layout.headings], FIELDS, "Anna")
        archive.reread("piano.csv")
        assert [card.indicators[0].targets for card in archive.cards()] == [{"2027": "≤ 25"}, {"2027": "200"}]
        (report,) = archive.ingest([table(tmp_path, "un altro nome.csv", 2028)])
        assert report.cards == 2
        assert archive.cards(document="un altro nome.csv")[0].indicators[0].targets == {"2028": "≤ 25"}
    assert len(read_file(table(tmp_path, "terzo.csv", 2029), settings).cards) == 2
    with Archive.open(settings) as archive:
        (kept,) = archive.corrections()
        assert (kept.author, kept.fields) == ("Anna", FIELDS)
        archive.forget_layout(kept.fingerprint)
        with pytest.raises(NotInArchive):
            archive.forget_layout(kept.fingerprint)
    assert not read_file(tmp_path / "terzo.csv", settings).cards


def test_a_field_that_does_not_exist_is_refused(home: Path) -> None:
    with Archive.open(Settings()) as archive, pytest.raises(PiaoError, match="colore"):
        archive.correct_layout("0" * 16, ["A"], {"a": "colore"})


def test_a_confirmed_identity_holds_for_cards_passages_and_the_corrected_version(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "piano.csv"
    text = "Comune di Roccamora\nObiettivo;Indicatore;Target;Peso\nRidurre i tempi;Giorni;25;40\nPiù verde;Alberi;200;60\n"
    path.write_text(text, encoding="utf-8")
    with Archive.open(Settings()) as archive:
        list(archive.ingest([path]))
        (document,) = archive.documents()
        assert document.confirmed_at is None
        with pytest.raises(PiaoError, match="ente e l'anno"):
            archive.confirm_document(document.id, "", 2027, None)
        archive.confirm_document(document.id, "Unione dei Colli", 2027, "piao", "Anna")
        (document,) = archive.documents()
        assert (document.entity, document.year, document.document_type) == ("Unione dei Colli", 2027, "piao")
        assert document.confirmed_by == "Anna"
        assert document.version == 1
        assert {(c.entity, c.year, c.document_type) for c in archive.cards()} == {("Unione dei Colli", 2027, "piao")}
        assert all("Unione dei Colli" in p.context and "Roccamora" not in p.context for p in archive.passages())
        path.write_text(text.replace("200", "250"), encoding="utf-8")
        (report,) = archive.ingest([path])
        assert report.status == "replaced"
        (document,) = archive.documents()
        assert (document.entity, document.version, document.confirmed_by) == ("Unione dei Colli", 2, "Anna")
        assert archive.history(document.id)[0].version == 1
        archive.delete_document(document.id)
        assert not archive.documents()
        assert not list(archive.passages())


KNOWN = ("Comune di Roccamora - Relazione 2022\nOBIETTIVO;PESO;INDICATORE;FORMULA;VALORE ATTESO;VALORE CONSEGUITO\n"
         "Ridurre i tempi;40;Giorni medi;somma / fatture;25;27\nPiù verde;60;Alberi piantati;conteggio;200;180\n")  # fmt: skip


def test_what_a_correction_changes_is_told_before_anything_is_written(home: Path, tmp_path: Path) -> None:
    """Two documents of one layout: the second is offered; the change is the same when it is done as when it was looked at."""
    with Archive.open(Settings()) as archive:
        for name in ("uno.csv", "due.csv"):
            (tmp_path / name).write_text(KNOWN.replace("27;", "27;") + f"Nota di {name};;;;;\n", encoding="utf-8")
        list(archive.ingest([tmp_path / "uno.csv", tmp_path / "due.csv"]))
        (layout,) = archive.document_layouts("uno.csv")
        assert {one.name for one in archive.same_layout(layout.fingerprint)} == {"uno.csv", "due.csv"}
        ids = [one.id for one in archive.same_layout(layout.fingerprint)]
        fields = {heading.key: heading.field for heading in layout.headings} | {"valore conseguito": "indicator.note"}
        tried = archive.try_layout(layout.fingerprint, fields, ids)
        assert all(("indicators[0].actuals.2022", "27", "") in [(c.field, c.before, c.after) for c in one.changed] for one in tried)
        assert not archive.corrections()
        assert archive.cards()[0].indicators[0].actuals == {"2022": "27"}
        assert archive.apply_layout(layout.fingerprint, ["x"], fields, ids, "Anna") == tried
        assert {card.indicators[0].note for card in archive.cards() if card.title == "Ridurre i tempi"} == {"27"}
        assert all(layout.corrected for layout in archive.document_layouts("due.csv"))
        back = archive.apply_layout(layout.fingerprint, [], None, ids)
        assert not archive.corrections()
        assert back[0].changed
        assert archive.cards()[0].indicators[0].actuals == {"2022": "27"}


def test_a_correction_is_all_or_nothing(home: Path, tmp_path: Path) -> None:
    """A document that cannot be read again stops the correction: nothing of it is kept."""
    with Archive.open(Settings()) as archive:
        for name in ("uno.csv", "due.csv"):
            (tmp_path / name).write_text(KNOWN + f"Nota di {name};;;;;\n", encoding="utf-8")
        list(archive.ingest([tmp_path / "uno.csv", tmp_path / "due.csv"]))
        (layout,) = archive.document_layouts("uno.csv")
        before = archive.cards()
        archive.source_file("due.csv").unlink()
        ids = [archive.document(name).id for name in ("uno.csv", "due.csv")]
        with pytest.raises(NotInArchive, match=r"due\.csv"):
            archive.apply_layout(layout.fingerprint, ["x"], {"valore conseguito": ""}, ids)
        assert not archive.corrections()
        assert archive.cards() == before
