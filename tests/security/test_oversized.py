"""Oversized everything: too deep, too long, too many, too often is one clear line, and what is there stays as it was."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

import cli
from cards.errors import ArchiveError, NotAllowed, PiaoError, TooOften
from cards.model import Card, Indicator, Origin, Phase
from settings import Settings, load_settings
from store import comments
from store.archive import Archive
from store.guarded import Guarded
from store.pace import keep_pace
from store.people import Person, local_person
from tests.store.fakes import WordEmbedder

DEEP, DIGITS = "[" * 100_000, '[{"title": "x", "year": ' + "9" * 5000 + "}]"
OBJECTS = '{"a":' * 50_000 + "1" + "}" * 50_000


@pytest.fixture(autouse=True)
def fresh(home: Path) -> Path:
    load_settings.cache_clear()
    return home


@pytest.mark.parametrize("text", [DEEP, OBJECTS, DIGITS], ids=["deep", "objects", "digits"])
@pytest.mark.parametrize("command", [
    ["check", "FILE.json"], ["read", "FILE.json"], ["score", "FILE.json"], ["export", "FILE.json"], ["ground", "FILE.json"],
    ["eval", "FILE.json"], ["check", "piano.json", "--baseline", "FILE.json"], ["check", "piano.json", "--suppressions", "FILE.toml"],
    ["profile", "check", "FILE.toml"], ["check", "piano.json", "--profile", "FILE.toml"], ["ingest", "FILE.json"],
], ids=lambda words: " ".join(words))
def test_a_file_that_is_too_deep_or_has_too_long_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], text: str,
) -> None:
    import ingest.worker
    from ingest.reading import read

    monkeypatch.setattr(ingest.worker, "read_safely", read)
    monkeypatch.chdir(tmp_path)
    Path("piano.json").write_text('[{"title": "x", "unit": "u", "year": 2026}]', encoding="utf-8")
    Path("FILE.json").write_text(text, encoding="utf-8")
    Path("FILE.toml").write_text("a = " + (text if text != DIGITS else "9" * 5000), encoding="utf-8")
    assert cli.run(command) == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("Errore: ")
    assert len(said.splitlines()) == 1
    assert len(said) < 400


@pytest.mark.parametrize(("command", "name", "size"), [
    (["profile", "check", "FILE.toml"], "FILE.toml", 1), (["check", "piano.json", "--suppressions", "FILE.toml"], "FILE.toml", 51),
    (["check", "piano.json", "--baseline", "FILE.json"], "FILE.json", 51), (["ground", "FILE.json"], "FILE.json", 51),
    (["check", "FILE.json"], "FILE.json", 101), (["export", "FILE.json"], "FILE.json", 101),
])
def test_a_file_that_is_too_big_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], name: str, size: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("piano.json").write_text('[{"title": "x", "unit": "u", "year": 2026}]', encoding="utf-8")
    with Path(name).open("wb") as out:
        out.truncate(size * 2**20)  # all holes: nothing is written, and nobody is to read it
    assert cli.run(command) == 2
    said = capsys.readouterr().err
    assert "supera" in said or "al più" in said


# ---------------------------------------------------------------------------------------------- the archive

LONG = "x" * 60_000


def hands(archive: Archive, role: str = "redattore", *units: str, name: str | None = None) -> Guarded:
    return Guarded(archive, Person(f"{name or role}-{uuid4().hex[:6]}@ente.it", role, name or role.title(), units=units))


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    with Archive.open(Settings(home=home), WordEmbedder()) as opened:
        yield opened


@pytest.mark.parametrize("card", [
    Card(title="x" * 5_001), Card(title="x", description=LONG), Card(title="x", phases=(Phase(text=LONG),)),
    Card(title="x", indicators=(Indicator(name="i", targets={"2027": LONG}),)), Card(title="x", indicators=(Indicator(targets={LONG: "1"}),)),
    Card(title="x", phases=tuple(Phase(text="f") for _ in range(1_001))), Card(title="x", activities=("a",) * 1_001),
    Card(title="x", activities=("x" * 49_000,) * 50), Card(title="x", provenance={"title": Origin(from_="user", note=LONG)}),
], ids=["title", "text", "phase", "target", "year", "phases", "activities", "whole", "origin"])
def test_a_card_without_end_is_not_kept(archive: Archive, card: Card) -> None:
    draft = archive.save_draft(Card(title="com'era"))
    for who in (archive, hands(archive)):
        for attempt in (lambda: who.save_draft(card), lambda: who.save_draft(card, draft.id)):  # noqa: B023
            with pytest.raises(ArchiveError, match="supera|più di"):
                attempt()
    assert [(one.card.title, one.version) for one in archive.drafts()] == [("com'era", 1)]


def test_a_card_as_long_as_people_write_is_kept(archive: Archive) -> None:
    card = Card(title="t" * 1000, description="d" * 20_000, purpose="p" * 20_000, phases=tuple(Phase(text="f" * 1000) for _ in range(60)))
    assert archive.save_draft(card).card == card


@pytest.mark.parametrize("door", ["search", "indicator", "series", "indicators_about", "card", "draft", "reading", "document"])
def test_a_question_or_a_name_without_end_is_refused_before_it_costs(archive: Archive, door: str) -> None:
    for who in (hands(archive, "lettore"), Guarded(archive, local_person())):
        with pytest.raises(ArchiveError, match="troppo lungo"):
            getattr(who, door)("tempi di pagamento " * 1_000)


def test_comments_have_an_end_and_a_pace(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = archive.save_draft(Card(title="una"))
    person = hands(archive, "lettore")
    for _ in range(20):
        person.add_comment(draft.id, "e ora?")
    with pytest.raises(TooOften, match="Troppi commenti"):
        person.add_comment(draft.id, "e ora?")
    hands(archive, "lettore").add_comment(draft.id, "io sono un'altra persona")
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    person.add_comment(draft.id, "dopo un minuto")
    monkeypatch.setattr(comments, "MOST_OPEN", 22)
    with pytest.raises(ArchiveError, match="già 22 commenti aperti"):
        hands(archive, "lettore").add_comment(draft.id, "ancora")
    assert len(archive.comments(draft.id)) == 22


@pytest.mark.parametrize(("what", "most"), [("search", 120), ("save_draft", 900), ("esportazione", 120)])
def test_nobody_asks_saves_or_exports_without_a_pause(what: str, most: int) -> None:
    who = f"{uuid4().hex}@ente.it"
    for _ in range(most):
        keep_pace(who, what)
    with pytest.raises(TooOften, match="in un minuto"):
        keep_pace(who, what)
    keep_pace(f"altra-{who}", what)
    keep_pace(who, "draft")


@pytest.mark.parametrize("new", [
    Person("a@ente.it", "lettore", "x" * 201), Person("a@ente.it", "lettore", "Ada\u202egpj"), Person("a@ente.it", "lettore", "A\x1b[31m"),
    Person("a@ente.it", "lettore", units=("u" * 201,)), Person("a@ente.it", "lettore", units=("u\x00",)), Person("a\u202e@ente.it", "lettore"),
    Person("a@ente.it", "lettore", units=tuple(f"u{n}" for n in range(501))), Person("a@" + "e" * 300, "lettore"), Person("\x1b@e", "lettore"),
])
def test_a_name_that_hides_something_or_has_no_end_is_nobodys(archive: Archive, new: Person) -> None:
    admin = Guarded(archive, Person("capo@ente.it", "amministratore"))
    with pytest.raises(PiaoError) as refused:
        admin.put_person(new)
    assert admin.people() == []
    assert len(str(refused.value)) < 250


# ---------------------------------------------------------------------------------------------- whose comment


def test_a_comment_is_closed_by_who_wrote_it_or_writes_the_card(archive: Archive) -> None:
    draft = archive.save_draft(Card(title="una", unit="Ambiente"))
    writer = hands(archive, "lettore", name="Lia")
    one = writer.add_comment(draft.id, "Il peso?")
    for other in (hands(archive, "lettore", name="Ugo"), hands(archive, "redattore", "Tributi", name="Rita"),
                  hands(archive, "responsabile", "Tributi", name="Dino")):
        with pytest.raises(NotAllowed):
            other.close_comment(one.number)
        with pytest.raises(NotAllowed):
            other.close_comment(one.number, "Lia")
        assert not other.may_close(one, draft.card)
    assert archive.comments(draft.id)[0].closed_at is None
    assert writer.close_comment(one.number).closed_by == "Lia"
    two = writer.add_comment(draft.id, "E la fine?")
    assert hands(archive, "redattore", "Ambiente", name="Rita").close_comment(two.number).closed_by == "Rita"


@pytest.mark.parametrize("place", ["unit", "directorate", "section"])
def test_a_card_belongs_to_whoever_answers_for_it_by_any_name(archive: Archive, place: str) -> None:
    draft = archive.save_draft(Card(title="una").replace(**{place: "Tributi"}))
    with pytest.raises(NotAllowed, match="Tributi"):
        hands(archive, "redattore", "Ambiente").save_draft(Card(title="presa"), draft.id)
    assert hands(archive, "redattore", "Tributi").save_draft(draft.card.replace(title="nostra"), draft.id).card.title == "nostra"
