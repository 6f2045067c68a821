"""A check report as SARIF 2.1.0. The level is always written on each result: naive gates read an absent one as clean."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from scoring.findings import CheckReport, Finding
from scoring.registry import RULES
from scoring.rule import Level, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.ADVICE: "note"}


def to_sarif(report: CheckReport) -> dict[str, Any]:
    """One run; only the rules with findings are described, rules that did not run are tool notifications."""
    codes = sorted({finding.code for finding in report.findings})
    known = {rule.code: rule for rule in RULES}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "piao", "language": "it", "rules": [_rule(known.get(code), code) for code in codes]}},
                "language": "it",
                "columnKind": "unicodeCodePoints",
                "properties": {"profile": report.profile},
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {"level": "note", "message": {"text": skipped.why}, "associatedRule": {"id": skipped.code}}
                            for skipped in report.not_run
                        ],
                    }
                ],
                "results": [_result(finding, codes.index(finding.code), report.file) for finding in report.findings],
            }
        ],
    }


def _rule(rule: Rule | None, code: str) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": LEVELS[rule.level]},
        "properties": {"basis": [basis.text() for basis in rule.basis]},
    }


def _result(finding: Finding, index: int, file: str | None) -> dict[str, Any]:
    where = finding.where
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": "/".join(part for part in (finding.card, where.field) if part)}]
    }
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(file)}}
    if where.line:
        physical["region"] = {"startLine": where.line}
    location["physicalLocation"] = physical
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.level],
        "message": {"text": f"{finding.message} {finding.fix}"},
        "locations": [location],
        "partialFingerprints": {"piao/v1": finding.fingerprint},
        "properties": {
            "page": where.page,
            "cell": where.cell,
            "found": finding.found,
            "expected": finding.expected,
            "basis": finding.basis,
        },
    }


def _uri(file: str | None) -> str:
    return quote(file or "bozza")
