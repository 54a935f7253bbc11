"""Ways that no list holds and no plain head tells: railways by two signs, roads called 道.

With them come the towns that a way leads to.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.language.names_left import NameReader
from kg.language.place_name import PlaceName
from kg.language.regions import Places
from kg.language.words import known

_CORNER: Final = re.compile(
    r"(?P<one>[一-鿿]{2,6}[道路街])[与和](?P<two>[一-鿿]{2,5}[道路街])(?=交[叉汇口]|路口)"
)
_MET: Final = ("交叉", "交汇", "交口", "路口")
# 地处|长图线|两侧: a railway by two signs of what it joins.
_LINE: Final = re.compile(
    r"(?<=[处在对沿于辖的、])(?P<name>[一-鿿]{2}线)(?=两侧|沿线|[0-9]+公里|K[0-9]|路口|[、和]|交[会汇])"
)
_WAYS: Final = re.compile(
    r"(?:(?<=[，。；：、（\n ])|^)(?P<one>[一-鿿]{2,3})(?:往(?=[一-鿿]{2,8}方向)|、(?P<two>[一-鿿]{2,3})方向)"
)
_OF_AVENUES: Final = ("天津", "唐山")  # where roads are called 道
_AVENUE: Final = re.compile("道(?=[（与和至、，。；0-9）]|交口|路口|两侧|沿线|附近)")
# 街道, 隧道, 人行道: what else ends so.
_NO_AVENUE: Final = frozenset(
    "街通国省县乡车河渠隧管跑轨赛航便匝岔弯坡栈步行报知味门频铁水巷走过穿绕主辅大"
)
_AVENUE_SIGNS: Final = frozenset("（，、。；：与和至到在沿从区镇市对于由往\n ")


# 横道河子|至|山市|间的6处路段, 青藏铁路|泉吉|至|饮马峡|区间
_BETWEEN: Final = re.compile(r"[至到](?P<two>[一-鿿]{2,6}?)(?:区间|间(?![隔断接谍距歇]))")
_RAIL: Final = re.compile(r"(?s:.*)(?:铁路|高铁|客专|[一-鿿]{2}线)(?=[一-鿿]{2})")
_BY_RAIL: Final = ("铁路", "高铁", "客专", "线")
_LONGEST: Final = 7


def ways(text: str, places: Places, reader: NameReader) -> Iterator[PlaceName]:
    """Yield the roads, railways and directions of a folded text."""
    if any(word in text for word in _MET):
        yield from _corners(text, reader)
    if "线" in text:
        yield from _lines(text)
    if "间" in text:
        yield from _stretches(text, places, reader)
    if "方向" in text:
        yield from _directions(text, places)
    avenues = _AVENUE.search(text) is not None
    if avenues and any(span.form.startswith(_OF_AVENUES) for span in places.spans):
        yield from _avenues(text, places, reader)


def _corners(text: str, reader: NameReader) -> Iterator[PlaceName]:
    """Yield the roads called 道 that a crossing is named for: 会战道|与裕华路交叉口."""
    for match in _CORNER.finditer(text):
        for name in ("one", "two"):
            start, end = match.span(name)
            if text[end - 1] == "道":
                start = reader.start(end - 1, start, 4)
                if end - start > 2:
                    yield PlaceName(start, end, "road", "corner", sure=False)


def _lines(text: str) -> Iterator[PlaceName]:
    for match in _LINE.finditer(text):
        name = match["name"]
        if not (known(name) or known(name[:2])):
            yield PlaceName(*match.span("name"), "road", "line", sure=False)


def _stretches(text: str, places: Places, reader: NameReader) -> Iterator[PlaceName]:
    """Yield the stations that a stretch of railway lies between: 小江站|至|师宗站|间."""
    for match in _BETWEEN.finditer(text):
        end = match.start()
        stations = text[end - 1] == match["two"][-1] == "站"
        stem = end - stations
        start = reader.start(stem, max(0, stem - _LONGEST), _LONGEST)
        rail = _RAIL.match(text, start, stem)
        start = rail.end() if rail else start
        by_rail = text.endswith(_BY_RAIL, 0, start)
        named = places.is_name(text[start:stem]) or places.is_name(match["two"])
        if stem - start > 1 and (stations or (by_rail and named)):
            yield PlaceName(start, end, "station", "stretch", sure=False)
            yield PlaceName(*match.span("two"), "station", "stretch", sure=False)


def _directions(text: str, places: Places) -> Iterator[PlaceName]:
    """Yield the towns where a way leads: |平乐|往湖南江永方向, |栗木|、|西岭|方向."""
    for match in _WAYS.finditer(text):
        names = [name for name in ("one", "two") if match[name]]
        if all(places.is_name(match[name]) for name in names):
            for name in names:
                yield PlaceName(*match.span(name), "region", "direction", sure=False)


def _avenues(text: str, places: Places, reader: NameReader) -> Iterator[PlaceName]:
    """Yield the roads called 道, as they are in Tianjin and Tangshan: |常海道|（某学院至…）."""
    for match in _AVENUE.finditer(text):
        end = match.end()
        # 和平区|重庆道: no name begins within a region.
        stem = end - 1
        whole = (at for at in range(max(0, stem - 4), stem) if places.crosses(at) is None)
        start = reader.start(stem, next(whole, stem), 4)
        bounded = not start or text[start - 1] in _AVENUE_SIGNS or text.endswith("绕行", 0, start)
        plain = text[end - 2] in _NO_AVENUE or known(text[start:end])
        if end - start > 2 and bounded and not plain:
            yield PlaceName(start, end, "road", "avenue", sure=False)
