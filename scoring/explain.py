"""A rule told in Italian: what it looks at, why, on what basis, how to mend it. The pages of ``docs/regole`` say the same."""

from __future__ import annotations

from scoring.registry import rule
from scoring.rule import FAMILIES, Rule

VERIFIED = {"S": "testo letto", "S2": "da fonte secondaria", "M": "da verificare sul testo ufficiale"}


def explain(code: str) -> str:
    """The text of a rule for a terminal or a page. An unknown code is a ``PiaoError``."""
    return "\n".join(_lines(rule(code)))


def _lines(one: Rule) -> list[str]:
    lines = [
        f"{one.code} - {one.title}",
        f"Livello: {one.level.italian}. Famiglia: {FAMILIES[one.family]}. In vigore: {one.valid.text()}.",
        "",
    ]
    lines += [f"Che cosa segnala: {sample(one.message)}"]
    lines += [f"Oppure: {sample(text)}" for text in one.variants.values()]
    lines += ["", f"Perché: {one.why}", f"Rimedio: {one.fix}", "", "Base:"]
    lines += [f"  - {basis.text()}; {VERIFIED[basis.verified]}" for basis in one.basis]
    return lines


def sample(template: str) -> str:
    """A message with its blanks shown as dots."""
    return template.format_map(_Dots()).replace("««", "«").strip()


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
