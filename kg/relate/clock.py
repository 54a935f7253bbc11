"""Which times hold where a sentence names none."""

import re
from collections.abc import Sequence
from typing import Final

from kg.relate.reading import Item
from kg.relate.words import pattern

_SINCE: Final = re.compile(r"(?:以来|起)，?$")
_BEGAN: Final = re.compile(r"以来|起")  # 3月1日起至5月31日: it has an end, but began then as well
_SAME_DAY: Final = r"^(?:当|同一?|该)[天日晚]"
_SAME_TIME: Final = r"\s*(?:与此)?(?:同时|同步)"
_TAKES_PLACE: Final = r"[^，。；]{0,16}?(?:举行|召开|举办|启动|开班|开幕|开营|开赛|开课|开讲|拉开|打响|落幕|结束|上演|开展)"
_PERIOD: Final = r"(?:季度|半年|年度?|月份)$"
_MOMENT: Final = r"(?<!连)[日天午晚晨夜]|^(?:近|日前|昨|当|今[日天]|节)|期间$"
_UP_TO: Final = ("持续至", "持续到", "延续至", "延长至")
_ENDS: Final = r"^[^，。；]{0,4}(?:结束|结业|闭幕|到期|完成)"
_HOUR: Final = re.compile(r"[时点午晚夜晨]")
_BARE: Final = 3  # 当天, 同一天; longer ones (当天下午) say more than the day
_CLOCK: Final = r"^[0-9零一二三四五六七八九十]{1,2}[:：时点]"

# What somebody or something has behind it, before all that is told of: 2018年荣立二等功 · 2016年建立
_ONCE: Final = (
    r"^[^，]{0,8}(?:荣[立获]|获评|获得|被评为|被授予|毕业|退伍|转业|入伍|[入从]警|被?分配到|调[到入任]|参加(?:公安)?工作|出生|参军|入党"
    r"|(?:[成建]立|组建|建成|创办|投入使用)(?!以来|了?[^，]{0,8}(?:组|专班|队)))"
)


# The date of a case: 破获2009年“4·03”命案积案, 2005年的一起旧案, 发生在1998年的案件
_OF_CASE: Final = r"^(?:的|发生的)?[^，]{0,4}(?:“[0-9]{1,2}[·.][0-9]{1,2}”|[一二两三四五六七八九十0-9]+[起宗件][^，]{0,10}案)|^(?:的|发生的)[^，]{0,8}案|^[^，]{0,2}(?:命案|积案|旧案)|^[^，。；]{0,40}的(?:违法|犯罪|违法犯罪|作案)(?:事实|行为|经过)|^[^，。；]{0,6}(?:非法|违法)[^，。；]{0,12}的(?:事实|行为)"


_OWNED_UP: Final = r"(?:交代|供述|供认|坦白|承认)了?(?:[其他自]|自己)*$"


def is_of_case(time: Item) -> bool:
    """Return whether a time only says of which year a case is (破获2009年“4·03”命案积案).

    Or since when somebody broke the law, as is owned up to (交代了今年以来盗窃4起的犯罪事实).
    """
    if pattern(_OWNED_UP).search(time.lead):
        return True
    return bool(pattern(_OF_CASE).match(time.trail))


class Clock:
    """Keeps the times that hold now, the last day, and the day in the headline above."""

    def __init__(self) -> None:
        self.times: list[Item] = []
        self.day: list[Item] = []
        self.section: list[Item] = []

    def go_on(self) -> None:
        """Let go of what only holds in the sentence that tells of an act (今年以来开展…)."""
        self.times = [time for time in self.times if not is_since(time)]

    def turn(self, text: str, start: int) -> None:
        """Begin the paragraph at ``start``: 同时 goes on with the day of the one before."""
        self.times = list(self.section)
        if not self.times and self.day and pattern(_SAME_TIME).match(text, start):
            self.times = [time for time in self.day if not is_since(time)]

    def keep(self, times: list[Item], *, headline: bool) -> None:
        """Remember the times of a frame; an hour belongs to the day before it."""
        times = [
            item
            for item in times
            if not (pattern(_ONCE).match(item.trail) or is_of_case(item) or _is_end(item))
        ]
        if not times:
            return
        if _all(r"^”?<occasion_near>", [item.trail for item in times]):
            self.times = self.times + times
            return
        self.times = times
        if headline:
            self.section = list(times)
        said = [item.mention.text for item in times]
        if _all(_CLOCK, said):
            self.times = self.day + times
        elif _all(_SAME_DAY, said):
            bare = max(map(len, said)) <= _BARE
            bare = bare and not any(_HOUR.search(item.mention.text) for item in (*self.day, *times))
            since = bare and any(map(is_since, self.day))
            self.times = self.day + times if bare and not since else times
        else:
            self.day = [time for time in times if not is_since(time)] or self.day or times


def is_since(time: Item) -> bool:
    """Return whether something has been going on from a time (今年以来, 6月1日|起)."""
    return _SINCE.search(with_sign(time)) is not None


def began(time: Item) -> bool:
    """Return whether a time says when something began, whatever follows (今年以来已…, 3月起至5月)."""
    return _BEGAN.search(with_sign(time)) is not None


def with_sign(time: Item) -> str:
    """Return a time with the sign behind it that may say that something began there."""
    return time.mention.text + time.after[:1]


def _is_end(time: Item) -> bool:
    """Return whether something will end on a day (将于11月22日结束, 持续至12月10日)."""
    ending = time.lead.endswith("将于") and pattern(_ENDS).match(time.trail)
    return bool(ending) or time.lead.endswith(_UP_TO)


def _all(template: str, texts: Sequence[str]) -> bool:
    """Return whether every text begins as the pattern says."""
    return None not in map(pattern(template).match, texts)


def is_habit_since(time: Item, between: str) -> bool:
    """Return whether an act behind a month is a habit (去年8月两所共建警务站，每月开展巡逻)."""
    if not time.mention.text.endswith("月"):
        return False
    return pattern("<habit>").search(between) is not None


def is_moment(time: Item) -> bool:
    """Return whether a time is a day or a few, and nothing that has been going on since."""
    return pattern(_MOMENT).search(time.mention.text) is not None and not is_since(time)


def is_subject(time: Item, act: Item) -> bool:
    """Return whether a time is what a meeting is about (2025年第二季度|新闻发布会)."""
    if time.mention.end != act.mention.start or not pattern(_PERIOD).search(time.mention.text):
        return False
    return pattern(r"会议?$").search(act.mention.text) is not None


def told_behind(items: Sequence[Item], act: Item) -> list[Item]:
    """Return the time that stands right behind an act: 表彰大会于5月8日|召开, 活动5月6日|在甲县举行."""
    end = act.mention.end
    for item in items:
        if item.type == "TIME" and item.mention.start >= end:
            here = item.mention.start - len(item.before) == end
            near = here and pattern(r"(?:于|在|[将已定拟]于|将在|自)?").fullmatch(item.before)
            return [item] if near and pattern(_TAKES_PLACE).match(item.trail) else []
    return []
