"""A variation finds its part, changes it and leaves the old text marked; the motivazione says only what it was told."""

from __future__ import annotations

import pytest

from cards.errors import ModelError, PiaoError
from cards.model import Card, Indicator, Origin, Phase, Source, Variation
from prompts.motivation import composed, make_variation, motivate, similar
from prompts.variation import apply_variation, described, still_said
from tests.prompts.scripted import Scripted

FACTS = "Con nota prot. 812 del 03/06/2026 il Distretto ha comunicato che il finanziamento arriverà nel 2027."


def card() -> Card:
    return Card(
        id="c1", entity="Comune di Roccamora", year=2026, title="Corso per educatori", status="active", horizon="2026",
        phases=(Phase(number="1", text="incarico al formatore", weight="40%"),
                Phase(number="2", text="svolgimento del corso", end="30/09/2026"), Phase(number="3", text="questionario finale")),
        indicators=(Indicator(name="n. partecipanti", targets={"2026": "20", "2027": "25"}),
                    Indicator(name="% gradimento", targets={"2026": "≥ 80%"})),
        activities=("gestione delle iscrizioni",),
    )  # fmt: skip


def precedent() -> Card:
    reason = "Il finanziamento atteso non è arrivato in tempo utile e il corso non può essere svolto entro l'anno."
    return Card(
        id="p1", entity="Comune di Acquaforte", year=2025, title="Corso", source=Source(document="acquaforte.docx", pages=(2,)),
        variations=(Variation(action="eliminate", object="phase", number="2", old="corso", reason=reason),),
        provenance={"variations[0].reason": Origin(from_="document", document="acquaforte.docx", page=7, line=30)},
    )  # fmt: skip


def test_eliminate_a_phase() -> None:
    v = make_variation(card(), "eliminate", "phase", "2", None)
    assert (v.old, v.number) == ("svolgimento del corso", "2")
    after = apply_variation(card(), v)
    assert [p.status for p in after.phases] == [None, "eliminated", None]
    assert (after.status, after.variations) == ("modified", (v,))


def test_replace_a_phase_keeps_the_old_text_and_its_number() -> None:
    after = apply_variation(card(), make_variation(card(), "replace", "phase", "1", "selezione del formatore"))
    assert [(p.number, p.text, p.status) for p in after.phases[:2]] == [
        ("1", "incarico al formatore", "replaced"), ("1", "selezione del formatore", "active")]  # fmt: skip
    assert after.phases[1].weight == "40%"
    again = apply_variation(after, make_variation(after, "replace", "phase", "1", "nuova selezione"))
    assert [p.status for p in again.phases[:3]] == ["replaced", "replaced", "active"]


@pytest.mark.parametrize(("status", "words"), [("eliminated", "già eliminata"), ("replaced", "già sostituita")])
@pytest.mark.parametrize(("action", "obj", "number", "new"), [
    ("postpone", "objective", None, "31/12/2026"), ("change_target", "indicator", "1", "≥ 15"), ("eliminate", "objective", None, None),
    ("add", "phase", None, "verifica")])
def test_nothing_more_is_asked_of_a_card_that_is_gone(
    status: str, words: str, action: str, obj: str, number: str | None, new: str | None
) -> None:
    gone = card().replace(status=status)
    with pytest.raises(PiaoError, match=words):
        motivate(gone, action, FACTS, object=obj, number=number, new=new)


def test_the_other_actions() -> None:
    c = card()
    assert apply_variation(c, make_variation(c, "eliminate", "objective", None, None)).status == "eliminated"
    assert apply_variation(c, make_variation(c, "postpone", "phase", "2", "31/12/2026")).phases[1].end == "31/12/2026"
    assert apply_variation(c, make_variation(c, "extend", "objective", None, "30/06/2027")).horizon == "2026 - 2027"
    assert apply_variation(c, make_variation(c, "add", "phase", None, "verifica")).phases[-1].number == "4"
    target = make_variation(c, "change_target", "indicator", "partecipanti", "≥ 15")
    assert (target.old, target.name, target.targets) == ("20", "n. partecipanti", {"2026": "≥ 15"})
    assert apply_variation(c, target).indicators[0].targets == {"2026": "≥ 15", "2027": "25"}
    gone = apply_variation(c, make_variation(c, "eliminate", "indicator", "% gradimento", None))
    assert [i.status for i in gone.indicators] == [None, "eliminated"]
    replaced = apply_variation(c, make_variation(c, "replace", "objective", None, "Corso in linea"))
    assert (replaced.status, replaced.title) == ("replaced", "Corso per educatori")
    assert apply_variation(c, make_variation(c, "change_activity", "activity", None, "raccolta iscrizioni")).activities == (
        "raccolta iscrizioni",
    )


