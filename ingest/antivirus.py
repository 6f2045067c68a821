"""A file shown to clamd before anything opens it (protocol INSTREAM, man clamd(8)); off unless an address is configured.

An antivirus that does not answer closes the door: a body that asked for it would not want files read without.
"""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

from cards.errors import SettingsError, UnreadableFile

CHUNK = 1 << 16
SECONDS = 60.0
LONGEST = 4096  # bytes of an answer


def examine(path: Path, address: str, name: str | None = None) -> None:
    """Nothing if clamd finds the file clean; ``UnreadableFile`` with the threat's name, or where clamd cannot tell.

    ``address``: "unix:/run/clamav/clamd.ctl" or "127.0.0.1:3310".
    """
    shown = name or path.name
    try:
        verdict = _ask(path, address)
    except OSError as error:
        raise UnreadableFile(f"{shown}: l'antivirus ({address}) non risponde ({error}): il file non è stato aperto. "
                             "Avvia clamd e riprova.") from error
    if verdict.endswith(" FOUND"):
        threat = "".join(c for c in verdict.removesuffix(" FOUND").partition(": ")[2] if c.isprintable())[:100]
        raise UnreadableFile(f"{shown}: l'antivirus lo segnala ({threat}): il file non è stato aperto.")
    if not verdict.endswith(" OK"):
        raise UnreadableFile(f"{shown}: l'antivirus non ha dato un esito: il file non è stato aperto. "
                             "Se è grande, alza StreamMaxLength di clamd.")


def ping(address: str, seconds: float = 5.0) -> str:
    """What clamd answers to PING ("PONG"); ``OSError`` where nobody does."""
    with closing(_connect(address, seconds)) as clamd:
        clamd.sendall(b"zPING\0")
        return clamd.recv(LONGEST).rstrip(b"\0\n").decode("utf-8", "replace")


def _ask(path: Path, address: str) -> str:
    with closing(_connect(address)) as clamd, path.open("rb") as file:
        clamd.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            clamd.sendall(len(chunk).to_bytes(4, "big") + chunk)
        clamd.sendall(bytes(4))
        answer = b""
        while len(answer) < LONGEST and not answer.endswith(b"\0") and (more := clamd.recv(LONGEST)):
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _connect(address: str, seconds: float = SECONDS) -> socket.socket:
    if address.startswith("unix:"):
        clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        clamd.settimeout(seconds)
        try:
            clamd.connect(address.removeprefix("unix:"))
        except OSError:
            clamd.close()
            raise
        return clamd
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise SettingsError(f"Configurazione: PIAO_CLAMD «{address}» non è un indirizzo. Esempio: unix:/run/clamav/clamd.ctl.")
    return socket.create_connection((host.strip("[]"), int(port)), seconds)
