"""The search over an index in memory: precedents first, silence when there is nothing, any question without error."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from store.records import StoredPassage
from store.search import search_index
from store.search_index import IndexCache, SearchIndex
from store.search_values import Filters, SearchResult

A, B = "Comune di Roccamora", "Comune di Acquaforte"
SAID = [
    (A, 2022, "c1", "Cestini per la raccolta differenziata negli uffici | 50 | 0", "Ambiente"),
    (A, 2022, "c1", "Campagne informative sui rifiuti realizzate nelle scuole | 4 | 4", "Ambiente"),
    (A, 2022, "c2", "Tempo medio di pagamento delle fatture ai fornitori | 30 giorni | 28 giorni", "Bilancio"),
    (B, 2021, "c3", "Asilo nido: domande accolte sul totale delle domande pervenute | 98% | 99%", "Infanzia"),
    (B, 2021, "c4", "Dipendenti in lavoro agile | >10 | 25", "Personale"),
    (B, 2021, None, "La Giunta ha approvato il regolamento della polizia locale con deliberazione n. 60 del 21/12/2021.", ""),
]


def passage(number: int, entity: str, year: int, card: str | None, text: str, context: str) -> StoredPassage:
    return StoredPassage(f"p{number}", entity, f"{entity}.pdf", number, card, "indicator", text, f"{entity}, {year} > {context}",
                         number + 1, (number + 1,), entity, year, context or None, None)


PASSAGES = [passage(n, *said) for n, said in enumerate(SAID)]
INDEX = SearchIndex.of(PASSAGES)


def ask(question: str, filters: Filters = Filters(), index: SearchIndex = INDEX) -> SearchResult:  # noqa: B008 - frozen
    return search_index(question, index, None, None, 5, filters)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("come abbiamo misurato la raccolta differenziata?", "Cestini"),
        ("in quanti giorni si pagano le fatture", "Tempo medio di pagamento"),
        ("posti al nido", "Asilo nido"),
        ("impiegati in smart working", "Dipendenti in lavoro agile"),
        ("delibera 60 del 21 dicembre 2021 sui vigili", "La Giunta ha approvato"),
        ("camapgne informative sui rifiuti", "Campagne informative"),
    ],
)
def test_the_precedent_comes_first(question: str, found: str) -> None:
    result = ask(question)
    assert not result.abstained
    assert result.hits[0].text.startswith(found)
    assert result.hits[0].rank == 1
    assert result.hits[0].page is not None


@pytest.mark.parametrize("question", ["regole per i droni della marina", "gondole e vaporetti", "ricetta della pizza napoletana"])
def test_silence_when_there_is_nothing(question: str) -> None:
    result = ask(question)
    assert result.abstained
    assert result.hits == ()
    assert result.to_json()["results"] == []
    assert len(result.nearest) <= 3
    assert result.searched == len(PASSAGES)


def test_the_words_met_nowhere_are_said_as_they_were_typed() -> None:
    assert "droni" in ask("regole per i droni della marina").unknown


def test_what_another_body_has_is_no_answer_for_the_one_named() -> None:
    assert ask("dipendenti in lavoro agile ad Acquaforte").hits[0].entity == B
    assert ask("dipendenti in lavoro agile a Roccamora").abstained


def test_how_the_others_do_leaves_our_own_out_and_gives_each_body_its_turn() -> None:
    many = [passage(n, entity, 2022, f"c{n}", f"Raccolta differenziata dei rifiuti, campagna {n}", "Ambiente")
            for n, entity in enumerate((A, A, A, B, "Unione Valchiara"))]
    index = SearchIndex.of(many)
    found = search_index("raccolta differenziata dei rifiuti: come fanno gli altri?", index, None, None, 5, own="Acquaforte")
    assert [c.field for c in found.constraints] == ["apart"]
    assert [h.entity for h in found.hits][:2] in ([A, "Unione Valchiara"], ["Unione Valchiara", A])
    assert B not in {h.entity for h in found.hits}
    assert {h.entity for h in ask("raccolta differenziata", Filters(apart=A), index).hits} == {B, "Unione Valchiara"}


def test_filters_leave_the_rest_out_and_an_empty_selection_is_silence() -> None:
    assert {h.entity for h in ask("raccolta differenziata", Filters(entity="roccamora")).hits} == {A}
    assert ask("raccolta differenziata", Filters(year=1999)).abstained


@pytest.mark.parametrize(
    "question",
    ["", "   ", "???!!!", "a" * 10_000, "rifiuti " * 1_250, "<script>alert(1)</script>", "'; DROP TABLE passages; --", "\x00\x01",
     "how many days to pay invoices", "%%% {} [] \\ \n\t", "perché", "🙂" * 50, "S1.00001", "1" * 500],
)
def test_any_question_is_answered_without_error(question: str) -> None:
    result = ask(question)
    assert result.query == question
    assert set(result.to_json()) == {"query", "answer", "abstained", "results"}


def test_an_empty_archive_is_silent() -> None:
    assert ask("raccolta differenziata", index=SearchIndex.of([])).abstained


def test_every_line_of_a_result_is_the_documents_own_and_on_its_page() -> None:
    same_page = [replace(p, page=1, lines=(p.position + 1,)) for p in PASSAGES[:3]]
    hit = ask("campagne informative", index=SearchIndex.of(same_page)).hits[0]
    assert hit.text.split("\n")[0] == same_page[1].text
    assert set(hit.text.split("\n")) == {p.text for p in same_page[:2]}, "the sibling of the same card, not of another"
    assert hit.lines == (1, 2)


def test_neighbours_on_another_page_are_not_shown() -> None:
    assert "\n" not in ask("campagne informative").hits[0].text


def test_the_same_document_in_two_formats_is_one_result() -> None:
    copies = [replace(p, id=p.id + "t", document_id="copia", document="copia.txt", page=None) for p in PASSAGES]
    result = ask("raccolta differenziata negli uffici", index=SearchIndex.of([*PASSAGES, *copies]))
    assert sum("Cestini" in h.text for h in result.hits) == 1
    assert result.hits[0].also_in or result.hits[0].document == "copia.txt"


class _Vectors:
    """Vectors that know one thing: which passage is near every question."""

    def __init__(self, near: str) -> None:
        self.near = near
        self.asked: list[Mapping[str, object] | None] = []

    def query(self, vector: object, n: int = 10, where: Mapping[str, object] | None = None) -> list[tuple[str, float]]:
        self.asked.append(where)
        return [(self.near, 0.93), *((p.id, 0.80) for p in PASSAGES if p.id != self.near)][:n]


class _Embedder:
    def query(self, text: str) -> np.ndarray:
        return np.ones(3, np.float32)


def test_meaning_finds_what_no_word_says_and_the_filter_reaches_the_vectors() -> None:
    vectors = _Vectors("p4")
    result = search_index("telelavoratori a distanza ad Acquaforte", INDEX, _Embedder(), vectors, 3)
    assert vectors.asked == [{"entity": [B], "year": [2021]}]
    assert (result.hits or result.nearest)[0].passages[0] == "p4"


class _Documents:
    """An archive of passages by document, that counts what is read."""

    def __init__(self, held: list[StoredPassage]) -> None:
        self.held, self.marks, self.read = held, {A: 1, B: 1}, []

    def prints(self) -> dict[str, object]:
        return {document: mark for document, mark in self.marks.items() if any(p.document_id == document for p in self.held)}

    def passages(self, documents: Collection[str] | None) -> Iterator[StoredPassage]:
        self.read.append(documents)
        return (p for p in self.held if documents is None or p.document_id in documents)


def test_in_a_running_process_only_what_changed_is_read_again(tmp_path: Path) -> None:
    cache, source = IndexCache(), _Documents(list(PASSAGES))
    first = cache.get("archivio", 1, source, tmp_path / "ricerca.indice")
    assert cache.get("archivio", 1, source, None) is first
    source.held[0] = replace(PASSAGES[0], text="Panchine nei giardini pubblici")
    source.marks[A] = 2
    second = cache.get("archivio", 2, source, None)
    assert source.read == [None, [A]]
    assert ask("panchine nei giardini", index=second).hits[0].text.startswith("Panchine")
    assert ask("lavoro agile", index=second).hits[0].text.startswith("Dipendenti")
    source.held = [p for p in source.held if p.document_id == A]
    third = cache.get("archivio", 3, source, None)
    assert [p.document_id for p in third.passages] == [A] * len(third.passages)
    assert source.read == [None, [A]]


def test_a_new_process_reads_only_what_changed_since_the_index_was_saved(tmp_path: Path) -> None:
    saved, source = tmp_path / "ricerca.indice", _Documents(list(PASSAGES))
    first = IndexCache().get("archivio", 1, source, saved)
    assert list(IndexCache().get("archivio", 1, source, saved).passages) == list(first.passages) == PASSAGES
    assert source.read == [None], "nothing is read where nothing changed"
    source.held[0] = replace(PASSAGES[0], text="Panchine nei giardini pubblici")
    source.held[1] = replace(PASSAGES[1], text="Panchine verniciate", page=None, lines=(), card_id=None)
    source.marks[A] = 2
    mended = IndexCache().get("archivio", 2, source, saved)
    assert source.read == [None, [A]]
    assert ask("panchine nei giardini", index=mended).hits[0].text.startswith("Panchine")
    assert ask("lavoro agile", index=mended).hits[0].text.startswith("Dipendenti")
    assert ask("campagne informative nelle scuole", index=mended).abstained
    again = IndexCache().get("archivio", 2, source, saved)
    assert source.read == [None, [A]], "what was mended was saved"
    assert list(again.passages) == [*PASSAGES[3:], *source.held[:3]]
    for question in ("panchine nei giardini", "tempo di pagamento", "asilo nido domande accolte"):
        assert ask(question, index=again).hits == ask(question, index=SearchIndex.of(list(again.passages))).hits


def test_passages_are_found_by_their_ids() -> None:
    assert INDEX.passages.places(["p3", "ignoto", "p0", "zzz"]) == [3, None, 0, None]
    assert SearchIndex.of([]).passages.places(["p3"]) == [None]
    assert INDEX.passages[-1] == PASSAGES[-1]


@pytest.mark.parametrize("damage", [lambda data: b"guasto", lambda data: data[:-7], lambda data: data[:30] + b"x" + data[31:],
                                    lambda data: b""])
def test_a_damaged_index_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    saved, source = tmp_path / "ricerca.indice", _Documents(list(PASSAGES))
    IndexCache().get("archivio", 1, source, saved)
    saved.write_bytes(damage(saved.read_bytes()))
    assert not ask("raccolta differenziata", index=IndexCache().get("archivio", 1, source, saved)).abstained
    assert source.read == [None, None]


def test_the_tail_that_only_fills_the_page_is_left_out() -> None:
    many = [
        *(passage(n, A, 2022, f"c{n}", f"Canile rifugio intercomunale: convenzione, parte {'abcd'[n]}", "Ambiente") for n in range(4)),
        *(passage(n, A, 2022, f"c{n}", f"Nota sul rifugio numero {n} del bilancio, senza altro", "Bilancio") for n in range(4, 9)),
    ]
    found = search_index("convenzione del canile rifugio intercomunale", SearchIndex.of(many), None, None, 10)
    assert [hit.card_id for hit in found.hits if "Canile" in hit.text] == [f"c{n}" for n in range(4)]
    assert len(found.hits) == 4


def test_words_that_stand_apart_are_no_answer_about_the_body_named() -> None:
    many = [
        passage(0, A, 2022, "c0", "Carte d'identità elettroniche rilasciate | 500 | 620", "Demografici"),
        passage(1, B, 2022, "c1", "Carte nautiche esposte nella mostra del porto", "Cultura"),
        passage(2, B, 2022, "c2", "Fatture elettroniche ricevute e protocollate", "Bilancio"),
        passage(3, B, 2022, "c3", "L'identità del paese nella festa di settembre", "Cultura"),
    ]
    index = SearchIndex.of(many)
    assert search_index("carte d'identità elettroniche rilasciate a Roccamora", index, None, None, 5).hits[0].card_id == "c0"
    assert search_index("carte d'identità elettroniche rilasciate ad Acquaforte", index, None, None, 5).abstained


def test_a_question_that_asks_why_is_answered_by_how_it_went() -> None:
    told = [passage(0, B, 2022, "c1", "Gemellaggio con un comune estero, incontri previsti e avviati", "Cultura"),
            replace(passage(1, B, 2022, "c2", "Gemellaggio con un comune estero rinviato per la pandemia", "Cultura"), kind="outcome"),
            *PASSAGES]
    index = SearchIndex.of(told)
    assert search_index("gemellaggio con un comune estero, come mai?", index, None, None).hits[0].kind == "outcome"
    assert search_index("gemellaggio con un comune estero previsto", index, None, None).hits[0].kind != "outcome"


def test_a_body_that_no_document_names_is_silence_with_its_name() -> None:
    result = ask("dipendenti in lavoro agile a Borgosotto")
    assert result.abstained
    assert result.unknown[0] == "Borgosotto"


def test_a_body_and_a_year_that_no_passage_has_any_more_are_not_understood() -> None:
    mended = INDEX.changed({B}, [replace(PASSAGES[3], entity=A, year=2023, context=f"{A}, 2023 > Infanzia")])
    assert (mended.entities, mended.years) == ((A,), (2022, 2023))
    assert not ask("asilo nido ad Acquaforte nel 2021", index=mended).constraints
    assert ask("asilo nido", index=mended).hits[0].entity == A
