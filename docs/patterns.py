"""``docs/schemi.md``: the patterns of our library, the norms they name, and that each is to be checked in its text in force."""

from __future__ import annotations

from prompts.library import Pattern, patterns
from prompts.measures import CHECK_LAW, by_construction

HEAD = f"""# Gli schemi di obiettivo

Dove l'archivio non ha precedenti, una bozza parte da uno di questi schemi (`prompts/templates/`). Uno schema dice soltanto
ciò che una norma fissa, o ciò che si misura per costruzione; non porta cifre di nessun ente. Le norme sono citate con articolo e
comma, ma il testo cambia: nella bozza ogni valore che ne viene porta la nota «{CHECK_LAW}», e lo si fa prima di firmare.
Questa pagina è generata: `python -m docs.generate`.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(one) for one in patterns())


def _section(one: Pattern) -> str:
    years = "" if one.years == (1990, 2100) else f" (per gli anni dal {one.years[0]})"
    lines = [f"\n## {one.theme}{years}\n", f"Norme: {'; '.join(one.basis)} — {CHECK_LAW}.\n" if one.basis else ""]
    lines += ["| indicatore | valore proposto | da dove viene |", "|---|---|---|"]
    for indicator in one.indicators:
        note = indicator.basis if by_construction(indicator.basis) else f"{indicator.basis} — {CHECK_LAW}"
        lines.append(f"| {indicator.name} | {indicator.target.replace('{year}', 'ANNO')} | {note} |")
    return "\n".join(line for line in lines if line) + "\n"
