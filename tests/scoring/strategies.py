"""Any valid card, for hypothesis: real-looking strings of every kind in every field, and random ones."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

STRINGS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "",
            "==",
            "0",
            "100%",
            "≥ 70%",
            "< 8'",
            "30.000/8",
            "1.190",
            "2.24",
            "Sì",
            "Si/no",
            "Come da piano",
            "±3%",
            "50 (+/- 30% Covid)",
            "06' 29\"",
            "30/04/2023",
            "31/09",
            "entro novembre",
            "dicembre 2021",
            "40 +150",
            "≥ 70% consigli / ≥ 15 progetti",
            "12.000,00 €",
            "-5",
            "105",
            "*",
            "N.D.",
            "1/0",
            "2022",
            "Fase 2: approvazione",
            "S1.00001 / DG.0002",
            "1. Uno · 2. Due · 2. Tre",
            "[VERIFICARE]",
            "tempo medio",
            "n. atti",
        ]
    ),
    st.text(max_size=30),
)
KEYS = st.sampled_from(["2021", "2022", "2023", "2024", "a.s. 2021/2022", "altro"])
VALUES = st.dictionaries(KEYS, STRINGS.filter(lambda text: text is not None), max_size=3)


def record(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


INDICATOR = record(
    code=STRINGS,
    name=STRINGS,
    kind=st.sampled_from([None, "quantita", "tempo", "costo", "qualita"]),
    formula=STRINGS,
    unit=STRINGS,
    baseline=STRINGS,
    history=VALUES,
    targets=VALUES,
    actuals=VALUES,
    interim=VALUES,
    targets_by_plan=st.dictionaries(KEYS, VALUES, max_size=2),
    deviation=STRINGS,
    weight=STRINGS,
    achievement=STRINGS,
    note=STRINGS,
)
SHARES = st.dictionaries(
    st.sampled_from(["2023-01", "2023-12", "2024", "x"]), STRINGS.filter(lambda text: text is not None), max_size=3
)
DUE = st.dictionaries(st.sampled_from(["2023-07-31", "2023-12-31"]), STRINGS.filter(lambda text: text is not None), max_size=2)
PHASE = record(
    number=STRINGS,
    text=STRINGS,
    weight=STRINGS,
    start=STRINGS,
    end=STRINGS,
    assigned_to=STRINGS,
    schedule=SHARES,
    due=DUE,
    status=st.sampled_from([None, "active", "eliminated", "replaced"]),
)
OUTCOME = record(at=st.sampled_from([None, "2021-12-31", "2021-09-30"]), label=STRINGS, percent=STRINGS)
ITEM = record(code=STRINGS, title=STRINGS, weight=STRINGS, outcomes=st.lists(OUTCOME, max_size=2))
VARIATION = st.fixed_dictionaries(
    {
        "action": st.sampled_from(
            [
                "eliminate",
                "replace",
                "add",
                "extend",
                "postpone",
                "change_target",
                "change_indicator",
                "change_activity",
                "change_phase",
            ]
        ),
        "object": st.sampled_from(["objective", "phase", "indicator", "activity"]),
    },
    optional={"number": STRINGS, "old": STRINGS, "new": STRINGS, "reason": STRINGS, "name": STRINGS, "targets": VALUES},
)
CARD = st.fixed_dictionaries(
    {"kind": st.sampled_from(["objective", "service", "indicator", "unit_summary", "resource_table"])},
    optional={
        "year": st.sampled_from([None, 2021, 2023]),
        "code": STRINGS,
        "number": STRINGS,
        "title": STRINGS,
        "unit": STRINGS,
        "responsible": STRINGS,
        "mission": STRINGS,
        "programme": STRINGS,
        "strategic_line": STRINGS,
        "operational_objective": STRINGS,
        "description": STRINGS,
        "horizon": STRINGS,
        "start": STRINGS,
        "end": STRINGS,
        "weight": STRINGS,
        "status": st.sampled_from([None, "new", "active", "modified", "eliminated", "replaced"]),
        "phases": st.lists(PHASE, max_size=3),
        "indicators": st.lists(INDICATOR, max_size=3),
        "outcomes": st.lists(OUTCOME, max_size=2),
        "items": st.lists(ITEM, max_size=3),
        "variations": st.lists(VARIATION, max_size=2),
        "totals": record(weight=STRINGS, interim=STRINGS, final=STRINGS, narrative=STRINGS),
        "staff": st.lists(record(name=STRINGS, category=STRINGS, share=STRINGS), max_size=2),
        "resources": st.lists(record(description=STRINGS, cost=STRINGS), max_size=2),
    },
)
KINDS = st.sampled_from([None, "piao", "relazione_performance"])
