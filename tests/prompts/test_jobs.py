"""The drafting jobs on an archive: what is saved, what is logged, and what happens when there is no evidence or no server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cards.errors import Conflict, ModelError, PiaoError
from cards.marks import open_marks
from cards.model import Card
from prompts.asking import Interrupted, Listener
from prompts.call_log import calls_in
from prompts.drafting import Need
from prompts.empty import FIELDS, empty_card
from prompts.job import (
    draft_from_archive,
    empty_draft,
    merged_draft,
    no_evidence,
    plain_draft,
    request_text,
    rewrite_draft,
    sources_of,
)
from settings import Settings
from store.archive import Archive
from tests.prompts.conftest import SAMPLES
from tests.prompts.scripted import Scripted
from tests.prompts.test_drafting import errors
from tests.prompts.test_merge import assert_provenance
from tests.store.fakes import WordEmbedder

NEED = Need("Tempi di rilascio delle carte d'identità", "Servizi demografici", 2027, "Comune di Roccamora")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    settings = Settings(_env_file=None, home=tmp_path_factory.mktemp("archivio"), llm="openai:copione")
    with Archive.open(settings, WordEmbedder()) as opened:
        list(opened.ingest(sorted(SAMPLES.glob("*.txt"))[:3]))
        yield opened


@pytest.fixture
def card(archive: Archive) -> Card:
    return next(c for c in archive.cards() if c.kind == "objective" and c.phases)


def play(monkeypatch: pytest.MonkeyPatch, queue: list[object]) -> Scripted:
    model = Scripted(queue=queue)
    monkeypatch.setattr("prompts.llm.chat_model", lambda settings: model)
    return model


def test_a_failing_model_leaves_the_draft_of_the_precedents_and_its_log(
    archive: Archive, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, [TimeoutError()])
    with pytest.raises(ModelError, match="in tempo.*La bozza scritta dai precedenti è salva") as caught:
        draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""], use_model=True)
    kept = archive.drafts()[0]
    assert kept.id in str(caught.value)
    assert errors(kept.card) == []
    (call,) = calls_in(archive.draft_versions(kept.id)[0].note)
    assert "in tempo" in (call.error or "")


def test_one_job_is_the_next_version_with_its_log(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])
    done = rewrite_draft(archive, draft, Scripted(queue=[{"finalita": "Dare la carta in 3 giorni."}]), "finalita")
    assert (done.version, done.card.purpose) == (2, "Dare la carta in 3 giorni.")
    assert done.card.description == draft.card.description
    (call,) = calls_in(archive.draft_versions(draft.id)[0].note)
    assert (call.job, call.precedents) == ("finalita", (card.id,))
    assert call.template.startswith("finalita, versione ")
    assert "3" in " ".join(mark.span for path, mark in open_marks(done.card) if path == "purpose")


def test_a_stopped_or_failed_job_is_logged_and_changes_nothing(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])
    with pytest.raises(Interrupted):
        rewrite_draft(archive, draft, Scripted(queue=[{"finalita": "x"}]), "finalita", listener=Listener(cancelled=lambda: True))
    after = archive.draft(draft.id)
    assert after.card == draft.card
    assert "interrotta" in (calls_in(archive.draft_versions(draft.id)[0].note)[0].error or "")


def test_what_a_person_writes_meanwhile_is_never_lost(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])

    def meanwhile(**changes: str) -> Listener:
        return Listener(lambda _piece: archive.save_draft(archive.draft(draft.id).card.replace(**changes), draft.id) and None)

    done = rewrite_draft(archive, draft, Scripted(queue=[{"finalita": "Meno attesa."}]), "finalita", listener=meanwhile(title="Mio"))
    assert (done.card.title, done.card.purpose) == ("Mio", "Meno attesa.")
    with pytest.raises(Conflict, match="restano i tuoi"):
        rewrite_draft(archive, done, Scripted(queue=[{"finalita": "Meno code."}]), "finalita", listener=meanwhile(purpose="La mia"))
    assert archive.draft(draft.id).card.purpose == "La mia"
    assert "Meno code." in calls_in(archive.draft_versions(draft.id)[0].note)[0].answer


def test_what_will_be_sent_is_what_is_sent(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])
    before = request_text(archive, draft.card, "finalita", "Nel 2026 si attende un mese")
    rewrite_draft(archive, draft, Scripted(queue=[{"finalita": "Meno attesa."}]), "finalita", "Nel 2026 si attende un mese")
    assert calls_in(archive.draft_versions(draft.id)[0].note)[0].prompt == before
    assert "Nel 2026 si attende un mese" in before
    assert str(draft.card.purpose) in request_text(archive, draft.card, "purpose")


def test_plain_words_keep_the_marks_of_the_text_before(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])
    done = rewrite_draft(archive, draft, Scripted(queue=[{"finalita": "Dare 777 carte."}]), "finalita")
    plain = plain_draft(archive, done, Scripted(queue=["Si danno 777 carte nel 2031."]), "purpose")
    spans = " ".join(mark.span for path, mark in open_marks(plain.card) if path == "purpose")
    assert "777" in spans, "riscrivere non rende vero un dato"
    assert "2031" in spans
    with pytest.raises(PiaoError, match="Non c'è un testo"):
        plain_draft(archive, archive.save_draft(Card(title="x", unit="y", year=2027)), Scripted(queue=[]), "purpose")


def test_no_evidence_no_call(archive: Archive) -> None:
    nothing = Need("Xilofoni quadrimensionali per astronauti", "Servizio inesistente", 2027)
    draft = archive.save_draft(empty_card(nothing))
    model = Scripted(queue=[])
    with pytest.raises(PiaoError, match="Nessun precedente.*non viene interpellato"):
        rewrite_draft(archive, draft, model, "scheda")
    assert model.asked == []
    assert nothing.title in no_evidence(archive, nothing)
    assert archive.draft(draft.id).version == 1


def test_the_sources_of_a_draft_are_those_of_its_fields(archive: Archive, card: Card) -> None:
    draft = draft_from_archive(archive, NEED, archive.settings, like=[card.id or ""])
    assert [c.id for c in sources_of(archive, draft.card)] == [card.id]


def test_a_merged_draft_is_saved(archive: Archive, card: Card) -> None:
    draft = merged_draft(archive, NEED, [card.id or ""], {"title": "A", "strategy": None})
    assert archive.draft(draft.id).card.title == card.title


@pytest.mark.parametrize("layout", list(FIELDS))
def test_an_empty_card_says_what_its_layout_wants(layout: str, archive: Archive) -> None:
    card = empty_draft(archive, Need("Orti urbani", "Ambiente", 2027, layout=layout)).card
    assert_provenance(card)
    assert {getattr(card, name) for name in FIELDS[layout]} == {"[VERIFICARE]"}
    assert any(found.startswith("TXT005") for found in errors(card))
    assert not [found for found in errors(card) if not found.startswith(("TXT005", "TGT", "STR", "TMP"))]


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    with Archive.open(Settings(_env_file=None, home=tmp_path), WordEmbedder()) as fresh:
        assert "l'archivio è vuoto" in no_evidence(fresh, NEED)
