"""What a unit name is made of: segments, from the agency down to the station."""

import re
from typing import Final

from kg.records import record

# Kinds of head that can stand for one unit when nothing but 该/我/本 or nothing at all precedes.
_BARE: Final = frozenset({"agency", "branch", "division", "station", "post", "border"})
# Heads of divisions that only a bureau or a branch has.
HIGH_HEADS: Final = frozenset({"工作室", "工作站", "指挥部"})
# 夏特派出所|“马背警务室” is one name, 边境派出所|“马背护边队” two.
_POSTS: Final = ("警务室”", "警务站”", "警务点”")
_RANK: Final = {
    "agency": 0,
    "short": 0,
    "alias": 0,
    "branch": 1,
    "border": 2,
    "division": 2,
    "facility": 3,
    "office": 3,
    "station": 3,
    "team": 4,
    "post": 4,
    "association": 4,
}


@record
class Segment:
    """One step of a unit name: 赛罕区|分局, 刑侦|大队, 东城区|派出所; ``stem`` may be empty."""

    kind: str
    level: str
    start: int
    end: int
    regions: tuple[str, ...]
    stem: str
    head: str
    pointer: str = ""
    function: str = ""

    @property
    def text(self) -> str:
        """Return the segment without its regions and pointer."""
        return self.stem + self.head

    @property
    def is_quoted(self) -> bool:
        """Return whether the segment has a name of its own in quotes (“马背”巡逻队)."""
        return self.stem.startswith("“")


@record
class UnitName:
    """A unit name in a text; ``elided`` marks a list item that shares its head with the last one."""

    start: int
    end: int
    segments: tuple[Segment, ...]
    elided: bool = False

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions before the first segment, outermost first."""
        return self.segments[0].regions

    @property
    def nominal(self) -> bool:
        """Return whether the name is only a head that points back (该局, 大队)."""
        first = self.segments[0]
        if first.pointer or first.stem or first.regions or len(self.segments) > 1:
            return bool(first.pointer)
        return first.kind in _BARE and first.level != "ministry"


_ORDINAL: Final = re.compile(r"第?[一二三四五六七八九十]{1,3}")


def is_ordinal(stem: str) -> bool:
    """Return whether the stem of a unit name only counts: 第一|分局, 二|分局."""
    return _ORDINAL.fullmatch(stem) is not None


def may_follow(upper: Segment, lower: Segment) -> bool:
    """Return whether ``lower`` can be a part of ``upper``: an agency never follows a division."""
    if lower.kind == "agency":
        within = upper.kind == "short" and lower.stem and not lower.regions  # 省厅|机场公安局
        return upper.kind == "agency" or bool(within)
    if lower.kind == upper.kind == "station":
        return False
    if lower.kind == "branch" and upper.kind == "office":  # 交通管理局|第一分局
        return upper.head.endswith("局") and is_ordinal(lower.stem)
    if lower.head in HIGH_HEADS:
        return _RANK[upper.kind] <= 1
    team = lower.kind == "team" and lower.is_quoted and not lower.stem.endswith(_POSTS)
    if upper.is_quoted or (team and _RANK[upper.kind] > 1):
        return False
    return _RANK[lower.kind] >= min(_RANK[upper.kind], 2) or lower.kind == "office"


def covers(outer: UnitName, inner: UnitName) -> bool:
    """Return whether another name holds ``inner`` whole."""
    return outer.start <= inner.start and inner.end <= outer.end and outer is not inner
