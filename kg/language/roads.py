"""Roads that a number or a place in a grid names."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.language.place_name import PlaceName

# It begins with a class of signs: the search then passes over all others at once.
_ROAD_NUMBER: Final = re.compile(
    r"[GSXYZ0-9](?<![0-9A-Za-z].)(?:(?<=[0-9])[0-9]{2}(?![0-9])|(?<=[A-Z])[0-9]{1,4})"
)
# Ring roads and the streets of a grid: 北三环, 东二环路, 西环线, 外环路; 经一路, 纬七路, 东五街.
_RING: Final = re.compile(
    r"(?:[东西南北]{0,2}[二三四五六]环(?![保节境])"
    r"|(?:[东西南北内外]{1,2}|(?<![一-鿿])一)环(?=[东西南北中]?路|线|高速))"
    r"(?:[东西南北中]?(?:高速)?路|线|大道|高速公路|高速)?"
)
_RINGED: Final = re.compile("[一二三四五六东西南北内外]环")  # most 环 are of 环境 or 环节
_GRID: Final = re.compile(
    r"[经纬东西南北](?:(?<=[经纬])(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
    r"|(?<=[东西南北])(?<![山江广河湖云海两].)[一二三四五六七八九十](?=[路街巷道]))"
    r"[东西南北中]?(?:[路街巷道]|大街|大道)(?!办事|街道)"
)
_LANE: Final = re.compile(r"(?<![这那每各])[头一二三四五六七八九十]道街(?![道头办])")
_METRO: Final = re.compile(
    r"(?:轨道交通|地铁|轻轨)(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})号线(?!列车)"
    r"|(?<![0-9])[0-9]{1,2}号线(?=(?!至)[一-鿿]{2,6}站)"
)
_COUNTED: Final = re.compile(r"(?<![0-9])[0-9]{1,3}号公路")  # 66号公路
_ROAD_LEFT: Final = ("国道", "省道", "县道", "乡道")
_ROAD_RIGHT: Final = re.compile(r"线|国道|省道|县道|高速公路|高速")

_NUMBER_OF: Final = re.compile(
    r"(?P<class>[国省县乡])道[GSXY]?(?P<a>[0-9]+)线?|(?P<b>[0-9]+)(?P<last>[国省县乡])道"
    r"|(?P<sign>[GSXY])(?P<c>[0-9]+)(?:线|[国省县乡]道|高速公路|高速)?"
)
_IS_ROAD: Final = re.compile(r"(?:[国省县乡]道|高速|公路|铁路|[0-9线])\Z")
# What lies on a road: its stations and exits, bridges and tunnels, passes.
_ON_ROADS: Final = (
    *(
        "站",
        "口",
        "桥",
        "隧道",
        "服务区",
        "停车区",
        "互通",
        "枢纽",
        "观景台",
        "营地",
        "垭口",
        "公里",
    ),
    *("大队", "中队", "岭", "关"),
)
_SIGNS: Final = {"国": "G", "省": "S", "县": "X", "乡": "Y"}


@functools.lru_cache(maxsize=4096)
def road_number(form: str) -> str | None:
    """Return the number that a name gives a road, one for all its forms: G213 for 国道213线, 213国道.

    The signs are those of GB/T 917-2017.
    """
    match = _NUMBER_OF.fullmatch(form)
    if match is None:
        return None
    rank = match["class"] or match["last"]
    return (_SIGNS[rank] if rank else match["sign"]) + (match["a"] or match["b"] or match["c"])


def passes(road: str, form: str) -> bool:
    """Return whether a road only passes a place, which does not lie on it: 318国道|大岭沟镇."""
    return _IS_ROAD.search(road) is not None and not form.endswith(_ON_ROADS)


def numbered_roads(text: str) -> Iterator[PlaceName]:
    """Yield the roads that a number or a direction names: 国道111线, 208国道, G6高速, 北三环."""
    for match in _ROAD_NUMBER.finditer(text):
        start, end = match.span()
        right = _ROAD_RIGHT.match(text, end)
        left = 2 if text.endswith(_ROAD_LEFT, 0, start) else 0
        named = right is not None and (right[0] != "线" or not match[0].isdigit())
        if left or named:
            yield PlaceName(start - left, right.end() if right else end, "road", "road-number")
    if "环" in text and _RINGED.search(text):
        for match in _RING.finditer(text):
            yield PlaceName(match.start(), match.end(), "road", "road-ring")
    counted = _COUNTED.finditer(text) if "号公路" in text else ()
    metro = _METRO.finditer(text) if "号线" in text else ()
    for match in counted:
        yield PlaceName(match.start(), match.end(), "road", "road-number")
    for match in metro:
        yield PlaceName(match.start(), match.end(), "road", "road-metro")
    lanes = _LANE.finditer(text) if "道街" in text else ()
    for match in (*lanes, *_GRID.finditer(text)):
        yield PlaceName(match.start(), match.end(), "road", "road-grid")
