"""``make bench``: every measurement in one run, each in its own process; what it prints is the table of docs/benchmarks.md."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
RUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("reading", (str(SHARED / "corpus"),)), ("ingesting", (str(SHARED / "corpus"),)),
    ("fuzz", ()), ("embedding", ()), ("checking", ()), ("plan_view", ()),
    ("grounding", ()), ("drafting", ()), ("search", ()), ("answers", ()), ("citations", ()), ("app", ()), ("cold_start", ()),
    ("faults", ()), ("scaling", ()), ("growth", ()), ("two_processes", ()),
    *((("behind_nginx", ()),) if shutil.which("nginx") else ()), ("soak", ()),
)


def main() -> int:
    """Run what is there; a measurement that fails is said and counted."""
    failed = 0
    for name, args in RUNS:
        if not (ROOT / "benchmarks" / f"{name}.py").exists():
            print(f"## {name}: assente\n")
            continue
        print(f"## {name}\n", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *args], cwd=ROOT).returncode != 0
        print(flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
