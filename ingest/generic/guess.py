"""What a header or a label that no one wrote in the vocabulary may mean: the stems of its words speak for fields, with a weight.

"Come lo misuriamo" speaks for the indicator, "Dove vogliamo arrivare" for the target. A guess alone decides nothing: what stands
under the header agrees or not (``evidence``), and two columns do not hold the same thing (``infer``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.generic.synonyms import dated, plain

_LONGEST = 80  # characters of a header or a label

_HINTS: tuple[tuple[str, float, str], ...] = (
    ("title", 1.6, r"\bobiettiv"),
    ("title", 1.1, r"\b(?:titol\w*|denominaz|intitolaz)"),
    ("title", 0.7, r"\b(?:oggetto|progett|iniziativ|impegn|sfid)"),
    ("title", 0.9, r"\b(?:ottener|conseguir|realizzar|proponi|propost[oa] di|vogliam|intendiam|miglioram)"),
    ("title", 0.9, r"\b(?:fare|facciam|faremo|deve|dobbiam)"),
    ("title", 0.4, r"\b(?:cosa|qual)\b"),
    ("indicator.name", 1.8, r"\b(?:indicat|kpi)"),
    ("indicator.name", 1.4, r"\bmisur"),
    ("indicator.name", 1.2, r"\b(?:parametr|metric|indic[ei]\b)"),
    ("indicator.name", 0.9, r"\b(?:verific|sapremo|sappiam|capi[rat]|valutiam|control)"),
    ("indicator.name", 0.3, r"\bcome\b"),
    ("indicator.target", 1.8, r"\btarget"),
    ("indicator.target", 1.5, r"\b(?:attes|attend|aspett)"),
    ("indicator.target", 1.2, r"\b(?:previst|prevision|programmat|preventiv|pianificat|prefissat|assegnat[oaie]\b|fissat"
     r"|progettat|stimat)"),
    ("indicator.target", 1.4, r"\b(?:traguard|arriv|meta\b|soglia|standard|tender)"),
    ("indicator.target", 1.1, r"\bquant[oi]\b"),
    ("indicator.target", 1.3, r"\b(?:da|vogliamo|dobbiamo|vuole|intende) (?:raggiunger|conseguir|ottener|realizzar)"),
    ("indicator.target", 0.5, r"\b(?:valor|obiettiv)"),
    ("indicator.actual", 1.6, r"\b(?:consuntiv|rendicont)"),
    ("indicator.actual", 1.3, r"\b(?:raggiunt|conseguit|realizzat|accertat|rilevat|ottenut|effettiv|registrat|misurat|verificat"
     r"|osservat|rilevazion|riscontrat|maturat|eseguit|svolt)"),
    ("indicator.actual", 1.5, r"\b(?:abbiamo|andata|siamo arrivat)"),
    ("indicator.actual", 0.8, r"\brisultat"),
    ("indicator.actual", 0.5, r"\b(?:valor|finale|dato)\b"),
    ("indicator.baseline", 1.6, r"\b(?:parten|partiam|inizial|baseline|partiva)"),
    ("indicator.baseline", 1.2, r"\b(?:attual|oggi|ora|storic|precedent|base|ultim|situazion|adesso|scors)"),
    ("indicator.baseline", 0.4, r"\b(?:valor\w*|dato)\b"),
    ("indicator.interim", 1.5, r"\b(?:intermedi|infrannual|parzial|monitoragg)"),
    ("weight", 1.7, r"\b(?:pes[oai]\w*|ponder)"),
    ("weight", 1.2, r"\b(?:punt[io]\b|puntegg|incid|coefficient|valenz|quota)"),
    ("weight", 1.1, r"\b(?:conta|vale|import[ao]\b|importanz|rilevanz|rilievo)"),
    ("weight", 0.3, r"(?:\b100\b|%|\bpercent)"),
    ("responsible", 1.3, r"\b(?:responsab|resp\b|referent|titolar|incaricat|assegnatari|a cura|capo\b|risponde|funzionari)"),
    ("responsible", 1.8, r"\bchi\b"),
    ("responsible", 0.9, r"\b(?:persona\b|nome (?:di chi|del resp)|guida|capofila|coordin|segue|occupa|attua|presidi|gestisc)"),
    ("phase.assigned_to", 1.3, r"\b(?:a cura|esecut|svolg|attuator|coinvolt|incaricat)"),
    ("manager", 1.5, r"\b(?:dirigent|direttor)"),
    ("politician", 1.5, r"\b(?:assessor|amministrat|politic|delegat|consiglier|sindac)"),
    ("unit", 1.2, r"\b(?:settor|struttur|area\b|aree\b|ripartiz|centro di|cdr\b|uoc\b|uos\b|macrostruttur)"),
    ("unit", 0.7, r"\bunita\b"),
    ("directorate", 1.3, r"\b(?:direzion|dipartiment)"),
    ("section", 1.2, r"\b(?:serviz|uffici|sezion|repart)"),
    ("end", 1.3, r"\b(?:entro|scaden|termin|conclu|fine\b|complet|ultimaz)"),
    ("end", 1.8, r"\bquando\b"),
    ("end", 0.8, r"\bdata\b"),
    ("start", 1.3, r"\b(?:inizi[oa]?\b|avvi|decorr|dal\b|comincia)"),
    ("horizon", 1.1, r"\b(?:temp[oi]\b|tempistic|period|orizzont|durata|cronoprogr|annualita)"),
    ("indicator.formula", 1.5, r"\b(?:formul|calcol|algoritm|metod)"),
    ("indicator.formula", 1.0, r"\b(?:metric|criteri|rapporto|numerator)"),
    ("indicator.unit", 2.4, r"\b(?:unita (?:di )?misur|u m\b|udm\b|um\b)"),
    ("indicator.source", 1.8, r"\b(?:fonte|fonti|banca dati|proveni)"),
    ("indicator.deviation", 1.7, r"\b(?:scosta|differenz|delta|scarto)"),
    ("indicator.achievement", 2.0, r"(?:\b(?:grad|percentual|livell|tass)\w*|%).*\b(?:raggiun|consegui|realizz|attuaz|risultat)"),
    ("indicator.achievement", 2.0, r"\b(?:raggiun|consegui|realizz|attuaz)\w*.*(?:%|\bpercent)"),
    ("indicator.achievement", 1.0, r"\b(?:raggiungiment|conseguiment|realizzazion|attuazion)"),
    ("outcome", 1.4, r"\b(?:esit|giudiz|valutaz|verdett|stato\b)"),
    ("outcome", 0.6, r"\b(?:raggiunt|conseguit|realizzat)"),
    ("indicator.note", 1.5, r"\b(?:not[ae]\b|osservaz|comment|annotaz|criticit|chiariment|spiegaz|precisaz|giustificaz)"),
    ("indicator.note", 1.6, r"\b(?:caus|motiv|ragion)\w* .*scost"),
    ("purpose", 2.0, r"\bperche\b"),
    ("purpose", 1.5, r"\b(?:finalit|scop[oi]\b|motiv|impatt|benefic|utilit|a (?:che )?(?:cosa|chi) serve|valore pubblico)"),
    ("description", 1.3, r"\b(?:descri|contenut|illustraz|dettagl|consist|sintes)"),
    ("purpose", 1.1, r"\b(?:bisogn|esigenz|razional|ragion|problem|contest|necessit)"),
    ("description", 1.0, r"\brisultat\w* attes"),
    ("description", 0.7, r"\b(?:risultat\w* (?:che|cui)|cosa (?:faremo|facciamo)|in breve)"),
    ("phase.text", 1.3, r"\b(?:fas[ei]\b|attivit|azion[ei]\b|pass[oi]\b|tapp[ae]|adempiment|intervent|step|faremo|facciamo)"),
    ("phase.text", 0.8, r"\b(?:lavor|compit|operazion|procediam)"),
    ("code", 1.4, r"\b(?:cod|codice|id|identificativo|sigla|rif|riferimento)\b"),
    ("number", 1.6, r"^(?:n|nr|num|numero|progr\w*|n ord\w*|ord\w*|pos\w*)(?: (?:obiettivo|scheda|ob))?$"),
    ("indicator.kind", 1.3, r"\b(?:tip[oi]\b|tipolog|dimension|natura|categor)"),
    ("strategic_objective", 2.4, r"\bmacro ?obiettiv|\bobiettiv\w* .*\b(?:strategic|mandato|generale)|\bstrategic\w* .*obiettiv"),
    ("strategic_line", 1.2, r"\b(?:ambit|asse\b|assi\b|linea|indirizz|strategic|mandato|politica\b)"),
    ("mission", 1.6, r"\bmission"),
    ("programme", 1.3, r"\bprogramma\b"),
    ("resource.cost", 1.4, r"\b(?:budget|stanziam|euro|cost[oi]\b|import[oi]\b|spesa|risorse (?:finanz|econom))"),
)  # fmt: skip
_COMPILED = tuple((name, score, re.compile(pattern)) for name, score, pattern in _HINTS)
_LEAST = 0.5  # a weaker guess is none
_CLEAR = 0.9  # from here words alone say that a text is a header
_WORDS, _VOICES = 6, 2  # a longer header speaks clearly for no more fields than these


def speaks(header: str) -> bool:
    """Whether a text is a header or a label by its words alone."""
    return max(guesses(header).values(), default=0.0) >= _CLEAR


@lru_cache(maxsize=4096)
def guesses(header: str) -> Mapping[str, float]:
    """The fields a header may stand for, each with how much its words speak for it.

    >>> sorted(guesses("Come lo misuriamo"))
    ['indicator.name']
    >>> max(guesses("Quale valore vogliamo raggiungere?").items(), key=lambda one: one[1])[0]
    'indicator.target'
    """
    text = dated(plain(header))[0]
    if not text or len(text) > _LONGEST:
        return {}
    found: dict[str, float] = {}
    for name, score, pattern in _COMPILED:
        if pattern.search(text):
            found[name] = found.get(name, 0.0) + score
    if "indicator.unit" in found:
        found.pop("indicator.name", None)
    if text.startswith("data "):
        found = {name: score for name, score in found.items() if not name.startswith("indicator.")}  # the day of a result
    if len(text.split()) > _WORDS and sum(score >= _CLEAR for score in found.values()) > _VOICES:
        return {}  # it speaks of everything: a sentence, not a header
    return {name: score for name, score in found.items() if score >= _LEAST}
