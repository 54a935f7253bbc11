"""Which unit the text says set up a team or a post, or has it: X派出所组建“先锋”护牧队, 所里的Y警务室."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.language.units import Segment, UnitName
from kg.resolve.hosts import Hosts
from kg.resolve.labels import quoted, station_label
from kg.resolve.tree import LOWEST, PART, Key, Unit

# What stands between a unit and the team that it has set up; commas too, but no other unit.
_FOUNDED: Final = re.compile(
    r"[^。；：！？“”\n]{0,36}?新?(?:组建|成立|组成|打造|创建|编成|设立|设置|设有|建立|建起|开设|搭建|推出|(?<=，)设)"
    r"(?:起|了)?的?(?:一[支个])?(?:这支)?"
)
_HAS: Final = re.compile("(?:下[设辖属]|所[属辖])?的?")
_FARTHEST: Final = 44
_POSTS: Final = ("警务站", "警务室", "警务点")
_LISTS: Final = "、和与及"


class Founding:
    """Finds who set up the teams and posts of one article."""

    def __init__(self, hosts: Hosts, pointing: Sequence[UnitName]) -> None:
        self._hosts = hosts
        self._tree = hosts.tree
        self._text = hosts.text
        self._pointing = sorted(pointing, key=lambda name: name.start)

    def founder(self, start: int) -> Key | None:
        """Return the unit that the text says set up, or has, what is named at ``start``.

        Of several in a list it is what they are all part of: 甲、乙派出所抽调民警组成“先锋”护牧队.
        """
        named, pointed = self._named(start), self._pointed(start)
        end = named[1] if named is not None else -1
        if pointed is not None and pointed.end > end:
            return self._meant(pointed) if self._sets_up(pointed.end, start) else None
        if named is None or not self._sets_up(end, start):
            return None
        place, end, key = named
        joined = self._hosts.ending_at(place - 1) is not None
        listed = joined and self._text[place - 1] in _LISTS
        return self._tree[key].parent if listed else key

    def team(self, first: Segment, name: UnitName) -> Key:
        """Return a team or post with a name of its own in quotes: “马背”巡逻队."""
        inner, founder = quoted(first.text), self._beside(name.start)
        for key, unit in self._tree.units.items():
            if unit.level == "team" and quoted(unit.tail) == inner:
                unit.tail = max(unit.tail, first.text, key=len)
                if founder is not None:
                    self._tree.hang(unit, founder)
                    unit.style = _style(unit.tail)
                return key
        station = self._hosts.above(replace(first, kind="post"), name)
        host = founder or station or self._hosts.host(first, name)
        unit = Unit((*(host or ("team",)), first.text), PART, LOWEST, first.text, host)
        unit.level = "team"
        unit.style = _style(first.text) if founder is not None else "own-name"
        if station is not None and first.text.endswith(_POSTS):
            unit.level, unit.style = "post", "guess"
        unit.region = self._tree[host].region if host is not None else None
        return self._tree.add(unit).key

    def _beside(self, start: int) -> Key | None:
        """Return the unit that stands right before a team, or that set it up."""
        return self._hosts.ending_at(start) or self.founder(start)

    def station(self, post: UnitName) -> Key | None:
        """Return the station that a post is said to be of."""
        found = self.founder(post.start)
        return found if found is not None and self._tree[found].level == "station" else None

    def _named(self, start: int) -> tuple[int, int, Key] | None:
        """Return where the last unit named before ``start`` begins and ends, and its key."""
        before = self._tree.index(start) - 1
        if before < 0:
            return None
        place, key = self._tree.order[before]
        return place, place + self._tree.lengths[place, key], key

    def _pointed(self, start: int) -> UnitName | None:
        """Return the last head that points back before ``start``: 该所, 派出所."""
        before = [name for name in self._pointing if name.end <= start]
        return before[-1] if before else None

    def _meant(self, name: UnitName) -> Key | None:
        last = name.segments[-1]
        return self._hosts.memory.antecedent(last.head, last.kind, name.start, name.end)

    def _sets_up(self, end: int, start: int) -> bool:
        if not 0 < start - end <= _FARTHEST:
            return False
        between = self._text[end:start]
        return bool(_HAS.fullmatch(between) or _FOUNDED.fullmatch(between))


def _style(name: str) -> str:
    """Return whether a team's name needs its founder's: “春羔”护牧队 does, “马背护边队” is whole."""
    return "own-name" if name.endswith("”") else "guess"


def is_of_one_station(names: Sequence[UnitName]) -> bool:
    """Return whether names are of one station, named more than once, and of no brigade."""
    stations = [one for name in names for one in name.segments if one.kind == "station"]
    labels: set[str] = set()
    for one in stations if len(stations) > 1 else ():
        labels.add(station_label("", one.stem, one.head))
        if len(labels) > 1:
            return False
    brigades = (one.level == "brigade" for name in names for one in name.segments)
    return bool(labels) and not any(brigades)
