"""Every command in the hands of every role: with ``PIAO_OPERATOR`` the command line gives nobody more than the app does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from cards.model import Card, StaffShare
from commands.shell import COMMANDING, GROUPS, NEEDED, app, mapping_names
from settings import Settings, load_settings
from store import people
from store.archive import Archive
from store.guarded import Guarded
from store.people import LEAST, ROLES, Action, Person, local_person
from tests.store.fakes import WordEmbedder

WHO = ("nobody", "suspended", *ROLES)
COMMANDS: dict[str, list[str]] = {
    "ingest": ["ingest", "{file}"], "sample": ["sample"], "forget": ["forget", "piano.csv"], "cards": ["cards"], "read": ["read", "{file}"],
    "check": ["check", "{draft}"], "score": ["score", "{draft}"], "explain": ["explain", "PES001"], "target": ["target", "12"],
    "ground": ["ground", "{ground}"], "ask": ["ask", "tempi"], "indicator": ["indicator", "tempi"], "eval": ["eval", "{questions}"],
    "export": ["export", "{draft}", "--format", "json", "-o", "{out}"], "motivate": ["motivate", "--card", "{draft}", "--action",
    "eliminate", "--facts", "fatti"], "draft": ["draft", "--title", "t", "--unit", "Ambiente", "--year", "2027"],
    "profile list": ["profile", "list"], "profile new": ["profile", "new", "{toml}"], "profile check": ["profile", "check", "neutro"],
    "profile use": ["profile", "use", "neutro"], "mapping list": ["mapping", "list"], "mapping forget": ["mapping", "forget", "x"],
    "mapping show": ["mapping", "show", "x"], "mapping fields": ["mapping", "fields"],
    "mapping set": ["mapping", "set", "x", "0", "a=title"],
    "rebuild": ["rebuild"], "doctor": ["doctor"], "backup": ["backup", "{zip}"], "restore": ["restore", "{zip}", "--force"],
    "migrate": ["migrate"], "serve": ["serve"], "log": ["log"], "people list": ["people", "list"],
    "people set": ["people", "set", "redattore@ente.it", "--role", "amministratore"], "people remove": ["people", "remove", "capo@ente.it"],
}


@pytest.fixture
def draft(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An archive with a person of each role and a draft of the Tributi; the file system as it was."""
    import ingest.worker
    from ingest.reading import read

    words = WordEmbedder()
    monkeypatch.setattr(Archive, "embedder", property(lambda _self: words))
    monkeypatch.setattr(ingest.worker, "read_safely", read)
    monkeypatch.setattr("ui.server.run", lambda *_args, **_more: 0)
    monkeypatch.chdir(home.parent)
    load_settings.cache_clear()
    with Archive.open(Settings(home=home), words) as archive:
        with archive.transaction() as connection:
            for role in ROLES:
                people.put(connection, Person(f"{role}@ente.it", role, role.title(), ("Ambiente",) if role != ROLES[-1] else ()))
            people.put(connection, Person("suspended@ente.it", "amministratore", active=False))
        made = archive.save_draft(Card(title="Tributi più semplici", unit="Tributi", year=2026)).id
    yield made
    load_settings.cache_clear()


def names() -> set[str]:
    """Every command there is."""
    return {name for name in mapping_names(app) if name not in GROUPS}


def test_each_command_says_what_it_needs() -> None:
    assert names() == set(NEEDED) == set(COMMANDS)
    assert {Action(action) for action in NEEDED.values()} <= set(LEAST)


def told(home: Path) -> list[tuple[str, str]]:
    with Archive.open(Settings(home=home)) as archive:
        return [(row.person, row.action) for row in Guarded(archive, local_person()).log()]


@pytest.mark.parametrize("who", WHO)
def test_no_command_does_for_a_person_what_their_role_does_not(
    draft: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], who: str,
) -> None:
    """Those who may not get one line and exit 2; nothing changes and no file appears."""
    monkeypatch.setenv("PIAO_OPERATOR", f"{who}@ente.it")
    load_settings.cache_clear()
    before, files = told(home), sorted(home.parent.iterdir())
    for name, words in COMMANDS.items():
        role = LEAST[Action(NEEDED[name])]
        if who in ROLES and ROLES.index(who) >= ROLES.index(role):
            continue
        places = {"draft": draft, **{key: str(home.parent / f"{key}.x") for key in ("file", "ground", "questions", "out", "toml", "zip")}}
        capsys.readouterr()
        assert cli.run([word.format(**places) for word in words]) == 2, name
        said = capsys.readouterr()
        assert said.err.startswith("Errore: "), (name, said.err)
        assert "non puoi" in said.err or "non è tra gli utenti" in said.err, (name, said.err)
        assert len(said.err.strip().splitlines()) == 1
        assert said.out == ""
    assert told(home) == before
    assert sorted(home.parent.iterdir()) == files


