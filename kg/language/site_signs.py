"""What speaks for a stem and its head being the name of a site, once it is known where they stand."""

import re
from collections.abc import Container
from typing import Final

from kg.language.landmarks import Landmarks
from kg.language.lexicon import Mark
from kg.language.names_left import is_namelike
from kg.language.regions import Places, common_words
from kg.language.site_stems import Stems
from kg.language.tokens import Tokens
from kg.language.words import known

_LEVELS: Final = frozenset({"region", "village", "community"})
_NATURAL: Final = frozenset({"water", "mountain"})
_SEVERAL: Final = tuple("两三四五六七八九十")
_BUILDING: Final = (
    *("建设", "创建", "打造", "共建", "争创", "构建", "共筑", "营造", "推进"),
    *("守护", "共创", "共享", "守卫", "建好"),
)
_FIGURES: Final = frozenset(("和谐", "幸福", "美丽", "美好", "共同", "平安", "绿色", "温馨"))
_BUILT: Final = ("建设", "创建", "”")
# Roads that two signs of what they join name, a numeral among them: 绥三|公路.
_TRUNKS: Final = ("高速", "公路", "铁路", "国道")
_TRUNK: Final = 2
_WATERS: Final = frozenset("湾湖河江岛滩洲泊淀潭沟山岭峪峡")
_SIDES: Final = frozenset("东西南北")
_ROUGHLY: Final = ("一二", "两三", "三四", "三五", "四五")
_CROSSED: Final = 3  # signs of a place that a crossing is named for
_PART_OF_ROAD: Final = frozenset("东西南北中一二三四五六七八九十大环")

_ONES: Final = _LEVELS | _NATURAL | {"road"}  # a name may begin with 一
_MEASURES: Final = frozenset("条座个处间片道")
_MEASURED: Final = re.compile(r"[条座个处间片道](?=[^山江湖河沟])")
# 保护好这片|森林, 这片全球重要农业文化遗产|草原, 在一处养殖|小区
_POINTED: Final = re.compile(
    r"[这那哪][片条座个处所家些道段]$|[向往靠]$|兵分|分成|(?:时节|期间|季节)$|分[两三四五]$|^[一两三几][省市州县区国]一|^[两三几]地|^[两几多某][道条座]|[来多余]个$|^[这那][片条座]|^[一两几多某](?:[处个片]|[家间].{2})"
)
_POINTED_SIGNS: Final = frozenset(
    "这那哪向往靠兵分时期季一两三几多某来余"
)  # one is in what it finds
_ROADS: Final = ("高速", "公路", "铁路", "国道")
_OFF_ROADS: Final = frozenset("抄爬剪摸")
_CLASS_SIGNS: Final = ("这", "各", "某", "该", "本", "每", "的")
_COUNTS: Final = tuple("0123456789一二两三四五六七八九十百几数多少余这那每某整")
# What any town has: it takes no name from one.
_RANKS: Final = tuple("大强重名")
_AND: Final = frozenset("和与及")
_RANKED: Final = ("县", "乡", "省", "国", "县乡", "乡村")
_SORTS: Final = ("专业", "特色", "示范")
_SAID: Final = frozenset({"village", "region", "community", "scenic", "estate", "zone"})
_SAID_OF: Final = re.compile(r"是(?:[^，。；：、\n]{0,12}的)?[“]?(?:全国|全省|著名)?\Z")
_FAME: Final = re.compile("有名|著名|闻名|知名|热门|典型|传统|唯一")
_SAID_FROM: Final = 18
_OF_TOWNS: Final = ("码头", "集市", "早市", "渡口")
_TOWN_SIGNS: Final = ("镇", "乡")


