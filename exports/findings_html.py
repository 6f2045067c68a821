"""A printed document as one HTML page: everything escaped, nothing fetched, no script; it prints like the Word file."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from exports.picture import Picture
from exports.sheet import Cell, Grid, Heading, Item, Line, Sheet, clean

MIME = "text/html"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
CSS = """
:root { color-scheme: light; }
body { font: 15px/1.5 "Titillium Web", "Segoe UI", Arial, sans-serif; color: #17324d; margin: 2rem auto; max-width: 1200px;
  padding: 0 1.5rem; }
h1 { font-size: 1.9rem; margin: 0 0 1rem; } h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; } h3 { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; font-size: .87rem; table-layout: fixed; }
th, td { border: 1px solid #b0bac5; padding: .35rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  white-space: pre-line; }
th { background: #e6ecf2; } del { color: #5a6b7b; }
h2.errori, h2.attenzioni, h2.consigli { border-left: .5rem solid #b3261e; padding-left: .6rem; }
h2.attenzioni { border-color: #9a6700; } h2.consigli { border-color: #1f6f43; }
figure { margin: 0 0 1rem; } figure img { max-width: 100%; }
@page { size: A4 landscape; margin: 1.5cm; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10px; } h2 { break-after: avoid; }
  tr { break-inside: avoid; } thead { display: table-header-group; } }
"""


def sheet_html(sheet: Sheet) -> bytes:
    """A sheet as a self-contained page, UTF-8."""
    body = "\n".join(part for item in sheet.items for part in _item(item))
    title = escape(clean(sheet.title))
    return f"""<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{CSS}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
""".encode()


def _item(item: Item) -> Iterator[str]:
    if isinstance(item, Heading):
        level = min(max(item.level, 1), 4)
        kind = next((word for word in ("errori", "attenzioni", "consigli") if item.text.lower().startswith(word)), "")
        yield f"<h{level}{f' class={kind!r}' if kind else ''}>{escape(clean(item.text))}</h{level}>"
    elif isinstance(item, Picture):
        words = escape(clean(item.text))
        source = base64.b64encode(item.svg.encode()).decode()
        yield f'<figure><img alt="{words}" src="data:image/svg+xml;base64,{source}"></figure>'
    elif isinstance(item, Line):
        label = f"<strong>{escape(clean(item.label))}</strong> " if item.label else ""
        text = escape(clean(item.text))
        yield f"<p>{label}{f'<em>{text}</em>' if item.italic else text}</p>"
    elif item.columns:
        yield from _grid(item)


def _grid(grid: Grid) -> Iterator[str]:
    yield "<table>"
    if grid.widths:
        shares = grid.widths[: grid.columns]
        columns = (f'<col style="width:{100 * share / sum(shares):.1f}%">' for share in shares)
        yield "<colgroup>" + "".join(columns) + "</colgroup>"
    if grid.header:
        yield "<thead>" + "".join(_row(cells, True) for cells in grid.rows[: grid.header]) + "</thead>"
    yield "<tbody>" + "".join(_row(cells, False, not grid.header) for cells in grid.rows[grid.header :]) + "</tbody>"
    yield "</table>"


def _row(cells: tuple[Cell, ...], header: bool, labelled: bool = False) -> str:
    return "<tr>" + "".join(_cell(cell, header, labelled and n == 0) for n, cell in enumerate(cells)) + "</tr>"


def _cell(cell: Cell, header: bool, label: bool) -> str:
    text = escape(clean(cell.text))
    text = f"<del>{text}</del>" if cell.struck else f"<ins>{text}</ins>" if cell.new else text
    span = f' colspan="{cell.span}"' if cell.span > 1 else ""
    if header or label:
        return f'<th scope="{"col" if header else "row"}"{span}>{text}</th>'
    return f"<td{span}>{f'<strong>{text}</strong>' if cell.bold else text}</td>"
