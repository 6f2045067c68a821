"""The software bill of materials of what the product installs: CycloneDX 1.5, from the lock file and the licences.

Without serial number and moment, so that the same lock gives the same bytes (the specification makes both optional). The
digests of what is installed are in the lock itself, which the installer checks.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from docs.licences import ROOT, licences

LOCK = "requirements.lock"


def bill() -> str:
    """The bill as JSON text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    components = [_component(one.name, one.version, one.expression) for one in licences(LOCK)]
    product = {"type": "application", "bom-ref": "piao", "name": project["name"], "version": project["version"],
               "licenses": [{"license": {"id": project["license"]}}]}
    return json.dumps({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": {"component": product},
        "components": components,
        "dependencies": [{"ref": "piao", "dependsOn": [component["bom-ref"] for component in components]}],
    }, indent=1, ensure_ascii=False) + "\n"


def _component(name: str, version: str, licence: str) -> dict[str, Any]:
    where = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
    return {"type": "library", "bom-ref": where, "name": name, "version": version, "purl": where,
            "licenses": [{"expression": licence}]}
