"""Reading in a process of its own, with limits of time and memory: a bad file never takes the program down with it.

The child is a fresh interpreter that imports the readers alone; the reading comes back as JSON on a pipe. A file that kills,
blocks or swells the child becomes one clear line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from cards import errors
from cards.errors import LimitExceeded, PiaoError, UnreadableFile
from cards.model import Reading
from ingest.corrections import Corrections
from ingest.limits import MB, Limits

ROOT = Path(__file__).resolve().parent.parent
_MEMORY = 86  # exit code of a child that ran out of memory


class ReaderBug(RuntimeError):
    """The reader broke for a reason that is not the file's: the child's traceback is the message."""


def read_safely(
    path: Path | str, limits: Limits | None = None, name: str | None = None, corrections: Corrections | None = None
) -> Reading:
    """``ingest.reading.read`` in a separate process.

    Raises ``UnreadableFile`` and ``LimitExceeded`` like it; ``ReaderBug`` when the reader itself broke.
    """
    limits = limits or Limits()
    shown = name or Path(path).name
    order = json.dumps({"path": os.path.abspath(path), "name": name, "limits": asdict(limits), "corrections": corrections})
    try:
        child = subprocess.run(
            [sys.executable, "-m", "ingest.worker"],
            input=order.encode(), capture_output=True, timeout=limits.seconds, cwd=ROOT, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise LimitExceeded(
            f"{shown}: la lettura ha superato {limits.seconds:g} secondi (PIAO_READ_SECONDS). Dividi il file o alza il limite."
        ) from None
    except ValueError:
        raise UnreadableFile(f"{shown}: il percorso non è valido.") from None
    if child.returncode == 0:
        return Reading.model_validate_json(child.stdout)
    raise _error(child, shown, limits)


def _environment() -> dict[str, str]:
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {**os.environ, **single, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}


def _error(child: subprocess.CompletedProcess[bytes], shown: str, limits: Limits) -> Exception:
    """What a child that failed says, as an exception of this process."""
    if child.returncode == 2:
        said = json.loads(child.stdout)
        kind = getattr(errors, said["error"], UnreadableFile)
        known: Exception = kind(said["message"])
        return known
    complaint = child.stderr.decode("utf-8", "replace").strip()
    if child.returncode == _MEMORY or "MemoryError" in complaint[-400:] or "bad_alloc" in complaint:
        return LimitExceeded(
            f"{shown}: la lettura richiede più di {limits.memory_mb} MB di memoria (PIAO_READ_MEMORY_MB). Dividi il file."
        )
    if child.returncode < 0:
        return UnreadableFile(f"{shown}: il file fa interrompere la lettura, probabilmente è danneggiato. Salvalo di nuovo.")
    return ReaderBug(complaint or f"the reader ended with code {child.returncode}")


def _confine(limits: Limits) -> None:
    """Cap this process's memory and processor time, where the system allows it."""
    try:
        import resource
    except ImportError:  # not on Windows: the time limit of the parent still holds
        return
    size = limits.memory_mb * MB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    seconds = int(limits.seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """The child: an order on standard input, the reading (or ``{"error", "message"}``) on standard output."""
    order = json.loads(sys.stdin.buffer.read())
    limits = Limits(**order["limits"])
    _confine(limits)
    out = sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        from ingest.reading import read

        reading = read(Path(order["path"]), limits, order["name"], order.get("corrections"))
        out.write(reading.model_dump_json(by_alias=True).encode())
    except PiaoError as error:
        out.write(json.dumps({"error": type(error).__name__, "message": str(error)}).encode())
        return 2
    except MemoryError:
        return _MEMORY
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
