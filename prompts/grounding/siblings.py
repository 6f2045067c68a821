"""Words of a closed list, of which a text may say only those that its sources say: seasons, week days, "mensile"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from prompts.grounding.model import Spot, SpotKind
from prompts.grounding.words import fold

_LISTS: tuple[tuple[SpotKind, str, dict[str, str]], ...] = (
    ("date", "la stagione", {
        "primavera": r"primaver", "estate": r"estat|estiv", "autunno": r"autunn", "inverno": r"invern",
    }),
    ("date", "il giorno della settimana", {
        "lunedì": "lunedi", "martedì": "martedi", "mercoledì": "mercoledi", "giovedì": "giovedi", "venerdì": "venerdi",
        "sabato": r"sabat[oi]\b", "domenica": "domenic",
    }),
    ("unit", "il periodo", {
        "ora": r"orari[ae]\b|all'ora", "giorno": r"giornalier|quotidian|al giorno|ogni giorno", "settimana": r"settiman",
        "mese": r"mensil|al mese|ogni mese|mes[ei]\b", "trimestre": r"trimestr", "semestre": r"semestr",
    }),
)  # fmt: skip
_READ = [(kind, what, {name: re.compile(rf"(?<!\w)(?:{form})") for name, form in forms.items()}) for kind, what, forms in _LISTS]
_ANY = re.compile("|".join(form.pattern for _kind, _what, forms in _READ for form in forms.values()))
_ADJECTIVE = re.compile(r"(?<!\w)(?:giornalier|settimanal|mensil|trimestral|semestral)\w*")
_SEASON_OF = re.compile(r"(?<!\w)(?:primavera|estate|autunno|inverno)(?!\w)")
_SEASON_TOLD = re.compile(r"(?:nell[a']|dell[a']|dal|entro|in|per l[a']|all[a'])\s?$")


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    return fold(text)


def wrong_siblings(sentence: str, source: str) -> Iterator[Spot]:
    """The words of a list that the source does not say, where it says another of the same list."""
    said = fold(sentence)
    if not _ANY.search(said):
        return
    held = _folded(source)
    for kind, what, forms in _READ:
        for name, form in forms.items():
            found = _told(kind, what, form, said)
            if found is None or form.search(held):
                continue
            if other := next((one for one, its in forms.items() if one != name and its.search(held)), None):
                yield Spot(found[0], kind, f"{what} «{name}» non sta nelle fonti, che dicono «{other}»")


def _told(kind: str, what: str, form: re.Pattern[str], said: str) -> re.Match[str] | None:
    """A season after a preposition, a period as an adjective: elsewhere they are common ("sezione primavera", "un mese")."""
    for found in form.finditer(said):
        if kind == "unit" and not _ADJECTIVE.match(said, found.start()):
            continue
        if what == "la stagione" and not (_SEASON_OF.match(said, found.start()) and _SEASON_TOLD.search(said[: found.start()])):
            continue
        return found
    return None
