"""VAR007: the description still speaks of what the request has taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card, Variation
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, CONSISTENT
from scoring.rules._text import sentences, stems
from scoring.rules._variations import asked_text
from scoring.values import plain, short

_COMMON = {
    "docume",
    "comuni",
    "nuovo",
    "nuova",
    "servizi",
    "serviz",
    "obiett",
    "realiz",
    "relati",
    "attivi",
    "comune",
    "period",
    "tempor",
    "comuna",
}
_LEAST = 2
_CONCLUDED = re.compile(
    r"\b(?:stipul|sottoscri|firm|formalizz|approv|adozion|adott|conclu|perfezion|aggiudic|affid|attiv|apertur|aprir|inaugur|realizz)",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(?:propost|present|bozz|schem|predispos|avvi|studi|ipotes|analisi|valutazion|ricogniz|confront|condivision|trasmission|invi)",
    re.IGNORECASE,
)
_CLAUSE = 60


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Words of the old phase that the new one drops, two or more in one sentence of the description; or an act that the old
    phase concludes, the new one only proposes, and the description still concludes."""
    if card.status in GONE or not card.description:
        return
    for variation in card.variations:
        if variation.object == "phase" and variation.action in ("replace", "eliminate", "change_phase") and variation.old:
            gone = _gone(variation)
            sentence = next(
                (one for one in sentences(card.description) if len(stems(one) & gone) >= _LEAST and _promises(one, variation)),
                None,
            )
            if sentence is None and (clause := _still_concluded(card.description, variation)):
                yield hit(
                    "description",
                    variant="concluded",
                    found=clause,
                    expected="una descrizione aggiornata",
                    old=short(variation.old, 60),
                    text=clause,
                    new=short(asked_text(variation.new), 60),
                    key=plain(variation.old)[:60],
                )
            elif sentence:
                words = sorted(stems(sentence) & gone)
                yield hit(
                    "description",
                    found=short(sentence, 120),
                    expected="una descrizione aggiornata",
                    old=short(variation.old, 60),
                    words=", ".join(_whole(sentence, word) for word in words[:3]),
                    key=plain(variation.old)[:60],
                )


def _still_concluded(description: str, variation: Variation) -> str | None:
    """ "formalizzare un accordo" in the description, where the phase "stipula accordo" became "proposta di accordo"."""
    old, new = variation.old or "", asked_text(variation.new)
    if not _CONCLUDED.search(old) or _CONCLUDED.search(new) or not _PROPOSED.search(new):
        return None
    things = (stems(old) & stems(new)) - _COMMON
    for verb in _CONCLUDED.finditer(description):
        clause = re.split(r"[.;:]", description[verb.start() : verb.start() + _CLAUSE])[0]
        told = plain(clause).split()[:6]
        if any(word[:6] in things for word in told) and not _PROPOSED.search(clause):
            return short(clause, _CLAUSE)
    return None


def _gone(variation: Variation) -> set[str]:
    return stems(variation.old) - stems(asked_text(variation.new)) - _COMMON


def _promises(sentence: str, variation: Variation) -> bool:
    """The sentence speaks of the thing itself: it shares a kept word with the old phase as well."""
    return bool(stems(sentence) & stems(variation.old) & (stems(asked_text(variation.new)) | _gone(variation)))


def _whole(sentence: str, stem: str) -> str:
    return next((word for word in plain(sentence).split() if word.startswith(stem)), stem)


RULE = Rule(
    code="VAR007",
    level=Level.WARNING,
    card=check,
    title="Il testo parla ancora della versione vecchia",
    message="La descrizione parla ancora di ciò che la richiesta toglie («{old}»): {words}.",
    variants={"concluded": "La descrizione dice ancora «{text}», ma la richiesta cambia «{old}» in «{new}»."},
    why="La descrizione dice ai cittadini che cosa si farà: dopo una variazione deve dire la versione nuova.",
    fix="Aggiorna la descrizione, l'orizzonte e i valori attesi alla versione variata.",
    basis=(CHANGES, CONSISTENT),
)
