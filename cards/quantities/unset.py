"""Strings that say "no value": "==", "/", "-", "N.D.", "Rilevabile a consuntivo". Zero is a value and never unset."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[\s=/\\\-–—_.…*%€°?#:;,|()\[\]]*")
_SHORT = re.compile(
    r"(?:n\.?\s?d\.?|n\.?\s?p\.?|n\.?\s?a\.?|n\.?\s?r\.?|n\.?\s?c\.?|n\.?\s?v\.?|s\.?\s?d\.?|n/d|n/a|n/p|"
    r"n/r|nd|np|na|tbd|null|nan|none|n\.|nr\.?"
    r"|n\.?\s?q\.?|#n/?d|#n/?a)"
)
_LABEL = re.compile(
    r"(?:valor[ei]\s+)?(?:attes[oaie]|raggiunt[oaie]|effettiv[oaie]|target|previst[oaie]|consuntiv[oi]|dato|"
    r"dati|risultat[oi](?:\s+attes[oi])?|valor[ei]|num(?:ero)?\.?)"
)
_PAST = (
    r"(?:rilev|disponibil|pervenut|calcol|misur|quantific|applic|comput|valutabil|valutat|verificabil|stimabil|"
    r"stimat|determin|dovut|present|comparabil|confrontabil|previst|definit|fornit|comunicat|trasmess|registrat|"
    r"indicat|noto|nota|not[ie]\b|valorizzat|pertinent|compilat|censit|conosciut|monitorat|acquisit|reperibil|"
    r"inserit)"
)
_PHRASES = re.compile(
    rf"(?:dat[oi]|valor[ei]|risultat[oi]|informazion[ei]|indicator[ei])?\s*(?:al\s+momento\s+)?"
    rf"(?:"
    rf"(?:non|mai)\s+(?:ancora\s+|è\s+|e'\s+|sono\s+|stat[oaie]\s+|più\s+)*{_PAST}\w*"
    rf"|non\s+(?:effettuat[oaie]|attivat[oaie]|attiv[oaie]|svolt[oaie]|avviat[oaie]|esistent[ei])"
    rf"|(?:rilevabil[ei]|rilevat[oaie]|rilevazione|disponibil[ei]|da\s+rilevare|da\s+definir[es]\w*|"
    rf"verificabil[ei]|misurabil[ei]|calcolat[oaie]|calcolabil[ei])\s+(?:solo\s+)?(?:a|"
    rf"in\s+sede\s+di)\s+consuntivo"
    rf"|(?:solo\s+)?(?:a|in\s+sede\s+di|da\s+inserire\s+a)\s+consuntivo"
    rf"|da\s+(?:definir[es]\w*|rilevar[es]\w*|determinar[es]\w*|calcolar[es]\w*|quantificar[es]\w*|"
    rf"stabilir[es]\w*|individuar[es]\w*|verificar[es]\w*|valutar[es]\w*|acquisir[es]\w*|comunicare|"
    rf"compilare|fissare)"
    rf"|in\s+(?:corso|fase|attesa)\s+(?:di\s+)?(?:rilevazione|definizione|elaborazione|calcolo|acquisizione|"
    rf"dati|quantificazione|determinazione|raccolta|verifica)"
    rf"|in\s+attesa(?:\s+di\s+dat[oi])?"
    rf"|(?:dat[oi]\s+)?(?:mancant[ei]|assent[ei]|indisponibil[ei]|non\s+dat[oi])"
    rf"|nessun\s+(?:dato|valore|target)(?:\s+(?:disponibile|rilevato|previsto))?"
    rf"|nessuna\s+(?:rilevazione|valutazione|informazione)"
    rf"|senza\s+(?:dat[oi]|valore)"
    rf"|dat[oi]\s+(?:disponibil[ei]|rilevabil[ei])\s+(?:da|a\s+partire\s+da|dal)\b"
    rf"|si\s+rileva\s+a\s+consuntivo"
    rf"|vuoto|omesso|omissis"
    rf")"
)


def plain(text: str) -> str:
    """Case folded, single spaces, typographic apostrophes and dashes made plain."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("–", "-").split())


def is_unset(text: str | None) -> bool:
    """True when the text records or sets nothing: blank, signs alone, "N.D.", a label without value, "a consuntivo".

    >>> is_unset("=="), is_unset("Non rilevabile"), is_unset("0")
    (True, True, False)
    """
    low = plain(text or "")
    if _SIGNS.fullmatch(low) or _SHORT.fullmatch(low):
        return True
    if _LABEL.fullmatch(low.rstrip(" :.")):
        return True
    pieces = [piece.strip(" .") for piece in re.split(r"[/;]|\s-\s", low)]
    return all(unset_phrase_length(piece) == len(piece) or _SHORT.fullmatch(piece) for piece in pieces if piece)


def unset_phrase_length(low: str) -> int:
    """Length of the "no value" phrase that opens a ``plain`` text; 0 if it opens otherwise."""
    match = _PHRASES.match(low)
    return match.end() if match else 0
