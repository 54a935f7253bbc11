"""What the stems of unit names hold: a place, a system, what a branch is named for."""

import functools
import re
from collections.abc import Sequence
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.units import Segment

_SITES: Final = ("车站", "站", "国际机场", "机场", "航运")
_FORESTS: Final = ("森林", "林区")
_CORPS: Final = re.compile(r"第?([一二三四五六七八九十]{1,3})师\Z")
_COUNTY_CODE: Final = len("150826")


def is_county(code: str) -> bool:
    """Return whether a code is that of a county or above, not of a township."""
    return len(code) == _COUNTY_CODE


def branch_stem(segment: Segment) -> str:
    """Return what a branch is named for: 武清 in 公安武清分局, 赛罕区 in 赛罕区公安分局."""
    stem = segment.stem.removeprefix("公安").removesuffix("公安")
    return stem or (segment.regions[-1] if segment.regions else "")


def branch_text(segment: Segment) -> str:
    """Return a branch without 公安 before its name: 公安武清分局 → 武清分局."""
    return branch_stem(segment) + segment.head


def is_printed_in_full(segment: Segment) -> bool:
    """Return whether X公安分局 is the name of a branch, not short for 市公安局X分局: X区公安分局."""
    stem = branch_stem(segment)
    above = segment.regions if segment.stem.removesuffix("公安") else segment.regions[:-1]
    return bool(above) or stem[-1:] in "区县市旗"


def usual_branch(text: str) -> str:
    """Return a branch as it is called behind its city's 公安局: 铁东公安分局 → 铁东分局."""
    return text.removesuffix("公安分局") + "分局" if text.endswith("公安分局") else text


def corps_division(regions: Sequence[str]) -> str:
    """Return the division of the Corps that a city's bureau is also of: 第一师|阿拉尔市."""
    found = _CORPS.search(regions[-2]) if len(regions) > 1 else None
    return f"第{found[1]}师" if found else ""


@functools.lru_cache(maxsize=65536)
def bare_place(stem: str) -> str:
    """Return the place in a stem: 经棚 in 经棚车站, 额济纳 in 额济纳边境管理."""
    while (shorter := _endings().sub("", stem)) not in (stem, ""):
        stem = shorter
    return stem


def forest_place(stem: str) -> str:
    """Return the place that a forest agency is named for: 阿里河 in 林区阿里河森林, 东京城林区."""
    if not stem.endswith(_FORESTS):
        return ""
    return stem.removesuffix("森林").removesuffix("林区").removeprefix("林区")


@functools.cache
def _endings() -> re.Pattern[str]:
    terms = {*lexicon().terms("unit.function"), *_SITES}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})\Z")


def is_border(segment: Segment) -> bool:
    """Return whether a unit is of the border line, which has its own hierarchy."""
    if segment.kind == "border":
        return True
    border = segment.function == "边境" or segment.head.startswith("边境")
    return border and segment.kind in ("division", "station", "post")


def system_of(segment: Segment) -> tuple[str, str]:
    """Return the full name of the system that a name begins with, and the rest: 长航|镇江."""
    return _parted(("".join(segment.regions) + segment.stem).removesuffix("公安"))


@functools.lru_cache(maxsize=65536)
def _parted(text: str) -> tuple[str, str]:
    for term, full in _systems():
        if text.startswith(term) and len(text) > len(term):
            return full, text.removeprefix(term)
    return "", text


def spelt_out(text: str) -> str:
    """Return a name with the abbreviation of its system spelt out: 长航公安局."""
    for term, full in _systems():
        if text.startswith(term) and not text.startswith(full):
            return full + text.removeprefix(term)
    return text


@functools.cache
def _systems() -> list[tuple[str, str]]:
    """Return the abbreviations of systems with their full names, long ones first."""
    systems = lexicon().terms("unit.system")
    terms = sorted(systems, key=lambda term: (-len(term), term))
    return [(term, systems[term]) for term in terms if systems[term]]


def _brief(text: str) -> str:
    return text.replace("铁路公安处", "公安处").replace("公安分局", "分局")


def same_special(one: str, two: str) -> bool:
    """Return whether one printed name leaves out what the other has in front, or 铁路, or 公安."""
    one, two = (_brief(text) for text in (one, two))
    return one.endswith(two) or two.endswith(one)
