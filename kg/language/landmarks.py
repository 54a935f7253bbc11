"""Place names that no head of its own gives: numbered roads, rivers, wider areas, lists, stretches.

A river or a hill has a head (河, 山) that ends many another word, so it is a name only if the words
around it or the dictionary say so.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.language.below import below_provinces
from kg.language.counted_lists import counted_lists
from kg.language.lexicon import Mark, any_of, lexicon
from kg.language.names_left import NAME_TAGS, NameReader, is_namelike
from kg.language.natural import STOP, NaturalNames, closing
from kg.language.place_name import PlaceName
from kg.language.regions import Places, common_words, tuple_of
from kg.language.roads import numbered_roads
from kg.language.text import places_of
from kg.language.tokens import Tokens
from kg.language.ways import ways
from kg.language.words import known, tagged
from kg.records import record

_ITEM: Final = r"(?:(?!的)[一-鿿]){2,6}"
_NUMBER: Final = r"[二两三四五六七八九十\d]+"
_MANY: Final = (
    rf"(?:等|等多[个处]|等?{_NUMBER}[个处]?)(?:沿[海江河湖黄边线]|边境|山区|牧区|偏远|周边)?"
)
_TRUNKS: Final = ("公路", "铁路", "高速", "高铁", "客专")
_NUMBERED: Final = re.compile(r"(?<![0-9A-Za-z])[GS][0-9]{1,4}\Z")
_BORDER: Final = re.compile(r"中(?:俄|蒙|朝|越|老|缅|印|巴|哈|吉|塔|尼|不)(?:边境|边界)")
_GROUP: Final = re.compile(
    r"(?:[一-鿿]{1,3}|[0-9]{1,2})[组社队](?=[一-鿿]*[，。、）”]?)(?![织长成建团合员伍区])"
)
_ITEM_SIGNS: Final = 3
_WHERE: Final = ("在", "到", "对", "沿", "赴", "走进", "深入", "位于", "来到", "前往", "途经")
_WATER: Final = re.compile(
    r"(?:[坠落掉冲滑跃翻栽]入|横跨)(?P<name>[一-鿿]水)(?=[，。、；中里]|\n)"
)  # 渫水
_ARM: Final = re.compile(r"(?:^|[^一-鿿]|[在沿到])[东西南北]\Z")  # 东淠河, 西淠河
_TRUNK_NAME: Final = re.compile(rf"[一-鿿]{{2}}(?:{'|'.join(_TRUNKS)})")
_LEADING: Final = frozenset(
    "沿在到对由从至、，与和及经过往朝赴"
)  # 沿|集二线, whatever the segmenter says
_BESIDE: Final = tuple("下前旁里外上边脚顶")  # 朝阳楼|下
_REACH: Final = re.compile(r"(?:重点|危险|敏感|禁渔|沿线)?(?:江段|河段|水域|海域|片区|边贸[点区])")
_TOWN: Final = re.compile("[一-鿿]{2,3}")
_TOWNS: Final = ("镇", "乡", "街道", "苏木")
_TOWN_SIGNS: Final = frozenset("镇乡道")
_BULLET: Final = re.compile("[■▲●◆★◎【]")
_HEADED: Final = re.compile(
    rf"(?:^|\n)[ ]*[■▲●◆★◎【](?:[\d:：]+[ ]*)?(?P<name>{_ITEM})(?=[】：丨｜ ])"
)


_NEXT: Final = re.compile(
    r"、(?P<name>[一-鿿]{1,3}[山岭湖峡谷沟坝滩峰岛湾门阁楼塔])(?=、|等|[和及与是](?=[一-鿿])|设|开展|，|。|一带|沿线)"
)
_OVER: Final = re.compile("口(?=路?段|附近)")  # 唐古拉山|口路段
_COUNTED: Final = re.compile("[一两二三四五六七八九十几多][道座条个处]")  # 翻过|三道山梁
# No everyday word ends in these: 双头圩, 活人坪.
_ASKING: Final = frozenset("哪这那各每某")
_OLD_SPOTS: Final = frozenset("圩墟坪坳垭垴崖峡庵祠屯塬墕峁岔崮岙堰埠")
_SLOPE: Final = re.compile(r"[山岭峰][东西南北][坡麓]\Z")  # 在|仙翁山|北坡一处
_PASS: Final = re.compile(  # behind a numbered road: 201国道|威虎岭|坡底
    r"[一-鿿]{1,3}(?:山口(?=路?段)|[岭山垭坝沟湾峡](?=路段|段|[坡脚口]|下坡|上坡|弯道|急弯|隧道口|附近|一带))"
)
_ACCOUNT: Final = "平安"  # 来源：平安|东海
_SPEECH: Final = ("话", "口音", "方言", "腔")  # 一口陕南|话
_CROSSING: Final = re.compile(
    r"(?![一两三四五六七八九十几多]+[处个])(?:(?![与和及在的等各])[一-鿿]){2,4}?路口"
)  # 326国道|黄家坝路口


class Landmarks:
    """Finds the place names of one folded text that stand without a head, or with a weak one."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        marked: dict[str, list[Mark]],
        reader: NameReader,
        is_taken: Callable[[int, int], bool],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places
        self._marked = marked
        self._reader = reader
        self._is_taken = is_taken
        self.natural = NaturalNames(text, tokens)
        self._generic = _generic()
        self._areas = list(self._wider())
        # Where roads end that a list holds, whatever stands before them: 突袭|青藏公路.
        self.road_ends = {area.end for area in self._areas if text.endswith(_TRUNKS, 0, area.end)}
        self.area_ends = {
            area.end: area.start for area in self._areas if area.end not in self.road_ends
        }
        self.roads = list(numbered_roads(text))

    def names(self, sites: Sequence[PlaceName]) -> list[PlaceName]:
        """Return what is found beside the ``sites``: areas, rivers, list items, stretches."""
        sure = [*self._areas, *self._borders(), *self._rivers()]
        weak = [
            *self._listed(),
            *self._ranges(),
            *self._sections(sites),
            *self._headed(),
            *ways(self._text, self._places, self._reader),
            *self._singled(),
            *counted_lists(self._text, self._tokens, self._reader),
            *self._bare(),
            *self._reaches(),
            *self._groups(sites),
            *self._neighbours(sites),
            *self._towns(sites),
            *below_provinces(self._text, self._tokens, self._places, sites),
        ]
        free = [n for n in weak if not any(s.start < n.end and n.start < s.end for s in sites)]
        free += [
            n
            for n in self._neighbours(free)
            if not any(s.start < n.end and n.start < s.end for s in (*sites, *free))
        ]
        free += self._again(free, [*sites, *free])
        return [name for name in (*sure, *free) if not self._is_taken(name.start, name.end)]

    # -- rules ------------------------------------------------------------------------------

    def _wider(self) -> Iterator[PlaceName]:
        marks = [*self._marked.get("loc.area", ()), *self._marked.get("loc.country", ())]
        for mark in marks:
            paper = self._text.startswith((*tuple_of("name.paper"), *_SPEECH), mark.end)
            begins = self._tokens.is_edge(mark.start) or self._text[mark.start - 1] in _LEADING
            account = self._text.endswith(_ACCOUNT, 0, mark.start)
            one_way = self._text.startswith("单向", mark.end - 1)  # 由东往西|单向通行
            begins = begins or self._text.startswith("K", mark.end)  # 钻上|集二线|K109处
            ends = self._tokens.is_edge(mark.end) or (
                mark.end - mark.start > 2 and self._text[mark.end : mark.end + 1] in _BESIDE
            )
            if begins and ends and not (paper or account or one_way):
                number = _NUMBERED.search(
                    self._text, max(0, mark.start - 5), mark.start
                )  # G15|沈海高速
                start = number.start() if number else mark.start
                lake = self._text.startswith("湖", mark.end)  # 达里诺尔|湖
                over = self._text[mark.end - 1] == "山" and _OVER.match(self._text, mark.end)
                yield PlaceName(start, mark.end + (lake or bool(over)), "area", "area")

    def _borders(self) -> Iterator[PlaceName]:
        for match in _BORDER.finditer(self._text):
            yield PlaceName(match.start(), match.end(), "area", "border", sure=False)

    def _rivers(self) -> Iterator[PlaceName]:
        for mark in self._marked.get("loc.river", ()):
            shore = self._text.startswith(("畔", "岸", "边"), mark.end)
            whole = self._tokens.is_edge(mark.start) and (self._tokens.is_edge(mark.end) or shore)
            whole = whole and not self._text.endswith(_ACCOUNT, 0, mark.start)
            if whole and not self._text.startswith(tuple_of("name.notriver"), mark.end):
                arm = _ARM.search(self._text, max(0, mark.start - 2), mark.start)
                start = arm.end() - 1 if arm and mark.end - mark.start == 2 else mark.start
                yield PlaceName(start, mark.end, "water", "river", sure=False)
        drowned = "水" in self._text and "入" in self._text
        for match in _WATER.finditer(self._text) if drowned else ():
            if not known(match["name"]):
                yield PlaceName(*match.span("name"), "water", "river", sure=False)

    def _listed(self) -> Iterator[PlaceName]:
        """Yield the names of a list without the noun that they share: 六马、简嘎、良田等乡镇."""
        for match in _patterns().listed.finditer(self._text):
            towns = self._text[match.end() - 1] in _TOWN_SIGNS
            yield from self._items(match.end("last"), towns=towns)

    def _items(self, end: int, *, towns: bool) -> Iterator[PlaceName]:
        while True:
            start = self._reader.start(end, max(0, end - 8), 6)
            region = self._places.ending_at(start + 2, start) or self._places.ending_at(
                start + 3, start
            )
            if region and end - start - len(region[1]) > 1:  # 湖南|茶峒
                start += len(region[1])
            if not (towns and self._is_town(start, end)) and not self._is_name(start, end):
                return
            yield PlaceName(start, end, "region", "listed", sure=False)
            if not start or self._text[start - 1] not in "、和":
                return
            end = start - 1

    def _ranges(self) -> Iterator[PlaceName]:
        """Yield the ends of a stretch: 朱日和|至|赛汉塔拉|段."""
        for match in _patterns().ranged.finditer(self._text):
            end = match.start()
            road = max((road.end for road in self.roads if road.end <= end), default=0)
            start = self._reader.start(end, max(road, end - 8), 6)
            pair = ((start, end), match.span("to"))
            named = any(self._is_name(*span) for span in pair)
            if named and all(self._is_name(*span) or self._is_town(*span) for span in pair):
                for left, right in pair:
                    yield PlaceName(left, right, "other", "range", sure=False)

    def _sections(self, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
        """Yield the place that a section of a road is named for, and crossings of numbered ones.

        210国道|达拉特旗|段, 326国道|黄家坝路口, 201国道|威虎岭|坡底.
        """
        for road in self.roads:
            crossing = _CROSSING.match(self._text, road.end)
            if crossing:
                yield PlaceName(*crossing.span(), "other", "crossing", sure=False)
            hill = _PASS.match(self._text, road.end)
            if hill and self._is_neighbour(*hill.span()):
                yield PlaceName(*hill.span(), "mountain", "pass", sure=False)
        trunks = (area for area in self._areas if area.end in self.road_ends)
        for road in (*(site for site in sites if site.kind == "road"), *trunks):
            match = _patterns().section.match(self._text, road.end)
            if match is None or not self._is_name(*match.span("name")):
                continue
            if "至" in match["name"]:  # 花石峡至昌麻河段 has two ends
                continue
            if self._places.is_name(match["name"]) or len(match["name"]) > 2:
                yield PlaceName(*match.span("name"), "other", "section", sure=False)

    def _bare(self) -> Iterator[PlaceName]:
        """Yield bare names between two edges: 开往|普雄|的, 在|吴城|附近, 在|南山口|设卡."""
        for match in _patterns().bare.finditer(self._text):
            start, end = match.span("name")
            if self._is_bare(start, end) or self._is_spot(start, end):
                yield PlaceName(start, end, "region", "bare", sure=False)

    def _is_bare(self, start: int, end: int) -> bool:
        """Return whether the gazetteer holds a name, and nothing else does."""
        name = self._text[start:end]
        if not self._places.is_name(name) or name in common_words():
            return False
        words = self._tokens.between(start, end)
        return self._tokens.is_edge(start) and all(word.tag in NAME_TAGS for word in words)

    def _is_spot(self, start: int, end: int) -> bool:
        """Return whether an unknown name ends as those of passes, springs and wells do: 不冻泉."""
        form = self._text[start:end]
        if not 2 < len(form) < 5 or form[-1] not in lexicon().terms("name.spot"):
            return False
        last = self._text[end - 2 : end]  # 路|口, 站|台 are words
        around = self._text.startswith("一带", end)  # 在|牛心墩|一带
        common = known(last) and (around or tagged(last)[0][1] not in NAME_TAGS)
        plain = form in self._generic or common or _COUNTED.match(form) is not None
        return (
            not plain
            and (around or form[-1] in _OLD_SPOTS or is_namelike(self._tokens, start, end))
            and not self._reader.has_stop(start, end)
            and form[0] not in _ASKING
        )

    def _singled(self) -> Iterator[PlaceName]:
        """Yield places before one thing there: 在枣园村|一出租屋内, 北辛窑|一工地."""
        for match in _patterns().one.finditer(self._text):
            start = self._reader.start(match.start(), max(0, match.start() - 8), 6)
            end = match.start()
            placed = start and self._text[start - 1] in "在到至于赴从："
            if placed and self._is_name(start, end):
                end -= len("北坡") if _SLOPE.search(self._text, start, end) else 0
                yield PlaceName(start, end, "other", "singled", sure=False)

    def _reaches(self) -> Iterator[PlaceName]:
        """Yield what a reach of water is named for: 在|白螺矶|江段."""
        for match in _REACH.finditer(self._text):
            start = self._reader.start(match.start(), max(0, match.start() - 8), 5)
            placed = start and self._text[start - 1] in "在对至、于到沿"
            if (
                placed
                and is_namelike(self._tokens, start, match.start())
                and match.start() - start > 1
            ):
                yield PlaceName(start, match.start(), "other", "reach", sure=False)

    def _neighbours(self, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
        """Yield what stands in one list with a site, behind a word for where: 对|双溪口、仙霞岭隧道."""
        for site in sites:
            listed = self._text.startswith("、", site.end)
            match = _NEXT.match(self._text, site.end) if listed else None
            if match and self._is_neighbour(*match.span("name")):
                yield PlaceName(*match.span("name"), "mountain", "neighbour", sure=False)
            yield from self._before(site.start)

    def _before(self, end: int) -> Iterator[PlaceName]:
        """Yield the items of a list before its place, if a word for where leads it in."""
        found: list[PlaceName] = []
        if self._text[end - 1 : end] != "、":
            return
        trunk = _TRUNK_NAME.match(self._text, end) is not None  # 途经|杭黄、合福高铁
        while end > 1 and self._text[end - 1] == "、":
            end -= 1
            start = self._reader.start(end, max(0, end - 8), 6)
            own = is_namelike(self._tokens, start, end) or self._is_strange(start, end)
            long = end - start >= (_ITEM_SIGNS - trunk)
            if not (long and own):
                return
            found.append(PlaceName(start, end, "other", "neighbour", sure=False))
            end = start
        placed = self._text[max(0, end - 2) : end].endswith(_WHERE)
        if placed and not any(self._text.endswith("滩涂", 0, one.end) for one in found):
            yield from found  # not 对|老哈河|滩涂、

    def _is_strange(self, start: int, end: int) -> bool:
        """Return whether no dictionary has a name that ends as those of sights do: 南城门."""
        form = self._text[start:end]
        return form[-1:] in lexicon().terms("name.sight") and not (
            known(form) or form in self._generic or form[:-1] in self._generic
        )

    def _again(self, named: Sequence[PlaceName], taken: Sequence[PlaceName]) -> Iterator[PlaceName]:
        """Yield hills and lakes wherever they are named again: 201国道威虎岭坡底 … 在|威虎岭|抛锚."""
        forms = {self._text[n.start : n.end] for n in named if n.rule in ("pass", "neighbour")}
        for form in sorted(form for form in forms if len(form) > 2):
            for start in places_of(form, self._text):
                end = start + len(form)
                if not any(one.start < end and start < one.end for one in taken):
                    yield PlaceName(start, end, "mountain", "again", sure=False)

    def _is_neighbour(self, start: int, end: int) -> bool:
        """Return whether a hill or lake behind a place in one list has a name: 、当金山、多坝沟."""
        name, first = self._text[start:end], self._tokens.at(start)
        done = first.tag == "v" and first.end == start + 1  # 堵厂门
        return not (done or name[:-1] in self._generic or self._reader.has_stop(start, end))

    def _groups(self, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
        """Yield the groups of a village: 堡口村|曹家组, 红翔村|七组."""
        for site in sites:
            match = _GROUP.match(self._text, site.end) if site.kind == "village" else None
            if match is not None and not self._reader.has_stop(site.end, match.end()):
                yield PlaceName(site.end, match.end(), "village", "group", sure=False)

    def _towns(self, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
        """Yield the short name of a town behind its county: 在晋江|池店, where 池店镇 is named too."""
        levels = [level for level in _TOWNS if level in self._text]
        for site in sites if levels else ():
            if site.kind != "region":
                continue
            ends = (site.end + 2, site.end + 3)
            closed = [end for end in ends if closing().match(self._text, end)]
            for end in ends if closed else ():
                form = self._text[site.end : end]
                if _TOWN.fullmatch(form) and any(form + level in self._text for level in levels):
                    if end in closed and form not in self._generic:
                        yield PlaceName(site.end, end, "region", "town", sure=False)
                    break

    def _headed(self) -> Iterator[PlaceName]:
        """Yield places that head a paragraph: ■西平：, 【22:15 深沪】."""
        if not _BULLET.search(self._text):
            return
        for match in _HEADED.finditer(self._text):
            if self._places.is_name(match["name"]):
                yield PlaceName(*match.span("name"), "region", "headed", sure=False)

    def _is_town(self, start: int, end: int) -> bool:
        """Return whether a division is called so, be it a word too: 雪山|、下大武等乡."""
        return end - start > 1 and self._places.is_name(self._text[start:end])

    def _is_name(self, start: int, end: int) -> bool:
        form = self._text[start:end]
        if len(form) < 2 or form in self._generic:
            return False
        return self._places.is_name(form) or is_namelike(self._tokens, start, end)


@functools.cache
def _generic() -> frozenset[str]:
    """Return the words that name no place by themselves."""
    return frozenset({*lexicon().terms("name.generic"), *lexicon().terms("loc.head")})


@record
class _Patterns:
    listed: re.Pattern[str]
    ranged: re.Pattern[str]
    section: re.Pattern[str]
    bare: re.Pattern[str]
    one: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    shared, stretch, toward = map(any_of, ("name.shared", "name.stretch", "name.toward"))
    beside = any_of("name.beside")
    return _Patterns(
        listed=re.compile(rf"[、和](?P<last>{_ITEM}?){_MANY}{shared}"),
        ranged=re.compile(rf"至(?P<to>{_ITEM}?){stretch}"),
        section=re.compile(
            rf"(?![等和与及])(?:前往|驶往|开往|[往至向])?(?P<name>{_ITEM}?){stretch}"
        ),
        bare=re.compile(rf"{toward}(?P<name>{_ITEM}?)(?={STOP}|{beside}|(?<=门)[内外])"),
        one=re.compile(rf"一{any_of('name.one')}"),
    )
