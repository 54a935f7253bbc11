"""Where the name of a site begins, once its regions are known: with them, or behind them.

A school or hospital keeps its regions; a road or square is the next step of a chain. A stem of plain
words names a site only where its kind or what stands around says so.
"""

import re
from collections.abc import Mapping
from typing import Final

from kg.language.names_left import is_namelike
from kg.language.place_name import LEVEL_KINDS, PlaceName
from kg.language.regions import RegionReader, is_led, tuple_of
from kg.language.short_names import SHORT
from kg.language.site_extensions import SiteExtensions
from kg.language.site_heads import CROSSES
from kg.language.site_signs import SiteSigns
from kg.language.site_stems import stems
from kg.language.tokens import Tokens

# Institutions that keep the region before their name; other sites are the next step of a chain.
JOINED: Final = frozenset({"school", "hospital", "facility"})
# Sites that a region alone can name: X县汽车站, X镇农贸市场; a square is just a square.
_BY_REGION: Final = JOINED | {"estate", "market", "station", "mall", "zone", "memorial"}
# Sites whose common words describe, and do not name: 清江镇|竹编|市场.
_DESCRIBED: Final = frozenset({"market", "memorial"})
ORDINAL: Final = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+|(?<![\d.])\d{1,3}号?|[一二三四五六七八九十百]+号"
    r"|[九八七六五四三二]?十[一二三四五六七八九]?|T\d)$"
)
NUMBERED: Final = frozenset({"school", "hospital", "station", "facility", "scenic"})
# What a place is, told before its name: 搬迁安置点|沐恩社区, 界河|条子河.
_TOLD: Final = re.compile(
    r"(?:集中|搬迁)?安置[点区]|界河|交叉?口|交[汇会]处|商圈|景区|第[一二三四五六七八九十]站|[科股处室所局][与和及](?=[市县区旗])"
)
_COUNTY: Final = re.compile("县城?|旗")
# 砀山县电子商务产业园 is one name, but 柳东新区|官塘工业园
_PARKS: Final = ("产业园", "工业园", "物流园", "科技园", "创业园", "示范园", "电商园")
_OF_COUNTY: Final = re.compile("(?<!新)[县市区旗]\\Z")
_COUNTY_TOWN: Final = "县城"
_IN_SEAT: Final = re.compile("[一-鿿]{0,6}?县城(?=[一-鿿]{2})(?![关区厢])")
_OF_TOWN: Final = ("station", "memorial")
_SHORTEST_TOLD: Final = 4  # signs at least of what is told and a name
_AND: Final = ("与", "和", "、")
_ROADS: Final = ("路", "街", "道", "巷")
_ROAD_LISTED: Final = tuple(f"{road}、" for road in _ROADS)
_COUNTS: Final = frozenset("一二三四五六七八九十")
_NO_VILLAGE: Final = frozenset("邻外进驻全各本该每两三数多新老大小山农渔城乡同周四一二下出入回")
_OF_NATION: Final = ("国家", "中国")  # 国家海洋|博物馆
_NATIONAL: Final = 3  # signs of what says only whose it is
_SCHOOLED: Final = re.compile("[东西南北正]大?[街关](?:小学|中学|幼儿园|学校|社区)")
_CLOSING: Final = frozenset("、，。；）\n")
_DIRECTED: Final = re.compile("[东西南北中][路街]")  # 温泉|北路 is a name, whatever 温泉 says
_WITH_STREETS: Final = ("古城", "老城", "镇", "乡")
# What plain words that villages are called by end in: 大坝, 水井, 石桥.
_LAND: Final = frozenset("坝山河沟湾塘井桥岭坪坡岩石田园林泉溪湖滩洲崖洞庙寺亭台塔楼窑寨堡营店铺")
TOWN_HEADS: Final = ("镇", "乡", "街道", "苏木")


