"""The words that steer a request sheet: what is asked (eliminate, replace, add …) and of what (phase, indicator, activity)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cards.model import Action, VariationObject
from ingest.dialects._sheet_text import letters

Step = Literal[
    "request", "section", "context", "eliminate", "add", "replace", "timing", "change_target", "old_target", "new_target",
    "change", "new", "reason", "period",
]  # fmt: skip

_OBJECT = r"(?P<what>indicator[ei]|indici?|fas[ei]|attivita(?:istituzional[ei])?|obiettivo)?"
_PATTERNS: tuple[tuple[Step, str], ...] = (
    ("request", r"richiesta.*"),
    ("section", r"(?P<what>fas)(?:i|idiattuazione)|(?P<index>indic)(?:i|idi(?:quantita|tempo|costo|qualita))|indicatori"),
    ("context", r"(?P<what>indicatore|attivitaistituzional[ei]|attivita)"),
    ("eliminate", rf"(?:elimina(?:re|zione|ta|to)|sopprimere|stralciare){_OBJECT}"),
    ("add", rf"(?:aggiungere|aggiunta|inserire|inserimento)(?:nuov[oa])?{_OBJECT}"),
    ("replace", rf"sostituire{_OBJECT}(?:con)?|sostituit[oa]con|sostituzionecon"),
    ("timing", r"variazionetempora.*|(?:prolunga|proroga|postici|rinvi|differi)\w{0,60}"),
    ("change_target", r"variazione(?:del)?target.{0,20}"),
    ("new_target", r"nuovotarget.{0,20}"),
    ("old_target", r"target(?:20\d\d)+|targetattuale|target"),
    ("change", rf"variazione{_OBJECT}"),
    ("new", r"nuov[oa](?P<what>indicatore|fase|attivita(?:istituzionale)?)"),
    ("reason", r"motivazion[ei]"),
    ("period", r"(?:stesso|nuovo)?periodotemporale.*"),
)
_STEPS = tuple((step, re.compile(pattern)) for step, pattern in _PATTERNS)
_OBJECTS: tuple[tuple[str, VariationObject], ...] = (
    ("fas", "phase"), ("indic", "indicator"), ("attivita", "activity"), ("obiettivo", "objective"),
)  # fmt: skip
_REQUESTS: tuple[tuple[str, Action], ...] = (
    ("elimin", "eliminate"), ("soppr", "eliminate"), ("sostitu", "replace"), ("postici", "postpone"), ("rinvi", "postpone"),
    ("prolung", "extend"), ("prorog", "extend"), ("inseri", "add"), ("aggiun", "add"), ("nuovo", "add"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A steering line: the step it takes, the object it names, and the text after its colon."""

    step: Step
    object: VariationObject | None
    rest: str
    key: str


def steering(text: str) -> Word | None:
    """The steering word of a line, None for plain text. "Motivazione: collegato alla fase 2" has the rest "collegato …"."""
    head, colon, rest = text.partition(":")
    forms = ((head, rest.strip()), (text, "")) if colon else ((text, ""),)
    for form, after in forms:
        key = letters(form)
        for step, pattern in _STEPS if 0 < len(key) <= 60 else ():
            if pattern.fullmatch(key) and (after or step != "period"):
                return Word(step, object_of(key), after, key)
    return None


def object_of(key: str) -> VariationObject | None:
    """The object that a steering word names."""
    return next((value for stem, value in _OBJECTS if stem in key), None)


def requested(text: str) -> Action | None:
    """What a whole objective is asked to undergo; None for a change inside it ("MODIFICARE OBIETTIVO")."""
    key = letters(text)
    return next((action for stem, action in _REQUESTS if stem in key), None)


def moved(text: str) -> Action:
    """Whether a change of time extends or postpones."""
    key = letters(text)
    return "postpone" if re.search("postici|rinvi|differi|slitta", key) else "extend"
