"""Italian text cut into sentences: abbreviations, initials, numbers, decrees and citations do not end one."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(
        r"(?:^|[\s(«\"'\[/])(?:artt?|nn?|nr|num|c|cc|co|lett|let|sigg?|sig\.?ra|sig\.?na|dott|dott\.?ssa|dr|"
        r"drs?sa|prof|profs?sa|avv|ing|arch|geom|rag|on|"
        r"ecc|etc|pagg?|pp?|prot|rep|reg|all|cfr|es|ess|tel|cell|fax|gg?|lav|ca|vs|v|vd|cap|capp|par|sez|cat|"
        r"pos|max|min|tot|"
        r"d|l|r|s|a|i|u|d\.?l|d\.?lgs|d\.?p\.?r|d\.?p\.?c\.?m|d\.?m|d\.?g\.?c|d\.?c\.?c|d\.?g\.?r|l\.?r|"
        r"s\.?m\.?i|ss\.?mm\.?ii|mm|ii|ss|"
    r"lgs|leg|del|delib|det|determ|com|commi|punt|tab|fig|int|ud|sq|seg|segg|succ|art\.\s?\d+\s?c|inv|mis|comp|"
        r"gen|genn|feb|febb|mar|apr|mag|giu|lug|ago|sett|ott|nov|dic|p\.?zza|v\.?le|c\.?so|u\.?o|p\.?a|p\.?o|"
        r"e\.?q|a\.?s|a\.?c|c\.?d|n\.?d)\.$",
    re.IGNORECASE,
)  # fmt: skip
_DOTTED = re.compile(r"(?:^|[\s(«\"'])(?:[A-Za-z]{1,3}\.){2,}$")
_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s|$)")
_TRAILING_KEYS = re.compile(r"\s*(?:\[[^\[\]\n]{1,30}\]\s*)+\.?(?=\s+[A-ZÀ-Ü«“\"(\d•-]|\s*$)")
_NEXT = re.compile(r"\s+[«“\"'(\[•*-]*\s*[A-ZÀ-Ü0-9]")
_LINE = re.compile(r"[ \t]*(?:\r?\n)+[ \t]*(?:[-•*–][ \t]+|\d{1,2}[.)][ \t]+)?")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, white space trimmed; a citation after the full stop stays with the sentence it closes."""
    return [sentence for line in _LINE.split(text) for sentence in _split_line(line) if re.search(r"\w", sentence)]


def _split_line(line: str) -> list[str]:
    out: list[str] = []
    start = 0
    for match in _END.finditer(line):
        if match.end() <= start or not _ends(line, start, match):
            continue
        end = match.end()
        if keys := _TRAILING_KEYS.match(line, end):
            end = keys.end()
        out.append(line[start:end].strip())
        start = end
    if rest := line[start:].strip():
        out.append(rest)
    return out


def _ends(line: str, start: int, match: re.Match[str]) -> bool:
    """True when the mark closes a sentence: no abbreviation or initial before it, a capital or nothing after it."""
    after = line[match.end() :]
    if not after.strip():
        return True
    if _open_quote(line[start : match.end()]):
        return False
    if not _NEXT.match(after):
        return False
    if match[0].startswith("."):
        before = line[start : match.start() + 1]
        word = before[-12:] if len(before) > 12 else before
        if _DOTTED.search(before):
            return _abbreviation_may_end(word, after)
        if _ABBREVIATION.search(word) and not re.match(r"\s+\[", after):
            return _abbreviation_may_end(word, after)
        if re.search(r"(?:^|[\s.'])[A-ZÀ-Ü]\.$", before) and re.match(r"\s*[A-ZÀ-Ü]", after):
            return False
    return True


def _abbreviation_may_end(word: str, after: str) -> bool:
    """ "ecc.", "gg." and the like may also close a sentence, when a capitalised word follows."""
    return bool(re.search(r"(?:ecc|etc|gg|s\.?m\.?i|ss\.?mm\.?ii|lav|s\.?p\.?a|s\.?r\.?l|s\.?n\.?c)\.$", word, re.I)) and bool(
        re.match(r"\s+[A-ZÀ-Ü][a-zà-ü]", after)
    )


def _open_quote(text: str) -> bool:
    return text.count("«") > text.count("»") or text.count("“") > text.count("”")
