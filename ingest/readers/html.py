"""HTML pages: headings, paragraphs, list items and tables with spans; scripts, styles and menus are left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.text import decode
from ingest.readers.words import EMPTY_BOX, TICKED, clean

_SKIP = {"script", "style", "noscript", "template", "nav", "head", "svg", "iframe", "object", "select"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {"p", "li", "dt", "dd", "blockquote", "pre", "caption", "figcaption", "address", "legend", "summary"}
_CONTAINERS = {"div", "section", "article", "main", "body", "html", "ul", "ol", "dl", "header", "footer", "form", "fieldset",
               "center", "aside", "details", "figure"}  # fmt: skip
_STRUCK = {"s", "strike", "del"}
MAX_DEPTH = 150


def read_html(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a page; ``Place.line`` is the running number of paragraph or row."""
    text, _ = decode(path.read_bytes(), name)
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False))
        walk = _Walk(limits, name)
        blocks = tuple(walk.blocks(root, 0))
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"{name}: la pagina HTML non è leggibile o è vuota.") from error
    if not blocks:
        raise UnreadableFile(f"{name}: la pagina non contiene testo.")
    title = root.findtext(".//title")
    return Blocks(name, "html", blocks, metadata={"title": clean(title)} if title else {})


class _Walk:
    def __init__(self, limits: Limits, name: str) -> None:
        self.limits, self.name = limits, name
        self.line = self.cells = 0

    def blocks(self, element: Any, depth: int) -> Iterator[Block]:
        """Blocks inside an element; loose text between blocks is a paragraph."""
        if depth > MAX_DEPTH:
            raise UnreadableFile(f"{self.name}: la pagina HTML è annidata troppo in profondità.")
        loose: list[str] = [element.text or ""]
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "table" or tag in _HEADINGS or tag in _BLOCKS or tag in _CONTAINERS:
                yield from self._paragraph("".join(loose))
                loose = []
                yield from self._block(child, tag, depth)
            elif tag and tag not in _SKIP:
                loose.append(_words(child))
            loose.append(child.tail or "")
        yield from self._paragraph("".join(loose))

    def _block(self, child: Any, tag: str, depth: int) -> Iterator[Block]:
        if tag == "table":
            yield from self._table(child)
        elif tag in _HEADINGS:
            yield from self._paragraph(_words(child), _HEADINGS[tag])
        elif tag == "dl" and _is_plain_list(child):
            yield from self._definitions(child)
        elif tag in _CONTAINERS or any(True for _ in child.iter("p", "table", "ul", "ol", "div") if _ is not child):
            yield from self.blocks(child, depth + 1)
        else:
            yield from self._paragraph(("- " if tag == "li" else "") + _words(child).strip(), struck=_is_struck(child))

    def _paragraph(self, text: str, level: int = 0, struck: bool = False) -> Iterator[Block]:
        text = clean(" ".join(text.split("\n")) if level else text)
        if text.strip("- "):
            self.line += 1
            yield text_block(text, Place(line=self.line), level=level, struck=struck)

    def _table(self, table: Any) -> Iterator[Block]:
        rows: list[Row] = []
        inner: list[Any] = []
        carried: dict[int, int] = {}
        for tr in table.iter("tr"):
            if _own_table(tr) is not table:
                continue
            self.line += 1
            rows.append(self._row(tr, carried))
            inner += [t for td in tr for t in td.iter("table") if _own_table(t.getparent()) is table]
        yield from table_blocks(rows)
        for nested in inner:
            yield from self._table(nested)

    def _definitions(self, terms: Any) -> Iterator[Block]:
        """A list of terms as a table of two columns: the term, and its descriptions one a line."""
        found: list[tuple[str, list[str]]] = []
        for one in (e for group in terms for e in ([group] if group.tag in ("dt", "dd") else group)):
            if one.tag == "dt" or not found:
                found.append((clean(_words(one)).strip(), []))
            else:
                found[-1][1].append(clean(_words(one)).strip())
        rows = []
        for term, texts in found:
            self.line += 1
            rows.append(Row((term, "\n".join(texts)), Place(line=self.line)))
        yield from table_blocks(rows)

    def _row(self, tr: Any, carried: dict[int, int]) -> Row:
        cells: list[str] = []
        struck: set[int] = set()
        merged: set[int] = set()
        above: set[int] = set()
        for td in (td for td in tr if td.tag in ("td", "th")):
            while carried.get(len(cells), 0) > 0:
                self._continue(cells, carried, merged, above)
            wide, high = _span(td, "colspan"), _span(td, "rowspan")
            at = len(cells)
            if _is_struck(td):
                struck.add(at)
            cells += [clean(_words(td))] + [""] * (wide - 1)
            merged |= set(range(at + 1, at + wide))
            carried.update(dict.fromkeys(range(at, at + wide), high - 1))
        while carried.get(len(cells), 0) > 0:
            self._continue(cells, carried, merged, above)
        self.cells += len(cells)
        if self.cells > self.limits.max_cells:
            raise LimitExceeded(f"{self.name}: più di {self.limits.max_cells} celle. Dividi la pagina.")
        return Row(tuple(cells), Place(line=self.line), frozenset(struck), frozenset(merged), frozenset(above))

    @staticmethod
    def _continue(cells: list[str], carried: dict[int, int], merged: set[int], above: set[int]) -> None:
        at = len(cells)
        carried[at] -= 1
        merged.add(at)
        above.add(at)
        cells.append("")


def _is_plain_list(terms: Any) -> bool:
    """Whether a <dl> holds terms and descriptions of words alone, each term with one description or more."""
    flat = [e for group in terms for e in ([group] if group.tag in ("dt", "dd") else list(group))]
    tags = [e.tag for e in flat]
    if not tags or set(tags) != {"dt", "dd"} or tags[0] != "dt" or tags[-1] != "dd":
        return False
    return not any(True for e in flat for _ in e.iter("table", "ul", "ol", "dl", *_HEADINGS))


def _own_table(element: Any) -> Any:
    while element is not None and element.tag != "table":
        element = element.getparent()
    return element


def _span(td: Any, attribute: str) -> int:
    value = (td.get(attribute) or "1").strip()
    return min(max(int(value), 1), 500) if value.isdigit() else 1


def _is_struck(element: Any) -> bool:
    """Whether all words of an element stand inside <s>, <strike> or <del>."""
    whole = "".join(element.itertext()).strip()
    return bool(whole) and "".join("".join(e.itertext()) for e in element.iter(*_STRUCK)).strip() == whole


def _words(element: Any) -> str:
    """The words of an element: source line breaks are spaces, <br> and block ends are line breaks, tables are left out."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _SKIP or tag == "table" or not tag:
        return ""
    if tag == "br":
        return "\n"
    if tag == "input":
        kind = (element.get("type") or "").lower()
        return (TICKED if element.get("checked") is not None else EMPTY_BOX) + " " if kind in ("checkbox", "radio") else ""
    parts = [" ".join(_flat(element.text))]
    for child in element:
        parts += [_words(child), " ".join(_flat(child.tail))]
    inside = "".join(parts)
    return f"\n{inside}\n" if tag in _BLOCKS | _CONTAINERS else inside


def _flat(text: str | None) -> list[str]:
    return (text or "").replace("\r", " ").split("\n")
