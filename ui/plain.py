"""Text from documents, models and users made harmless for the screen: it is shown as written, never as markup."""

from __future__ import annotations

import re

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
