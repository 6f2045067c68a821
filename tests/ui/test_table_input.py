"""What comes from the browser's tables is checked before it is used; what the server says of it is true."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from cards.model import Card, Indicator, Phase
from tests.ui.test_history import field, saved
from tests.ui.test_pages import CARD, fresh  # noqa: F401
from tests.ui.test_weights import button, opened
from ui.table_input import LONGEST, MORE, Column, numbered, typed

COLUMNS = [Column("Fase"), Column("Tipo", options=("tempo", "costo"))]
GIVEN = numbered([{"_riga": 0, "Fase": "Avvio"}, {"_riga": None}])


def row(**changes: Any) -> dict[str, Any]:
    """One sound row, with something changed."""
    return {"id": "b0", "from": 0, "cells": ["Avvio", "tempo"], **changes}


def sent(*rows: Any, seq: Any = 1) -> dict[str, Any]:
    """A value as the browser sends it."""
    return {"rows": {"seq": seq, "rows": [*rows]}}


def test_sound_rows_come_back_by_heading_in_their_order():
    read = typed(sent(row(id="n1", **{"from": None}), row(), seq=7), COLUMNS, GIVEN)
    assert read is not None
    assert read.seq == 7
    assert read.rows[1] == {"_id": "b0", "_riga": 0, "Fase": "Avvio", "Tipo": "tempo"}
    assert read.rows[0]["_riga"] is None


@pytest.mark.parametrize("hostile", [
    None, 3, "rows", {"rows": None}, {"rows": []}, {"rows": {"seq": 1}}, sent(seq=-1), sent(seq="1"), sent(seq=True), sent(seq=2**60),
    sent(3), sent(None), sent({}), sent(row(id=5)), sent(row(id="")), sent(row(id="x" * 41)), sent(row(**{"from": "0"})),
    sent(row(**{"from": 1})), sent(row(**{"from": -1})), sent(row(**{"from": True})), sent(row(cells="ab")), sent(row(cells=["a"])),
    sent(row(cells=["a", "b", "c"])), sent(row(cells=["a", 3])), sent(row(cells=["a", None])), sent(row(cells=["a" * (LONGEST + 1), ""])),
    sent(row(), row(id="b1")), sent(row(), row(**{"from": None})),
    sent(*({"id": f"n{i}", "from": None, "cells": ["", ""]} for i in range(MORE + 3))),
])
def test_what_is_none_of_ours_is_as_if_it_never_came(hostile: Any):
    assert typed(hostile, COLUMNS, GIVEN) is None


def test_a_choice_that_is_not_offered_is_blank():
    read = typed(sent(row(cells=["Avvio", "<script>"])), COLUMNS, GIVEN)
    assert read is not None
    assert read.rows[0]["Tipo"] == ""


def given(app: AppTest, title: str) -> dict[str, Any]:
    """What a table of the page was given."""
    told = [json.loads(one.proto.json)[0] for one in app.get("bidi_component") if one.proto.component_name == "piao_table"]
    return next(one for one in told if one["title"] == title)


def type_in(app: AppTest, title: str, seq: int, rows: list[dict[str, Any]], label: str = "Fine", text: str = "30/11/2027") -> None:
    """The browser sends a table together with another field."""
    app.session_state[given(app, title)["mount"]] = {"rows": {"seq": seq, "rows": rows}}
    field(app, label).set_value(text).run()
    assert not app.exception, app.exception


def test_a_number_is_told_as_saved_only_when_its_rows_are_in_the_archive():
    from ui.state import archive

    app, draft = opened(CARD)
    table = given(app, "Fasi")
    assert (table["seen"], table["saved"]) == (0, 0)
    rows = [one | {"cells": ["1", "Analisi dei tempi", *one["cells"][2:]]} if one["id"] == "b0" else one for one in table["rows"]]
    type_in(app, "Fasi", 4, rows)
    assert saved(draft).card.phases[0].text == "Analisi dei tempi"
    assert (given(app, "Fasi")["seen"], given(app, "Fasi")["saved"]) == (4, 4)
    assert given(app, "Fasi")["mount"] == table["mount"], "la tabella non si rifà mentre si scrive"
    assert given(app, "Fasi")["rows"] == table["rows"]
    archive().save_draft(CARD.replace(title="Di un'altra persona"), draft_id=draft)
    rows[0] = rows[0] | {"cells": ["1", "Analisi finita", *rows[0]["cells"][2:]]}
    type_in(app, "Fasi", 5, rows, text="01/12/2027")
    assert (given(app, "Fasi")["seen"], given(app, "Fasi")["saved"]) == (5, 4), "non salvata finché la persona non sceglie"
    assert saved(draft).card.title == "Di un'altra persona"
    button(app, "Tieni il mio testo").click().run()
    assert given(app, "Fasi")["saved"] == 5
    assert saved(draft).card.phases[0].text == "Analisi finita"


def test_hostile_rows_change_nothing():
    app, draft = opened(CARD)
    type_in(app, "Fasi", 4, [{"id": "b0", "from": 99, "cells": []}])
    assert saved(draft).card.phases == CARD.phases
    assert saved(draft).card.end == "30/11/2027"
    assert given(app, "Fasi")["seen"] == 0


def test_another_load_is_another_table():
    app, _draft = opened(CARD)
    before = given(app, "Fasi")["mount"]
    field(app, "Fine").set_value("30/11/2027").run()
    button(app, "Annulla").click().run()
    assert given(app, "Fasi")["mount"] != before
    assert opened(CARD)[0].get("bidi_component"), "ogni sessione ha le sue tabelle"


def test_a_decided_card_is_only_read():
    from ui.state import archive

    app, draft = opened(CARD)
    archive().save_draft(CARD, draft_id=draft, state="closed")
    app, _ = opened(CARD)
    app.query_params["bozza"] = draft
    app.run()
    table = given(app, "Fasi")
    assert table["locked"]
    assert len(table["rows"]) == len(CARD.phases)


def test_findings_and_readings_stand_at_their_cells_as_plain_text():
    app, _draft = opened(CARD.replace(
        indicators=(Indicator(name="<b>Vago</b>", targets={"2027": "migliorare"}, weight="60"),
                    Indicator(name="Chiaro", targets={"2027": "almeno il 98,5%"}, weight="quaranta"), Indicator(name="Vuoto")),
        phases=(Phase(number="1", text="Avvio", start="1/2/27", end="fine estate", weight="100"),)))
    told = {(one["row"], one["column"]): (one["level"], one["words"]) for one in given(app, "Indicatori")["notes"]}
    assert told["b0", "Atteso 2027"][0] in ("error", "warning")
    assert told["b1", "Atteso 2027"] == ("reading", "letto: ≥ 98,5 %")
    assert told["b1", "Peso"][0] in ("error", "warning")
    assert told["b2", "Atteso 2027"][0] == "error"
    phases = {one["column"]: one["words"] for one in given(app, "Fasi")["notes"]}
    assert phases["Inizio"] == "letto: 01/02/2027"
    assert "Fine" in phases


def test_an_empty_card_has_rows_to_type_into_and_what_is_typed_is_a_new_row():
    app, draft = opened(Card(title="Nuova", year=2027))
    rows = given(app, "Indicatori")["rows"]
    rows[0]["cells"][0] = "Prestiti"
    type_in(app, "Indicatori", 1, rows)
    assert [one.name for one in saved(draft).card.indicators] == ["Prestiti"]
