"""The check itself: every fact of a sentence against the precedents it cites and the person's input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from prompts.grounding.bodies import Bodies, read_bodies, speaks_of_us
from prompts.grounding.citations import Citations, find_citations, find_placeholders
from prompts.grounding.claims import Ground, Memory, unsourced
from prompts.grounding.dates import shown
from prompts.grounding.facts import Fact, mask
from prompts.grounding.match import holds, names_held, unit_clash
from prompts.grounding.model import CheckedSentence, GroundingItem, GroundingReport, Spot, SpotKind
from prompts.grounding.names import Name, find_names
from prompts.grounding.quotes import find_quotes, is_verbatim
from prompts.grounding.sentences import split_sentences
from prompts.grounding.siblings import wrong_siblings
from prompts.grounding.source import Source, join, read_document_name, read_sentence, read_source
from prompts.grounding.words import content_stems


@dataclass(slots=True)
class _Desk:
    """What the check has on the table: the sources by key, the input, the bodies, the quantities established so far."""

    sources: dict[str, Source]
    given: Source
    bodies: Bodies
    memory: Memory = field(default_factory=Memory)
    scopes: dict[tuple[str, ...], Source] = field(default_factory=dict)


def check_text(item: GroundingItem | Mapping[str, Any]) -> GroundingReport:
    """Each sentence of the text with what neither the cited precedents nor the input hold.

    ``item`` is a ``GroundingItem`` or its JSON ({"id", "precedents": [{"key", "document", "text"}], "input", "text"}).
    """
    value = item if isinstance(item, GroundingItem) else GroundingItem.from_json(item)
    sources = {one.key: join([read_source(one.text), read_document_name(one.document)[0]]) for one in value.precedents}
    desk = _Desk(sources, read_source(value.input), read_bodies(value))
    return GroundingReport(value.id, tuple(_check_sentence(desk, text) for text in split_sentences(value.text)))


def _check_sentence(desk: _Desk, text: str) -> CheckedSentence:
    cited = find_citations(text, desk.sources)
    body = text
    for start, end in cited.spans:
        body = mask(body, start, end)
    spots = [Spot(f"[{key}]", "unknown_citation", f"nessun precedente ha la chiave [{key}]") for key in cited.unknown]
    spots += [Spot(mark, "placeholder", "testo ancora da completare") for mark in find_placeholders(body)]
    scope = _scope(desk, cited)
    body, quote_spots = _quotes(desk, body, cited, scope)
    spots += quote_spots
    facts, rest = read_sentence(body)
    sources = [desk.given, *(desk.sources[key] for key in cited.keys)]
    missing = list(unsourced(body, facts, Ground(sources, scope, cited.keys, len(desk.sources)), desk.memory))
    spots += [_fault(desk, fact, cited, scope) for fact in sorted(missing, key=lambda fact: fact.start)]
    spots += list(_name_spots(desk, _without(body, facts), cited, scope))
    spots += list(wrong_siblings(body, scope.text))
    if not spots or all(spot.kind == "wrong_citation" for spot in spots):
        ours = _other_body(desk, body, facts, cited)
        spots = [ours] if ours else spots
    if not spots and (stray := _off_topic(desk, rest, cited, scope)):
        spots.append(stray)
    return CheckedSentence(text, tuple(dict.fromkeys(spots)))


def _scope(desk: _Desk, cited: Citations) -> Source:
    """The input and the cited precedents: where the facts of a sentence may come from."""
    if cited.keys not in desk.scopes:
        desk.scopes[cited.keys] = join([desk.given, *(desk.sources[key] for key in cited.keys)])
    return desk.scopes[cited.keys]


def _without(body: str, facts: list[Fact]) -> str:
    for fact in facts:
        if fact.kind in ("law", "article", "act", "date", "code"):
            body = mask(body, fact.start, fact.end)
    return body


def _quotes(desk: _Desk, body: str, cited: Citations, scope: Source) -> tuple[str, list[Spot]]:
    """Marks the altered quotes; a verbatim one needs no other check and is blanked out."""
    spots = []
    for quote, start, end in list(find_quotes(body)):
        if is_verbatim(quote, scope.text):
            body = mask(body, start, end)
            continue
        if not re.search(r"\w", quote):
            continue
        where = [key for key, source in desk.sources.items() if is_verbatim(quote, source.text)]
        if where:
            spots.append(Spot(quote, "wrong_citation", _where(where, cited)))
        else:
            spots.append(Spot(quote, "quote_altered", "la citazione non è letterale: queste parole non stanno nella fonte"))
        body = mask(body, start, end)
    return body, spots


def _where(keys: list[str], cited: Citations) -> str:
    places = ", ".join(f"[{key}]" for key in keys)
    return f"il fatto sta in {places}" if cited.keys else f"senza citazione: il fatto sta in {places}"


def _fault(desk: _Desk, fact: Fact, cited: Citations, scope: Source) -> Spot:
    elsewhere = [key for key, source in desk.sources.items() if key not in cited.keys and holds(source, fact)]
    if elsewhere:
        return Spot(fact.text, "wrong_citation", _where(elsewhere, cited))
    where = "nei precedenti citati né nell'input" if cited.keys else "nell'input"
    if fact.kind == "date":
        return Spot(fact.text, "date", f"la data «{shown(fact.date or (None, None, None))}» non sta {where}")
    if fact.kind in ("law", "article"):
        return Spot(fact.text, "law", f"il riferimento normativo «{fact.text}» non sta {where}")
    if fact.kind == "act":
        return Spot(fact.text, "act", f"l'atto «{fact.text}» non sta {where}")
    if unit := unit_clash(scope, fact):
        return Spot(fact.text, "unit", f"la fonte dà a questa cifra un'altra unità: {unit}")
    kind: SpotKind = "percent" if fact.kind == "percent" else "money" if fact.kind == "money" else "number"
    names = {"percent": "la percentuale", "money": "l'importo", "number": "il numero"}
    return Spot(fact.text, kind, f"{names[kind]} «{fact.text}» non sta {where}, né si ricava da lì con un calcolo")


def _name_spots(desk: _Desk, body: str, cited: Citations, scope: Source) -> Iterator[Spot]:
    for name in find_names(body):
        if names_held(scope, name) or desk.bodies.own_name(name):
            continue
        elsewhere = [key for key, source in desk.sources.items() if key not in cited.keys and names_held(source, name)]
        if elsewhere:
            yield Spot(name.text, "wrong_citation", _where(elsewhere, cited))
        else:
            yield Spot(name.text, "name", _unknown_name(name))


def _unknown_name(name: Name) -> str:
    return f"la sigla «{name.text}» non sta nelle fonti" if name.acronym else f"il nome «{name.text}» non sta nelle fonti"


def _other_body(desk: _Desk, body: str, facts: list[Fact], cited: Citations) -> Spot | None:
    """A precedent of another body told as one's own: "il nostro Comune ... 1.949 [1]"."""
    us = speaks_of_us(body, desk.bodies)
    if us is None:
        return None
    keys = list(cited.keys) or [
        key for key in desk.sources if any(holds(desk.sources[key], fact) for fact in facts if fact.value)
    ]
    foreign = [key for key in keys if not desk.bodies.is_own(key)]
    if not foreign or any(desk.bodies.mentioned(key, body) for key in foreign):
        return None
    taken = [fact for fact in facts if not holds(desk.given, fact) and any(holds(desk.sources[key], fact) for key in foreign)]
    said = content_stems(body)
    theirs = said & frozenset().union(*(desk.sources[key].topic for key in foreign))
    foreign_name = any(
        names_held(desk.sources[key], name) for key in foreign for name in find_names(body) if not names_held(desk.given, name)
    )
    if taken or foreign_name or len(theirs - desk.given.topic) >= max(2, len(said) // 4):
        return Spot(us, "other_body", f"il fatto è di un altro ente ({', '.join(f'[{key}]' for key in foreign)}), non del nostro")
    return None


def _off_topic(desk: _Desk, rest: str, cited: Citations, scope: Source) -> Spot | None:
    """A sentence whose words are those of a precedent it does not cite."""
    said = content_stems(rest)
    if len(said) < 4 or not cited.keys:
        return None
    here = len(said & scope.topic) / len(said)
    for key, source in desk.sources.items():
        there = len(said & source.topic) / len(said)
        if key not in cited.keys and there >= 0.55 and there - here >= 0.3:
            return Spot(f"[{cited.keys[0]}]", "wrong_citation", f"il fatto sta in [{key}]")
    return None


__all__ = ["check_text"]
