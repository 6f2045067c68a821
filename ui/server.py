"""Starts the app on the loopback address."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from settings import Settings

ROOT = Path(__file__).resolve().parent.parent


def run(settings: Settings, port: int, with_sample: bool) -> int:
    """Fill an empty archive with the examples when asked, then become the Streamlit server (this call does not return)."""
    if with_sample:
        install_sample(settings)
    home = str(settings.root)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "web.py"), "--server.port", str(port)]
    print(f"Apro l'app su http://127.0.0.1:{port} (per chiuderla: Ctrl+C)", flush=True)  # noqa: T201
    os.execve(sys.executable, command, {**os.environ, "PIAO_HOME": home})


def install_sample(settings: Settings) -> None:
    """The sample documents into an archive that has no document yet."""
    from samples.archive import install
    from store.archive import Archive

    with Archive.open(settings) as archive:
        if archive.documents():
            return
        print("Preparo l'archivio di esempio…", flush=True)  # noqa: T201
        for report in install(archive):
            print(f"  {Path(report.path).name}: {report.cards} schede", flush=True)  # noqa: T201
