"""Text from documents, models and users made harmless for the screen: it is shown as written, never as markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
JOIN = "\u2060"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # would show the letters that follow in another order
LIVE = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=[-\w])|(?<=:)(?=[+\w-]+(?:/\w+)?:)|^(?= {0,3}\t| {4})", re.IGNORECASE | re.MULTILINE
)


def md(text: str | None) -> str:
    """``text`` for ``st.markdown``: every ASCII punctuation mark is escaped, so no HTML, link, image, formula or
    Streamlit directive can come from it; line breaks are kept. Plain addresses, emoji and icon names, which the page
    makes live after reading the escapes, and deep indents, which make code blocks, get an invisible word joiner;
    marks that turn the direction of writing are left out, or a name could read as another.

    >>> md("<b>a</b> :red[x]")
    '\\\\<b\\\\>a\\\\<\\\\/b\\\\> \\\\:red\\\\[x\\\\]'
    """
    text = LIVE.sub(JOIN, TURNING.sub("", text or "").replace("\r", ""))
    return MARKUP.sub(r"\\\1", text).replace("\n", "  \n")


def short(text: str | None, length: int = 120) -> str:
    """The first ``length`` characters, cut at a word, with an ellipsis."""
    text = " ".join((text or "").split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"


def distinct(labels: Mapping[K, str]) -> dict[K, str]:
    """The labels of a list's choices, no two alike: a list sends back the words chosen, and of two choices with the same words
    it would take the first. Those repeated are told apart by the end of their key, which stays when the order changes.

    >>> distinct({"d-71fe02": "Sportello", "d-90ab13": "Sportello", "d-44cd5e": "Nido"})
    {'d-71fe02': 'Sportello · 71fe02', 'd-90ab13': 'Sportello · 90ab13', 'd-44cd5e': 'Nido'}
    >>> distinct({0: "Giorni di attesa", 1: "Giorni di attesa"})
    {0: 'Giorni di attesa · 1', 1: 'Giorni di attesa · 2'}
    """
    often = Counter(labels.values())
    ends = {key: str(key + 1) if isinstance(key, int) else str(key)[-6:] for key in labels}
    told = {key: f"{words} · {ends[key]}" if often[words] > 1 else words for key, words in labels.items()}
    return told if len(set(told.values())) == len(told) else {key: f"{words} · {key}" for key, words in labels.items()}
