"""The words of an OpenDocument paragraph: live ones and struck ones, by its styles and its tracked deletions.

Hidden words (ODF 1.3: ``text:hidden-text``, ``text:hidden-paragraph``, ``text:display`` of a style or a section) and comments
(``office:annotation``) are no part of the text: they are counted in ``Lost``, as for .docx.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ingest.readers.docx_looks import Lost
from ingest.readers.docx_runs import Words
from ingest.readers.words import clean

O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"  # noqa: E741 - the namespaces' own letters
S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
D = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
F = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
MAX_SPACES = 200
_ASIDE = (f"{O}annotation", f"{X}tracked-changes", f"{O}change-info")  # paragraphs in these are not of the text
_SILENT = (*_ASIDE, f"{O}annotation-end", f"{X}bookmark", f"{X}hidden-paragraph")
_BLOCKS = (f"{X}p", f"{X}h")


class Styles:
    """What a style does to its words: struck, bold; by name, parents followed."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._found = {style.get(f"{S}name"): style for root in roots for style in root.iter(f"{S}style")}

    def struck(self, name: str | None) -> bool:
        """Whether words of this style are struck through."""
        line = self._property(name, f"{S}text-line-through-style") or self._property(name, f"{S}text-line-through-type")
        return line not in (None, "none")

    def bold(self, name: str | None) -> bool:
        """Whether words of this style are bold."""
        return (self._property(name, f"{F}font-weight") or "") in ("bold", "700", "800", "900")

    def hidden(self, name: str | None) -> bool:
        """Whether words of this style are not shown."""
        return self._property(name, f"{T}display") == "none" or self._property(name, f"{X}display") == "none"

    def hidden_table(self, name: str | None) -> bool:
        """Whether a sheet of this style is hidden."""
        found = (p for style in self._chain(name) for p in style.findall(f"{S}table-properties"))
        return next((p.get(f"{T}display") == "false" for p in found if p.get(f"{T}display") is not None), False)

    def names(self, name: str | None) -> Iterator[str]:
        """The style's name and its parents', as a person sees them."""
        for style in self._chain(name):
            yield (style.get(f"{S}display-name") or style.get(f"{S}name") or "").replace("_20_", " ")

    def _property(self, name: str | None, attribute: str) -> str | None:
        for style in self._chain(name):
            for properties in style.findall(f"{S}text-properties"):
                if (value := properties.get(attribute)) is not None:
                    return str(value)
        return None

    def _chain(self, name: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while name and name in self._found and name not in seen:
            seen.add(name)
            yield self._found[name]
            name = self._found[name].get(f"{S}parent-style-name")


class Speech:
    """Reads paragraphs; ``deleted`` are the words that tracked changes took out, by change id; ``notes`` gathers footnotes,
    ``lost`` what is hidden; tables in text boxes wait to be asked for."""

    def __init__(self, styles: Styles, deleted: dict[str, str], lost: Lost | None = None) -> None:
        self.styles, self.deleted, self.lost = styles, deleted, lost or Lost()
        self.notes: list[Any] = []
        self._boxed: list[Any] = []

    def boxed_tables(self) -> list[Any]:
        """The tables of the text boxes anchored in what was read since the last call: they come after it."""
        found, self._boxed = self._boxed, []
        return found

    def words(self, paragraph: Any) -> Words:
        """Live and struck words of a ``text:p`` or ``text:h``; none of a hidden one."""
        name = paragraph.get(f"{X}style-name")
        if self.styles.hidden(name) or any(is_hidden(mark) for mark in paragraph.findall(f"{X}hidden-paragraph")):
            self.hide(paragraph)
            return Words()
        live: list[str] = []
        struck: list[str] = []
        bold: list[bool] = []
        self._collect(paragraph, (live, struck, bold), self.styles.struck(name), self.styles.bold(name))
        return Words(clean("".join(live)), clean("".join(struck)), bool(bold) and all(bold))

    def _collect(self, element: Any, out: tuple[list[str], list[str], list[bool]], gone: bool, bold: bool) -> None:
        self._say(element.text, out, gone, bold)
        for child in element:
            tag = child.tag
            if tag == f"{X}span":
                name = child.get(f"{X}style-name")
                if self.styles.hidden(name):
                    self.hide(child)
                else:
                    self._collect(child, out, gone or self.styles.struck(name), bold or self.styles.bold(name))
            elif tag == f"{X}s":
                count = child.get(f"{X}c") or "1"
                self._say(" " * min(int(count) if count.isdigit() else 1, MAX_SPACES), out, gone, False)
            elif tag in (f"{X}tab", f"{X}line-break"):
                self._say(" " if tag == f"{X}tab" else "\n", out, gone, False)
            elif tag == f"{X}change":
                out[1].append(self.deleted.get(child.get(f"{X}change-id") or "", ""))
            elif tag == f"{X}note":
                self.notes += child.findall(f"{X}note-body")
            elif tag == f"{T}table":
                self._boxed.append(child)
            elif tag in _BLOCKS:
                self._say("\n", out, gone, False)
                self._collect(child, out, gone, bold)
            elif tag == f"{X}hidden-text" and is_hidden(child):
                self.hide(child)
            elif isinstance(tag, str) and tag not in _SILENT:
                self._collect(child, out, gone, bold)
            self._say(child.tail, out, gone, bold)

    def hide(self, element: Any) -> None:
        """Count the words of an element as hidden ones."""
        text = clean(said(element) or element.get(f"{X}string-value") or "")
        if text:
            self.lost.add("hidden", text)

    def _say(self, text: str | None, out: tuple[list[str], list[str], list[bool]], gone: bool, bold: bool) -> None:
        if not text:
            return
        out[gone].append(text)  # type: ignore[arg-type]
        if text.strip() and not gone:
            out[2].append(bold)


def deletions(body: Any) -> dict[str, str]:
    """The words of each tracked deletion, by change id."""
    found = {}
    for region in body.iter(f"{X}changed-region"):
        gone = region.find(f"{X}deletion")
        if gone is not None:
            outer = (p for p in gone.iter(*_BLOCKS) if next(p.iterancestors(*_BLOCKS), None) is None and not aside(p, gone))
            name = region.get(f"{X}id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
            found[name] = "\n".join(said(p) for p in outer)
    return found


def is_hidden(element: Any) -> bool:
    """Whether a field, a paragraph's mark or a section that depends on a condition is hidden now (``text:is-hidden``)."""
    return bool(element.get(f"{X}is-hidden") == "true")


def aside(element: Any, root: Any = None) -> bool:
    """Whether a paragraph stands in a comment or in what tracked changes keep: it is not of the text around."""
    for above in element.iterancestors():
        if above is root:
            return False
        if above.tag in _ASIDE:
            return True
    return False


def said(element: Any) -> str:
    """The bare words of an element, without its comments; a line for each paragraph in it."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _ASIDE:
            parts.append(("\n" if child.tag in _BLOCKS else " " if child.tag in (f"{X}s", f"{X}tab") else "") + said(child))
        parts.append(child.tail or "")
    return "".join(parts)
