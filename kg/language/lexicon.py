"""One automaton over all lexicons of data/lexicons: which terms stand where in a text.

Each CSV there has the columns term, class, value, source, note. A term may appear in several
classes. ``class`` is dotted (``unit.function``, ``act.head``); ``value`` is what the class says it
is (a kind, a level, a canonical form).
"""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ahocorasick_rs

from kg.errors import DataError
from kg.resources import DATA

COLUMNS: Final = ("term", "class", "value", "source", "note")
# Classes of terms that are looked up, not looked for: surnames, measure words are so frequent as
# plain signs that a mark at each would cost more than it says.
_SILENT: Final = ("layout.", "name.", "num.", "rel.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a lexicon."""

    term: str
    klass: str
    value: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A term found in a text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """All terms of all lexicons, found in one pass (overlapping matches included)."""

    def __init__(self, entries: list[Entry]) -> None:
        self._rows: dict[str, list[Entry]] = {}
        self._classes: dict[str, dict[str, str]] = {}
        for entry in entries:
            if not entry.klass.startswith(_SILENT):
                self._rows.setdefault(entry.term, []).append(entry)
            self._classes.setdefault(entry.klass, {})[entry.term] = entry.value
        self._terms = sorted(self._rows)
        self._automaton = ahocorasick_rs.AhoCorasick(self._terms)

    def marks(self, folded: str) -> dict[str, list[Mark]]:
        """Return the marks of a folded text by class, in order of place, longest first."""
        found: dict[str, list[Mark]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for entry in self._rows[self._terms[index]]:
                found.setdefault(entry.klass, []).append(Mark(start, end, entry))
        for marks in found.values():
            marks.sort(key=lambda mark: (mark.start, -mark.end))
        return found

    def terms(self, klass: str) -> dict[str, str]:
        """Return the terms of one class with their values."""
        return self._classes.get(klass, {})


def read_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of one of our CSV files.

    Raises:
        DataError: the header is not ``columns``, or a row has another number of cells.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise DataError(f"{path}:1: columns {reader.fieldnames}, expected {list(columns)}")
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise DataError(f"{path}:{reader.line_num}: {len(columns)} cells expected")
            rows.append(row)
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
