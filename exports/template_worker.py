"""The process that fills a Word template: an order on standard input (``exports.template``), the document or an error out."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from cards.errors import LimitExceeded, UnreadableFile
from exports.template import NAME, named
from exports.template_safety import BROKEN, MAX_UNPACKED, check_template
from ingest.limits import MB

MEMORY = 1500 * MB  # of address space
MAX_TEXT = MAX_UNPACKED  # characters of XML that a part may come to
FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.EvalContextModifier,
             nodes.ScopedEvalContextModifier)
WRONG = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, AssertionError)


class Environment(ImmutableSandboxedEnvironment):
    """jinja2 without files, without unescaped text, without a name that is not given, and with an end."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_printable)
        for name in ("safe", "pprint", "xmlattr", "tojson", "urlize"):
            del self.filters[name]
        del self.globals["lipsum"]

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """The parts together, as long as they fit."""
        kept, size = [], 0
        for part in parts:
            size += len(part)
            if size > MAX_TEXT:
                raise LimitExceeded(f"{NAME}, una volta compilato, supera {MAX_TEXT // MB} MB: un ciclo ripete troppo.")
            kept.append(part)
        return "".join(kept)


def _printable(value: Any) -> Any:
    if isinstance(value, str | int | float | Undefined):
        return value
    raise UnreadableFile(f"{NAME} stampa un elenco o una scheda intera: usa un ciclo, per esempio {{% for scheda in schede %}}, "
                         "e i nomi dei suoi dati.")


class Template(DocxTemplate):
    """``docxtpl`` that refuses what it would quietly repair, and knows which names were used."""

    used: set[str]

    def render_xml_part(self, src_xml: str, part: Any, context: Mapping[str, Any], jinja_env: Any = None) -> str:
        """A part filled; its XML must still be whole."""
        tree = jinja_env.parse(src_xml)
        if next(iter(found for kind in FORBIDDEN for found in tree.find_all(kind)), None):
            raise UnreadableFile(f"{NAME} usa un comando che non è ammesso (include, import, extends, autoescape). Toglilo.")
        self.used |= meta.find_undeclared_variables(tree)
        filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        try:
            etree.fromstring(filled.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            raise UnreadableFile(f"{NAME} ha un comando che spezza il documento: metti {{%p … %}} da solo in un paragrafo e "
                                 "{%tr … %} da solo in una riga di tabella.") from None
        return filled

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Title and subject are no XML: their text goes in as it is."""
        super().render_properties(context, jinja_env.overlay(autoescape=False))


def fill(template: bytes, names: dict[str, Any]) -> bytes:
    """The template filled; ``UnreadableFile`` or ``LimitExceeded`` on what is wrong with it."""
    check_template(template)
    document = Template(io.BytesIO(template))
    document.used = set()
    values = vars(named(names))
    try:
        document.init_docx()
    except (PackageNotFoundError, etree.XMLSyntaxError, zipfile.BadZipFile, *WRONG):
        raise UnreadableFile(BROKEN) from None
    try:
        document.render(values, Environment())
    except (TemplateError, MemoryError, *WRONG) as error:
        _explain(error)
    if not document.used & values.keys():
        raise UnreadableFile(f"{NAME} non contiene nessun nome da riempire, come {{{{ ente }}}} o {{{{ scheda.titolo }}}}: parte "
                             "dal modello di partenza.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _explain(error: Exception) -> NoReturn:
    """A jinja2 error, or one of the template's own expressions, as a line for who wrote the template."""
    if isinstance(error, MemoryError):
        raise LimitExceeded(f"{NAME} richiede troppa memoria: un comando ripete troppo. Semplificalo.") from None
    said = " ".join(str(error).split())[:160]
    if isinstance(error, UndefinedError):
        found = re.search(r"has no attribute '([^']*)'|^'([^']*)' is undefined", said)
        name = next((part for part in found.groups() if part), "") if found else said
        raise UnreadableFile(f"{NAME} usa il nome «{name}», che non esiste. I nomi ammessi sono in Impostazioni.") from None
    if isinstance(error, TemplateSyntaxError):
        raise UnreadableFile(f"{NAME} ha un comando scritto male ({said}). Controlla parentesi graffe e «endfor».") from None
    if isinstance(error, SecurityError):
        raise UnreadableFile(f"{NAME} usa un comando vietato ({said}). Toglilo.") from None
    if isinstance(error, OverflowError) and "Range" in said:
        raise LimitExceeded(f"{NAME} ha un ciclo troppo lungo. Semplificalo.") from None
    raise UnreadableFile(f"{NAME} ha un comando che non si può eseguire ({said}). Correggilo.") from None


def _confine() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: the time limit of the parent still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """One order, one answer."""
    _confine()
    order, out = sys.stdin.buffer.read(), sys.stdout.buffer
    size = int.from_bytes(order[:8], "big")
    try:
        answer = b"filled\n" + fill(order[8 : 8 + size], json.loads(order[8 + size :]))
    except UnreadableFile as error:
        answer = f"{type(error).__name__}\n{error}".encode()
    out.write(answer)


if __name__ == "__main__":
    main()
