"""Heads (公安局, 分局, 大队, 派出所 …) → segments: each head with what it takes before it."""

import re
from collections.abc import Callable
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places, ends_of
from kg.language.taken import Taken
from kg.language.units.aliases import EACH, SEVERAL, Aliases
from kg.language.units.leaders import is_leader, is_post
from kg.language.units.leftward import REGIMENT, ROADS, ROUTE
from kg.language.units.marked import by_end, longest
from kg.language.units.parts import Segment
from kg.language.units.quoted import with_teams
from kg.language.units.vocabulary import TOWN_ENDINGS

# Levels that take a region or a number.
_RANKED: Final = frozenset({"corps", "detachment", "brigade", "squadron"})
# 城市局部, 各市局, 部分县局, 各分县局: what stands before the level is no region.
_NO_LEVEL: Final = "城超都闹夜门菜股各全分"
_COUNTED: Final = re.compile(
    r"(?<![第0-9])(?:[0-9]+|[两二三四五六七八九十]+)个?[省市州盟县旗区地](?:、?[市州县旗区]|（[^）]{1,7}）){0,3}\Z"
)
_EVERY: Final = re.compile(
    r"[全各每][级个]?[省市县旗区盟州镇乡、（）]*\Z"
)  # 全市派出所, 各旗区公安局
_TOWNS_ALL: Final = re.compile("[各每全][乡镇街道苏木村社区基层一线属地所辖]{1,6}")
_LONGEST_TOWN: Final = 6
_NAMED: Final = re.compile(r"[一-鿿]{2,6}\Z")
_SOME: Final = ("有的是", "有的来自")  # 有的是刑侦支队队长，有的是法制处处长
_THERE: Final = ("当地", "属地", "辖区")
# No name of a station: 公安派出所, 蒙古族派出所, 两家派出所.
_NAMELESS: Final = re.compile(
    r"(?:新时代|[一二三甲乙]级|标准化)?公安|农村|乡村|社区|[一-鿿]{1,4}族|(?:[两二三四五六七八九十几多数]|\d+)[余多]?[个家]"
)
_SHORT_STATION: Final = "所"
_STATION: Final = "派出所"
_LINES: Final = ("", "车站", "站", "边境", "水上", "森林", "林区", "公安")  # 贲红|车站|派出所
_RAIL: Final = re.compile("[东西南北]?站")
_SUBSTATION: Final = "分站"  # 畹町边检站|章凤分站
_PARTS_OF_LAND: Final = ("东部", "西部", "南部", "北部", "中部")
_PARTS: Final = ("分队", "小队")  # 护牧|分队 is no short name of anything
_SIGHTS: Final = tuple("山湖岛海岭江")  # 长白山公安局: a protected zone has a bureau of its own
_LONGEST_TEAM: Final = 4
_NO_TEAM: Final = re.compile(r"[^一-鿿]|[在到和与向从回往带各该两多等]$")
_ROUTES: Final = ("边境", "高速")

# 特警支队|突击组: made up for one deed
_GROUPS: Final = ("组", "小组")
_AD_HOC: Final = ("突击", "抓捕", "攻坚", "处置", "侦查")


