"""Where a unit name begins: from a head leftwards over functions, zones, places and names."""

import re
from typing import Final

from kg.language.lexicon import Mark, lexicon
from kg.language.regions import Places
from kg.language.units.marked import by_end
from kg.language.units.vocabulary import (
    TOWN_ENDINGS,
    division_like,
    function_of,
    long_stop,
    stops_by_end,
)
from kg.language.words import COUNT_NAME, known, tagged

NUMERALS: Final = "一二三四五六七八九十"
_NUMBER: Final = re.compile(
    rf"(?:第?[{NUMERALS}\d]{{1,3}}|直属第?[{NUMERALS}]?|(?<![东南西北新老])城区)\Z"
)
_NUMBER_ENDS: Final = frozenset(f"{NUMERALS}第属区")
# A lost sign (□) may stand in a name.
REGIMENT: Final = re.compile(rf"(?:第?[{NUMERALS}〇零]{{1,4}}|[0-9]{{1,3}})团\Z")  # of the corps
HAN: Final = re.compile(r"[一-鿿·〇□0-9A-Za-z]+\Z")
_QUOTED: Final = re.compile(r"“[^“，。！？；]*”\Z")  # but “船系牢了。”水上派出所
_NO_NAME: Final = re.compile(r"[^一-鿿·〇□0-9“”-]")
# What a name may follow: a time (5月6日, 下午), a body (生态环境局).
_OPENING: Final = "日时午晚晨夜间局厅委"
# Prepositions and verbs of one sign that stand before a name and that segmenters glue to it.
_GLUED: Final = "由与和同及向对在于从到把将被让为以经据任给至赴往请致接随当"
_SUBJECTS: Final = frozenset("这那就也还都正仍便即")
_JOINTS: Final = "同及与和暨或"
_DIVISIONS: Final = frozenset("队所站室组")
_BEFORE_HEAD: Final = "向到至往被把将对由给从"  # no name ends in one of these
NAME_TAGS: Final = frozenset({"ns", "nr", "nz", "nrt", "nrfg"})
# Other words of one sign before a name; adverbs (都, 中) are left out: names hold them (满都胡).
_ENDING_WORDS: Final = "的了及等或曾已正是叫说称找其"
OFFICIAL: Final = "省市县旗区州盟镇乡"
# What leads to another body and begins no name: 禁毒大队|会同|县禁毒办, 派出所|同|市市场监管局, 和|镇派出所.
_PARTNER: Final = re.compile(
    r"会同|[接据按经应受]局|[同及与和暨](?:[市县区旗州盟]|(?:苏木|街道|镇|乡)\Z)"
)
# 派出所|编成4支巡护小队, 公安局|办公楼306室|刑侦大队
_NO_PART: Final = re.compile("[0-9一二两三四五六七八九十多几][支个楼层室]|办公楼")
ROUTE: Final = re.compile("沿[一-鿿]{1,3}(?:公路|高速)")  # 交管支队|沿黄公路|大队
ROADS: Final = ("公路", "高速")
_ROAD: Final = re.compile("(?:高速公路|公路|高速)(?=[一-鿿]{2})")  # 昆磨高速公路|大开河检查站
_DATED: Final = re.compile("[0-9][年月日]")  # 2024年|于都公安
_PASSIVE: Final = frozenset("由被受")
_POSITIONS: Final = frozenset("上下前后里外")
_COMPLEMENTS: Final = frozenset("进回到入往向")  # what ends a verb that no dictionary has
_VERB: Final = 2  # signs of such a verb
_ORGANS: Final = "公安机关"  # 公安机关|法制大队
_LONGEST_NAME: Final = 9
_LONGEST_GAP: Final = 13
_WINDOW: Final = 14


