"""Names that belong to one county or prefecture, found in a text: villages, and sights.

data/gazetteer/villages.csv holds the villages and communities by the code of their county, without
their level (储良 for 储良村); sights.csv hills, waters, sights and well-known streets by prefecture.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.errors import DataError
from kg.gazetteer import Found
from kg.resources import DATA
from kg.terms import Terms

_FOLDER: Final = DATA / "gazetteer"
_COLUMNS: Final = "code,short,longer"


class LocalNames:
    """Names by divisions; ``rows``: the code of one, its names of two signs, its longer ones.

    ``short``: whether names of two signs are looked for too.
    """

    def __init__(self, rows: Iterable[Sequence[str]], *, short: bool) -> None:
        self._short: dict[str, str] = {}
        self._sought: dict[str, str] = {}
        for code, two, longer in rows:
            self._short[code] = f" {two} "
            self._sought[code] = f" {two} {longer} " if short else f" {longer} "

    @property
    def sought(self) -> Iterator[str]:
        """Yield the names that are looked for, some more than once."""
        return (name for row in self._sought.values() for name in row.split())

    def has(self, name: str, codes: Iterable[str]) -> bool:
        """Return whether a name of two signs belongs to one of these divisions."""
        return _holds(self.short(codes), name)

    def short(self, codes: Iterable[str]) -> str:
        """Return the names of two signs that these divisions have, each between spaces."""
        return "".join([self._short.get(code, "") for code in codes])

    def find(self, text: str, codes: Iterable[str]) -> list[Found]:
        """Return where names of these divisions stand.

        Overlapping names are all returned, in order of place, the longest first at each.
        """
        rows = [row for code in codes if (row := self._sought.get(code))]
        if not rows:
            return []
        listed = "".join(rows)
        return [one for one in _found(text) if _holds(listed, one.form)]


@functools.lru_cache(maxsize=1)  # sights are looked for where villages have just been
def _found(text: str) -> list[Found]:
    """Return where names of villages and sights stand, whatever division they belong to.

    One pass looks for the names of all divisions: few stand in a text, and of these few belong to
    a division that it tells of.
    """
    terms = _terms()
    names = terms.listed
    return [Found(start, end, names[index]) for start, end, index in terms.find(text)]


@functools.cache
def _terms() -> Terms:
    return Terms((*villages().sought, *sights().sought))


def _holds(rows: str, name: str) -> bool:
    """Return whether rows hold a name: to look through them takes less than to make sets of names."""
    return f" {name} " in rows


@functools.cache
def villages() -> LocalNames:
    """Return the villages of data/gazetteer, read once a process; raise DataError for a broken row."""
    return _read("villages.csv", short=False)


@functools.cache
def sights() -> LocalNames:
    """Return the sights of data/gazetteer, read once a process; raise DataError for a broken row."""
    return _read("sights.csv", short=True)


def _read(name: str, *, short: bool) -> LocalNames:
    path = _FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines[1:]]
    if lines[:1] != [_COLUMNS] or any(len(row) != 3 for row in cells):
        raise DataError(f"{path}: expected the columns {_COLUMNS} in every row")
    return LocalNames(cells, short=short)
