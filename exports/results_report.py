"""The results of a set of cards as a document: totals by unit and line, each objective, each indicator, with the method named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from exports.sheet import Grid, Heading, Item, Line, Mean, Sheet, clean, pairs, table
from scoring.profiles import Profile
from scoring.results import CardResult, GroupResult, band_name, neutralised, percent
from scoring.values import own_actual, own_target

KINDS = {"unit": "Settore", "strategic_line": "Linea strategica"}


def results_sheet(results: Sequence[CardResult], groups: Sequence[GroupResult], profile: Profile, title: str) -> Sheet:
    """Totals first, then objectives, then the indicators of each."""
    items: list[Item] = [
        Heading(clean(title), 1),
        pairs([*_bodies(results), ("Profilo (SMVP)", profile.title), ("Fonte del metodo", profile.source)], (1, 4)),
    ]
    items += [*_groups(groups, profile), *_objectives(results, groups, profile)]
    for result in results:
        items += _indicators(result, profile)
    return Sheet(clean(title), tuple(items), landscape=True)


def _bodies(results: Sequence[CardResult]) -> list[tuple[str, str]]:
    names = dict.fromkeys(one.card.entity for one in results if one.card.entity)
    return [("Ente", ", ".join(names))] if names else []


def _filled(
    header: Sequence[str], rows: Sequence[Sequence[object]], widths: Sequence[float], first: int, mean: Mean | None = None
) -> Grid:
    """The table without the columns from ``first`` (from 0) in which no row says anything: a report has no empty ones."""
    kept = [n for n in range(len(header)) if n < first or any(row[n] for row in rows)]
    return table([header[n] for n in kept], [[row[n] for n in kept] for row in rows], [widths[n] for n in kept], mean=mean)


def _groups(groups: Sequence[GroupResult], profile: Profile) -> Iterator[Item]:
    if groups:
        yield Heading("Totali per settore e linea", 2)
        rows = [
            (KINDS.get(one.kind, one.kind), one.name, one.cards, *_total(one.total.value, one.declared, profile), one.total.note)
            for one in groups
        ]
        header = ("Che cosa", "Nome", "Schede", "Calcolato", "Esito", "Nel documento", "Note")
        yield _filled(header, rows, (1, 3, 0.7, 1, 1.3, 1.1, 3), 4)


def _objectives(results: Sequence[CardResult], groups: Sequence[GroupResult], profile: Profile) -> Iterator[Item]:
    yield Heading("Obiettivi", 2)
    rows = [
        (one.card.code, one.card.title or one.card.unit, one.card.unit, one.card.weight)
        + (*_total(one.total.value, one.declared, profile), one.total.note)
        for one in results
    ]
    header = ("Codice", "Obiettivo", "Settore", "Peso", "Calcolato", "Esito", "Nel documento", "Note")
    yield _filled(header, rows, (0.8, 3, 1.6, 0.6, 1, 1.3, 1.1, 2.4), 5, mean=_whole(results, groups, profile))


def _whole(results: Sequence[CardResult], groups: Sequence[GroupResult], profile: Profile) -> Mean | None:
    """The mean of the objectives, where they are exactly those of one unit or line."""
    for one in groups:
        if one.cards == len(results) and one.total.value is not None:
            weighted = (profile.rollup.unit if one.kind == "unit" else profile.rollup.line) == "weighted_mean"
            return Mean(4, 3 if weighted else None, percent(one.total.value, profile.rounding.total))
    return None


def _total(value: Decimal | None, declared: Decimal | None, profile: Profile) -> tuple[str, str, str]:
    places = profile.rounding.total
    return (
        percent(value, places) if value is not None else "non calcolabile",
        band_name(value, profile),
        percent(declared, places) if declared is not None else "",
    )


def _indicators(result: CardResult, profile: Profile) -> Iterator[Item]:
    card = result.card
    if not card.indicators:
        return
    yield Heading(clean(card.title or card.code or "Scheda"), 3)
    rows = []
    for indicator, one in zip(card.indicators, result.indicators, strict=True):
        reached = percent(one.value, profile.rounding.achievement) if one.value is not None else one.why or "non calcolabile"
        why = neutralised(indicator)
        shown = "neutralizzato" if why else reached
        target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
        rows.append((indicator.name, indicator.weight, target, actual, shown, indicator.note))
    weighted = profile.rollup.objective == "weighted_mean"
    total = percent(result.total.value, profile.rounding.total)
    header = ("Indicatore", "Peso", "Atteso", "Risultato", "Raggiungimento", "Nota")
    yield _filled(header, rows, (3, 0.6, 1.2, 1.2, 1.5, 2.7), 5,
                  mean=Mean(4, 1 if weighted else None, total) if result.total.value is not None else None)
    if result.total.note:
        yield Line(result.total.note, "Nota:")
