"""TXT004: acronyms in a title never spelled out in the card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.plan import words_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import PLAIN_WORDS, VALIDATION

_ACRONYM = re.compile(r"(?<![\w./'-])[A-Z]{3,6}(?![\w/'-])")
_KNOWN = frozenset(
    [
        "PIAO",
        "PNRR",
        "DUP",
        "PEG",
        "OIV",
        "IMU",
        "TARI",
        "TASI",
        "SUAP",
        "SUE",
        "PGT",
        "PUG",
        "URP",
        "CUG",
        "SPID",
        "CIE",
        "PAGOPA",
        "ANAC",
        "ANCI",
        "INPS",
        "INAIL",
        "ISTAT",
        "UNESCO",
        "COVID",
        "ISEE",
        "CAF",
        "ASL",
        "CCNL",
        "CCDI",
        "RUP",
        "CUC",
        "PTPCT",
        "PTPC",
        "RPCT",
        "ANPR",
        "PEC",
        "IVA",
        "CED",
        "GIS",
        "ICT",
        "SAD",
        "RSA",
        "CCDIA",
        "ATA",
        "DNSH",
        "VAS",
        "VIA",
        "AUSL",
        "CPIA",
        "TPL",
        "ZTL",
        "TUEL",
        "SMVP",
        "PDO",
        "DVR",
    ]
)
_SHOUTED = 0.6


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Titles not written all in capitals; common acronyms of local bodies are let pass."""
    title = card.title or ""
    letters = [char for char in title if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) > _SHOUTED * len(letters):
        return
    rest = words_of(card)
    for word in dict.fromkeys(_ACRONYM.findall(title)):
        if word not in _KNOWN and not re.search(rf"\(\s*{word}\s*\)|{word}\s*\([^)]{{8,}}\)", rest):
            yield hit("title", found=word, expected="il nome per esteso", word=word, key=word)


RULE = Rule(
    code="TXT004",
    level=Level.ADVICE,
    card=check,
    kinds=("objective",),
    title="Sigla mai spiegata",
    message="La sigla {word} non è mai scritta per esteso nella scheda.",
    why="Il piano si pubblica per i cittadini: una sigla che solo l'ufficio conosce lo chiude.",
    fix="Scrivi il nome per esteso la prima volta, con la sigla tra parentesi.",
    basis=(VALIDATION, PLAIN_WORDS),
)
