"""Running text for search: short paragraphs joined, long ones cut at sentences, labels kept with what they announce."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.blocks import Place

SHORT, ENOUGH, LONG = 250, 450, 900  # characters: join below, close above, never exceed by joining
_MARKUP = re.compile(r"</?(?:p|b|i|u|br|ul|ol|li|em|strong|span|div|sup|sub|mark|input|a|h\d)\b[^<>]*>", re.I)
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_SENTENCE = re.compile(r"\s(?:(?<=[.;:?!]\s)(?=[\"“«(]?[A-ZÀ-Ù0-9\-•–])|(?=[•▪➢✓]\s))")  # blanks are single in a cleaned text
_ABBREVIATION = re.compile(
    r"(?:\b(?:art|artt|n|nn|nr|c|co|lett|lgs|l|d|dott|dr|sig|ing|arch|avv|rag|geom|pag|cap|es|ecc|rif|cat|ca|gg|prot|tit"
    r"|cfr|par|comm|del|det|sez|all)|(?-i:\b[A-Z]))\.$",
    re.I,
)


def clean(text: str) -> str:
    """The words of the document without markup: tags, emphasis marks and link targets dropped, blanks collapsed."""
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub("", text)
    plain = text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]  # no blank but " " is printable
    return text if plain else " ".join(text.split())


def sentences(text: str) -> list[str]:
    """Sentences of a cleaned text; "art. 5", "n. 150" and initials do not end one."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        elif piece:
            found.append(piece)
    return found


def cut(text: str, size: int = ENOUGH, most: int = LONG) -> list[str]:
    """A text in pieces of about ``size`` characters, cut at sentences, or at words where a sentence exceeds ``most``."""
    if len(text) <= most:
        return [text]
    pieces: list[str] = []
    for sentence in sentences(text):
        for part in _by_words(sentence, most):
            if pieces and len(pieces[-1]) < size and len(pieces[-1]) + len(part) < most:
                pieces[-1] += " " + part
            else:
                pieces.append(part)
    if len(pieces) > 1 and len(pieces[-1]) < SHORT // 2:
        pieces[-2:] = [pieces[-2] + " " + pieces[-1]]
    return pieces


def _by_words(sentence: str, most: int) -> list[str]:
    if len(sentence) <= most:
        return [sentence]
    parts, line = [], ""
    for word in sentence.split(" "):
        if line and len(line) + len(word) >= most - 100:
            parts.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*parts, line]


def is_label(text: str) -> bool:
    """Whether a line announces what follows: it ends with a colon or is a short line in capitals ("ELIMINARE")."""
    if text.endswith(":"):
        return len(text) < 120
    if not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    return 2 < len(letters) < 60 and all(c.isupper() for c in letters)


@dataclass
class Lines:
    """Lines of running text gathered into one piece; ``place`` is where the first stands, ``last`` the last line."""

    texts: list[str] = field(default_factory=list)
    place: Place = Place()
    last: int | None = None

    @property
    def size(self) -> int:
        return sum(map(len, self.texts)) + len(self.texts)

    def add(self, text: str, place: Place) -> None:
        if not self.texts:
            self.place = place
        self.texts.append(text)
        self.last = place.line

    def must_close_before(self, text: str, place: Place) -> bool:
        """Whether ``text`` starts another piece: it would be too long, it begins a new entry, or it stands on another page."""
        if not self.texts:
            return False
        if place.page != self.place.page or place.sheet != self.place.sheet:
            return True
        if is_label(self.texts[-1]):
            return self.size + len(text) > 2 * LONG
        if self.size + len(text) > LONG:
            return True
        return self.size >= SHORT and (self.size >= ENOUGH or is_label(text) or len(text) >= SHORT)
