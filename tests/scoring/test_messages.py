"""Messages as a person reads them: one is not many, a month has no article, "meno" is not "più"."""

from __future__ import annotations

from cards.model import Card, Document, Indicator, Outcome, Phase, Reading
from scoring.check import check
from scoring.profiles import load_profile


def messages(card: Card) -> str:
    reading = Reading(document=Document(name="piano.xlsx", year=2025, document_type="piano_performance"), cards=(card,))
    report = check(reading, load_profile("neutro"))
    return "\n".join([*(finding.message for finding in report.findings), *(skipped.why for skipped in report.not_run)])


def test_one_phase_one_indicator_one_card() -> None:
    text = messages(
        Card(
            title="Piano del verde entro marzo 2025",
            year=2025,
            start="gennaio 2025",
            end="giugno 2025",
            phases=(Phase(number="1", text="Bando", weight="60", end="luglio 2025"),),
            outcomes=(Outcome(at="2025-06-30", percent="100%"),),
            indicators=(Indicator(name="Alberi piantati", weight="40", targets={"2025": "9", "2026": "9", "2027": "9"}),),
        )
    )
    for words in (
        "L'unico indicatore pesa 40, non 100.",
        "L'unica fase con un peso vale 60, non 100.",
        "la fase 1 finisce luglio 2025, ma l'obiettivo va entro giugno 2025.",
        "Il titolo dice «entro marzo 2025», ma la fase 1 finisce dopo.",
        "ma la fase 1 finisce dopo (peso 60).",
        "«Alberi piantati»: il valore atteso resta fermo per tutto il triennio",
        "qui c'è una scheda.",
    ):
        assert words in text


def test_a_weaker_target_is_said_so_in_both_directions() -> None:
    days = Indicator(name="Tempo medio di rilascio (giorni)", targets={"2025": "30"}, history={"2024": "25"})
    assert "il valore atteso 30 è meno impegnativo di 25 (risultato 2024)" in messages(
        Card(title="Permessi", year=2025, indicators=(days,))
    )
