"""Text for pages that are only pictures, by ``ocrmypdf`` with Tesseract in Italian; off unless PIAO_OCR is set.

The pages that have text of their own are left as they are. What comes of it is said to be recognised, never given as read.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile

PROGRAM = "ocrmypdf"
LANGUAGE = "ita"
SHARE = 0.8  # of the reading's time: the rest is for reading what was recognised


def available() -> bool:
    """Whether both programs are there."""
    return bool(shutil.which(PROGRAM) and shutil.which("tesseract"))


def languages() -> list[str]:
    """The languages that Tesseract knows here."""
    done = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.split("\n")[1:] if done.returncode == 0 else []


def recognised(path: Path, target: Path, seconds: float, name: str) -> Path:
    """A copy of a PDF with a text layer under its scanned pages.

    Raises ``LimitExceeded`` past its share of the time, ``UnreadableFile`` where it did not succeed.
    """
    order = [PROGRAM, "--skip-text", "--rotate-pages", "--language", LANGUAGE, "--output-type", "pdf", "--optimize", "0",
             "--jobs", "1", "--quiet", str(path), str(target)]  # fmt: skip
    process = subprocess.Popen(
        order, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, complaint = process.communicate(timeout=seconds * SHARE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise LimitExceeded(
            f"{name}: il riconoscimento del testo ha superato {seconds * SHARE:g} secondi (PIAO_READ_SECONDS). Dividi il PDF."
        ) from None
    if process.returncode or not target.exists():
        why = complaint.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nessun messaggio"]
        raise UnreadableFile(f"{name}: il riconoscimento del testo non è riuscito ({why[0][:200]}). Carica un PDF con testo.")
    return target
