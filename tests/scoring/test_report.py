"""The report: JSON by the contract, suppressions, baseline, levels by profile, SARIF."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cards.errors import PiaoError
from cards.model import Card, Document, Reading
from scoring.check import check
from scoring.facts import Evidence
from scoring.profiles import load_profile, make_profile
from scoring.sarif import to_sarif
from scoring.suppressions import Suppression

NEUTRAL = load_profile("neutro")
FAULTY = Reading(
    document=Document(name="piano.docx", year=2025),
    cards=(
        Card.model_validate(
            {
                "title": "Anagrafe",
                "year": 2025,
                "indicators": [{"name": "Certificati", "targets": {"2025": " "}}],
                "provenance": {"indicators[0].targets.2025": {"from": "document", "page": 4, "line": 33, "cell": "C7"}},
            }
        ),
    ),
)


def test_the_contract() -> None:
    data = check(FAULTY, NEUTRAL).to_json()
    assert set(data) == {"file", "profile", "findings", "not_run", "summary"}
    assert data["file"] == "piano.docx"
    assert data["profile"] == "neutro"
    (finding,) = [one for one in data["findings"] if one["code"] == "TGT001"]
    assert set(finding) == {"code", "level", "message", "card", "where", "found", "expected", "basis", "fix", "fingerprint"}
    assert finding["where"] == {"page": 4, "line": 33, "cell": "C7", "field": "indicators[0].targets.2025"}
    assert finding["level"] == "error"
    assert finding["card"] == "Anagrafe"
    assert "D.Lgs. 150/2009" in finding["basis"]
    assert all(set(one) == {"code", "why"} and one["why"] for one in data["not_run"])
    assert data["summary"]["error"] == sum(one["level"] == "error" for one in data["findings"])
    json.dumps(data)


def test_a_rule_not_in_force_is_said_and_not_passed() -> None:
    past = FAULTY.model_copy(update={"document": Document(name="piano.docx", year=2020)})
    assert "NRM002" in {skipped.code for skipped in check(past, NEUTRAL).not_run}


def fingerprint(code: str = "TGT001") -> str:
    return next(finding.fingerprint for finding in check(FAULTY, NEUTRAL).findings if finding.code == code)


def test_a_suppression_silences_one_finding() -> None:
    report = check(FAULTY, NEUTRAL, suppressions=[Suppression(fingerprint(), "dato di contesto", "M. Rossi")])
    assert "TGT001" not in {finding.code for finding in report.findings}
    assert report.accepted == 1


def test_an_unused_suppression_is_a_finding() -> None:
    report = check(FAULTY, NEUTRAL, suppressions=[Suppression("0000", "vecchia", "M. Rossi")])
    (notice,) = [finding for finding in report.findings if finding.code == "SOP001"]
    assert "M. Rossi" in notice.message


def test_an_expired_suppression_no_longer_silences() -> None:
    one = Suppression(fingerprint(), "fino al consuntivo", "M. Rossi", "2025-06-30")
    late = check(FAULTY, NEUTRAL, evidence=Evidence(today=date(2025, 7, 1)), suppressions=[one])
    assert {"TGT001", "SOP002"} <= {finding.code for finding in late.findings}
    early = check(FAULTY, NEUTRAL, evidence=Evidence(today=date(2025, 6, 30)), suppressions=[one])
    assert not {"TGT001", "SOP002"} & {finding.code for finding in early.findings}


@pytest.mark.parametrize(
    ("reason", "author", "expires"), [("", "M. Rossi", None), ("perché", " ", None), ("perché", "M. Rossi", "domani")]
)
def test_a_suppression_needs_reason_author_and_a_real_date(reason: str, author: str, expires: str | None) -> None:
    with pytest.raises(PiaoError):
        Suppression("0000", reason, author, expires)


def test_a_baseline_leaves_only_what_is_new() -> None:
    old = [finding.fingerprint for finding in check(FAULTY, NEUTRAL).findings]
    assert check(FAULTY, NEUTRAL, baseline=old).findings == ()


def test_the_profile_changes_or_switches_off_a_level() -> None:
    softer = make_profile({"title": "x", "source": "x", "levels": {"TGT001": "advice"}}, "x", "x.toml")
    assert {finding.level for finding in check(FAULTY, softer).findings if finding.code == "TGT001"} == {"advice"}
    off = make_profile({"title": "x", "source": "x", "levels": {"TGT001": "off"}}, "x", "x.toml")
    report = check(FAULTY, off)
    assert "TGT001" not in {finding.code for finding in report.findings}
    assert "TGT001" in {skipped.code for skipped in report.not_run}


def test_sarif_writes_each_level() -> None:
    report = check(FAULTY, NEUTRAL)
    data = to_sarif(report)
    json.dumps(data)
    run = data["runs"][0]
    assert data["version"] == "2.1.0"
    assert len(run["results"]) == len(report.findings)
    assert all(result["level"] in ("error", "warning", "note") for result in run["results"])
    assert all(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    (result,) = [result for result in run["results"] if result["ruleId"] == "TGT001"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 33}
    assert result["partialFingerprints"] == {"piao/v1": fingerprint()}
