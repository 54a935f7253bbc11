"""The villages and communities of each county: what they are called, found in a text.

data/gazetteer/villages.csv holds them without their level (储良 for 储良村), by the code of their county.
"""

import functools
from collections.abc import Iterable, Sequence
from typing import Final

from kg.errors import DataError
from kg.gazetteer import Found
from kg.records import record
from kg.resources import DATA

_PATH: Final = DATA / "gazetteer" / "villages.csv"
_KEPT: Final = 512  # counties whose names are kept apart, ready to be looked for


@record
class _Names:
    """The names of one county: those of two signs, and the longer ones."""

    short: frozenset[str]
    long: tuple[str, ...]


class Villages:
    """The villages of all counties; ``rows``: the code of one, its short names, its longer ones."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows = {code: (short, longer) for code, short, longer in rows}
        self._names = functools.lru_cache(maxsize=_KEPT)(self._split)

    def has(self, name: str, counties: Iterable[str]) -> bool:
        """Return whether a village of one of these counties bears a name of two signs."""
        return any(name in self._names(code).short for code in counties)

    def find(self, text: str, counties: Iterable[str]) -> list[Found]:
        """Return where villages of these counties are named by three signs or more.

        Overlapping names are all returned, in order of place, the longest first at each.
        """
        named = {name for code in counties for name in self._names(code).long if name in text}
        found = [one for name in named for one in _places(name, text)]
        return sorted(found, key=lambda one: (one.start, -one.end))

    def _split(self, code: str) -> _Names:
        short, longer = self._rows.get(code, ("", ""))
        return _Names(frozenset(short.split()), tuple(longer.split()))


def _places(name: str, text: str) -> list[Found]:
    found = []
    at = text.find(name)
    while at >= 0:
        found.append(Found(at, at + len(name), name))
        at = text.find(name, at + 1)
    return found


@functools.cache
def villages() -> Villages:
    """Return the villages of data/gazetteer, read once a process.

    Raises:
        DataError: a row is not a code and its names, a blank between two.
    """
    header, *lines = _PATH.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    if header != "code,short,longer" or any(len(row) != 3 for row in cells):
        raise DataError(f"{_PATH}: expected the columns code,short,longer in every row")
    return Villages(cells)
