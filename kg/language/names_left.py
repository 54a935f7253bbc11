"""Where a name of unknown extent begins: read leftwards from its head to what cannot be part of it.

A name that no list holds (草滩坝|村, 恒泽运输|有限责任公司) is bounded on its right by its head. On its
left it ends at a sign, at another name, or at a word that is no part of names: a preposition, a
verb, a noun of persons. Names may hold such signs themselves (和平路, 从江县, 解放街).
"""

import functools
import re
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.regions import Places, by_last, common_words
from kg.language.tokens import Tokens, Word, tag_of
from kg.language.words import COUNT_NAME

_NUMERALS: Final = "一二三四五六七八九十百"
_MILES: Final = re.compile(f"[{_NUMERALS}]{{1,3}}里[铺堡店庙桥河墩岗台坪沟湾井坡营]")
_WINDOW: Final = 24
_OPEN: Final = re.compile(r"[^㐀-鿿\U00020000-\U0003ffff·〇0-9A-Za-z]")
# Greedy, so that it reads from behind: it ends at the last such sign.
_LAST_OPEN: Final = re.compile(rf"(?s:.*){_OPEN.pattern}")
NAME_TAGS: Final = frozenset({"ns", "nr", "nz", "nt", "nrt", "nrfg", "new"})
# Signs that end a name as words, and are frequent in names from other languages (嘎达布|其).
_SOUNDS: Final = frozenset("其那比把达各当都")
# 前王楼村, 下沙街道: a side begins many a name, where none ends before it.
_SIDES: Final = frozenset("前后上下中里外内达")
# Prepositions that the segmenter glues to an unknown name: 与其龙|村, 岛至|西沙岛.
_GLUED_BEFORE: Final = "称叫搭住好各该每某不没未因按据与和及同向对在于从到把将被让为以至由往赴进沿经距离入是了着自使替请给帮去逢走近转过"
_WARDS: Final = ("辖区", "城区", "县域", "境内", "区域")
_TOWNS: Final = frozenset({"镇", "乡", "苏木", "嘎查", "村", "街道", "社区"})
# All counties are known: what stands before one of these is none that a list lacks.
_COUNTIES: Final = frozenset("县旗区市盟州")
_SPELT: Final = ("县", "市", "区", "镇")
_CLASSES: Final = ("部门", "单位", "机关", "人员", "群众", "企业")
_AND: Final = frozenset("和与及")
_TOWN_SIGNS: Final = frozenset("镇乡")
_FACING: Final = re.compile(
    "[东南西北][靠接临邻连抵倚依濒有]|[靠驶]上|调取|踩遍"
)  # 北靠|流芳园公园, 靠上|X码头
# What one goes up to, where these are not: 走，上|银杉岭滑雪场, but 上河村, 上林路.
_UPPER: Final = (
    *("村", "屯", "寨", "庄", "组", "嘎查", "街", "路", "巷", "镇", "乡", "苏木", "社区"),
    *("河", "湖", "江", "溪", "沟", "湾", "山", "岭", "坪", "坝", "塘", "桥", "小学", "中学"),
)
_KNOWN_NAMES: Final = NAME_TAGS - {"new"}
# What ends a verb that no dictionary has: 收进|云渡服务区, 雷声滚过|天门山.
_COMPLEMENTS: Final = frozenset("进回过出响停满遍往向走住开到")
_LED_IN: Final = re.compile("(?:可以|需要|[可请须应需改])(?:由|从|经|沿|走|绕行)|需?去往|驻地")
_LED_SIGNS: Final = frozenset("可需请须应改去驻")  # with which it begins
_GLUED_FIRST: Final = "等至到在的是于与往从去"
_GLUED_AFTER: Final = "等至到在于与和及的是去从"


