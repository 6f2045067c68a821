"""The words of a document, free of markup: one function cleans the text of every format.

The words themselves stay as they are. Tags are dropped only when they are known HTML, so "<10" and "< 8'" survive; a tick
box becomes "☒" (ticked) or "☐".
"""

from __future__ import annotations

import html
import re
import unicodedata

TICKED, EMPTY_BOX = "☒", "☐"

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")
_SPACES = re.compile("[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_CHECKBOX = re.compile(r"<input\b[^>]*checkbox[^>]*>", re.I)
_BREAK = re.compile(r"\s*<(?:br|/?p|/?div|/?ul|/?ol|/li|/?tr)\b[^<>]*>\s*", re.I)
_ITEM = re.compile(r"\s*<li\b[^<>]*>\s*", re.I)
_INLINE = re.compile(
    r"</?(?:u|i|b|s|em|strong|mark|del|ins|strike|small|sup|sub|span|font|a|td|th|table|thead|tbody|input|img)\b[^<>]*>", re.I
)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.I)
_BOLD = re.compile(r"\*\*|(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])")
_EMPHASIS = re.compile(r"(?<![\w*)\]])\*(?=[^\s\d*])([^*\n]*[^\s*(])\*(?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:#|https?:|mailto:|/|\.)[^()\s]*\)|!?\[([^\[\]]+)\]\(\)")
_ESCAPED = re.compile(r"\\([*_#\[\]`~|])")
_STRUCK = re.compile(r"(?:~~.+~~|<(?P<tag>s|del|strike)\b[^<>]*>.+</(?P=tag)>)", re.I | re.S)


def clean(text: str, markdown: bool = False) -> str:
    """The text without tags, invisible characters and doubled spaces; with ``markdown`` also without ``**`` and ``~~``.

    >>> clean('<input checked="" type="checkbox"/> <i>in linea</i>')
    '☒ in linea'
    >>> clean("Richiesta: **ELIMINARE**", markdown=True), clean("(a/b)*100")
    ('Richiesta: ELIMINARE', '(a/b)*100')
    """
    if not text or text.isascii() and text.isalnum():
        return text
    if "<" in text:
        text = _CHECKBOX.sub(lambda box: TICKED if "checked" in box[0].lower() else EMPTY_BOX, text)
        text = _BREAK.sub("\n", _ITEM.sub("\n", text))
        text = _INLINE.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "](" in text:
        text = _LINK.sub(lambda link: link[1] or link[2] or "", text)
    if markdown:
        text = _plain_markdown(text)
    if not text.isprintable():  # invisible characters and all spaces but the plain one are not
        text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if "\n" not in text:
        return _spaced(text)
    return "\n".join(filter(None, map(_spaced, text.split("\n"))))


def _spaced(line: str) -> str:
    """The line with single spaces, none at its ends."""
    if "  " in line or not line.isprintable():
        line = _SPACES.sub(" ", line)
    return line.strip()


def _plain_markdown(text: str) -> str:
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(r"\1", _BOLD.sub("", text))
    if "~" in text:
        text = text.replace("~~", "")
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def is_struck(text: str) -> bool:
    """Whether the whole text is struck through by markup (``~~text~~``, ``<del>``)."""
    text = text.strip()
    return text[:1] in ("~", "<") and text != "" and _STRUCK.fullmatch(text) is not None


def is_bold(text: str) -> bool:
    """Whether the whole line is bold by markdown (``**text**``)."""
    text = text.strip()
    return len(text) > 4 and text.startswith("**") and text.endswith("**") and "**" not in text[2:-2]


def looks_like_heading(text: str) -> bool:
    """A short line in capitals, not a sentence: how headings survive where a format has no styles."""
    return len(text) <= 140 and "\n" not in text and text.upper() == text and sum(map(str.isalpha, text)) >= 3


def is_rule(cells: tuple[str, ...]) -> bool:
    """A row made of dashes alone: the line that markdown puts under a table's header."""
    return any(cells) and all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells if cell)
