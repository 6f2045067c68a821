"""What a layout does not let one read back is added below it: the sheet, read again, gives the very cards it was made of."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Step
from hypothesis import strategies as st

from cards.model import Card, Indicator, Outcome, Phase, Resource, StaffShare, Variation
from exports import FORMATS, export_cards
from exports.docx import sheet_docx
from exports.layouts import LAYOUTS, lay_out
from exports.proof import blocks_of, differing_fields, differing_lists, plain, read_back, same, twins
from ingest.readers import read_blocks
from ingest.reading import read

WORDS = st.sampled_from(
    ["Ridurre i tempi", "≥ 98,5%", "entro il 30/06/2027", "per l'utenza (sportello)", "n. 3 – 5", "Fase", "Peso", "Totale", "12.000,00 €",
     "S1.00001", "06' 29\"", "a. primo; b. secondo", "2026: 5; 2027: 6", "Sì/no", "Target 2027", "§ 4 «quinto»", "-0,5", "=A1", "+3%"]
)  # fmt: skip
TEXT = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
LINES = st.lists(TEXT, min_size=1, max_size=3).map("\n".join)
NUMBER = st.sampled_from(["≥ 80%", "15%", "0,25", "1.190", "2.24", "12.000,00 €", "30.000/8", "31/12/2027", "entro novembre", "Sì", "04", "=="])
DAY = st.sampled_from(["01/01/2027", "30/06/2027", "31/12/2028"])
maybe = st.none
STEPS = (Step.explicit, Step.reuse, Step.generate)  # a failing card is shown as it is: making it smaller takes minutes


def series(values: Any) -> Any:
    return st.dictionaries(st.sampled_from(["2025", "2026", "2027", "2028", "a.s. 2026/2027"]), values, max_size=3)


PHASE = st.builds(
    Phase, number=maybe() | st.sampled_from(["1", "2", "3-bis"]), text=LINES, weight=maybe() | NUMBER, start=maybe() | DAY,
    end=maybe() | DAY, assigned_to=maybe() | TEXT, schedule=st.dictionaries(st.sampled_from(["2027-01", "2027-07", "2028"]), NUMBER),
    due=st.dictionaries(st.sampled_from(["2027-07-31", "2027-12-31"]), NUMBER), status=maybe() | st.sampled_from(["active", "replaced", "eliminated"]),
)  # fmt: skip
INDICATOR = st.builds(
    Indicator, code=maybe() | st.just("N07"), name=TEXT, kind=maybe() | st.sampled_from(["quantita", "tempo", "costo", "qualita"]),
    formula=maybe() | LINES, unit=maybe() | TEXT, baseline=maybe() | NUMBER, history=series(NUMBER), targets=series(NUMBER),
    interim=series(NUMBER), actuals=series(NUMBER), deviation=maybe() | NUMBER, weight=maybe() | NUMBER, note=maybe() | LINES,
    targets_by_plan=st.dictionaries(st.sampled_from(["2026", "2027"]), st.just({"2027": "≥ 3"}), max_size=2),
    status=maybe() | st.sampled_from(["eliminated"]),
)  # fmt: skip
CARD = st.builds(
    Card, kind=st.sampled_from(["objective", "service"]), entity=st.just("Comune di Roccamora"), year=st.just(2027), title=TEXT,
    code=maybe() | st.just("S1.00001"), number=maybe() | st.just("12"), unit=maybe() | TEXT, responsible=maybe() | TEXT,
    mission=maybe() | st.just("04"), mission_name=maybe() | TEXT, strategic_line=maybe() | TEXT, purpose=maybe() | LINES,
    description=maybe() | LINES, horizon=maybe() | st.just("2027 - 2029"), weight=maybe() | NUMBER, status=maybe() | st.just("new"),
    activities=st.lists(TEXT, max_size=2).map(tuple), phases=st.lists(PHASE, max_size=7).map(tuple),
    indicators=st.lists(INDICATOR, max_size=9).map(tuple),
    staff=st.lists(st.builds(StaffShare, name=TEXT, share=maybe() | NUMBER), max_size=2).map(tuple),
    resources=st.lists(st.builds(Resource, description=TEXT, cost=maybe() | NUMBER), max_size=2).map(tuple),
    outcomes=st.lists(st.builds(Outcome, at=maybe() | st.just("2027-12-31"), label=TEXT), max_size=2).map(tuple),
    variations=st.lists(st.builds(Variation, action=st.just("change_target"), object=st.just("indicator"), old=NUMBER, new=NUMBER,
                                  name=TEXT, reason=LINES), max_size=2).map(tuple),
)  # fmt: skip


def differences(card: Card, found: Card | None) -> list[str]:
    """What did not come back, each with what was there and what was read."""
    if found is None:
        return ["absent"]
    names = [*differing_fields(card, found), *differing_lists(card, found)]
    return [f"{name}: {plain(getattr(card, name))} / {plain(getattr(found, name))}" for name in names]


@pytest.mark.parametrize("layout", list(LAYOUTS))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=STEPS)
@given(card=CARD)
def test_any_card_comes_back_from_any_layout(layout: str, card: Card) -> None:
    found = read_back(lay_out([card], layout))
    assert not differences(card, twins([card], found)[0])
    assert len(found) == 1


@pytest.mark.parametrize("format", [f for f in FORMATS if f != "pdf"])
@settings(max_examples=20, deadline=None, phases=STEPS,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(card=CARD, layout=st.sampled_from(list(LAYOUTS)))
def test_any_card_comes_back_from_its_file(format: str, tmp_path: Path, card: Card, layout: str) -> None:
    path = tmp_path / f"scheda.{format}"
    path.write_bytes(export_cards([card], format, layout)[0])
    found = read(path).cards
    assert not differences(card, twins([card], found)[0])
    assert len(found) == 1


def test_the_blocks_of_a_sheet_are_those_of_its_docx(full_card: Card, tmp_path: Path) -> None:
    for layout in LAYOUTS:
        sheet = lay_out([full_card], layout)
        (tmp_path / "a.docx").write_bytes(sheet_docx(sheet))
        written = [(b.kind, b.text, [r.cells for r in b.rows]) for b in read_blocks(tmp_path / "a.docx").blocks]
        assert written == [(b.kind, b.text, [r.cells for r in b.rows]) for b in blocks_of(sheet).blocks], layout


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_cards_of_real_documents_come_back(layout: str, shared: Path) -> None:
    """One card in five of the gold files: every system of cards in every layout."""
    lines = (shared / "evals" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[::5]:
        card = Card.model_validate(without_marks(json.loads(line)))
        assert not differences(card, twins([card], read_back(lay_out([card], layout)))[0]), (layout, card.title)


@pytest.mark.parametrize("format", ["pdf", "odt", "csv", "json"])
def test_cards_of_real_documents_come_back_from_other_files(format: str, shared: Path, tmp_path: Path) -> None:
    lines = (shared / "evals" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for n, line in enumerate(lines[::12]):
        card = Card.model_validate(without_marks(json.loads(line)))
        path = tmp_path / f"scheda.{format}"
        path.write_bytes(export_cards([card], format, list(LAYOUTS)[n % len(LAYOUTS)])[0])
        assert not differences(card, twins([card], read(path).cards)[0]), card.title


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_whole_document_comes_back(layout: str, shared: Path, tmp_path: Path) -> None:
    documents: dict[str, list[Card]] = {}
    for line in (shared / "evals" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines():
        card = Card.model_validate(without_marks(json.loads(line)))
        documents.setdefault(card.source.document or "", []).append(card)
    cards = min(documents.values(), key=len)
    (tmp_path / "piano.docx").write_bytes(export_cards(cards, "docx", layout)[0])
    found = read(tmp_path / "piano.docx").cards
    assert len(found) == len(cards)
    assert all(same(card, twin) for card, twin in zip(cards, twins(cards, found), strict=True))


def test_a_layout_keeps_its_own_form(full_card: Card) -> None:
    """The further data are beside the layout, never instead of it."""
    for layout, mark in (("segrate", "OBIETTIVO GESTIONALE"), ("cremona", "Barometro"), ("bellusco", "DEFINIZIONE OBIETTIVO"),
                         ("terre-argine", "Fasi/Attività"), ("terre-argine-dup", "codice indicatore")):  # fmt: skip
        words = io.StringIO()
        for block in blocks_of(lay_out([full_card], layout)).blocks:
            words.write(" ".join([block.text, *(cell for row in block.rows for cell in row.cells)]))
        assert mark.casefold() in words.getvalue().casefold(), layout


def without_marks(value: Any) -> Any:
    """Gold data without the scorer's own notes."""
    if isinstance(value, dict):
        return {k: without_marks(v) for k, v in value.items() if k != "_optional"}
    return [without_marks(v) for v in value] if isinstance(value, list) else value
