"""The grammar of place names: regions, and sites that end in a head (村, 路, 广场, 小学).

A chain of places (X市Y镇Z村) is one name a level; a school, hospital or other institution keeps its
regions, and so does a site that nothing but its region names (X县汽车站).
"""

import bisect
import operator
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.language.centres import centres
from kg.language.gates import gates
from kg.language.landmarks import Landmarks
from kg.language.lexicon import Mark
from kg.language.names_left import NameReader, is_namelike
from kg.language.place_name import LEVEL_KINDS, PlaceName
from kg.language.region_verbs import is_river
from kg.language.regions import RegionReader, is_official
from kg.language.scan import Scan
from kg.language.short_names import SHORT, ShortNames
from kg.language.sights import SightNames
from kg.language.site_begins import JOINED, TOWN_HEADS, SiteBegins
from kg.language.site_extensions import HALLS, SIGHTS, UPON_NATURE, SiteExtensions
from kg.language.site_heads import SCHOOL, SiteHeads, by_end
from kg.language.site_signs import SiteSigns
from kg.language.site_starts import SiteStarts
from kg.language.site_stems import stems
from kg.language.taken import Placed, Taken
from kg.language.villages import VillageNames
from kg.language.words import known

_IN_REGIONS: Final = LEVEL_KINDS | {"zone", "estate"}
# Signs like 河 and 山 end many a word: they need a place word before them, or a name.
_NATURAL: Final = frozenset({"water", "mountain"})
_ON_RIVERS: Final = ("村", "大桥", "渡口", "码头")  # 红水河|白石渡口
_BY_RIVERS: Final = _NATURAL | {"reservoir"}
_SIGHT_KINDS: Final = frozenset({"scenic", "park", "zone"})  # 怀玉山风景区|金刚峰
_HOUSE: Final = re.compile(
    r"[0-9Kk](?:(?<=[0-9])[0-9]*弄|(?<=[Kk])[0-9]+(?:\+[0-9]+)?)"
)  # 1188弄|云翔佳苑
_LEVEL_ENDS: Final = frozenset("镇乡县市旗村")  # 逢水泉镇|大集 is a day
_NATURE: Final = re.compile(r"[山岭峰峡海湖河沟谷]\Z")
_WING: Final = re.compile(r"(?<=大道)[东西南北中](?=[、，。（；与和])")  # 海滨大道北、
_OF_COUNTIES: Final = ("人民医院", "中医院", "第一", "第二", "第三")  # 昌江|人民医院, no 安康|医院
_JOINTLY: Final = ("会同", "联合")  # 会同|乡司法所
_STEM: Final = re.compile("[一-鿿]{2,4}")
_TOWN: Final = 5  # signs of a town's name before its level
_COUNTIES: Final = ("县", "市", "区", "旗")
_COUNTY_ENDS: Final = frozenset("县市区旗州盟")
_METRO: Final = 4  # signs at most of a station that has no name: 地铁站
_SECTION: Final = 6  # signs from a road to its 路段
_VILLAGERS: Final = tuple("民官委支干医警里口头级规庄")  # 村|民, 村|委
_FAIR_TOWN: Final = "集镇"
_ROUGHLY: Final = ("余", "多")
_OFTEN_OLD: Final = frozenset("村镇街路")  # 立新|村, not 立|新村
_CROSSED: Final = ("桥", "大桥", "特大桥", "隧道")  # 枝江长江大桥 is one name
_GATE: Final = re.compile("[东西南北正]大?门")
_PORTS: Final = ("港", "口岸", "码头", "渔港")  # 珠海|青茂口岸, but 三沙中心渔港
_BY_ROADS: Final = ("服务区", "停车区", "收费站")
_PLACE: Final = operator.attrgetter("start", "end", "kind", "rule")


