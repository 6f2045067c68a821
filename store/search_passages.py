"""The archive's passages as search holds them: columns, a few dozen bytes a passage beside its text, read in place from a
file. A passage is made when it is asked for (a question shows some tens); what is compared often is an array.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from store.ragged import Keep, followed, kept
from store.records import StoredPassage
from store.search_columns import Column

FIELDS = ("document_id", "document", "card_id", "kind", "context", "entity", "year", "unit", "mission")  # by value, once each
PLAIN = ("position", "page", "size")  # numbers; ``page`` is -1 for none, ``size`` the characters of the text
ROWS = {"text": np.uint8, "line": np.int32, "id": np.uint8}  # rows of unequal length: UTF-8, numbers
Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Passages(Sequence[StoredPassage]):
    """Passages by number. ``columns`` by field; ``numbers`` holds PLAIN, and each of ROWS with its ``…_start``."""

    columns: Mapping[str, Column]
    numbers: Mapping[str, Numbers]

    @classmethod
    def of(cls, passages: Iterable[StoredPassage]) -> Passages:
        """The columns of these passages."""
        builder = Builder()
        for _ in builder.taking(passages):
            pass
        return builder.done()

    def __len__(self) -> int:
        return len(self.numbers["page"])

    @overload
    def __getitem__(self, number: int) -> StoredPassage: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[StoredPassage]: ...

    def __getitem__(self, number: int | slice) -> StoredPassage | Sequence[StoredPassage]:
        if isinstance(number, slice):
            return [self[i] for i in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        number %= len(self)
        values: dict[str, Any] = {field: self.value(field, number) for field in FIELDS}
        page = int(self.numbers["page"][number])
        lines = self._row("line", number)
        return StoredPassage(id=self._text("id", number), text=self._text("text", number), lines=tuple(lines.tolist()),
                             position=int(self.numbers["position"][number]), page=None if page < 0 else page,
                             **values)

    def value(self, field: str, number: int) -> object:
        """One field of one passage."""
        column = self.columns[field]
        return column.values[column.codes[number]]

    @cached_property
    def cardless(self) -> frozenset[int]:
        """The codes of "card_id" that mean no card."""
        return frozenset(code for code, card in enumerate(self.columns["card_id"].values) if not card)

    def _row(self, name: str, number: int) -> Numbers:
        start = self.numbers[name + "_start"]
        return self.numbers[name][start[number] : start[number + 1]]

    def _text(self, name: str, number: int) -> str:
        return self._row(name, number).tobytes().decode("utf-8", "surrogatepass")

    @cached_property
    def _by_id(self) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
        """The ids in order and where each stands."""
        start = self.numbers["id_start"]
        data = self.numbers["id"].tobytes()
        bounds = start.tolist()
        ids = np.array([data[a:b] for a, b in zip(bounds, bounds[1:], strict=False)] or [b""], np.bytes_)[: len(self)]
        order = np.argsort(ids, kind="stable")
        return ids[order], order

    def places(self, ids: Sequence[str]) -> list[int | None]:
        """The number of each id, None where it is not here."""
        known, order = self._by_id
        wanted = np.array([i.encode() for i in ids] or [b""], np.bytes_)[: len(ids)]
        at = np.searchsorted(known, wanted)
        inside = at < len(known)
        same = inside.copy()
        same[inside] = known[at[inside]] == wanted[inside]
        return [int(order[place]) if good else None for place, good in zip(at.tolist(), same.tolist(), strict=True)]

    def followed_by(self, other: Passages, keep: Keep) -> Passages:
        """Those to keep, then the others."""
        columns = {field: _joined(column, other.columns[field], keep) for field, column in self.columns.items()}
        numbers = {name: np.concatenate([self.numbers[name][keep], other.numbers[name]]) for name in PLAIN}
        for name in ROWS:
            inside, start = kept(self.numbers[name + "_start"], keep)
            numbers[name] = np.concatenate([self.numbers[name][inside], other.numbers[name]])
            numbers[name + "_start"] = followed(start, other.numbers[name + "_start"])
        return Passages(columns, numbers)

    def packed(self) -> tuple[dict[str, Any], dict[str, Numbers]]:
        """The values of the columns, and every array by name."""
        values = {field: list(column.values) for field, column in self.columns.items()}
        return values, {**self.numbers, **{"code_" + field: column.codes for field, column in self.columns.items()}}

    @classmethod
    def unpacked(cls, values: Mapping[str, list[Any]], arrays: Mapping[str, Numbers]) -> Passages:
        """What ``packed`` gave."""
        columns = {field: Column(tuple(values[field]), arrays["code_" + field]) for field in FIELDS}
        names = [*PLAIN, *ROWS, *(name + "_start" for name in ROWS)]
        return cls(columns, {name: arrays[name] for name in names})


def _joined(one: Column, other: Column, keep: Keep) -> Column:
    known = {value: i for i, value in enumerate(one.values)}
    theirs = np.array([known.setdefault(value, len(known)) for value in other.values], np.int32)
    codes = theirs[other.codes] if len(theirs) else other.codes
    return Column(tuple(known), np.concatenate([one.codes[keep], codes]))


class Builder:
    """Columns that grow passage by passage."""

    def __init__(self) -> None:
        self._values: dict[str, dict[object, int]] = {field: {} for field in FIELDS}
        self._codes = {field: array("i") for field in FIELDS}
        self._plain = {name: array("i") for name in PLAIN}
        self._lines, self._text, self._id = array("i"), bytearray(), bytearray()
        self._starts = {name: array("q", [0]) for name in ROWS}

    def taking(self, passages: Iterable[StoredPassage]) -> Iterator[StoredPassage]:
        """Each passage, once it is taken."""
        for p in passages:
            for field in FIELDS:
                known = self._values[field]
                self._codes[field].append(known.setdefault(getattr(p, field), len(known)))
            for name, number in zip(PLAIN, (p.position, -1 if p.page is None else p.page, len(p.text)), strict=True):
                self._plain[name].append(number)
            self._lines.extend(p.lines)
            self._text += p.text.encode("utf-8", "surrogatepass")
            self._id += p.id.encode()
            for name, held in (("text", self._text), ("line", self._lines), ("id", self._id)):
                self._starts[name].append(len(held))
            yield p

    def done(self) -> Passages:
        """All that was taken."""
        columns = {field: Column(tuple(self._values[field]), np.array(self._codes[field], np.int32)) for field in FIELDS}
        numbers: dict[str, Numbers] = {name: np.array(values, np.int32) for name, values in self._plain.items()}
        numbers |= {name + "_start": np.array(values, np.int64) for name, values in self._starts.items()}
        numbers |= {"line": np.array(self._lines, np.int32), "text": np.frombuffer(bytes(self._text), np.uint8),
                    "id": np.frombuffer(bytes(self._id), np.uint8)}
        return Passages(columns, numbers)
