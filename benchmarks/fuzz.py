"""Documents damaged at random, for a given time: no crash, no hang, no card out of noise.

Run ``python -m benchmarks.fuzz [SECONDS] [SEED]`` (default: ``PIAO_FUZZ_SECONDS`` or 600). Each file is a real document changed
in its bytes, its XML, its lines or its cells, or pure noise, or a workbook or Word table made of its cells in disorder
(``benchmarks.fuzz_sheets``), and is read as ``piao ingest`` reads it: in a process of its own,
with limits. A reading or one clear line is right; a traceback, a late process, a card out of noise or a word of a title that the
file does not hold is a fault, and the file is kept in ``fuzz-faults/``. Exit 1 when there was one.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from benchmarks.fuzz_sheets import made
from cards.errors import LimitExceeded, PiaoError
from cards.model import Reading
from ingest.limits import MB, Limits
from ingest.worker import ReaderBug, read_safely

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
LAYOUTS = ROOT / "tests" / "ingest" / "generic" / "published"
FAULTS = Path("fuzz-faults")
LIMITS = Limits(seconds=60, memory_mb=2000, max_unpacked=100 * MB, max_cells=500_000)
WORDS = re.compile(r"[^\W_]+")

MADE = float(os.environ.get("PIAO_FUZZ_MADE", "0.4"))  # share of files that are workbooks and tables made of cells

Maker = Callable[[bytes, random.Random], bytes]


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Some bytes replaced, a stretch lost or doubled."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    at, size = chance.randrange(len(changed)), chance.randrange(2000)
    stretch = changed[at : at + size]
    return bytes(changed[:at] + stretch * chance.choice([0, 1, 2]) + changed[at + size :])


def xml_changed(data: bytes, chance: random.Random) -> bytes:
    """Tags and attributes of a part of an office file removed, doubled, exchanged."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        chosen = chance.choice([n for n in source.namelist() if n.endswith((".xml", ".rels"))] + ["word/document.xml"] * 5)
        for name in source.namelist():
            target.writestr(name, _tags(source.read(name), chance) if name == chosen else source.read(name))
    return out.getvalue()


def _tags(part: bytes, chance: random.Random) -> bytes:
    text = part.decode("utf-8", "replace")
    tokens = [(m.start(), m.end()) for m in re.finditer(r'<[^>]+>|"[^"]*"', text)]
    for _ in range(min(len(tokens), chance.randint(1, 8))):
        (begin, end), (other, stop) = chance.choice(tokens), chance.choice(tokens)
        text = text[:begin] + chance.choice(["", text[begin:end] * 2, text[other:stop], '"-1"', '"99999999"']) + text[end:]
    return text.encode()


