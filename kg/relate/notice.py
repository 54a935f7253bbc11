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

# A numbered section with its heading: 一、管制路段, 二、管制时间：…
_SECTION: Final = re.compile(r"(?:^|(?<=[\s。]))[一二三四五六七八九十]、[^，。：；\n]*")
_TOLD: Final = r"<notice>"
_WAYS: Final = r"<control>[^，。：；\n]{0,6}?<control_where>"
_TIMES: Final = r"<control>[^，。：；\n]{0,6}?<control_when>"
_CLOSES: Final = r"<closing>"
_CLOSED_BEFORE: Final = rf"{_CLOSES}[^，。；：\n]{{0,8}}："  # 封闭以下路段：
_DETOUR: Final = r"<detour>"
_BY_LAW: Final = r"<basis>[^。；]{0,60}$"
_SIGNS: Final = "。；\n"  # that end a clause here
_END: Final = re.compile(f"[{_SIGNS}]")


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

    def relate(self) -> None:
        """Add what the sections of an article say, if it is a notice."""
        act = self._control()
        if act is None:
            return
        sections = list(_SECTION.finditer(self._text))
        if not sections and not pattern(_TOLD).search(self._text):
            return
        opened = 0  # sections that have begun
        for sentence in self._reading.sentences:
            while opened < len(sections) and sections[opened].start() < sentence.span.end:
                opened += 1
            heading = sections[opened - 1][0] if opened else ""
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
        told = (one for one in found if one.act.end > self._reading.scan.title_end)
        return next(told, found[0] if found else None)

    def _relate(self, told: _Control, sentence: Sentence, item: Item, heading: str) -> None:
        mention, act = item.mention, told.act
        if item.type == "DOC":
            lead = self._text[sentence.span.start : mention.start]
            here = sentence.span.start <= act.start and mention.end <= act.start < sentence.span.end
            if here and pattern(_BY_LAW).search(lead):
                self._add("concerns", told, mention, sentence, "notice.law")
        elif item.type == "TIME":
            if pattern(_TIMES).search(heading):
                self._add("held_on", told, mention, sentence, "notice.time")
        elif item.type == "LOC" and self._is_closed(item, heading):
            self._add("held_at", told, mention, sentence, "notice.road")

    def _is_closed(self, item: Item, heading: str) -> bool:
        """Return whether a way or site is one of those closed, no end of a stretch and no detour."""
        mention = item.mention
        kind = self._reading.entities[item.entity].attributes.get("kind", "")
        if kind == "region" or self._is_bracketed(mention):
            return False
        begin = max(self._text.rfind(sign, 0, mention.start) for sign in _SIGNS) + 1
        left = self._text[begin : mention.start]
        end = _END.search(self._text, mention.end)
        right = self._text[mention.end : end.start() if end else len(self._text)]
        closes = pattern(_CLOSES).search(right)
        before = pattern(_CLOSED_BEFORE).search(left)
        # 甲路禁止通行，请绕行|乙路: what closes 甲路 stands between
        left = pattern(rf"(?s:.*){_CLOSES}").sub("", left)
        if pattern(_DETOUR).search(left + (right[: closes.start()] if closes else right)):
            return False
        return bool(before or closes or pattern(_WAYS).search(heading))

    def _is_bracketed(self, mention: Mention) -> bool:
        opened = self._text.rfind("（", 0, mention.start)
        return opened > self._text.rfind("）", 0, mention.start)

    def _add(
        self, relation: str, told: _Control, tail: Mention, sentence: Sentence, rule: str
    ) -> None:
        places: list[Span | Mention] = [sentence.span]
        if sentence is not told.sentence:
            places.append(told.act)
        status = self._reading.statuses.at(told.sentence.span, told.act.start)
        self._claims.add(relation, (told.act.entity, tail.entity), places, rule, status)
