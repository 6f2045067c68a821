"""The sources that the rules quote, each once, with how it binds a local body and how far its text was verified."""

from __future__ import annotations

from scoring.rule import LegalBasis

CYCLE = LegalBasis("D.Lgs. 150/2009", "art. 4, c. 2, lett. a)", "principle")
SPECIFIC = LegalBasis("D.Lgs. 150/2009", "art. 5, c. 2, lett. b)", "principle")
IMPROVEMENT = LegalBasis("D.Lgs. 150/2009", "art. 5, c. 2, lett. c)", "principle")
IN_TIME = LegalBasis("D.Lgs. 150/2009", "art. 5, c. 2, lett. d)", "principle")
COMPARABLE = LegalBasis("D.Lgs. 150/2009", "art. 5, c. 2, lett. f)", "principle")
WITH_RESOURCES = LegalBasis("D.Lgs. 150/2009", "art. 5, c. 2, lett. g)", "principle")
CHANGES = LegalBasis("D.Lgs. 150/2009", "art. 6", "method")
SMVP = LegalBasis("D.Lgs. 150/2009", "art. 7: il metodo è quello dello SMVP dell'ente", "method")
REPORT = LegalBasis("D.Lgs. 150/2009", "art. 10, c. 1, lett. b)", "method")
VALIDATION = LegalBasis("D.Lgs. 150/2009", "art. 14, c. 4, lett. c)", "method")
GUIDELINES = LegalBasis("Linee guida DFP n. 2/2017", "par. 4.2 e 5.1", "method")
SHEET = LegalBasis("D.P.C.M. 18 settembre 2012", "art. 3, c. 3 (metodo per gli enti locali)", "method")
INTERIM = LegalBasis("D.M. 132/2022", "art. 2", "law")
BUDGET = LegalBasis("D.Lgs. 118/2011", "art. 14 e All. 14", "law")
PEG = LegalBasis("D.Lgs. 267/2000", "art. 169", "law")
ONE_RESPONSIBLE = LegalBasis("D.Lgs. 118/2011", "All. 4/1, par. 10.2", "method", "S2")
PIAO = LegalBasis("D.L. 80/2021", "art. 6", "law")
PIAO_CONTENT = LegalBasis("D.M. 132/2022", "art. 3, c. 1, lett. b)", "law", "M")
PRIVACY = LegalBasis("Reg. (UE) 2016/679", "art. 5, par. 1, lett. c)", "law", "M")
SUMS = LegalBasis("Aritmetica", "il totale è la somma delle sue parti", "arithmetic")
CONSISTENT = LegalBasis("Aritmetica", "due cifre dello stesso fatto sono uguali", "arithmetic")
CALENDAR = LegalBasis("Calendario", "una data deve esistere", "arithmetic")
PLAIN_WORDS = LegalBasis("Scrittura amministrativa chiara", "buona pratica", "method")