class Segments(Aliases):
    """Finds the segments of one folded text."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        super().__init__(text, marked, places)
        self._heads = longest(marked.get("unit.head", []))
        self._aliases = marked.get("unit.alias", [])
        self._areas = by_end(marked.get("loc.area", []))
        self._classes = ends_of("unit.generic")
        self._staff = tuple(lexicon().terms("unit.staff"))
        self._called: set[str] = set()  # divisions with names of their own, as the text names them

    def segments(self) -> list[Segment]:
        """Return all segments in order of place."""
        found: list[Segment] = []
        strange: set[str] = set()
        foreign = -1  # where a head that is not police ended: what touches it is not police either
        for head in self._heads:
            before = found[-1].end if found else 0
            segment = self._segment(head, before)
            if segment is None or segment.start < before:
                foreign = head.end if self.is_foreign(head.start) else foreign
            elif segment.start != before and self._is_strange(segment, foreign):
                foreign = segment.end
                strange.add(self.text[segment.start : segment.end])
            else:
                found.append(segment)
        if strange:
            ends = {segment.end for segment in found}  # 路政|遵化大队, but 高速交警支队|遵化大队
            found = [
                s for s in found if s.start in ends or self.text[s.start : s.end] not in strange
            ]
        again = self.again(found)
        found = sorted([*found, *again], key=lambda s: s.start) if again else found
        return self._with_aliases(with_teams(self.text, found))

    def _is_strange(self, segment: Segment, foreign: int) -> bool:
        """Return whether a segment touches a head that is not police; a road before a post is none."""
        if segment.kind == "post" and self.text.endswith(ROADS, 0, segment.start):
            return False
        return segment.start == foreign or self.is_foreign(segment.start)

    def _with_aliases(self, found: list[Segment]) -> list[Segment]:
        taken, starts = Taken(len(self.text), found), {segment.start for segment in found}
        aliases = [
            alias
            for mark in self._aliases
            if not taken.touches(mark.start, mark.end)
            and (alias := self.alias(mark, divided=mark.end in starts)) is not None
        ]
        longer = {alias.start: alias.end for alias in aliases}  # 荣县公安|交警, told last
        aliases = [alias for alias in aliases if alias.end == longer[alias.start]]
        return sorted([*found, *aliases], key=lambda s: s.start) if aliases else found

    def _segment(self, head: Mark, before: int) -> Segment | None:
        kind, _, level = head.entry.value.partition(":")
        if self.is_compound(head):
            return None
        if head.entry.term in _GROUPS and self.text.endswith(_AD_HOC, 0, head.start):
            return None
        led = kind != "station" and is_post(self.text, head, self._heads, self.places)
        if led and not is_leader(self.text, head.end):
            return None
        make = _MAKERS.get(kind, Segments._station)
        segment = make(self, head, kind, level, before)
        if segment is None or (led and not (segment.stem or segment.regions)):
            return None
        return None if self._is_class(segment) else segment

    def _is_class(self, segment: Segment) -> bool:
        """Return whether 各, 全市, 基层 … before it make it a class of units, not one."""
        text, start = self.text, segment.start
        near, last = max(0, start - 8), text[start - 1 : start]
        region = segment.regions[0] if segment.regions else ""
        if last == "）" or region in self.levels or region.startswith("个"):
            counted = _COUNTED.search(text, near, start + len(region))
            if counted or _EVERY.search(text, near, start):
                return True  # 全州8县市公安局, 各县（市、区）交警大队
        if region.startswith(EACH) or SEVERAL.fullmatch(last + region):  # 各旗区公安局, 三县交警
            return not self.places.is_name(region)
        if text.endswith(_SOME, near, start) and (not region or region in self.levels):
            return True
        there = segment.stem and text.endswith(_THERE, near, start)  # 当地庙头派出所
        if segment.pointer or there:
            return False
        several = last == "等" and not segment.stem and not region  # 甲、乙等派出所
        if several or _TOWNS_ALL.fullmatch(segment.stem):
            return True
        return text.endswith(self._classes.get(last, ()), near, start)

    # -- agencies and branches --------------------------------------------------------------

    def _agency(self, head: Mark, kind: str, level: str, before: int) -> Segment:
        start = head.start
        while (wider := self.named_zone(start, before)) < start:
            start = wider
        regions, left = self.region_chain(start, before)
        if not regions and start == head.start:
            if self.text[start - 1 : start] in _SIGHTS:
                left = start = self.sight_start(start, before)
            elif (area := self._areas.get(start, start)) < start and area >= before:  # 冀中|公安局
                left = start = area
        return self.build(kind, level, left, start, head, regions)

    def _branch(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        if self.is_foreign(head.start):
            return None
        start = self._branch_start(head.start, before)
        if self.text.endswith("公安", 0, start) and before <= start - 2 and start < head.start:
            start -= 2
        regions, left = self.region_chain(start, before)
        if start == head.start and not regions:
            return self._bare(head, kind, level)
        system = self.systems.get(left, left)
        if system < left and not regions:  # 长航镇江公安分局
            start = left = system
        if self.holds_bureau(start, head.start):
            return None
        return self.build(kind, level, left, start, head, regions)

    def _branch_start(self, end: int, before: int) -> int:
        """Return where what a branch is named for begins: a zone with its name, a place, a name."""
        zone = self.zone_start(end)
        if zone == end - 1 and self.places.is_name(self.text[end - 2 : end]):
            return end - 2  # 海港|分局 is of a district, not of a port
        attached = self.gap_start(end, before, strict=zone == end)
        if attached < end:
            return attached
        place = self.place_start(end, before)
        if place < end and place <= zone:
            return place
        if zone < end:
            return self.zone_name(zone, before)
        return end if self.is_level(end, before) else self.name_start(end, before)

    def _short(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        start = head.start
        place = self.place_start(start + 1, before)
        if place < start:  # 乌审旗局, 舒兰市局: the level belongs to the region
            regions, left = self.region_chain(start + 1, before)
            return Segment("short", level, left, head.end, regions, "", head.entry.term[1:])
        if start > before and self.text[start - 1] in _NO_LEVEL:
            return None
        term = head.entry.term
        return Segment(kind, level, start, head.end, (term[:1],), "", term[1:])

    # -- divisions, offices, stations -------------------------------------------------------

    def _division(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        start = self.stem_start(head.start, before)
        route = before and ROUTE.fullmatch(self.text, before, start)
        if start == head.start and self.is_foreign(start) and not route:
            return None
        if start == head.start:
            start = self.gap_start(start, before)
        if start == head.start and level in _RANKED:
            start = self.place_start(start, before)
        if start == head.start and level == "squadron":  # 苏武中队, called by its town
            start = self.listed_start(start, before)
        if start == head.start and level in _RANKED:
            start = self._behind_police(start, before)
        elif start < head.start:
            start = self._named_division(start, before)
        regions, left = self.region_chain(start, before)
        if start == head.start and not regions:
            start = left = self._called_start(head)
        if start == head.start and not regions:
            part = head.entry.term in _PARTS and not self.opens(start, before)
            return None if part else self._bare(head, kind, level)
        if start == before and start < head.start and level in _RANKED:
            self._called.add(self.text[start : head.end])
        return self.build(kind, level, left, start, head, regions)

    def _called_start(self, head: Mark) -> int:
        """Return where a division begins that was named with its own above: 城北大队 of X支队城北大队."""
        end = head.end
        starts = (end - len(name) for name in self._called if self.text.endswith(name, 0, end))
        return min((start for start in starts if self.opens(start, 0)), default=head.start)

    def _behind_police(self, end: int, before: int) -> int:
        """Return where the police begin whose team has a name of its own: 交警|石佛中队."""
        for left in range(end - 2, max(before, end - _LONGEST_TEAM) - 1, -1):
            start = self.functions.get(left, left)
            if start < left and self.text[left - 1] == "警":
                name = self.text[left:end]
                free = not _NO_TEAM.search(name) and not self._holds_stop(name)
                if free and self.places.ending_at(start, before) is not None:
                    return left  # 西宁|交警|城北大队: an alias and what is a part of it
                return start if free and start >= before else end
        return end

    def _named_division(self, start: int, before: int) -> int:
        """Return where the name before a division's function begins: 王格尔塘|交警中队."""
        attached = self.gap_start(start, before)
        if attached < start or self.places.ending_at(start, before) is not None:
            return attached
        if self.text.endswith(_PARTS_OF_LAND, before, start) and self.opens(start - 2, before):
            return start - 2  # 东部|森林警察大队
        if self.text.startswith(_ROUTES, start):  # border divisions and those of motorways
            return self.name_start(start, before)
        return self.listed_start(start, before)

    def _station(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        if head.entry.term == _SHORT_STATION and not self._is_short_station(head):
            return self._named_before(head, kind, level, before)
        stem = self.stem_start(head.start, before)
        start = self.gap_start(stem, before)
        if start == stem:
            start = self._station_start(stem, before)
        regions, left = self.region_chain(start, before)
        own = self.text[start : head.start]
        if len(regions) == 1 and _RAIL.fullmatch(own):  # 徐州|东站|派出所
            start, own, regions = left, regions[0] + own, ()
        part = head.entry.term == _SUBSTATION
        if part and 0 < left == before:
            self._called.add(self.text[start : head.end])
        known = any(self.text.endswith(name, 0, head.end) for name in self._called)
        alone = part and not 0 < left == before and not known  # no 供电分站
        if alone or own in self.generic or (not regions and _NAMELESS.fullmatch(own)):
            return None
        if start == head.start and not regions:
            bare = head.entry.term != _SHORT_STATION and self._is_checkpoint(head, "")
            return self._bare(head, kind, level) if bare else None
        if not self._is_checkpoint(head, self.text[left : head.start]):
            return None
        return self.build(kind, level, left, start, head, regions)

    def _named_before(self, head: Mark, kind: str, level: str, before: int) -> Segment | None:
        """Return 圉镇所 where the text names 圉镇派出所 in full, or 圉镇车站派出所."""
        end = head.start
        quoted = self.text.startswith("”", head.end)  # 镇上有两个“龙邦所”: a word, not a name
        if quoted or not self._has_station(self.text[max(0, end - 2) : end]):
            return None
        start = self._station_start(end, before)
        if end - start < 2 or not self._has_station(self.text[start:end]):
            return None
        return self.build(kind, level, start, start, head, ())

    def _has_station(self, name: str) -> bool:
        """Return whether the text names a station of this name, with its line or without."""
        return any(f"{name}{line}{_STATION}" in self.text for line in _LINES)

    def _is_short_station(self, head: Mark) -> bool:
        """Return whether 所 stands for 派出所: 土牧尔台所民警, not 市场监管所所长, 甲、乙两所民警."""
        several = self.text.endswith("两", 0, head.start)
        if several or not self.text.startswith(self._staff, head.end):
            return False
        return not self.is_foreign(head.start) and head.start not in self.functions

    def _station_start(self, end: int, before: int) -> int:
        """Return where a station's own name begins: the longest listed name, else a region."""
        zone = self.zones.get(end, end)
        if zone < end:  # 经济开发区|派出所
            return self.zone_name(zone, before)
        if self.is_level(end, before):
            return end
        if self.text.endswith("团", before, end):
            regiment = REGIMENT.search(self.text, max(before, end - 6), end)
            if regiment:
                return regiment.start()
        if self.text[end - 1] == "站" and (county := self.place_start(end - 1, before)) < end - 1:
            return county  # 东海县|站|派出所
        start = min(self.listed_start(end, before), self.place_start(end, before))
        if start == end:
            start = self._town_start(end, before)
        start = start if start < end else self.name_start(end, before)
        if start == end or self.text.startswith("派出所、", before - 3):  # 、|接官亭|派出所
            start = min(start, self.joined_start(end, before))
        return start

    def _town_start(self, end: int, before: int) -> int:
        """Return where the name of a town begins that the text names in full: 伊和淖日[苏木]."""
        last = self.text[end - 2 : end]
        endings = [ending for ending in TOWN_ENDINGS if last + ending in self.text]
        for start in range(max(before, end - _LONGEST_TOWN), end - 1) if endings else ():
            form = self.text[start:end]
            if _NAMED.match(form) and any(form + ending in self.text for ending in endings):
                return start if self.opens(start, before) else end
        return end

    def _is_checkpoint(self, head: Mark, stem: str) -> bool:
        """Return whether a 检查站 or 服务站 is one of the police: the text names it so in full."""
        term = head.entry.term
        signs = lexicon().terms("unit.short-head").get(term)
        return signs is None or any(f"{stem}{sign}{term}" in self.text for sign in signs.split())

    # -- building ---------------------------------------------------------------------------

    def _bare(self, head: Mark, kind: str, level: str) -> Segment:
        left, point = self._pointer(head.start)
        return Segment(kind, level, left, head.end, (), "", head.entry.term, point)

    def _pointer(self, start: int) -> tuple[int, str]:
        """Return where 该, 我, 本, 这个 before ``start`` begins, and the word."""
        for point in self.points:
            if self.text.endswith(point, 0, start):
                return start - len(point), point
        return start, ""


_Maker = Callable[[Segments, Mark, str, str, int], Segment | None]
# No methods of one reader: it would hold itself, and live on until the collector finds it.
_MAKERS: Final[dict[str, _Maker]] = {
    "agency": Segments._agency,
    "branch": Segments._branch,
    "short": Segments._short,
    "division": Segments._division,
    "team": Segments.office,
    "office": Segments.office,
}
