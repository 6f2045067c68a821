"""The words that bodies use for the fields of a card: one entry a field, each line a pattern for the whole header.

A header is compared without accents, punctuation, articles, years and half-years; the first field that matches wins.
"""

from __future__ import annotations

# what a body adds to the name of an office or of a person in charge without changing what the column holds
_OFFICE = (
    r"(?: (?:riferimento|appartenenza|competenza|competente|responsabile|capofila|proponente|titolare|assegnatari[oa]|referente"
    r"|interessat[oa]|coinvolt[oaie]|attuatore|attuatrice|dirigenziale|organizzativ[oa]|funzionale|operativ[oa]|affidatari[oa]"
    r"|gestore|principale|obiettivo))*"
)
_PERSON = (
    r"(?: (?:responsabile|referente|assegnatari[oa]|competente|incaricat[oa]|titolare|riferimento|obiettivo|attuazione|risultato"
    r"|procedimento|misurazione|realizzazione|gestionale|operativ[oa]|tecnic[oa]|eq|po|servizio|ufficio|progetto|incarico"
    r"|valutat[oa]|scheda|raggiungimento))*"
)
_POLITICAL = r"(?: (?:riferimento|competente|delegat[oa]|politic[oa]|referente|proponente|comunale|obiettivo))*"

VOCABULARY: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicator.code", (
        r"cod(?:ice)? indicatore", r"indicatore (?:n|nr|numero|cod|codice)", r"(?:n|nr) indicatore",
    )),
    ("indicator.weight", (
        r"(?:peso|pesatura|ponderazione) (?:indicatore|indicatori|kpi|misura)",
    )),
    ("phase.weight", (
        r"(?:peso|pesatura|ponderazione) (?:fase|fasi|attivita|azione)",
    )),
    ("card.weight", (
        r"(?:peso|pesatura|ponderazione|punteggio massimo)(?: (?:%|relativo|percentuale|assegnato|attribuito))?"
        r" (?:obiettivo|obiettivi|scheda)",
    )),
    ("weight", (
        r"%? ?(?:peso|pesatura|ponderazione|peso relativo|peso ponderato|peso assegnato|peso attribuito"
        r"|coefficiente(?: peso)?) ?%?",
        r"peso percentuale", r"incidenza", r"(?:peso |pesatura )?(?:in )?(?:punti|centesimi|decimi)", r"peso (?:su )?100?",
        r"punteggi[oa] (?:massim[oa]|max|attribuibile|assegnabile|previsto)", r"valore ponderale", r"quota",
    )),
    ("card.achievement", (
        r"%? ?(?:(?:grado|percentuale|livello|tasso|misura) )?(?:complessiv[oa] )?(?:raggiungimento|conseguimento|realizzazione)"
        r"(?: complessiv[oa])? (?:obiettivo|obiettivi|scheda)(?: (?:finale|complessivo))?(?: %)?",
        r"(?:grado|percentuale|livello|tasso) complessiv[oa] (?:raggiungimento|conseguimento|realizzazione)",
        r"risultato complessivo", r"(?:stato|percentuale|grado) avanzamento obiettivo(?: al)?",
    )),
    ("indicator.achievement", (
        r"%? ?(?:(?:grado|percentuale|livello|tasso|misura|stato) )?(?:raggiungimento|conseguimento|realizzazione"
        r"|attuazione)(?: (?:indicatore|indicatori|target|risultato))?(?: (?:finale|in))?(?: %)?",
        r"% raggiunt[ao]", r"% conseguit[ao]", r"performance %", r"punteggio",
    )),
    ("outcome", (
        r"esito(?: (?:finale|valutazione|complessivo|raggiungimento))?", r"stato(?: attuazione| avanzamento| obiettivo)?",
        r"giudizio",
        r"valutazione(?: finale)?", r"r pr nr", r"raggiunto parzialmente(?: raggiunto)? non raggiunto",
        r"obiettivo raggiunto", r"raggiunto (?:si )?no", r"esito obiettivo",
    )),
    ("indicator.deviation", (
        r"scostamento", r"scarto", r"delta", r"scost", r"gap", r"differenza",
    )),
    ("indicator.interim", (
        r"(?:risultato|valore|consuntivo|dato|esito|raggiunto|monitoraggio)? ?(?:intermedi[oa]|infrannuale|parziale)",
        r"monitoraggio(?: intermedio)?", r"stato avanzamento intermedio",
    )),
    ("indicator.baseline", (
        r"baseline", r"base line",
        r"valore (?:iniziale|partenza|base|storico|attuale|riferimento|anno precedente|attuale partenza|consolidato)",
        r"(?:situazione|stato)(?: (?:iniziale|partenza|attuale|fatto))?", r"base(?: partenza)?", r"ultimo (?:valore|dato)",
        r"dato (?:iniziale|storico|partenza)", r"storico",
        r"livello (?:iniziale|partenza|attuale)", r"consuntivo anno precedente", r"valore precedente", r"anno precedente",
        r"serie storica", r"(?:dati|valori|andamento|trend) storic[oi]", r"trend",
    )),
    ("indicator.actual", (
        r"(?!target finale)(?:target |valore |risultato |dato |livello |risultati |valori )?(?:a )?(?:consuntivo"
        r"|raggiunt[oaie]|consegui?t[oaie]|effettivo|realizzat[oa]|rilevat[oa]|ottenut[oaie]|rendicontat[oa]|effettivi|finale)",
        r"risultat[oi]", r"rendicontazione", r"consuntivazione", r"valore (?:al|fine anno)", r"consuntivo target",
        r"esito misurazione",
    )),
    ("indicator.target", (
        r"target", r"targets",
        r"(?:valore|valori|risultato|risultati|target|livello|livelli|dato|esito|standard) (?:attes[oi]"
        r"|programmat[oi]|previst[oi]|obiettivo|target|preventiv[oi]|pianificat[oi]|da raggiungere|atteso target|target atteso)",
        r"atteso", r"attesi", r"previsto", r"preventivo", r"traguardo", r"valore soglia", r"obiettivo numerico",
        r"target (?:finale|annuale|assegnato|previsto|programmato|regime|valore atteso)", r"valore regime",
        r"obiettivo quantitativo", r"livello performance atteso", r"risultato da raggiungere", r"standard", r"programmato",
        r"target atteso valore",
        r"valore target atteso", r"prev", r"(?:target|valore atteso|risultato atteso) (?:intermedio|infrannuale)(?: al)?",
    )),
    ("indicator.formula", (
        r"formula(?: (?:calcolo|indicatore|matematica))?",
        r"(?:modalita|metodo|criteri?o?|algoritmo|regola) (?:calcolo|misurazione|misura)", r"algoritmo",
        r"calcolo(?: indicatore)?", r"come si calcola", r"formula misurazione", r"modalita rilevazione",
    )),
    ("indicator.unit", (
        r"unita misura", r"u m", r"um", r"udm", r"u d m", r"unita misurazione", r"un mis", r"misurato in",
    )),
    ("indicator.source", (
        r"fonte(?: dati| dato| informativa)?", r"fonti(?: dati)?", r"banca dati",
    )),
    ("indicator.kind", (
        r"(?:tipo|tipologia|dimensione|natura|categoria)(?: (?:indicatore|indicatori|performance|misura))?",
    )),
    ("indicator.name", (
        r"indicator[ei](?: (?:risultato|performance|misurazione|outcome|output|impatto|risultati"
        r"|misurabil[ei]|efficacia|efficienza|valutazione|attivita|obiettivo|kpi|chiave))?",
        r"(?:nome|denominazione|descrizione|titolo) indicatore", r"kpi", r"misura", r"misure",
        r"parametr[oi](?: misurazione)?", r"metrica", r"indice", r"indici", r"che cosa si misura", r"indicatore misura",
        r"elemento misurato",
        r"indicatori (?:e|con) formula",
    )),
    ("phase.number", (
        r"(?:n|nr|num|numero) (?:fase|attivita|azione)", r"fase (?:n|nr|numero)",
    )),
    ("phase.text", (
        r"(?:descrizione |articolazione )?(?:fase|fasi|attivita|macroattivita|sottoattivita|azione|azioni|step|tappa|tappe"
        r"|milestone|passo|passi|adempiment[oi]|intervent[oi])"
        r"(?: (?:attuazione|attuative|operative|operativa|previste|da svolgere|realizzazione"
        r"|progetto|obiettivo|e tempi|lavoro|principali|esecuzione))?",
        r"fasi attivita", r"attivita fasi", r"azioni attivita", r"attivita azioni", r"piano azione", r"programma operativo",
        r"cronoprogramma attivita", r"descrizione fasi attuazione",
    )),
    ("phase.assigned_to", (
        r"(?:assegnat[oa] a|chi|esecutore|(?:responsabile|incaricato|referente) (?:fase|attivita|azione)|a cura|cura|svolto da"
        r"|addetto|addetti)",
        r"(?:soggett[oi]|persone) (?:coinvolt[oaie]|incaricat[oaie]|attuator[ei]|esecutor[ei]|responsabil[ei])",
        r"(?:uffic[io]+|servizi|unita|struttur[ae]) (?:coinvolt[oaie]|incaricat[oaie])",
    )),
    ("staff.name", (
        r"nominativ[oi](?: (?:dipendent[ei]|personale))?", r"(?:cognome nome|nome cognome)", r"dipendent[ei]",
        r"risors[ae] umane?",
        r"collaborator[ei]", r"componenti gruppo(?: lavoro)?", r"nom[ei]", r"personale assegnato",
    )),
    ("staff.category", (
        r"cat", r"profilo(?: professionale)?", r"(?:area )?inquadramento", r"qualifica", r"area contrattuale",
    )),
    ("staff.share", (
        r"(?:%|quota|percentuale|grado)? ?(?:impiego|partecipazione|coinvolgimento|impegno|apporto|dedicat[oa]|contributo)"
        r"(?: (?:%|lavoro|tempo))?", r"% tempo(?: lavoro| dedicato)?", r"tempo (?:lavoro|dedicato)",
    )),
    ("code", (
        r"cod(?:ice)?(?: (?:obiettivo|ob|scheda|obiettivi|identificativo))?", r"id", r"id(?:entificativo)? (?:obiettivo|scheda)",
        r"rif", r"riferimento", r"identificativo", r"sigla",
    )),
    ("number", (
        r"n", r"nr", r"num", r"numero", r"n ord", r"(?:n )?progressivo", r"scheda", r"n scheda", r"scheda n",
        r"numero scheda", r"n obiettivo",
        r"(?:scheda )?obiettivo (?:n|nr|num|numero)", r"(?:n|nr|num|numero) obiettivo", r"n ob", r"ob n", r"pos",
    )),
    ("strategic_line", (
        r"line[ae] (?:strategic[ah]e?|mandato|programmatic[ah]e?|indirizzo|azione)", r"(?:area|asse|ambito) strategic[oa]",
        r"indirizzo(?: strategico)?", r"asse", r"missione mandato", r"area tematica", r"priorita strategica",
    )),
    ("strategic_objective", (
        r"obiettiv[oi] (?:strategic[oi]|dup strategico|mandato|generale|valore pubblico)",
    )),
    ("operational_objective", (
        r"obiettiv[oi] (?:operativ[oi]|dup|dup operativo)",
    )),
    ("title", (
        r"obiettiv[oi]", r"(?:nome|oggetto) obiettivo",
        r"(?:titolo|denominazione|enunciato)(?: (?:obiettivo|scheda|obiettivo gestionale"
        r"|obiettivo operativo))?",
        r"obiettiv[oi] (?:gestional[ei]|esecutiv[oi]|specific[oi]|performance|peg|pdo|piao|annual[ei]"
        r"|assegnat[oi]|individual[ei]|organizzativ[oi]|settore|servizio|processo|struttura|miglioramento|mantenimento|sviluppo|area)",
        r"obiettivo titolo", r"descrizione breve obiettivo", r"scheda obiettivo", r"intitolazione(?: obiettivo)?",
    )),
    ("description", (
        r"(?:breve )?descrizione(?: (?:obiettivo|sintetica|estesa|dettagliata|contenuto|attivita obiettivo|scheda|intervento))*",
        r"oggetto", r"definizione",
        r"contenuto", r"dettaglio", r"contenuti", r"descrizione e contenuto", r"illustrazione",
    )),
    ("indicator.purpose", (
        r"finalita (?:indicatore|misura)",
    )),
    ("purpose", (
        r"finalita(?: obiettivo)?", r"scopo", r"valore pubblico(?: atteso)?", r"outcome(?: atteso)?", r"impatto(?: atteso)?",
        r"motivazion[ei]", r"benefic[io]+ attes[oi]", r"utilita", r"scopo obiettivo", r"perche",
    )),
    ("mission", (
        r"missione(?: bilancio)?",
    )),
    ("programme", (
        r"programma(?: bilancio)?",
    )),
    ("project", (
        r"progetto", r"nome progetto",
    )),
    ("politician", (
        r"(?:assessor[ei]|assessorato|amministratore|referente politico|delegat[oa]|delega|organo politico|consigliere delegato)"
        + _POLITICAL,
    )),
    ("manager", (
        r"(?:dirigente|direttore)" + _PERSON, r"(?:dirigente|direttore|responsabile|capo) (?:settore|area|direzione|struttura)",
    )),
    ("responsible", (
        r"(?:responsabil[ei]|resp|referente|incaricat[oa]|assegnatari[oa]|capo progetto|eq|po|funzionario|posizione organizzativa"
        r"|elevata qualificazione|posizione|valutat[oa])" + _PERSON,
        r"titolare(?: (?:eq|po|incarico|incarico eq|posizione organizzativa|obiettivo))?", r"segretario(?: generale| comunale)?",
    )),
    ("unit", (
        r"(?:settore|settori|area|area settore|settor[ei] area|unita|struttura|ripartizione|centro (?:responsabilita|costo)|cdr"
        r"|cdc|c d r|c d c|uo|u o)" + _OFFICE, r"centro di (?:responsabilita|costo)",
    )),
    ("directorate", (
        r"direzione", r"dipartimento",
    )),
    ("section", (
        r"(?:servizio|servizi|sezione|ufficio|unita operativa)" + _OFFICE,
    )),
    ("end", (
        r"scadenz[ae]", r"termine(?: (?:ultimo|conclusione|finale|previsto))?",
        r"(?:data )?(?:fine|conclusione|scadenza|completamento)(?: (?:prevista|attesa|lavori))?",
        r"data (?:prevista|realizzazione|obiettivo)", r"entro(?: quando)?", r"termine attuazione", r"fine attivita",
        r"data ultima",
    )),
    ("start", (
        r"(?:data )?(?:inizio|avvio|partenza|decorrenza)(?: (?:previst[oa]|attivita|lavori))?", r"dal",
    )),
    ("end", (
        r"al",
    )),
    ("horizon", (
        r"orizzonte(?: temporale)?", r"temp[oi](?: (?:attuazione|realizzazione|previsti))?", r"tempistic[ahe]+", r"periodo",
        r"durata", r"cronoprogramma", r"arco temporale", r"tempi realizzazione", r"annualita riferimento",
    )),
    ("priority", (
        r"priorita", r"rilevanza", r"strategicita", r"complessita", r"importanza",
    )),
    ("indicator.note", (
        r"not[ae]", r"annotazioni", r"osservazioni", r"comment[oi]", r"note eventuali", r"considerazioni",
        r"note rendicontazione",
    )),
    ("resource.cost", (
        r"(?:risorse finanziarie|budget|stanziamento|importo|costo|costi|spesa prevista|risorse economiche)",
    )),
    ("resource.description", (
        r"risorse(?: (?:strumentali|assegnate|umane|necessarie))?", r"personale(?: coinvolto| assegnato)?",
        r"dipendenti coinvolti", r"dotazione",
    )),
    ("year", (
        r"anno", r"esercizio", r"annualita", r"anno riferimento",
    )),
    ("entity", (
        r"ente", r"amministrazione", r"comune", r"denominazione ente",
    )),
    ("status", (
        r"stato scheda", r"azione scheda",
    )),
)  # fmt: skip
