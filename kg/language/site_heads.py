"""Which heads of sites in a text end a name: no 路|线, no 广场|舞, no 高|峰."""

import re
from collections.abc import Container, Sequence
from typing import Final

from kg.language.landmarks import Landmarks
from kg.language.lexicon import Mark, lexicon
from kg.language.names_left import NAME_TAGS, NameReader
from kg.language.place_name import LEVEL_KINDS
from kg.language.site_stems import stems
from kg.language.tokens import Tokens, Word, tag_of
from kg.language.words import known

_NATURAL: Final = frozenset({"water", "mountain"})
_WHOLE_TAGS: Final = frozenset({"ns", "nz", "nt", "new", "nrt", "nrfg", "i", "j"})
# Heads that the segmenter joins with what follows where it knows neither: 拉加|镇赛|什托.
_GLUED: Final = frozenset("镇乡村河湖")
_BESIDE: Final = frozenset("外里内中上头口边旁下脚顶腰时")  # 石槽|村外
_GUESSED: Final = _BESIDE | frozenset(
    "附处路间"
)  # what the segmenter may hang on to a head by mistake
_COASTS: Final = frozenset("洲湾岛角滩港村镇乡")
_SHORES: Final = frozenset("畔岸边面")
_HOUSES: Final = ("民房", "民宅", "民居")
_HAMLETS: Final = tuple("寨屯村坡")
_TOWNS: Final = ("乡", "镇")
_VILLAGE: Final = re.compile(r"[一-鿿]{1,4}?(?:村(?![民委里规庄])|嘎查|社区)")
_SLOPE: Final = re.compile(r"[东西南北阴阳]?[坡麓侧]")
_WATERS: Final = (
    *("水位", "水势", "水面", "水流", "水域", "水质"),
    *("水猛", "水暴", "水上涨", "水漫", "水湍", "水陡"),
)
_BRIDGE_HEAD: Final = re.compile("桥头(?![镇村乡堡社街派路小中铺河集店屯寨老])")
_SQUARE: Final = re.compile("[东西南北]广场")

_STREETS: Final = frozenset("路街巷") | {"大道", "大街", "公路", "胡同", "高速"}
_BEFORE_ROADS: Final = (
    "（",
    *("在", "对", "与", "和", "沿", "到", "至", "、", "沿着", "位于", "从"),
    *("走上", "驶上", "来到", "上", "下", "驶入", "驶离", "经", "街道", "镇"),
)
_BETWEEN: Final = re.compile("[路街道巷口桥][至到][一-鿿]{2}路段")  # 文化路至|红旗路|段
# A road that another one crosses: 花园|路与中山北路交叉口.
CROSSES: Final = re.compile(r"(?:大?[路街道]|巷)[与和][一-鿿]{2,6}[路街道巷](?:交[叉汇会口]|路口)")
_UPON: Final = ("走上", "驶上")
_SIDES: Final = frozenset("前后上下内外")
_PLACED: Final = frozenset("在于到至")
_PLAIN: Final = re.compile("[一-鿿]{2}(?<![一这那此该各每条段个])")
# Kinds whose names stand in the dictionary as nouns, and what ends no name before their heads.
_LISTED: Final = LEVEL_KINDS | {"road"}
_NO_NAMES: Final = frozenset("之电线道思公铁通门异殊套岔弯小大老马回销出活死生夜半过让戏")

# A foreign name goes on behind what only sounds like a head: 伊和淖|日苏木.
SCHOOL: Final = re.compile("校(?![长园门内外方区车])")  # 中心小学|校
_OF_SCHOOL: Final = re.compile("校[长园门内外方区车]|教师|老师|学生|师生")
_SUMU: Final = re.compile(r"[一-鿿]{0,3}(?:苏木|嘎查)")


