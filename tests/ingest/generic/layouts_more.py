"""More layouts in words of our own, of the kinds that offices send: each first read blind, then mended for all of its kind."""

from __future__ import annotations

from .layouts import Layout

MORE_LAYOUTS: list[Layout] = [
    (
        "colonna numerata, risultato atteso e conseguito, grado di conseguimento",
        """
OBIETTIVI ANNO 2025 - SETTORE TECNICO
Nr.\tDescrizione obiettivo\tIndicatori di misurazione\tRisultato atteso\tRisultato conseguito\tGrado di conseguimento %\tPonderazione
1\tManutenere i parchi gioco\tParchi controllati\t18\t18\t100\t30%
2\tRidurre i consumi elettrici\tkWh consumati\t≤ 210.000\t205.300\t100\t70%
""",
        [
            {"title": "Manutenere i parchi gioco", "number": "1", "weight": "30%", "indicators": [
                {"name": "Parchi controllati", "targets": {"2025": "18"}, "actuals": {"2025": "18"}, "achievement": "100"}]},
            {"title": "Ridurre i consumi elettrici", "number": "2", "weight": "70%", "indicators": [
                {"name": "kWh consumati", "targets": {"2025": "≤ 210.000"}, "actuals": {"2025": "205.300"}, "achievement": "100"}]},
        ],
    ),
    (
        "dirigente e ufficio prima, pesi in decimi, scadenza",
        """
PIANO DELLA PERFORMANCE 2026
Dirigente\tUfficio\tObiettivo assegnato\tKPI\tTarget 2026\tPeso (0-1)\tScadenza
Bianchi Carla\tTributi\tRecuperare l'evasione\tAvvisi emessi\t≥ 900\t0,4\t31/12/2026
Bianchi Carla\tRagioneria\tPagare in tempo\tIndicatore di tempestività (giorni)\t≤ 0\t0,6\t31/12/2026
""",
        [
            {"title": "Recuperare l'evasione", "manager": "Bianchi Carla", "section": "Tributi", "end": "31/12/2026", "weight": "0,4",
             "indicators": [
                {"name": "Avvisi emessi", "targets": {"2026": "≥ 900"}}]},
            {"title": "Pagare in tempo", "manager": "Bianchi Carla", "section": "Ragioneria", "end": "31/12/2026", "weight": "0,6",
             "indicators": [
                {"name": "Indicatore di tempestività (giorni)", "targets": {"2026": "≤ 0"}}]},
        ],
    ),
    (
        "etichette in colonna, un indicatore per riga sotto",
        """
SCHEDA OBIETTIVO
Anno:\t2026
Settore:\tServizi alla persona
Responsabile:\tNeri Paola
Obiettivo:\tAccogliere le famiglie fragili
Finalità:\tRidurre le liste d'attesa

Indicatore\tValore iniziale\tValore atteso
Famiglie seguite\t40\t55
Giorni di attesa\t60\t30
""",
        [
            {"title": "Accogliere le famiglie fragili", "unit": "Servizi alla persona", "responsible": "Neri Paola",
             "purpose": "Ridurre le liste d'attesa", "indicators": [
                {"name": "Famiglie seguite", "baseline": "40", "targets": {"2026": "55"}},
                {"name": "Giorni di attesa", "baseline": "60", "targets": {"2026": "30"}}]},
        ],
    ),
    (
        "margine vuoto a sinistra, titolo del foglio sopra",
        """
Obiettivi 2027
\tObiettivo\tIndicatore\tValore target\tPeso
\tRinnovare il sito\tPagine accessibili\t95%\t50
\tFormare il personale\tOre a testa\t40\t50
""",
        [
            {"title": "Rinnovare il sito", "weight": "50", "indicators": [{"name": "Pagine accessibili", "targets": {"2027": "95%"}}]},
            {"title": "Formare il personale", "weight": "50", "indicators": [{"name": "Ore a testa", "targets": {"2027": "40"}}]},
        ],
    ),
    (
        "tabella spezzata da un numero di pagina",
        """
OBIETTIVI DI PERFORMANCE 2026
Titolo\tIndicatore\tTarget\tResponsabile
Curare gli archivi\tFaldoni riordinati\t300\tGallo Piero

Pag. 1 di 2

Aprire la biblioteca\tOre settimanali\t36\tConti Lia
Rifare la segnaletica\tKm rifatti\t12\tConti Lia
""",
        [
            {"title": "Curare gli archivi", "responsible": "Gallo Piero", "indicators": [
                {"name": "Faldoni riordinati", "targets": {"2026": "300"}}]},
            {"title": "Aprire la biblioteca", "responsible": "Conti Lia", "indicators": [
                {"name": "Ore settimanali", "targets": {"2026": "36"}}]},
            {"title": "Rifare la segnaletica", "responsible": "Conti Lia", "indicators": [
                {"name": "Km rifatti", "targets": {"2026": "12"}}]},
        ],
    ),
    (
        "previsto ed effettivo, anno nell'intestazione, note in fondo",
        """
Relazione sulla performance
Obiettivo operativo\tMisura\tPrevisto 2025\tEffettivo 2025\tNote
Snellire le pratiche edilizie\tGiorni medi di rilascio\t45\t41\tin anticipo
Tutelare il verde\tAlberi piantati\t200\t180\tsiccità
""",
        [
            {"title": "Snellire le pratiche edilizie", "indicators": [
                {"name": "Giorni medi di rilascio", "targets": {"2025": "45"}, "actuals": {"2025": "41"}, "note": "in anticipo"}]},
            {"title": "Tutelare il verde", "indicators": [
                {"name": "Alberi piantati", "targets": {"2025": "200"}, "actuals": {"2025": "180"}, "note": "siccità"}]},
        ],
    ),
    (
        "intestazioni tutte maiuscole con a capo, trienni per colonna",
        """
PIAO 2026-2028
AREA<br>DIRIGENZIALE\tOBIETTIVO<br>SPECIFICO\tINDICATORE DI<br>RISULTATO\tBASE<br>LINE\tTARGET<br>2026\tTARGET<br>2027\tTARGET<br>2028
Area Welfare\tSostenere gli anziani\tPasti a domicilio\t900\t950\t1.000\t1.100
Area Cultura\tAmpliare il prestito\tPrestiti annui\t12.000\t12.500\t13.000\t13.500
""",
        [
            {"title": "Sostenere gli anziani", "unit": "Area Welfare", "indicators": [
                {"name": "Pasti a domicilio", "baseline": "900", "targets": {"2026": "950", "2027": "1.000", "2028": "1.100"}}]},
            {"title": "Ampliare il prestito", "unit": "Area Cultura", "indicators": [
                {"name": "Prestiti annui", "baseline": "12.000",
                 "targets": {"2026": "12.500", "2027": "13.000", "2028": "13.500"}}]},
        ],
    ),
    (
        "obiettivo come titolo di paragrafo e tabella sotto",
        """
PIANO PERFORMANCE 2026

Obiettivo n. 1: Semplificare i bandi

Indicatore\tTarget\tPeso
Bandi in linguaggio semplice\t10\t60
Domande respinte per errore\t< 5%\t40

Obiettivo n. 2: Ordinare il protocollo

Indicatore\tTarget\tPeso
Documenti protocollati in giornata\t98%\t100
""",
        [
            {"title": "Semplificare i bandi", "number": "1", "indicators": [
                {"name": "Bandi in linguaggio semplice", "targets": {"2026": "10"}, "weight": "60"},
                {"name": "Domande respinte per errore", "targets": {"2026": "< 5%"}, "weight": "40"}]},
            {"title": "Ordinare il protocollo", "number": "2", "indicators": [
                {"name": "Documenti protocollati in giornata", "targets": {"2026": "98%"}, "weight": "100"}]},
        ],
    ),
    (
        "fasi e scadenze dentro la tabella della scheda",
        """
Scheda 2026
Titolo dell'obiettivo\tRifare la pavimentazione del centro
Servizio\tLavori pubblici
Referente\tMoro Sara

Fase\tInizio\tFine\tPeso %
Progetto esecutivo\t01/02/2026\t30/04/2026\t40
Gara\t01/05/2026\t31/07/2026\t30
Avvio dei lavori\t01/09/2026\t31/12/2026\t30
""",
        [
            {"title": "Rifare la pavimentazione del centro", "section": "Lavori pubblici", "responsible": "Moro Sara",
             "phases": [
                {"text": "Progetto esecutivo", "start": "01/02/2026", "end": "30/04/2026", "weight": "40"},
                {"text": "Gara", "start": "01/05/2026", "end": "31/07/2026", "weight": "30"},
                {"text": "Avvio dei lavori", "start": "01/09/2026", "end": "31/12/2026", "weight": "30"}]},
        ],
    ),
]
