"""Accepted findings: the documented file, places instead of fingerprints, unused and expired ones told, the old plan's baseline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cards.errors import PiaoError
from cards.model import Card, Document, Reading
from scoring.check import check
from scoring.facts import Evidence
from scoring.profiles import load_profile
from scoring.sarif import to_sarif
from scoring.suppression_file import load_baseline, load_suppressions, parse_suppressions, suppressions_text
from scoring.suppressions import Suppression

NEUTRAL = load_profile("neutro")
CARD = {"code": "OB.7", "title": "Anagrafe più veloce", "year": 2025, "unit": "Demografici",
        "indicators": [{"name": "Certificati", "targets": {"2025": " "}}, {"name": "Attese", "targets": {"2025": "migliorare"}}]}


def reading(*cards: dict[str, object], name: str = "piano.xlsx") -> Reading:
    return Reading(document=Document(name=name, year=2025), cards=tuple(Card.model_validate(one) for one in cards))


def at_line(card: dict[str, object], line: int) -> dict[str, object]:
    places = {f"indicators[{n}].targets.2025": {"from": "document", "line": line + n, "cell": f"Foglio1!C{line + n}"}
              for n in range(2)}
    return {**card, "source": {"document": "piano.xlsx", "lines": [line, line + 1]}, "provenance": places}


def codes(report: object) -> list[str]:
    return [finding.code for finding in report.findings]  # type: ignore[attr-defined]


def test_fingerprints_survive_moved_lines_and_rows():
    other = {"code": "OB.1", "title": "Un altro obiettivo", "year": 2025, "indicators": [{"name": "Pratiche", "targets": {"2025": ""}}]}
    before = check(reading(at_line(CARD, 10)), NEUTRAL)
    turned = {**CARD, "indicators": list(reversed(CARD["indicators"]))}  # type: ignore[call-overload]
    after = check(reading(at_line(other, 3), at_line(turned, 240)), NEUTRAL)
    mine = {(one.code, one.found, one.fingerprint) for one in before.findings if one.card and "OB.7" in one.card}
    now = {(one.code, one.found, one.fingerprint) for one in after.findings if one.card and "OB.7" in one.card}
    assert mine == now
    assert mine
    assert {one.where.line for one in before.findings} != {one.where.line for one in after.findings}


@pytest.mark.parametrize("place", [
    {"card": "OB.7"}, {"card": "anagrafe PIÙ veloce"}, {"field": "indicators[0].targets.2025"}, {"cell": "Foglio1!C10"},
    {"line": 10, "card": "OB.7 - Anagrafe più veloce"},
])
def test_a_code_and_a_place_stand_for_the_fingerprint(place: dict[str, object]):
    one = Suppression(None, "dato di contesto", "M. Rossi", code="TGT001", **place)  # type: ignore[arg-type]
    found = codes(check(reading(at_line(CARD, 10)), NEUTRAL, suppressions=[one]))
    assert "TGT001" not in found
    assert "SOP001" not in found
    assert "TGT002" in found


def test_another_place_silences_nothing_and_is_called_unused():
    one = Suppression(None, "dato di contesto", "M. Rossi", code="TGT001", card="OB.8")
    report = check(reading(CARD), NEUTRAL, suppressions=[one])
    assert {"TGT001", "SOP001"} <= set(codes(report))
    notice = next(finding for finding in report.findings if finding.code == "SOP001")
    assert notice.found == "TGT001 · OB.8"


def test_a_rule_that_did_not_run_does_not_make_its_suppression_unused():
    one = Suppression("0" * 16, "deciso dalla Giunta", "M. Rossi", code="NRM001")
    report = check(reading(CARD), NEUTRAL, suppressions=[one])
    assert "NRM001" in {skipped.code for skipped in report.not_run}
    assert "SOP001" not in codes(report)


def test_a_suppression_of_another_document_is_left_alone():
    one = Suppression("0" * 16, "x", "y", document="altro.xlsx")
    assert "SOP001" not in codes(check(reading(CARD), NEUTRAL, suppressions=[one]))
    mine = Suppression("0" * 16, "x", "y", document="piano.xlsx")
    assert "SOP001" in codes(check(reading(CARD), NEUTRAL, suppressions=[mine]))


def test_the_file_reads_back_as_written(tmp_path: Path):
    written = (Suppression("a" * 16, 'detto "sì", \\ e a capo\n', "M. Rossi", "2026-12-31", document="piano 1.xlsx"),
               Suppression(None, "motivo", "G. Verdi", code="PES001", card="OB.7", page=3, line=12))
    path = tmp_path / "accettate.toml"
    path.write_text(suppressions_text(written), encoding="utf-8")
    assert load_suppressions(path) == written


def test_a_date_may_be_written_as_a_date_or_as_text():
    for value in ("2026-12-31", '"2026-12-31"'):
        (one,) = parse_suppressions(f'[[suppression]]\nfingerprint="a"\nreason="b"\nauthor="c"\nexpires={value}', "x.toml")
        assert one.expires == "2026-12-31"


@pytest.mark.parametrize(("text", "words"), [
    ("fingerprint = ", "x.toml: non è un file TOML valido"),
    ('[suppression]\nfingerprint="a"', "[[suppression]]"),
    ('[[suppression]]\nfingerprint="a"\nreason="b"\nauthor=""', "voce 1: Soppressione a: servono il motivo e l'autore"),
    ('[[suppression]]\ncode="TGT001"\nreason="b"\nauthor="c"', "voce 1: Soppressione senza oggetto"),
    ('[[suppression]]\nfingerprint="a"\nreason="b"\nauthor="c"\nmotivo="d"', "«motivo» non è una voce ammessa"),
    ('[[suppression]]\nfingerprint="a"\nreason="b"\nauthor="c"\nline="12"', "«line» deve essere un numero"),
    ('[[suppression]]\nfingerprint="a"\nreason="b"\nauthor="c"\nexpires="presto"', "«presto» non è una data"),
])
def test_a_wrong_file_is_told_with_the_entry(text: str, words: str):
    with pytest.raises(PiaoError) as error:
        parse_suppressions(text, "x.toml")
    assert words in str(error.value)
    assert str(error.value).startswith("x.toml")


def test_the_report_of_an_old_plan_is_its_baseline(tmp_path: Path):
    old = check(reading(CARD), NEUTRAL)
    new = {**CARD, "title": "Obiettivo nuovo", "code": "OB.9"}
    for name, data in (("v.json", old.to_json()), ("v.sarif", to_sarif(old))):
        path = tmp_path / name
        path.write_text(json.dumps(data), encoding="utf-8")
        report = check(reading(CARD, new), NEUTRAL, baseline=load_baseline(path))
        assert report.findings
        assert {one.card for one in report.findings} == {"OB.9 - Obiettivo nuovo"}
        assert report.accepted == len(old.findings)


@pytest.mark.parametrize("text", ["pippo", "{}", "[1]", '{"findings": [1]}', "3"])
def test_a_baseline_that_is_none_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "v.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PiaoError, match="piao check"):
        load_baseline(path)


def test_expiry_is_judged_by_the_day_handed_in():
    one = Suppression(None, "fino al consuntivo", "M. Rossi", "2025-06-30", code="TGT001", card="OB.7")
    late = check(reading(CARD), NEUTRAL, evidence=Evidence(today=date(2025, 7, 1)), suppressions=[one])
    assert {"TGT001", "SOP002"} <= set(codes(late))


def test_the_example_of_the_guide_is_a_file_that_reads():
    import re

    guide = Path(__file__).resolve().parents[2] / "docs" / "guida.md"
    (text,) = re.findall(r"```toml\n(.*?)```", guide.read_text(encoding="utf-8"), re.S)
    (one,) = parse_suppressions(text, "guida.md")
    assert (one.author, one.expires, one.document) == ("M. Rossi", "2027-12-31", "piano.xlsx")


@pytest.mark.parametrize("code", ["SOP001", "sop002"])
def test_the_notices_on_accepted_findings_are_explained(code: str):
    from scoring.explain import explain

    assert "Rimedio: " in explain(code)
