"""Times of day in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prompts.grounding.facts import Fact

_CLOCK = re.compile(
    r"(?<!\w)(?:(?:alle|dalle|delle|le)\s+(?:ore\s+)?|ore\s+)(\d{1,2})[.:,](\d\d)(?![\d%]|[.,]\d|\s?%)"
    r"|(?<!\w)(?:alle|dalle|delle)\s+ore\s+(\d{1,2})(?![\d%]|[.,:]\d)|(?<![\d:.,/])(\d{1,2}):(\d\d)(?![\d:%])",
    re.I,
)
_CLOCK_HINT = re.compile(r"\d[.:,]\d\d(?!\d)|(?<=ore )\d")


def find_clocks(text: str) -> Iterator[Fact]:
    """Times of day ("alle 18.15", "ore 17,30", "9:00") with ``ref`` (hour, minutes)."""
    for m in _CLOCK.finditer(text) if _CLOCK_HINT.search(text) else ():
        hour, minute = m[1] or m[3] or m[4], m[2] or m[5] or "00"
        if int(hour) < 25 and int(minute) < 60:
            yield Fact("clock", m[0], m.start(), m.end(), ref=(str(int(hour)), minute))
