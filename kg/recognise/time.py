"""Times: expressions that date an activity, each with its interval (GUIDE, TIME).

Durations and frequencies are none (连续3日, 每天8时), nor are the dates of things (1996年埋下的界桩)
nor the day up to which a report counts (截至5月3日).
"""

import functools
import re
from collections.abc import Callable, Sequence
from typing import Final

from kg.language.dates import TimeExpression, find
from kg.language.intervals import Interval, Timeline
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate
from kg.recognise.time_signs import is_aside, is_headline, is_of_event

# What makes a span of time a length or a habit.
_LENGTH_BEFORE: Final = re.compile(
    r"(?:连续|拘留|拘役|限期|历时|为期|长达|近|超过?|逾|每|各|第|共|约|满|仅用?|提前|过去|前|隔|[0-9.·\-])$"
)
_HABIT_BEFORE: Final = re.compile(r"每(?:天|日|晚|周|月|年|个|逢)[^，。；\n]{0,4}$")
_LENGTH_AFTER: Final = re.compile(r"[内间游龄均租票](?!，)|之内|以内|后|为限|有效|不|制|超市")
_BORN: Final = re.compile(r"出生|生(?=[人于，。；、）])")  # 男，1979年4月|生，
_NAMED_DAY: Final = re.compile(r"[0-9]日$")  # 4月22日“三月三”: said already
_COUNTED_TO: Final = re.compile(r"截[至止]到?$")
# A bare year or season names things as often as it dates acts.
_DESCRIBES: Final = re.compile(r"的(?!一)|版|款|度(?!以来)|级|届|前|后|起步|出生|生于|首|同期|全")
# 举行|2025年“青蓝工程”师徒结对仪式: the year is part of what is held.
_HELD: Final = ("举行", "举办", "召开", "开展", "启动", "完成", "组织", "推进", "部署", "实施")
_ISSUE: Final = re.compile(r"第[一二三四五六七八九十0-9]+[期届批次]")  # 2025年|第二期培训班
_CLAUSE: Final = re.compile(r"(?:^|[，。；：！？、\n\s”—])(?:[在自从至到于据])?$")
_CLOSES: Final = re.compile(r"$|[，。；、：\s（）”“《]|起(?=，)")
_DONE: Final = frozenset("已共先曾又再便就")
_QUOTED: Final = re.compile(r"“[^”]*$")
_AHEAD: Final = re.compile(
    r"(?:将|拟|计划|预计|定于|持续至|持续到|延续至|至|推迟到|有望)(?:于|在)?$"
)
_AHEAD_SIGNS: Final = frozenset("将拟划计定至到望")  # one of them ends what _AHEAD finds
# Behind 春节期间 a noun goes on with the name of an act: 春节期间|安保工作部署会
_GOES_ON: Final = re.compile(
    r"的|安[保全]|社会|治安|道路|交通|旅游|维稳|防|工作|值[班守]|[执勤]勤|勤务|主题|系列|专项"
)
_OF_EVENT: Final = re.compile(r"[动会式赛练节案发礼验试营牌幕工园学]$")  # 行动当天: the act's day
_SPOKEN: Final = frozenset(
    {"今天", "今日", "明天", "明日", "明早", "后天", "昨天", "这天", "这一天"}
)
_REPORTED: Final = frozenset({"今天", "今日", "昨天"})  # … and in the reporter's own sentences
_SCENES: Final = frozenset({"全年", "白天", "春日", "夏日", "冬日", "秋日"})
_FASHIONS: Final = frozenset({"近期", "最近", "近来", "年前"})
_YEAR_THINGS: Final = tuple("货味画夜饭轻龄纪底")  # 送去|年货
_BEFORE_DAYS: Final = frozenset("几节假生")
_SURE_WORDS: Final = ("近日", "日前", "连日来")
_SINCE: Final = ("自", "从")
_NEW_YEAR: Final = ("大年", "除夕", "正月")  # days of the old calendar, as 腊月十八 is one
_NEAR: Final = 2  # years around the paper's in which a bare year dates an act
_ACTORS: Final = ("该", "我", "本", "全", "各", "民警", "辅警", "组织", "开展", "在")
_DOERS: Final = (
    "派出所",
    "公安局",
    "县局",
    "市局",
    "该局",
    "该所",
    "该队",
    "大队",
    "支队",
    "中队",
    "分局",
    "民警",
    "警方",
    "两地",
    "双方",
)
_CLOCK: Final = frozenset({"part", "hour", "minute"})
_OF_NAME: Final = re.compile("[一-鿿]20[0-9]{2}年“")  # 开展的|2023年|“医警联动”演练
_ENTRY_ENDS: Final = frozenset("；。（）、\n")
# 办理时间：周一至周五8:00—12:00、|15:00—18:00
_OTHER_HOURS: Final = re.compile(r"(?:时间|开放|营业)[^。；\n]{0,24}[0-9]:[0-9]{2}、\Z")
_HOURS_BACK: Final = 36  # signs in which the field of such hours begins
_BLANKS: Final = 4  # signs between a date and its day of the week
_OF_DAY: Final = re.compile(r"[日号][ \u3000，]{0,2}（?\Z")
_SENTENCE_ENDS: Final = frozenset("。！？；”\n ")
_HALVES: Final = frozenset(
    {"上午", "下午", "午后", "天亮后"}
)  # of the day, by which a report goes on
_THING: Final = re.compile("的(?:纠纷|矛盾|事|气温|天气|路|点位)")
_TOLD_DAYS: Final = frozenset({"第二天", "第三天", "第二日", "头天", "头一天", "隔日"})
_LOOKBACK: Final = 60
_DAY_TOLD: Final = re.compile("[0-9一二三四五六七八九十][日号]|[昨今前当][天日晚]")
_DISPATCH: Final = re.compile("(?P<where>[一-鿿]{0,6}?)[讯电]")
_OUTLET: Final = re.compile(r"[^，。；！？“”]{2,32}")  # what stands before the day of a dateline
_FREE: Final = frozenset((*" （", ""))
# 10月1日至8日|每日7时至19时: the hours belong to the days.
_DAILY: Final = re.compile(
    r"每[日天](?:[早晚]上?|上午|下午|凌晨)?[0-9]{1,2}[时:](?:[0-9]{2}分?)?[至到—-](?:次日|晚上?)?[0-9]{1,2}[时:](?:[0-9]{2}分?)?"
)


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the times of an article with their intervals; ``found`` is not needed."""
    del found
    timeline = Timeline(scan.article.page.date)
    placed = ((times, _placed(scan, timeline, times)) for times in find(scan.text, scan.marked))
    return [_candidate(scan, times, interval) for times, interval in placed if _dates(scan, times)]


def _placed(scan: Scan, timeline: Timeline, times: TimeExpression) -> Interval:
    before = scan.text[max(0, times.start - 6) : times.start]
    ahead = not _AHEAD_SIGNS.isdisjoint(before) and _AHEAD.search(before) is not None
    return timeline.place(times, ahead=ahead)


def _candidate(scan: Scan, times: TimeExpression, interval: Interval) -> Candidate:
    attributes = {
        "edtf": interval.edtf,
        "start": interval.start,
        "end": interval.end,
        "precision": interval.precision,
        "clock": interval.clock,
    }
    attributes = {name: value for name, value in attributes.items() if value}
    weight = CERTAIN if "month" in times.said or "relative" in times.said else LIKELY
    weight = POSSIBLE if times.point.festival else weight
    hours = _DAILY.match(scan.text, times.end)
    end = hours.end() if hours and times.kind == "range" else times.end
    return Candidate("TIME", times.start, end, f"time.{times.kind}", weight, attributes=attributes)


def _dates(scan: Scan, times: TimeExpression) -> bool:
    """Return whether an expression dates an act, by the rule for its most telling part."""
    before = scan.text[max(0, times.start - 8) : times.start]
    if "每" in before and _HABIT_BEFORE.search(before):
        return False
    if "截" in before and _COUNTED_TO.search(before):
        return False
    if _is_dateline(scan, times):
        return False
    if _BORN.match(scan.text, times.end) or _OF_NAME.match(scan.text, times.start - 1):
        return False
    if is_aside(scan.text, times):
        return False
    rule = _KINDS.get(times.kind) or _rule(times.said)
    return rule is None or rule(scan, times)


def _is_dateline(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a day is that of the report itself: 中新网那曲6月2日电, 6月2日西藏那曲电."""
    sent = _DISPATCH.match(scan.text, times.end)
    where = sent["where"] if sent else ""
    if sent is None or (where and not any(map(scan.places.is_name, (where, where[2:], where[3:])))):
        return False
    start = scan.text.rfind("\n", 0, times.start) + 1
    opened = start == times.start or _OUTLET.fullmatch(scan.text, start, times.start)
    return bool(opened) and scan.text[sent.end() : sent.end() + 1] in _FREE


