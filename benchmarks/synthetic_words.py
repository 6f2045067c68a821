"""The words of the synthetic archive: invented names of bodies and people, services with what they measure, sentences."""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """A service: its unit, mission, objectives, what is measured (name, unit of measure, low, high) and words about it."""

    unit: str
    mission: str
    objectives: tuple[str, ...]
    measures: tuple[tuple[str, str, int, int], ...]
    things: tuple[str, ...]


HEADS = ("Borgo", "Monte", "Villa", "Castel", "Rocca", "Pieve", "Torre", "Ponte", "Fonte", "Campo", "Poggio", "Corte",
         "Riva", "Serra", "Colle", "Prato", "Badia", "Mulino", "Selva", "Piano")
TAILS = ("alba", "nera", "verde", "lunga", "fiorita", "chiara", "bruna", "vecchia", "serena", "marina", "rossa", "grande",
         "franca", "olmo", "cervo", "salice", "noce", "gelso", "falco", "lupo", "ginestra", "quercia", "tiglio", "frassino")
SURNAMES = ("Abbiati", "Bonvini", "Cardani", "Dorigo", "Ermini", "Fusari", "Gallotti", "Imberti", "Lavelli", "Marzoni",
            "Nobili", "Orsenigo", "Pedroni", "Quaranti", "Rovelli", "Salvioni", "Tagliani", "Ubezzi", "Venturi", "Zanardi")
NAMES = ("Anna", "Bruno", "Carla", "Dario", "Elena", "Franco", "Gianna", "Ivano", "Lucia", "Marco", "Nadia", "Paolo")
STREETS = ("via Mazzini", "via dei Mille", "piazza del Mercato", "via Garibaldi", "viale della Stazione", "via Roma",
           "largo dei Tigli", "via San Rocco", "piazza della Libertà", "via Manzoni", "via Cavour", "via Verdi")

