"""Starts the app: on the loopback address, or on another one where people log in."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from cards.counted import cards_counted
from cards.errors import SettingsError
from settings import Settings
from ui.access import is_loopback

ROOT = Path(__file__).resolve().parent.parent


def run(settings: Settings, port: int, with_sample: bool, address: str = "127.0.0.1") -> int:
    """Fill an empty archive with the examples when asked, then become the Streamlit server (this call does not return).

    ``SettingsError`` for an address that others can reach while nobody has to log in, and for a port that is taken.
    """
    if settings.login is None and not is_loopback(address):
        raise SettingsError(f"L'indirizzo {address} è raggiungibile da altri e l'accesso non è configurato: l'app "
                            "non parte. Configura l'accesso (docs/operazioni.md) o togli --address.")
    if taken(address, port):
        raise SettingsError(f"La porta {port} è già usata: forse l'app è già aperta su http://{address}:{port}. "
                            f"Aprila nel browser, o usane un'altra: piao serve --port {port + 1}.")
    if with_sample:
        install_sample(settings)
    home = str(settings.root)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "web.py"), "--server.port", str(port),
               "--server.address", address]
    print(f"Apro l'app su http://{address}:{port} (per chiuderla: Ctrl+C)", flush=True)  # noqa: T201
    os.execve(sys.executable, command, {**os.environ, "PIAO_HOME": home})


def taken(address: str, port: int) -> bool:
    """Whether another program listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return True
    return False


def install_sample(settings: Settings) -> None:
    """The sample documents into an archive that has no document yet."""
    from samples.archive import install
    from store.archive import Archive

    with Archive.open(settings) as archive:
        if archive.documents():
            return
        print("Preparo l'archivio di esempio…", flush=True)  # noqa: T201
        for report in install(archive):
            print(f"  {Path(report.path).name}: {cards_counted(report.cards)}", flush=True)  # noqa: T201
