"""A header or label with the values that belong to it, and which field it stands for: the surest first, no field twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.generic.evidence import Values
from ingest.generic.guess import guesses
from ingest.generic.synonyms import ARTICLES, column_of, dated, plain

_WORDS = 3.2  # full words of an unknown header, on the whole: what is longer is a sentence
_MOST = 5  # of one of them: with more it says nothing
_STRANGERS = 2.5  # the same, where not one is known
_LIGHT = ARTICLES | frozenset(
    "cosa come quale quali quanto quanta quanti quante dove quando perche deve devono vogliamo vuole".split()  # noqa: SIM905
)  # words of a question, which headers spoken as questions have in plenty
_KNOWN = 2.5  # what the vocabulary knows of a header, against the guesses
_SURE = 1.0  # less than this in all is no reading
_MISFIT = -1.5  # values that a known header cannot have
_SEVERAL = {"indicator.note", "indicator.source", "value", "resource.description", "resource.cost", "indicator.kind"}
_OF_A_YEAR = {"indicator.target", "indicator.actual"}  # where columns say the year, one that does not is something else
_FAMILIES = ({"indicator.weight", "phase.weight", "card.weight", "weight"}, {"outcome", "card.achievement"})


@dataclass(slots=True)
class Place:
    """A header or label with the values that belong to it, and the fields it may stand for."""

    text: str
    values: Values
    known: str | None
    when: tuple[str | None, str | None]
    scores: dict[str, float] = field(default_factory=dict)
    field: str | None = None

    @property
    def settled(self) -> bool:
        """Known by the vocabulary, and its values do not say otherwise."""
        return self.known is not None and (self.known == "value" or self.values.fit(self.known) > _MISFIT)


def place_of(names: Sequence[str], values: Sequence[str], given: Mapping[str, str] | None) -> Place:
    """The place of a header, of one row or more, or of a label, with its values; ``given`` are a person's corrections."""
    text = " ".join(names)
    column = column_of(text, given) or (column_of(names[-1], given) if len(names) > 1 else None)
    bare, year, half = dated(plain(text))
    known = column.field if column else None
    place = Place(text, Values(values), known, (year, None if half == "end" and known == "indicator.actual" else half))
    if column is None and full_words(text) > _MOST:
        return place
    for name, score in (guesses(text) or guesses(names[-1])).items():
        place.scores[name] = score
    if column is None:
        for name, score in place.values.speak().items():
            place.scores[name] = max(score, place.scores.get(name, 0.0))
    if column is not None:
        other = any(score >= 1 for name, score in place.scores.items() if name != column.field)
        place.scores[column.field] = _KNOWN - 0.4 * other  # of two rivals, the one that may be something else gives way
    return place


def assign(places: Sequence[Place]) -> None:
    """Give each place its field, the surest first; two places do not take the same one."""
    keyed = [(place.known, place.when) for place in places if place.known]
    taken: set[tuple[str, tuple[str | None, str | None]]] = set()
    open_places = []
    for place in places:
        twice = place.known is not None and place.known not in _SEVERAL and keyed.count((place.known, place.when)) > 1
        same_words = twice and sum(plain(one.text) == plain(place.text) for one in places) > 1
        if place.settled and (not twice or same_words):
            place.field = place.known
            taken |= _claimed(place.known or "", place.when)
        else:
            open_places.append(place)
    phases = any("phase.text" in place.scores for place in places)
    rated = sorted(
        ((score + place.values.fit(name) + (0.2 if name == "phase.assigned_to" else 0.0), -k, name)
         for k, place in enumerate(open_places) for name, score in place.scores.items()
         if phases or name != "phase.assigned_to"),
        reverse=True,
    )  # fmt: skip
    for score, minus, name in rated:
        place = open_places[-minus]
        if score < _SURE or place.field is not None or (name, place.when) in taken:
            continue
        if place.when == (None, None) and name in _OF_A_YEAR and any(name == other for other, _ in taken):
            continue
        place.field = name
        taken |= _claimed(name, place.when)
    if len(places) > 2:
        _by_structure(places)


def _by_structure(places: Sequence[Place]) -> None:
    """Where the figures are told and the objective, or what is measured, is not: the column of words that stands in its place."""
    fields = {place.field: k for k, place in enumerate(places) if place.field}
    measured = fields.keys() & {"indicator.target", "indicator.actual"}
    if measured and "title" not in fields and not fields.keys() & {"operational_objective", "project"}:
        weak = ("purpose",) if fields.keys() & {"start", "end", "phase.start", "phase.end"} else ("phase.text", "purpose")
        words = [place for place in places[: fields.get("indicator.name", 0)] if _in_words(place, weak)]
        if words:
            words[0].field = "title"
            fields["title"] = places.index(words[0])
    if measured and "title" in fields and not fields.keys() & {"indicator.name", "phase.text"}:
        words = [place for k, place in enumerate(places) if k > fields["title"] and _in_words(place, ("indicator.unit",))]
        if words and places.index(words[0]) < max(fields[name] for name in measured):
            words[0].field = "indicator.name"


def _in_words(place: Place, weak: tuple[str, ...]) -> bool:
    """A column of words of its own in each row, that stands for nothing yet or for something that may be only apparent."""
    free = place.field is None and place.known is None or place.field in weak
    return free and place.values.fit("title") > 0 and place.values.distinct > 0.6 and place.values.share("text", "prose") > 0.6


def _claimed(name: str, when: tuple[str | None, str | None]) -> set[tuple[str, tuple[str | None, str | None]]]:
    """A field, with what goes with it, that no other column may take."""
    if name in _SEVERAL:
        return set()
    return {(one, when) for family in _FAMILIES if name in family for one in family} | {(name, when)}


def full_words(text: str) -> int:
    """How many words of a header or label say something: not articles, not those of a question, not years."""
    return sum(len(word) > 3 and word not in _LIGHT for word in dated(plain(text))[0].split())


def no_label(text: str) -> bool:
    """Whether a text stands where a label should and cannot be one: a figure, or too many full words."""
    return full_words(text) > _WORDS or not any(sign.isalpha() for sign in text)


def sentences(places: Sequence[Place]) -> bool:
    """Whether the headers or labels that nobody knows are half of them or more, and on the whole too long for any."""
    unknown = [place for place in places if place.known is None]
    words = sum(full_words(place.text) for place in unknown)
    most = _WORDS if len(unknown) < len(places) else _STRANGERS
    return 2 * len(unknown) >= len(places) and words > most * len(unknown)
