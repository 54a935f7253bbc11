"""What a traffic notice closes, when, and by which law: its sections say it, and no verb does.

一、管制时间 · 二、管制路段 · 三、绕行路线: the roads of the second are where the control is held, those
of the third are not.
"""

import re
from typing import Final, NamedTuple

from kg.language.activity_heads import measures
from kg.language.text import Span
from kg.model import Mention
from kg.relate.claims import Claims
from kg.relate.reading import Item, Reading, Sentence
from kg.relate.words import pattern

# A numbered section with its heading (一、管制路段, 十二、管制时间：…), and what closes the last one.
_SECTION: Final = re.compile(
    r"(?:^|(?<=[\s。；]))(?:[一二三四五六七八九十]{1,3}、[^，。：；\n]*"
    r"|(?P<foot>特此(?:通告|公告|通知)|(?:联系|咨询)(?:人|电话|地址)))"
)
_TOLD: Final = r"<notice>"
_WAYS: Final = r"^(?!.*(?:停车|停放|绕行)).*<control>[^，。：；\n]{0,6}?<control_where>"
_TIMES: Final = r"<control>[^，。：；\n]{0,6}?<control_when>"
_CLOSES: Final = (
    r"(?:<closing>(?!管理)"
    r"|(?:禁止|限制)[^，。；\n]{0,24}?(?:通行|驶入|进入|停放|停车|穿行|左转|右转))"
)
_CLOSED_BEFORE: Final = rf"{_CLOSES}[^，。；：\n]{{0,8}}："  # 封闭以下路段：
_LIFTED: Final = r"(?:<lifted>)[^，。；：\n]{0,4}$"
_REOPENED: Final = r"(?:恢复|解除|取消|停止)[^，。；\n]{0,6}"
_DETOUR: Final = r"<detour>"
_BY_LAW: Final = r"<basis>[^。；]{0,60}$"
_SIGNS: Final = "。；\n"  # that end a clause here
_FAR: Final = 240  # signs of a clause that are read on each side of a place
_SIGNED: Final = re.compile(r"[局队所处厅]\s*\n\s*\Z")  # 某县公安局, and the day in the next line


class _Control(NamedTuple):
    """What a notice announces, and the sentence that does."""

    sentence: Sentence
    act: Mention


class Notices:
    """Adds held_at, held_on and concerns for the traffic control that a notice announces."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self._reading = reading
        self._claims = claims
        self._text = reading.text
        self._titled = False  # whether the title names the control

    def relate(self) -> None:
        """Add what the sections of an article say, if it is a notice."""
        act = self._control()
        if act is None:
            return
        sections = list(_SECTION.finditer(self._text))
        titled = self._titled or any(pattern(_WAYS).search(one[0]) for one in sections)
        if not (titled or pattern(_TOLD).search(self._text)) or self._is_lifted(act.act.start):
            return
        opened = 0  # sections that have begun
        for sentence in self._reading.sentences:
            while opened < len(sections) and sections[opened].start() < sentence.span.end:
                opened += 1
            last = sections[opened - 1] if opened else None
            heading = last[0] if last and not last["foot"] else ""
            for item in sentence.items:
                if not item.mention.nominal and item.mention.end > self._reading.scan.title_end:
                    self._relate(act, sentence, item, heading)

    def _control(self) -> _Control | None:
        """Return the first mention of the control itself behind the title, else in it."""
        found = [
            _Control(sentence, item.mention)
            for sentence in self._reading.sentences
            for item in sentence.items
            if item.type == "ACT"
            and not item.mention.nominal
            and item.mention.text.endswith(measures())
        ]
        self._titled = bool(found) and found[0].act.end <= self._reading.scan.title_end
        told = (one for one in found if one.act.end > self._reading.scan.title_end)
        return next(told, found[0] if found else None)

    def _is_lifted(self, start: int) -> bool:
        """Return whether what the sign at ``start`` begins is denied or over: 解除|管制, 不|封闭."""
        return pattern(_LIFTED).search(self._text, max(0, start - 8), start) is not None

    def _relate(self, told: _Control, sentence: Sentence, item: Item, heading: str) -> None:
        mention, act = item.mention, told.act
        if item.type == "DOC":
            lead = self._text[sentence.span.start : mention.start]
            here = sentence.span.start <= act.start and mention.end <= act.start < sentence.span.end
            if here and pattern(_BY_LAW).search(lead):
                self._add("concerns", told, mention, sentence, "notice.law")
        elif item.type == "TIME":
            signed = _SIGNED.search(self._text, max(0, mention.start - 8), mention.start)
            if pattern(_TIMES).search(heading) and not signed:
                self._add("held_on", told, mention, sentence, "notice.time")
        elif item.type == "LOC" and self._is_closed(item, heading):
            self._add("held_at", told, mention, sentence, "notice.road")

    def _is_closed(self, item: Item, heading: str) -> bool:
        """Return whether a way or site is one of those closed, no end of a stretch and no detour."""
        mention = item.mention
        kind = self._reading.entities[item.entity].attributes.get("kind", "")
        if kind == "region" or self._is_bracketed(mention):
            return False
        near = max(0, mention.start - _FAR)
        begin = max(near - 1, *(self._text.rfind(sign, near, mention.start) for sign in _SIGNS)) + 1
        far = min(len(self._text), mention.end + _FAR)
        ends = (self._text.find(sign, mention.end, far) for sign in _SIGNS)
        end = min((at for at in ends if at >= 0), default=far)
        closes = [
            match
            for match in pattern(_CLOSES).finditer(self._text, begin, end)
            if not self._is_lifted(match.start())
        ]
        # 甲路禁止通行，请绕行|乙路: what closes 甲路 stands between
        left = max((one.end() for one in closes if one.end() <= mention.start), default=begin)
        right = min((one.start() for one in closes if one.start() >= mention.end), default=-1)
        open_again = pattern(_REOPENED).search(self._text, mention.end, end)
        detour = pattern(_DETOUR).search(
            self._text[left : mention.start] + self._text[mention.end : right if right > 0 else end]
        )
        if detour or open_again:
            return False
        before = pattern(_CLOSED_BEFORE).search(self._text, begin, mention.start)
        return bool(before or right >= 0 or pattern(_WAYS).search(heading))

    def _is_bracketed(self, mention: Mention) -> bool:
        line = self._text.rfind("\n", 0, mention.start) + 1
        opened = self._text.rfind("（", line, mention.start)
        return opened > self._text.rfind("）", line, mention.start)

    def _add(
        self, relation: str, told: _Control, tail: Mention, sentence: Sentence, rule: str
    ) -> None:
        places: list[Span | Mention] = [sentence.span]
        if sentence is not told.sentence:
            places.append(told.act)
        status = self._reading.statuses.at(told.sentence.span, told.act.start)
        self._claims.add(relation, (told.act.entity, tail.entity), places, rule, status)
