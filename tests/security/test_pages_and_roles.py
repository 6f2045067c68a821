"""Every page in the hands of every role, at addresses made by others: what is seen, and that nothing is done which the role may not.

What a page hides is not trusted: each button there is is pressed, and each callback that a page registers is called, as a
client that lies would do; the archive, its files and other people's notes stay as they were.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Phase, StaffShare, Variation
from exports.template_starter import starter_template
from settings import load_settings
from store import people
from store.archive import Archive
from store.guarded import Guarded
from store.people import Person, local_person
from tests.security.test_injection import APP, page_script
from tests.store.fakes import WordEmbedder
from tests.ui.test_access import LOGIN

PAGES = ("desk", "archive", "precedents", "cards", "variations", "check", "results", "plan", "settings")
PERSONS = {
    "lettore": Person("lia@ente.it", "lettore", "Lia"), "ambiente": Person("rita@ente.it", "redattore", "Rita", ("Ambiente",)),
    "tributi": Person("teo@ente.it", "redattore", "Teo", ("Tributi",)), "responsabile": Person("dino@ente.it", "responsabile", "Dino", ("Ambiente",)),
    "amministratore": Person("ada@ente.it", "amministratore", "Ada"),
}
SECRET = "Scheda dei tributi"
NOTES = "0123456789abcdef"


class User(dict[str, Any]):
    """Who the provider says is there."""

    @property
    def is_logged_in(self) -> bool:
        return bool(self)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """An archive with a login: a person of each kind, a document, drafts of two units, somebody else's notes. No test changes it."""
    import ingest.worker
    from ingest.reading import read

    home = tmp_path_factory.mktemp("ruoli") / "archivio"
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PIAO_") and name != "PIAO_SHARED"]:
            patch.delenv(name)
        for name, value in {**LOGIN, "PIAO_HOME": str(home)}.items():
            patch.setenv(name, value)
        load_settings.cache_clear()
        words = WordEmbedder()
        patch.setattr(Archive, "embedder", property(lambda _self: words))
        patch.setattr(ingest.worker, "read_safely", read)
        with Archive.open(load_settings(), words) as whole:
            with whole.transaction() as connection:
                for person in (*PERSONS.values(), Person("ugo@ente.it", "amministratore", "Ugo", active=False)):
                    people.put(connection, person)
            ids = fill(whole, home)
        yield home, ids
    load_settings.cache_clear()


@pytest.fixture
def ids(world: tuple[Path, dict[str, str]]) -> Iterator[dict[str, str]]:
    """What is there, by name; the app as just started."""
    from ui import jobs

    load_settings.cache_clear()
    st.cache_resource.clear()
    st.cache_data.clear()
    yield world[1]
    from ui.state import background_archive

    jobs.registry().clear()
    background_archive().close()
    st.cache_resource.clear()
    load_settings.cache_clear()


@pytest.fixture
def home(world: tuple[Path, dict[str, str]]) -> Path:
    """Its folder."""
    return world[0]


def fill(whole: Archive, home: Path) -> dict[str, str]:
    hands = Guarded(whole, local_person())
    card = Card(title=SECRET, unit="Tributi", year=2026, purpose="Riscuotere", phases=(Phase(number="1", text="Avvio", start="1/1/2026"),),
                indicators=(Indicator(name="Incassi", targets={"2026": "10"}),), staff=(StaffShare(name="Rossi Maria", share="100%"),),
                variations=(Variation(action="change_target", object="indicator", number="1", old="9", new="10", reason="Perché sì."),))
    theirs = hands.save_draft(card)
    hands.save_draft(card.replace(title="Scheda dei tributi in verifica"), state="review")
    ours = hands.save_draft(Card(title="Scheda dell'ambiente", unit="Ambiente", year=2026, indicators=(Indicator(name="Rifiuti"),)))
    hands.add_comment(theirs.id, "Il peso?", "Teo")
    source = home.parent / "piano.csv"
    source.write_text("Obiettivo;Indicatore;Valore atteso 2026;Settore\nRiscuotere prima;Incassi;10;Tributi\n", encoding="utf-8")
    report = next(iter(hands.ingest([source])))
    (home / "modello.docx").write_bytes(starter_template())
    write_notes("teo@ente.it", "variazione", {"facts": "Fatti che Teo non ha ancora detto a nessuno."})
    return {"theirs": theirs.id, "ours": ours.id, "document": report.document_id or "", "card": whole.cards()[0].id or ""}


