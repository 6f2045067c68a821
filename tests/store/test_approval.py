"""Approval is the archive's own gate: no way round it for a page or a command, and an exception is signed."""

from __future__ import annotations

import pytest

from cards.errors import Conflict
from cards.marks import confirmed
from cards.model import Card, Indicator, Mark, Origin, Phase, Source, Variation
from store.approval import NotReady
from store.archive import Archive

GOOD = Card(
    title="Meno giorni di attesa allo sportello", unit="Servizi demografici", responsible="Responsabile Servizi demografici",
    year=2027, start="01/01/2027", end="31/12/2027", strategic_objective="Una città semplice",
    purpose="Far attendere meno i cittadini allo sportello.",
    phases=(Phase(number="1", text="Analisi delle code", weight="40%", start="01/01/2027", end="30/06/2027"),
            Phase(number="2", text="Nuovi orari", weight="60%", start="01/07/2027", end="31/12/2027")),
    indicators=(Indicator(name="Attesa media", unit="minuti", formula="somma delle attese / numero", targets={"2027": "≤ 8"}),),
)  # fmt: skip
WRONG = GOOD.replace(indicators=(GOOD.indicators[0].replace(targets={"2027": "[VERIFICARE]"}),))
MARKED = GOOD.replace(provenance={"purpose": Origin(from_="model", unsupported=(
    Mark(span="attendere meno", kind="number", why="senza fonte"),))})


def test_a_sound_card_is_approved_by_a_name(archive: Archive) -> None:
    draft = archive.save_draft(GOOD)
    done = archive.approve_draft(draft.id, draft.version, who=" M. Rossi,  dirigente ")
    assert (done.state, done.author) == ("approved", "M. Rossi, dirigente")
    assert archive.draft_versions(draft.id)[0].note == "approvata da M. Rossi, dirigente"
    with pytest.raises(NotReady, match="nome"):
        archive.approve_draft(draft.id, who=" ")


@pytest.mark.parametrize(("card", "words"), [(WRONG, "TXT005"), (MARKED, "un dato senza riscontro")])
def test_what_stands_open_is_refused_at_every_door(archive: Archive, card: Card, words: str) -> None:
    draft = archive.save_draft(card)
    for door in (lambda: archive.approve_draft(draft.id, who="M. Rossi"), lambda: archive.save_draft(card, draft.id, state="approved"),
                 lambda: archive.save_draft(card, state="approved"), lambda: archive.approve_draft(draft.id, who="M. Rossi", why="  ")):
        with pytest.raises(NotReady, match=words):
            door()
    assert [d.state for d in archive.drafts()] == ["draft"]


@pytest.mark.parametrize(("card", "words"), [(WRONG, "TXT005"), (MARKED, "un dato senza riscontro")])
def test_an_exception_is_signed_and_stays_in_the_history(archive: Archive, card: Card, words: str) -> None:
    draft = archive.save_draft(card)
    assert archive.approve_draft(draft.id, who="M. Rossi", why="Dato atteso dalla Regione").state == "approved"
    last = archive.draft_versions(draft.id)[0]
    assert last.author == "M. Rossi"
    assert words in last.note
    assert "Motivo: Dato atteso dalla Regione" in last.note


def test_a_confirmed_mark_stands_in_nobody_s_way(archive: Archive) -> None:
    done = confirmed(MARKED, "purpose", "attendere meno", "M. Rossi", "rilevazione di maggio", "2026-11-03T09:00:00+00:00")
    draft = archive.save_draft(done)
    assert archive.approve_draft(draft.id, who="M. Rossi").state == "approved"
    assert archive.draft(draft.id).card == done, "le conferme restano con la scheda"


def test_an_approved_card_does_not_change_under_the_approval(archive: Archive) -> None:
    draft = archive.save_draft(GOOD)
    archive.approve_draft(draft.id, who="M. Rossi")
    with pytest.raises(Conflict, match="riaprila"):
        archive.save_draft(GOOD.replace(title="Altro"), draft.id)
    assert archive.save_draft(GOOD.replace(title="Altro"), draft.id, state="draft").card.title == "Altro"


def test_a_version_changed_meanwhile_is_a_conflict(archive: Archive) -> None:
    draft = archive.save_draft(GOOD)
    archive.save_draft(GOOD.replace(title="Altro"), draft.id)
    with pytest.raises(Conflict):
        archive.approve_draft(draft.id, draft.version, who="M. Rossi")


def test_what_the_archive_knows_stands_in_the_way_too(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request about a phase, and a target changed that no request asks for: only the plan in the archive tells (VAR003)."""
    indicator = Indicator(name="Attesa media allo sportello", unit="minuti", formula="somma delle attese / numero", targets={"2027": "≤ 8"})
    plan = GOOD.replace(entity="Comune di Valdoro", document_type="piao", source=Source(document="piano-2027.docx"), indicators=(indicator,))
    monkeypatch.setattr(Archive, "cards", lambda _self, **_named: [plan])
    asked = Variation(action="postpone", object="phase", name="Nuovi orari", reason="Sede in ristrutturazione fino ad agosto.")
    changed = plan.replace(source=Source(), document_type=None, variations=(asked,), indicators=(indicator.replace(targets={"2027": "≤ 12"}),))
    draft = archive.save_draft(changed)
    with pytest.raises(NotReady, match="VAR003"):
        archive.approve_draft(draft.id, who="M. Rossi")
    with pytest.raises(NotReady, match="VAR003"):
        archive.save_draft(changed, draft.id, state="approved")