THEMES = (
    Theme("Servizi Finanziari", "01", ("Riduzione dei tempi di pagamento", "Recupero dell'evasione dei tributi",
                                       "Controllo degli equilibri di bilancio"),
          (("Tempo medio di pagamento delle fatture", "giorni", 18, 45), ("Fatture pagate entro la scadenza", "%", 70, 99),
           ("Somme accertate per recupero di tributi", "€", 20000, 400000)),
          ("mandati", "fatture", "capitoli di spesa", "accertamenti", "fornitori", "ruoli")),
    Theme("Servizi Demografici", "01", ("Sportello anagrafe senza attese", "Rilascio della carta d'identità elettronica"),
          (("Tempo medio di attesa allo sportello", "minuti", 5, 40),
           ("Carte d'identità elettroniche rilasciate", "n.", 300, 9000),
           ("Pratiche anagrafiche concluse nei termini", "%", 75, 100)),
          ("appuntamenti", "certificati", "residenze", "atti di stato civile", "liste elettorali")),
    Theme("Polizia Locale", "03", ("Sicurezza stradale nei centri abitati", "Presidio serale del territorio"),
          (("Pattuglie serali effettuate", "n.", 20, 400), ("Veicoli controllati", "n.", 300, 9000),
           ("Ore di educazione stradale nelle scuole", "ore", 10, 200)),
          ("incroci", "varchi di lettura delle targhe", "sanzioni", "soste irregolari", "pattuglie")),
    Theme("Istruzione", "04", ("Qualità della refezione scolastica", "Trasporto degli alunni", "Servizi prima e dopo la scuola"),
          (("Pasti serviti nelle mense scolastiche", "n.", 8000, 250000), ("Gradimento dei pasti", "%", 60, 98),
           ("Domande di trasporto scolastico accolte", "%", 80, 100)),
          ("alunni", "menù", "genitori", "commissione mensa", "pulmini", "diete speciali")),
    Theme("Servizi per l'infanzia", "12", ("Più posti negli asili nido", "Formazione delle educatrici"),
          (("Posti disponibili nei nidi", "n.", 20, 400), ("Bambini in lista d'attesa", "n.", 0, 120),
           ("Ore di formazione del personale educativo", "ore", 10, 300)),
          ("rette", "sezioni", "lattanti", "educatrici", "famiglie", "graduatoria")),
    Theme("Servizi Sociali", "12", ("Assistenza domiciliare agli anziani", "Sostegno alle famiglie in difficoltà"),
          (("Anziani seguiti a domicilio", "n.", 15, 500), ("Contributi economici erogati", "€", 10000, 300000),
           ("Tempo medio di presa in carico", "giorni", 5, 40)),
          ("operatori", "assistenti sociali", "progetti individuali", "pasti a domicilio", "nuclei familiari")),
    Theme("Cultura e Biblioteca", "05", ("Promozione della lettura", "Calendario degli eventi culturali"),
          (("Prestiti della biblioteca", "n.", 2000, 90000), ("Visitatori delle mostre", "n.", 500, 40000),
           ("Iniziative culturali realizzate", "n.", 5, 90)),
          ("lettori", "scaffali", "gruppi di lettura", "sale espositive", "associazioni")),
    Theme("Sport e Tempo libero", "06", ("Uso delle palestre comunali", "Manutenzione degli impianti sportivi"),
          (("Ore di utilizzo delle palestre", "ore", 500, 12000), ("Associazioni sportive sostenute", "n.", 4, 80)),
          ("palestre", "campi da gioco", "società sportive", "convenzioni", "spogliatoi")),
    Theme("Lavori Pubblici", "08", ("Rifacimento dei marciapiedi", "Messa in sicurezza degli edifici scolastici"),
          (("Metri quadrati di marciapiede rifatti", "mq", 300, 9000), ("Cantieri conclusi nei termini", "%", 50, 100),
           ("Varianti in corso d'opera", "n.", 0, 9)),
          ("cantieri", "collaudi", "progetti esecutivi", "imprese", "ponteggi", "computi")),
    Theme("Ambiente", "09", ("Più raccolta separata dei rifiuti", "Cura del verde pubblico"),
          (("Quota di raccolta differenziata", "%", 45, 88), ("Alberi messi a dimora", "n.", 20, 900),
           ("Rifiuto secco per abitante", "kg", 60, 220)),
          ("contenitori", "isola ecologica", "potature", "giardini", "abbandoni", "ispettori")),
    Theme("Urbanistica ed Edilizia", "08", ("Pratiche edilizie in forma digitale", "Variante al piano del territorio"),
          (("Tempo medio di rilascio dei permessi", "giorni", 20, 90), ("Pratiche edilizie digitali", "%", 30, 100),
           ("Accessi agli atti evasi", "n.", 40, 900)),
          ("istanze", "oneri", "tavole", "osservazioni", "catasto", "sopralluoghi")),
    Theme("Sportello Imprese", "14", ("Semplificazione per chi apre un'attività", "Rilancio del mercato settimanale"),
          (("Segnalazioni di inizio attività controllate", "n.", 30, 700), ("Posteggi assegnati al mercato", "n.", 10, 180)),
          ("commercianti", "bandi", "posteggi", "vetrine sfitte", "distretto")),
    Theme("Sistemi Informativi", "01", ("Servizi in rete per i cittadini", "Continuità dei sistemi e copie di sicurezza"),
          (("Servizi disponibili in rete", "n.", 5, 90), ("Pagamenti con PagoPA sul totale", "%", 20, 98),
           ("Interruzioni dei sistemi", "n.", 0, 30)),
          ("identità digitale", "postazioni", "copie", "programmi", "assistenza", "banche dati")),
    Theme("Personale e Organizzazione", "01", ("Piano della formazione del personale", "Lavoro agile e benessere organizzativo"),
          (("Ore di formazione per dipendente", "ore", 4, 60), ("Dipendenti con lavoro agile", "%", 2, 50),
           ("Giorni medi di assenza", "giorni", 4, 20)),
          ("dipendenti", "corsi", "concorsi", "fascicoli", "mansioni", "contrattazione")),
    Theme("Segreteria Generale", "01", ("Trasparenza e prevenzione della corruzione", "Controlli sugli atti"),
          (("Atti estratti e controllati", "n.", 20, 400), ("Sezioni di trasparenza aggiornate", "%", 70, 100),
           ("Deliberazioni pubblicate entro dieci giorni", "%", 80, 100)),
          ("deliberazioni", "determinazioni", "mappature", "rischi", "registro", "accesso civico")),
    Theme("Turismo", "07", ("Accoglienza dei visitatori", "Percorsi lungo il fiume"),
          (("Presenze turistiche", "n.", 1000, 90000), ("Utenti dell'ufficio di informazione", "n.", 300, 20000)),
          ("guide", "percorsi", "strutture ricettive", "mappe", "visite")),
    Theme("Mobilità", "10", ("Nuove piste ciclabili", "Manutenzione dell'illuminazione stradale"),
          (("Chilometri di piste ciclabili", "km", 2, 60), ("Punti luce sostituiti con LED", "n.", 50, 4000),
           ("Segnalazioni di guasto risolte entro due giorni", "%", 60, 99)),
          ("rotatorie", "attraversamenti", "lampade", "stalli", "fermate")),
    Theme("Protezione Civile", "11", ("Piano di emergenza e prove di evacuazione", "Volontari formati"),
          (("Esercitazioni svolte", "n.", 1, 12), ("Volontari formati", "n.", 5, 120)),
          ("volontari", "idranti", "aree di raccolta", "allerte", "sala operativa")),
    Theme("Patrimonio", "01", ("Consumi di energia degli edifici", "Inventario dei beni comunali"),
          (("Consumo di energia elettrica", "kWh", 40000, 900000), ("Beni inventariati", "n.", 100, 9000)),
          ("caldaie", "contatori", "locazioni", "immobili", "perizie")),
    Theme("Cimiteri", "12", ("Riordino dei servizi cimiteriali",),
          (("Estumulazioni programmate", "n.", 5, 200), ("Concessioni scadute regolarizzate", "n.", 5, 300)),
          ("loculi", "concessioni", "ossari", "campi", "custodi")),
)

