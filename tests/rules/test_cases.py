"""Every rule by its YAML cases: ``fail_*`` gives exactly what it expects, ``pass_*`` and ``na_*`` nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from cards.model import Card, Document, Reading
from scoring.check import check
from scoring.facts import Evidence
from scoring.profiles import Profile, load_profile, make_profile
from scoring.registry import RULES, rule

FOLDER = Path(__file__).parent
CASES = sorted(FOLDER.glob("*/*.yaml"))


def strings(value: Any) -> Any:
    """YAML keys as the JSON contract has them: text ("2025: 3" is a year and a number in YAML)."""
    if isinstance(value, dict):
        return {str(key): strings(item) for key, item in value.items()}
    return [strings(item) for item in value] if isinstance(value, list) else value


def reading_of(case: dict[str, Any]) -> Reading:
    data = strings(case)
    document = {"name": "caso.yaml", **data.get("document", {})}
    if "year" in data:
        document.setdefault("year", data["year"])
    cards = data.get("cards") or ([data["card"]] if "card" in data else [])
    for card in cards:
        card.setdefault("year", document.get("year"))
    rest = {key: data.get(key, []) for key in ("declared", "listed", "paragraphs")}
    return Reading.model_validate(
        {"document": Document(**document), "cards": [Card.model_validate(card) for card in cards], **rest}
    )


def profile_of(case: dict[str, Any]) -> Profile:
    if isinstance(case.get("profile"), dict):
        base = load_profile("neutro").model_dump(by_alias=True)
        return make_profile(base | strings(case["profile"]), "caso", "caso.yaml")
    return load_profile(case.get("profile", "neutro"))


def evidence_of(case: dict[str, Any]) -> Evidence:
    data = strings(case.get("evidence", {}))
    previous = tuple(Card.model_validate(card) for card in data.pop("previous", []))
    return Evidence(previous=previous, **data)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    code = path.parent.name
    report = check(
        reading_of(case), profile_of(case), year=case.get("check_year"), evidence=evidence_of(case), rules=[rule(code)]
    )
    broken = [skipped for skipped in report.not_run if "difetto del programma" in skipped.why]
    assert not broken
    found = Counter((finding.code, finding.where.field) for finding in report.findings)
    wanted = Counter((item["code"], item.get("at")) for item in case.get("expect") or [])
    assert found == wanted
    for item in case.get("expect") or []:
        matching = [
            finding for finding in report.findings if (finding.code, finding.where.field) == (item["code"], item.get("at"))
        ]
        for key in ("level", "found", "expected"):
            if key in item:
                assert str(item[key]) in {str(getattr(finding, key)) for finding in matching}
        assert all("{" not in finding.message and finding.message.strip() for finding in matching)
    if path.stem.startswith(("pass_", "na_")):
        assert not wanted
    if "not_run" in case:
        assert [skipped.code for skipped in report.not_run] == ([code] if case["not_run"] else [])


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.code)
def test_a_rule_is_complete(one: Any) -> None:
    assert one.basis
    assert len(one.why) > 30
    assert len(one.fix) > 20
    assert one.title
    folder = FOLDER / one.code
    for prefix in ("fail", "pass", "na"):
        assert list(folder.glob(f"{prefix}_*.yaml")), f"{one.code}: manca un caso {prefix}_*.yaml"


def test_no_cases_without_a_rule() -> None:
    assert {path.parent.name for path in CASES} <= {one.code for one in RULES}
