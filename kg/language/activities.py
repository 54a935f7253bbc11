"""The grammar of activity names: modifiers, quoted formula, head noun (“…”专项行动, 反诈宣传).

A phrase is read forwards from a verb that introduces it (开展|…) or backwards from its head. Reading
stops at signs and words that no name runs over; quotes and 《》 are passed whole.
"""

import functools
import re
from typing import Final

from kg.language.activity_heads import BARE_DEEDS, Head, Heads, Phrase
from kg.language.activity_signs import (
    AFTER_NAME,
    AND,
    CLOSED,
    COUNT_BEFORE,
    COUNT_ENDS,
    END,
    ENDED,
    FIGURE,
    GOES_ON,
    IN_STAGES,
    NAMED_DEEDS,
    SHARED,
    SPOKEN,
    behind_prelude,
    break_signs,
    pattern,
    sign,
    stop_ends,
    stop_words,
    stops,
    suffixes,
)
from kg.language.lexicon import lexicon
from kg.language.words import tagged

__all__ = ["ActivityGrammar", "Phrase"]

# A head that begins with its verb has nothing before it.
_VERB: Final = ("重温", "过政治")
_ITEM: Final = re.compile(r"[^，。；、！？\n0-9]*")
_JOINT: Final = re.compile(f"[、{AND}“《]")
_UNPASSED: Final = frozenset(END + "、“”《》‘’·讲" + AND)
_LONGEST: Final = 26
_FULL_NAME: Final = 8
_NEAR: Final = 4
_FORMULA_GAP: Final = 14
# “甲”|打击破坏森林资源违法犯罪专项行动: what it is against stands between
_AGAINST: Final = re.compile(
    r"(?:打击|整治|查处|严打|打防)(?:(?!部署|开展|组织|启动|会议|行动)[^，。；：、“”《》\s\d]){2,20}?"
    r"专项(?:整治|治理|打击|集中)?行动"
)
_SHORTEST_NAME: Final = 4
_LONGEST_ITEM: Final = 12
_LONGEST_DEED: Final = 10
_LONGEST_MEETING: Final = 20
# What a clause ends in behind the verb that holds it: 召开|廉政谈话会, 举办|业务骨干提高班
_GATHERINGS: Final = (
    (re.compile(r"召开了?$"), ("会",)),
    (re.compile(r"(?:举办|开办|举行|主办|承办)了?$"), ("班", "赛", "秀", "营")),
)
_KINDS: Final = {"会": "meeting", "班": "training", "赛": "competition", "营": "training"}
_LONGEST_VERB: Final = 3
# What stands behind a formula that names it: “小狮警”|护苗计划
_DESIGN: Final = re.compile(r"[一-鿿]{0,6}计划(?=[，。；、\n]|$)")
_COUNT_ENDS: Final = COUNT_ENDS | {"\n"}  # a line may break behind it
_MANY: Final = re.compile(r"[0-9]{2,}余?个$")  # 36个|“两站两员”劝导点
_YEAR: Final = re.compile(r"[一-鿿]20[0-9]{2}年\Z")  # 开展的|2023年“医警联动”演练
_TURN: Final = re.compile(r"(?:第[0-9一二三四五六七八九十]{1,3}|首)届\Z")  # 某局|第八届“铁警杯”赛
_MANNERS: Final = ("全程", "现场")
_FEWEST_WORDS: Final = 2


@functools.cache
def _deed_ends() -> re.Pattern[str]:
    return re.compile(rf"[0-9、“]|{stops().pattern}")


def _of_service(found: re.Match[str], begin: int, head: int) -> bool:
    """Return whether a word that breaks other phrases names a service: 全程|引导|服务, not 等|服务."""
    manner = found.start() == begin and found[0] in _MANNERS
    return manner or (found.end() == head and found[0] != "等")


