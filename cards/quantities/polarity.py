"""Which way is better: from the comparator, then from the words of the indicator. Unknown stays unknown."""

from __future__ import annotations

import re

from cards.quantities.comparators import comparator_direction
from cards.quantities.reader import read_target
from cards.quantities.target import Target
from cards.quantities.unset import plain

_LOWER = re.compile(
        r"\btemp[oi](?!\s+pieno|\s+libero|\s+prolungato|\w)|\battes[ae]\b|\britard\w+|\bgiorni\s+(?:medi|"
        r"di\s+(?:ritardo|attesa|sospensione|chiusura|assenza|fermo))|"
        r"\breclam\w+|\blamentel\w+|\bricors\w+|\bcontenzios\w+|\berror\w+|\bdifform\w+|\binfortun\w+|"
        r"\bincident\w+|\bsinistr\w+|"
        r"\bassenteism\w+|\bassenz[ae]\b|\barretrat\w+|\bcost[oi]\b|\bspes[ae]\b|\bindebitament\w+|"
        r"\bdebit[oi]\b|\binsolut\w+|\bmorosit\w+|\bevasione\b(?!\s+(?:delle?|di|del)\s+(?:pratic|richiest|"
        r"domand|istanz))|"
        r"\bscostament\w+|\bconsum[oi]\b|\bemission\w+|\binquinament\w+|\bcriticit\w+|\bguast[io]\b|"
        r"\bdisserviz\w+|\binterruzion\w+|"
        r"\brinunc\w+|\babbandon\w+|\brifiut[io]\s+(?:indifferenziat|non\s+differenziat|prodott|procapite|"
        r"pro\s+capite)\w*|\blist[ae]\s+d'attesa|\bdurata\b|\bpendent[ei]\b|\brilievi\b|\bsanzion\w+\s+subit\w+|"
        r"\bnon\s+conform\w+|\bdispersion\w+|\bperdit[ae]\b|\bresidu[io]\b|\bprezz[oi]\b|\bvacan(?:za|ze|ti)\b|"
        r"\bfurt[io]\b|\breat[io]\b|\bprotest\w+"
)  # fmt: skip
_BELOW = re.compile(
    r"\b(?:riduzion\w+|diminuzion\w+|abbattiment\w+|risparmi\w*|contenimento|recuper\w+|"
    r"rispetto\s+de[il]\w*\s+temp\w+|anticip\w+)\b"
)
_MEASURED = re.compile(
    r"(?:n\.?\s+|numero\s+)?(?:temp[oi]|durata|giorni|cost[oi]|spes[ae])\b(?!\s+(?:risparmiat|recuperat|ridott))"
)
_SHARE = re.compile(r"%|\bpercentual\w+|\btasso\b|\bgrado\b|\bquota\b")
_HIGHER = re.compile(
        r"\bgradiment\w+|\bsoddisfazion\w+|\bcustomer\b|\bpartecipant\w+|\butenti\b|\biscritt\w+|\bcopertur\w+|"
        r"\brispetto\s+de\w+|"
        r"\briscoss\w+|\baccertament\w+|\bincass\w+|\bentrat[ae]\b|\bevas[aei]\b|\bconcluse?i?\b|"
        r"\breal[i]zzat\w+|\battivat\w+|\bdigitalizzat\w+|"
        r"\bon\s?-?\s?line\b|\bcontrolli\b|\bformazion\w+|\bpresenz\w+|\bvisit\w+|\bprestit[io]\b|"
        r"\braccolta\s+differenziata|\bincontri\b|\biniziative\b|"
        r"\bprogett[io]\b|\bevent[io]\b|\bcorsi\b|\bsportell[io]\b|\bpost[io]\s+(?:disponibil|offert)\w*|"
        r"\bintervent[io]\b|\bsopralluogh?i\b|\bincrement\w+|"
        r"\baument\w+|\brecuper\w+|\brisparmi\w*|\bgrado\s+di\s+(?:raggiungimento|attuazione|realizzazione|"
        r"copertura|soddisfazione)|\bpubblicat\w+|\butilizz\w+|\btasso\s+di\s+(?:risposta|copertura|"
        r"riscossione)|\bvolontari\b|\bbeneficiari\b|\bstudenti\b|\balunni\b|\butenza\b|\bformat[ie]\b"
)  # fmt: skip


def polarity_of(name: str | None, target: Target | str | None = None) -> str | None:
    """ "higher" or "lower" is better, or None when neither the comparator nor the words of the indicator tell.

    >>> polarity_of("Tempo medio di rilascio"), polarity_of("N. reclami", "≤ 3"), polarity_of("Popolazione residente")
    ('lower', 'lower', None)
    """
    if target is not None:
        reading = read_target(target) if isinstance(target, str) else target
        if direction := comparator_direction(reading):
            return direction
    return word_polarity(name)


def word_polarity(name: str | None) -> str | None:
    """The direction that the words alone suggest; None when they are silent or pull both ways.

    >>> word_polarity("Abbattimento dei tempi di rilascio"), word_polarity("Tempo di rilascio dopo l'abbattimento delle code")
    ('higher', 'lower')
    """
    low = plain(name or "")
    if _BELOW.search(low):
        return "lower" if _MEASURED.match(low) and not _SHARE.search(low) else "higher"
    lower, higher = bool(_LOWER.search(low)), bool(_HIGHER.search(low))
    if re.search(
        r"\btemp[oi]\s+(?:medi[oa]|massim[oi]|di\s+(?:rilascio|attesa|risposta|pagamento|evasione|conclusione|"
        r"attivazione|intervento))|\bgiorni\s+di\s+ritardo|\breclam",
        low,
    ):
        return "lower"
    if lower == higher:
        return None
    return "lower" if lower else "higher"
