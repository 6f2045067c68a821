"""The product stays under EUPL-1.2: every locked distribution says its licence, and it is one that goes with it."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from docs.generate import pages
from docs.licences import allowed, licences, locked

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")


def test_every_locked_distribution_has_a_compatible_licence():
    found = list(licences(*LOCKS))
    assert len(found) > 100
    assert [one for one in found if not one.compatible] == []


def test_what_is_installed_is_what_is_locked():
    """So the licences are those of the locked versions."""
    assert {name: version(name) for name in locked(*LOCKS)} == locked(*LOCKS)


@pytest.mark.parametrize(("expression", "good"), [
    ("MIT", True), ("MPL-2.0 AND (Apache-2.0 OR MIT)", True), ("LGPL-3.0-only", True), ("GPL-3.0-only OR MIT", True),
    ("GPL-3.0-only", False), ("AGPL-3.0-or-later", False), ("MIT AND GPL-2.0-only", False), ("MIT AND (GPL-2.0-only", False),
    ("", False), ("Proprietary", False), ("MIT Apache-2.0", False),
])
def test_an_expression_must_leave_a_compatible_choice(expression: str, good: bool):
    assert allowed(expression) is good


def test_each_font_has_its_licence_beside_it():
    fonts = [path for suffix in ("ttf", "woff2") for folder in ("exports", "static") for path in (ROOT / folder).rglob(f"*.{suffix}")]
    assert fonts
    for folder in {font.parent for font in fonts}:
        assert [path for path in folder.iterdir() if path.name.startswith(("LICENSE", "OFL"))], folder


def test_the_page_of_licences_is_current():
    for path, text in pages().items():
        if path.name in ("licenze.md", "sbom.cdx.json"):
            assert path.read_text(encoding="utf-8") == text, "rigenera con: python -m docs.generate"


def test_the_bill_of_materials_names_every_locked_distribution_with_version_and_licence():
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert {one["name"]: one["version"] for one in bill["components"]} == locked("requirements.lock")
    for one in bill["components"]:
        assert one["purl"].startswith("pkg:pypi/")
        assert allowed(one["licenses"][0]["expression"])
    assert bill["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in bill["components"]]
