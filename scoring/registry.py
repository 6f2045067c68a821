"""The rules that exist: one module per rule in ``scoring/rules``, found by its name ``<code>_<subject>.py``."""

from __future__ import annotations

import importlib
import pkgutil

from cards.errors import PiaoError
from scoring import rules as rules_package
from scoring.rule import Rule


def _discover() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for module in pkgutil.iter_modules(rules_package.__path__):
        if module.name.startswith("_"):
            continue
        rule_ = importlib.import_module(f"{rules_package.__name__}.{module.name}").RULE
        if not module.name.startswith(rule_.code.lower() + "_"):
            raise ImportError(f"scoring/rules/{module.name}.py: contiene la regola {rule_.code}")
        found.append(rule_)
    codes = [rule_.code for rule_ in found]
    if len(set(codes)) != len(codes):
        raise ImportError(f"codici di regola ripetuti: {sorted({c for c in codes if codes.count(c) > 1})}")
    return tuple(sorted(found, key=lambda rule_: rule_.code))


RULES: tuple[Rule, ...] = _discover()
_BY_CODE = {rule_.code: rule_ for rule_ in RULES}


def rule(code: str) -> Rule:
    """The rule with that code, in any case ("tgt001"); an unknown code is a user's mistake."""
    wanted = code.strip().upper()
    if wanted not in _BY_CODE:
        near = [known for known in _BY_CODE if known[:3] == wanted[:3]] or sorted({known[:3] for known in _BY_CODE})
        raise PiaoError(f"{code}: nessuna regola con questo codice. Esistono: {', '.join(near)}.")
    return _BY_CODE[wanted]
