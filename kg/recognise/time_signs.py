"""What stands around a time expression and tells that it dates no act."""

import re
from typing import Final

from kg.language.dates import TimeExpression

_BEFORE: Final = re.compile(r"[之以]?前(?![后夕一两三几])")  # 4月15日|前主动上交
_NAMED_DAY: Final = re.compile(r"[0-9十][日号](?:，在?|（|是)$")
_NAME: Final = 44  # signs back to the name of who signs
_REACH: Final = 6  # signs back to the day that is said already
# 2025年|甲河龙舟系列赛, 2024年|某地公祭大典期间: the year is part of what is held
_EVENT: Final = re.compile(
    r"(?:(?!开展|举办|组织|启动|召开|派出所|公安|警)[^，。；：、的]){2,16}?"
    r"(?:大典|典礼|[联系]列?赛|[国杯舟松]赛|马拉松|灯会|庙会|庆典|博览会|运动会|(?:开[园幕耕]|系列|节庆)活动|公开招[聘录])"
)
_OF_PAPER: Final = re.compile(r"起?(?:正式)?(?:施行|实施|生效|发布|印发|颁布|通过|出台)的新?《")
# the name above the date of a notice: 石门县公安局
_SIGNER: Final = re.compile(r"(?:^|\n)[^，。；：\n]{4,40}[局队所厅委会府室站心]\s*\n$")
_PURPOSE: Final = re.compile(r"(?:确保|保障|做好|抓好|围绕)$")


def is_aside(text: str, times: TimeExpression) -> bool:
    """Return whether an expression dates no act: a deadline, a second name of a day, a purpose."""
    if _OF_PAPER.match(text, times.end) or _is_signed(text, times):
        return True
    return _is_deadline(text, times) or _is_said_again(text, times) or _is_purpose(text, times)


def _is_deadline(text: str, times: TimeExpression) -> bool:
    """Return whether something only has to be done by a day (于4月15日|前上交)."""
    if times.kind != "point" or times.said.isdisjoint({"day", "month"}):
        return False
    return _BEFORE.match(text, times.end) is not None


def _is_said_again(text: str, times: TimeExpression) -> bool:
    """Return whether an expression only says what day a date was (3月9日，农历二月初十)."""
    point = times.point
    if times.kind != "term" and not (point.lunar or point.festival):
        return False
    before = text[max(0, times.start - _REACH) : times.start]
    return _NAMED_DAY.search(before) is not None


def is_of_event(text: str, end: int) -> bool:
    """Return whether a year belongs to the name of an event behind it."""
    return _EVENT.match(text, end) is not None


def _is_purpose(text: str, times: TimeExpression) -> bool:
    """Return whether 春节期间 says what something is meant for (做好春节期间的安保工作)."""
    if times.tail != "期间" or text.startswith("，", times.end):
        return False
    return _PURPOSE.search(text[max(0, times.start - 2) : times.start]) is not None


def is_headline(text: str, start: int) -> bool:
    """Return whether a place opens the headline (开学第一周，民警来当班主任): no act is dated there."""
    end = text.find("\n")
    return not start and end > 0 and text[end - 1] not in "。！？”；"


def _is_signed(text: str, times: TimeExpression) -> bool:
    """Return whether a date stands alone below the name of who signs a notice."""
    start, point = times.start, times.point
    alone = text[start - 1 : start] == "\n" and text[times.end : times.end + 1] in ("\n", "")
    if not (alone and point.year and point.day):
        return False
    return _SIGNER.search(text[max(0, start - _NAME) : start]) is not None
