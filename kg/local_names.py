"""Names that belong to one county or prefecture, found in a text: villages, and sights.

data/gazetteer/villages.csv holds the villages and communities by the code of their county, without
their level (储良 for 储良村); sights.csv hills, waters, sights and well-known streets by prefecture.
"""

import functools
from collections.abc import Iterable, Sequence, Set
from typing import Final

from kg.errors import DataError
from kg.gazetteer import Found
from kg.resources import DATA

_FOLDER: Final = DATA / "gazetteer"
_COLUMNS: Final = "code,short,longer"
_KEPT: Final = 512  # divisions whose names are kept apart, ready to be looked for


class LocalNames:
    """Names by divisions; ``rows``: the code of one, its names of two signs, its longer ones."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._short: dict[str, str] = {}
        self._long: dict[str, str] = {}
        for code, short, longer in rows:
            self._short[code], self._long[code] = f" {short} ", longer
        self._names = functools.lru_cache(maxsize=_KEPT)(self._split)

    def has(self, name: str, codes: Iterable[str]) -> bool:
        """Return whether a name of two signs belongs to one of these divisions."""
        sought = f" {name} "  # to look through a row takes less than to make a set of its names
        return any(sought in self._short.get(code, "") for code in codes)

    def find(
        self, text: str, signs: Set[str], codes: Iterable[str], *, short: bool = False
    ) -> list[Found]:
        """Return where names of these divisions stand, of three signs or more unless ``short``.

        ``signs`` are those of the text. Overlapping names are all returned, in order of place, the
        longest first at each.
        """
        named: set[str] = set()
        for code in codes:
            named.update(_standing(text, signs, self._names(code)))
            if short:
                named.update(_standing(text, signs, self._short.get(code, "").split()))
        found = [one for name in named for one in _places(name, text)]
        return sorted(found, key=lambda one: (one.start, -one.end))

    def _split(self, code: str) -> list[str]:
        return self._long.get(code, "").split()


def _standing(text: str, signs: Set[str], names: Iterable[str]) -> list[str]:
    """Return the names that stand in a text; of most it lacks one of the first two ``signs``."""
    return [n for n in names if n[0] in signs and n[1] in signs and n in text]


def _places(name: str, text: str) -> list[Found]:
    found = []
    at = text.find(name)
    while at >= 0:
        found.append(Found(at, at + len(name), name))
        at = text.find(name, at + 1)
    return found


@functools.cache
def villages() -> LocalNames:
    """Return the villages of data/gazetteer, read once a process; raise DataError for a broken row."""
    return _read("villages.csv")


@functools.cache
def sights() -> LocalNames:
    """Return the sights of data/gazetteer, read once a process; raise DataError for a broken row."""
    return _read("sights.csv")


def _read(name: str) -> LocalNames:
    path = _FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines[1:]]
    if lines[:1] != [_COLUMNS] or any(len(row) != 3 for row in cells):
        raise DataError(f"{path}: expected the columns {_COLUMNS} in every row")
    return LocalNames(cells)
