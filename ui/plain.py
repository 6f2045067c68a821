"""Text from documents, models and users made harmless for the screen: it is shown as written, never as markup."""

from __future__ import annotations

import re

MARKUP = re.compile(r"([!-/:-@\[-`{-~])")


def md(text: str | None) -> str:
    """``text`` for ``st.markdown``: every ASCII punctuation mark is escaped, so no HTML, link, image, formula or
    Streamlit directive can come from it; line breaks are kept.

    >>> md("<b>a</b> :red[x]")
    '\\\\<b\\\\>a\\\\<\\\\/b\\\\> \\\\:red\\\\[x\\\\]'
    """
    return MARKUP.sub(r"\\\1", text or "").replace("\r", "").replace("\n", "  \n")


def short(text: str | None, length: int = 120) -> str:
    """The first ``length`` characters, cut at a word, with an ellipsis."""
    text = " ".join((text or "").split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
