"""Cards as files of data: JSON by the contract, our CSV list; what is not a card is said, and named by its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cards.errors import UnreadableFile
from cards.model import Card, Indicator
from exports import export_cards
from ingest.files import find_files
from ingest.reading import read

CARD = Card(title="Ridurre i tempi", year=2027, code="S1.00001", indicators=(Indicator(name="Giorni", targets={"a.s. 2026/2027": "≤ 3"}),))


@pytest.mark.parametrize("shape", ["one", "list", "cards", "lines"])
def test_every_shape_of_json(shape: str, tmp_path: Path) -> None:
    data = CARD.to_json()
    second = CARD.replace(title="Secondo").to_json()
    text = {"one": json.dumps(data), "list": json.dumps([data, second], indent=2), "cards": json.dumps({"cards": [data, second]}),
            "lines": json.dumps(data) + "\n" + json.dumps(second) + "\n"}[shape]  # fmt: skip
    path = tmp_path / "schede.json"
    path.write_text(text, encoding="utf-8")
    reading = read(path)
    assert [card.title for card in reading.cards] == (["Ridurre i tempi"] if shape == "one" else ["Ridurre i tempi", "Secondo"])
    first = reading.cards[0]
    assert first.indicators == CARD.indicators
    assert first.code == "S1.00001"
    assert first.place("indicators[0].targets.a.s. 2026/2027").line is not None
    assert any("Giorni" in passage.text for passage in reading.passages)


@pytest.mark.parametrize(
    ("text", "said"),
    [("{", "JSON non valido"), ("[]", "non contiene schede"), ('{"name": "npm"}', "name"), ('"ciao"', "non contiene schede"),
     ("[" * 200_000, "JSON non valido"), ('[{"title": "a", "year": "mille"}]', "year")],
)  # fmt: skip
def test_what_is_no_card_is_one_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=said) as error:
        read(path)
    assert "\n" not in str(error.value)


def test_a_bad_card_among_good_ones_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([CARD.to_json(), {"titolo": "x"}]), encoding="utf-8")
    reading = read(path)
    assert len(reading.cards) == 1
    assert [n.message for n in reading.warnings if "scheda 2" in n.message]


def test_json_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text("{}", encoding="utf-8")
    (tmp_path / "piano.txt").write_text("Piano", encoding="utf-8")
    assert [path.name for path in find_files([tmp_path])] == ["piano.txt"]
    assert [path.name for path in find_files([tmp_path / "package.json"])] == ["package.json"]


def test_the_list_keeps_its_apostrophes_out_of_the_values(tmp_path: Path) -> None:
    card = CARD.replace(description="=1+1", purpose="'già", indicators=(Indicator(name="-x", deviation="-0,5", targets={"2027": "+3%"}),))
    path = tmp_path / "elenco.csv"
    path.write_bytes(export_cards([card], "csv")[0])
    found = read(path).cards[0]
    assert (found.description, found.purpose) == ("=1+1", "'già")
    assert found.indicators == card.indicators