@pytest.mark.parametrize("who", ROLES)
def test_what_a_role_may_is_done_in_its_name(
    draft: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], who: str,
) -> None:
    monkeypatch.setenv("PIAO_OPERATOR", f"{who}@ente.it")
    load_settings.cache_clear()
    (home.parent / "piano.csv").write_text("Obiettivo;Indicatore;Valore atteso 2026\nUno;Due;3\n", encoding="utf-8")
    assert cli.run(["cards", "--json"]) == 0
    assert cli.run(["export", draft, "--format", "json", "-o", "scheda.json"]) == 0
    writes = ROLES.index(who) >= ROLES.index("redattore")
    for words in (["ingest", "piano.csv"], ["draft", "--title", "t", "--unit", "Ambiente", "--year", "2027"]):
        assert cli.run(words) == (0 if writes else 2)
    assert cli.run(["draft", "--title", "t", "--unit", "Tributi", "--year", "2027"]) == (0 if who == ROLES[-1] else 2)
    me = f"{who.title()} <{who}@ente.it>"
    assert {person for person, _action in told(home)} == {me}
    assert (me, "esportazione") in told(home)


def test_without_an_operator_the_keeper_of_the_machine_leaves_their_name(draft: str, home: Path) -> None:
    assert cli.run(["export", draft, "--format", "csv", "-o", "a.csv"]) == 0
    assert cli.run(["backup", "copia.zip"]) == 0
    assert cli.run(["profile", "use", "neutro"]) == 0
    assert cli.run(["restore", "copia.zip", "--force"]) == 0
    done = told(home)
    assert all(person.startswith("riga di comando") for person, _action in done)
    assert {"lettura", "esportazione", "ripristino"} <= {action for _person, action in done}


@pytest.mark.parametrize("flag", [["--llm"], []])
def test_a_reader_sends_nothing_to_a_model(
    draft: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], flag: list[str],
) -> None:
    monkeypatch.setenv("PIAO_OPERATOR", "lettore@ente.it")
    monkeypatch.setenv("PIAO_LLM", "openai:x")
    monkeypatch.setenv("PIAO_LLM_BASE_URL", "http://127.0.0.1:9")
    load_settings.cache_clear()
    code = cli.run(["motivate", "--card", draft, "--action", "eliminate", "--facts", "Il servizio è stato soppresso.", *flag])
    assert code == (2 if flag else 0)
    assert ("far scrivere testi al modello" in capsys.readouterr().err) == bool(flag)


# ---------------------------------------------------------------------------------------------- terminal and names

EVIL = "\x1b[31mROSSO\x1b]0;titolo\x07 \x9b31m \x9d0;x\x9c \u202egpj \u2066a\u2069 \x08\x7f"


def test_nothing_a_terminal_obeys_is_printed(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(home.parent)
    load_settings.cache_clear()
    card = Card(title=EVIL, unit=EVIL, entity=EVIL, year=2026, staff=(StaffShare(name=EVIL, share=EVIL),), phases=(), purpose=EVIL)
    Path("piano.json").write_text(json.dumps(card.to_json()), encoding="utf-8")
    said = ""
    for words in (["read", "piano.json"], ["read", "piano.json", "--json"], ["check", "piano.json"], ["check", "piano.json", "--json"],
                  ["check", "piano.json", "--sarif"], ["score", "piano.json"], ["score", "piano.json", "--json"], ["target", EVIL],
                  ["target", EVIL, "--json"], ["explain", EVIL], ["check", EVIL], ["export", EVIL], [EVIL], ["check", f"--{EVIL}"],
                  ["read", f"{EVIL}\nErrore: finto.csv"], ["profile", "check", EVIL], ["people", "set", EVIL, "--role", EVIL]):
        cli.run(words)
        captured = capsys.readouterr()
        assert COMMANDING.findall(captured.out + captured.err) == [], words
        assert "\nErrore: finto" not in captured.err
        said += captured.out
    assert "ROSSO" in said
    assert cli.run(["read", "piano.json", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == EVIL, "lo stesso testo, scritto senza comandi"


@pytest.mark.parametrize(("options", "setting", "whole"), [
    ([], None, True), ([], "true", False), (["--mask"], None, False), (["--no-mask"], "true", True), (["--mask"], "true", False),
])
@pytest.mark.parametrize("format", ["json", "csv", "docx", "xlsx", "odt"])
def test_staff_by_initials_in_what_is_exported(
    home: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], setting: str | None, whole: bool, format: str,
) -> None:
    from tests.security.test_injection import parts

    if setting:
        monkeypatch.setenv("PIAO_MASK_EXPORTS", setting)
    load_settings.cache_clear()
    monkeypatch.chdir(home.parent)
    card = Card(title="Sportello", unit="Ambiente", year=2026, manager="Bianchi Carla", description="Lo segue Maria Rossi.",
                staff=(StaffShare(name="Rossi Maria", category="C", share="100%"),))
    Path("piano.json").write_text(json.dumps(card.to_json()), encoding="utf-8")
    assert cli.run(["export", "piano.json", "--format", format, "-o", "uscita", *options]) == 0
    content = Path("uscita").read_bytes()
    text = content.decode("utf-8", "replace") if format in ("json", "csv") else " ".join(parts(content).values())
    assert ("Rossi" in text) == whole
    assert "Carla" in text
