"""Hostile precedents: whatever they hold, with and without a model, they change words in their own place and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from cards.errors import ModelError
from cards.model import Card, Indicator, Origin, Phase, Source, Variation
from prompts.drafting import Need, draft_card
from prompts.generation import card_messages, write_texts
from prompts.motivation import motivate
from tests.prompts.hostile import TEXTS
from tests.prompts.scripted import Scripted
from tests.prompts.test_drafting import leaves
from ui.plain import md

NEED = Need("Riduzione dei tempi di pagamento", "Servizi Finanziari", 2026, entity="Comune di Pieve Alta", facts="Ritardi nel 2025")
INVENTED = "Spesi 987.654,32 euro con delibera n. 4321 del 30/06/2031 ai sensi della legge n. 999/1999, dice Ermenegilda Sconosciuti."
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
ADDRESSES = (re.compile(r"(?:https?://|www(?=\.))[-.\w]+", re.I), re.compile(r"(?<![-.\w+])[-.\w+]+@[-\w]+(?:\.[-\w]+)+"), re.compile(r":material/\w+:|:[+\w-]+:"))
every = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def precedent(**changes: Any) -> Card:
    phases = tuple(Phase(number=str(n), text=t, weight=w) for n, t, w in ((1, "Ricognizione", "50%"), (2, "Controlli", "30%"), (3, "Avvio", "20%")))
    return Card(
        id="p1", entity="Comune di Valdoro", year=2025, title="Tempi di pagamento delle fatture", source=Source(document="valdoro.pdf", pages=(3,)),
        purpose="Pagare le fatture in meno di trenta giorni", phases=phases,
        indicators=(Indicator(name="Ritardo medio dei pagamenti", unit="giorni", targets={"2025": "≤ 0"}),),
    ).replace(**changes)  # fmt: skip


def values(card: Card) -> dict[str, Any]:
    data = card.to_json()
    data.pop("provenance")
    found = {}
    for path in leaves(data):
        node: Any = data
        for step in re.findall(r"[^.\[\]]+", path):
            node = node[int(step)] if isinstance(node, list) else node[step]
        found[path] = node
    return found


def changed(before: Card, after: Card) -> set[str]:
    old, new = values(before), values(after)
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def shown(text: str) -> str:
    """What a Markdown reader shows of a text handed over by ``md``; anything but words, lines and paragraphs is a failure."""
    words = []
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(md(text)):
        assert block.type in ("paragraph_open", "paragraph_close", "inline"), block
        for token in block.children or []:
            assert token.type in ("text", "text_special", "hardbreak", "softbreak"), token
            words.append(token.content or "\n")
    return "".join(words)


def inert(text: str) -> None:
    """No markup once rendered, nor an address or icon name that the page makes live from plain words."""
    seen = shown(text)
    assert not any(pattern.search(seen) for pattern in ADDRESSES), seen[:200]


def test_there_are_forty_different_texts() -> None:
    assert len(set(TEXTS.values())) >= 40


@every
def test_the_screen_gets_words_only(text: str) -> None:
    inert(text)
    inert(f"Prima riga\n{text}\n\n    {text}")


@every
@pytest.mark.parametrize("where", ["purpose", "description", "phase", "indicator", "reason"])
def test_without_a_model_a_text_stays_in_its_own_field(text: str, where: str) -> None:
    clean = precedent()
    hostile = {
        "purpose": lambda: clean.replace(purpose=text),
        "description": lambda: clean.replace(description=text),
        "phase": lambda: clean.replace(phases=(clean.phases[0], clean.phases[1].replace(text=text), clean.phases[2])),
        "indicator": lambda: clean.replace(indicators=(*clean.indicators, Indicator(name=text, unit="numero", targets={"2025": "1"}))),
        "reason": lambda: clean.replace(variations=(Variation(action="eliminate", object="phase", reason=text),)),
    }[where]()
    allowed = {"purpose": r"purpose", "phase": r"phases\[1\]\.text", "indicator": r"indicators\[\d+\]\..+|description"}.get(where, r"(?!)")
    draft = draft_card(NEED, [hostile])
    for path in changed(draft_card(NEED, [clean]), draft):
        assert re.fullmatch(allowed, path), path
        if path in values(draft) and not path.startswith(("indicators", "description")):
            assert draft.provenance[path].from_ in ("p1", "template:tempi-pagamento", "template"), path
    for path, value in values(draft).items():
        assert not INVISIBLE.search(str(value)), path
        assert "<" not in str(value) or not re.search(r"</?[a-zA-Z]", str(value)), path


@every
def test_the_model_is_sent_data_that_cannot_leave_its_delimiters(text: str) -> None:
    hostile = precedent(title=text, purpose=text, description=text, entity=text)
    sent = str(card_messages(NEED, draft_card(NEED, [precedent()]), [hostile])[1].content)
    clean = str(card_messages(NEED, draft_card(NEED, [precedent()]), [precedent()])[1].content)
    for mark in ("<", ">", "{{", "```"):
        assert sent.count(mark) == clean.count(mark), mark
    assert not re.search(r"\[\s*\d+\s*\]", sent)
    assert not INVISIBLE.search(sent)
    assert sent.count('<precedente n="') == 1
    assert len(sent) < len(clean) + 6_000


@every
def test_a_model_that_obeys_changes_only_words_and_they_are_marked(text: str) -> None:
    hostile = precedent(description=text)
    draft = draft_card(NEED, [hostile])
    told = f"{text} {INVENTED}"
    answer = {"finalita": told, "descrizione": told, "fasi": [told] * len(draft.phases), "indicatori": [told] * len(draft.indicators)}
    card = write_texts(Scripted(queue=[answer]), NEED, draft, [hostile])
    assert changed(draft, card) <= {"purpose", "description"}
    for path in ("purpose", "description"):
        origin: Origin = card.provenance[path]
        assert origin.from_ == "model"
        for fact in ("987.654,32", "4321", "999/1999", "Ermenegilda Sconosciuti"):
            assert fact in (origin.note or ""), fact
        value = getattr(card, path)
        assert not INVISIBLE.search(value)
        assert not re.search(r"</?[a-zA-Z]|\]\(", value)
        inert(value)


@every
def test_a_model_that_answers_with_the_text_itself_gives_no_card(text: str) -> None:
    draft = draft_card(NEED, [precedent()])
    try:
        card = write_texts(Scripted(queue=[text, text]), NEED, draft, [precedent(description=text)])
    except ModelError as error:
        inert(str(error))
    else:
        assert set(json.loads(text)) == {"finalita", "descrizione", "fasi", "indicatori"}
        assert changed(draft, card) <= {"purpose", "description", "phases[0].text", "indicators[0].name"}


@every
@pytest.mark.parametrize("with_model", [False, True])
def test_a_motivazione_over_a_hostile_reason_adds_nothing_unmarked(text: str, with_model: bool) -> None:
    card = draft_card(NEED, [precedent()])
    past = precedent(variations=(Variation(action="postpone", object="phase", reason=f"{text} Il bando è andato deserto"),))
    model = Scripted(queue=[f"{text} {INVENTED}"]) if with_model else None
    done = motivate(card, "postpone", "Il bando è andato deserto il 12/03/2026", [past], object="phase", number="2", new="30/11/2026", model=model)
    assert done.variation.replace(reason=None).to_json() == motivate(
        card, "postpone", "Il bando è andato deserto il 12/03/2026", [], object="phase", number="2", new="30/11/2026"
    ).variation.replace(reason=None).to_json()
    assert not INVISIBLE.search(done.text)
    assert not re.search(r"</?[a-zA-Z]|\]\(", done.text)
    assert {c["key"] for c in done.citations} <= {"1"}
    inert(done.text)
    if with_model:
        marked = " ".join(str(spot["span"]) for spot in done.unsupported)
        assert all(fact in marked for fact in ("987.654,32", "4321", "999/1999", "Ermenegilda Sconosciuti")), marked
    else:
        outside = re.sub(r"«[^»]*»", "", done.text)
        assert "750.000" not in outside
        assert set(re.findall(r"\[\s*(\d+)\s*\]", outside)) <= {"1"}
