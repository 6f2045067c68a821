"""Words of a title as Italian stems: how near two titles are, which words a pattern asks for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import Stemmer

_STOPWORDS = """
    a ad al allo alla ai agli alle con col da dal dallo dalla dai dagli dalle de del dello della dei degli delle di e ed in il i
    gli la le lo nel nello nella nei negli nelle o per su sul sullo sulla sui sugli sulle tra fra un uno una l d all dall dell
    nell sull anche attraverso che come sono non piu ogni loro suo sua n nr num anno anni
"""
_STOP = frozenset(_STOPWORDS.split())
_EVERYWHERE = """
    riduzione ridurre aumento aumentare miglioramento migliorare gestione gestire nuovo nuova attivita obiettivo progetto piano
    servizio
    servizi sviluppo realizzazione attuazione tempo tempi qualita efficienza comune comunale ente ufficio uffici settore
    garantire
    promozione potenziamento rispetto numero percentuale medio stato stata stati state essere viene vengono hanno deve devono
    possibile necessario quanto quale quali questo questa
"""
_WORD = re.compile(r"[a-z0-9]+")
_STEMMER = Stemmer.Stemmer("italian")


def folded(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that mean something."""
    return frozenset(_STEMMER.stemWords([w for w in _WORD.findall(folded(text)) if w not in _STOP and len(w) > 1]))


def relevance(need: str, text: str) -> float:
    """How much of what is particular in the need the text has, 0..1: "ridurre i tempi" alone makes no precedent.

    >>> relevance("Riduzione dei tempi di pagamento", "Riduzione dei tempi di rilascio delle carte d'identità")
    0.0
    """
    wanted = stems(need) - _everywhere() or stems(need)
    return len(wanted & stems(text)) / len(wanted) if wanted else 0.0


def shared(a: str, b: str) -> frozenset[str]:
    """The stems that two texts share and that say something of the case: no numbers, no words said everywhere.

    >>> len(shared("Il fornitore ha rinunciato nel 2026", "Rinuncia del fornitore, 2026"))
    2
    """
    return frozenset(word for word in (stems(a) & stems(b)) - _everywhere() if len(word) > 3 and not word.isdigit())


@lru_cache(maxsize=1)
def _everywhere() -> frozenset[str]:
    return stems(_EVERYWHERE)


def likeness(a: str, b: str) -> float:
    """Shared stems over all stems, 0..1.

    >>> likeness("Riduzione dei tempi di pagamento", "Ridurre i tempi dei pagamenti") > 0.4
    True
    """
    left, right = stems(a), stems(b)
    return len(left & right) / len(left | right) if left and right else 0.0


def coverage(need: str, text: str) -> float:
    """How much of the need's stems the text has, 0..1."""
    wanted = stems(need)
    return len(wanted & stems(text)) / len(wanted) if wanted else 0.0
