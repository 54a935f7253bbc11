"""The police units of one article in the making: who is a division of whom."""

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.records import draft
from kg.resolve.context import Context
from kg.resolve.labels import JOINT, same_label

Key = tuple[str, ...]

# What may stand over what: a squadron hangs on a brigade, a station on a bureau.
RANK: Final = {
    "ministry": 0,
    "department": 1,
    "office": 2,
    "bureau": 2,
    "corps": 2,
    "subbureau": 3,
    "detachment": 4,
    "brigade": 5,
    "squadron": 6,
}
LOWEST: Final = 7
_ORGAN_RANK: Final = {"province": RANK["department"], "prefecture": RANK["bureau"]}
ORGAN: Final = "organ"  # the police of one region: its bureau, branch or department
ZONE: Final = "zone"  # a branch for a zone that the gazetteer does not know
SPECIAL: Final = "special"  # forest, rail, ministry, unknown places: keeps its printed name
BORDER: Final = "border"
PART: Final = "part"  # a division, office or station of another unit
ASSOCIATION: Final = "association"
_ZONE_BUREAUS: Final = (
    "开发区公安局",
    "经开区公安局",
    "高新区公安局",
    "产业园区公安局",
    "示范区公安局",
)
_HOSTS: Final = (ORGAN, ZONE, SPECIAL)
_LOWEST_HOST: Final = RANK["subbureau"]


@draft
class Unit:
    """A unit of the article; ``tail`` is what its own step adds to its parent's name.

    ``style`` says how well the printed forms tell the official name (see ``naming``); ``own`` that
    the region is the unit's own, not taken over from its parent.
    """

    key: Key
    kind: str
    rank: int
    tail: str = ""
    parent: Key | None = None
    region: Region | None = None
    own: bool = False
    town: Region | None = None
    level: str = ""
    function: str = ""
    style: str = "guess"
    forms: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    is_host: bool = False  # whether stations and divisions may hang on it

    def __post_init__(self) -> None:
        """Tell a host by its kind and rank, which stay."""
        # 市反诈中心, whose city is not said
        centre = self.kind == SPECIAL and self.tail.endswith("中心")
        self.is_host = self.kind in _HOSTS and 0 < self.rank <= _LOWEST_HOST and not centre

    @property
    def is_of_zone(self) -> bool:
        """Return whether it is a branch for a zone, or a bureau named for one: 常德经开区公安局."""
        return self.kind == ZONE or (self.kind == SPECIAL and self.tail.endswith(_ZONE_BUREAUS))


class _Lines(dict[Key, list[Unit]]):
    """Each unit that was asked for and those above it, the nearest first."""

    def __init__(self, units: Mapping[Key, Unit]) -> None:
        super().__init__()
        self._units = units

    def __missing__(self, key: Key) -> list[Unit]:
        unit = self._units[key]
        line = [unit] if unit.parent is None else [unit, *self[unit.parent]]
        self[key] = line
        return line


class Tree:
    """All units of an article by key, and where each is named.

    ``line`` returns a unit and those above it, the nearest first.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.units: dict[Key, Unit] = {}
        self.order: list[tuple[int, Key]] = []
        self.lengths: dict[tuple[int, Key], int] = {}
        self.log: list[tuple[int, Key]] = []  # the same in the order of reading
        self._labels: dict[str, list[Key]] = {}
        self._joined: list[Key] = []  # labels of two functions, teams in quotes
        self._under: dict[Key, list[Unit]] = {}
        self._lines = _Lines(self.units)
        # Asked for several times a name: a call that goes right to the table takes half the time.
        self.line = self._lines.__getitem__
        self.zones = 0  # how many units are branches or bureaus for a zone

    def __getitem__(self, key: Key) -> Unit:
        return self.units[key]

    def add(self, unit: Unit) -> Unit:
        """Keep a unit unless one with its key is there, and return the kept one."""
        key = unit.key
        known = self.units.setdefault(key, unit)
        if known is unit:
            self._labels.setdefault(key[-1], []).append(key)
            if JOINT.search(key[-1]):
                self._joined.append(key)
            if unit.parent is not None:
                self._under.setdefault(unit.parent, []).append(unit)
            self.zones += unit.is_of_zone
        return known

    def labelled(self, tail: str) -> list[Key]:
        """Return the units whose own step has this label, or shares a function with it."""
        exact = self._labels.get(tail, [])
        if JOINT.search(tail):
            others = [
                key
                for label, keys in self._labels.items()
                if same_label(label, tail)
                for key in keys
            ]
        elif self._joined:
            others = [key for key in self._joined if same_label(key[-1], tail)]
        else:
            return exact
        return list(dict.fromkeys((*exact, *others)))

    def under(self, parent: Key) -> list[Unit]:
        """Return the units that were added as parts of ``parent``."""
        return self._under.get(parent, [])

    def mention(self, key: Key, start: int, form: str) -> None:
        """Note that a unit is named at ``start``."""
        unit, place = self.units[key], (start, key)
        unit.forms.add(form)
        unit.places.append(start)
        bisect.insort(self.order, place)
        self.log.append(place)
        self.lengths[place] = len(form)

    def hang(self, unit: Unit, parent: Key) -> None:
        """Put a unit under another one, whatever it hung on before."""
        if unit.parent != parent:
            unit.parent = parent
            self._lines.clear()

    def root(self, key: Key) -> Unit:
        """Return the topmost unit above a unit, or itself."""
        return self.line(key)[-1]

    def towns(self) -> Iterator[Region]:
        """Yield the towns that stations of counties are named for."""
        for unit in self.units.values():
            if unit.town is not None and self.root(unit.key).kind == ORGAN:
                yield unit.town

    def nearest(self, at: int) -> Iterator[Key]:
        """Yield the units named before ``at``, the nearest first, then those after it."""
        middle = self.index(at)
        yield from (key for _, key in reversed(self.order[:middle]))
        yield from (key for _, key in self.order[middle:])

    def index(self, at: int) -> int:
        """Return how many of the names stand before ``at``."""
        return bisect.bisect_left(self.order, (at,))

    def organ(self, region: Region, style: str = "guess", level: str = "") -> Unit:
        """Return the police organ of a region: bureau, branch and department are one unit."""
        key = (ORGAN, region.code)
        unit = self.units.get(key)
        if unit is None:
            rank = _ORGAN_RANK.get(region.level, RANK["subbureau"])
            unit = self.add(Unit(key, ORGAN, rank, region=region, own=True, level="bureau"))
        if STYLES[style] > STYLES[unit.style]:
            unit.style, unit.level = style, level or unit.level
        return unit

    def children(self, parent: Key, tail: str) -> Iterator[Unit]:
        """Yield the divisions of ``parent`` that ``tail`` (a label) names, whole names first."""
        for key in self.labelled(tail):
            unit = self.units[key]
            if unit.parent == parent:
                yield unit


def without_system(stem: str, line: Sequence[Unit]) -> str:
    """Return what a branch is named for without a system that its agency names too: 阿龙山|森林."""
    for system in lexicon().terms("unit.system") if len(stem) > 3 else ():
        named = stem.endswith(system) and len(stem) > len(system) + 1
        if named and any(system in unit.tail for unit in line):
            return stem.removesuffix(system)
    return stem


# How well a printed form tells the official name of a region's police organ.
STYLES: Final = {"city-branch": 5, "bureau": 4, "branch": 3, "police-branch": 2, "guess": 1}