class SiteSigns:
    """Weighs the sites of one folded text; ``ends`` are the ends of its regions."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        places: Places,
        stems: Stems,
        landmarks: Landmarks,
        ends: Container[int],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._places = places
        self._stems = stems
        self._landmarks = landmarks
        self._ends = ends

    def is_refused(self, kind: str, stem: str, cut: int, end: int) -> bool:
        """Return whether what stands before a head counts, points or acts, and names nothing."""
        if stem[:1] == "地" and self._text[cut - 1 : cut] == "等":  # 汽车站等|地设站
            return True
        ranked = kind in ("region", "village") and len(stem) > 2
        ranked = ranked and stem[-1] in _RANKS and known(stem[:-1])  # 旅游大|镇, 茶叶大|村
        ranked = ranked or (kind == "region" and stem.endswith(_SORTS))  # 全国有名的玉雕专业|镇
        # 退役军人和|村干部
        joined = stem[-1:] in _AND and self._text.startswith("村干部", end)
        owned = kind in _NATURAL and stem[-1:] == "的"  # 祁门的|山
        owned = owned or (stem == "线" and self._text[cut - 1 : cut] == "沿")  # 沿|线卡口
        owned = owned or (stem == "村" and kind == "school")  # 转移到|村小学
        pointed = not _POINTED_SIGNS.isdisjoint(stem) and _POINTED.search(stem)
        said = kind in _SAID and self._is_said(stem, cut, end)  # 是远近闻名的|乐器村
        if owned or pointed or ranked or joined or said or stem.startswith(_CLASS_SIGNS):
            return True
        measured = stem[:1] in _MEASURES and _MEASURED.match(stem)
        if measured and self._text[cut - 1 : cut] in _COUNTS:  # 3处|养殖小区, not 界河|条子河
            return True
        if kind == "road" and self._is_no_road(stem, cut, end):
            return True
        if not stem and self._text.startswith(_OF_TOWNS, end):  # 车陆乡|码头
            return self._text[cut - 1 : cut] in _TOWN_SIGNS
        # 在万城镇|一废品收购站
        return stem[:1] == "一" and kind not in _ONES and not known(stem[:2])

    def _is_no_road(self, stem: str, cut: int, end: int) -> bool:
        """Return whether what stands before a road tells of a way and not of its name."""
        done = stem[:1] in _OFF_ROADS or "抄" in stem  # 抄|野路
        trunk = self._text.startswith(_ROADS, end) and self._is_verb(cut, end)  # 保障|高速公路
        negated = "不" in stem and len(stem) > _TRUNK  # 人不离鞍、灯不离|路, but 曲不|公路
        miles = len(stem) == _TRUNK and stem[1] == "里" and self._text.startswith("路", end)
        rank = stem[:1] in _AND and stem[1:] in _RANKED  # 和|县乡道路
        miles = miles and stem[0] in _COUNTS  # 走了四里|路
        return done or trunk or negated or rank or miles

    def _is_said(self, stem: str, start: int, end: int) -> bool:
        """Return whether plain words say what a place is: 是丹东的|热门海岛景区, 是“全国|林改第一村."""
        said = _SAID_OF.search(self._text, max(0, start - _SAID_FROM), start)
        first = "第一" in stem
        if said is None or (
            not first and said[0].endswith("的") and not _FAME.search(said[0] + stem)
        ):
            return False  # 他的老家是大山深处的|王家峪村
        last = end - 1 if stem[-1:] in _RANKS else end
        return first or not is_namelike(self._tokens, start, last)

    def _is_verb(self, start: int, end: int) -> bool:
        """Return whether nothing but one verb stands between."""
        word = self._tokens.at(start)
        return (word.start, word.end) == (start, end) and word.tag in ("v", "vn")

    def is_crossing(self, start: int, head: Mark) -> bool:
        """Return whether a crossing is named for a place and no road: 沙尖子|路口, but 首山路|口."""
        stem = self._text[start : head.start]
        if head.entry.term != "路" or not self._text.startswith("口", head.end):
            return False
        if len(stem) < _CROSSED or stem[-1] in _PART_OF_ROAD:
            return False
        road = self._text[start : head.end]
        return self._text.count(road) == self._text.count(road + "口")

    def is_sure(self, kind: str, flag: str, start: int, head: Mark, *, placed: bool) -> bool:
        """Return whether what stands before and behind a name leaves no doubt that it is one."""
        stem = self._text[start : head.start]
        before = "" if self._text.startswith("上", head.end) else self._text[start - 1 : start]
        if kind == "road" and self._stems.is_figure(stem, before):  # 在|创业|路上
            return False
        home = head.entry.term == "家园" and stem[-2:] in _FIGURES
        if home or (kind == "community" and self._stems.is_figure(stem[-2:], "")):
            # 建设|和谐|社区, 守护|幸福|家园
            before = self._text[max(0, head.start - 5) : head.start - 2]
            built = before.endswith(_BUILDING) or self._text.startswith(_BUILT, head.end)
            if built or (stem[-2:] == stem and self._text[start - 1] == "“"):
                return False
        listed = self._text[start - 1 : start] == "、"
        several = kind == "region" and listed and stem[-1:] in _SEVERAL  # 溪南、沙江|三镇
        bracketed = self._text[start - 1 : start] == "（" and kind == "road"  # （密三|路至
        trunk = len(stem) == _TRUNK and (bracketed or head.entry.term in _TRUNKS)
        trunk = trunk and stem not in _ROUGHLY
        two = stem[-1:] == "两" and kind in _LEVELS  # 瓦托、尔古|两村: no name ends in it
        if several or two or (not trunk and self._stems.is_counted(stem, kind)):
            return False
        if kind in _NATURAL:
            lies = start in self._landmarks.area_ends  # 微山湖|大捐岛
            lies = lies and is_namelike(self._tokens, start, head.start)
            placed = placed or lies or start in self._ends or self._is_of_region(start)
            return self._landmarks.natural.is_natural(start, head.start, head.end, placed=placed)
        if flag not in ("strict", "part"):
            return True
        # 建水站 beside 建水站派出所
        policed = (
            stem and kind == "station" and f"{self._text[start : head.end]}派出所" in self._text
        )
        named = (
            policed or self._is_listed(stem, kind) or is_namelike(self._tokens, start, head.start)
        )
        named = named or (len(stem) > _TRUNK and stem[-1] in _WATERS)  # 仙女湾|湿地
        exit_of = head.entry.term == "出口" and stem[-1:] in _SIDES  # 铜万高速|铜鼓西|出口
        named = named or (exit_of and self._places.is_name(stem[:-1]))
        named = named and not self._stems.is_site(stem)
        return named and (self._text[start] not in "一两三几" or self._places.is_name(stem))

    def _is_listed(self, stem: str, kind: str) -> bool:
        """Return whether a stem is the name of a division, and not just a word (响水|灌区)."""
        word = stem in common_words() or stem.startswith("第") or kind == "zone"
        return not word and self._places.is_name(stem)

    def _is_of_region(self, start: int) -> bool:
        """Return whether 的 stands between a region and the name: 威海|的|刘公岛."""
        return self._text[start - 1 : start] == "的" and start - 1 in self._ends
