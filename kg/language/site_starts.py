"""Where the words before a site's head begin that may be part of its name, read leftwards."""

import re
from collections.abc import Mapping
from typing import Final

from kg.language.lexicon import Mark
from kg.language.names_left import NameReader
from kg.language.place_name import LEVEL_KINDS, PlaceName
from kg.language.short_names import SHORT, ShortNames
from kg.language.site_begins import NUMBERED, ORDINAL
from kg.language.site_heads import SiteHeads
from kg.language.site_stems import stems

_BEGINNING: Final = "分前后上下里外内大小多新老"  # 贯岭镇|分关|村: words, and first signs of names
_FORMERLY: Final = frozenset("由自从在是将把")
_LONGEST: Final = {"village": 8, "region": 8, "community": 8, "road": 8, "water": 6, "mountain": 6}
_ORDINAL_ENDS: Final = frozenset("一二三四五六七八九十百号\n")  # a line may break behind it
_REACHING: Final = re.compile(  # 洱海畔|古生村
    r"[至到](?=[一-鿿]{1,4}\Z)|沿(?=[一-鿿]{2,6}\Z)|(?<=[江河湖海溪])[畔边](?=[一-鿿]{2,8}\Z)"
)
_BY_LINE: Final = re.compile(r"[一-鿿]{2}(?:线|铁路|高铁|客专)(?=[一-鿿]{2,}\Z)")  # 青藏线|泉水站
_WATERS: Final = frozenset("江河湖海溪")
_TURNS: Final = re.compile("(?s:.*)(?:[路街道线速]转|道经)(?=[一-鿿]{2})")  # the last is met first


class SiteStarts:
    """Reads names leftwards from the heads of one folded text.

    ``ends`` are its regions by their ends; ``listed`` maps where a listed name ends to its start.
    """

    def __init__(
        self,
        text: str,
        reader: NameReader,
        heads: SiteHeads,
        short: ShortNames,
        ends: Mapping[int, PlaceName],
        listed: Mapping[int, int],
    ) -> None:
        self._text = text
        self._reader = reader
        self._heads = heads
        self._short = short
        self._region_ends = ends
        self._listed = listed
        self._stems = stems()

    def of(self, head: Mark, kind: str, floor: int) -> int:
        """Return where the words before a head begin that may be part of its name."""
        end, longest = head.start, _LONGEST.get(kind, 14)
        if kind == "road":
            return self._road_start(head, floor, longest)
        number = self._ordinal(floor, end) if kind in NUMBERED else None
        if number is None:
            start = self._read(end, floor, longest)
            line = _BY_LINE.match(self._text, start, end) if kind == "station" else None
            if kind not in LEVEL_KINDS:
                return self._behind_reach(line.end() if line else start, end, floor)
            start = self._from_region(start, end)
            return self._short.start(start, end) if kind == "village" else start
        start = self._reader.start(number.start(), floor, longest)
        own = self._text[start : number.start()]
        plain = self._stems.is_generic(own) and not self._stems.is_level(own)
        return number.start() if plain else start

    def _road_start(self, head: Mark, floor: int, longest: int) -> int:
        end = head.start
        if self._text[end - 1 : end].isdigit():
            return end
        if (stem := self._heads.road_stem(head)) is not None and stem >= floor:
            return stem
        start = self._read(end, floor, longest)
        if head.entry.term == "公路":  # 在|盈那|公路
            return self._short.start(start, end)
        if turn := _TURNS.match(self._text, start + 1, end):  # 长安路转|南河路
            return turn.end()
        former = end - start > SHORT and self._text[start] == "原"  # 由原|红旗路
        if former and self._text[start - 1 : start] in _FORMERLY:
            return start + 1
        return self._behind_reach(start, end, floor)

    def _read(self, end: int, floor: int, longest: int) -> int:
        """Return where the words begin that may be a name, behind one that says how far: 至|昌麻河."""
        start = self._reader.start(end, floor, longest)
        if end - start > 3 and (reach := _REACHING.search(self._text, start + 2, end)):
            return reach.end()  # 花石峡|至|昌麻河
        shore = self._text[start] in "畔边" and self._text[start - 1 : start] in _WATERS
        return start + 1 if shore and end - start > 2 else start  # 伊通河畔|南溪湿地公园

    def _behind_reach(self, start: int, end: int, floor: int) -> int:
        """Return ``start``, or where a region or a listed name begins there: 至|正定国际小商品城."""
        crossed = self._reader.places.crosses(start)
        if (
            crossed
            and crossed >= floor
            and (
                self._text[crossed - 1] in "至到在进入赴往从对" or self._reader.opens_word(crossed)
            )
        ):
            start = crossed
        return max(floor, min(start, self._listed.get(end, end)))

    def _ordinal(self, floor: int, end: int) -> re.Match[str] | None:
        """Return the number that ends at ``end``, if one does: 第一|中学, 3号|站."""
        last = self._text[end - 1 : end]
        if last not in _ORDINAL_ENDS and not last.isdecimal():
            return None
        return ORDINAL.search(self._text, max(floor, end - 6), end)

    def _from_region(self, start: int, end: int) -> int:
        """Return the end of a region shortly before a town's head, whatever word stands between.

        玛沁县|拉加|镇: the segmenter may take the name for a verb.
        """
        if end - start > 1:
            return start
        near = [at for at in range(end - 4, end - 1) if (r := self._region_ends.get(at)) and r.sure]
        if not near or (
            self._text[near[0]] not in _BEGINNING and self._reader.has_stop(near[0], end)
        ):
            return start
        return near[0]
