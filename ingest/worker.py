"""Reading in a process of its own, with limits of time and memory: a bad file never takes the program down with it.

The child is an interpreter of its own that imports the readers alone and is kept for the next file (``ingest.child``); the
reading comes back as JSON on a pipe. A file that kills, blocks or swells the child becomes one clear line, and the next file
gets a new child.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cards import errors
from cards.errors import LimitExceeded, PiaoError, UnreadableFile
from cards.model import Reading
from ingest.antivirus import examine
from ingest.child import Answer, ask
from ingest.corrections import Corrections
from ingest.layouts import Layout
from ingest.limits import MB, Limits

_MEMORY = 86  # exit code of a child that ran out of memory


class ReaderBug(RuntimeError):
    """The reader broke for a reason that is not the file's: the child's traceback is the message."""


def read_safely(
    path: Path | str, limits: Limits | None = None, name: str | None = None, corrections: Corrections | None = None
) -> Reading:
    """``ingest.reading.read`` in a separate process.

    The antivirus, where there is one, sees the file first. Raises ``UnreadableFile`` and ``LimitExceeded`` like it;
    ``ReaderBug`` when the reader itself broke.
    """
    return Reading.model_validate_json(_asked({}, path, limits or Limits(), name, corrections))


def layouts_safely(
    path: Path | str, limits: Limits | None = None, name: str | None = None, corrections: Corrections | None = None
) -> list[Layout]:
    """``ingest.reading.layouts_in`` of a file, in a separate process; errors as for ``read_safely``."""
    data = _asked({"job": "layouts"}, path, limits or Limits(), name, corrections)
    return [Layout.from_json(one) for one in json.loads(data)]


def _asked(
    job: dict[str, str], path: Path | str, limits: Limits, name: str | None, corrections: Corrections | None
) -> bytes:
    """What the child answers for a file; its errors become this process's."""
    shown = name or Path(path).name
    if "\x00" in str(path):
        raise UnreadableFile(f"{shown}: il percorso non è valido.")
    if limits.antivirus and Path(path).is_file():
        examine(Path(path), limits.antivirus, shown)
    bounds = asdict(limits)
    order = {**job, "path": os.path.abspath(path), "name": name, "limits": bounds, "corrections": corrections}
    answer = ask(json.dumps(bounds), json.dumps(order).encode(), limits.seconds)
    if answer.kind == "reading":
        return answer.data
    raise _error(answer, shown, limits)


def _error(answer: Answer, shown: str, limits: Limits) -> Exception:
    """What a child that failed says, as an exception of this process."""
    if answer.kind == "late":
        return LimitExceeded(
            f"{shown}: la lettura ha superato {limits.seconds:g} secondi (PIAO_READ_SECONDS). Dividi il file o alza il limite."
        )
    if answer.kind == "error":
        said = json.loads(answer.data)
        kind = getattr(errors, said["error"], UnreadableFile)
        known: Exception = kind(said["message"])
        return known
    complaint = answer.data.decode("utf-8", "replace").strip()
    if answer.code == _MEMORY or "MemoryError" in complaint[-400:] or "bad_alloc" in complaint:
        return LimitExceeded(
            f"{shown}: la lettura richiede più di {limits.memory_mb} MB di memoria (PIAO_READ_MEMORY_MB). Dividi il file."
        )
    if answer.code < 0:
        return UnreadableFile(f"{shown}: il file fa interrompere la lettura, probabilmente è danneggiato. Salvalo di nuovo.")
    return ReaderBug(complaint or f"the reader ended with code {answer.code}")


def _confine(limits: Limits) -> None:
    """Cap this process's memory for good, where the system allows it."""
    try:
        import resource
    except ImportError:  # not on Windows: the time limit of the parent still holds
        return
    size = limits.memory_mb * MB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def spare_collections() -> None:
    """Look for cyclic garbage less often: a reading makes little of it, and looking costs a twentieth of its time."""
    gc.set_threshold(50_000)


def _allow(seconds: float) -> None:
    """Cap the processor time of the next file: what was used so far and the limit."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _grown() -> int:
    """The most memory this process ever had, in MB. The kernel's own word: ``ru_maxrss`` begins with that of the parent."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:  # elsewhere than on Linux
        return _resources_used()
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(peak) // 1024 if peak else _resources_used()


def _resources_used() -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = MB if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // MB


def _answer(order: dict[str, Any], limits: Limits) -> tuple[str, bytes]:
    """The reading of a file as JSON, or the error that its file gives (``{"error", "message"}``)."""
    from ingest.readers import read_blocks
    from ingest.reading import layouts_in, read

    path, name, corrections = Path(order["path"]), order["name"], order.get("corrections")
    try:
        if order.get("job") == "layouts":
            layouts = layouts_in(read_blocks(path, limits, name), corrections)
            return "reading", json.dumps([one.to_json() for one in layouts]).encode()
        reading = read(path, limits, name, corrections)
    except PiaoError as error:
        return "error", json.dumps({"error": type(error).__name__, "message": str(error)}).encode()
    return "reading", reading.model_dump_json(by_alias=True).encode()


def main() -> int:
    """The child: an order a line on standard input, answers on standard output (``ingest.child``) until the input ends."""
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    confined = False
    spare_collections()
    for line in sys.stdin.buffer:
        order = json.loads(line)
        limits = Limits(**order["limits"])
        if not confined:
            _confine(limits)
            confined = True
        _allow(limits.seconds)
        try:
            kind, data = _answer(order, limits)
        except MemoryError:
            return _MEMORY
        out.write(f"{kind} {len(data)} {_grown()}\n".encode() + data)
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