class SiteHeads:
    """Tests the heads of one folded text; ``ends`` are the ends of its regions."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        reader: NameReader,
        landmarks: Landmarks,
        ends: Container[int],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._reader = reader
        self._landmarks = landmarks
        self._ends = ends
        self._cut = lexicon().terms("name.cut")
        self._stems = stems()

    def ends_well(self, head: Mark, kind: str, flag: str) -> bool:
        """Return whether a head is a word or the end of one."""
        term = head.entry.term
        led = term[-1] == "学" and (
            _OF_SCHOOL.match(self._text, head.end) or SCHOOL.match(self._text, head.end)
        )  # 东林小学|校长
        named = led or (kind == "road" and self.road_stem(head) is not None)
        road = kind == "road"
        if named or (road and (self._is_hill(head) or CROSSES.match(self._text, head.start))):
            return True
        goes_on = term[-1] == "校" and _OF_SCHOOL.match(self._text, head.end - 1)  # 育红小学|校园
        hamlet = term == "弄" and self._text.startswith(_HAMLETS, head.end)  # 刀弄|寨
        if hamlet or (goes_on and self._text[head.end - 3 : head.end - 1] in ("小学", "中学")):
            return False
        other = kind in _NATURAL and (
            head.end in self._ends or _SUMU.match(self._text, head.end)  # 江苏|昆山
        )
        if other or self._is_cut(head, kind):
            return False
        edge = self._tokens.is_edge(head.end)
        if edge and (head.end - head.start > 1 or self._tokens.is_edge(head.start)):
            return True
        last = self._tokens.at(head.end - 1)
        if not edge:
            return self._may_hang_over(head, last, kind) or (
                last.start > head.start and flag != "edge"
            )
        whole = self._is_whole(last, kind) or self._is_listed(last, head.start, head.entry.value)
        return whole or self._is_misread(last.start, head.start)

    def _is_hill(self, head: Mark) -> bool:
        """Return whether a hill names a street: 龙山|路, though 山路 is a word."""
        hill = self._text[head.start - 2 : head.start]
        if hill[1:] != "山" or self._stems.is_figure(hill, ""):  # 盘|山路
            return False
        return tag_of(hill) == "ns" or self._reader.is_division(hill)

    def _is_cut(self, head: Mark, kind: str) -> bool:
        """Return whether the head and its neighbour make another word: 路|滑, 乡|村."""
        behind = self._text[head.start : head.end + 1] in self._cut
        if not behind and self._text[head.start - 1 : head.end] not in self._cut:
            return False
        if _BRIDGE_HEAD.match(self._text, head.end - 1):  # 斜岩桥|头
            return False
        if self._text.startswith(("村民", *_HOUSES), head.end):  # 团结乡|村民, 岸兜村|民房
            return False
        word = self._tokens.at(head.start)
        river = word.tag == "ns" and word.end == head.end and head.entry.term != "庙"  # 古庙|会
        shore = kind in _NATURAL and self._landmarks.natural.has_shore(head.end)
        return not river and (not shore or head.entry.term == "海")  # 阳光|海岸

    def _may_hang_over(self, head: Mark, last: Word, kind: str) -> bool:
        """Return whether a word that goes on behind the head leaves it whole: 村|外, 河|畔."""
        coast = head.entry.term == "海" and self._text[head.start - 1] in _COASTS
        if last.start != head.start or coast:  # 月亮湾|海边
            return False
        rest = set(self._text[head.end : last.end])
        beside = rest <= _BESIDE and kind in LEVEL_KINDS | _NATURAL | {"road"}
        beside = beside or (kind in LEVEL_KINDS and self._text.startswith("干部", head.end))
        beside = beside or (last.tag == "new" and rest <= _GUESSED)  # 雷池寺|时
        along = kind == "road" and self._text.startswith("沿线", head.end)  # 邢都公路|沿线
        shore = self._text[head.end : head.end + 1] in _SHORES and kind in _NATURAL
        if head.entry.term == "村" and self._text.startswith(_HOUSES, head.end):  # 岸兜村|民房
            return True
        if head.entry.term in _TOWNS and _VILLAGE.match(self._text, head.end):  # 清湖乡|东港村
            return True
        slope = kind == "mountain" and _SLOPE.fullmatch(self._text, head.end, last.end)
        if kind in _NATURAL and self._text.startswith(_WATERS, head.end):  # 平溪|江|水位
            return True
        side = kind == "station" and _SQUARE.match(self._text, head.end)
        side = side or _BRIDGE_HEAD.match(self._text, head.end - 1)  # 斜岩桥|头
        if slope or side:  # 赛什腾山|北坡, 虎门站|东广场
            return True
        return beside or along or shore or (last.tag == "new" and head.entry.term in _GLUED)

    def road_stem(self, head: Mark) -> int | None:
        """Return where the two signs that name a road begin, however it is segmented: 八|一路.

        They stand behind a word for where, and often name roads (文化路), or no dictionary has them
        (鸣山路).
        """
        start = head.start - 2
        if start < 1 or head.entry.term not in _STREETS:
            return None
        if not self._text.endswith(_BEFORE_ROADS, 0, start):
            start -= 1  # 在|翔云|一|路
            if self._text[start + 2] != "一" or not self._text.endswith(_BEFORE_ROADS, 0, start):
                return None
        stem = self._text[start : start + 2]
        if self._text.startswith(("上", "段", "尾"), head.end):  # 在|创业路上, 村头巷|尾
            return start if _BETWEEN.fullmatch(self._text, start - 2, head.end + 1) else None
        word = self._tokens.at(start)
        if self._text[start - 1] == "（" and self._text[head.end : head.end + 1] == "至":
            return start  # （秦岭路|至海尔路段）
        upon = self._text.endswith(_UPON, 0, start)
        if word.start < start and word.tag != "new" and not upon:  # 上海|南路, not 上|海南路
            return None
        strange = _PLAIN.fullmatch(stem) and not known(stem)
        # A motorway is named by two signs of the places that it joins: 上|都香|高速.
        strange = strange and (
            head.entry.term == "高速" or not any(self._reader.is_stop(sign) for sign in stem)
        )
        led = upon and not self._stems.is_generic(stem)  # 走上|海曲路
        plain = word.tag != "v" and start + 2 == head.start  # but 腾冲|一路逃到
        led = led or (plain and self._reader.is_division(stem))  # 、|新市大道
        return start if strange or led or self._stems.is_name_verb(stem) else None

    @staticmethod
    def _is_whole(word: Word, kind: str) -> bool:
        """Return whether a word that ends in the head is a name."""
        person = word.tag == "nr" and (kind not in _NATURAL or len(word.text) > 2)  # 白龙江
        numbered = word.tag == "m" and kind == "road" and word.text[0] in "二三四五六七八九十"
        return word.tag in _WHOLE_TAGS or person or numbered

    def _is_listed(self, word: Word, head: int, kind: str) -> bool:
        """Return whether a word that the dictionary takes for a noun is a name: 莲花路, 星火村."""
        if kind.startswith("station") and head in self._ends:
            return True  # 商丘|站
        inside = self._text[word.start : head]
        nouns = ("n", "vn", "v") if kind == "region" else ("n", "vn")
        if word.tag not in nouns or len(inside) < 2 or inside[-1] in _NO_NAMES:
            return False
        return kind in _LISTED and not self._stems.is_generic(inside)

    def _is_misread(self, start: int, head: int) -> bool:
        """Return whether a common word that holds the head is a piece of a name: 禾|木村, 解放街."""
        inside = self._text[start:head]
        if not start or self._stems.is_name_verb(inside) or self._stems.is_site(inside):
            return bool(start)  # 花园|路
        before = self._tokens.at(start - 1)
        wide = inside == "大" and self._text[head] == "路" and len(before.text) > 1
        if (inside == "水" and before.tag == "new") or (wide and before.tag in NAME_TAGS):
            return True  # 沿酉|水河, 禾华|大路
        lone = len(before.text) == 1 and before.tag[0] not in "mxq"
        if lone and inside == "水" and not self._reader.is_stop(before.text):
            return True  # 袁|水河, 淇|水湾
        if lone and before.start in self._ends:  # 苏溪镇|上宏村
            return True
        if (
            lone
            and before.text in _SIDES
            and self._text[before.start - 1 : before.start] in _PLACED
        ):
            return True  # 在|后水湾
        return lone and not self._reader.is_stop(before.text) and not self._stems.is_common(inside)


def by_end(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Return the heads in order of their ends, those with one end together, the longest first.

    ``marks`` come in order of place; a head that the next one covers is left out.
    """
    groups: dict[int, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.end, []).append(mark)
    ordered = [groups[end] for end in sorted(groups)]
    starts = [group[0].start for group in ordered]
    return [
        group
        for index, group in enumerate(ordered)
        if index + 1 == len(ordered) or starts[index + 1] > starts[index]
    ]
