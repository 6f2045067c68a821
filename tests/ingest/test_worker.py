"""The reader's process is kept warm between files; a file that breaks it breaks nothing else."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cards.errors import LimitExceeded, UnreadableFile
from ingest import child
from ingest.limits import Limits
from ingest.worker import read_safely


@pytest.fixture(autouse=True)
def no_child() -> Iterator[None]:
    child.close_all()
    yield
    child.close_all()


def idle() -> list[int]:
    return [kept.process.pid for kept, _ in child._idle]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "piano.txt"
    path.write_text("Piano della performance 2025\n\nObiettivo\tIndicatore\nVerde\tAlberi\n")
    return path


def test_one_process_reads_file_after_file(text: Path) -> None:
    first = read_safely(text)
    (pid,) = idle()
    assert read_safely(text) == first
    assert idle() == [pid]


def test_a_refused_file_takes_its_process_along(text: Path, tmp_path: Path) -> None:
    read_safely(text)
    (pid,) = idle()
    broken = tmp_path / "rotto.docx"
    broken.write_bytes(b"non un documento")
    with pytest.raises(UnreadableFile):
        read_safely(broken)
    assert idle() == []
    read_safely(text)
    assert idle() != [pid]


def test_a_late_process_is_killed_and_the_next_file_read(text: Path) -> None:
    with pytest.raises(LimitExceeded, match="ha superato"):
        read_safely(text, Limits(seconds=0.02))
    assert idle() == []
    assert read_safely(text).passages


def test_a_process_that_died_idle_is_replaced(text: Path) -> None:
    read_safely(text)
    (pid,) = idle()
    os.kill(pid, signal.SIGKILL)
    child._idle[0][0].process.wait()
    assert read_safely(text).passages
    assert pid not in idle()[:1]


def test_other_limits_another_process(text: Path) -> None:
    read_safely(text)
    read_safely(text, Limits(max_pages=7))
    assert len(set(idle())) == 2


def test_an_idle_process_is_let_go(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "IDLE", 0.05)
    read_safely(text)
    kept = child._idle[0][0] if child._idle else None
    if kept is not None:
        kept.process.wait(timeout=10)
    assert idle() == []


def test_a_child_grown_too_big_is_not_kept(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "GROWN", 1)
    read_safely(text)
    assert idle() == []


def test_a_big_parent_keeps_its_child_too(text: Path) -> None:
    """The app itself holds far more than a child may: what counts is the child's own memory."""
    ballast = bytearray(600_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])
    read_safely(text)
    assert len(idle()) == 1