def lines_changed(data: bytes, chance: random.Random) -> bytes:
    """Lines lost, doubled, exchanged, cut; cells shuffled, split, joined; a part alone."""
    lines = data.decode("utf-8", "replace").split("\n")
    begin = chance.randrange(len(lines) // 2)
    lines = lines[begin : begin + chance.randint(50, len(lines))]
    for _ in range(chance.randint(1, len(lines) // 4 + 1)):
        at = chance.randrange(len(lines))
        cells = lines[at].split("\t")
        chance.shuffle(cells)
        half = len(lines[at]) // 2
        lines[at] = chance.choice([
            "", "\t".join(cells), lines[at][:half], lines[at].replace("\t", " ", 1), lines[at][:half] + "\t" + lines[at][half:],
            lines[chance.randrange(len(lines))], "\t" * chance.randint(1, 90) + lines[at], lines[at] * 2,
        ])  # fmt: skip
    return "\n".join(lines).encode()


def noise(data: bytes, chance: random.Random) -> bytes:
    """The words of a document in disorder, in rows of random width: no heading, no label, no card."""
    words = [w for w in WORDS.findall(data.decode("utf-8", "replace").lower()) if len(w) > 3]
    rows = []
    for _ in range(chance.randint(5, 200)):
        cells = [" ".join(chance.choices(words, k=chance.randint(4, 12))) for _ in range(chance.randint(1, 9))]
        rows.append("\t".join(cells))
    return "\n".join(rows).encode()


KINDS: dict[str, tuple[tuple[str, Maker], ...]] = {
    ".txt": (("righe", lines_changed), ("rumore", noise), ("byte", bytes_changed)),
    ".docx": (("xml", xml_changed), ("byte", bytes_changed)),
    ".pdf": (("byte", bytes_changed),),
}


@dataclass
class Tally:
    """What came of the files: how many of each outcome, and the faults."""

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0


def attempt(path: Path, how: str, tally: Tally) -> str | None:
    """Read a damaged file; what is wrong with the outcome, None when it is right."""
    begun = time.monotonic()
    try:
        reading = read_safely(path, LIMITS)
    except ReaderBug as bug:
        return f"traceback: {str(bug).strip().splitlines()[-1]}"
    except LimitExceeded as late:
        tally.outcomes["limite"] += 1
        return str(late) if "secondi" in str(late) else None
    except PiaoError as refused:
        tally.outcomes["rifiutati"] += 1
        return None if "\n" not in str(refused) else "messaggio su più righe"
    finally:
        tally.slowest = max(tally.slowest, time.monotonic() - begun)
    tally.outcomes["letti"] += 1
    return invented(reading, path, how)


def invented(reading: Reading, path: Path, how: str) -> str | None:
    """A card read out of noise, or a title with a word that the text file does not hold."""
    if how == "rumore" and reading.cards:
        return f"{len(reading.cards)} schede dal rumore: «{reading.cards[0].title}»"
    if path.suffix != ".txt" or how == "byte":
        return None
    held = "".join(WORDS.findall(path.read_text(encoding="utf-8", errors="replace").casefold()))
    for card in reading.cards:
        lost = [w for w in WORDS.findall((card.title or "").casefold()) if w not in held and len(w) > 3]
        if len(lost) > 1 or (lost and not card.provenance.get("title")):
            return f"titolo con parole che il file non ha: {lost} in «{card.title}»"
    return None


def run(folder: Path, seconds: float, seed: int) -> Tally:
    """Damage and read files until the time is over."""
    chance, tally = random.Random(seed), Tally()
    sources = [path for path in sorted(folder.iterdir()) if path.suffix in KINDS]
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as scratch:
        while sources and time.monotonic() < end:
            source, path, how = _damaged(sources, Path(scratch), chance)
            fault = attempt(path, how, tally)
            if fault:
                FAULTS.mkdir(exist_ok=True)
                kept = FAULTS / f"{seed}-{len(tally.faults)}-{how}-{source.stem}{path.suffix}"
                kept.write_bytes(path.read_bytes())
                tally.faults.append(f"{kept.name}: {fault}")
    return tally


def _damaged(sources: list[Path], scratch: Path, chance: random.Random) -> tuple[Path, Path, str]:
    """A damaged file: what it was made from, where it is, how."""
    if chance.random() < MADE:
        source = chance.choice([path for path in sources if path.suffix == ".txt"] + sorted(LAYOUTS.glob("*.txt")))
        data, suffix, how = made(source.read_bytes(), chance)
    else:
        source = chance.choice(sources)
        suffix, (how, make) = source.suffix, chance.choice(KINDS[source.suffix])
        data = make(source.read_bytes(), chance)
    path = scratch / f"prova{suffix}"
    path.write_bytes(data)
    return source, path, how


def main() -> int:
    """Fuzz and print; 1 when there was a fault, 2 without documents."""
    seconds = float(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PIAO_FUZZ_SECONDS", "600"))
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    tally = run(SHARED / "corpus", seconds, seed)
    result = {"files": sum(tally.outcomes.values()), **tally.outcomes, "slowest_seconds": round(tally.slowest, 1), "seed": seed,
              "faults": tally.faults}  # fmt: skip
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return 2 if not tally.outcomes else 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
