"""Names that belong to one county or prefecture, found in a text: villages, and sights.

data/gazetteer/villages.csv holds the villages and communities by the code of their county, without
their level (储良 for 储良村); sights.csv hills, waters, sights and well-known streets by prefecture.
"""

import functools
import operator
from collections.abc import Container, Iterable, Sequence
from typing import Final

from kg.errors import DataError
from kg.gazetteer import Found
from kg.records import record
from kg.resources import DATA

_FOLDER: Final = DATA / "gazetteer"
_COLUMNS: Final = "code,short,longer"
_KEPT: Final = 512  # divisions whose names are kept apart, ready to be looked for


@record
class _Names:
    """The names of one division: those of two signs, and the longer ones."""

    short: tuple[str, ...]
    long: tuple[str, ...]
    known: frozenset[str]  # the short ones, to be asked for
    openings: tuple[str, ...]  # the first two signs of each long one


class LocalNames:
    """Names by divisions; ``rows``: the code of one, its names of two signs, its longer ones."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows = {code: (short, longer) for code, short, longer in rows}
        self._names = functools.lru_cache(maxsize=_KEPT)(self._split)

    def has(self, name: str, codes: Iterable[str]) -> bool:
        """Return whether a name of two signs belongs to one of these divisions."""
        return any(name in self._names(code).known for code in codes)

    def find(
        self, text: str, codes: Iterable[str], pairs: Container[str], *, short: bool = False
    ) -> list[Found]:
        """Return where names of these divisions stand, of three signs or more unless ``short``.

        ``pairs`` are all two signs that follow each other in the text. Overlapping names are all
        returned, in order of place, the longest first at each.
        """
        named: set[str] = set()
        for code in codes:
            names = self._names(code)
            # Few names begin as something in the text does: quicker than to look for each.
            near = zip(names.openings, names.long, strict=True)
            named.update([name for opening, name in near if opening in pairs and name in text])
            if short:
                named.update([name for name in names.short if name in pairs])
        found = [one for name in named for one in _places(name, text)]
        return sorted(found, key=lambda one: (one.start, -one.end))

    def _split(self, code: str) -> _Names:
        short, longer = self._rows.get(code, ("", ""))
        names = tuple(short.split())
        long = tuple(longer.split())
        return _Names(names, long, frozenset(names), tuple([name[:2] for name in long]))


def pairs_of(text: str) -> frozenset[str]:
    """Return all two signs that follow each other in a text."""
    return frozenset(map(operator.add, text, text[1:]))


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
