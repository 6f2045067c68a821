"""What is exported is read back: the same card, in each layout, F1 at least 0.99 leaf by leaf."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cards.model import Card, Indicator, Phase
from exports import export_cards, office
from exports.layouts import LAYOUTS
from ingest.dialects._own_rows import read_row
from ingest.reading import read
from prompts.drafting import Need, draft_card
from tests.prompts.conftest import SAMPLES

SKIPPED = {"id", "source", "provenance", "document_type"}


def leaves(value: Any, path: str = "") -> dict[str, str]:
    """Filled values by path, spaces and case apart."""
    if isinstance(value, dict):
        return {p: v for k, x in value.items() if path or k not in SKIPPED for p, v in leaves(x, f"{path}.{k}").items()}
    if isinstance(value, list):
        return {p: v for n, x in enumerate(value) for p, v in leaves(x, f"{path}[{n}]").items()}
    return {} if value in (None, "") else {path: " ".join(str(value).split()).casefold()}


def f1(expected: Card, found: Card) -> tuple[float, list[str]]:
    """Leaf F1 and the leaves that differ."""
    left, right = leaves(expected.to_json()), leaves(found.to_json())
    same = sum(right.get(path) == value for path, value in left.items())
    wrong = [f"{p}: {left.get(p)!r} / {right.get(p)!r}" for p in sorted({*left, *right}) if left.get(p) != right.get(p)]
    return 2 * same / (len(left) + len(right)), wrong


def back(card: Card, layout: str, format: str, folder: Path) -> Card:
    """The card read from its own export."""
    content, name, _ = export_cards([card], format, layout)
    path = folder / name
    path.write_bytes(content)
    found = [c for c in read(path).cards if c.kind == card.kind]
    assert len(found) == 1, [c.title for c in found]
    return found[0]


@pytest.mark.parametrize("format", ["docx", "xlsx"])
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_drafts(layout: str, format: str, tmp_path: Path) -> None:
    cards = [c for path in sorted(SAMPLES.glob("*.txt")) for c in read(path).cards if c.kind in ("objective", "indicator")]
    for precedent in [None, *cards[::3]]:
        title = precedent.title if precedent else "Riduzione dei tempi di pagamento"
        need = Need(
            title or "Obiettivo", "Settore Uno", 2026, "Comune di Roccamora", "Nel 2025 le richieste sono state 312", layout
        )
        card = draft_card(need, [precedent] if precedent else [])
        score, wrong = f1(card, back(card, layout, format, tmp_path))
        assert score >= 0.99, wrong


def test_a_full_card_in_the_neutral_layout(full_card: Card, tmp_path: Path) -> None:
    for format in ("docx", "xlsx"):
        score, wrong = f1(full_card, back(full_card, "neutro", format, tmp_path))
        assert score == 1, wrong


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_full_card_keeps_its_struck_phase(layout: str, full_card: Card, tmp_path: Path) -> None:
    found = back(full_card, layout, "docx", tmp_path)
    old = [p for p in found.phases if p.status in ("replaced", "eliminated")]
    assert [p.text for p in old] == ["Analisi"]


def test_days_and_months_are_printed_the_italian_way(full_card: Card, unit_table: Card) -> None:
    printed = export_cards([full_card, unit_table], "csv")[0].decode("utf-8-sig")
    assert not re.findall(r"\b20\d\d-\d\d", printed)
    assert "31/12/2026: 100%" in printed
    assert "01/2026: 50%" in printed
    assert "Esito al 30/09/2026" in printed


def test_a_sheet_printed_with_days_of_the_contract_is_still_read() -> None:
    assert read_row("phases", ["Fase", "Avanzamento atteso"], ["A", "2026-07-31: 40%; 2026-12-31: 100%"])["due"] == {
        "2026-07-31": "40%", "2026-12-31": "100%"}
    assert read_row("items", ["Codice obiettivo", "Esito al 2026-07-31"], ["A", "ok"])["outcomes"] == [
        {"at": "2026-07-31", "label": "ok"}]


def test_a_unit_table(unit_table: Card, tmp_path: Path) -> None:
    score, wrong = f1(unit_table, back(unit_table, "neutro", "docx", tmp_path))
    assert score == 1, wrong


def test_several_cards_in_one_document(full_card: Card, tmp_path: Path) -> None:
    second = full_card.replace(title="Secondo obiettivo", code="S1.00002", number="8", variations=())
    for layout in LAYOUTS:
        content, name, _ = export_cards([full_card, second], "docx", layout)
        path = tmp_path / f"{layout}-{name}"
        path.write_bytes(content)
        titles = [c.title for c in read(path).cards if c.kind == "objective"]
        assert titles == [full_card.title, "Secondo obiettivo"], layout


def wide_card() -> Card:
    """A card whose PDF goes over several pages: a text and a phase longer than a cell may be, many years of indicators."""
    long = " ".join(f"parola{n} del testo" for n in range(90))
    indicators = [
        Indicator(code=f"{n:05d}", name=f"Tempo medio di rilascio numero {n}", kind="tempo", formula=f"somma giorni / pratiche {n}",
                  baseline="1.234,50 €", history={str(y): f"{y - 2000},50%" for y in (2024, 2025, 2026)}, weight="20",
                  targets={str(y): "≤ 30 giorni" for y in (2027, 2028, 2029)}, actuals={"2027": "12.000,00 €"}, note="da verificare")
        for n in range(1, 6)
    ]  # fmt: skip
    phases = [Phase(number=str(n), text=long if n == 2 else f"Fase {n}", weight="25%", start="01/02/2027") for n in range(1, 5)]
    return Card(
        entity="Comune di Roccamora", year=2027, code="S1.00007", title="Obiettivo con molte pagine", unit="Settore Uno",
        purpose=long[:900], description=long, strategic_line="Linea uno", phases=tuple(phases), indicators=tuple(indicators),
    )  # fmt: skip


@pytest.mark.parametrize("layout", ["cremona"])
def test_a_wide_card_printed_by_our_own_hand_over_several_pages(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "available", lambda: False)
    score, wrong = f1(wide_card(), back(wide_card(), layout, "pdf", tmp_path))
    assert score >= 0.99, wrong


def test_two_cards_of_one_title_stay_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The head of a sheet repeated on a new page opens no sheet, that of a second sheet does."""
    monkeypatch.setattr(office, "available", lambda: False)
    twice = [wide_card(), wide_card().replace(number="2")]
    (tmp_path / "due.pdf").write_bytes(export_cards(twice, "pdf", "neutro")[0])
    assert [(c.title, len(c.indicators), c.number) for c in read(tmp_path / "due.pdf").cards] == [
        ("Obiettivo con molte pagine", 5, None), ("Obiettivo con molte pagine", 5, "2")]  # fmt: skip