class NameReader:
    """Reads names leftwards in one folded text; ``places`` are its region names."""

    def __init__(self, text: str, tokens: Tokens, places: Places) -> None:
        self._text = text
        self._tokens = tokens
        self.places = places
        terms = lexicon().terms
        self._stops = stop_words()
        self._verbs = terms("name.verb")
        self._inner = terms("name.inner")
        self._foreign = False  # before 苏木, 嘎查 a 和 is a sound: 伊和淖日

    def start(self, end: int, floor: int, longest: int = 10) -> int:
        """Return where the name that touches ``end`` begins; ``end`` if nothing there is a name.

        It reaches over no sign, no blank and not over ``floor``.
        """
        self._foreign = self._text.startswith(("苏木", "嘎查"), end)
        floor = max(floor, end - _WINDOW)
        sign = _LAST_OPEN.match(self._text, floor, end)
        floor = sign.end() if sign else floor
        start = end
        while (word := self._tokens.before(start, floor)) is not None:
            if end - word.start > longest:
                break
            if self._stops_at(word, end - start, floor):
                start = self._over_stop(word, start, end)
                break
            if self._leads_on(word, first=start == end) or self._ends_level(
                word, floor, end - start
            ):
                break
            start = word.start
            if word.tag == "new" and self._is_led_by(word):
                break
        return self._unglued(start, end)

    def opens_word(self, at: int) -> bool:
        """Return whether a word begins at a place."""
        return self._tokens.is_edge(at)

    def is_stop(self, word: str) -> bool:
        """Return whether a word ends a name of unknown extent."""
        return word in self._stops

    def is_division(self, word: str) -> bool:
        """Return whether a word is the name of a division and none that is said otherwise."""
        return word not in common_words() and self.places.is_name(word)

    def has_stop(self, start: int, end: int) -> bool:
        """Return whether a stop word or a sign stands between."""
        words = self._tokens.between(start, end)
        return bool(_OPEN.search(self._text, start, end)) or any(
            w.text in self._stops for w in words
        )

    # -- words that end a name --------------------------------------------------------------

    def _stops_at(self, word: Word, size: int, floor: int) -> bool:
        """Return whether a name cannot hold ``word`` before the ``size`` signs read so far."""
        if len(word.text) == 1:
            # 山|都|村, 都|呼木嘎查: no adverb stands before a noun
            if word.text == "都" and (not size or self._foreign):
                return False
            alien = word.text in self._stops or word.tag[0] in "pcu"
            alien = alien or (word.tag == "v" and self._is_whole(word.end, word.end + size))
            return alien and not self._is_inner(word) and not self._is_sound(word)
        if word.text in self._verbs:
            if not size or word.tag != "v" or word.text not in self._stops:
                return False
            before = self._tokens.before(word.start, floor)
            return before is None or before.tag[0] != "n"  # 万象|创新|科技园
        idiom = word.tag in "li" and word.text[-2:] in self._stops  # 春运期间|, 紧密结合|
        if idiom or word.text in self._stops or word.text.endswith(_CLASSES):  # 林业部门, 施工单位
            return True
        plain = word.tag == "new" or word.tag not in NAME_TAGS
        return plain and self._is_alien(word, size)

    def _is_whole(self, start: int, end: int) -> bool:
        """Return whether a name stands between by itself: 守|白龙|江, 走|片马|公路."""
        if end - start < 2 or self._text[end : end + 1] in _TOWNS:
            return False
        word = self._tokens.at(start)
        named = (word.start, word.end) == (start, end) and word.tag in _KNOWN_NAMES
        return named or self.is_division(self._text[start:end])

    def _is_alien(self, word: Word, size: int) -> bool:
        """Return whether a word's part of speech is none of names."""
        if word.tag[0] in "mq":
            return not word.text.startswith("第") and not self.places.is_name(word.text)
        if word.tag == "new":
            verb = word.text[-2] == "一" or tag_of(word.text[-2])[0] in "vd"  # 车一过|漳溪河大桥
            return verb and word.text[-1] in _COMPLEMENTS
        # One sign is no name: with it a verb may make one (相思|谷).
        lone = size == 1 and word.text[-1] not in _COMPLEMENTS  # but 引向|方村
        verb = word.tag == "v" and not lone and not self.is_division(word.text)  # 兴化|屯
        return verb or word.tag[0] in "pcurdye"

    def _leads_on(self, word: Word, *, first: bool) -> bool:
        """Return whether an unknown word ends in a preposition that it is glued to: 岛至|西沙岛."""
        glued = _GLUED_FIRST if first else _GLUED_AFTER
        loose = word.tag == "new" or (word.tag in "li" and len(word.text) > 2)  # 专程到|翠屏社区
        return loose and word.text[-1] in glued and not self._joins(word.end - 1)

    def _ends_level(self, word: Word, floor: int, size: int) -> bool:
        """Return whether a level ends the name before this one: 拉加|镇|赛什托村, 喊来|旗|公路."""
        if not (word.text in _COUNTIES or (size > 1 and word.text in _TOWNS)):
            return False
        before = self._tokens.before(word.start, floor)
        return before is not None and not self._stops_at(before, 2, before.start)

    def _is_led_by(self, word: Word) -> bool:
        """Return whether an unknown word begins with a preposition glued to it: 对花|湖."""
        return word.text[0] in _GLUED_BEFORE and not self._joins(word.start + 1)

    def _is_inner(self, word: Word) -> bool:
        """Return whether a stop sign belongs to a name around it: 呼|和, 朱日|和, 从|江."""
        if word.text == "从" and not self._is_named(word.start):
            return False
        if word.text in _AND:
            ends = _whole_ends().get(self._text[word.start - 1 : word.start], ())
            if self._text.endswith(ends, 0, word.start):
                return False  # 小学|和|龙山幼儿园, 护林员|和|义务扑火队
        return self._joins(word.start) or self._joins(word.end)

    def _is_named(self, at: int) -> bool:
        """Return whether the text spells out the region whose name covers a sign: no 从|江水河村."""
        spans = (one for one in self.places.spans if one.start <= at < one.end)
        form = next((one.form for one in spans), "")
        return form != "" and any(form + level in self._text for level in _SPELT)

    def _is_sound(self, word: Word) -> bool:
        """Return whether a sign goes on with a name from another language before it."""
        inner = self._foreign and word.text in "和日"
        if not inner and word.text not in _SOUNDS:
            return False
        before = self._tokens.at(word.start - 1) if word.start else word
        if inner and before.end == word.start:
            return before.tag != "x" and not before.text.isdigit()
        foreign = before.tag in ("new", "nr", "nrt") and len(before.text) > 2
        if before.start and before.tag == "nr":  # 乌兰|毛|都|草原
            foreign = foreign or self._tokens.at(before.start - 1).tag in ("ns", "nrt", "new")
        return word.text in _SOUNDS and foreign and before.end == word.start

    def _joins(self, at: int) -> bool:
        """Return whether the signs around ``at`` belong together in names (和平, 日和)."""
        return self._text[at - 1 : at + 1] in self._inner

    def _over_stop(self, word: Word, start: int, end: int) -> int:
        """Return where a name known to the gazetteer begins that holds a stop word: 乐|从."""
        if start == end and len(word.text) > 1:
            return start
        sided = start < end and word.text in _SIDES and self._opens(word.start)
        sided = sided and (word.text != "上" or self._text.startswith(_UPPER, end))
        if sided or (word.text[0] in _NUMERALS and self._is_counted(word, start, end)):
            return word.start
        region = self.places.ending_at(word.start, 0)
        if region and word.tag[0] in "mq" and word.text not in self._stops:  # 西江|千户|苗寨
            return region[0]
        if len(word.text) > 1 and not self._opens(word.start):  # 联合|镇卫生院
            return start
        for begin in range(max(word.start - 2, 0), min(start, word.start + 1)):
            if self._tokens.is_edge(begin) and self.places.is_name(self._text[begin:end]):
                return begin
        return start

    def _is_counted(self, word: Word, start: int, end: int) -> bool:
        """Return whether a number begins a name: 十里|铺, and behind a sign 、|三节|砬子林场."""
        if _MILES.fullmatch(self._text, word.start, end):
            return True
        if start >= end - 1:
            return False
        opens = not word.start or _OPEN.match(self._text[word.start - 1])
        return bool(opens and COUNT_NAME.fullmatch(word.text))

    def _opens(self, start: int) -> bool:
        """Return whether a name may begin at ``start``: behind a sign, a region, 在 or 到."""
        return (
            not start
            or self.places.ending_at(start, 0) is not None
            or self._text[start - 1] in "在到至赴往于进住县区市旗镇乡"
            or _OPEN.match(self._text, start - 1) is not None
        )

    def _glued(self, start: int, end: int) -> int:
        """Return how many signs of a verb, 内 or 至 stand glued to a name: 齐聚|翠屏, 至|和静站."""
        first = self._text[start]
        led = _LED_IN.match(self._text, start, end - 1) if first in _LED_SIGNS else None
        if led:  # 可由|南绕城高速
            return led.end() - start
        unknown = end - start > 3
        if unknown and _FACING.match(self._text, start):
            return 2
        inner = first == "内" and self._text[start - 2 : start] in _WARDS
        region = self._text[start + 1 : start + 3] if first in "至到" else ""
        if inner or (region and self.places.is_region(region)):  # 辖区|内肖家湾村, 至|和静站
            return 1
        if not unknown or self._text[start : start + 2] not in self._stops:
            return 0
        word = self._tokens.at(start)
        return 2 if word.tag == "new" and len(word.text) > 3 else 0

    def _unglued(self, start: int, end: int) -> int:
        """Return ``start`` behind a preposition or verb glued to an unknown name."""
        if (glued := self._glued(start, end)) > 0:
            return start + glued
        town = self._text[start - 1] in _TOWN_SIGNS and self._text[start] not in "至到"
        town = town and self.places.ending_at(start, 0) is not None
        if town or end - start < 2 or self._text[start] not in _GLUED_BEFORE:
            return start  # 八达岭镇|帮水峪村
        word = self._tokens.at(start)
        if word.text[0] in _AND and (self._is_refused(word) or self._follows_noun(start)):
            return start + 1  # 大队|和|县人民医院, 民警|和|兴隆村
        if self._text[start] == "好" and self._tokens.at(start - 1).tag[0] == "v":  # 守护|好|X
            return start + 1
        real = len(word.text) > 1 and word.tag != "new" and word.text not in self._stops
        real = (real and word.tag[0] not in "pcrd") or self._text[start : start + 2] in self._inner
        real = real and self._text[start] != "在"  # 在|位奇镇, though 在位 is a word
        if self._text[start] == "不" and word.tag == "new" and word.end == end > start + 2:
            real = True  # 不冻泉
        if real:
            return start
        return end if self._text[start] in "不没未" else start + 1

    def _follows_noun(self, start: int) -> bool:
        """Return whether a plain noun ends at ``start``: what follows is 和 and another thing."""
        before = self._tokens.at(start - 1) if start else None
        return before is not None and before.end == start and before.tag == "n"

    def _is_refused(self, word: Word) -> bool:
        """Return whether a division's name is none here: 和县 for 和 + 县."""
        name = word.text[1:] in ("县", "市", "旗", "区") and self.places.is_name(word.text)
        return name and self.places.ending_at(word.end, word.start) is None


def is_namelike(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether a word between is a name, or none that the segmenter knows."""
    words = [word for word in tokens.between(start, end) if not word.text.isdigit()]
    single = len(words) > 1 and all(len(word.text) == 1 for word in words)
    return single or any(word.tag in NAME_TAGS for word in words)


@functools.cache
def _whole_ends() -> dict[str, tuple[str, ...]]:
    """Return what ends the names of places and teams, and nouns for people, that 和 may stand behind.

    They come by their last signs.
    """
    return by_last((*lexicon().terms("loc.head"), "员", "户", "者", "众", "们", "队"))


@functools.cache
def stop_words() -> frozenset[str]:
    """Return the words that no name of unknown extent holds."""
    return frozenset({*lexicon().terms("unit.stop"), *lexicon().terms("name.stop")})
