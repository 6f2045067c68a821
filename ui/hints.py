"""The `?` beside each field of a card: what to write there, and the rule and norm that look at it (from the rules themselves)."""

from __future__ import annotations

from functools import cache

from scoring.registry import rule
from ui.plain import md

FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "title": ("Che cosa si otterrà: breve e concreto, con un verbo che si possa verificare.", ("TXT001",)),
    "unit": ("Chi ne risponde nella struttura: il settore o il servizio, come nell'organigramma.", ("STR001",)),
    "responsible": ("Un solo ruolo responsabile per obiettivo.", ("STR001",)),
    "horizon": ("Di norma un anno; di più solo con tappe intermedie.", ("TMP005",)),
    "start": ("Data di inizio, per esempio 01/01/2027.", ("TMP001", "TMP002")),
    "end": ("Data di fine, per esempio 31/12/2027.", ("TMP001", "TMP002")),
    "strategic_objective": ("L'obiettivo strategico del DUP da cui questo discende.", ("STR003",)),
    "operational_objective": ("L'obiettivo operativo del DUP.", ("STR003",)),
    "mission": ("Codice della missione di bilancio, due cifre.", ("STR002",)),
    "programme": ("Codice del programma dentro la missione, due cifre.", ("STR002",)),
    "weight": ("Peso dell'obiettivo nel settore, in percentuale.", ("PES002",)),
    "purpose": ("Perché lo si fa e per chi: il beneficio per cittadini e imprese.", ("NRM003",)),
    "description": ("Da dove si parte, che cosa si farà, che cosa cambierà. Le sigle vanno spiegate la prima volta.",
                    ("TXT003", "TXT004")),
    "indicators": ("Quanto si otterrà e come si misura. Scrivi i valori come li diresti: «≥ 80%», «entro 30/06/2027», «12,5 gg».",
                   ("TGT001", "TGT002", "PES001")),
    "phases": ("Le fasi con il loro peso; i pesi devono dare 100.", ("PES003", "TMP003")),
    "staff": ("Chi ci lavora e per quale quota; le quote devono dare 100 %.", ("PES004",)),
}
COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Indicatore": ("Che cosa si misura.", ("TGT010", "TGT011")),
    "Formula": ("Come si calcola, da quali dati: per esempio «pratiche chiuse / pratiche arrivate».", ("TGT015",)),
    "Tipo": ("Di quantità, di tempo, di costo o di qualità.", ("TGT010",)),
    "Unità": ("L'unità di misura: giorni, %, numero.", ("TGT007",)),
    "Base": ("Da dove si parte: l'ultimo valore conosciuto.", ("TGT005",)),
    "Atteso": ("Il valore da raggiungere quell'anno, con il verso: «≥ 80%», «≤ 30 gg», «entro 30/06».", ("TGT001", "TGT002")),
    "Peso": ("Quanto conta sul totale, che deve dare 100.", ("PES005",)),
    "Fase": ("Un passo del lavoro, con un risultato che si veda.", ("TMP004",)),
    "Inizio": ("Per esempio 01/02/2027, oppure febbraio 2027.", ("TMP001",)),
    "Fine": ("Per esempio 30/06/2027, oppure giugno 2027.", ("TMP001",)),
    "Quota": ("La parte di lavoro della persona; insieme fanno 100 %.", ("PES004",)),
}


@cache
def field_hint(name: str) -> str:
    """The help of a field or table of the card."""
    return _told(*FIELDS[name])


@cache
def column_hint(label: str) -> str:
    """The help of a table's column; plain text, a column's help is not markup."""
    words, codes = COLUMNS[label]
    return "\n".join([words, *(_basis(code) for code in codes)])


def _told(words: str, codes: tuple[str, ...]) -> str:
    return "  \n".join([words, *(f":gray[{md(_basis(code))}]" for code in codes)])


def _basis(code: str) -> str:
    """"TGT001, Indicatore senza valore atteso: D.Lgs. 150/2009, art. 4, c. 2, lett. a)"."""
    one = rule(code)
    first = one.basis[0]
    norm = ", ".join(part for part in (first.act, first.place) if part)
    return f"{code}, {one.title}: {norm}"
