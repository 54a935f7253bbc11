"""Place names that no head of its own gives: numbered roads, rivers, wider areas, lists, stretches.

A river or a hill has a head (河, 山) that ends many another word, so it is a name only if the words
around it or the dictionary say so.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NameReader
from kg.language.regions import Places, common_words
from kg.language.tokens import Tokens

NAME_TAGS: Final = frozenset({"ns", "nr", "nz", "nt", "new", "nrt", "nrfg"})
_ROAD: Final = re.compile(
    r"(?:国道|省道|县道|乡道)?(?:[GSXYZ]\d{1,4}|\d{3})(?:线|国道|省道|县道|高速公路|高速)?"
    r"|(?:国道|省道|县道|乡道)[GSXY]?\d{1,4}(?:线)?"
)
_ROAD_SIGN: Final = re.compile(r"道|高速|^[GSXYZ]\d+线?$")
_ITEM: Final = r"[一-鿿]{2,6}"
_MANY: Final = r"(?:等|[二两三四五六七八九十\d]+个?|等[二两三四五六七八九十\d]+个?|等多个)"
_LEVEL: Final = r"(?:乡镇|镇|乡|村|社区|街道|苏木|嘎查|两?地|旗县|县区|区县|市县|市|县|旗|省区|林场)"
# 六马、简嘎、良田等乡镇: the names of a list without the noun that they share.
_LIST: Final = re.compile(rf"(?P<items>{_ITEM}(?:[、和]{_ITEM})+){_MANY}{_LEVEL}")
# 朱日和至赛汉塔拉段, 210国道|达拉特旗|段
_STRETCH: Final = r"(?:段|路段|区间|沿线|高速|公路|水域|海域|江段|河段|航线|一线|方向)"
_RANGE: Final = re.compile(rf"至(?P<to>[一-鿿]{{2,6}}?){_STRETCH}")
_SECTION: Final = re.compile(rf"(?P<name>[一-鿿]{{2,6}}?){_STRETCH}")
# 开往|普雄|的, 在|吴城|附近: a bare name that the gazetteer holds, between two edges
_BARE: Final = re.compile(
    r"(?:开往|驶往|前往|赶往|通往|途经|路过|来到|赶到|抵达|到达|赶赴|奔赴|家住|位于|来自|逃往|返回|从|在|至|到)"
    r"(?P<name>[一-鿿]{2,6}?)(?=[，。、；（]|$|的|一|附近|境内|等地|一带|两地|周边|至|开往|通往|前往)"
)
# 在枣园村|一出租屋内, 北辛窑|一工地
_ONE: Final = re.compile(
    r"一(?:处|家|间|栋|座|户|名|工地|仓库|小区|出租|汽修|网吧|宾馆|酒店|民房|养殖|农户|商铺|商店|超市|饭店|餐馆|药店|工厂|厂房|麻将|棋牌|茶楼|公寓|居民|村民|路口|路段|公路|河|水|山|鱼塘|果园|大棚|院)"
)
_HEADED: Final = re.compile(r"(?:^|\n)[ ]*[■▲●◆★◎【](?:[\d:：]+[ ]*)?(?P<name>[一-鿿]{2,6})(?=[】：丨｜ ])")
_PLACED: Final = re.compile(r"(?:在|到|至|对|沿|沿着|于|位于|赴|往|前往|进|从|经|过|入|守|向|、|和|与)$")
_PAPERS: Final = ("日报", "晚报", "时报", "平安", "法治", "法制", "警讯", "都市报", "晨报", "商报", "新闻", "网")
_ALONG: Final = re.compile(r"(?:沿|沿着|跨|横跨|通往|渡过)$")
_SHORE: Final = ("畔", "岸", "段", "边", "水域", "流域", "河段", "江段", "两岸", "沿线", "沿岸", "一带", "上", "里", "水", "口")
_CLOSED: Final = re.compile(r"[，。、；！？“”（）\n ]|$|的|等|和|与|至|一带|附近|进行|开展|举行|发现|巡|电鱼|捕|内|中|将")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name in a text; ``sure`` is False where little but its form speaks for it."""

    start: int
    end: int
    kind: str
    rule: str
    sure: bool = True


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
        self._generic = lexicon().terms("name.generic")

    def names(self, sites: Sequence[PlaceName]) -> list[PlaceName]:
        """Return what is found beside the ``sites``: areas, rivers, list items, stretches."""
        found = [*self._wider(), *self._listed(), *self._ranges(), *self._sections(sites), *self._headed(), *self._singled(), *self._bare()]
        return [name for name in found if not self._is_taken(name.start, name.end)]

    @functools.cached_property
    def roads(self) -> list[PlaceName]:
        """Return the roads with a number: 国道111线, 208国道, G6高速."""
        return list(self._roads())

    def is_namelike(self, start: int, end: int) -> bool:
        """Return whether a word between is a name, or none that the segmenter knows."""
        words = [word for word in self._tokens.between(start, end) if not word.text.isdigit()]
        single = len(words) > 1 and all(len(word.text) == 1 for word in words)
        return single or any(word.tag in NAME_TAGS for word in words)

    def is_natural(self, start: int, head: int, end: int) -> bool:
        """Return whether stem and head (河, 山) name a river, lake, hill or island."""
        words = self._tokens.between(start, end)
        if any(word.tag[0] in "vmq" and len(word.text) > 1 for word in words if word.end <= head):
            return False
        if len(words) == 1 and words[0].tag == "ns" and head - start > 1:
            return True
        shore = self._text.startswith(_SHORE, end)
        opens = shore and (not start or self._text[start - 1] == "\n")
        placed = opens or bool(_PLACED.search(self._text, max(0, start - 2), start))
        unknown = head - start > 1 and all(len(word.text) == 1 for word in words[:-1])
        first = words[0]
        foreign = head - start > 2 and first.tag in ("new", "nr", "nrt", "ns")
        if shore and first.tag == "ns" and head - start > 1:  # 乌海|湖|畔
            return True
        if head - start == 1:  # 沿|牛河
            return bool(_ALONG.search(self._text, max(0, start - 2), start))
        if placed and (foreign or shore or unknown or self.is_namelike(start, head)):
            return shore or foreign or unknown or bool(_CLOSED.match(self._text, end))
        free = self._text[start - 1 : start] in "\n，。、；：“（ 的"
        return free and foreign and (len(first.text) > 3 or (first.tag != "new" and first.end < head))

    # -- rules ------------------------------------------------------------------------------

    def _roads(self) -> Iterator[PlaceName]:
        for match in _ROAD.finditer(self._text):
            start, end = match.span()
            around = self._text[max(0, start - 1) : start], self._text[end : end + 1]
            cut = any(side.isascii() and side.isalnum() for side in around)
            if _ROAD_SIGN.search(match[0]) and not cut:
                yield PlaceName(start, end, "road", "road-number")

    def _wider(self) -> Iterator[PlaceName]:
        for klass in ("loc.area", "loc.country"):
            for mark in self._marked.get(klass, ()):
                if self._text.startswith(_PAPERS, mark.end):
                    continue
                if self._tokens.is_edge(mark.start) and self._tokens.is_edge(mark.end):
                    yield PlaceName(mark.start, mark.end, "area", "area")
        for mark in self._marked.get("loc.river", ()):
            shore = self._text.startswith(("畔", "岸", "边"), mark.end)
            edges = self._tokens.is_edge(mark.start) and (self._tokens.is_edge(mark.end) or shore)
            if edges and not self._text.startswith(("流域", "航运", "日报", "晚报", "时报", "水利", "禁渔", "路", "大道", "银行"), mark.end):
                yield PlaceName(mark.start, mark.end, "water", "river", sure=False)

    def _listed(self) -> Iterator[PlaceName]:
        for match in _LIST.finditer(self._text):
            at = match.start("items")
            for item in re.split("[、和]", match["items"]):
                end = at + len(item)
                start = self._reader.start(end, at, 6)
                if self._is_name(start, end):
                    yield PlaceName(start, end, "region", "listed", sure=False)
                at = end + 1

    def _ranges(self) -> Iterator[PlaceName]:
        for match in _RANGE.finditer(self._text):
            start = self._reader.start(match.start(), max(0, match.start() - 8), 6)
            pair = ((start, match.start()), match.span("to"))
            if all(self._is_name(*span) for span in pair):
                for left, right in pair:
                    yield PlaceName(left, right, "other", "range", sure=False)

    def _sections(self, sites: Sequence[PlaceName]) -> Iterator[PlaceName]:
        for road in sites:
            if road.kind == "road":
                match = _SECTION.match(self._text, road.end)
                if match and self._is_name(*match.span("name")):
                    known = self._places.is_name(match["name"]) or len(match["name"]) > 2
                    if known:
                        yield PlaceName(*match.span("name"), "other", "section", sure=False)

    def _singled(self) -> Iterator[PlaceName]:
        for match in _ONE.finditer(self._text):
            start = self._reader.start(match.start(), max(0, match.start() - 8), 6)
            placed = start and (self._text[start - 1] in "在到至于赴从：")
            if placed and self._is_name(start, match.start()):
                yield PlaceName(start, match.start(), "other", "singled", sure=False)

    def _bare(self) -> Iterator[PlaceName]:
        for match in _BARE.finditer(self._text):
            start, end = match.span("name")
            words = self._tokens.between(start, end)
            proper = all(word.tag in NAME_TAGS for word in words) and self._tokens.is_edge(start)
            common = match["name"] in common_words()
            if proper and not common and self._places.is_name(match["name"]):
                yield PlaceName(start, end, "region", "bare", sure=False)

    def _headed(self) -> Iterator[PlaceName]:
        for match in _HEADED.finditer(self._text):
            if self._places.is_name(match["name"]):
                yield PlaceName(*match.span("name"), "region", "headed", sure=False)

    def _is_name(self, start: int, end: int) -> bool:
        form = self._text[start:end]
        if len(form) < 2 or form in self._generic:
            return False
        return self._places.is_name(form) or self.is_namelike(start, end)
