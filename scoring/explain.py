"""A rule told in Italian: what it looks at, why, on what basis, how to mend it. The pages of ``docs/regole`` say the same."""

from __future__ import annotations

from scoring.registry import rule
from scoring.rule import FAMILIES, Rule

VERIFIED = {"S": "testo letto", "S2": "da fonte secondaria", "M": "da verificare sul testo ufficiale"}


NOTICES = {
    "SOP001": ("Soppressione inutile", "un'accettazione di una segnalazione che non c'è più, o che non si trova in quel posto.",
               "Un elenco di accettate che non servono nasconde quelle che servono.", "Togli la voce dall'elenco."),
    "SOP002": ("Soppressione scaduta", "un'accettazione la cui scadenza è passata: la segnalazione è di nuovo visibile.",
               "Chi ha accettato lo ha fatto fino a quel giorno.",
               "Correggi la scheda, o rinnova l'accettazione con un motivo attuale."),
}  # fmt: skip


def explain(code: str) -> str:
    """The text of a rule for a terminal or a page. An unknown code is a ``PiaoError``."""
    if code.strip().upper() in NOTICES:
        return _notice(code.strip().upper())
    return "\n".join(_lines(rule(code)))


def _notice(code: str) -> str:
    """What the checker says of the list of accepted findings: no rule of the plan, so no page of its own."""
    title, what, why, fix = NOTICES[code]
    head = [f"{code} - {title}", f"Livello: attenzione. Famiglia: {FAMILIES['SOP']}.", ""]
    return "\n".join([*head, f"Che cosa segnala: {what}", "", f"Perché: {why}", f"Rimedio: {fix}"])


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
