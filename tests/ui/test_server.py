"""Starting the app: what is said when it cannot be reached where it was asked."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from cards.errors import SettingsError
from settings import Settings
from ui import server


def test_a_taken_port_is_said_before_anything_is_made_and_another_is_offered(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(SettingsError, match=f"porta {port} è già usata") as said:
            server.run(Settings(home=tmp_path / "archivio"), port=port, with_sample=True)
    assert f"--port {port + 1}" in str(said.value)
    assert not (tmp_path / "archivio").exists()
    assert not server.taken("127.0.0.1", port)
