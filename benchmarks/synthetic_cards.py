"""Cards of the synthetic archive in several layouts, and the passages a reader would make of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from random import Random

from benchmarks.synthetic_words import HEADS, NAMES, PHASES, REASONS, SENTENCES, STREETS, SURNAMES, TAILS, Theme
from cards.model import Card, Indicator, Origin, Outcome, Passage, Phase, Source, StaffShare, Variation, card_id
from cards.quantities import italian

LAYOUTS = ("scheda", "tabella", "servizio", "indicatori", "fasi")


class Teller:
    """The sentences of one service of one body in one year."""

    def __init__(self, chance: Random, theme: Theme, entity: str, year: int) -> None:
        self.chance, self.theme, self.entity, self.year = chance, theme, entity, year

    def sentence(self, forms: tuple[str, ...] = SENTENCES) -> str:
        """A sentence with its blanks filled."""
        pick, number = self.chance.choice, self.chance.randint
        first, second = self.chance.sample(self.theme.things, 2)
        return pick(forms).format(
            a=first, b=second, via=f"{pick(STREETS)} {number(1, 90)}", n=number(3, 400), p=number(2, 98),
            data=f"{number(1, 28):02d}/{number(1, 12):02d}/{self.year}", prima=self.year - 1, k=number(2, 9), k2=number(2, 12),
            e=_euro(number(2, 900) * 100), e2=_euro(number(2, 900) * 100), chi=self.person(),
            ente=f"{pick(HEADS)}{pick(TAILS)}")

    def paragraph(self) -> str:
        """Two to four sentences."""
        return " ".join(self.sentence() for _ in range(self.chance.randint(2, 4)))

    def person(self) -> str:
        return f"{self.chance.choice(SURNAMES)} {self.chance.choice(NAMES)}"

    def indicator(self, number: int, title: str) -> Indicator:
        """The body's own measure of this service: its value drifts from year to year."""
        measures = self.theme.measures
        name, unit, low, high = measures[number % len(measures)]
        own = Random(f"{self.entity}/{name}/{number // len(measures)}")
        start, drift = own.uniform(low, high), own.uniform(-0.04, 0.06)

        def value(year: int, off: float = 0.0) -> str:
            level = start * (1 + drift * (year - 2015)) * (1 + off)
            return _written(min(level, 100.0) if unit == "%" else level, unit)

        lower = unit in ("giorni", "minuti") or "attesa" in name
        target = f"{'≤' if lower else '≥'} {value(self.year, 0.02)}"
        history = {str(y): value(y, self.chance.uniform(-0.03, 0.03)) for y in range(self.year - 3, self.year)}
        actual = value(self.year, self.chance.uniform(-0.12, 0.12))
        return Indicator(code=f"{zlib.crc32(name.encode()) % 99999:05d}", name=f"{name} ({unit})", kind=_kind(unit), unit=unit,
                         formula=f"rilevazione su {self.chance.choice(self.theme.things)}", history=history,
                         targets={str(self.year): target}, actuals={str(self.year): actual}, weight="50",
                         achievement=str(self.chance.randint(60, 100)))


def _euro(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _written(level: float, unit: str) -> str:
    from decimal import Decimal

    if unit == "%":
        return f"{italian(Decimal(f'{level:.1f}'), 1)}%"
    return italian(Decimal(round(level)), 0) if level >= 10 else italian(Decimal(f"{level:.1f}"), 1)


def _kind(unit: str) -> str:
    return {"giorni": "tempo", "minuti": "tempo", "€": "costo", "%": "qualita"}.get(unit, "quantita")


def card(tell: Teller, layout: str, document: str, sha: str, number: int) -> Card:
    """The ``number``-th card of a document in one of the ``LAYOUTS``."""
    theme, year, chance = tell.theme, tell.year, tell.chance
    title = f"{theme.objectives[number % len(theme.objectives)]} - {chance.choice(theme.things)}"
    measured = tuple(tell.indicator(n, title) for n in range(1 if layout == "indicatori" else 2))
    kind = {"servizio": "service", "indicatori": "indicator"}.get(layout, "objective")
    phases: tuple[Phase, ...] = ()
    if layout in ("scheda", "fasi"):
        phases = tuple(Phase(number=str(n + 1), text=tell.sentence(PHASES), weight="25%", start=f"{year}-{3 * n + 1:02d}",
                             end=f"{year}-{3 * n + 3:02d}") for n in range(4))
    variations: tuple[Variation, ...] = ()
    if layout == "scheda" and chance.random() < 0.3:
        variations = (Variation(action="postpone", object="phase", number="3", reason=tell.sentence(REASONS)),)
    page = 1 + number
    return Card(
        id=card_id((sha, number)), kind=kind, entity=tell.entity, year=year, document_type="relazione_performance",
        code=f"S{number % 9 + 1}.{number:05d}", number=str(number + 1), title=title, unit=f"Settore {theme.unit}",
        responsible=tell.person(), mission=theme.mission, strategic_line=f"Linea strategica {int(theme.mission) % 6 + 1}",
        purpose=tell.sentence(), description=tell.paragraph() if layout != "tabella" else None, weight="10%",
        phases=phases, indicators=measured, variations=variations,
        staff=(StaffShare(name=tell.person(), category="D", share="100%"),) if layout == "scheda" else (),
        outcomes=(Outcome(at=f"{year}-12-31", label="Raggiunto", percent="100%"),) if layout != "servizio" else (),
        source=Source(document=document, sha256=sha, pages=(page,), lines=(number * 40 + 1, number * 40 + 40)),
        provenance={f"indicators[{n}]": Origin(from_="document", document=document, page=page, line=number * 40 + 8 + n)
                    for n in range(len(measured))})


def card_passages(tell: Teller, made: Card, room: int) -> list[Passage]:
    """So many passages of a card: what it is, each indicator, phases, reasons, then what is told about it."""
    where = f"{made.entity}, {made.year} > {made.unit} > {made.code} {made.title}"
    texts = [Passage(text=text, kind=kind, context=where, card_id=made.id, lines=(1, 1)) for kind, text in _told(made)][:room]
    while len(texts) < room:
        texts.append(Passage(text=tell.paragraph(), context=where, card_id=made.id, lines=(1, 1)))
    return texts


def _told(made: Card) -> Iterator[tuple[str, str]]:
    yield "objective", " | ".join(x for x in (made.title, made.unit, made.responsible, made.purpose) if x)
    for i in made.indicators:
        values = [*i.history.values(), *i.targets.values(), *i.actuals.values(), i.weight, i.achievement]
        yield "indicator", " | ".join([i.name or "", i.formula or "", *(v for v in values if v)])
    if made.phases:
        yield "phases", "\n".join(f"{p.number} | {p.text} | {p.start} | {p.end} | {p.weight}" for p in made.phases)
    for v in made.variations:
        yield "motivation", f"Motivazione: {v.reason}."
    if made.description:
        yield "narrative", made.description
