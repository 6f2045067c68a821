"""Cards to print: full of every field, with Italian characters."""

from __future__ import annotations

import pytest

from cards.model import Card, Indicator, Item, Outcome, Phase, Resource, StaffShare, Totals, Variation


@pytest.fixture
def full_card() -> Card:
    """Each field filled."""
    return Card(
        entity="Comune di Roccamora", year=2026, document_type="piao", code="S1.00001", number="7", title="Attività più vicine: perché sì",
        status="modified", unit="Settore Uno", directorate="Direzione Servizi", section="Sezione Scuola", responsible="Anna Bianchi",
        manager="Carlo Verdi", politician="Dora Neri", mission="04", mission_name="Istruzione e diritto allo studio", programme="07",
        programme_name="Diritto allo studio", strategic_line="Linea città", strategic_objective="1.1 Scuola", operational_objective="1.1.1 Mensa",
        project="Progetto X", purpose="Meno attese", description="Prima riga.\nSeconda riga con ≥ 3 €.", horizon="2026 - 2027",
        start="01/01/2026", end="31/12/2027", priority="ALTA", weight="15%", activities=("Prima attività", "Seconda attività"),
        phases=(Phase(number="1", text="Analisi", weight="40%", start="01/01/2026", end="31/03/2026", assigned_to="Ufficio A",
                      schedule={"2026-01": "50%", "2026-03": "50%"}, due={"2026-07-31": "100%", "2026-12-31": "100%"}, status="replaced"),
                Phase(number="1", text="Analisi nuova", weight="40%", start="01/01/2026", end="31/03/2026", status="active"),
                Phase(number="2", text="Attuazione", weight="60%", start="01/04/2026", end="30/11/2027", schedule={"2026-04": "50%", "2027": "50%"})),
        indicators=(Indicator(code="N01", name="Tempo medio di risposta", kind="tempo", formula="Σ giorni / n. casi", purpose="Misurare", unit="giorni",
                              baseline="24", history={"2024": "27", "2025": "24"}, targets={"2026": "≤ 23", "2027": "≤ 22"},
                              targets_by_plan={"2026": {"2026": "≤ 23", "2027": "≤ 22"}}, interim={"2026": "25"}, actuals={"2026": "22,5"},
                              deviation="-0,5", weight="60%", achievement="100%", note="nota"),
                    Indicator(name="% gradimento", kind="qualita", unit="%", targets={"2026": "≥ 80%"}, weight="40%")),
        staff=(StaffShare(name="Elena Gialli", category="D", share="100,00%"),), resources=(Resource(description="Software", cost="12.000,00 €"),),
        outcomes=(Outcome(at="2026-12-31", label="Raggiunto", percent="100,00%"),),
        variations=(Variation(action="replace", object="phase", number="1", old="Analisi", new="Analisi nuova", reason="Serve un'altra analisi"),
                    Variation(action="change_target", object="indicator", old="≤ 20", new="≤ 23", name="Tempo medio di risposta",
                              targets={"2026": "≤ 23"}, reason="Meno personale"),),
    )  # fmt: skip


@pytest.fixture
def unit_table() -> Card:
    """A unit's table with weights, outcomes and totals."""
    outcomes = (
        Outcome(at="2026-09-30", label="Parzialmente raggiunto", percent="50,00%"),
        Outcome(at="2026-12-31", label="Raggiunto", percent="100,00%"),
    )
    items = (
        Item(code="S1.00001", title="Primo", priority="ALTA", weight="60%", horizon="annuale", outcomes=outcomes),
        Item(code="S1.00002", title="Secondo", weight="40%", outcomes=outcomes),
    )
    return Card(
        kind="unit_summary",
        entity="Comune di Roccamora",
        year=2026,
        unit="1° Settore",
        responsible="Anna Bianchi",
        items=items,
        totals=Totals(weight="100%", interim="50,00%", final="100,00%"),
    )


@pytest.fixture(autouse=True)
def our_own_pdf(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs by our own hand: LibreOffice takes seconds for each. Tests marked ``office`` keep it."""
    if not request.node.get_closest_marker("office"):
        monkeypatch.setattr("exports.office.available", lambda: False)
