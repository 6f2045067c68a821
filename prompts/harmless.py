"""Words of a document or of a model as words only: no invisible or direction signs, no tags, comments, links or images."""

from __future__ import annotations

import re

INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_TAG = re.compile(r"<[/!?]?[a-zA-Z][^<>]{0,300}>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_KEY = re.compile(r"\[\s*(\d{1,3})\s*\]")


def harmless(text: str) -> str:
    """The text without what a page could take for markup; "< 30" and "[1]" stay, an open tag is set apart.

    >>> harmless("Meno di <b>trenta</b> giorni, [qui](http://x.example) <img src=x")
    'Meno di trenta giorni, qui < img src=x'
    """
    plain = _LINK.sub(r"\1", _TAG.sub("", _COMMENT.sub("", INVISIBLE.sub("", text))))
    return re.sub(r"<(?=[/!?a-zA-Z])", "< ", plain).replace("](", "] (")


def quotable(text: str) -> str:
    """A text that stands between « and » without closing them, nor passing for a citation of its own, on one line."""
    return " ".join(_KEY.sub(r"(\1)", harmless(text)).replace("«", "“").replace("»", "”").split())


def cut(text: str, limit: int) -> str:
    """The first ``limit`` characters at most, cut at a word where there is one."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0]
