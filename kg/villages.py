"""The villages and communities of each county: what they are called, found in a text.

data/gazetteer/villages.csv holds them without their level (储良 for 储良村), by the code of their county.
"""

import functools
from collections.abc import Iterable, Iterator
from typing import Final

import ahocorasick_rs

from kg.errors import DataError
from kg.gazetteer import Found
from kg.resources import DATA

_PATH: Final = DATA / "gazetteer" / "villages.csv"
_KEPT: Final = 512  # counties whose names are kept ready to be found


class Villages:
    """The villages of all counties; ``lines`` are their names by code, a blank between two."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines
        self._searched = functools.lru_cache(maxsize=_KEPT)(self._search)

    def find(self, text: str, counties: Iterable[str]) -> list[Found]:
        """Return where villages of these counties are named, overlapping names too, in order of place.

        Names stand without their level; of those that begin at one place the longest comes first.
        """
        return sorted(set(self._hits(text, counties)), key=lambda one: (one.start, -one.end))

    def _hits(self, text: str, counties: Iterable[str]) -> Iterator[Found]:
        for code in counties:
            names, automaton = self._searched(code)
            for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                yield Found(start, end, names[index])

    def _search(self, code: str) -> tuple[list[str], ahocorasick_rs.AhoCorasick]:
        names = self._lines.get(code, "").split()
        return names, ahocorasick_rs.AhoCorasick(names)


@functools.cache
def villages() -> Villages:
    """Return the villages of data/gazetteer, read once a process.

    Raises:
        DataError: a row is not a code and its names.
    """
    header, *lines = _PATH.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    if header != "code,names" or any(len(pair) != 2 for pair in cells):
        raise DataError(f"{_PATH}: expected the columns code,names in every row")
    return Villages(dict(cells))
