"""The charts of a plan at a glance: the same on the page and in the documents, one colour for what is measured.

Vega-Lite written out, not built with Altair: checking it against its schema at every drawing took longer than all the rest of
the page (a test checks it instead).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cards.quantities import italian, round_half_up
from scoring.comparison import Comparison
from scoring.overview import Overview, Theme, UnitFacts
from scoring.values import short, tidy

BLUE, LIGHT, RED, GREEN, AMBER, GREY = "#2f7fd6", "#a6cbf3", "#d9473c", "#2e8b57", "#c77700", "#7d8a96"  # on white and on dark
ITALIAN = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " €"]}
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # a name, never fetched
STATES = {"covered": "Presente", "weak": "Da rivedere", "missing": "Manca", "unknown": "Non verificabile"}
COLOURS = {"Presente": GREEN, "Da rivedere": AMBER, "Manca": RED, "Non verificabile": GREY}
MARKS = {"Presente": "●", "Da rivedere": "◐", "Manca": "○", "Non verificabile": "?"}
WIDTH = 430
MOST = 30

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Spec = dict[str, Any]  # a chart, or a part of one, as Vega-Lite wants it


@dataclass(frozen=True)
class Panel:
    """A part of the picture: heading, chart, its table (header and rows), the sentence that says the same, a short name."""

    title: str
    chart: Spec
    table: Table
    words: str
    name: str

    @property
    def whole(self) -> Spec:
        """The chart alone, as wide as its place, with Italian numbers; the height holds the axis too."""
        return configured({**self.chart, "width": "container", "height": self.chart["height"] + 60})


def one_page(parts: Sequence[Panel]) -> Spec:
    """All the charts in one picture, two a row, as Vega-Lite with the data inside."""
    titled = [{**panel.chart, "title": {"text": panel.title, "anchor": "start", "fontSize": 14}} for panel in parts]
    return configured({"concat": titled, "columns": 2, "spacing": 34})


def configured(chart: Spec) -> Spec:
    """A chart with Italian numbers and no frame."""
    return {"$schema": SCHEMA, "config": {"locale": {"number": ITALIAN}, "view": {"stroke": None}}, **chart}


def panels(plan: Overview) -> list[Panel]:
    """The parts of a plan's picture that have something to show."""
    found = [themes_panel(plan.themes)] if plan.themes else []
    if any(points for _, _, points in plan.weights):
        found.append(weights_panel(plan))
    if plan.indicators:
        found.append(share_panel("Valori attesi misurabili", plan.units, "measurable", "hanno un valore atteso misurabile"))
        found.append(
            share_panel("Indicatori con un valore passato", plan.units, "with_history", "hanno un valore di partenza o storico")
        )
    if plan.before is not None:
        found.append(comparison_panel(plan.before, plan.year))
    return found


def weights_panel(plan: Overview) -> Panel:
    """The weights of the objectives in each unit, against the sum that the profile wants."""
    goal = None if plan.wanted is None else float(plan.wanted)
    rows = [{"Settore": unit, "Obiettivo": short(title, 70), "Peso": float(points)} for unit, title, points in plan.weights]
    bars = _layer(rows, {"type": "bar", "color": LIGHT, "stroke": "white", "strokeWidth": 1.5}, {
        "y": _names("Settore"), "x": _amounts("Peso"), "detail": _name("Obiettivo"), "order": _name("Obiettivo"),
        "tooltip": [_name("Settore"), _name("Obiettivo"), _number("Peso")]})  # fmt: skip
    chart = _finished([bars, *_goal(goal)], len(plan.units))
    table = [
        (one.name, str(one.cards), "—" if one.weight is None else tidy(one.weight), verdict(one, plan)) for one in plan.units
    ]
    right = sum(verdict(one, plan) == "torna" for one in plan.units)
    wrong = [f"{one.name} ({verdict(one, plan)})" for one in plan.units if verdict(one, plan) != "torna"]
    many = "1 settore" if right == 1 else f"{right} settori"
    words = f"I pesi tornano in {many} su {len(plan.units)}."
    words += f" La somma da raggiungere è {tidy(plan.wanted)} (linea tratteggiata)." if plan.wanted is not None else ""
    words += f" Da controllare: {'; '.join(wrong[:8])}." if wrong else ""
    return Panel(
        "Pesi degli obiettivi per settore", chart, (("Settore", "Schede", "Somma dei pesi", "Esito"), table), words, "Pesi"
    )


def verdict(one: UnitFacts, plan: Overview) -> str:
    """What to say of a unit's sum of weights."""
    if one.without_weight:
        return f"{one.without_weight} senza peso"
    if plan.wanted is None or one.weight is None or abs(one.weight - plan.wanted) <= plan.tolerance:
        return "torna"
    gap = one.weight - plan.wanted
    return f"{tidy(abs(gap))} di {'troppo' if gap > 0 else 'meno'}"


def share_panel(title: str, units: Sequence[UnitFacts], field: str, what: str) -> Panel:
    """The share of the indicators of each unit for which something holds."""
    known = [one for one in units if one.indicators]
    rows = [{"Settore": one.name, "Quota (%)": round(100 * getattr(one, field) / one.indicators, 1)} for one in known]
    bars = _layer(rows, {"type": "bar", "color": BLUE}, {
        "y": _names("Settore"), "x": _amounts("Quota (%)", 100),
        "tooltip": [_name("Settore"), _number("Quota (%)") | {"format": ",.1f"}]})  # fmt: skip
    good, whole = sum(getattr(one, field) for one in known), sum(one.indicators for one in known)
    table = [
        (one.name, str(one.indicators), str(getattr(one, field)), percent(getattr(one, field), one.indicators)) for one in known
    ]
    least = min(known, key=lambda one: getattr(one, field) / one.indicators)
    words = f"{_of(good, whole, what)} ({percent(good, whole)})."
    if getattr(least, field) < least.indicators:
        words += f" Il settore più indietro è {least.name}: {getattr(least, field)} su {least.indicators}."
    name = "Misurabili" if field == "measurable" else "Storia"
    return Panel(title, _finished([bars], len(known)), (("Settore", "Indicatori", "Sì", "Quota"), table), words, name)


