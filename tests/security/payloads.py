"""Texts that would run, load or deceive if a page or a file took them for more than text, and how to tell that one got through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cards.model import Card, Indicator, Item, Mark, Origin, Outcome, Phase, Resource, StaffShare, Totals, Variation

PAYLOADS = (
    "<script>evil()</script>", "<img src=x onerror=evil()>", "<svg/onload=evil()>", "[evil](javascript:evil())",
    "![evil](http://evil.example/x.png)", "http://evil.example/?q=evil", "www.evil.example", "evil@evil.example",
    "&lt;evil&gt;&#x3c;evil&#x3e;", ":red[evil]", ":material/evil:", ":evil:", "$\\evil{x}$", "**evil**`evil`", "#evil |evil|",
    "\u202e(evil)\u202c \u2066(evil)\u2069", "=evil()", "+evil()", "-evil()", "@evil()", "evil\u0301" * 40 + " \U0001f4a5\ufffd",
)
ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
OURS = re.compile(r"\*\*|~~")  # the pages' own emphasis around a text
LIVE = (
    re.compile(r"[<\[(`$*|:#@/.=+~_-]evil", re.IGNORECASE), re.compile(r"evil[>\])({`$*|:#@/~_]|evil\.example"),
    re.compile(r"javascript:|https?://evil|onerror=|&(?:lt|#x3c);"), re.compile("[\u202a-\u202e\u2066-\u2069]"),
)
INERT = {  # strings of an element that the page never reads as markup
    "id", "key", "value", "default", "default_value", "data", "page", "page_script_hash", "url", "placeholder", "code_text", "language",
    "raw_values", "raw_value", "url_path", "query_string", "icon", "form_id", "spec", "datasets", "file_urls", "alt", "arrow_data",
    "set_value", "string_value", "editing_mode",
}


def live(text: str) -> str | None:
    """What in a text for ``st.markdown`` would act, None where a payload in it is only text."""
    left = OURS.sub("", ESCAPED.sub("§", text))
    return next((found.group() for one in LIVE if (found := one.search(left))), None)


def strings(message: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string of an element that is drawn as markup, with its place; new fields of the framework count until excluded."""
    for field, value in message.ListFields():
        name = f"{path}.{field.name}"
        plain_options = field.name == "options" and any(word in path for word in ("selectbox", "multiselect"))
        ours = name.endswith("bidicomponent.json")  # data for our own scripts, which write texts only (test_injection)
        if field.name in INERT or plain_options or ours:
            continue
        values = [value[key] for key in value] if hasattr(value, "keys") else value if _many(value) else [value]
        for one in values:
            if isinstance(one, str):
                yield name, one
            elif hasattr(one, "ListFields"):
                yield from strings(one, name)


def _many(value: Any) -> bool:
    return not isinstance(value, str | bytes) and hasattr(value, "__iter__") and not hasattr(value, "ListFields")


def hostile_card(n: int, year: int = 2026, payloads: Sequence[str] = PAYLOADS) -> Card:
    """A card whose every free text is a payload; ``n`` says with which one it begins, so that each field gets each one."""
    texts = iter(payloads[(n + step) % len(payloads)] for step in range(10_000))
    free = [name for name, field in Card.model_fields.items() if field.annotation == str | None and name != "id"]
    words: dict[str, Any] = {name: next(texts) for name in free if name != "document_type"}
    when = str(year)
    return Card(
        **words, year=year, activities=(next(texts), next(texts)), document_type="piao",
        phases=tuple(Phase(number=next(texts), text=next(texts), weight=next(texts), start=next(texts), end=next(texts),
                           assigned_to=next(texts), schedule={"2026-03": next(texts)}, due={"2026-07-31": next(texts)})
                     for _ in range(2)),
        indicators=tuple(Indicator(
            code=next(texts), name=next(texts), formula=next(texts), purpose=next(texts), unit=next(texts), baseline=next(texts),
            history={"2025": next(texts)}, targets={when: next(texts)}, interim={when: next(texts)}, actuals={when: next(texts)},
            deviation=next(texts), weight=next(texts), achievement=next(texts), note=next(texts)) for _ in range(2)),
        staff=(StaffShare(name=next(texts), category=next(texts), share=next(texts)),),
        resources=(Resource(description=next(texts), cost=next(texts)),),
        outcomes=(Outcome(at="2026-12-31", label=next(texts), percent=next(texts)),),
        variations=(Variation(action="change_target", object="indicator", number=next(texts), old=next(texts), new=next(texts),
                              reason=next(texts), name=next(texts)),),
        items=(Item(code=next(texts), title=next(texts), priority=next(texts), weight=next(texts), horizon=next(texts)),),
        totals=Totals(weight=next(texts), final=next(texts), narrative=next(texts)),
        provenance={"purpose": Origin(from_="document", document=next(texts), note=next(texts),
                                      unsupported=(Mark(span=words["purpose"], kind="number", why=next(texts)),))},
    )
