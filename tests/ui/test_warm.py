"""The first page loads only what it shows; everything else is loaded once it has been drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from ui import warm

ROOT = Path(__file__).resolve().parents[2]
LATER = ("pandas", "pyarrow", "altair", "openpyxl", "docx", "chromadb", "onnxruntime", "langchain_core", "ui.editor")


def test_the_first_page_loads_none_of_what_it_does_not_show(tmp_path: Path):
    code = f"import web, ui.pages.desk, sys; print(*(name for name in {LATER!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={**os.environ, "PIAO_HOME": str(tmp_path)})
    assert done.stdout.split() == []


def test_every_other_page_is_loaded_after_it():
    pages = re.findall(r'st\.Page\(page\("(\w+)"\)', (ROOT / "app.py").read_text(encoding="utf-8"))
    assert {f"ui.pages.{name}" for name in pages if name != "desk"} == {name for name in warm.NEXT if name.startswith("ui.pages.")}
    assert all(find_spec(name) for name in warm.NEXT)


def test_charts_load_the_whole_of_pandas_before_altair_looks_at_it():
    from ui import charts  # two threads, one loading pandas and one the charts: Altair would find it half loaded

    assert hasattr(charts.pandas, "Timestamp")
