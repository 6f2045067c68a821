"""Layouts that no dialect knows, written for these tests in words of our own, with the cards a person reads in them.

E\
ach is (name, sheet, expected). ``sheet`` is text as the readers give it: tabs between cells, "~" for a cell that continues the one
on its left, "^" for one that continues the one above. Expected cards hold only what is asked.
"""

from __future__ import annotations

from typing import Any

Layout = tuple[str, str, list[dict[str, Any]]]

LAYOUTS: list[Layout] = [
    (
        "una riga per scheda, parole diverse, ordine diverso",
        """
PIANO DEGLI OBIETTIVI ANNO 2026
Cod.\tResponsabile EQ\tTitolo obiettivo\tIndicatore di risultato\tModalità di calcolo\tBaseline\tRisultato atteso\tPesatura
A1\tRossi Anna\tAprire lo sportello digitale\tPratiche concluse in rete\tpratiche in rete / pratiche totali\t35%\t≥ 60%\t0,25
A2\tVerdi Luca\tRidurre i tempi di pagamento\tTempo medio (giorni)\tsomma giorni / fatture\t31\t≤ 28\t0,75
""",
        [
            {"title": "Aprire lo sportello digitale", "code": "A1", "responsible": "Rossi Anna", "weight": "0,25", "year": 2026,
             "indicators": [
                {"name": "Pratiche concluse in rete", "formula": "pratiche in rete / pratiche totali", "baseline": "35%",
                 "targets": {"2026": "≥ 60%"}}]},
            {"title": "Ridurre i tempi di pagamento", "code": "A2", "responsible": "Verdi Luca", "weight": "0,75", "year": 2026,
             "indicators": [
                {"name": "Tempo medio (giorni)", "formula": "somma giorni / fatture", "baseline": "31",
                 "targets": {"2026": "≤ 28"}}]},
        ],
    ),
    (
        "intestazione su due righe unite, tre anni, cella dell'obiettivo unita",
        """
PIAO 2026-2028 - OBIETTIVI DI PERFORMANCE
Area\tObiettivo operativo\tKPI\tU.M.\tValori target\t~\t~\tPeso %
^\t^\t^\t^\t2026\t2027\t2028\t^
Area Tecnica\tManutenere le scuole\tInterventi conclusi\tn.\t12\t14\t15\t40
^\t^\tReclami ricevuti\tn.\t< 10\t< 8\t< 5\t60
Area Affari generali\tDigitalizzare gli archivi\tFascicoli digitalizzati\t%\t50%\t70%\t100%\t100
""",
        [
            {"title": "Manutenere le scuole", "unit": "Area Tecnica", "indicators": [
                {"name": "Interventi conclusi", "unit": "n.", "targets": {"2026": "12", "2027": "14", "2028": "15"},
                 "weight": "40"},
                {"name": "Reclami ricevuti", "unit": "n.", "targets": {"2026": "< 10", "2027": "< 8", "2028": "< 5"},
                 "weight": "60"}]},
            {"title": "Digitalizzare gli archivi", "unit": "Area Affari generali", "indicators": [
                {"name": "Fascicoli digitalizzati", "unit": "%", "weight": "100",
                 "targets": {"2026": "50%", "2027": "70%", "2028": "100%"}}]},
        ],
    ),
    (
        "target per semestre e consuntivo, esito R/PR/NR",
        """
RELAZIONE SULLA PERFORMANCE ANNO 2025
N.\tObiettivo\tIndicatore\tTarget I semestre\tTarget II semestre\tRisultato I semestre\tConsuntivo 31/12\tEsito
1\tMappare i procedimenti\tProcedimenti mappati\t20\t45\t22\t45\tR
2\tFormare il personale\tOre di formazione a testa\t10\t40\t8\t31\tPR
3\tRivedere i regolamenti\tRegolamenti approvati\t1\t3\t0\t0\tNR
""",
        [
            {"title": title, "number": number, "year": 2025, "outcomes": [{"label": e}], "indicators": [
                {"name": name, "targets": {"2025-06-30": a, "2025": b}, "interim": {"2025": c}, "actuals": {"2025": d}}]}
            for number, title, name, a, b, c, d, e in (
                ("1", "Mappare i procedimenti", "Procedimenti mappati", "20", "45", "22", "45", "R"),
                ("2", "Formare il personale", "Ore di formazione a testa", "10", "40", "8", "31", "PR"),
                ("3", "Rivedere i regolamenti", "Regolamenti approvati", "1", "3", "0", "0", "NR"),
            )
        ],
    ),
    (
        "una scheda per pagina: etichette e valori, poi fasi e indicatori",
        """
SCHEDE OBIETTIVO 2026

Denominazione obiettivo:\tPiano del commercio
Settore:\tSettore Sviluppo economico
Dirigente\tNeri Paola
Assessore di riferimento\tBianchi Ugo
Finalità\tSostenere i negozi di vicinato
Peso obiettivo\t30%

Fase\tDescrizione fase\tInizio\tTermine\tPeso
1\tAnalisi dei dati\tgennaio 2026\tmarzo 2026\t40%
2\tBozza del piano\taprile 2026\tottobre 2026\t60%

Indicatore\tValore atteso
Bozza presentata alla Giunta\tentro il 31/10/2026

Denominazione obiettivo:\tMercato contadino
Settore:\tSettore Sviluppo economico
Dirigente\tNeri Paola
Peso obiettivo\t70%

Indicatore\tValore atteso
Giornate di mercato\t≥ 24
Espositori\t> 15
""",
        [
            {"title": "Piano del commercio", "unit": "Settore Sviluppo economico", "manager": "Neri Paola",
             "politician": "Bianchi Ugo",
             "purpose": "Sostenere i negozi di vicinato", "weight": "30%",
             "phases": [{"number": "1", "text": "Analisi dei dati", "start": "gennaio 2026", "end": "marzo 2026",
              "weight": "40%"},
                        {"number": "2", "text": "Bozza del piano", "start": "aprile 2026", "end": "ottobre 2026",
                         "weight": "60%"}],
             "indicators": [{"name": "Bozza presentata alla Giunta", "targets": {"2026": "entro il 31/10/2026"}}]},
            {"title": "Mercato contadino", "unit": "Settore Sviluppo economico", "manager": "Neri Paola", "weight": "70%",
             "indicators": [{"name": "Giornate di mercato", "targets": {"2026": "≥ 24"}},
                            {"name": "Espositori", "targets": {"2026": "> 15"}}]},
        ],
    ),
    (
        "righe di settore in mezzo, obiettivo ripetuto su ogni riga, totale dei pesi",
        """
PIANO DELLA PERFORMANCE 2024
Obiettivo\tPeso obiettivo\tIndicatore\tTarget\tScadenza
SETTORE POLIZIA LOCALE\t\t\t\t
Controlli serali\t60\tPattuglie serali\t100\t31/12/2024
Controlli serali\t60\tEtilometri eseguiti\t400\t31/12/2024
Educazione stradale\t40\tClassi coinvolte\t20\t30/06/2024
Totale\t100\t\t\t
SETTORE CULTURA\t\t\t\t
Biblioteca aperta\t100\tOre di apertura settimanali\t40\t31/12/2024
Totale\t100\t\t\t
""",
        [
            {"title": "Controlli serali", "unit": "SETTORE POLIZIA LOCALE", "weight": "60", "end": "31/12/2024", "indicators": [
                {"name": "Pattuglie serali", "targets": {"2024": "100"}}, {"name": "Etilometri eseguiti",
                 "targets": {"2024": "400"}}]},
            {"title": "Educazione stradale", "unit": "SETTORE POLIZIA LOCALE", "weight": "40", "end": "30/06/2024",
             "indicators": [
                {"name": "Classi coinvolte", "targets": {"2024": "20"}}]},
            {"title": "Biblioteca aperta", "unit": "SETTORE CULTURA", "weight": "100", "end": "31/12/2024", "indicators": [
                {"name": "Ore di apertura settimanali", "targets": {"2024": "40"}}]},
        ],
    ),
    (
        "baseline, tre anni passati e target: un piano con la storia",
        """
PIANO PERFORMANCE 2026
Servizio\tObiettivo\tMisura\tConsuntivo 2023\tConsuntivo 2024\tConsuntivo 2025\tTarget 2026\tFonte dei dati\tReferente
Anagrafe\tCarte d'identità senza attesa\tGiorni di attesa\t21\t14\t9\t≤ 5\tgestionale\tSala Ida
Tributi\tRecuperare l'evasione\tAccertamenti emessi\t800\t950\t1.020\t≥ 1.100\tgestionale\tRiva Ivo
""",
        [
            {"title": "Carte d'identità senza attesa", "section": "Anagrafe", "responsible": "Sala Ida", "indicators": [
                {"name": "Giorni di attesa", "history": {"2023": "21", "2024": "14", "2025": "9"},
                 "targets": {"2026": "≤ 5"}}]},
            {"title": "Recuperare l'evasione", "section": "Tributi", "responsible": "Riva Ivo", "indicators": [
                {"name": "Accertamenti emessi", "history": {"2023": "800", "2024": "950", "2025": "1.020"},
                 "targets": {"2026": "≥ 1.100"}}]},
        ],
    ),
    (
        "tabella che continua senza intestazione nella pagina seguente",
        """
RELAZIONE SULLA PERFORMANCE 2023
Obiettivo\tIndicatore\tValore programmato\tValore conseguito\t% raggiungimento
Verde pubblico\tAlberi piantati\t200\t210\t100%

\tAree sfalciate\t50\t45\t90%
Illuminazione\tPunti luce a led\t1.500\t1.500\t100%
""",
        [
            {"title": "Verde pubblico", "indicators": [
                {"name": "Alberi piantati", "targets": {"2023": "200"}, "actuals": {"2023": "210"}, "achievement": "100%"},
                {"name": "Aree sfalciate", "targets": {"2023": "50"}, "actuals": {"2023": "45"}, "achievement": "90%"}]},
            {"title": "Illuminazione", "indicators": [
                {"name": "Punti luce a led", "targets": {"2023": "1.500"}, "actuals": {"2023": "1.500"},
                 "achievement": "100%"}]},
        ],
    ),
    (
        "modulo con etichette sopra i valori e coppie affiancate",
        """
SCHEDA OBIETTIVO ANNO 2027
N. SCHEDA\tTITOLO OBIETTIVO\tPESO OBIETTIVO
12\tNuovo portale dei servizi\t15
DIREZIONE\tSERVIZIO\tRESPONSABILE
Direzione Innovazione\tSistemi informativi\tGallo Sara
Missione\t01 - Servizi istituzionali\tProgramma\t08 - Statistica e sistemi informativi
Data inizio\t01/02/2027\tData fine\t30/11/2027
Indicatore\tFormula\tTarget\tPeso
Servizi pubblicati\tconteggio\t20\t50
Accessi al mese\tmedia mensile\t> 1.000\t50
""",
        [
            {"title": "Nuovo portale dei servizi", "number": "12", "weight": "15", "directorate": "Direzione Innovazione",
             "section": "Sistemi informativi", "responsible": "Gallo Sara", "mission": "01",
              "mission_name": "Servizi istituzionali",
             "programme": "08", "programme_name": "Statistica e sistemi informativi", "start": "01/02/2027",
              "end": "30/11/2027",
             "indicators": [{"name": "Servizi pubblicati", "formula": "conteggio", "targets": {"2027": "20"}, "weight": "50"},
                            {"name": "Accessi al mese", "formula": "media mensile", "targets": {"2027": "> 1.000"},
                             "weight": "50"}]},
        ],
    ),
    (
        "testo con etichette e due punti, senza tabelle",
        """
OBIETTIVI 2026

Obiettivo 1 - Riordinare l'archivio storico
Responsabile: Conti Elio
Indicatore: Metri lineari riordinati
Target 2026: 120
Scadenza: 30/09/2026

Obiettivo 2 - Aggiornare il sito
Responsabile: Fabbri Lia
Indicatore: Pagine riviste
Target 2026: 300
""",
        [
            {"title": "Riordinare l'archivio storico", "number": "1", "responsible": "Conti Elio", "end": "30/09/2026",
             "indicators": [
                {"name": "Metri lineari riordinati", "targets": {"2026": "120"}}]},
            {"title": "Aggiornare il sito", "number": "2", "responsible": "Fabbri Lia", "indicators": [
                {"name": "Pagine riviste", "targets": {"2026": "300"}}]},
        ],
    ),
    (
        "fasi con tempi e assegnatari sotto l'obiettivo, più indicatori nella stessa tabella",
        """
PEG 2025
Linea strategica\tObiettivo gestionale\tFasi di attuazione\tData inizio\tData fine\tA cura di\tIndicatori\tValore atteso
Città sicura\tVideosorveglianza\tProgetto\t01/01/2025\t31/03/2025\tUfficio tecnico\tTelecamere attive\t30
\t\tGara\t01/04/2025\t30/06/2025\tUfficio gare\tVarchi attivi\t4
\t\tLavori\t01/07/2025\t31/12/2025\tUfficio tecnico\t\t
Città verde\tBosco urbano\tMessa a dimora\t01/10/2025\t15/12/2025\tServizio verde\tAlberi\t500
""",
        [
            {"title": "Videosorveglianza", "strategic_line": "Città sicura", "phases": [
                {"text": "Progetto", "start": "01/01/2025", "end": "31/03/2025", "assigned_to": "Ufficio tecnico"},
                {"text": "Gara", "start": "01/04/2025", "end": "30/06/2025", "assigned_to": "Ufficio gare"},
                {"text": "Lavori", "start": "01/07/2025", "end": "31/12/2025", "assigned_to": "Ufficio tecnico"}],
             "indicators": [{"name": "Telecamere attive", "targets": {"2025": "30"}}, {"name": "Varchi attivi",
              "targets": {"2025": "4"}}]},
            {"title": "Bosco urbano", "strategic_line": "Città verde", "phases": [
                {"text": "Messa a dimora", "start": "01/10/2025", "end": "15/12/2025", "assigned_to": "Servizio verde"}],
             "indicators": [{"name": "Alberi", "targets": {"2025": "500"}}]},
        ],
    ),
    (
        "più indicatori nella stessa cella, una riga ciascuno",
        """
PIANO OBIETTIVI 2026
Obiettivo strategico\tObiettivo\tIndicatori\tTarget 2026\tResponsabile
Comunità\tSpazi per i giovani\tOre di apertura<br>Iscritti<br>Eventi\t600<br>≥ 80<br>12\tLenzi Mia
Comunità\tCasa delle associazioni\tAssociazioni ospitate\t9\tLenzi Mia
""",
        [
            {"title": "Spazi per i giovani", "strategic_objective": "Comunità", "responsible": "Lenzi Mia", "indicators": [
                {"name": "Ore di apertura", "targets": {"2026": "600"}}, {"name": "Iscritti", "targets": {"2026": "≥ 80"}},
                {"name": "Eventi", "targets": {"2026": "12"}}]},
            {"title": "Casa delle associazioni", "strategic_objective": "Comunità", "responsible": "Lenzi Mia", "indicators": [
                {"name": "Associazioni ospitate", "targets": {"2026": "9"}}]},
        ],
    ),
    (
        "due righe d'intestazione senza celle unite, atteso e raggiunto per anno",
        """
RENDICONTAZIONE OBIETTIVI 2025
Struttura\tObiettivo\tIndicatore\tValore atteso\t\tValore raggiunto\t\tNote
\t\t\t2024\t2025\t2024\t2025\t
Ragioneria\tFatture pagate in tempo\tQuota di fatture\t90%\t95%\t91%\t97%\t
Ragioneria\tBilancio leggibile\tPagine pubblicate\t1\t2\t1\t2\tcon infografica
""",
        [
            {"title": "Fatture pagate in tempo", "unit": "Ragioneria", "indicators": [
                {"name": "Quota di fatture", "targets": {"2024": "90%", "2025": "95%"}, "history": {"2024": "91%"},
                 "actuals": {"2025": "97%"}}]},
            {"title": "Bilancio leggibile", "unit": "Ragioneria", "indicators": [
                {"name": "Pagine pubblicate", "targets": {"2024": "1", "2025": "2"}, "history": {"2024": "1"},
                 "actuals": {"2025": "2"},
                 "note": "con infografica"}]},
        ],
    ),
]  # fmt: skip


#: Tables that are no cards: nothing may be read in them.
NOISE = [
    "Cognome e nome\tQualifica\tPresente\nRossi Anna\tSindaco\tX\nVerdi Luca\tAssessore\tX",
    "Obiettivo\tPagina\nRidurre i tempi\t12\nFormare il personale\t14",
    "Anno\tPopolazione\tNati\n2023\t10.200\t80\n2024\t10.150\t75",
    "Missione\tStanziamento\tImpegnato\n01\t1.000,00\t900,00\n04\t2.000,00\t1.500,00",
    "Il responsabile: è nominato dal sindaco.\nTermine: trenta giorni dalla notifica.",
    "a\tb\tc\n1\t2\t3",
]
