"""The generated parts of the documentation: ``python -m docs.generate`` writes them, a test asks that they are current."""

from __future__ import annotations

from pathlib import Path

from docs import patterns
from docs.licences import page
from docs.sbom import bill
from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GUIDE, LICENCES, UNIT = ROOT / "docs" / "operazioni.md", ROOT / "docs" / "licenze.md", ROOT / "deploy" / "piao.service"
PATTERNS = ROOT / "docs" / "schemi.md"
BILL = ROOT / "docs" / "sbom.cdx.json"


def settings_table() -> str:
    """Every setting with its meaning and its value when it is not set."""
    rows = ["| variabile | significato | se manca |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "—" if field.default is None else f"`{field.default}`"
        rows.append(f"| `PIAO_{name.upper()}` | {field.description} | {default} |")
    return "\n".join(rows)


def pages() -> dict[Path, str]:
    """Each generated page, or page with generated parts, as it must be."""
    parts = {"configurazione": settings_table(), "systemd": f"```ini\n{UNIT.read_text(encoding='utf-8').strip()}\n```"}
    guide = GUIDE.read_text(encoding="utf-8")
    for name, text in parts.items():
        head, found, rest = guide.partition(f"<!-- {name}: generata -->\n")
        _, end, tail = rest.partition("<!-- fine -->")
        if not (found and end):
            raise ValueError(f"{GUIDE.name}: manca il segno della parte «{name}»")
        guide = head + found + text + "\n" + end + tail
    return {GUIDE: guide, LICENCES: page(), BILL: bill(), PATTERNS: patterns.page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
