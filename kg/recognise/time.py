"""Times: expressions that date an activity, each with its interval (GUIDE, TIME).

Durations and frequencies are none (连续3日, 每天8时), nor are the dates of things (1996年埋下的界桩).
"""

import re
from collections.abc import Sequence
from typing import Final

from kg.language.dates import Point, TimeExpression, find
from kg.language.intervals import Interval, Timeline
from kg.language.lexicon import lexicon
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_BARE_DAY: Final = frozenset({"day"})
_BARE_YEAR: Final = frozenset({"year"})
# What makes a span of time a length or a habit.
_LENGTH_BEFORE: Final = re.compile(
    r"(?:连续|历时|为期|长达|近|超过?|逾|每|各|第|共|约|满|仅|仅用|提前|过去|前|隔|[0-9.·\-])$"
)
_HABIT_BEFORE: Final = re.compile(r"每(?:天|日|晚|周|月|年|个|逢)[^，。；\n]{0,4}$")
_LENGTH_AFTER: Final = re.compile(r"[内间游龄均租票](?!，)|之内|以内|后|为限|有效|不|制|超市")
# A bare year or season names things as often as it dates acts.
_DESCRIBES: Final = re.compile(r"的(?!一)|版|款|度(?!以来)|级|届|前|后|起步|出生|生于")
_CLAUSE: Final = re.compile(r"(?:^|[，。；：！？、\n\s”—])(?:[在自从至到于据]|截至|截止)?$")
_CLOSES: Final = re.compile(r"$|[，。；、：\s（）”“《]")
_SPEECH: Final = re.compile(r"“[^”]*$")
_AHEAD: Final = re.compile(
    r"(?:将|拟|计划|预计|定于|持续至|持续到|延续至|至|推迟到|有望)(?:于|在)?$"
)
_UNWANTED: Final = frozenset(
    {
        "今天",
        "今日",
        "明天",
        "明日",
        "明早",
        "后天",
        "昨天",
        "这天",
        "这一天",
        "白天",
        "全年",
        "春日",
        "夏日",
        "冬日",
        "秋日",
    }
)


_OF_EVENT: Final = re.compile(
    r"[动会式赛练节案发礼验试营]$"
)  # 行动当天 points to the act, not to a day


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the times of an article with their intervals; ``found`` is not needed."""
    del found
    timeline = Timeline(scan.article.page.date)
    return [
        _candidate(expression, _placed(scan, timeline, expression))
        for expression in find(scan.text, scan.marked)
        if _dates(scan, expression)
    ]


def _placed(scan: Scan, timeline: Timeline, expression: TimeExpression) -> Interval:
    before = scan.text[max(0, expression.start - 6) : expression.start]
    return timeline.place(expression, ahead=bool(_AHEAD.search(before)))


def _candidate(expression: TimeExpression, interval: Interval) -> Candidate:
    names = ("edtf", "start", "end", "precision", "clock")
    attributes = {name: value for name in names if (value := getattr(interval, name))}
    weight = CERTAIN if expression.point.said & {"month", "relative"} else LIKELY
    weight = POSSIBLE if expression.point.festival else weight
    rule = f"time.{expression.kind}"
    return Candidate("TIME", expression.start, expression.end, rule, weight, attributes=attributes)


def _dates(scan: Scan, expression: TimeExpression) -> bool:
    """Return whether an expression dates something."""
    text, start, end = scan.text, expression.start, expression.end
    if _HABIT_BEFORE.search(text, max(0, start - 8), start):
        return False
    if expression.kind == "vague":
        return _is_vague(scan, expression)
    if expression.kind == "term":
        return _opens(text, start)
    if expression.kind in ("range", "since"):
        return expression.kind == "range" or _is_since(scan, expression)
    point, said = expression.point, expression.point.said
    if point.noise and not _is_noise(point.noise):
        return False
    if said <= {"day", "noise"}:
        return _is_day(text, start, end)
    if said <= {"hour", "minute", "part"}:
        return _is_clock(scan, expression)
    if point.festival:
        return _is_festival(scan, expression)
    if said == {"month"} and point.month[0] in "一二三四五六七八九十":
        return False  # 五月的草原: a scene, not a date
    if point.relative.startswith("当") and _OF_EVENT.search(text[max(0, start - 2) : start]):
        return False
    if point.relative in _UNWANTED or point.season in _UNWANTED:
        return False
    return _is_told(scan, point, said, expression)


def _is_told(scan: Scan, point: Point, said: frozenset[str], expression: TimeExpression) -> bool:
    """Return whether a year, a season, a week or a part of the year dates an act."""
    text, start, end = scan.text, expression.start, expression.end
    if said == {"year"}:
        return not _DESCRIBES.match(text, end) and _is_near_year(scan, point.year)
    if said in ({"season"}, {"half"}):
        return _opens(text, start) and bool(_CLOSES.match(text, end))
    if said <= {"week", "weekday", "part"}:
        return bool(point.week) or (_opens(text, start) and bool(_CLOSES.match(text, end)))
    return True


def _is_near_year(scan: Scan, year: str) -> bool:
    """Return whether a year alone is near the paper's (1998年 is history, not a date)."""
    if not year.isdigit():
        return year not in ("今年", "明年", "年内", "当年", "同年", "次年", "翌年")
    published = scan.article.page.date[:4]
    return not published.isdigit() or abs(int(published) - int(year)) <= 2


