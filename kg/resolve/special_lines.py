"""Rail, border, forest and other lines with their own hierarchy, as aliases mean them: 锦州铁警."""

from collections.abc import Sequence
from typing import Final

from kg.gazetteer import Region
from kg.language.units import Segment
from kg.resolve.tree import Key, Tree

# What the name of a unit holds that is meant by an alias of a line with its own hierarchy.
_LINES: Final = {
    "铁警": ("铁路",),
    "铁路公安": ("铁路",),
    "边检": ("边防检查",),
    "森警": ("森林",),
    "森林公安": ("森林",),
    "林区公安": ("林区", "森林"),
    "垦区公安": ("垦区", "农垦"),
    "油田公安": ("油田",),
    "矿区公安": ("矿区",),
}


def named_line(tree: Tree, segment: Segment) -> Key | None:
    """Return the branch of such a line that bears the alias's name: 绥阳|林区公安."""
    signs = _LINES.get(segment.head, ())
    for key, unit in tree.units.items() if signs and segment.regions else ():
        named = unit.level == "subbureau" and unit.tail.startswith(segment.regions[-1])
        if named and _is_of_line(tree, key, signs):
            return key
    return None


def special_line(tree: Tree, region: Region, alias: str) -> Key | None:
    """Return the rail, border or forest unit of a region that 锦州铁警, 龙邦边检 mean."""
    signs = _LINES.get(alias, ())
    for key, unit in tree.units.items() if signs else ():
        near = unit.region is not None and tree.context.gazetteer.within(unit.region, region)
        if near and _is_of_line(tree, key, signs):
            return key
    return None


def _is_of_line(tree: Tree, key: Key, signs: Sequence[str]) -> bool:
    return any(sign in step.tail for step in tree.line(key) for sign in signs)