class SiteGrammar:
    """Finds the place names of one scan, units and documents left out."""

    def __init__(self, scan: Scan, taken: Sequence[Placed]) -> None:
        self._text = text = scan.text
        self._tokens = tokens = scan.tokens
        self._places = places = scan.places
        self._marked = marked = scan.marked
        self._taken = Taken(len(text), taken)
        self._stems = stems()
        self._reader = NameReader(text, tokens, places)
        self._regions = RegionReader(text, tokens, places, self._taken.touches)
        self.regions = self._read_regions()
        self._region_ends = {region.end: region for region in self.regions}
        self._region_starts = [region.start for region in self.regions]
        self._landmarks = Landmarks(text, tokens, places, marked, self._reader, self._taken.touches)
        self._heads = SiteHeads(text, tokens, self._reader, self._landmarks, self._region_ends)
        self._short = ShortNames(text, self._reader, self._stems, self._region_ends)
        self._signs = SiteSigns(
            text, tokens, places, self._stems, self._landmarks, self._region_ends
        )
        self._villages = VillageNames(scan)
        self._sights = SightNames(scan)
        # Where names begin that a list holds, by their ends: 七盘关|收费站.
        self._listed: dict[int, int] = {}
        for found in (*self._villages.found, *self._sights.found):
            first = self._listed.get(found.end, found.start)
            self._listed[found.end] = min(first, found.start)
        self._starts = SiteStarts(
            text, self._reader, self._heads, self._short, self._region_ends, self._listed
        )
        self._extensions = SiteExtensions(text, tokens, self._region_ends)
        self._begins = SiteBegins(
            text, tokens, self._regions, self._signs, self._extensions, self._region_ends
        )
        # The ends of official regions, numbered roads and what is taken: no name reaches over one.
        sure = [region for region in self.regions if region.sure]
        housed = any(sign in text for sign in "弄Kk")
        numbers = (match.end() for match in _HOUSE.finditer(text)) if housed else ()
        ends = {name.end for name in (*self._landmarks.roads, *sure)} | self._landmarks.road_ends
        self._edges = sorted({0, *ends, *numbers, *self._taken.ends})
        self._inner = bytearray(len(text) + 1)  # 1 where a sign goes on with an official region
        for region in sure:
            start = region.start + 1
            self._inner[start : region.end] = b"\1" * (region.end - start)

    def _read_regions(self) -> list[PlaceName]:
        """Return the names of the gazetteer that stand for a region here, or for its river."""
        return [
            PlaceName(
                found.start,
                found.end,
                "water" if is_river(self._text, found) else "region",
                "region",
                is_official(found.form),
            )
            for found in self._regions.regions()
        ]

    def names(self) -> list[PlaceName]:
        """Return the place names in order of place."""
        sites = [*self.regions, *self._landmarks.roads, *self._sites()]
        ends = {site.end for site in sites}
        houses = centres(self._text, self._tokens, self._places, self._marked)
        touches = self._taken.touches
        sites += [h for h in houses if h.end not in ends and not touches(h.start, h.end)]
        found = {*sites, *self._landmarks.names(sites), *gates(self._text, sites)}
        return sorted(self._with_listed(found), key=_PLACE)

    def _with_listed(self, names: Iterable[PlaceName]) -> set[PlaceName]:
        """Return the names with the villages and sights of the gazetteer that none reaches over."""
        kept = set(names)
        for listed in (*self._villages.names(), *self._sights.names()):
            start, end = listed.start, listed.end
            met = [one for one in kept if one.start < end and start < one.end]
            holds = any(one.start <= start and end <= one.end for one in met)
            region = any(one.kind == "region" and one.sure for one in met)
            if not (holds or region or self._taken.touches(start, end)):
                kept.difference_update(met)
                kept.add(listed)
        return kept

    # -- sites with a head ------------------------------------------------------------------

    def _sites(self) -> list[PlaceName]:
        found: list[PlaceName] = []
        for group in by_end(self._marked.get("loc.head", [])):
            heads = self._whole(group)
            last = found[-1] if found else None
            name = self._site(heads[0], last)
            if name is None and len(heads) > 1:
                name = self._shorter(heads, last)
            if name is not None:
                if last is not None and name.start < last.end:
                    found.pop()
                metro = name.kind == "station" and name.end - name.start > _METRO
                if metro and self._text.startswith("地铁", name.start):  # 地铁|车公庄站
                    name = replace(name, start=name.start + 2)
                found.append(name)
        return found

    def _whole(self, heads: list[Mark]) -> list[Mark]:
        """Return the heads without a longest one that begins inside a region: 库|车站 of 库车|站.

        So does 集镇 inside a town whose station the text names: 雷集派出所, 雷集|镇.
        """
        fair = len(heads) > 1 and heads[0].entry.term == _FAIR_TOWN
        if fair and self._is_fair_town(heads[-1].start):
            return heads[1:]
        begun = self._places.crosses(heads[0].start) if len(heads) > 1 else None
        if begun is None or not self._tokens.is_edge(begun):
            return heads
        return heads[1:] if self._places.ending_at(heads[1].start, begun) else heads

    def _is_head(self, head: Mark, kind: str, flag: str) -> bool:
        """Return whether a head stands for a site here: no 逢水泉镇|大集, which is a day."""
        term = head.entry.term
        near = term == "路" and self._text.startswith(("段", "口"), head.end)
        if near and any(0 <= head.start - road.end <= _SECTION for road in self._landmarks.roads):
            return False  # 109国道|橡皮山|路段
        behind = self._text[head.start - 1 : head.start]
        if term == "村" == behind and self._text.startswith(_VILLAGERS, head.end):
            return False  # 防川村|村口
        counted = term == "路" and behind in _ROUGHLY
        if counted and self._text[head.start - 2 : head.start - 1].isdigit():
            return False  # 监控4600余|路
        if term == "学校" and behind == "小":
            return False  # 中心小学|校
        if term == "大集" and behind in _LEVEL_ENDS:
            return False
        whole = self._heads.ends_well(head, kind, flag)
        whole = whole or (term == _FAIR_TOWN[-1] and self._is_fair_town(head.start))
        return whole or (term == "村" and self._is_cut_village(head))

    def _is_fair_town(self, end: int) -> bool:
        """Return whether a town called 雷集 ends at ``end``: the text names its station."""
        return self._text[end - 1] == _FAIR_TOWN[0] and self._is_policed(self._text[end - 2 : end])

    def _is_cut_village(self, head: Mark) -> bool:
        """Return whether the segmenter cut through a village's short name: 日|谢村."""
        if self._text[head.end : head.end + 1] in _VILLAGERS:
            return False
        return self._short.is_bounded(head.start - SHORT, head.start)

    def _shorter(self, heads: Sequence[Mark], last: PlaceName | None) -> PlaceName | None:
        """Return the name with a shorter head: 立|新村 is 立新|村, 徐|东大街 is 徐东|大街."""
        whole, short = heads[0], heads[-1]
        if whole.entry.term[0] in "东西南北" and len(whole.entry.term) > 2:
            short = heads[1]
        elif len(whole.entry.term) != 2 or short.entry.term not in _OFTEN_OLD:
            return None
        if short.entry.term == "村" and self._short.is_bounded(short.start - SHORT, short.start):
            return self._site(short, last)  # 日|古村
        start = self._reader.start(whole.start, self._floor(whole.start, last), 2)
        return self._site(short, last) if whole.start - start < 2 else None

    def _site(self, head: Mark, last: PlaceName | None) -> PlaceName | None:
        kind, _, flag = head.entry.value.partition(":")
        # 郭家店镇 and its 文化活动中心, but 下淤村文化礼堂
        apart = head.entry.term in HALLS and self._text.endswith(TOWN_HEADS, 0, head.start)
        if apart or self._is_taken(head, kind) or not self._is_head(head, kind, flag):
            return None
        if last is not None and self._extensions.extends(last, head):
            return self._extensions.extended(last, head)
        if last is not None and head.start < last.end and flag in ("strict", "part"):
            return None
        floor = self._floor(head.start, last)
        start = self._starts.of(head, kind, floor)
        if head.entry.term in TOWN_HEADS:
            start = self._town_start(start, head, floor)
        if kind in _BY_RIVERS or head.entry.term.endswith(_ON_RIVERS):
            start = self._behind_river(start, head.start)
        cut, joined = self._split_regions(start, head.start, kind)
        begin = self._begins.begin(kind, cut, joined, head.start)
        if begin is not None and kind == "road" and self._signs.is_crossing(begin, head):
            return PlaceName(begin, head.end + 1, "other", "site.crossing")
        if begin is None:
            return self._extensions.beside(last, head, kind) if start < head.start else None
        listed = self._listed.get(head.start) == begin  # 小什字|站
        behind = flag == "strict" and (begin == cut > joined or listed)
        sight = last is not None and last.end == begin and last.kind in _SIGHT_KINDS
        sure = behind or self._signs.is_sure(kind, flag, begin, head, placed=sight)
        sure = sure and not (sight and kind == "square" and self._is_gate(begin, head.start))
        return self._ended(begin, head, kind) if sure else None

    def _is_gate(self, start: int, end: int) -> bool:
        """Return whether a square lies before a gate of the park behind which it stands."""
        return _GATE.fullmatch(self._text, start, end) is not None  # 人民公园|西门广场

    def _ended(self, begin: int, head: Mark, kind: str) -> PlaceName | None:
        """Return a site with its end: 香溪河口, 海滨大道北, and 马牙山, where 栈道 is its head."""
        end = self._landmarks.natural.mouth(head.end)
        if kind == "school" and head.entry.term.endswith("学") and SCHOOL.match(self._text, end):
            end += 1  # 中心小学|校
        if kind == "road" and _WING.match(self._text, end):
            end += 1
        if head.entry.term in UPON_NATURE and _NATURE.search(self._text, begin + 1, head.start):
            if head.start in self._region_ends:  # 崂山|会场
                return None
            kind, end = "mountain", head.start
        if head.entry.term == "出口" and self._text[head.start - 1] == "站":  # 牡丹园站|出口
            end = head.start
        return PlaceName(begin, end, kind, f"site.{kind}")

    def _is_taken(self, head: Mark, kind: str) -> bool:
        """Return whether a head is part of another name: 茈碧|湖|镇, 背崩|乡|道."""
        if self._taken.touches(head.start, head.end) or head.end in self._landmarks.road_ends:
            return True
        if self._inner[head.end]:  # 陵水|新村|镇
            return True
        named = self._region_ends.get(head.end)
        if named is None:
            return self._inner[head.start] == 1
        if named.sure and kind in _IN_REGIONS and self._tokens.is_edge(named.start):
            return True
        form = self._text[named.start : named.end]
        # 昆山|花桥, 浙江|柯桥; 安徽|金寨 beside 金寨县 is no village 安徽金寨
        below = kind in ("road", "station") and named.start in self._region_ends
        below = below or any(form + level in self._text for level in _COUNTIES)
        if named.start < head.start and below:
            return True
        return self._inner[head.start] == 1 and named.start >= head.start

    # -- where a name begins ----------------------------------------------------------------

    def _floor(self, end: int, last: PlaceName | None) -> int:
        """Return where what no name before ``end`` reaches over ends."""
        edge = self._edges[bisect.bisect_right(self._edges, end) - 1]
        return last.end if last is not None and edge < last.end <= end else edge

    def _town_start(self, start: int, head: Mark, floor: int) -> int:
        """Return where the longest town known begins that ends with the head: 朝|石空镇."""
        if (area := self._landmarks.area_ends.get(head.start)) is not None and area >= floor:
            return area  # 大九湖|镇, though there is a 九湖镇
        for begin in range(max(floor, head.start - _TOWN), head.start - 1):
            form = self._text[begin : head.end]
            if self._places.is_name(form) or self._is_policed(self._text[begin : head.start]):
                if form.startswith(_JOINTLY):
                    continue
                return begin
        return start

    def _is_policed(self, stem: str) -> bool:
        """Return whether the text names the station of a town: 张郭派出所：张郭镇."""
        return _STEM.fullmatch(stem) is not None and f"{stem}派出所" in self._text

    def _behind_river(self, start: int, end: int) -> int:
        """Return where a name goes on behind the river that it lies in: 长江|百里洲."""
        rivers = (river.end for river in self._marked.get("loc.river", ()) if river.start == start)
        return next((stop for stop in rivers if end - stop >= SHORT), start)

    def _split_regions(self, start: int, end: int, kind: str) -> tuple[int, int]:
        """Return where the proper name begins behind official regions, and where those begin."""
        cut = joined = start
        for region in self.regions[bisect.bisect_left(self._region_starts, start) :]:
            if region.end > end:
                break
            if region.sure or self._is_level_before(region, end, kind):
                joined = region.start if cut == start and region.start > start else joined
                cut = region.end
        while (place := self._region_ends.get(joined)) is not None:
            if self._is_below(place, joined):
                break
            joined = place.start
        return cut, joined

    def _is_below(self, town: PlaceName, start: int) -> bool:
        """Return whether a town stands before its county, which begins the name.

        丁蜀镇|宜兴市第一小学, 石碌镇|昌江人民医院.
        """
        index = bisect.bisect_left(self._region_starts, start)
        next_one = self.regions[index] if index < len(self.regions) else None
        county = next_one is not None and next_one.start == start
        if not county or next_one is None:
            return False
        form = self._text[start : next_one.end]
        short = self._text.startswith(_OF_COUNTIES, next_one.end) and self._places.is_region(form)
        county = form[-1] in _COUNTY_ENDS or short
        return county and self._text.endswith(TOWN_HEADS, 0, town.end)

    def _is_level_before(self, region: PlaceName, end: int, kind: str) -> bool:
        """Return whether a short name is a level of its own: 广东|东莞|大朗镇, 陕西|渭南|东风街."""
        form = self._text[region.start : region.end]
        zone = kind == "zone" and is_namelike(self._tokens, region.end, end)
        towns = kind in LEVEL_KINDS or zone  # but 贵阳大数据安全产业|示范区
        towns = towns or self._text.startswith(SIGHTS, end)  # 中卫|沙坡头旅游景区
        towns = towns or (kind not in JOINED and region.start in self._region_ends)
        ring = self._text.startswith("绕城", region.end)  # 海口绕城高速
        towns = towns or (kind == "road" and f"{form}市" in self._text and not ring)  # 成都|春熙路
        port = self._text.startswith(_PORTS, end) and self._places.is_region(form)
        if port and end - region.end > 1 and is_namelike(self._tokens, region.end, end):
            return True
        if self._text.startswith(_BY_ROADS, end) and end - region.end > 1:  # 元江|红河谷服务区
            return any(form + level in self._text for level in "市县区旗")
        street = kind == "road" and not self._text.startswith(_CROSSED, end)
        # 西昌|邛海, but 乌苏里江
        natural = kind in _NATURAL and end > region.end
        natural = natural and not self._text.startswith(_CROSSED, end + 1)  # 临猗黄河大桥
        natural = natural and known(self._text[region.end : end + 1])
        high = self._places.is_high(form)
        high = high or ((street or natural) and self._places.is_region(form))
        return high and (natural or (towns and end - region.end > 1))
