"""The words of a sentence that call for an operation: "in più", "in totale", "in media", "per alunno". Read once a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prompts.grounding.words import fold

_DIFFERENCE = re.compile(
    r"\b(?:piu|meno|passat\w+|passa|passan\w+|oltre|aument\w+|increment\w+|diminu\w+|cresc\w+|cresciut\w+|"
    r"cal[oai]\w*|ridott\w+|riduzion\w+|ridur\w+|scart\w*|scost\w+|"
    r"differenz\w+|economi\w+|ribass\w+|corre|corrono|aggiun\w+|super\w+|manca\w*|manten\w+|rest\w+|risparm\w+|recuper\w+|inferior\w+|superior\w+|sotto|sopra|"
    r"maggior\w*|minor\w*|divari\w+|distacc\w+|guadagn\w+|"
    r"scend\w+|sces\w+|sal[ie]\w*|rispetto|meglio|peggio\w*|avanz\w+|eccede\w*|perd\w+|delta|variazion\w+|"
    r"miglior\w+|rimang\w+|rimast\w+|ulterior\w+|"
    r"non ancora|non hanno|non e stat\w+|non sono|non \w+[aiu]t[oaie]|residu\w+|"
    r"(?:gli|le|altri|altre) altr[iae]|altr[iae] (?=\d|du|tr|qua|cin|se[it]|ott|nov|die|und|dod|vent)|"
    r"prima|dopo|anticip\w+|ritard\w+|"
    r"supplementar\w+|aggiuntiv\w+)\b"
)
_PART_OF = re.compile(r"(?:su|delle|dei|degli)\s+(?:\d|\w+\s)")
_SUM = re.compile(
    r"\b(?:total\w*|compless\w+|insieme|somm\w+|tutto|fra|tra|cumulat\w*|dunque|quindi|cioe|pari a|entrambi|"
    r"entrambe|nel complesso|ammont\w+|triennio|biennio|raggiung\w+)\b"
)
_TOGETHER = re.compile(r"\b(?:insieme|somm\w+|compless\w+|total\w*)\b")
_EACH = re.compile(
    r"\b(?:medi[aoe]|mediamente|ciascun\w*|ognun\w+|ogni|testa|pro capite|procapite|per (?!cento)[a-z]{4,}|per (?:ogni|"
    r"ciascun\w*|singol\w*|abitante|alunno|utente|famiglia|cittadino|domanda|evento)|a famiglia|a persona|"
    r"singol\w*|a[ld] (?:mese|giorno|metro|mq|km|chilometro|chilo|kg|"
    r"litro|ora)|all'ora|(?:euro|€) a(?:l|d|lla)? [a-z]{4,}|l'uno|l'una)\b"
)
_PRODUCT = re.compile(r"\b(?:total\w*|compless\w+|volte|ciascun\w*|ognun\w+|moltiplic\w+|tutto|triennio|anno|all'anno)\b")
_BETWEEN = re.compile(
    r"\b(?:dop\w+|prim\w+|ritard\w+|anticip\w+|dur\w+|inizi\w+|distan\w+|avvio|conclu\w+|dal?|per|slitt\w+|prorog\w+|tra|"
    r"fra|oltre|circa|posticip\w+|rinvi\w+|attend\w+|in piu)\b"
)
END_POINT = re.compile(
    r"(?<!pari )(?<!rispetto )\b(?:a|ad|ai|al|alle|agli|da|dai|dal|dalle|dagli)\s+(?:circa\s+|oltre\s+|quasi\s+|"
    r"soli\s+)?$"
)
_COMPLEMENT = re.compile(r"rest|riman|altr|non ")
_UP = re.compile(r"\b(?:aument\w+|cresc\w+|increment\w+|sal[ie]\w*|in piu|maggior\w*|superior\w+)\b")
_DOWN = re.compile(r"\b(?:ridu\w+|ridott\w+|cal[aio]\w*|diminu\w+|tagli\w*|in meno|minor\w*|inferior\w+|sces\w+|scend\w+)\b")
_REACHED = re.compile(r"raggiung|realizz|super|pari|grado")


@dataclass(frozen=True, slots=True)
class Cues:
    """Which operations the words of a sentence allow."""

    difference: bool
    total: bool
    together: bool
    each: bool
    rounded: bool
    product: bool
    between: bool
    complement: bool
    reached: bool
    up: bool
    down: bool
    compared: bool


def read_cues(sentence: str) -> Cues:
    """The cues of a sentence."""
    low = fold(sentence)
    up, down = bool(_UP.search(low)), bool(_DOWN.search(low))
    return Cues(
        difference=bool(_DIFFERENCE.search(low) or _PART_OF.match(low)),
        total=bool(_SUM.search(low)), together=bool(_TOGETHER.search(low)),
        each=bool(_EACH.search(low)), rounded="medi" in low or "circa" in low, product=bool(_PRODUCT.search(low)),
        between=bool(_BETWEEN.search(low)), complement=bool(_COMPLEMENT.search(low)),
        reached=bool(_REACHED.search(low)), up=up and not down, down=down and not up,
        compared="nostr" in low,
    )  # fmt: skip


def is_end_point(before: str) -> bool:
    """True after "a", "da", "al": "scesi da nove a cinque" states two ends, not a difference."""
    return bool(END_POINT.search(before[-40:].lower()))