def write_notes(email: str, page: str, data: dict[str, Any]) -> None:
    """Notes of somebody else, where the program keeps them."""
    from ui import scratch_files
    from ui.state import settings

    scratch_files.write_notes(scratch_files.notes_file(settings().root, page, NOTES, Person(email, "redattore")), data)


def enters(monkeypatch: pytest.MonkeyPatch, who: Person | None) -> None:
    """Who is in the browser from now on; None: nobody has logged in."""
    claims = {"email": who.email, "iss": "i", "sub": who.email, "email_verified": True} if who else {}
    monkeypatch.setattr("ui.access.st.user", User(claims))


def opened(name: str, query: dict[str, str]) -> AppTest:
    app = AppTest.from_function(page_script, default_timeout=120, args=(name,))
    if name == "desk":  # the first page of the app itself, whose links need the others
        app = AppTest.from_file(APP, default_timeout=120)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    """All that is on a page: texts, labels, values, tables."""
    from tests.security.test_injection import _drawn

    typed = (str(one.value) for kind in (app.text_input, app.text_area) for one in kind)
    return " ".join([*(text for _place, text in _drawn(app._tree)), *typed])


def print_of(home: Path) -> dict[str, str]:
    """The archive as it is: every row but the log's and the index's, and every file but the index's and people's own notes."""
    from sqlalchemy import select

    from store import schema as t
    from ui.state import background_archive

    left = ("audit", "meta", "embedded", "vector_cache", "vectors_to_drop", "people")
    found = {}
    with background_archive().connection() as connection:
        for table in t.metadata.sorted_tables:
            if table.name not in left:
                found[table.name] = repr(sorted(map(repr, connection.execute(select(table)).all())))
        found["people"] = repr([(one.email, one.role, one.units, one.active) for one in people.people(connection)])
    for path in sorted(home.rglob("*")):
        inside = path.relative_to(home).as_posix()
        if path.is_file() and not inside.startswith(("chroma/", "archivio.sqlite", "parole", "piao.log", "scrittura")) and NOTES in inside or (
                inside.startswith(("profili", "segnalazioni", "modello", "originali", "caricamenti", "da-leggere")) and path.is_file()):
            found[inside] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def hostile_address(ids: dict[str, str]) -> dict[str, str]:
    return {"bozza": ids["theirs"], "appunti": NOTES, "documento": ids["document"], "scheda": ids["card"], "come": ids["card"],
            "domanda": "incassi"}


def all_pages(names: tuple[str, ...]) -> None:
    """Every page one below the other, each after the question that ``app.py`` asks before any: who is it?"""
    from importlib import import_module

    from streamlit.runtime.scriptrunner_utils.exceptions import StopException

    from ui.state import person

    for name in names:
        try:
            person()
            import_module(f"ui.pages.{name}").page()
        except StopException:
            continue


def lying_client(name: str) -> None:
    """A page drawn for who manages the program; then the person is a reader, and every callback that it registered is called."""
    from importlib import import_module

    import streamlit as st
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

    from cards.errors import NotAllowed
    from tests.security import test_pages_and_roles as here

    import_module(f"ui.pages.{name}").page()
    here.now_in_the_browser("lettore")
    context = get_script_run_ctx()
    assert context is not None
    for meta in list(context.session_state._state._new_widget_state.widget_metadata.values()):
        for callback in (meta.callback, *(meta.callbacks or {}).values()):
            if callback is None:
                continue
            try:
                callback(*(meta.callback_args or ()), **(meta.callback_kwargs or {}))
                here.CALLED.append(("done", f"{callback.__module__}.{callback.__qualname__}"))
            except NotAllowed:
                here.CALLED.append(("refused", f"{callback.__module__}.{callback.__qualname__}"))
            except BaseException as error:  # a rerun, a widget that is not there
                here.CALLED.append((type(error).__name__, f"{callback.__module__}.{callback.__qualname__}"))
    st.write("finito")


