"""The words that bodies use for the fields of a card: one entry a field, each line a pattern for the whole header.

A header is compared without accents, punctuation, articles, years and half-years; the first field that matches wins.
"""

from __future__ import annotations

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
        r"(?:peso|pesatura|ponderazione)(?: %)? (?:obiettivo|obiettivi|ob|scheda)",
    )),
    ("weight", (
        r"%? ?(?:peso|pesatura|ponderazione|peso relativo|peso ponderato|peso assegnato|peso attribuito"
        r"|coefficiente(?: peso)?) ?%?",
        r"peso percentuale", r"incidenza",
    )),
    ("indicator.achievement", (
        r"%? ?(?:(?:grado|percentuale|livello|tasso) )?(?:raggiungimento|ragg|conseguimento"
        r"|realizzazione)(?: (?:obiettivo|indicatore|target|risultato))?(?: %)?",
        r"% raggiunt[ao]", r"% conseguit[ao]", r"performance %", r"punteggio",
    )),
    ("outcome", (
        r"esito(?: finale| valutazione| complessivo)?", r"stato(?: attuazione| avanzamento| obiettivo)?", r"giudizio",
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
        r"valore (?:iniziale|partenza|base|storico|attuale|riferimento|anno precedente|attuale partenza)",
        r"situazione (?:iniziale|partenza|attuale)", r"dato (?:iniziale|storico|partenza)", r"storico", r"base partenza",
        r"livello (?:iniziale|partenza|attuale)", r"consuntivo anno precedente", r"valore precedente", r"anno precedente",
    )),
    ("indicator.actual", (
        r"(?:target |valore |risultato |dato |livello |risultati |valori )?(?:a )?(?:consuntivo"
        r"|raggiunt[oaie]|consegui?t[oaie]|effettivo|realizzat[oa]|rilevat[oa]|ottenut[oaie]|rendicontat[oa]|effettivi|finale)",
        r"risultat[oi]", r"rendicontazione", r"consuntivazione", r"valore (?:al|fine anno)", r"consuntivo target",
        r"esito misurazione",
    )),
    ("indicator.target", (
        r"target", r"targets",
        r"(?:valore|valori|risultato|risultati|target|livello|livelli|dato|esito|standard) (?:attes[oi]"
        r"|programmat[oi]|previst[oi]|obiettivo|target|preventiv[oi]|pianificat[oi]|da raggiungere|atteso target|target atteso)",
        r"atteso", r"attesi", r"previsto", r"preventivo", r"traguardo", r"valore soglia", r"obiettivo numerico",
        r"target (?:finale|annuale)", r"risultato da raggiungere", r"standard", r"programmato", r"target atteso valore",
        r"valore target atteso", r"prev",
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
        r"(?:tipo|tipologia|dimensione|natura|categoria)(?: indicatore)?",
    )),
    ("indicator.name", (
        r"indicator[ei](?: (?:risultato|performance|misurazione|outcome|output|impatto|risultati"
        r"|misurabil[ei]|efficacia|efficienza|valutazione|attivita|obiettivo|kpi|chiave))?",
        r"(?:nome|denominazione|descrizione|titolo) indicatore", r"kpi", r"misura", r"misure",
        r"parametr[oi](?: misurazione)?", r"metrica", r"indice", r"indici", r"che cosa si misura", r"indicatore misura",
        r"indicatori (?:e|con) formula",
    )),
    ("phase.number", (
        r"(?:n|nr|num|numero) (?:fase|attivita|azione)", r"fase (?:n|nr|numero)",
    )),
    ("phase.text", (
        r"(?:descrizione )?(?:fase|fasi|attivita|azione|azioni|step|tappa|tappe|milestone|passo"
        r"|passi)(?: (?:attuazione|attuative|operative|operativa|previste|da svolgere|realizzazione"
        r"|progetto|obiettivo|e tempi|lavoro|principali|esecuzione))?",
        r"fasi attivita", r"attivita fasi", r"azioni attivita", r"attivita azioni", r"piano azione", r"programma operativo",
        r"cronoprogramma attivita", r"descrizione fasi attuazione",
    )),
    ("phase.assigned_to", (
        r"(?:assegnat[oa] a|chi|esecutore|responsabile (?:fase|attivita|azione)|a cura|svolto da"
        r"|soggetti? coinvolti?|addetto|addetti)",
    )),
    ("code", (
        r"cod(?:ice)?(?: (?:obiettivo|ob|scheda|obiettivi))?", r"id", r"id obiettivo", r"rif", r"riferimento",
    )),
    ("number", (
        r"n", r"nr", r"num", r"numero", r"n ord", r"progressivo", r"n scheda", r"scheda n", r"numero scheda", r"n obiettivo",
        r"obiettivo n", r"(?:n|nr|numero) obiettivo", r"n ob", r"ob n", r"pos",
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
        r"obiettivo titolo", r"descrizione breve obiettivo", r"scheda obiettivo",
    )),
    ("description", (
        r"descrizione(?: (?:obiettivo|sintetica|estesa|dettagliata|contenuto|attivita obiettivo|scheda))?", r"definizione",
        r"contenuto", r"dettaglio", r"contenuti", r"descrizione e contenuto", r"illustrazione",
    )),
    ("purpose", (
        r"finalita(?: obiettivo)?", r"scopo", r"valore pubblico(?: atteso)?", r"outcome(?: atteso)?", r"impatto(?: atteso)?",
        r"motivazion[ei]", r"benefici attesi", r"utilita",
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
        r"assessor[ei]", r"assessorato", r"amministratore", r"referente politico", r"delegato", r"amministratore riferimento",
        r"assessore riferimento",
    )),
    ("manager", (
        r"dirigente(?: (?:responsabile|riferimento))?", r"direttore(?: responsabile)?", r"responsabile settore",
        r"responsabile area", r"responsabile direzione",
    )),
    ("responsible", (
        r"responsabil[ei](?: (?:obiettivo|procedimento|attuazione|eq|po|e q|p o|servizio|risultato|misurazione))?",
        r"referente(?: obiettivo)?", r"titolare(?: (?:eq|po|p o|e q))?", r"e ?q", r"p ?o", r"posizione organizzativa",
        r"elevata qualificazione", r"incaricato(?: (?:eq|e q))?", r"po responsabile", r"assegnatario", r"capo progetto",
        r"resp", r"responsabile po", r"responsabile eq", r"titolare incarico", r"funzionario responsabile", r"valutato",
    )),
    ("unit", (
        r"settore(?: (?:responsabile|competente|capofila|riferimento))?",
        r"area(?: (?:organizzativa|dirigenziale|funzionale|responsabile|competente))?", r"settor[ei] area", r"area settore",
        r"unita(?: (?:organizzativa|operativa|responsabile))?", r"struttura(?: (?:responsabile|organizzativa|competente))?",
        r"centro (?:responsabilita|costo)", r"cdr", r"c d r", r"uo", r"u o", r"ripartizione", r"centro di responsabilita",
    )),
    ("directorate", (
        r"direzione", r"dipartimento",
    )),
    ("section", (
        r"servizio(?: (?:responsabile|competente))?", r"sezione", r"ufficio(?: (?:responsabile|competente))?",
        r"servizi(?: coinvolti)?",
    )),
    ("end", (
        r"scadenz[ae]", r"termine(?: (?:ultimo|conclusione|finale|previsto))?",
        r"(?:data )?(?:fine|conclusione|scadenza|completamento)(?: (?:prevista|attesa|lavori))?",
        r"data (?:prevista|realizzazione|obiettivo)", r"entro(?: quando)?", r"termine attuazione", r"fine attivita",
        r"data ultima",
    )),
    ("start", (
        r"(?:data )?(?:inizio|avvio|partenza)(?: (?:previsto|prevista|attivita|lavori))?", r"dal",
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
