"""A Word template to start from: our own neutral sheet, with the names where the values go."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document

from cards import labels

_FIELDS = (("unit", "servizio"), ("responsible", "responsabile"), ("purpose", "finalita"), ("description", "descrizione"),
           ("weight", "peso"))
_PHASE = (("number", "numero"), ("text", "testo"), ("start", "inizio"), ("end", "fine"), ("weight", "peso"))


def starter_template() -> bytes:
    """A .docx that ``exports.template.fill_template`` fills as it is; its labels are those that reading knows."""
    book = Document()
    book.core_properties.title, book.core_properties.author = "Piano della performance {{ anno }}", ""
    book.add_heading("{{ ente }}", 0)
    book.add_heading("Sezione 2.2 Performance, anno {{ anno }}", 1)
    book.add_paragraph("{%p for scheda in schede %}")
    book.add_heading("{{ scheda.titolo }}", 2)
    fields = [(labels.SHEET["objective"], "{{ scheda.titolo }}"), ("Anno", "{{ scheda.anno }}")]
    fields += [(labels.FIELDS[field], f"{{{{ scheda.{name} }}}}") for field, name in _FIELDS]
    _table(book, fields)
    book.add_paragraph("{%p if scheda.fasi %}")
    _list(book, "fase", "scheda.fasi", [(labels.PHASE[field], name) for field, name in _PHASE])
    book.add_paragraph("{%p endif %}")
    book.add_paragraph("{%p if scheda.indicatori %}")
    columns = [(labels.INDICATOR["name"], "nome"), (labels.INDICATOR["formula"], "formula"), (labels.INDICATOR["unit"], "unita"),
               (labels.INDICATOR["baseline"], "base"), (f"{labels.PERIODS['targets']} {{{{ scheda.anno }}}}", "atteso"),
               (f"{labels.PERIODS['actuals']} {{{{ scheda.anno }}}}", "raggiunto"), (labels.INDICATOR["weight"], "peso")]
    _list(book, "indicatore", "scheda.indicatori", columns)
    book.add_paragraph("{%p endif %}")
    book.add_paragraph("{%p endfor %}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _list(book: Any, name: str, source: str, columns: Sequence[tuple[str, str]]) -> None:
    """A table with a row for each of a list; the commands have rows of their own, which go away."""
    width = len(columns)
    blank = ("",) * (width - 1)
    rows = [tuple(label for label, _ in columns), (f"{{%tr for {name} in {source} %}}", *blank),
            tuple(f"{{{{ {name}.{field} }}}}" for _, field in columns), ("{%tr endfor %}", *blank)]
    book.add_paragraph()
    _table(book, rows)
    book.add_paragraph()


def _table(book: Any, rows: Sequence[Sequence[str]]) -> None:
    table = book.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