def _of(good: int, whole: int, what: str) -> str:
    """"4 indicatori su 6 hanno un valore atteso", "1 indicatore su 6 ha un valore atteso"."""
    return f"{good} indicatori su {whole} {what}" if good != 1 else f"1 indicatore su {whole} {what.replace('hanno', 'ha')}"


def themes_panel(themes: Sequence[Theme]) -> Panel:
    """Each mandatory theme with its state: by mark, word and colour."""
    rows = [
        {"Tema": one.title, "Stato": STATES[one.state], "Segno": f"{MARKS[STATES[one.state]]} {STATES[one.state]}",
         "Perché": one.why or "—", "x": 0} for one in themes
    ]
    state = _name("Stato") | {"scale": {"domain": list(COLOURS), "range": list(COLOURS.values())}, "legend": None}
    mark = {"type": "text", "align": "left", "fontSize": 13, "fontWeight": "bold", "dx": 4, "limit": 260}
    text = _layer(rows, mark, {
        "y": _names("Tema"), "x": _number("x") | {"axis": None, "scale": {"domain": [0, 1]}}, "text": _name("Segno"),
        "color": state, "tooltip": [_name("Tema"), _name("Stato"), _name("Perché")]})  # fmt: skip
    counts = {word: sum(STATES[one.state] == word for one in themes) for word in COLOURS}
    told = ", ".join(f"{word.lower()} {number}" for word, number in counts.items() if number)
    reasons = dict.fromkeys(one.why.rstrip(".") for one in themes if one.state == "unknown" and one.why)  # each one once
    words = " ".join([f"Temi chiesti da norme e direttive: {told}.", *(f"{why}." for why in reasons)])
    table = [(one.title, STATES[one.state], one.why, one.basis) for one in themes]
    return Panel(
        "Copertura dei temi obbligatori",
        _finished([text], len(themes)),
        (("Tema", "Stato", "Perché", "Base"), table),
        words,
        "Temi",
    )


def comparison_panel(before: Comparison, year: int) -> Panel:
    """Objectives kept, new and gone; targets raised, equal, lowered."""
    rows = [
        ("Obiettivi confermati", len(before.kept)),
        ("Obiettivi nuovi", len(before.new)),
        ("Obiettivi non ripresi", len(before.gone)),
        ("Valori attesi migliorati", before.count("better")),
        ("Valori attesi uguali", before.count("same")),
        ("Valori attesi più deboli", before.count("weaker")),
        ("Valori attesi da confrontare a mano", before.count("unknown")),
    ]
    data = [{"Che cosa": what, "Quanti": number} for what, number in rows]
    bars = _layer(data, {"type": "bar", "color": BLUE}, {
        "y": _names("Che cosa"), "x": _amounts("Quanti"), "tooltip": [_name("Che cosa"), _number("Quanti")]})  # fmt: skip
    kept, new, gone = len(before.kept), len(before.new), len(before.gone)
    words = f"Rispetto al {before.year}: obiettivi confermati {kept}, nuovi {new}, non ripresi {gone}."
    weaker = [f"{short(one.indicator, 50)} (da {one.before} a {one.now})" for one in before.changes if one.way == "weaker"]
    words += f" Valori attesi più deboli: {'; '.join(weaker[:5])}{'…' if len(weaker) > 5 else ''}." if weaker else ""
    table = [(what, str(number)) for what, number in rows]
    return Panel(
        f"Il {year} e il {before.year}", _finished([bars], len(rows)), (("Che cosa", "Quanti"), table), words, "Confronto"
    )


def percent(part: int, whole: int) -> str:
    """ "85 %"; a dash where there is nothing to share."""
    return f"{italian(round_half_up(Decimal(100 * part) / whole, 0))} %" if whole else "—"


def _layer(rows: Sequence[dict[str, Any]], mark: Spec, encoding: Spec) -> Spec:
    return {"data": {"values": list(rows[: MOST * 40])}, "mark": mark, "encoding": encoding}


def _name(field: str) -> Spec:
    return {"field": field, "type": "nominal"}


def _number(field: str) -> Spec:
    return {"field": field, "type": "quantitative"}


def _names(field: str) -> Spec:
    """Down the side, in the order given."""
    axis = {"labelLimit": 230, "labelFontSize": 12, "labelOverlap": False, "ticks": False, "domain": False}
    return _name(field) | {"sort": None, "title": None, "axis": axis}


def _amounts(field: str, top: float | None = None) -> Spec:
    """Along the foot, from zero."""
    scale = {"zero": True} if top is None else {"domain": [0, top]}
    return _number(field) | {"title": field, "scale": scale, "axis": {"tickCount": 5, "tickMinStep": 1}}


def _goal(goal: float | None) -> list[Spec]:
    if goal is None:
        return []
    mark = {"type": "rule", "color": RED, "strokeWidth": 2, "strokeDash": [5, 3]}
    return [_layer([{"goal": goal}], mark, {"x": _number("goal") | {"title": None}})]


def _finished(layers: list[Spec], rows: int) -> Spec:
    return {"layer": layers, "height": max(rows, 1) * 26 + 20, "width": WIDTH}
