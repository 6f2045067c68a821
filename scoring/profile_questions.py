"""The questions that a body's SMVP answers, in the words asked on the page and in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["number", "count", "choice", "words", "yes", "days", "text"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``path`` is the profile's field ("weights.tolerance"); ``choices`` maps values to Italian words;
    ``blank`` says what an empty answer means, None where an answer is due."""

    path: str
    text: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)
    blank: str | None = None


_MEANS = {"weighted_mean": "media pesata con i pesi", "mean": "media semplice"}
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "Il sistema": (
        Question("title", "Come si chiama il sistema del tuo ente?", "text"),
        Question("source", "Quale atto lo approva? (delibera, data)", "text"),
        Question(
            "staff",
            "Quanti dipendenti ha l'ente al 31 dicembre? (dice se la sottosezione 2.2 è dovuta)",
            "count",
            blank="non si sa",
        ),
        Question("checkpoints", "In quali giorni si verifica l'avanzamento? (giorno/mese)", "days"),
    ),
    "Pesi": (
        Question(
            "weights.indicators_total",
            "Quanto sommano i pesi degli indicatori di un obiettivo?",
            "number",
            blank="non si controlla",
        ),
        Question(
            "weights.objectives_total", "Quanto sommano i pesi degli obiettivi di un settore?", "number", blank="non si controlla"
        ),
        Question("weights.phases_total", "Quanto sommano i pesi delle fasi?", "number", blank="non si controlla"),
        Question("weights.staff_total", "Quanto sommano le quote del personale?", "number", blank="non si controlla"),
        Question("weights.tolerance", "Quale differenza si ammette su una somma?", "number"),
        Question("weights.required", "Ogni indicatore deve avere un peso?", "yes"),
        Question(
            "weights.excluded_marks", "Quale segno al posto del peso toglie un obiettivo dalla somma?", "words", blank="nessuno"
        ),
        Question("weights.excluded_outcomes", "Quali esiti tolgono un obiettivo dalla somma?", "words", blank="nessuno"),
        Question("weights.largest_share", "Oltre quale peso un solo obiettivo regge quasi tutto il settore?", "number"),
        Question("weights.smallest_share", "Sotto quale peso un obiettivo quasi non conta?", "number"),
        Question("weights.smallest_many", "Quanti obiettivi così piccoli meritano una segnalazione?", "count"),
    ),
    "Dal risultato alla percentuale": (
        Question(
            "achievement.higher",
            "Quando più è meglio, come si calcola la percentuale?",
            "choice",
            {
                "ratio": "risultato diviso valore atteso",
                "on_off": "100 se raggiunto, altrimenti 0",
                "baseline": "progresso rispetto al valore di partenza",
            },
        ),
        Question(
            "achievement.lower",
            "E quando meno è meglio?",
            "choice",
            {
                "ratio": "valore atteso diviso risultato",
                "linear": "2 meno il rapporto tra risultato e atteso",
                "on_off": "100 se raggiunto, altrimenti 0",
                "baseline": "progresso rispetto al valore di partenza",
            },
        ),
        Question("achievement.cap", "Fino a quale percentuale si può arrivare?", "number", blank="senza limite"),
        Question("achievement.floor", "Qual è la percentuale più bassa?", "number"),
        Question(
            "achievement.compound",
            "Se il valore atteso ha più parti, come si giudica?",
            "choice",
            {"mean": "media delle parti", "all": "tutte raggiunte, o niente"},
        ),
        Question(
            "achievement.late_per_day", "Quanti punti si perdono per ogni giorno di ritardo?", "number", blank="in ritardo vale 0"
        ),
        Question(
            "achievement.unset_polarity",
            "Se non si sa se è meglio un valore alto o basso?",
            "choice",
            {"unknown": "non si calcola", "higher": "è meglio il più alto"},
        ),
        Question(
            "achievement.lower_words",
            "Altre parole per cui meno è meglio (oltre a «tempo», «reclami»…)",
            "words",
            blank="nessuna",
        ),
        Question("achievement.higher_words", "Altre parole per cui più è meglio", "words", blank="nessuna"),
    ),
    "Dagli indicatori ai totali": (
        Question(
            "rollup.objective", "Dagli indicatori all'obiettivo?", "choice", {**_MEANS, "declared": "fa fede l'esito dichiarato"}
        ),
        Question("rollup.unit", "Dagli obiettivi al settore?", "choice", _MEANS),
        Question("rollup.line", "Dagli obiettivi alla linea strategica?", "choice", _MEANS),
        Question(
            "rollup.missing",
            "Se manca un risultato?",
            "choice",
            {"stop": "il totale non si calcola", "exclude": "l'indicatore è escluso", "zero": "vale zero"},
        ),
    ),
    "Arrotondamenti": (
        Question("rounding.achievement", "Quanti decimali ha la percentuale di un indicatore?", "count"),
        Question("rounding.total", "Quanti decimali hanno i totali?", "count"),
        Question("rounding.tolerance", "Quale differenza si ammette tra dichiarato e calcolato?", "number"),
    ),
}


def questions() -> Iterable[Question]:
    """All the questions, in order."""
    return (one for group in QUESTIONS.values() for one in group)
