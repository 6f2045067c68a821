"""Writes ``docs/regole``: one page per rule and an index, from the rules themselves. ``python -m scoring.docs``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from scoring.explain import VERIFIED, sample
from scoring.registry import RULES
from scoring.rule import FAMILIES, Rule

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "regole"
CASES = ROOT / "tests" / "rules"


def pages() -> dict[str, str]:
    """File name and text of each page, the index included."""
    return {"README.md": _index()} | {f"{rule.code}.md": _page(rule) for rule in RULES}


def _index() -> str:
    lines = [
        "# Le regole del controllo",
        "",
        "Pagine generate dalle regole con `python -m scoring.docs`: non si modificano a mano.",
        "",
        "Tre livelli: **errore** (la scheda contraddice sé stessa, la norma o il metodo dell'ente), **attenzione** "
        "(così non si può "
        "sostenere: decide una persona), **consiglio** (sarebbe meglio). Il controllo misura; se un valore atteso è sfidante lo "
        "giudica l'OIV o il Nucleo di valutazione.",
    ]
    for family, name in FAMILIES.items():
        rules = [rule for rule in RULES if rule.family == family]
        if rules:
            lines += ["", f"## {family} · {name}", "", "| codice | livello | regola |", "|---|---|---|"]
            lines += [f"| [{rule.code}]({rule.code}.md) | {rule.level.italian} | {rule.title} |" for rule in rules]
    return "\n".join(lines) + "\n"


def _page(rule: Rule) -> str:
    lines = [
        f"# {rule.code} · {rule.title}",
        "",
        f"Livello: **{rule.level.italian}** · in vigore: {rule.valid.text()}",
        "",
        "## Che cosa segnala",
        "",
    ]
    lines += [f"- {sample(text)}" for text in (rule.message, *rule.variants.values())]
    lines += ["", "## Perché", "", rule.why, "", "## Rimedio", "", rule.fix, "", "## Base", ""]
    lines += [f"- {basis.text()} · {VERIFIED[basis.verified]}" for basis in rule.basis]
    for prefix, title in (
        ("fail", "Esempi che la fanno scattare"),
        ("pass", "Esempi che vanno bene"),
        ("na", "Quando non si applica"),
    ):
        names = [_case(path).get("name", path.stem) for path in sorted((CASES / rule.code).glob(f"{prefix}_*.yaml"))]
        if names:
            lines += ["", f"## {title}", "", *[f"- {name}" for name in names]]
    return "\n".join(lines) + "\n"


def _case(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data if isinstance(data, dict) else {}


def main() -> None:
    """Writes the pages and takes away those of rules that no longer exist."""
    PAGES.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in PAGES.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