class SiteBegins:
    """Tells in one folded text where sites begin; ``ends`` are its regions by their ends."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        regions: RegionReader,
        signs: SiteSigns,
        extensions: SiteExtensions,
        ends: Mapping[int, PlaceName],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._regions = regions
        self._signs = signs
        self._extensions = extensions
        self._region_ends = ends
        self._stems = stems()

    def begin(self, kind: str, cut: int, joined: int, end: int) -> int | None:
        """Return where a name begins that may start at ``cut``, or with regions at ``joined``."""
        begin = self._begin_joined(kind, cut, joined, end)
        last = self._extensions.last_of_chain(joined, cut) if begin == joined < cut else None
        if last is None:
            return begin
        stem = self._text[cut:end]  # 岳池县|东外小学, but 色尼区|罗玛镇中心小学
        proper = self._stems.is_proper(stem, kind) and not ORDINAL.fullmatch(stem)
        return cut if proper else last

    def _begin_joined(self, kind: str, cut: int, joined: int, end: int) -> int | None:
        stem, behind = self._text[cut:end], joined < cut
        if self._signs.is_refused(kind, stem, cut, end):
            return None
        told = _TOLD.match(stem) if len(stem) >= _SHORTEST_TOLD else None
        seat = _IN_SEAT.match(stem) if _COUNTY_TOWN in stem else None
        if seat and kind not in JOINED and self._is_own(cut + seat.end(), end, kind):
            told = seat
        if told and end - cut - told.end() > 1:
            cut = joined = cut + told.end()
            stem = self._text[cut:end]
        itself = not stem and self._text.startswith(tuple_of("name.itself"), end)
        if itself and not _SCHOOLED.match(self._text, end):  # 城关镇|东大街, but 敦煌市|北街小学
            crossing = self._text[cut - 1 : cut] in _AND and self._text[cut - 2 : cut - 1] in _ROADS
            placed = behind or crossing or self._regions.is_placed(cut, end)
            placed = placed or self._text.endswith(_WITH_STREETS, 0, cut)  # 平遥古城|南大街
            return cut if placed or self._is_repeated(end) else None
        numbered = kind in NUMBERED and ORDINAL.fullmatch(stem) is not None
        usual = len(stem) == 2 and self._stems.is_name_verb(stem)  # 文化|路, 城关镇|新建|村
        usual = usual or (len(stem) == 2 and _DIRECTED.match(self._text, end) is not None)
        if usual and kind != "road":
            usual = (kind in LEVEL_KINDS or kind == "park") and (behind or is_led(self._text, cut))
        usual = usual and (behind or not self._stems.is_figure(stem, ""))
        if numbered or usual or self._stems.is_proper(stem, kind):
            described = kind in _DESCRIBED and not is_namelike(self._tokens, cut, end)
            described = described and not self._is_of_town(cut, stem)
            described = described or (kind == "square" and self._stems.is_plain_square(stem))
            own = kind in ("school", "facility") and behind and self._text[cut - 1] in "镇乡"
            own = own and not numbered and (kind == "school" or is_namelike(self._tokens, cut, end))
            joins = kind in JOINED and not own  # 海河镇|海河小学, but X县第一小学
            park = behind and self._text.startswith(_PARKS, end)
            joins = joins or (park and _OF_COUNTY.search(self._text, joined, cut) is not None)
            return joined if joins or (behind and described) else cut
        return self._begin_plain(kind, cut, joined, end)

    def _is_own(self, start: int, end: int, kind: str) -> bool:
        """Return whether a name of its own stands behind 县城: 勐腊县城|曼它拉广场."""
        stem = self._text[start:end]
        plain = self._stems.is_plain_square(stem) or not self._stems.is_proper(stem, kind)
        return not plain and is_namelike(self._tokens, start, end)

    def _is_of_town(self, cut: int, stem: str) -> bool:
        """Return whether a site bears the name of the town before it: 牛角店镇|牛角店大集."""
        town = self._region_ends.get(cut)
        own = self._text[town.start : cut - 1] if town and self._text[cut - 1] in "镇乡" else ""
        return own != "" and stem.startswith(own)

    def _begin_plain(self, kind: str, cut: int, joined: int, end: int) -> int | None:
        """Return where a name begins whose stem is a plain word, if what stands around tells one."""
        stem, behind = self._text[cut:end], joined < cut
        town = self._of_county(kind, cut, joined, stem)
        if town is not None:
            return town
        if kind == "square" and self._stems.is_plain_square(stem):
            return self._plain_square(cut, end)
        in_town = self._text.endswith(TOWN_HEADS, 0, cut)
        land = kind in LEVEL_KINDS and len(stem) == SHORT and stem[-1] in _LAND
        national = kind == "facility" and stem.startswith(_OF_NATION) and len(stem) > _NATIONAL
        single = self._is_single(kind, cut, end) or self._is_among_roads(kind, cut, end)
        if (in_town and land) or national or single:  # 青坪镇|大坝|村
            return cut
        if cut in self._region_ends and not stem and self._extensions.is_sight(cut, end):
            return self._region_ends[cut].start
        parked = self._text.startswith("停车", end) and stem in ("", "临时")
        if in_town and (parked or self._stems.is_level(stem)):
            # 兴隆街道|旗体育中心, but 在雁石坪镇|停车区
            return cut if kind in _BY_REGION and not parked else None
        named = kind in _BY_REGION and (behind or self._stems.is_level(stem))
        return joined if named else None

    def _of_county(self, kind: str, cut: int, joined: int, stem: str) -> int | None:
        """Return where a name begins that only says whose or in which town it is.

        县|文化广场, 某县城|客运站
        """
        level = _COUNTY.match(stem) if kind == "square" else None
        if level and self._stems.is_plain_square(stem[level.end() :]):
            return joined
        plain = not stem if kind in _OF_TOWN else self._stems.is_plain_square(stem)
        start = cut - len(_COUNTY_TOWN)
        if not (plain and kind in (*_OF_TOWN, "square")):
            return None
        if not self._text.startswith(_COUNTY_TOWN, max(0, start)):
            return None
        region = self._region_ends.get(start) or self._region_ends.get(start + 1)
        return start if region is None else region.start

    def _is_single(self, kind: str, start: int, end: int) -> bool:
        """Return whether one sign names a village that stands alone: 、|鹿村、."""
        if kind != "village" or end - start != 1:
            return False
        word = self._tokens.at(start)
        whole = (word.start, word.end, word.tag) == (start, end + 1, "new")
        led = self._text[start - 1 : start] == "、" or is_led(self._text, start)
        alone = self._text[word.end : word.end + 1] in _CLOSING
        return whole and led and alone and self._text[start] not in _NO_VILLAGE

    def _is_among_roads(self, kind: str, start: int, end: int) -> bool:
        """Return whether a road with a plain word for a name stands by others.

        陆兴路、温泉大道; 渔港路|与青岛北路交会处.
        """
        if kind != "road" or end - start != SHORT:
            return False
        listed = self._text.endswith(_ROAD_LISTED, 0, start) and self._text[start] not in _COUNTS
        return listed or CROSSES.match(self._text, end) is not None

    def _plain_square(self, start: int, end: int) -> int | None:
        """Return where a square begins that is called so in any town: 九龙口镇文化广场, 从|中心广场."""
        if self._regions.is_led(start, end):
            return start
        town = self._region_ends.get(start)
        return None if town is None else town.start

    def _is_repeated(self, start: int) -> bool:
        """Return whether a street that only has a direction is named here and elsewhere: 南街."""
        street = next(one for one in tuple_of("name.itself") if self._text.startswith(one, start))
        return self._text.count(street) > 1
