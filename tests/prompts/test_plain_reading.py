"""Drafts read as a municipal secretary reads them: one name said once, no case that is none, no count called a share."""

from __future__ import annotations

import pytest

from cards.model import Card, Indicator, Phase, Variation
from prompts.drafting import draft_card
from prompts.motivation import motivate
from prompts.need import Need

CARD = Card(title="Parco fluviale", year=2027, phases=(Phase(number="1", text="Accordo con la Provincia"),))


@pytest.mark.parametrize(("action", "obj", "end"), [
    ("postpone", "objective", "Si propone di rinviare l'obiettivo al 31/12/2028."),
    ("replace", "phase", "Si propone di sostituire la fase 1 con «31/12/2028»."),
])
def test_the_facts_begin_a_sentence_and_a_name_is_said_once(action: str, obj: str, end: str):
    text = motivate(CARD, action, "la gara è andata deserta il 12/05/2027", object=obj, number="1", new="31/12/2028").text
    assert text.startswith("La gara è andata deserta")
    assert text.endswith(end)


def test_words_that_any_reason_has_make_no_similar_case():
    reason = "come illustrato nelle fasi, non è stato necessario redigere alcun documento"
    other = Card(title="Asilo", variations=(Variation(action="eliminate", object="phase", number="2", reason=reason),))
    found = motivate(CARD, "eliminate", "il contributo non è stato concesso", [other], object="phase", number="1")
    assert found.citations == ()


def test_a_bare_number_under_a_percent_name_keeps_its_sign_and_a_figure_of_context_is_no_aim():
    past = Card(
        title="Prevenzione", entity="Comune di Prova", year=2026,
        indicators=(Indicator(name="% dipendenti formati", targets={"2026": "> 80"}),
                    Indicator(name="N. casi accertati (indice di contesto)", targets={"2026": "40"})),
    )
    draft = draft_card(Need("Prevenzione della corruzione nel servizio", "Segreteria", 2027, entity="Comune di Prova"), [past])
    named = {one.name: one for one in draft.indicators}
    assert named["% dipendenti formati"].targets == {"2027": "> 80%"}
    assert (named["% dipendenti formati"].formula or "").endswith("× 100")
    assert not any("contesto" in (name or "") for name in named)
