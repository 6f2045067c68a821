"""Passages: every word of a document in one of them, each with its place, the context apart from the words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cards.model import Card, Document, Indicator, Source
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.passages import passages_of
from ingest.passages_text import clean, cut, sentences
from ingest.readers import read_blocks

DOCUMENT = Document(name="relazione.txt", entity="Comune di Roccamora", year=2024)


def blocks_of(*blocks: Block, page_texts: tuple[str, ...] = ()) -> Blocks:
    return Blocks("relazione.txt", "text", blocks, page_texts=page_texts)


def paragraph(line: int, text: str, page: int | None = None) -> Block:
    return Block("paragraph", Place(page, line), text)


def table(*rows: tuple[int, tuple[str, ...]], page: int | None = None) -> Block:
    made = tuple(Row(cells, Place(page, line)) for line, cells in rows)
    return Block("table", made[0].place, rows=made)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".pdf"])
def test_every_word_of_the_real_documents_is_in_a_passage_with_its_place(shared: Path, suffix: str) -> None:
    for path in sorted((shared / "corpus").glob(f"*{suffix}")):
        blocks = read_blocks(path, Limits(), path.name)
        passages = passages_of(blocks, (), DOCUMENT)
        source = [w for b in blocks.blocks for w in words(clean(b.text))]
        source += [w for b in blocks.blocks for row in b.rows for cell in row.cells for w in words(clean(cell))]
        held = {w for p in passages for w in words(p.text)}
        assert sum(w in held for w in source) / len(source) >= 0.995, path.name
        assert all(p.page is not None or p.lines for p in passages)
        assert max(len(p.text) for p in passages) <= 1100


def test_lines_of_a_text_passage_hold_its_words(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for passage in passages_of(read_blocks(path, Limits(), path.name), (), DOCUMENT):
            first, last = passage.lines
            spoken = set(words(clean(" ".join(lines[first - 1 : last]))))
            assert set(words(passage.text)) <= spoken, (path.name, passage.lines)


def test_context_is_apart_from_the_documents_words() -> None:
    blocks = blocks_of(
        Block("heading", Place(line=1), "AMBIENTE", level=1),
        table((2, ("Indicatore", "Atteso", "Raggiunto")), (3, ("Cestini negli uffici del palazzo", "50", "0"))),
    )
    (passage,) = passages_of(blocks, (), DOCUMENT)
    assert passage.text == "AMBIENTE\nIndicatore | Atteso | Raggiunto\nCestini negli uffici del palazzo | 50 | 0"
    assert passage.context.startswith("Comune di Roccamora, 2024")
    assert "Atteso 50" in passage.context
    assert passage.lines == (1, 3)


def test_a_row_whose_first_cells_are_blank_knows_the_cells_above() -> None:
    purpose = "Ridurre i tempi con cui l'ufficio risponde alle famiglie che chiedono un posto " * 4
    blocks = blocks_of(
        table(
            (1, ("Obiettivo", "Indicatore", "Scopo", "Atteso")),
            (2, ("Tempi delle risposte", "Giorni medi", purpose, "10")),
            (3, ("", "Lettere spedite in ritardo", purpose, "3")),
        )
    )
    last = passages_of(blocks, (), DOCUMENT)[-1]
    assert last.text.startswith("Lettere spedite in ritardo")
    assert "Tempi delle risposte" in last.context


def test_a_label_stays_with_what_it_announces() -> None:
    told = "il finanziamento non è arrivato in tempo utile per tenere il corso entro l'estate " * 4
    blocks = blocks_of(paragraph(1, told), paragraph(2, "Motivazione:"), paragraph(3, "la sala non era agibile"))
    passages = passages_of(blocks, (), DOCUMENT)
    (holder,) = [p for p in passages if "la sala non era agibile" in p.text]
    assert "Motivazione:" in holder.text
    assert holder.kind == "motivation"


def test_a_card_lays_its_identity_over_its_lines_and_no_further() -> None:
    card = Card(
        id="abc", title="Meno attese allo sportello", unit="Servizi demografici", source=Source(lines=(2, 3)),
        indicators=(Indicator(name="Giorni medi di attesa", targets={"2024": "5"}, actuals={"2024": "7"}),),
    )
    far = "Le altre attività dell'ente proseguono come previsto dal programma di mandato. " * 4
    blocks = blocks_of(
        table((2, ("Indicatore", "Atteso", "Raggiunto")), (3, ("Giorni medi di attesa", "5", "7"))), paragraph(9, far)
    )
    inside, outside = passages_of(blocks, (card,), DOCUMENT)
    assert inside.card_id == "abc"
    assert "Meno attese allo sportello" in inside.context
    assert "atteso 5 (2024), raggiunto 7 (2024)" in inside.context
    assert outside.card_id is None


def test_a_note_knows_the_name_behind_its_code() -> None:
    blocks = blocks_of(
        table((1, ("codice", "indicatore", "valore")), (2, ("00412", "Bambini accolti negli spazi gioco", "31"))),
        paragraph(5, "Indicatore 00412: il dato non è rilevabile, gli spazi sono rimasti chiusi."),
    )
    assert "Bambini accolti" in passages_of(blocks, (), DOCUMENT)[-1].context


def test_a_row_over_a_page_end_is_parted_where_the_page_turns() -> None:
    before, after = "Il progetto comincia con il censimento degli alberi", "e finisce con la posa di nuove siepi"
    blocks = blocks_of(paragraph(1, f"{before} {after}", page=1), page_texts=(f"testa {before}", f"{after} coda"))
    first, second = passages_of(blocks, (), DOCUMENT)
    assert (first.text, first.page) == (before, 1)
    assert (second.text, second.page) == (after, 2)


def test_sentences_do_not_end_at_abbreviations() -> None:
    text = "Visto l'art. 5 del D.Lgs. 150/2009 si procede. La Giunta n. 4 ha deciso. Fine."
    assert sentences(text) == ["Visto l'art. 5 del D.Lgs. 150/2009 si procede.", "La Giunta n. 4 ha deciso.", "Fine."]


def test_cutting_keeps_every_word_in_order() -> None:
    text = " ".join(f"La frase numero {n} dice una cosa diversa dalle altre." for n in range(80)) + " parola" * 400
    pieces = cut(text)
    assert " ".join(pieces) == text
    assert max(map(len, pieces)) <= 1000


def test_markup_is_no_word() -> None:
    assert clean("**Peso** <p>del [link](http://x.it) <u>testo</u></p> a<b _sì_") == "Peso del link testo a<b sì"


def test_an_empty_document_has_no_passages() -> None:
    assert passages_of(blocks_of(), (), DOCUMENT) == ()
    assert passages_of(blocks_of(paragraph(1, "- - -")), (), DOCUMENT) == ()