class Leftward:
    """Reads leftwards in one folded text; ``before`` is always where the last segment ended."""

    def __init__(self, text: str, marked: dict[str, list[Mark]], places: Places) -> None:
        self.text = text
        self.places = places
        self.functions = by_end(marked.get("unit.function", []))
        self.systems = by_end(marked.get("unit.system", []))
        self.zones = by_end(marked.get("unit.zone", []))
        self.foreign = by_end(marked.get("unit.lookalike", []))
        self.stops = lexicon().terms("unit.stop")
        self.generic = lexicon().terms("unit.generic")
        self.wards = lexicon().terms("unit.ward")
        self.points = lexicon().terms("unit.point")
        self.levels = lexicon().terms("unit.level")

    # -- functions --------------------------------------------------------------------------

    def stem_start(self, end: int, before: int) -> int:
        """Return where functions and numbers that touch ``end`` begin (反恐怖和特巡警, 刑侦一)."""
        start = end
        while True:
            function = self.functions.get(start, start)
            if function < start and not self.text.startswith(_ORGANS, max(0, function - 2)):
                start = max(function, before)
                continue
            last = self.text[start - 1 : start]
            near = last in _NUMBER_ENDS or last.isdecimal()
            number = near and _NUMBER.search(self.text, max(before, start - 6), start)
            if number and self._counts(number, start == end, before):
                first = number.start()
                return self._before_number(first, before) if start == end else first
            if start == end or self.text[start - 1 : start] not in ("和", "与", "及"):
                return start
            joined = self.functions.get(start - 1, start - 1)
            if joined == start - 1 or joined < before:
                return start
            start = joined

    def _counts(self, number: re.Match[str], last: bool, before: int) -> bool:
        """Return whether a number belongs to the name: 刑侦一大队, 第三责任区刑警队."""
        start, end = number.span()
        if self.places.crosses(start) is not None:  # 惠|城区|大队
            return False
        if end - start == 1 and self.places.is_name(self.text[start - 1 : end]):  # 矣六|派出所
            return False
        return last or number[0].startswith("第") or number.start() == before

    def _before_number(self, start: int, before: int) -> int:
        """Return where functions before a number begin: 刑侦|一, 直属."""
        return max(self.functions.get(start, start), before)

    def function_at(self, start: int, end: int) -> str:
        """Return the function that a stem ends with, else begins with."""
        return function_of(self.text[start:end])

    # -- names ------------------------------------------------------------------------------

    def gap_start(self, end: int, before: int, *, strict: bool = False) -> int:
        """Return ``before`` if what stands between it and ``end`` can be a name, else ``end``.

        ``strict`` asks that the segmenter sees no verb or particle in it.
        """
        if not before or not 0 < end - before <= _LONGEST_GAP:
            return end
        gap = self.text[before:end]
        if _NO_NAME.search(gap) or _NO_PART.search(gap) or gap.count("“") != gap.count("”"):
            return end
        joint = gap[0] in _JOINTS and self.text[before - 1] in _DIVISIONS  # 网安大队|和|兴国派出所
        if joint or gap in self.stops or (not strict and _PARTNER.match(gap)):
            return end
        if self.places.is_name(gap) or gap in self.levels or ROUTE.fullmatch(gap):
            return before
        verbal = strict and any(t == "v" or t[0] in "pcudryi" for _, t in tagged(gap))
        if verbal or gap[0] in _PASSIVE:  # 警务室|由|瑶里派出所
            return end
        return end if self._holds_stop(gap) else before

    def _holds_stop(self, gap: str) -> bool:
        """Return whether a gap holds a word that no name holds; 和 may stand inside 伊和淖日苏木."""
        for pair in lexicon().terms("name.inner") if "和" in gap else ():
            gap = gap.replace(pair, "·" * len(pair)) if "和" in pair else gap  # 伊和|淖日
        if long_stop().search(gap):
            return True
        words = [word for word, _ in tagged(gap)]
        inner = words[1:] if gap.endswith(TOWN_ENDINGS) else []
        return any(word in self.stops and word not in _GLUED for word in inner) or any(
            word in self.stops for word in words[: len(words) - len(inner)]
        )

    def place_start(self, end: int, before: int) -> int:
        """Return where a region name that touches ``end`` begins, if a name can begin there."""
        place = self.places.ending_at(end, before)
        return place[0] if place is not None and self._is_whole(place, before) else end

    def _is_whole(self, place: tuple[int, str], before: int) -> bool:
        """Return whether a region's name is not the rest of a longer one (双|龙湖)."""
        start, form = place
        official = len(form) > 2 and form[-1] in OFFICIAL
        inner = len(form) == 2 and start > 1 and known(self.text[start - 2 : start + 1])
        if official or inner or self.cuts(start) is not None:  # 武当|山西|站
            return official
        return len(form) > 3 or self.opens(start, before)

    def cuts(self, start: int) -> int | None:
        """Return where a region name begins that ``start`` would cut in two (中|宁东).

        A verb that ends at ``start`` (移交|城固) shows that there is no such name.
        """
        crossed = self.places.crosses(start)
        return None if crossed is None or self.ends_stop(start) else crossed

    def ends_stop(self, end: int) -> bool:
        """Return whether a stop word of more than one sign ends at ``end``."""
        return self.text.endswith(stops_by_end().get(self.text[end - 1 : end], ()), 0, end)

    def sight_start(self, end: int, before: int) -> int:
        """Return where the name of a mountain or water that touches ``end`` begins (长白山)."""
        run = HAN.search(self.text[max(before, end - _LONGEST_NAME) : end])
        word, tag = tagged(run[0])[-1] if run else ("", "x")
        return end - len(word) if len(word) > 2 and tag in NAME_TAGS and known(word) else end

    def listed_start(self, end: int, before: int) -> int:
        """Return where the longest name of any division, down to township, begins; else ``end``."""
        low = max(before, end - _LONGEST_NAME, 0)
        text, is_name = self.text, self.places.is_name
        if low > end - 2 or not self.places.ends_name(text[end - 2 : end]):
            return end
        for start in range(low, end - 1):
            form = text[start:end]
            if is_name(form) and form not in division_like() and self.opens(start, before):
                return end if self.cuts(start) is not None else start
        return end

    def name_start(self, end: int, before: int) -> int:
        """Return where a name that touches ``end`` begins: listed, quoted, or of unknown extent."""
        window = self.text[max(before, end - _WINDOW) : end]
        if window.endswith("”"):
            quote = _QUOTED.search(self.text, max(before, end - 12), end)
            return quote.start() if quote and not _is_deed(quote[0][1:-1]) else end
        match = HAN.search(window)
        if not match:
            return end
        start = self.listed_start(end, before)
        if start == end and self.text[end - 1] not in _BEFORE_HEAD:  # 追赶过程中向|派出所
            start = self._unknown_start(match[0], end, before)
        road = _ROAD.search(self.text, start, end) if "路" in window or "高速" in window else None
        if road is not None and end - road.end() > 1:
            return road.end()
        cut = self.cuts(start) if start > before else None
        return start if cut is None else cut

    def joined_start(self, end: int, before: int) -> int:
        """Return where an unknown name begins that a joint ties to the unit before it, else ``end``.

        甲派出所|同|胡地亚于孜|派出所: between two units of a list hardly anything but a name stands.
        """
        start = before + 1
        if not before or not 2 <= end - start <= _LONGEST_NAME:
            return end
        if self.text[before] not in _JOINTS and not self.text.startswith("派出所、", before - 3):
            return end
        gap = self.text[start:end]
        if not HAN.fullmatch(gap) or long_stop().search(gap) or gap[-1] in _BEFORE_HEAD:
            return end
        first = tagged(self.text[before:end])[0][0]
        if gap in self.generic or (len(first) > 1 and known(first)):  # 派出所|及时|通知
            return end
        return end if any(t == "v" and len(word) > 1 for word, t in tagged(gap)) else start

    def _unknown_start(self, run: str, end: int, before: int) -> int:
        words = list(tagged(run))
        start = end
        while words:
            word, tag = words.pop()
            if end - start + len(word) > _LONGEST_NAME:
                break
            joint = word in _JOINTS and start - 1 == before > 0  # 甲派出所|和|镇派出所
            bare_ending = self.text[start:end] in TOWN_ENDINGS and len(word) == 1 and not joint
            if self._stops_name(word, tag) and not bare_ending:
                start = self._over_stop(word, words, start, end)
                break
            if start < end and self._after_region(start, before):
                break
            if self._is_glued(word):
                start -= len(word) - 1
                break
            start -= len(word)
        start = self._without_preposition(start, end)
        return end if end - start < 2 or self.text[start:end] in self.generic else start

    def _over_stop(self, word: str, words: list[tuple[str, str]], start: int, end: int) -> int:
        """Return where a name begins that holds a stop word: 朱日|和, 乐|从, 和平."""
        if start == end and word in self.stops and len(word) > 1:
            return start
        for begin in (start - len(word), start - len(word) - len(words[-1][0]) if words else start):
            if begin < start and self.places.is_name(self.text[begin:end]):
                return begin
        begin = start - len(word)  # 、|三节|砬子: no count, what is counted would follow
        opens = begin == 0 or not HAN.match(self.text[begin - 1])
        if opens and end > start and word in _POSITIONS:  # ，上河|派出所
            return begin
        return begin if opens and end - start > 1 and COUNT_NAME.fullmatch(word) else start

    def _is_glued(self, word: str) -> bool:
        """Return whether the segmenter glued a preposition to a name it does not know (由雄安)."""
        new = word[:1] in _GLUED and len(word) > 2 and not known(word)
        return new and not self.places.is_name(word)

    def _without_preposition(self, start: int, end: int) -> int:
        """Return ``start`` behind a preposition, or the 记 of a headline, glued to an unknown name."""
        first = next((word for word, _ in tagged(self.text[start:end])), "")
        glued = self.text[start : start + 1] in _GLUED and not known(first)
        cut = (glued and not self.places.is_name(first)) or self.text.startswith("—记", start - 1)
        return start + 1 if cut and end - start > 2 else start  # ——记|普玛江塘边境派出所

    def _after_region(self, start: int, before: int) -> bool:
        """Return whether an official region name ends at ``start``: what follows is a new name."""
        place = self.places.ending_at(start, before)
        return place is not None and place[1][-1] in OFFICIAL and len(place[1]) > 2

    def _stops_name(self, word: str, tag: str) -> bool:
        if word in self.stops or word in self.generic or word in self.points:
            return True
        if len(word) == _VERB and word[-1] in _COMPLEMENTS and not known(word):  # 扶进|警务站
            return True
        if tag == "v" and len(word) > 1 and not known(word):  # a guessed tag: 沐恩
            return any(sign in _GLUED or sign in _ENDING_WORDS for sign in word)
        # A sign alone is often part of a name that the segmenter does not know (隆盛|合, 右|所).
        return tag[0] in "pc" if len(word) == 1 else tag == "v" or tag[0] in "pcudrytmqli"

    def opens(self, start: int, before: int) -> bool:
        """Return whether a name can begin at ``start``: after a break, a verb, a region, a time."""
        if start <= before or start == 0 or not HAN.match(self.text[start - 1]):
            return True
        if self.text.endswith("—记", 0, start):  # ——记|德宏边境管理支队
            return True
        if self.text[start - 1] in _OPENING or start in self.systems or start in self.foreign:
            return True
        if self.text[start - 2 : start] in self.wards or _DATED.match(self.text, start - 2):
            return True
        if self.places.ending_at(start, before) or self.text.endswith("公安", before, start):
            return True
        return self._follows_stop(start) or self._follows_verb(start, before)

    def _follows_stop(self, start: int) -> bool:
        """Return whether a word that ends at ``start`` is one that a name can follow."""
        if self.ends_stop(start):
            return True
        last = self.text[start - 1]
        is_ = self.text[start - 2 : start - 1] in _SUBJECTS and last == "是"  # 这是|保定警方
        return last in _GLUED or is_ or (last in _ENDING_WORDS and self._is_word(start - 1))

    def _follows_verb(self, start: int, before: int) -> bool:
        """Return whether the segmenter sees a verb or a particle right before ``start``."""
        match = HAN.search(self.text[max(before, start - 8) : start])
        word, tag = tagged(match[0])[-1] if match else ("", "x")
        return (len(word) == 1 or known(word)) and self._stops_name(word, tag)

    def _is_word(self, at: int) -> bool:
        """Return whether the sign at ``at`` is a word of its own: 在|龙湖, not 中 in 中宁东."""
        begin = max(0, at - 5)
        for word, _ in tagged(self.text[begin : at + 5]):
            if begin >= at:
                return begin == at and len(word) == 1
            begin += len(word)
        return True


def _is_deed(quoted: str) -> bool:
    """Return whether quotes hold a verb, which is no name: 民警|“增援”|派出所."""
    return known(quoted) and tagged(quoted)[0][1] == "v"
