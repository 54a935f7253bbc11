"""One automaton over all lexicons of data/lexicons: which terms stand where in a text.

Each CSV there has the columns term, class, value, source, note. A term may appear in several
classes. ``class`` is dotted (``unit.function``, ``act.head``); ``value`` is what the class says it
is (a kind, a level, a canonical form).
"""

import csv
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from kg.errors import DataError
from kg.language.alternation import alternation
from kg.records import record
from kg.resources import DATA
from kg.terms import Terms

COLUMNS: Final = ("term", "class", "value", "source", "note")
# Classes of terms that are looked up, not looked for: they are so frequent as plain signs (surnames,
# measure words, stop words) that a mark at each would cost more than it says.
_SILENT: Final = ("layout.", "name.", "num.", "rel.", "when.")
_SILENT_CLASSES: Final = frozenset(
    {
        "act.honour",
        *("unit.generic", "unit.honour", "unit.level", "unit.office", "unit.open", "unit.point"),
        *("unit.pointed", "unit.room", "unit.short-head", "unit.sign", "unit.staff", "unit.stop"),
        *("unit.synonym", "unit.team", "unit.ward", "unit.work"),
    }
)
# … but these are looked for in every text: one pass finds them all.
_SOUGHT: Final = frozenset({"name.act-case", "name.method-known", "name.say", "name.turkic-tail"})


@record
class Entry:
    """One row of a lexicon."""

    term: str
    klass: str
    value: str


@record
class Mark:
    """A term found in a text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """All terms of all lexicons, found in one pass (overlapping matches included)."""

    def __init__(self, entries: list[Entry]) -> None:
        rows: dict[str, list[Entry]] = {}
        self._classes: dict[str, dict[str, str]] = {}
        for entry in entries:
            if not _is_silent(entry.klass):
                rows.setdefault(entry.term, []).append(entry)
            self._classes.setdefault(entry.klass, {})[entry.term] = entry.value
        self._terms = Terms(rows)
        self._marked = sorted({entry.klass for found in rows.values() for entry in found})
        number = {klass: index for index, klass in enumerate(self._marked)}
        self._rows = [
            tuple((number[entry.klass], entry) for entry in rows[term])
            for term in self._terms.listed
        ]

    def marks(self, folded: str) -> dict[str, list[Mark]]:
        """Return the marks of a folded text by class, in order of place, longest first.

        Only classes that are looked for have any.
        """
        found: list[list[Mark]] = [[] for _ in self._marked]
        rows = self._rows
        for start, end, index in self._terms.find(folded):
            for number, entry in rows[index]:
                found[number].append(Mark(start, end, entry))
        return dict(zip(self._marked, found, strict=True))

    @property
    def classes(self) -> frozenset[str]:
        """Return the names of all classes."""
        return frozenset(self._classes)

    def terms(self, klass: str) -> dict[str, str]:
        """Return the terms of one class with their values."""
        return self._classes.get(klass, {})


def apart(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks, in order of place and longest first, that begin in none yielded before."""
    end = 0
    for mark in marks:
        if mark.start >= end:
            yield mark
            end = mark.end


def outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Return those of marks in order of place that no other covers."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.end > kept[-1].end:
            kept.append(mark)
    return kept


def _is_silent(klass: str) -> bool:
    silent = klass.startswith(_SILENT) or klass in _SILENT_CLASSES
    return silent and klass not in _SOUGHT


def read_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of one of our CSV files.

    Raises:
        DataError: the header is not ``columns``, or a row has another number of cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != columns:
            raise DataError(f"{path}:1: columns {header}, expected {list(columns)}")
        rows = []
        for cells in filter(None, reader):
            if len(cells) != len(columns):
                raise DataError(f"{path}:{reader.line_num}: {len(columns)} cells expected")
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon of data/lexicons, read once a process."""
    entries = [
        Entry(row["term"], row["class"], row["value"])
        for path in sorted((DATA / "lexicons").glob("*.csv"))
        for row in read_rows(path, COLUMNS)
    ]
    return Lexicon(entries)


@functools.cache
def any_of(klass: str) -> str:
    """Return a pattern of the terms of a class, the longest first."""
    return alternation(lexicon().terms(klass))
