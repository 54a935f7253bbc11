"""Rail, border, forest and other lines with their own hierarchy: which is near, what 锦州铁警 means."""

import re
from collections.abc import Sequence
from typing import Final

from kg.gazetteer import Region
from kg.language.lexicon import lexicon
from kg.language.units import Segment
from kg.resolve.tree import SPECIAL, Key, Tree

_DIGITS: Final = tuple("一二三四五六七八九十第")
_COUNTED: Final = re.compile(r"[一二三四五六七八九十]+[支大中]队")
_RAIL_OFFICE: Final = ("公安处", "铁路公安局")
_LINE: Final = 4  # signs of a line that a brigade names: 高速交警


def named_line(tree: Tree, segment: Segment) -> Key | None:
    """Return the branch of such a line that bears the alias's name: 绥阳|林区公安."""
    signs = _signs(segment.head)
    for key, unit in tree.units.items() if signs and segment.regions else ():
        named = unit.level == "subbureau" and unit.tail.startswith(segment.regions[-1])
        if named and _is_of_line(tree, key, signs):
            return key
    return None


def lone_bureau(tree: Tree, segment: Segment) -> Key | None:
    """Return the one bureau of an airport, a port or the like that is meant by 机场公安."""
    zone = "".join(segment.regions)
    tails = tuple(f"{zone}{head}" for head in ("公安局", "公安分局", "分局"))
    found = [key for key, unit in tree.units.items() if zone and unit.tail.endswith(tails)]
    return found[0] if len(found) == 1 else None


def strange_bureau(tree: Tree, segment: Segment) -> Key | None:
    """Return the one bureau of a place that no table knows, if a bare 市公安局 can mean it."""
    tail = "".join(segment.regions) + segment.head
    found = [
        key
        for key, unit in tree.units.items()
        if unit.kind == SPECIAL and unit.region is None and unit.tail.endswith(tail)
    ]
    return found[0] if len(found) == 1 else None


def special_line(tree: Tree, region: Region, alias: str) -> Key | None:
    """Return the rail, border or forest unit of a region that 锦州铁警, 龙邦边检 mean."""
    signs = _signs(alias)
    for key, unit in tree.units.items() if signs else ():
        near = unit.region is not None and tree.context.gazetteer.within(unit.region, region)
        if near and _is_of_line(tree, key, signs):
            return key
    return None


def led_brigade(tree: Tree, segments: Sequence[Segment]) -> Key | None:
    """Return the brigade that names its line and leaves out what is between: 高速交警|遵化大队."""
    last = segments[-1]
    if last.kind != "division" or len(segments) > 1 or len(last.stem) <= _LINE:
        return None
    line, own = last.stem[:_LINE], last.stem[_LINE:]
    return next(
        (
            key
            for key, unit in tree.units.items()
            if unit.tail == own + last.head and any(line in u.tail for u in tree.line(key)[1:])
        ),
        None,
    )


def counted_team(tree: Tree, segments: Sequence[Segment], at: int) -> Key | None:
    """Return the team named nearest that a number alone means: 高速公路一大队 … 一大队."""
    form = segments[-1].text
    if len(segments) > 1 or not _COUNTED.fullmatch(form):
        return None
    ends = {key: unit.tail.removesuffix(form) for key, unit in tree.units.items()}
    fits = {key for key, before in ends.items() if before and before[-1] not in _DIGITS}
    fits = {key for key in fits if ends[key] != tree.units[key].tail}
    return next((key for key in tree.nearest(at) if key in fits), None) if fits else None


def special_agency(tree: Tree, at: int) -> Key | None:
    """Return the nearest forest, rail or water agency: what a lone 根河分局 is a branch of."""
    for key in tree.nearest(at):
        for unit in tree.line(key):
            if unit.kind == SPECIAL and unit.level in ("bureau", "office"):
                return unit.key
    return None


def railway(tree: Tree, at: int) -> Key | None:
    """Return the nearest agency if it is one of the railway."""
    key = special_agency(tree, at)
    line = tree.line(key) if key is not None else ()
    return key if any(unit.tail.endswith(_RAIL_OFFICE) for unit in line) else None


def _signs(alias: str) -> list[str]:
    """Return what the name of a unit holds that is meant by an alias of such a line."""
    return lexicon().terms("name.line-sign").get(alias, "").split()


def _is_of_line(tree: Tree, key: Key, signs: Sequence[str]) -> bool:
    return any(sign in step.tail for step in tree.line(key) for sign in signs)
