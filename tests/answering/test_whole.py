"""Counts and comparisons over the whole archive: the figure with the list behind it, from every card and not the first hits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from prompts.answering import answer
from prompts.answering_figures import limit_asked
from prompts.answering_outcomes import ended, missed, partly, reached, unknown
from store.library_values import Measure
from store.records import SeriesPoint
from store.search_values import Constraint, SearchResult
from store.tally import CardLine

A, B = "Comune di Roccamora", "Comune di Acquaforte"


def card(number: int, entity: str, title: str, label: str | None = None, percent: int | None = None) -> CardLine:
    return CardLine(f"c{number}", "objective", entity, 2022, None, title, "r.pdf", number, None, None, title, label,
                    Decimal(percent) if percent is not None else None, ((f"Grado di {title}", Decimal(percent or 0)),))


def measure(entity: str, name: str, actual: str, target: str | None = None) -> Measure:
    point = SeriesPoint(entity, 2022, name, target, actual, "c1", "r.pdf", 7, "2022")
    return Measure(f"{entity}{name}", entity, name, (point,))


CARDS = [card(n, A, f"Raccolta dei rifiuti {n}", "Raggiunto", 100) for n in range(1, 16)] + [
    card(20, B, "Asili nido", "Parzialmente raggiunto", 66), card(21, B, "Verde pubblico", "Non raggiunto", 0)]
MEASURES = [measure(A, "Raccolta differenziata", "73,4%", "≥ 72%"), measure(B, "Raccolta differenziata", "81%"),
            measure(B, "Tempo medio di attesa", "12 minuti"), measure(A, "Tempo medio di attesa (minuti)", "9"),
            measure(A, "Campagne informative", "4")]


class Archive:
    """What the answer asks of an archive."""

    def card_lines(self, entity: str | None = None, year: int | None = None, unit: str | None = None) -> list[CardLine]:
        return [c for c in CARDS if entity in (None, c.entity)]

    def indicators_about(self, topic: str, entity: str | None = None, year: int | None = None) -> list[Measure]:
        words = topic.lower().split()
        return [m for m in MEASURES if entity in (None, m.entity) and all(w in m.name.lower() for w in words if len(w) > 3)]


def said(question: str, *constraints: Constraint) -> list[str]:
    return answer(SearchResult(question, constraints=constraints, searched=1), Archive()).text.split("\n")


def test_a_count_looks_at_every_card_and_lists_them() -> None:
    lines = said("quanti obiettivi sui rifiuti?")
    assert lines[0] == "15 obiettivi nell'archivio, con le parole «rifiuti»:"
    assert lines[1] == "- Raccolta dei rifiuti 1: Raggiunto, 100% (Comune di Roccamora, 2022) [r.pdf, p. 1]"
    assert lines[-1] == "- e altri 3"


def test_a_count_by_result_says_of_how_many() -> None:
    assert said("quanti obiettivi non raggiunti?")[0] == "Un obiettivo non raggiunto su 17 nell'archivio; uno raggiunto in parte:"
    assert said("quanti obiettivi parzialmente raggiunti?")[0].startswith("Un obiettivo raggiunto in parte su 17")
    assert said("quanti obiettivi raggiunti ad Acquaforte?", Constraint("entity", B, "acquaforte"))[0] == (
        "0 obiettivi raggiunti su 2 nell'archivio.")


def test_a_list_by_result_needs_no_word_of_count() -> None:
    for question in ("obiettivi non raggiunti", "quali obiettivi non sono stati raggiunti?", "elenco degli obiettivi mancati"):
        lines = said(question)
        assert lines[0].startswith("Un obiettivo non raggiunto su 17"), question
        assert lines[1].startswith("- Verde pubblico: Non raggiunto")
    assert said("quali obiettivi non sono ancora conclusi?")[0].startswith("2 obiettivi non ancora conclusi su 17")
    assert said("elenco degli obiettivi sui rifiuti")[0].startswith("15 obiettivi nell'archivio")


def test_a_card_without_a_result_is_judged_by_its_indicators() -> None:
    bare = card(30, A, "Mercati", percent=40)
    line = replace(bare, percent=None)
    assert (partly(line), missed(line), reached(line), unknown(line)) == (True, False, False, False)
    assert ended(line) == ": 40 % nell'indicatore"
    assert unknown(replace(line, achieved=()))
    assert missed(replace(line, achieved=(("x", Decimal(0)),)))


def test_results_are_compared_with_their_own_expected_value() -> None:
    lines = said("quali indicatori hanno un risultato superiore all'atteso?")
    assert lines[0] == "1 indicatore ha un risultato superiore all'atteso, su 1 che si possono confrontare:"
    assert said("indicatori sotto il target")[0].startswith("0 indicatori hanno un risultato inferiore")


def test_a_degree_of_achievement_is_not_a_result() -> None:
    assert said("chi è sotto il 70 % di raggiungimento?")[0].startswith("2 indicatori hanno un grado di raggiungimento sotto 70 %, su 17")


def test_who_is_over_a_limit_in_the_unit_of_the_limit() -> None:
    lines = said("chi ha superato l'80 % di raccolta differenziata?")
    assert lines[0] == "1 indicatore ha un risultato oltre 80 %, su 2 con un risultato in percentuale:"
    assert lines[1:] == ["- Raccolta differenziata: 81% (Comune di Acquaforte, 2022) [r.pdf, p. 7]"]
    assert said("chi è sotto i 10 minuti di attesa?")[1].startswith("- Tempo medio di attesa (minuti): 9")


def test_without_results_in_percent_the_declared_degrees_are_compared() -> None:
    lines = said("quali obiettivi sono sotto il 50% nel verde pubblico?")
    assert lines[0] == "1 indicatore ha un grado di raggiungimento sotto 50 %, su 1 che lo dichiarano:"


def test_who_has_the_highest_and_the_lowest() -> None:
    assert said("chi ha il valore più alto di raccolta differenziata?")[0] == (
        "Il risultato più alto è 81%, Comune di Acquaforte, su 2 confrontati:")
    assert said("quale ente ha il tempo di attesa più basso?")[0].startswith("Il risultato più basso è 9 min, Comune di Roccamora")


@pytest.mark.parametrize("question", ["quante scuole devono firmare il patto?", "voto minimo atteso nel questionario",
                                      "perché i rifiuti sono aumentati", "obiettivi del 2022 sul verde"])
def test_other_questions_are_answered_from_the_results(question: str) -> None:
    assert answer(SearchResult(question, searched=1), Archive()).asked != "whole"


@pytest.mark.parametrize(
    ("question", "number", "unit", "above"),
    [("chi ha superato l'80 %", 80, "%", True), ("quali stanno sotto i 30 giorni", 30, "giorni", False),
     ("chi ha speso più di 12.000 euro", 12000, "€", True), ("quali hanno meno del 50 per cento", 50, "%", False),
     ("chi ne ha fatti almeno 5", 5, None, True)],
)
def test_limits_are_read_with_their_unit(question: str, number: int, unit: str | None, above: bool) -> None:
    limit = limit_asked(question)
    assert limit is not None
    assert (limit.number, limit.unit, limit.above) == (number, unit, above)


def test_a_year_is_no_limit() -> None:
    assert limit_asked("quali obiettivi oltre il 2022") is None
