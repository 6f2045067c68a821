"""Prompt files, rendered strictly: every ``{{name}}`` needs its value and every value its place. Documents are data: what they
hold is escaped, so that nothing in a precedent can close its delimiters or pass for a citation key (as Fess does)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from cards.model import Card
from prompts.harmless import INVISIBLE, cut

PRECEDENT_CHARS = 1_800
TOTAL_CHARS = 4_500
LABEL_CHARS = 200

_HEAD = re.compile(r"versione: (\d+)\n\n")
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_KEY = re.compile(r"\[\s*(\d{1,3})\s*\]")


@lru_cache(maxsize=64)
def template(name: str) -> str:
    """The text of a prompt file of ``templates_llm``, without its head."""
    return _file(name)[1]


@lru_cache(maxsize=64)
def _file(name: str) -> tuple[int, str]:
    """Version and text: a prompt file begins with "versione: N" and an empty line; another form is a ``ValueError``."""
    whole = (resources.files("prompts") / "templates_llm" / f"{name}.md").read_text("utf-8")
    head = _HEAD.match(whole)
    if not head:
        raise ValueError(f"prompt {name}: no version")
    return int(head[1]), whole[head.end() :]


def stamp(job: str) -> str:
    """Which prompt a job uses, for the log: "scheda, versione 1 (9f86d081)"; "" for a job without a file of its own."""
    name = job.split(" (")[0]
    if not (resources.files("prompts") / "templates_llm" / f"{name}.md").is_file():
        return ""
    version, text = _file(name)
    return f"{name}, versione {version} ({hashlib.sha256(text.encode()).hexdigest()[:8]})"


def variables(name: str) -> frozenset[str]:
    """The variables a prompt file asks for."""
    return frozenset(_VARIABLE.findall(template(name)))


def render(name: str, **values: str) -> str:
    """The prompt with its values; a missing or unknown variable is a ``ValueError``. Values are not rendered again."""
    wanted = variables(name)
    if missing := wanted - set(values):
        raise ValueError(f"prompt {name}: missing {sorted(missing)}")
    if unknown := set(values) - wanted:
        raise ValueError(f"prompt {name}: unknown {sorted(unknown)}")
    return _VARIABLE.sub(lambda match: values[match[1]], template(name)).strip()


def escaped(text: str | None) -> str:
    """Text of a document as data: no angle brackets, no citation keys of its own, no invisible or control characters."""
    plain = INVISIBLE.sub("", text or "")
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _KEY.sub(r"(\1)", plain).replace("{{", "{ {").replace("```", "'''")


def numbered(texts: Sequence[tuple[str, str]]) -> str:
    """Precedents as numbered, delimited data: (label, text) pairs; long ones are cut at a word."""
    if not texts:
        return "(nessun precedente)"
    room = min(PRECEDENT_CHARS, TOTAL_CHARS // len(texts))
    return "\n".join(
        f'<precedente n="{n}" fonte="{_attribute(label)}">\n{_cut(escaped(text), room)}\n</precedente>'
        for n, (label, text) in enumerate(texts, 1)
    )


def _attribute(label: str) -> str:
    return cut(escaped(label), LABEL_CHARS).replace('"', "'").replace("\n", " ")


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else cut(text, room) + " …"


def card_label(card: Card) -> str:
    """Which document a card stands in: "Comune di X, 2022, file.pdf, pagina 3"."""
    page = f"pagina {card.source.pages[0]}" if card.source.pages else ""
    return ", ".join(str(v) for v in (card.entity, card.year, card.source.document, page) if v)


def card_text(card: Card, counted: bool = True) -> str:
    """A card as plain lines: title, purpose, description, phases, indicators with their values, reasons of its variations.

    Where it is a source to check facts against, ``counted`` is false: that a phase is the third backs no "3 giorni".
    """
    lines = [f"Titolo: {card.title or ''}"]
    lines += [f"{label}: {value}" for label, value in (("Finalità", card.purpose), ("Descrizione", card.description)) if value]
    lines += [f"Fase {p.number or n}: {p.text}" if counted else f"Fase: {p.text}" for n, p in enumerate(card.phases, 1) if p.text]
    for i in card.indicators:
        values = [
            f"{what} {year}: {text}"
            for what, part in (("valore", {**i.history, **i.actuals}), ("atteso", i.targets))
            for year, text in part.items()
        ]
        lines.append(f"Indicatore: {i.name or ''}" + (f" ({'; '.join(values)})" if values else ""))
    lines += [f"Motivazione: {v.reason}" for v in card.variations if v.reason]
    return "\n".join(lines)