def test_an_indicator_changed_keeps_the_old_one_with_its_past() -> None:
    c = card()
    measured = c.indicators[0].replace(actuals={"2025": "18"}, formula="conteggio", weight="60")
    c = c.replace(indicators=(measured, c.indicators[1]), provenance={"indicators[1].name": Origin(from_="user", note="mio")})
    after = apply_variation(c, make_variation(c, "change_indicator", "indicator", "1", "n. attestati"))
    assert [(i.name, i.status) for i in after.indicators] == [
        ("n. partecipanti", "replaced"), ("n. attestati", "active"), ("% gradimento", None)]  # fmt: skip
    assert after.indicators[0].actuals == {"2025": "18"}
    assert (after.indicators[1].actuals, after.indicators[1].formula, after.indicators[1].weight) == ({}, None, "60")
    assert after.provenance["indicators[2].name"].note == "mio", "l'origine segue il suo indicatore"
    assert after.provenance["indicators[1].name"].note == "variazione"
    assert len(after.provenance) == 2
    with pytest.raises(PiaoError, match="non ha tra le sue"):
        make_variation(after, "eliminate", "indicator", "1", None)


@pytest.mark.parametrize(
    ("action", "obj", "number", "new", "words"),
    [
        ("cancellare", "phase", "1", None, "L'azione"),
        ("eliminate", "capitolo", "1", None, "L'oggetto"),
        ("eliminate", "phase", "9", None, "non ha tra le sue 3 fasi «9»"),
        ("eliminate", "indicator", None, None, "non indicata"),
        ("change_target", "indicator", "1", " ", "Manca il nuovo testo"),
    ],
)
def test_a_wrong_request_is_one_clear_line(action: str, obj: str, number: str | None, new: str | None, words: str) -> None:
    with pytest.raises(PiaoError, match=words):
        make_variation(card(), action, obj, number, new)


def test_the_text_has_fact_consequence_proposal_and_a_verbatim_citation() -> None:
    v = make_variation(card(), "eliminate", "phase", "2", None)
    cited = similar(FACTS, "eliminate", "phase", [precedent()])
    text = composed(card(), v, FACTS, [reason for _, reason in cited])
    assert text.startswith(FACTS)
    assert "la fase 2 «svolgimento del corso»" in text
    assert "Si propone di eliminare la fase 2" in text
    assert "«Il finanziamento atteso non è arrivato in tempo utile e il corso non può essere svolto entro l'anno.» [1]" in text
    assert described(card(), v) == "la fase 2 «svolgimento del corso»"


def test_a_long_reason_is_quoted_up_to_a_whole_clause() -> None:
    clause = "Il finanziamento regionale non è arrivato in tempo utile per svolgere il corso entro l'anno"
    long = precedent().variations[0].replace(reason=f"{clause}; {'per questo si ritiene di rinviare ' * 12}")
    found = motivate(card(), "eliminate", FACTS, [precedent().replace(variations=(long,))], object="phase", number="2")
    assert f"«{clause}» [1]" in found.text
    assert found.unsupported == ()


def test_unlike_precedents_are_not_cited() -> None:
    other = precedent().replace(
        variations=(Variation(action="add", object="activity", new="x", reason="Nuova competenza attribuita dalla legge"),)
    )
    assert similar(FACTS, "eliminate", "phase", [other]) == []