REFUSED = {"cards": {"save", "move"}, "results": {"typed"}, "settings": {"_remove", "adopt"}}
CALLED: list[tuple[str, str]] = []
_patch: list[pytest.MonkeyPatch] = []


def now_in_the_browser(who: str) -> None:
    enters(_patch[0], PERSONS[who])


# ---------------------------------------------------------------------------------------------- who gets in


@pytest.mark.parametrize("who", [None, Person("ignoto@ente.it", "lettore"), Person("ugo@ente.it", "amministratore")],
                         ids=["anonymous", "unknown", "suspended"])
def test_no_page_shows_anything_to_who_may_not_enter(ids: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch, who: Person | None) -> None:
    before = print_of(home)
    enters(monkeypatch, who)
    for query in (hostile_address(ids),):
        for names in (PAGES[:1], PAGES):
            app = AppTest.from_function(all_pages, default_timeout=120, args=(names,))
            for key, value in query.items():
                app.query_params[key] = value
            app.run()
            said = words(app)
            assert "tributi" not in said.lower()
            assert "Teo" not in said
            assert {one.label for one in app.button} in ({"Entra"}, {"Esci e cambia utente"})
            assert not [*app.text_input, *app.text_area, *app.selectbox]
    assert print_of(home) == before


@pytest.mark.parametrize("who", PERSONS)
def test_the_pages_show_each_role_its_own_and_looking_changes_nothing(
    ids: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch, who: str,
) -> None:
    """At addresses that name somebody else's card, notes and document."""
    before = print_of(home)
    enters(monkeypatch, PERSONS[who])
    for name in PAGES:
        app = opened(name, hostile_address(ids))
        assert not app.exception, (name, app.exception)
        said, labels = words(app), [one.label for one in app.button]
        assert "Qualcosa non ha funzionato" not in said, name
        assert ("Fatti che Teo non ha ancora detto" in said) == ((who, name) == ("tributi", "variations")), name
        if name == "settings":
            assert ("ada@ente" in said.replace("\\", "").replace("\u2060", "")) == (who == "amministratore")
            assert who == "amministratore" or labels == []
        if name == "archive":
            assert ("Leggi nell'archivio" in labels) == (who != "lettore")
        if name == "desk":
            assert any(label.startswith("Nuova scheda") for label in labels) == (who != "lettore")
    after = print_of(home)
    own = [key for key in after if key.startswith("appunti/")] if who == "tributi" else []
    assert {key: value for key, value in after.items() if key not in own} == {key: value for key, value in before.items() if key not in own}


@pytest.mark.parametrize("name", PAGES)
def test_a_reader_who_presses_everything_changes_nothing(ids: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Every button of the page, one after the other."""
    before = print_of(home)
    enters(monkeypatch, PERSONS["lettore"])
    app = opened(name, {"bozza": ids["theirs"], "domanda": "incassi"})
    for number in range(len(app.button)):
        if number < len(app.button) and not app.button[number].disabled and "download" not in str(app.button[number].key):
            app.button[number].click().run()
    assert print_of(home) == before


@pytest.mark.parametrize("name", PAGES)
def test_the_callbacks_of_a_page_drawn_for_another_are_refused(ids: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = print_of(home)
    monkeypatch.setattr("ui.state.FRESH", -1.0)
    _patch[:] = [monkeypatch]
    CALLED.clear()
    now_in_the_browser("amministratore")
    app = AppTest.from_function(lying_client, default_timeout=120, args=(name,))
    app.query_params["bozza"] = ids["theirs"]
    app.session_state["profilo_cosa"] = "Scrivi quello del tuo ente"
    app.run()
    assert print_of(home) == before, CALLED
    assert [one for one in CALLED if one[0] not in ("done", "refused")] == []
    refused = {callback.rpartition(".")[2] for kind, callback in CALLED if kind == "refused"}
    assert REFUSED.get(name, set()) <= refused, CALLED
