"""Marks on text: what nothing backs, what a variation takes out and puts in. Each by icon, word and colour together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from cards.model import GONE, Card, Indicator, Phase
from prompts.variation import still_said
from ui.plain import md
from ui.words import field_words

Line = tuple[str, str]  # (mark, text): mark is "same", "old", "new" or "todo" (a person changes it)

WORDS = {"old": (":material/remove_circle:", "tolto", "red"), "new": (":material/add_circle:", "nuovo", "green"),
         "todo": (":material/edit_calendar:", "da cambiare a mano", "orange")}
SINGLE = ("title", "description", "horizon", "start", "end")


def marked(text: str, spots: Sequence[Mapping[str, Any]]) -> str:
    """``text`` for ``st.markdown`` with every unsupported span in brackets, coloured and said in words."""
    shown, at = [], 0
    for start, end in _places(text, spots):
        shown.append(md(text[at:start]))
        shown.append(f":orange-background[:material/help: {md(text[start:end])} (senza riscontro)]")
        at = end
    return "".join([*shown, md(text[at:])])


def _places(text: str, spots: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """Where the spans stand in the text, in order and never one inside another."""
    found = set()
    for spot in spots:
        inside = max(text.find(spot["sentence"]), 0)
        start = text.find(spot["span"], inside)
        if start >= 0 and spot["span"]:
            found.add((start, start + len(spot["span"])))
    last = 0
    for start, end in sorted(found):
        if start >= last:
            yield start, end
            last = end


def mark(line: Line) -> str:
    """One line for ``st.markdown``."""
    kind, text = line
    if kind not in WORDS:
        return md(text)
    icon, word, colour = WORDS[kind]
    inner = f"~~{md(text)}~~" if kind == "old" else f"**{md(text)}**"
    return f":{colour}[{icon} {inner} ({word})]"


def changes(before: Card, after: Card) -> list[tuple[str, list[Line]]]:
    """The card after a variation, part by part (Italian heading, lines): old text still there and marked, new text beside it."""
    parts: list[tuple[str, list[Line]]] = []
    stale = still_said(before, after.variations[-1]) if len(after.variations) > len(before.variations) else {}
    for name in SINGLE:
        old, new = getattr(before, name), getattr(after, name)
        if old or new:
            gone = name == "title" and after.status in GONE and before.status not in GONE
            notes = [("todo", stale[name])] if name in stale else []
            parts.append((field_words(name).capitalize(), _pair(old, new, gone) + notes + (_in_its_place(after) if gone else [])))
    parts.append(("Attività", _sequence(list(before.activities), list(after.activities))))
    parts.append(("Fasi", _sequence([_phase(p) for p in before.phases], [_phase(p) for p in after.phases],
                                    {_phase(p) for p in after.phases if p.status in GONE})))
    years = str(after.year or "")
    parts.append(("Indicatori", _sequence([_indicator(i, years) for i in before.indicators],
                                          [_indicator(i, years) for i in after.indicators],
                                          {_indicator(i, years) for i in after.indicators if i.status in GONE})))
    return [(heading, lines) for heading, lines in parts if lines]


def _pair(old: str | None, new: str | None, gone: bool = False) -> list[Line]:
    if old == new:
        return [("old" if gone else "same", new or "")]
    return [(kind, text) for kind, text in (("old", old), ("new", new)) if text]


def _in_its_place(card: Card) -> list[Line]:
    """The title of the objective that takes the place of a replaced one: it will be another card."""
    return [("new", one.new) for one in card.variations[-1:] if card.status == "replaced" and one.new]


def _sequence(old: list[str], new: list[str], gone: set[str] | frozenset[str] = frozenset()) -> list[Line]:
    """Two lists as one, in the order of the new; ``gone`` are the new one's lines that stay only to be seen."""
    lines: list[Line] = []
    for what, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            lines += [("old" if text in gone else "same", text) for text in new[k:n]]
            continue
        lines += [("old", text) for text in old[i:j] if text not in gone]
        lines += [("old" if text in gone else "new", text) for text in new[k:n]]
    return lines


def _phase(phase: Phase) -> str:
    number = f"{phase.number}. " if phase.number else ""
    until = f" (fine {phase.end})" if phase.end else ""
    return f"{number}{phase.text or ''}{until}"


def _indicator(indicator: Indicator, year: str) -> str:
    target = indicator.targets.get(year) or next(reversed(list(indicator.targets.values())), "")
    return f"{indicator.name or ''}: {target}" if target else indicator.name or ""