def _is_vague(scan: Scan, expression: TimeExpression) -> bool:
    if expression.tail in ("近日", "日前", "连日来"):
        return True
    return _opens(scan.text, expression.start)


def _is_since(scan: Scan, expression: TimeExpression) -> bool:
    """Return whether 入冬以来 opens its clause (else it only ranks: 入冬以来最强寒潮)."""
    return bool(expression.point.said) or _opens(scan.text, expression.start)


def _is_noise(digits: str) -> bool:
    """Return whether digits before 日 are a date that lost its signs: 87, 619, 2021416."""
    if len(digits) > 5:
        return digits.startswith(("19", "20"))
    return digits[0] != "0" and len(digits) < 5


def _is_day(text: str, start: int, end: int) -> bool:
    if _LENGTH_BEFORE.search(text, max(0, start - 3), start):
        return False
    return not _LENGTH_AFTER.match(text, end)


def _is_clock(scan: Scan, expression: TimeExpression) -> bool:
    """Return whether a time of day tells when: 21时37分, 凌晨3时; not 深夜, 三点建议."""
    text, point = scan.text, expression.point
    if not point.hour or _LENGTH_BEFORE.search(
        text, max(0, expression.start - 3), expression.start
    ):
        return False
    if ":" in text[expression.start : expression.end]:
        return text[expression.start - 1 : expression.start] in ("", "\n") or _opens(
            text, expression.start
        )
    exact = bool(point.part or point.minute) or expression.tail in ("许", "左右")
    return exact or (
        "时" in text[expression.start : expression.end] and _opens(text, expression.start)
    )


def _is_festival(scan: Scan, expression: TimeExpression) -> bool:
    """Return whether a festival is a time here: it closes its phrase, or 期间, 来临 follow."""
    text, start, end = scan.text, expression.start, expression.end
    known = expression.point.festival in lexicon().terms("time.festival")
    if re.search(r"[0-9]日$", text[:start]) or (not known and not expression.tail):
        return False
    if expression.tail == "来临":
        return True
    holiday = text[start:end].endswith(("假期", "长假", "黄金周", "假"))
    if expression.tail or holiday:
        return _follows_phrase(scan, end)
    return False


def _follows_phrase(scan: Scan, end: int) -> bool:
    """Return whether the phrase ends here: a sign follows, or one who acts."""
    if _CLOSES.match(scan.text, end):
        return True
    if any(name.start == end for name in scan.unit_names):
        return True
    return scan.text.startswith(
        ("该", "我", "本", "全", "各", "民警", "辅警", "组织", "开展", "在"), end
    )


def _opens(text: str, start: int) -> bool:
    """Return whether a clause opens here."""
    return bool(_CLAUSE.search(text[max(0, start - 4) : start])) or text[:start].endswith(
        ("讯", "电")
    )
