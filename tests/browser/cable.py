"""A cable between the browser and the app that a test can pull out: what goes through it is cut at once, as when a network goes."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

from tests.browser.conftest import free_port

RESET = struct.pack("ii", 1, 0)  # close without a goodbye


class Cable:
    """Listens on a port of its own and passes everything on to ``port``; while ``out``, nobody gets through."""

    def __init__(self, port: int) -> None:
        self.to, self.port, self.out = port, free_port(), False
        self.ends: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()

    def pull(self) -> None:
        """Cut every connection; new ones are refused until ``out`` is False again."""
        self.out = True
        while self.ends:
            end = self.ends.pop()
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """No more listening."""
        self.pull()
        self.door.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.door.accept()
                if self.out:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
                self.ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.close()