def test_a_case_is_similar_by_action_and_words_and_told_once() -> None:
    one = precedent().variations[0]
    assert similar(FACTS, "postpone", "phase", [precedent()]) == [], "un'altra azione"
    unlike = one.replace(reason="Nel 2026 la ditta incaricata ha rinunciato ai lavori del tetto.")
    assert similar(FACTS, "eliminate", "phase", [precedent().replace(variations=(unlike,))]) == [], "altre parole"
    twin = one.replace(reason=(one.reason or "") + " Si elimina la fase.")
    other = one.replace(reason="Il Distretto ha spostato il finanziamento al prossimo esercizio.")
    cited = similar(FACTS, "eliminate", "phase", [precedent().replace(variations=(one, twin, other))])
    assert len(cited) == 2
    assert other.reason in [reason for _, reason in cited], "due motivazioni che cominciano uguali valgono una"
    text = composed(card(), make_variation(card(), "eliminate", "phase", "2", None), FACTS, [reason for _, reason in cited])
    assert text.count("In un caso simile") == 1
    assert "[2]" in text


@pytest.mark.parametrize("said", ["30/09/2026", "30 settembre 2026", "30.9.2026"])
def test_the_old_end_still_told_is_to_be_changed(said: str) -> None:
    told = card().replace(description=f"Il corso finisce il {said}; il questionario segue.")
    found = motivate(told, "postpone", FACTS, [], object="phase", number="2", new="31/12/2026")
    assert any("la descrizione" in line and said in line and "31/12/2026" in line for line in found.missing)
    whole = told.replace(end="30/09/2026")
    assert still_said(whole, make_variation(whole, "extend", "objective", None, "31/12/2026"))
    assert still_said(told, make_variation(told, "eliminate", "phase", "2", None)) == {}
    assert still_said(card(), make_variation(card(), "postpone", "phase", "2", "31/12/2026")) == {}


def test_motivate_end_to_end() -> None:
    pytest.importorskip("prompts.grounding")
    found = motivate(card(), "eliminate", FACTS, [precedent()], object="phase", number="2")
    assert set(found.to_json()) == {"variation", "text", "citations", "unsupported"}
    assert found.variation.reason == found.text
    assert found.citations[0]["document"] == "acquaforte.docx"
    assert (found.citations[0]["page"], found.citations[0]["line"]) == (7, 30)
    assert found.citations[0]["quote"] in precedent().variations[0].reason  # type: ignore[operator]
    assert found.unsupported == ()
    assert found.missing == ()


def test_facts_are_asked_for() -> None:
    with pytest.raises(PiaoError, match="Mancano i fatti"):
        motivate(card(), "eliminate", "  ", [], object="phase", number="2")


def test_a_model_s_invention_is_marked() -> None:
    pytest.importorskip("prompts.grounding")
    model = Scripted(
        queue=["Il Distretto ha revocato 45.000 euro con delibera n. 77 del 2026 [3]. Si propone di eliminare la fase."]
    )
    found = motivate(card(), "eliminate", FACTS, [precedent()], object="phase", number="2", model=model)
    assert any("45.000" in spot["span"] for spot in found.unsupported)
    assert found.call is not None
    assert found.citations == ()
    with pytest.raises(ModelError):
        motivate(card(), "eliminate", FACTS, [], object="phase", number="2", model=Scripted(queue=[""]))


@pytest.mark.parametrize(
    ("action", "obj", "number", "new"),
    [
        ("eliminate", "phase", "2", None),
        ("replace", "phase", "1", "selezione del formatore con avviso pubblico"),
        ("change_phase", "phase", "3", "questionario finale in linea"),
        ("eliminate", "indicator", "% gradimento", None),
        ("change_indicator", "indicator", "% gradimento", "% di giudizi almeno buoni"),
        ("change_target", "indicator", "n. partecipanti", "≥ 22"),
        ("add", "indicator", None, "n. ore di corso erogate"),
        ("change_activity", "activity", None, "raccolta delle iscrizioni in linea"),
        ("add", "activity", None, "rilascio degli attestati"),
    ],
)
def test_the_card_after_the_variation_agrees_with_its_request(action: str, obj: str, number: str | None, new: str | None) -> None:
    from cards.model import Document, Reading
    from scoring.check import check
    from scoring.profiles import load_profile

    found = motivate(card(), action, FACTS, [precedent()], object=obj, number=number, new=new)
    after = apply_variation(card(), found.variation)
    report = check(Reading(document=Document(name="variazione", year=2026), cards=(after,)), load_profile("segrate"), year=2026)
    assert [f.message for f in report.findings if f.code.startswith("VAR") and f.level.value == "error"] == []
