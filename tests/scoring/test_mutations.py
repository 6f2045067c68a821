"""One error at a time planted in a clean document: the right rule says it, at the right place, and nothing else speaks."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from scoring.check import check
from scoring.profiles import load_profile
from tests.scoring.plan import clean_data, reading

Cards = list[dict[str, Any]]
Change = Callable[[Cards], object]


def put(path: str, value: Any, card: int = 3) -> Change:
    """Sets a field by its path in the card at that position."""

    def change(cards: Cards) -> None:
        *parents, last = path.split("/")
        target: Any = cards[card]
        for part in parents:
            target = target[int(part)] if isinstance(target, list) else target[part]
        target[int(last) if isinstance(target, list) else last] = value

    return change


def drop(path: str, card: int = 3) -> Change:
    """Removes a key or a row by its path."""

    def change(cards: Cards) -> None:
        *parents, last = path.split("/")
        target: Any = cards[card]
        for part in parents:
            target = target[int(part)] if isinstance(target, list) else target[part]
        del target[int(last) if isinstance(target, list) else last]

    return change


def vary(**variation: Any) -> Change:
    """A request on the card that was carried out as asked, but for what the variation says."""
    return lambda cards: cards[3].update(
        status="modified", variations=[{"reason": "Delibera di Giunta n. 12 del 3 maggio 2026", **variation}]
    )


def both(*changes: Change) -> Change:
    """Several changes that make one error."""
    return lambda cards: [change(cards) for change in changes]


# name, in a report?, change, code, field (None: not looked at)
MUTATIONS: list[tuple[str, bool, Change, str, str | None]] = [
    ("indicator weight off by a cent beyond the tolerance", False, put("indicators/0/weight", "70,02"), "PES001", "indicators"),
    ("indicator weight off by ten", False, put("indicators/1/weight", "20"), "PES001", "indicators"),
    ("indicator weight missing", False, drop("indicators/0/weight"), "PES005", "indicators[0].weight"),
    ("indicator weight negative", False, put("indicators/0/weight", "-70"), "PES005", "indicators[0].weight"),
    ("indicator weight in words", False, put("indicators/0/weight", "settanta"), "PES005", "indicators[0].weight"),
    (
        "weight zero without a note",
        False,
        both(put("indicators/0/weight", "0"), put("indicators/1/weight", "100")),
        "PES006",
        "indicators[0].weight",
    ),
    ("phase weight off", False, put("phases/1/weight", "50%"), "PES003", "phases"),
    ("staff share off", False, put("staff/0/share", "50%"), "PES004", "staff"),
    (
        "unit table weights off, on the card too",
        False,
        both(put("items/0/weight", "25%", 12), put("weight", "25%", 0)),
        "PES002",
        "items",
    ),
    ("weight on the card differs from the table", False, put("weight", "21%"), "PES008", "weight"),
    ("weight missing in the table", False, put("items/0/weight", "==", 12), "PES005", "items[0].weight"),
    ("target left blank", False, put("indicators/0/targets/2026", " "), "TGT001", "indicators[0].targets.2026"),
    ("target removed", False, put("indicators/0/targets", {}), "TGT001", "indicators[0].targets"),
    ("target as free text", False, put("indicators/0/targets/2026", "Come da piano"), "TGT002", "indicators[0].targets.2026"),
    ("target weaker than last year", False, put("indicators/0/targets/2026", "≥ 900"), "TGT003", "indicators[0].targets.2026"),
    ("target equal to last year", False, put("indicators/0/targets/2026", "950"), "TGT004", "indicators[0].targets.2026"),
    (
        "history and baseline gone",
        False,
        both(put("indicators/0/history", {"2024": "N.D.", "2025": "N.D."}), drop("indicators/0/baseline")),
        "TGT005",
        "indicators[0].history",
    ),
    (
        "comparator flips next year",
        False,
        put("indicators/0/targets", {"2026": "≥ 1.200", "2027": "≤ 1.300"}),
        "TGT006",
        "indicators[0].targets",
    ),
    ("tolerance without base", False, put("indicators/0/targets/2026", "±3%"), "TGT012", "indicators[0].targets.2026"),
    ("ambiguous number", False, both(put("indicators/0/targets/2026", "≥ 1200.25")), "TGT013", "indicators[0].targets.2026"),
    ("formula removed", False, drop("indicators/0/formula"), "TGT015", "indicators[0].formula"),
    ("formula is a comparator", False, put("indicators/0/formula", "> o ="), "TGT015", "indicators[0].formula"),
    ("impossible day", False, put("end", "31/11/2026"), "TMP001", "end"),
    ("end before start", False, put("phases/0/end", "15/01/2026"), "TMP001", "phases[0].start"),
    ("phase before the objective", False, put("phases/0/start", "10/01/2026"), "TMP002", "phases[0].start"),
    ("phase after the objective", False, put("phases/1/end", "31/01/2027"), "TMP002", "phases[1].end"),
    ("timetable row over 100", False, put("phases/0/schedule/2026-06", "62,5%"), "TMP003", "phases[0].schedule"),
    ("checkpoint off", False, put("phases/1/due/2026-07-31", "80%"), "TMP003", "phases[1].due.2026-07-31"),
    ("two phases under one number", False, put("phases/1/number", "1"), "TMP004", "phases[1].number"),
    ("responsible removed", False, drop("responsible"), "STR001", "responsible"),
    ("mission that does not exist", False, put("mission", "33"), "STR002", "mission"),
    ("programme that does not exist", False, put("programme", "77"), "STR002", "programme"),
    (
        "strategic link removed",
        False,
        both(drop("strategic_objective"), drop("operational_objective")),
        "STR003",
        "operational_objective",
    ),
    ("code of another card", False, both(put("code", "S1.00001"), put("weight", "20%")), "STR005", "code"),
    ("placeholder left", False, put("description", "[VERIFICARE] con l'ufficio."), "TXT005", "description"),
    ("achievement wrong", True, put("indicators/0/achievement", "90"), "RIS001", "indicators[0].achievement"),
    ("deviation wrong", True, put("indicators/1/deviation", "0,9"), "RIS002", "indicators[1].deviation"),
    (
        "objective total wrong",
        True,
        put("outcomes/0", {"at": "2026-12-31", "label": "Parzialmente raggiunto", "percent": "90%"}),
        "RIS003",
        "outcomes",
    ),
    (
        "unit total wrong",
        True,
        both(put("totals/final", "98,00%", 12), put("totals/narrative", "98,00%", 12)),
        "RIS003",
        "totals.final",
    ),
    ("text against table", True, put("totals/narrative", "99,40%", 12), "RIS004", "totals.narrative"),
    ("label against percentage", True, put("outcomes/0/label", "Parzialmente raggiunto"), "RIS005", "outcomes[0]"),
    (
        "actual in other units",
        True,
        both(put("indicators/0/actuals/2026", "No"), put("indicators/0/achievement", None), put("outcomes", [])),
        "TGT007",
        "indicators[0].actuals.2026",
    ),
    ("actual repeats the target", True, put("indicators/0/actuals/2026", "≥ 1.200"), "RIS008", "indicators[0].actuals.2026"),
    (
        "eliminated indicator kept",
        False,
        vary(action="eliminate", object="indicator", old=clean_data()[3]["indicators"][1]["name"]),
        "VAR001",
        "indicators[1]",
    ),
    (
        "added indicator absent",
        False,
        vary(action="add", object="indicator", new="Reclami ricevuti allo sportello", targets={"2026": "≤ 3"}),
        "VAR002",
        "variations[0].new",
    ),
    (
        "new target not applied",
        False,
        vary(
            action="change_target",
            object="indicator",
            name=clean_data()[3]["indicators"][0]["name"],
            old="≥ 1.100",
            new="≥ 1.300",
            targets={"2026": "≥ 1.300"},
        ),
        "VAR002",
        "indicators[0].targets.2026",
    ),
    (
        "request without reason",
        False,
        vary(action="replace", object="phase", number="1", old="Istruttoria", new="Analisi e atti", reason=None),
        "VAR004",
        "variations[0].reason",
    ),
    (
        "phase replaced under another number",
        False,
        vary(action="replace", object="phase", number="1", old="Istruttoria", new="Fase 4: Analisi e atti"),
        "VAR006",
        "variations[0].new",
    ),
    (
        "bar only lowered",
        False,
        vary(
            action="change_target",
            object="indicator",
            name=clean_data()[3]["indicators"][0]["name"],
            old="≥ 1.300",
            new="≥ 1.200",
            targets={"2026": "≥ 1.200"},
        ),
        "VAR008",
        "variations[0].new",
    ),
]


@pytest.mark.parametrize(("name", "report", "change", "code", "field"), MUTATIONS, ids=[mutation[0] for mutation in MUTATIONS])
def test_a_planted_error_is_found_alone(name: str, report: bool, change: Change, code: str, field: str | None) -> None:
    cards = copy.deepcopy(clean_data(report))
    change(cards)
    result = check(reading(cards, report), load_profile("neutro"))
    assert {(finding.code, finding.where.field) for finding in result.findings} == {(code, field)}


def test_there_are_at_least_forty_kinds() -> None:
    assert len(MUTATIONS) >= 40