SENTENCES = (
    "Nel corso dell'anno l'ufficio ha rivisto l'organizzazione di {a}, con particolare attenzione a {b}.",
    "Gli incontri con {a} si sono svolti presso la sede di {via}, con la partecipazione di {n} persone.",
    "Con deliberazione n. {n} del {data} la Giunta ha approvato gli indirizzi su {a} e {b}.",
    "Rispetto al {prima} si registra un aumento del {p} % delle richieste che riguardano {a}.",
    "La spesa sostenuta per {a} è stata di {e} euro, a fronte di una previsione di {e2} euro.",
    "Il referente {chi} ha curato la raccolta dei dati su {a}; le verifiche si sono concluse il {data}.",
    "Resta da completare la parte relativa a {b}, per la quale è stata chiesta una proroga al {data}.",
    "Sono state {n} le segnalazioni ricevute, in gran parte su {a}; a tutte è stata data risposta scritta.",
    "Il personale assegnato al servizio è passato da {k} a {k2} unità, con effetti diretti su {b}.",
    "Dal {data} è attivo il nuovo modulo in rete che permette di seguire {a} senza recarsi allo sportello.",
    "L'indagine condotta in {via} ha mostrato che {p} utenti su cento conoscono {a}.",
    "Le economie realizzate, pari a {e} euro, sono state destinate a {b}.",
    "In collaborazione con l'ente di {ente} è stato definito un protocollo su {a} della durata di {k} anni.",
    "L'obiettivo prevede tre momenti: ricognizione di {a}, confronto con {b}, relazione finale entro il {data}.",
    "La gara per {a} è stata aggiudicata il {data} con un ribasso del {p} %.",
)
REASONS = (
    "la consegna di {a} è slittata al {data} per il ritardo del fornitore",
    "il responsabile {chi} ha preso servizio soltanto il {data} e l'istruttoria su {a} non era avviata",
    "il finanziamento regionale di {e} euro non è stato concesso e {a} non può essere realizzato",
    "i lavori in {via} hanno reso indisponibili i locali destinati a {a}",
    "l'entrata in vigore delle nuove regole ha imposto di rivedere {a} e {b}",
)
PHASES = ("Ricognizione di {a}", "Analisi delle criticità su {b}", "Affidamento del servizio", "Formazione degli addetti",
          "Avvio sperimentale per {a}", "Verifica con gli utenti", "Relazione finale alla Giunta")
