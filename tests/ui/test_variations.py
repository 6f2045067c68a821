"""*Variazioni*: from the facts to the *motivazione*, the card old and new, the draft. On cards of the archive and on drafts."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Phase
from prompts.variation import apply_variation
from tests.ui.test_pages import shown
from ui.marks import changes, marked

pytestmark = pytest.mark.usefixtures("fresh_archive")

CARD = Card(
    title="Nuovo sportello unico", unit="Servizi Demografici", year=2026, start="01/01/2026", end="31/12/2026", weight="50",
    phases=(Phase(number="1", text="Gara per gli arredi", weight="40", end="30/06/2026"),
            Phase(number="2", text="Apertura al pubblico", weight="60", end="31/12/2026")),
    indicators=(Indicator(name="Giorni di attesa", targets={"2026": "≤ 12"}, weight="100"),),
)
FACTS = "Con nota prot. 4521 del 15/05/2026 il fornitore ha comunicato un ritardo nella consegna degli arredi."


def variations_page() -> None:
    from ui.pages import variations

    variations.page()


def box(app: AppTest, kind: str, label: str):
    """The widget with that label."""
    return next(widget for widget in getattr(app, kind) if widget.label == label)


def asked(obj: str, action: str, part: str | None, new: str | None, facts: str = FACTS) -> AppTest:
    """The page with a request filled in, up to the button."""
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    box(app, "selectbox", "Oggetto").set_value(obj).run()
    box(app, "selectbox", "Azione").set_value(action).run()
    if part:
        box(app, "selectbox", "Quale").set_value(part).run()
    if new:
        next(field for field in app.text_input).set_value(new).run()
    box(app, "text_area", "I fatti, con la data e l'atto che li prova").set_value(facts).run()
    box(app, "button", "Scrivi la motivazione").click().run()
    assert not app.exception, app.exception
    return app


def test_without_cards_the_page_says_how_to_begin():
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    assert not app.exception
    assert "Schede" in app.info[0].value
    assert not app.button


@pytest.mark.model
def test_a_phase_rewritten_keeps_the_old_text_struck_and_saves_a_version():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = asked("phase", "change_phase", "1", "Procedura negoziata per gli arredi")
    text = box(app, "text_area", "Testo della motivazione (puoi correggerlo)").value
    assert "4521" in text
    assert "Procedura negoziata per gli arredi" in text
    page = shown(app).replace("\\", "")
    assert "~~1. Gara per gli arredi (fine 30/06/2026)~~ (tolto)" in page
    assert "**1. Procedura negoziata per gli arredi (fine 30/06/2026)** (nuovo)" in page
    box(app, "button", "Salva nella scheda").click().run()
    assert not app.exception
    saved = archive().draft(draft.id)
    assert saved.version == 2
    assert [(p.text, p.status) for p in saved.card.phases][:2] == [
        ("Gara per gli arredi", "replaced"), ("Procedura negoziata per gli arredi", "active")]
    assert saved.card.variations[0].reason == text
    assert saved.card.provenance["variations[0].reason"].from_ == "template"
    assert not [button for button in app.button if button.label == "Scrivi la motivazione"], "non si applica due volte"


@pytest.mark.model
def test_what_the_facts_do_not_say_is_marked_and_the_mark_goes_with_the_words():
    from ui.state import archive

    archive().save_draft(CARD)
    app = asked("target", "change_target", "1", "≤ 20")
    area = box(app, "text_area", "Testo della motivazione (puoi correggerlo)")
    assert not app.warning
    good = area.value
    area.set_value(good + " La delibera n. 87 del 03/02/2026 lo conferma.").run()
    assert not app.exception
    assert "senza riscontro" in shown(app)
    assert "87" in "".join(caption.value for caption in app.caption)
    box(app, "text_area", "Testo della motivazione (puoi correggerlo)").set_value(good).run()
    assert "senza riscontro" not in shown(app)


@pytest.mark.model
def test_facts_that_are_missing_are_said_in_place_and_nothing_is_lost():
    from ui.state import archive

    archive().save_draft(CARD)
    app = asked("objective", "postpone", None, "30/06/2027", facts="Ritardo.")
    assert "Mancano i fatti" in app.error[0].value.replace("\\", "")
    assert app.text_input[0].value == "30/06/2027"


def test_typed_words_survive_a_reload():
    from ui.state import archive

    archive().save_draft(CARD)
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    box(app, "text_area", "I fatti, con la data e l'atto che li prova").set_value(FACTS).run()
    again = AppTest.from_function(variations_page, default_timeout=60)
    name = app.query_params["appunti"]
    again.query_params["appunti"] = name if isinstance(name, str) else name[0]
    again.run()
    assert not again.exception
    assert box(again, "text_area", "I fatti, con la data e l'atto che li prova").value == FACTS


@pytest.mark.parametrize("name", ["../../../etc/passwd", "ffff", "0" * 16, ""])
def test_a_strange_name_in_the_address_bar_opens_blank_notes(name: str):
    from ui.state import archive

    archive().save_draft(CARD)
    app = AppTest.from_function(variations_page, default_timeout=60)
    app.query_params["appunti"] = name
    app.run()
    assert not app.exception
    assert box(app, "text_area", "I fatti, con la data e l'atto che li prova").value == ""


@pytest.mark.model
def test_two_people_on_one_draft_are_told():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = asked("objective", "postpone", None, "30/06/2027")
    archive().save_draft(CARD.replace(title="Cambiato da altri"), draft_id=draft.id, version=1)
    box(app, "button", "Salva nella scheda").click().run()
    assert not app.exception
    assert app.error
    assert archive().draft(draft.id).card.title == "Cambiato da altri"


@pytest.mark.parametrize(
    ("values", "heading", "expected"),
    [
        ({"action": "eliminate", "object": "indicator", "old": "Giorni di attesa"}, "Indicatori",
         [("old", "Giorni di attesa: ≤ 12")]),
        ({"action": "change_target", "object": "indicator", "name": "Giorni di attesa", "old": "≤ 12", "new": "≤ 20"},
         "Indicatori", [("old", "Giorni di attesa: ≤ 12"), ("new", "Giorni di attesa: ≤ 20")]),
        ({"action": "eliminate", "object": "phase", "number": "2", "old": "Apertura al pubblico"}, "Fasi",
         [("same", "1. Gara per gli arredi (fine 30/06/2026)"), ("old", "2. Apertura al pubblico (fine 31/12/2026)")]),
        ({"action": "postpone", "object": "objective", "new": "30/06/2027"}, "Fine", [("old", "31/12/2026"), ("new", "30/06/2027")]),
        ({"action": "add", "object": "activity", "new": "Guida allo sportello"}, "Attività", [("new", "Guida allo sportello")]),
        ({"action": "eliminate", "object": "objective"}, "Titolo", [("old", "Nuovo sportello unico")]),
    ],
)
def test_each_variation_shows_old_and_new(values: dict[str, str], heading: str, expected: list[tuple[str, str]]):
    from cards.model import Variation

    after = apply_variation(CARD, Variation.model_validate(values))
    assert dict(changes(CARD, after))[heading] == expected


def test_marks_stay_harmless_whatever_the_text_says():
    text = "Vedi <script>x</script> e :red[y] del 3/4/2026."
    shown_text = marked(text, [{"sentence": text, "span": "3/4/2026"}, {"sentence": text, "span": "4/2026"}])
    assert "<script>" not in shown_text
    assert shown_text.count("senza riscontro") == 1


@pytest.mark.model
def test_the_button_says_what_is_missing_instead_of_staying_dark():
    from ui.state import archive

    archive().save_draft(CARD)
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    button = box(app, "button", "Scrivi la motivazione")
    assert not button.disabled
    button.click().run()
    assert not app.exception
    assert app.error


def test_a_card_that_is_already_out_is_told():
    from ui.state import archive

    archive().save_draft(CARD.replace(status="eliminated"))
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    assert "già eliminata" in app.warning[0].value
    assert not [button for button in app.button if "motivazione" in button.label]  # and nothing more can be asked of it


@pytest.mark.model
def test_the_list_of_variations_has_old_and_new_text_and_its_files():
    from ui.state import archive

    variation = {"action": "change_phase", "object": "phase", "number": "1", "old": "Gara per gli arredi", "new": "Procedura negoziata",
                 "reason": FACTS}
    from cards.model import Variation

    archive().save_draft(apply_variation(CARD, Variation.model_validate(variation)), state="varied")
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    assert not app.exception, app.exception
    page = shown(app).replace("\\", "")
    assert "~~Gara per gli arredi~~ (tolto)" in page
    assert "**Procedura negoziata** (nuovo)" in page
    assert "1 variazione in 1 scheda." in "".join(one.value for one in app.caption)


@pytest.mark.model
def test_an_eliminated_indicator_stays_struck_in_the_saved_card():
    from ui.state import archive

    draft = archive().save_draft(CARD)
    app = asked("indicator", "eliminate", "1", None)
    assert "~~Giorni di attesa: ≤ 12~~ (tolto)" in shown(app).replace("\\", "")
    box(app, "button", "Salva nella scheda").click().run()
    assert [(i.name, i.status) for i in archive().draft(draft.id).card.indicators] == [("Giorni di attesa", "eliminated")]


@pytest.mark.model
@pytest.mark.parametrize(("queue", "fails"), [(["Il fornitore ha rinunciato a 45.000 euro. Si propone di rinviare."], False),
                                              ([TimeoutError()], True)])
def test_the_model_writes_the_reason_and_its_request_stays_with_the_draft(
    queue: list[object], fails: bool, monkeypatch: pytest.MonkeyPatch
):
    import settings as configuration
    from cards.marks import open_marks
    from prompts.call_log import calls_in
    from tests.prompts.scripted import Scripted
    from ui import jobs
    from ui.state import archive

    monkeypatch.setenv("PIAO_LLM", "openai:copione")
    configuration.load_settings.cache_clear()
    monkeypatch.setattr("prompts.llm.chat_model", lambda settings: Scripted(queue=list(queue)))
    draft = archive().save_draft(CARD)
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    box(app, "selectbox", "Azione").set_value("postpone").run()
    next(field for field in app.text_input).set_value("30/06/2027").run()
    box(app, "text_area", "I fatti, con la data e l'atto che li prova").set_value(FACTS).run()
    app.checkbox[0].set_value(True).run()
    assert "copione" in "".join(one.value for one in app.caption), "si dice dove va il testo"
    app.toggle[0].set_value(True).run()
    assert "4521" in "".join(code.value for code in app.code), "si vede che cosa verrà inviato"
    box(app, "button", "Scrivi la motivazione").click().run()
    for _ in range(200):
        if all(job.finished for job in jobs.registry().values()):
            break
        time.sleep(0.05)
    app.run()
    assert not app.exception, app.exception
    if fails:
        assert "in tempo" in app.error[0].value
        app.checkbox[0].set_value(False).run()
        box(app, "button", "Scrivi la motivazione").click().run()
    box(app, "button", "Salva nella scheda").click().run()
    assert not app.exception, app.exception
    (call,) = calls_in(archive().draft_versions(draft.id)[0].note)
    assert call.job == "motivazione-rinvio"
    assert bool(call.error) == fails
    spans = " ".join(mark.span for _, mark in open_marks(archive().draft(draft.id).card))
    assert ("45.000" in spans) == (not fails)


@pytest.mark.parametrize("place", [0, 1])
def test_of_two_drafts_with_the_same_title_the_one_chosen_is_varied(place: int):
    """Copied from last year, two drafts are called alike: what changes is the one whose facts are told, and no other."""
    from ui.state import archive

    for _ in range(2):
        archive().save_draft(CARD)
    listed = [draft.id for draft in archive().drafts()]
    chosen, other = listed[place], listed[1 - place]
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    box(app, "selectbox", "Scheda").set_value(chosen).run()
    box(app, "selectbox", "Oggetto").set_value("target").run()
    next(field for field in app.text_input).set_value("≤ 20").run()
    box(app, "text_area", "I fatti, con la data e l'atto che li prova").set_value(FACTS).run()
    box(app, "button", "Scrivi la motivazione").click().run()
    box(app, "button", "Salva nella scheda").click().run()
    assert not app.exception, app.exception
    assert archive().draft(chosen).card.indicators[0].targets == {"2026": "≤ 20"}
    assert archive().draft(other).card.indicators[0].targets == {"2026": "≤ 12"}


def test_a_description_that_repeats_the_old_value_is_told():
    from ui.variation_left import left_behind

    first = CARD.indicators[0]
    old = first.targets["2026"]
    base = CARD.replace(description=f"Si misura con {first.name} ({old}); altro indicatore (100%).")
    after = base.replace(indicators=(first.replace(targets={"2026": "≤ 20"}), *CARD.indicators[1:]))
    assert left_behind(base, base) == []
    assert left_behind(base, after) == [f"Anche la descrizione dice «{old}»: dopo il salvataggio correggila in «Schede»."]
    assert left_behind(base.replace(description="Niente."), after.replace(description="Niente.")) == []


@pytest.mark.parametrize(("obj", "number", "end"), [("objective", None, "31/12/2026"), ("phase", "1", "30/06/2026")])
def test_the_end_that_moves_is_shown_beside_the_new_one(obj: str, number: str | None, end: str):
    from ui.state import archive

    archive().save_draft(CARD)
    app = AppTest.from_function(variations_page, default_timeout=60).run()
    if obj != "objective":
        box(app, "selectbox", "Oggetto").set_value(obj).run()
    box(app, "selectbox", "Azione").set_value("postpone").run()
    if number:
        box(app, "selectbox", "Quale").set_value(number).run()
    assert f"Fine prevista finora: {end}." in [caption.value.replace("\\", "") for caption in app.caption]


def test_of_two_phases_of_one_number_the_one_in_force_ends():
    """A phase rewritten keeps its number: the old text stays on the card, marked, with the end it had."""
    from ui.pages.variations import ends_now

    old, new = CARD.phases[0].replace(status="replaced"), CARD.phases[0].replace(end="30/09/2026")
    card = CARD.replace(phases=(old, new))
    assert ends_now(card, "phase", new.number) == "30/09/2026"
