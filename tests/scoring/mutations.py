"""Errors to plant in the clean plan and report of ``plan.py``, one at a time, in any of its objectives: what, where, which rule.

A change takes the cards and the position of the objective; the values it writes are made from the card's own.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from cards.quantities import italian
from scoring.check import check
from scoring.profiles import load_profile
from tests.scoring.plan import clean_data, reading

Cards = list[dict[str, Any]]
Change = Callable[[Cards, int], object]
OBJECTIVES, TABLES, YEAR = 12, 12, "2026"


class Mutation(NamedTuple):
    """``report``: planted in the report, else in the plan; ``field``: where the finding must be; "{r}" is the row of the table."""

    name: str
    report: bool
    change: Change
    code: str
    field: str


def put(path: str, value: Any) -> Change:
    """Sets a field by its path in the objective; a function of its card gives the value."""

    def change(cards: Cards, k: int) -> None:
        *parents, last = path.split("/")
        target: Any = cards[k]
        for part in parents:
            target = target[int(part)] if isinstance(target, list) else target[part]
        target[int(last) if isinstance(target, list) else last] = value(cards[k]) if callable(value) else value

    return change


def drop(*paths: str) -> Change:
    """Removes keys by their paths."""

    def change(cards: Cards, k: int) -> None:
        for path in paths:
            *parents, last = path.split("/")
            target: Any = cards[k]
            for part in parents:
                target = target[int(part)] if isinstance(target, list) else target[part]
            del target[last]

    return change


def both(*changes: Change) -> Change:
    """Several changes that make one error."""
    return lambda cards, k: [change(cards, k) for change in changes]


def row(change: Callable[[dict[str, Any], dict[str, Any]], object]) -> Change:
    """A change to the objective's row in its unit's table, and to the objective: change(row, objective)."""
    return lambda cards, k: change(cards[TABLES + k // 6]["items"][k % 6], cards[k])


def table(change: Callable[[dict[str, Any]], object]) -> Change:
    """A change to the unit's table."""
    return lambda cards, k: change(cards[TABLES + k // 6])


def vary(**variation: Any) -> Change:
    """A request on the card that was carried out as asked, but for what the variation says."""

    def change(cards: Cards, k: int) -> None:
        made = {key: value(cards[k]) if callable(value) else value for key, value in variation.items()}
        cards[k].update(status="modified", variations=[{"reason": "Delibera di Giunta n. 12 del 3 maggio 2026", **made}])

    return change


def first(card: dict[str, Any]) -> dict[str, Any]:
    """The first indicator."""
    indicator: dict[str, Any] = card["indicators"][0]
    return indicator


def target(card: dict[str, Any]) -> str:
    """Its target."""
    return str(first(card)["targets"][YEAR])


def rises(card: dict[str, Any]) -> bool:
    """True where more is better."""
    return target(card).startswith("≥")


def times(text: str, factor: str) -> str:
    """The string with its number multiplied: ("≥ 1.200", "1.5") -> "≥ 1.800"."""
    number = re.search(r"\d[\d.]*(?:,\d+)?", text)
    assert number is not None
    value = Decimal(number[0].replace(".", "").replace(",", ".")) * Decimal(factor)
    places = len(number[0].partition(",")[2])
    return text.replace(number[0], italian(value, places))


def harder(card: dict[str, Any]) -> str:
    """A target that asks for more."""
    return times(target(card), ("1.1" if "%" in target(card) else "1.5") if rises(card) else "0.6")


def softer(card: dict[str, Any]) -> str:
    """A target that asks for less than the last value."""
    return target(card)[:2] + times(str(first(card)["baseline"]), "0.7" if rises(card) else "1.4")


def english(card: dict[str, Any]) -> str:
    """A harder target with a decimal point."""
    number = re.search(r"\d[\d.]*(?:,\d+)?", harder(card))
    assert number is not None
    whole = number[0].replace(".", "").partition(",")[0]
    return harder(card).replace(number[0], f"{whole}.25")


def against(card: dict[str, Any]) -> dict[str, str]:
    """Next year's target with the other comparator."""
    other = harder(card).translate({ord("≥"): "≤", ord("≤"): "≥"})
    return {YEAR: target(card), "2027": other}


T0 = f"indicators/0/targets/{YEAR}"
F0 = f"indicators[0].targets.{YEAR}"
A0 = f"indicators/0/actuals/{YEAR}"
NO_RESULT = both(put("indicators/0/achievement", None), put("outcomes", []))
RENAMED = "Grado di copertura del servizio"

MUTATIONS: tuple[Mutation, ...] = (
    Mutation("indicator weight off by two cents", False, put("indicators/0/weight", "70,02"), "PES001", "indicators"),
    Mutation("indicator weight off by ten", False, put("indicators/1/weight", "20"), "PES001", "indicators"),
    Mutation("indicator weight missing", False, drop("indicators/0/weight"), "PES005", "indicators[0].weight"),
    Mutation("indicator weight negative", False, put("indicators/0/weight", "-70"), "PES005", "indicators[0].weight"),
    Mutation("indicator weight in words", False, put("indicators/0/weight", "settanta"), "PES005", "indicators[0].weight"),
    Mutation("indicator weight above 100", False, put("indicators/0/weight", "170"), "PES005", "indicators[0].weight"),
    Mutation(
        "weight zero without a note",
        False,
        both(put("indicators/0/weight", "0"), put("indicators/1/weight", "100")),
        "PES006",
        "indicators[0].weight",
    ),
    Mutation("phase weight off", False, put("phases/1/weight", "50%"), "PES003", "phases"),
    Mutation("phase weight in words", False, put("phases/0/weight", "quaranta"), "PES005", "phases[0].weight"),
    Mutation("staff share off", False, put("staff/0/share", "50%"), "PES004", "staff"),
    Mutation(
        "unit table weights off, on the card too",
        False,
        row(lambda item, card: [one.update(weight="25%") for one in (item, card)]),
        "PES002",
        "items",
    ),
    Mutation("weight on the card differs from the table", False, put("weight", "21%"), "PES008", "weight"),
    Mutation("weight missing in the table", False, row(lambda item, _: item.update(weight="==")), "PES005", "items[{r}].weight"),
    Mutation("target left blank", False, put(T0, " "), "TGT001", F0),
    Mutation("target removed", False, put("indicators/0/targets", {}), "TGT001", "indicators[0].targets"),
    Mutation("target as free text", False, put(T0, "Come da piano"), "TGT002", F0),
    Mutation("target that leaves both outcomes open", False, put(T0, "Si/no"), "TGT002", F0),
    Mutation("target weaker than last year", False, put(T0, softer), "TGT003", F0),
    Mutation("target equal to last year", False, put(T0, lambda card: first(card)["baseline"]), "TGT004", F0),
    Mutation(
        "history and baseline gone",
        False,
        both(put("indicators/0/history", {"2024": "N.D.", "2025": "N.D."}), drop("indicators/0/baseline")),
        "TGT005",
        "indicators[0].history",
    ),
    Mutation("comparator flips next year", False, put("indicators/0/targets", against), "TGT006", "indicators[0].targets"),
    Mutation(
        "share above 100 %",
        False,
        both(
            put("indicators/0/name", "Percentuale di utenti soddisfatti"),
            put("indicators/0/history", {"2024": "80%", "2025": "82%"}),
            put("indicators/0/baseline", "82%"),
            put(T0, "≥ 120%"),
        ),
        "TGT008",
        F0,
    ),
    Mutation("tolerance without base", False, put(T0, "±3%"), "TGT012", F0),
    Mutation("ambiguous number", False, put(T0, english), "TGT013", F0),
    Mutation("formula removed", False, drop("indicators/0/formula"), "TGT015", "indicators[0].formula"),
    Mutation("formula is a comparator", False, put("indicators/0/formula", "> o ="), "TGT015", "indicators[0].formula"),
    Mutation(
        "formula repeats the name",
        False,
        put("indicators/0/formula", lambda card: f"Numero di {first(card)['name'].lower()}"),
        "TGT015",
        "indicators[0].formula",
    ),
    Mutation("impossible day", False, put("end", "31/11/2026"), "TMP001", "end"),
    Mutation("impossible day in words", False, put("end", "31 novembre 2026"), "TMP001", "end"),
    Mutation("end before start", False, put("phases/0/end", "15/01/2026"), "TMP001", "phases[0].start"),
    Mutation("phase before the objective", False, put("phases/0/start", "10/01/2026"), "TMP002", "phases[0].start"),
    Mutation("phase after the objective", False, put("phases/1/end", "31/01/2027"), "TMP002", "phases[1].end"),
    Mutation(
        "timetable beyond the horizon",
        False,
        both(put("phases/1/schedule", {"2026-07": "40%", "2027": "60%"}), drop("phases/1/due/2026-12-31")),
        "TMP002",
        "phases[1].schedule",
    ),
    Mutation("timetable row over 100", False, put("phases/0/schedule/2026-06", "62,5%"), "TMP003", "phases[0].schedule"),
    Mutation("checkpoint off", False, put("phases/1/due/2026-07-31", "80%"), "TMP003", "phases[1].due.2026-07-31"),
    Mutation("two phases under one number", False, put("phases/1/number", "1"), "TMP004", "phases[1].number"),
    Mutation("timetable row without its phase", False, drop("phases/1/text"), "TMP004", "phases[1].text"),
    Mutation("responsible removed", False, drop("responsible"), "STR001", "responsible"),
    Mutation("mission that does not exist", False, put("mission", "33"), "STR002", "mission"),
    Mutation("programme that does not exist", False, put("programme", "77"), "STR002", "programme"),
    Mutation(
        "strategic link removed", False, drop("strategic_objective", "operational_objective"), "STR003", "operational_objective"
    ),
    Mutation(
        "code of another card",
        False,
        lambda cards, k: cards[k].update(code=cards[k - 1 if k else 1]["code"], weight=cards[k - 1 if k else 1]["weight"]),
        "STR005",
        "code",
    ),
    Mutation(
        "person spelled in two ways",
        False,
        put("responsible", lambda card: card["responsible"].replace("Responsabile", "Responsabbile")),
        "STR007",
        "responsible",
    ),
    Mutation("personal datum", False, put("description", "Referente RSSMRA80A01H501U."), "STR009", "description"),
    Mutation("placeholder left", False, put("description", "[VERIFICARE] con l'ufficio."), "TXT005", "description"),
    Mutation("achievement wrong", True, put("indicators/0/achievement", "90"), "RIS001", "indicators[0].achievement"),
    Mutation("deviation wrong", True, put("indicators/1/deviation", "0,9"), "RIS002", "indicators[1].deviation"),
    Mutation(
        "objective total wrong",
        True,
        put("outcomes/0", {"at": "2026-12-31", "label": "Parzialmente raggiunto", "percent": "90%"}),
        "RIS003",
        "outcomes",
    ),
    Mutation(
        "unit total wrong",
        True,
        table(lambda card: card["totals"].update(final="98,00%", narrative="98,00%")),
        "RIS003",
        "totals.final",
    ),
    Mutation(
        "text against table", True, table(lambda card: card["totals"].update(narrative="99,40%")), "RIS004", "totals.narrative"
    ),
    Mutation("label against percentage", True, put("outcomes/0/label", "Parzialmente raggiunto"), "RIS005", "outcomes[0]"),
    Mutation(
        "full result with an indicator without one",
        True,
        both(put(A0, "N.D."), put("indicators/0/achievement", None)),
        "RIS006",
        "outcomes[0]",
    ),
    Mutation("actual as yes or no", True, both(put(A0, "No"), NO_RESULT), "TGT007", f"indicators[0].actuals.{YEAR}"),
    Mutation("actual as a date", True, both(put(A0, "15/10/2026"), NO_RESULT), "TGT007", f"indicators[0].actuals.{YEAR}"),
    Mutation("actual repeats the target", True, put(A0, target), "RIS008", f"indicators[0].actuals.{YEAR}"),
    Mutation(
        "actual speaks of the future",
        True,
        both(put(A0, "sarà rilevato a gennaio"), NO_RESULT),
        "RIS008",
        f"indicators[0].actuals.{YEAR}",
    ),
    Mutation("fact of the year after", True, put("description", "Nel 2027 si sono svolte due aperture."), "STR006", ""),
    Mutation(
        "eliminated indicator kept",
        False,
        vary(action="eliminate", object="indicator", old=lambda card: card["indicators"][1]["name"]),
        "VAR001",
        "indicators[1]",
    ),
    Mutation(
        "eliminated phase kept",
        False,
        vary(action="eliminate", object="phase", number="1", old="Analisi e atti"),
        "VAR001",
        "phases[0]",
    ),
    Mutation(
        "added indicator absent",
        False,
        vary(action="add", object="indicator", new="Reclami arrivati per lettera", targets={YEAR: "≤ 3"}),
        "VAR002",
        "variations[0].new",
    ),
    Mutation(
        "new target not applied",
        False,
        vary(
            action="change_target",
            object="indicator",
            name=lambda card: first(card)["name"],
            old=lambda card: softer(card),
            new=lambda card: harder(card),
            targets=lambda card: {YEAR: harder(card)},
        ),
        "VAR002",
        F0,
    ),
    Mutation(
        "phase in another period than asked",
        False,
        vary(action="change_phase", object="phase", number="1", old="Analisi", new="Fase 1: Analisi e atti periodo: 1.2-31.5"),
        "VAR002",
        "phases[0].end",
    ),
    Mutation(
        "request without reason",
        False,
        vary(action="replace", object="phase", number="1", old="Istruttoria", new="Analisi e atti", reason=None),
        "VAR004",
        "variations[0].reason",
    ),
    Mutation(
        "phase replaced under another number",
        False,
        vary(action="replace", object="phase", number="1", old="Istruttoria", new="Fase 4: Analisi e atti"),
        "VAR006",
        "variations[0].new",
    ),
    Mutation(
        "bar only lowered",
        False,
        vary(
            action="change_target",
            object="indicator",
            name=lambda card: first(card)["name"],
            old=harder,
            new=target,
            targets=lambda card: {YEAR: target(card)},
        ),
        "VAR008",
        "variations[0].new",
    ),
)


def planted(mutation: Mutation, k: int) -> set[tuple[str, str]]:
    """(code, field) of all that is found in the clean document with this one error in its ``k``-th objective."""
    cards = copy.deepcopy(clean_data(mutation.report))
    mutation.change(cards, k)
    found = check(reading(cards, mutation.report), load_profile("neutro")).findings
    return {(finding.code, finding.where.field or "") for finding in found}


def wanted(mutation: Mutation, k: int) -> set[tuple[str, str]]:
    """What must be found, and nothing else."""
    return {(mutation.code, mutation.field.format(r=k % 6))}


def missed(every: int = 1) -> Iterator[tuple[str, int, set[tuple[str, str]]]]:
    """The errors not found alone in their place, over all kinds and objectives (one in ``every``)."""
    pairs = [(mutation, k) for mutation in MUTATIONS for k in range(OBJECTIVES)]
    for mutation, k in pairs[::every]:
        found = planted(mutation, k)
        if found != wanted(mutation, k):
            yield mutation.name, k, found
