"""What leaves the archive as a file is told to the audit log at the moment it is asked for, not when its button is drawn."""

from __future__ import annotations

from collections.abc import Callable

from ui.state import hands


def told(make: Callable[[], bytes], thing: str, kind: str) -> Callable[[], bytes]:
    """``make`` for a download button: the file, and a line that says who took what ("bozza:…", "piano:2027") in which form."""
    keeper = hands()  # a download is served outside the page's run: the person is the one who drew it

    def content() -> bytes:
        file = make()
        keeper.tell("esportazione", thing, kind)
        return file

    return content