class ActivityGrammar(Heads):
    """Reads the activity phrases of one folded text."""

    # -- forwards ---------------------------------------------------------------------------

    def after(self, start: int, *, strict: bool = False) -> list[Phrase]:
        """Return the phrases that a verb ending at ``start`` introduces, list items apart.

        ``strict`` is for verbs that take other objects too (组织民警…): nothing between the verb and
        the name may end a phrase.
        """
        begin = behind_prelude(self._text, start)
        found: list[Phrase] = []
        pending = begin
        limit = self._limit(begin)
        shared = SHARED.search(self._text, begin, limit)
        for left, right, last in self._parts(begin, limit):
            phrase = self._part(pending, right, strict=strict)
            cut = shared and phrase and phrase.end < min(right, shared.start())
            if (phrase is None or cut) and not strict and left == pending:
                phrase = self._headless(left, right, last=last, shared=shared)
            if phrase is None and not last and left == pending and self._is_formula(left, right):
                pending = self._next_item(right)
                found += [] if strict else [Phrase(left, right, quoted=True)]
            if phrase is None:
                continue
            found.append(phrase)
            pending = self._next_item(right)
            if phrase.end < right:
                break
        return found

    def _headless(
        self, left: int, right: int, *, last: bool, shared: re.Match[str] | None
    ) -> Phrase | None:
        """Return a list item without a head of its own, if one behind the list is shared."""
        if shared and shared[1] == "服务":
            return None
        if shared and left < shared.start():
            right = min(right, shared.start())
            fits = _SHORTEST_NAME <= right - left <= _LONGEST_ITEM
            clean = fits and not stops().search(self._text, left, right)
            return Phrase(left, right) if clean and "“" not in self._text[left:right] else None
        phrase = None if last else self.verbal_at(left)
        return phrase if phrase and phrase.end == right else None

    def gathering_at(self, start: int) -> Phrase | None:
        """Return the phrase up to the 会, 班 or 赛 that ends the clause behind its verb."""
        near = max(0, start - _LONGEST_VERB)
        ends = next(
            (ends for verb, ends in _GATHERINGS if verb.search(self._text, near, start)), ()
        )
        if not ends:
            return None
        begin = behind_prelude(self._text, start)
        limit = self._limit(begin)
        fits = _SHORTEST_NAME <= limit - begin <= _LONGEST_MEETING
        if not fits or not self._text.endswith(ends, begin, limit):
            return None
        inner = begin + 2 if self._text.startswith("现场", begin) else begin  # 现场沟通会
        if stops().search(self._text, inner, limit):
            return None
        end = self._text[limit - 1]
        return Phrase(begin, limit, end, _KINDS.get(end, ""), noun=True)

    def _next_item(self, right: int) -> int:
        return right + 1 if self._text[right : right + 1] in ("、", *AND) else right

    def _parts(self, start: int, limit: int) -> list[tuple[int, int, bool]]:
        """Return the list items between ``start`` and ``limit``: start, end, whether the last."""
        joint = _JOINT.search(self._text, start, limit)
        if joint is None:
            return [(start, limit, True)] if start < limit else []
        cuts = []
        while joint is not None:
            at = joint.start()
            if joint[0] == "、" or (joint[0] in AND and self._joins(at, start)):
                cuts.append((at, at + 1))
            elif at in self._open and at in self._close and at > start:
                cuts.append((at, at))
            joint = _JOINT.search(self._text, self._open.get(at, at + 1), limit)
        lefts = [start, *(after for _, after in cuts)]
        rights = [*(before for before, _ in cuts), limit]
        return [
            (left, right, right == limit)
            for left, right in zip(lefts, rights, strict=True)
            if left < right
        ]

    def _joins(self, at: int, start: int) -> bool:
        """Return whether the 和 at ``at`` joins two phrases: a head or a formula stands before it."""
        if at <= start or not (at in self._heads or at in self._close):
            return False
        if self._text.endswith(BARE_DEEDS, start, at):
            return False
        left = len(CLOSED.sub("xxxx", self._text[start:at]))
        right = _ITEM.match(self._text, at + 1)
        # 打击和防范…宣传日 is one name: a bare verb is no item beside a long one.
        return left >= _SHORTEST_NAME or right is None or len(right[0]) <= left + 2

    def _part(self, start: int, end: int, *, strict: bool) -> Phrase | None:
        """Return the phrase at the beginning of one list item, None if it holds no head."""
        named = self._open.get(start)
        against = None if named is None else self._against(named)
        head = against or self._chain(start, end)
        if head is None:
            return None
        begin = self._left_edge(start, head.mark.start)
        if against is None and self._restarts(begin, head.mark.start, strict=strict):
            return None
        begin = min(behind_prelude(self._text, begin, head.mark.start), head.mark.start)
        stop = self._with_formula(head.stop)
        return self._phrase(begin, Head(head.mark, head.noun, stop))

    def _with_formula(self, stop: int) -> int:
        """Return the end of the name of a campaign that follows what it is (…整治|“雷霆行动”)."""
        end = self._open.get(stop)
        if end is None:
            return stop
        titled = suffixes(self._text[stop + 1 : end - 1], "name.act-title")
        return end if titled else stop

    def _left_edge(self, start: int, head: int) -> int:
        """Return where the phrase begins: behind the last 的 outside quotes."""
        if self._text.find("的", start, head) < 0:
            return start
        begin, at = start, start
        while at < head:
            if at in self._open:
                at = self._open[at]
                continue
            if self._text[at] == "的" and self._text[at - 1] != "党":
                begin = at + 1
            at += 1
        return begin

    def _restarts(self, begin: int, head: int, *, strict: bool) -> bool:
        """Return whether another verb stands outside quotes between ``begin`` and ``head``."""
        if begin == head:
            return False
        breaks = stops() if strict else pattern("name.act-restart")
        served = self._text.startswith("服务", head)
        for match in breaks.finditer(self._text, begin, head):
            serves = served and _of_service(match, begin, head)
            if not serves and not self.inside(match.start()):
                return True
        return False

    def _is_formula(self, left: int, right: int) -> bool:
        return self._open.get(left) == right and self._text[left] == "“"

    def formula_at(self, start: int) -> Phrase | None:
        """Return the quoted formula that stands for a name where a verb ends (开展|“…”，)."""
        begin = behind_prelude(self._text, start)
        end = self._open.get(begin)
        if end is None or self._text[begin] != "“":
            return None
        design = _DESIGN.match(self._text, end)
        if design:
            return Phrase(begin, design.end(), kind="campaign", quoted=True)
        if not AFTER_NAME.match(self._text, end):
            return None
        stop = self._with_work(end)
        practice = bool(suffixes(self._text[begin : end - 1], "name.method-inner"))
        practice = practice or self._text.endswith(("分子", "人员"), begin, end - 1)
        return None if practice or self.is_swallowed(stop) else Phrase(begin, stop, quoted=True)

    def verbal_at(self, start: int) -> Phrase | None:
        """Return a phrase without a known head that ends in a verb used as noun (证件|代办)."""
        begin = behind_prelude(self._text, start)
        limit = self._limit(begin)
        ended = _deed_ends().search(self._text, begin, limit)
        end = ended.start() if ended else limit
        words = tagged(self._text[begin:end])
        if len(words) < _FEWEST_WORDS or not _SHORTEST_NAME <= end - begin <= _LONGEST_DEED:
            return None
        deed = len(words[-1][0]) > 1 and words[-1][1].startswith("v")
        deed = deed and not self._text.startswith("的", end)  # 近期侦办|的6起案件
        deed = deed and words[-1][0] not in lexicon().terms("name.act-tail")  # 便民|举措
        opened = words[0][1].startswith(("r", "d", "p", "c"))
        return Phrase(begin, end) if deed and not opened else None

    # -- around a formula -------------------------------------------------------------------

    def formulas(self) -> list[tuple[int, int]]:
        """Return the outermost quoted formulas."""
        return [(start, end) for start, end in self._open.items() if self._text[start] == "“"]

    def around(self, start: int, end: int) -> Phrase | None:
        """Return the name that a quoted formula is part of (道路交通安全|“利剑”|专项行动)."""
        head = self._head_behind(end)
        apart = self._text.startswith("\x00", end)  # 小课堂” 护航“成长”
        if head is not None and not (apart and not head.noun):
            named = head.noun or self._names_deed(start, end, head)
            return self._phrase(self._before_formula(start), head) if named else None
        inner = self._text[start + 1 : end - 1]
        titled = next(iter(suffixes(inner, "name.act-title")), "")
        whole = len(inner) > len(titled) or inner in lexicon().terms("act.head")
        counted = len(inner) >= _SHORTEST_NAME and self._text[start - 1 : start] in _COUNT_ENDS
        counted = counted and bool(COUNT_BEFORE.search(self._text, max(0, start - 8), start))
        counted = counted and not _MANY.search(self._text, max(0, start - 6), start)
        if self.is_swallowed(end, named=bool(titled)) or not (counted or (titled and whole)):
            return None
        begin = start if counted else self._before_formula(start)
        return Phrase(begin, end, titled, quoted=True)

    def _names_deed(self, start: int, end: int, head: Head) -> bool:
        """Return whether a formula names the deed behind it (“一盔一带”|宣传), which has no object."""
        inner = self._text[start + 1 : end - 1]
        known = inner in lexicon().terms("name.act-institution")
        near = head.mark.start - end <= _NEAR and ENDED.match(self._text, head.stop) is not None
        counted = (
            head.mark.entry.value == "service" and self._text[head.stop : head.stop + 1].isdigit()
        )
        naming = head.mark.entry.value in NAMED_DEEDS or counted  # “法制员下所”服务26次
        naming = naming and not FIGURE.search(inner)
        return near and naming and not known

    def _head_behind(self, end: int) -> Head | None:
        if (against := self._against(end)) is not None:
            return against
        limit = self._limit(end)
        listed = self._text.find("、", end, limit)
        head = self._chain(end, listed if listed >= 0 else limit, named=True)
        if head is None:
            return None
        starts = [self._heads[at][0].start for at in self._ends(end, head.stop)]
        first = min(start for start in starts if start >= end)
        gap = self._text[end:first]
        loose = len(gap) > _FORMULA_GAP or "“" in gap or gap.startswith(("用", "为", "以", *AND))
        return None if loose or stops().search(gap) else head

    def _against(self, end: int) -> Head | None:
        """Return the head of a campaign that says behind its formula what it is against."""
        match = _AGAINST.match(self._text, end)
        found = self._heads.get(match.end()) if match else None
        return Head(*found, match.end()) if match and found else None

    def _before_formula(self, start: int) -> int:
        year = _YEAR.search(self._text, max(0, start - 6), start)
        if year is not None:
            return year.end() - 5
        turn = _TURN.search(self._text, max(0, start - 6), start)
        if turn is not None:
            return turn.start()
        begin = self._leftwards(start)
        if self._text[begin:start] in lexicon().terms("topic"):
            return begin
        words = tagged(self._text[begin:start])
        if not words or start - begin < 2 or words[-1][1].startswith(("v", "d", "p", "m", "f")):
            return start
        if all(tag == "ns" for _, tag in words):  # 临县|“6·26”国际禁毒日主题宣传活动
            return start
        return begin if not words[0][1].startswith(("p", "d", "c", "r", "u")) else start

    # -- backwards --------------------------------------------------------------------------

    def before(self, end: int) -> Phrase | None:
        """Return the phrase whose head ends at ``end``, None if another noun swallows the head."""
        mark, noun = self._heads[end]
        stop = self._with_work(end)
        whole = mark.entry.term.startswith(_VERB)
        begin = mark.start if whole else self._leftwards(mark.start)
        named = noun and stop - begin >= _FULL_NAME
        if self.is_swallowed(stop, named=named) or self._is_inner(end):
            return None
        return self._phrase(begin, Head(mark, noun, stop))

    def ending_at(self, start: int, end: int) -> Phrase | None:
        """Return the phrase from ``start`` if an event noun or a titled formula ends at ``end``."""
        head = self._heads.get(end)
        if head is not None and head[1] and not self.inside(head[0].start):
            return self._phrase(self._left_edge(start, head[0].start), Head(*head, end))
        return self.around(self._close[end], end) if end in self._close else None

    def _leftwards(self, head: int) -> int:
        at, size = head, 0
        while at > 0 and size < _LONGEST:
            if at in self._close:
                if self._text[at] == "“" or SPOKEN.search(self._text, self._close[at], at):
                    break
                at = self._close[at]
                continue
            one = self._text[at - 1]
            if at in self._edges or self._breaks(one, at):
                break
            at, size = at - 1, size + 1
        return self._skip_count(at, head)

    def _breaks(self, one: str, at: int) -> bool:
        """Return whether a sign, word or number that no name runs over ends with ``one`` at ``at``."""
        text = self._text
        if one in _UNPASSED:
            return one != "讲" or not text.startswith("评", at)
        if one in break_signs() and sign().match(text, at - 1):
            return True
        # 通报|讲评会, 辅警|技能大比武, 人民警|察节
        goes_on = GOES_ON.get(one)
        if goes_on and text.startswith(goes_on, at):
            return False
        if one in stop_ends() and any(text[max(0, at - n) : at] in stop_words() for n in (2, 3, 4)):
            return True
        if one not in COUNT_ENDS or text.startswith(("集中", "统一"), at):  # 第二次|集中统一行动
            return False
        count = COUNT_BEFORE.search(text, max(0, at - 8), at)
        return count is not None and not text.endswith(IN_STAGES, 0, count.start())

    def _skip_count(self, begin: int, head: int) -> int:
        behind = behind_prelude(self._text, begin, head)
        return behind if behind < head else begin