def _is_vague(scan: Scan, times: TimeExpression) -> bool:
    if times.tail in _SURE_WORDS:
        return scan.text[times.start - 1 : times.start] not in _BEFORE_DAYS  # 几|日前, 节|日前后
    counted = times.tail not in _FASHIONS or _closes(scan, times.end)  # 近期多发的骗局
    return counted and _opens(scan.text, times.start)


def _is_term(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 集训期间 opens a clause of the report, not of what somebody says."""
    if scan.text.startswith("的", times.end) or is_headline(scan.text, times.start):
        return False
    return _opens(scan.text, times.start) and not _is_quoted(scan.text, times.start)


def _is_range(scan: Scan, times: TimeExpression) -> bool:
    text, start = scan.text, times.start
    until = times.until.hour if times.until else ""
    if times.point.weekday and not times.point.day and (times.point.hour or until):
        return False  # 周一至周五8:00, 周六9时至11时: any week
    hours = times.said <= _CLOCK and ":" in text[start : times.end]
    halves = times.point.part and not text.endswith(("于", "在"), 0, start)
    # （上午8:30—11:30，下午14:30—17:30）: when a door is open
    ends = text[times.end : times.end + 1] in _ENTRY_ENDS  # 人民路3号，9:00至12:00；
    ends = ends or _OTHER_HOURS.search(text, max(0, start - _HOURS_BACK), start) is not None
    if hours and start and (halves or ends or text[start - 1] == "（"):
        return False
    return not _LENGTH_BEFORE.search(scan.text[max(0, times.start - 3) : times.start])


def _is_since(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 入冬以来 opens its clause or follows who acts, else it only ranks (…最强寒潮)."""
    if times.said - {"season", "part"} or _opens(scan.text, times.start):
        return True
    text, start = scan.text, times.start
    said_of = text.endswith((*_DOERS, "这是", "这已是", "他", "她"), 0, start)
    return said_of or _behind_unit(scan, start)


def _is_day(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 8日 is a day, not a length (连续8日, 8日内); 87日 a date that lost its signs."""
    digits = times.point.noise
    if digits and (digits[0] == "0" or (len(digits) > 4 and not digits.startswith(("19", "20")))):
        return False
    return _is_range(scan, times) and not _LENGTH_AFTER.match(scan.text, times.end)


def _is_month(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a month alone is a date: 五月 of the grassland sets a scene."""
    spoken = times.point.month[:1] in "上这本下" and _is_quoted(scan.text, times.start)
    if spoken or scan.text.startswith("的", times.end):
        return False
    return times.point.month[0] not in "一二三四五六七八九十"


def _is_clock(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a time of day tells when: 21时37分, 凌晨3时, 下午; not 深夜, 三点建议."""
    text, point = scan.text, times.point
    printed = text[times.start : times.end]
    if not point.hour:
        told = point.part in _HALVES and _opens_sentence(text, times.start)
        return told and not _is_quoted(text, times.start)
    if not _is_range(scan, times):
        return False
    if "点" in printed:  # how people tell a story: it dates what follows it, if the day is known
        apart = _opens(text, times.start) and text.startswith("，", times.end)
        return apart and _DAY_TOLD.search(text, 0, times.start) is not None
    if not point.part:  # 7:10 heads a line of a log; 8时31分 dates what it stands set apart before
        if ":" in printed:
            return _opens(text, times.start)
        exact = "分" in printed or "整" in printed or times.tail == "许"
        return exact and _opens_sentence(text, times.start) and text.startswith("，", times.end)
    return bool(point.minute) or times.tail in ("许", "左右") or _opens(text, times.start)


def _is_year(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a year alone dates an act: it is near, and not the mark of a thing."""
    year = times.point.year
    if year.endswith("0") and scan.text.startswith("代", times.end):  # 1980年|代
        return False
    if _DESCRIBES.match(scan.text, times.end) or _is_quoted(scan.text, times.start):
        return False
    of_event = _ISSUE.match(scan.text, times.end) or is_of_event(scan.text, times.end)
    if of_event or scan.text.endswith(_HELD, 0, times.start):
        return False
    if not year.isdigit():
        if scan.text.startswith(_YEAR_THINGS, times.end) or scan.text[times.start - 1] in "比较":
            return False
        return year in ("去年", "前年", "上年")
    published = scan.article.page.date[:4]
    # 自2010年|起 a rule has held
    since = scan.text.startswith("起", times.end) and scan.text.endswith(_SINCE, 0, times.start)
    return since or not published.isdigit() or abs(int(published) - int(year)) <= _NEAR


def _is_told(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a season, a week or a part of the year stands by itself as a date."""
    if times.point.season in _SCENES or times.point.half in _SCENES:
        return False
    if times.point.half and scan.text.endswith(_HELD, 0, times.start):
        return False
    goes_on = times.point.year and scan.text[times.end : times.end + 1] in _DONE  # 今年夏天|已
    closes = goes_on or _CLOSES.match(scan.text, times.end)
    closed = _opens(scan.text, times.start) and bool(closes)
    day = len(times.point.lunar) > 2  # 腊月十八 is a day, 腊月 a scene unless set apart
    return bool(times.point.week) or day or closed


def _is_relative(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 当天, 次日, 昨晚 date an act; those that count from today open a clause."""
    word = times.point.relative
    if word in _SPOKEN and not (word in _REPORTED and _is_told_by_paper(scan, times)):
        return False
    if word in _SPOKEN and is_headline(scan.text, times.start):
        return False
    if word[0] == "当" and not _is_that_day(scan, times):
        return False
    if word[0] == "前" and scan.text[times.start - 1] == "提":  # 请提|前一天预约
        return False
    if (word in _TOLD_DAYS or word[-1] == "后") and not _goes_on(scan, times):
        return False
    today = word[0] in "今昨前明" and not word.startswith("前一")
    return not today or (_opens(scan.text, times.start) and not _is_quoted(scan.text, times.start))


def _goes_on(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 第二天 goes on with the report: not 到了|第三天夜里, 发现，头天|刚铺好的电缆."""
    text, start = scan.text, times.start
    if not _opens(text, start) or text.startswith("刚", times.end):
        return False
    if times.point.relative.endswith("后") and not text.startswith("，", times.end):
        return False
    return not _is_quoted(text, start)


def _is_that_day(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 当天 dates what is told: not 行动|当天, 当天|的纠纷, …，当天|就握手言和."""
    text, start = scan.text, times.start
    if _OF_EVENT.search(text[max(0, start - 2) : start]):
        return False
    if text.startswith("的", times.end):  # 当天的课堂上: of what was just told
        goes_on = _opens_sentence(text, start) and text[start - 1 : start] != "；"
        return goes_on and not _THING.match(text, times.end)
    if text[start - 1 : start] == "，" and text.startswith("就", times.end):
        return False
    return _opens(text, start) or text.endswith(_DOERS, 0, start) or _behind_unit(scan, start)


def _behind_unit(scan: Scan, start: int) -> bool:
    """Return whether the name of a unit ends here."""
    return any(name.end == start for name in scan.unit_names)


def _is_told_by_paper(scan: Scan, times: TimeExpression) -> bool:
    """Return whether 昨天 opens a sentence of the report and dates it: 昨天，X局…, 今天上午."""
    text = scan.text
    dated = bool(times.point.part) or text.startswith(("，", *_ACTORS), times.end)
    return dated and _opens(text, times.start) and not _is_quoted(text, times.start)


def _is_festival(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a festival is a time here: it closes its phrase, or 期间, 来临 follow."""
    text, start, end = scan.text, times.start, times.end
    if _NAMED_DAY.search(text[max(0, start - 3) : start]):
        return False
    if times.tail == "来临":
        return True
    if times.point.festival.startswith(_NEW_YEAR) and not times.tail and _opens(text, start):
        told = text[start] == "“" or _is_quoted(text, start)  # “大年初一，我们都在岗。”
        return not told and not text.startswith("的", end)
    if times.tail and not times.tail.startswith("这"):
        return not _GOES_ON.match(text, end)
    if times.point.year and _opens(text, start) and text.startswith("，", end):  # 去年“五一”，
        return not _is_quoted(text, start)
    named = bool(times.tail) or text[start:end].endswith(("假期", "长假", "黄金周"))
    return named and _closes(scan, end)


def _closes(scan: Scan, end: int) -> bool:
    """Return whether the phrase ends here: a sign follows, or one who acts."""
    if _CLOSES.match(scan.text, end) or scan.text.startswith(_ACTORS, end):
        return True
    return any(name.start == end for name in scan.unit_names)


def _opens(text: str, start: int) -> bool:
    """Return whether a clause opens here."""
    before = text[max(0, start - 4) : start]
    return bool(_CLAUSE.search(before)) or before.endswith(("讯", "电"))


def _opens_sentence(text: str, start: int) -> bool:
    """Return whether a sentence opens here."""
    return not start or text[start - 1] in _SENTENCE_ENDS


def _is_quoted(text: str, start: int) -> bool:
    """Return whether the place stands in quotes: what is said in speech is no date of the report."""
    return bool(_QUOTED.search(text[max(0, start - _LOOKBACK) : start]))


def _is_weekday(scan: Scan, times: TimeExpression) -> bool:
    """Return whether a week or one of its days is a date of its own: not 11月18日 星期一."""
    before = scan.text[max(0, times.start - _BLANKS) : times.start]
    if times.point.weekday and not times.point.part and _OF_DAY.search(before):
        return False
    return _is_told(scan, times)


Rule = Callable[[Scan, TimeExpression], bool]
_KINDS: Final[dict[str, Rule]] = {
    "vague": _is_vague,
    "term": _is_term,
    "range": _is_range,
    "since": _is_since,
}
# The first rule whose parts hold all that is said decides; what none holds is a date.
_RULES: Final[tuple[tuple[frozenset[str], Rule], ...]] = (
    (frozenset({"day", "noise"}), _is_day),
    (frozenset({"hour", "minute", "part"}), _is_clock),
    (frozenset({"month"}), _is_month),
    (frozenset({"year"}), _is_year),
    (frozenset({"relative", "part", "hour", "minute"}), _is_relative),
    (frozenset({"season", "year"}), _is_told),
    (frozenset({"half"}), _is_told),
    (frozenset({"week", "weekday", "part"}), _is_weekday),
    (frozenset({"lunar"}), _is_told),
    (frozenset({"festival", "year", "part", "hour", "minute"}), _is_festival),
)


@functools.cache
def _rule(said: frozenset[str]) -> Rule | None:
    return next((rule for parts, rule in _RULES if said <= parts), None)
