"""The grammar of time expressions: where one stands in a folded text, and of what parts it is made.

``kg.language.intervals`` turns the parts into an interval. The words (今年, 当天, 凌晨, 近日, 春节)
are rows of data/lexicons/times.csv; this module knows how they combine.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from itertools import compress
from typing import Final, NamedTuple

from kg.language.alternation import alternation
from kg.language.lexicon import Mark, lexicon
from kg.records import record

# -- numbers ----------------------------------------------------------------------------------
_HAN_YEAR: Final = r"[一二][〇○零九一二三四五六七八]{3}"
_HAN_UPTO_12: Final = r"(?:十[一二]?|[一二三四五六七八九])"
_HAN_UPTO_31: Final = (
    r"(?:三十一?|二十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    r"|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_YEAR: Final = rf"(?:(?:19|20)[0-9]{{2}}|{_HAN_YEAR})"
_MONTH: Final = rf"(?:1[0-2]|0?[1-9](?![0-9])|{_HAN_UPTO_12})"
_DAY: Final = rf"(?:[12][0-9]|3[01]|0?[1-9](?![0-9])|{_HAN_UPTO_31})"
_HOUR: Final = rf"(?:2[0-4]|1[0-9]|0?[0-9](?![0-9])|{_HAN_UPTO_31}|零|两)"
_MINUTE: Final = rf"(?:[0-5]?[0-9]|[四五]?{_HAN_UPTO_31})"
_TO: Final = r"(?:起?至|到|——?|[-–－~～])"
_LUNAR_DAY: Final = rf"(?:初[一二三四五六七八九十]|{_HAN_UPTO_31})"
# Before a range sign or in a list the unit may be left out: 5月9-11日, 1至7月.
_DAY_SIGN: Final = rf"(?:[日号]|(?=(?:{_TO}|、){_DAY}[日号]))"
_MONTH_SIGN: Final = rf"(?:月份?|(?={_TO}{_MONTH}月))"
_OF_WEEK: Final = r"(?:(?:周|星期)[一二三四五六日天])?"  # 7月13日周六晚
_YEAR_SIGN: Final = rf"(?:年|(?={_TO}{_YEAR}年))"

# What an expression can begin with, besides the words of the lexicon. The search is for a class of
# signs, which passes over all others at once, and only then looks back at what stands there.
_OPENS: Final = (
    rf"[早晚](?=[0-9]{{1,2}}[时点:][^间])|(?:(?<![0-9.·])|(?<=\n[0-9]\.))[0-9](?=[0-9]*(?:[年月日时点:·.、]|{_TO}))|{_HAN_YEAR}年|(?<![十百千几数第]){_HAN_UPTO_12}月(?!三(?![日号十]))|第[0-9一二三四五六七八九十]+[个届]"
    rf"|(?<![十百千几数第一二三四五六七八九]){_HAN_UPTO_31}(?=点[半钟，一二三四五]|时许)"
    r"|农历|进入(?:[一-鿿]{1,6}[期季]以来|[0-9一二三四五六七八九十]{1,3}月，)|[正冬腊]月|[“](?=[五六七八十0-9春三][一十0-9.·运月])|前(?=[0-9一两二三四五六七八九十])"
)
_OPENING: Final = re.compile(rf"[0-9一二三四五六七八九十廿第农正冬腊“前进早晚](?<=(?={_OPENS}).)")
_ANCHORS: Final = (
    *("time.year", "time.month", "time.day", "time.evening", "time.part", "time.season"),
    *("time.week", "time.weekday", "time.festival", "time.vague", "time.term", "time.half"),
    *("time.onset", "time.around"),
)
_WORD_OF_PART: Final = r"[查巡宵市校景访谈会餐饭色空读班练跑报曦光]"  # 夜|查, 早|市
_EVENT_DAY: Final = (
    r"(?:当天|当日|前[一两三]天|前[一两]周|首日|第[一二三四五六七八]天|第一周|最后一天|前夕|前后)"
)
_OF_THE_DAY: Final = "(?:上午|下午|中午|早上|清晨|晚上|傍晚|晚)?"
_DAYS: Final = r"(?:[两三四五六七八九十]|[0-9]{1,2})天(?=，)"  # 清明假期|三天，
_DAY_OF_EVENT: Final = re.compile(_EVENT_DAY)
# What began on a day is no part of its date (7月20日|启动以来), but a season that is entered is.
_STARTED: Final = "(?<=[日号])(?!春运|进入)"
_BEGUN: Final = r"(?!(?:专项)?(?:行动|活动|整治))[^，。；、：！？“”《》（）\s0-9的便就一]{2,7}?"
_ENTERED: Final = "进入[一-鿿]{1,6}[期季]"  # 进入高火险期|以来
# 春茶开采|以来，: what began is any event of the year; not an act (行动开展以来), nor 长期以来.
_SINCE_EVENT: Final = re.compile(
    r"(?<![^，。；：、！？\s自])(?![自从]|[今去前近]年|长期|一直|历来|自古|有史|党的|这|那|多年)"
    r"(?![^，]*(?:开展|行动|活动|整治|会战|攻势|工作|机制|制度|措施|[成建设]立|组建|[实推试施]行|实施|运行|启用|挂牌|上线|开班|从警|任职|[入到年月讯]))"
    r"[一-鿿“”]{2,9}以来(?=，)"
)
_CLAUSE: Final = re.compile("[一-鿿“”]{2,10}$")
_EVENT: Final = 10  # signs before 以来 in which its clause begins
_COMING: Final = re.compile(r"(?:即将)?(?:来临|到来|临近)之?际")
_RESTS: Final = {"半": "30", "一刻": "15", "整": "00"}
# Which part of a point a group of the grammar tells; of two that tell the same only one can match.
_PART_OF_GROUP: Final = {
    **{"year": "year", "yword": "year", "month": "month", "mword": "month", "ten": "tenday"},
    **{"day": "day", "lone": "day", "noise": "noise", "rel": "relative", "evening": "relative"},
    **{"season": "season", "half": "half", "first": "half", "week": "week", "turn": "week"},
    **{"weekday": "weekday", "festival": "festival", "lunar": "lunar", "part": "part"},
    **{"hour": "hour", "colon": "hour", "minute": "minute", "seconds": "minute", "rest": "minute"},
}
# Words that say something only behind a year: 2024年底, 去年秋.
_BOUND: Final = frozenset("初底末中春夏秋冬") | {"一年", "一整年", "年度", "全年度"}


@record
class Point:
    """One end of a time expression: what is said of its year, month, day, part and clock."""

    year: str = ""
    month: str = ""
    tenday: str = ""
    day: str = ""
    noise: str = ""
    relative: str = ""
    season: str = ""
    half: str = ""
    week: str = ""
    weekday: str = ""
    festival: str = ""
    lunar: str = ""
    part: str = ""
    hour: str = ""
    minute: str = ""

    @property
    def said(self) -> frozenset[str]:
        """Return the names of the parts that are said."""
        return frozenset([name for name in _PARTS_OF_POINT if getattr(self, name)])


_PARTS_OF_POINT: Final = tuple(part.name for part in fields(Point))


@record
class TimeExpression:
    """A time expression in a text.

    ``kind`` is point, range, since, vague or term; ``until`` is the other end of a range; ``tail``
    is the word that closes it (以来, 期间, 前夕, 许) or, for vague and term, the word itself; ``said``
    are the names of the parts of ``point``.
    """

    start: int
    end: int
    kind: str
    point: Point = field(default_factory=Point)
    until: Point | None = None
    tail: str = ""
    said: frozenset[str] = frozenset()


class _Meaning(NamedTuple):
    """What an expression says, wherever it stands."""

    kind: str
    point: Point = Point()
    until: Point | None = None
    tail: str = ""
    said: frozenset[str] = frozenset()


def find(text: str, marked: dict[str, list[Mark]]) -> list[TimeExpression]:
    """Return the time expressions of a folded text, in order of place, none over another."""
    starts = {match.start() for match in _OPENING.finditer(text)}
    starts.update([mark.start for klass in _ANCHORS for mark in marked.get(klass, ())])
    if _DAY_OF_EVENT.search(text):
        starts.update(match.start() for match in _events().finditer(text))
    starts.update(_since_events(text))
    for mark in marked.get("time.festival", ()):
        if text.endswith("“", 0, mark.start):
            starts.add(mark.start - 1)
    found: list[TimeExpression] = []
    at = 0
    for start in sorted(starts):
        expression = read(text, start) if start >= at else None
        if expression is not None:
            found.append(expression)
            at = expression.end
    return found


def _since_events(text: str) -> Iterator[int]:
    """Yield where a clause may begin that ends in 以来."""
    at = text.find("以来，")
    while at >= 0:
        clause = _CLAUSE.search(text, max(0, at - _EVENT), at)
        if clause is not None:
            yield clause.start() + (clause[0][0] in "自从")
        at = text.find("以来，", at + 1)


def read(text: str, start: int = 0) -> TimeExpression | None:
    """Return the time expression that begins at ``start``."""
    said = _read(text, start)
    event = _SINCE_EVENT.match(text, start)
    if event is not None and (said is None or said.end < event.end()):
        return TimeExpression(start, event.end(), "vague", tail=event[0])
    return said


def _read(text: str, start: int) -> TimeExpression | None:
    """Return what the grammar reads at ``start``."""
    match = _grammar().match(text, start)
    if match is None or match.end() == start:
        return None
    if text[start] == "“" and "”" not in match[0]:  # what is said begins: “|国庆假期，我们…”
        return read(text, start + 1)
    meaning = _meaning(match.groups())
    if meaning is None:
        return None
    kind, point, until, tail, said = meaning
    if point.festival and not tail and _COMING.match(text, match.end()):
        tail = "来临"
    return TimeExpression(start, match.end(), kind, point, until, tail, said)


@functools.lru_cache(maxsize=8192)
def _meaning(groups: tuple[str | None, ...]) -> _Meaning | None:
    """Return what the groups of a match say, None if they do not make an expression."""
    said = dict(zip(compress(_parts(), groups), filter(None, groups), strict=True))
    fixed = next(filter(None, map(said.get, ("vague", "term", "event", "around"))), "")
    if fixed:
        return _Meaning("vague" if "vague" in said else "term", tail=fixed)
    return _dated(said)


def _dated(said: dict[str, str]) -> _Meaning | None:
    """Return the meaning of the parts that are ``said``, None if they make no time."""
    if "onset" in said:
        began = _point(said, "3")
        return _Meaning("since", began, tail=said["onset"], said=began.said)
    point = _point(said, "1")
    until = _point(said, "2") if "to" in said else None
    if "twin1" in said and until is None:
        holiday = "假期" if point.festival.endswith(("假期", "长假", "黄金周")) else ""
        until, point = point, replace(point, festival=said["twin1"] + holiday)
    parts = point.said
    if "begun" in said and parts.isdisjoint({"year", "month", "day"}):
        return None
    if not _stands(point, parts) or (until is not None and not _stands(until, until.said)):
        return None
    kind = "since" if "since" in said else "range" if "to" in said else "point"
    tail = said.get("since") or said.get("during") or said.get("about1") or said.get("about2", "")
    return _Meaning(kind, point, until, tail, parts)


def _stands(point: Point, said: frozenset[str]) -> bool:
    """Return whether the parts make a time: 底 needs a year, 早 alone is none."""
    if not said:
        return False
    return bool(point.year) or not (point.half in _BOUND or point.season in _BOUND)


def _point(said: Mapping[str, str], which: str) -> Point:
    """Return one end of an expression: what the groups say whose names end in ``which``."""
    parts: dict[str, str] = {}
    for group, value in said.items():
        if group.endswith(which) and (part := _PART_OF_GROUP.get(group[:-1])):
            parts.setdefault(part, _RESTS.get(value, value) if part == "minute" else value)
    holiday = said.get("holiday" + which)
    if holiday:
        parts["festival"] = parts.get("festival", "") + holiday
    return Point(**parts)


# -- the grammar --------------------------------------------------------------------------------


@functools.cache
def _grammar() -> re.Pattern[str]:
    vague = rf"(?P<vague>{_words('time.vague')})(?<!来(?=[到了自回访过往]))"  # 今年|来到
    term = rf"(?P<term>{_words('time.term')})(?:期间|前后|前夕|前一天|首日|{_DAYS})|(?P<event>{_words('when.event')}){_EVENT_DAY}{_OF_THE_DAY}"
    onset = rf"(?:{_year('3')})?(?P<onset>{_words('time.onset')}|{_ENTERED})期?以来"
    # 9月开学以来, 今年1月试运行以来: what began then stands in between; but 7月20日|启动以来
    since = (
        rf"(?:(?!{_STARTED})(?:{_words('time.onset')}|(?P<begun>{_BEGUN})))?(?P<since>以来|至今)"
    )
    during = rf"(?P<during>{_words('when.during')}|{_DAYS}){_OF_THE_DAY}"
    until = rf"(?:(?P<to>{_TO}){_date('2')})?"
    around = rf"(?P<around>(?:{_words('time.year')})?{_words('time.around')}[之以过]?[前后])(?=，)"
    fixed = f"{term}|{vague}|{onset}|{around}"
    return re.compile(f"{fixed}|{_date('1')}{until}(?:{since}|{during})?")


@functools.cache
def _parts() -> tuple[str, ...]:
    """Return the names of the groups of the grammar in their order; nameless groups have none."""
    names = {at: name for name, at in _grammar().groupindex.items()}
    return tuple(names.get(at + 1, "") for at in range(_grammar().groups))


def _year(which: str) -> str:
    return rf"(?P<year{which}>{_YEAR}){_YEAR_SIGN}|(?P<yword{which}>{_words('time.year')})"


def _date(which: str) -> str:
    month = (
        rf"(?:进入(?=[0-9一二三四五六七八九十]{{1,3}}月，))?(?:(?P<month{which}>{_MONTH}){_MONTH_SIGN}|(?P<mword{which}>{_words('time.month')}))"
        rf"(?:(?P<day{which}>{_DAY}){_DAY_SIGN}{_OF_WEEK}|(?P<ten{which}>{_words('when.tenday')})(?![国心学小日队]))?"
    )
    lone = (
        rf"(?P<lone{which}>{_DAY})(?:日|(?=(?:{_TO}|、){_DAY}日))|(?P<noise{which}>[0-9]{{2,8}})日"
    )
    words = "|".join(
        rf"(?P<{name}{which}>{_words(*classes)})"
        for name, classes in (
            ("evening", ("time.evening",)),
            ("rel", ("time.day",)),
            ("half", ("time.half", "when.half")),
        )
    )
    season = rf"(?P<season{which}>{_words('time.season', 'when.season')})"
    lunar = (
        rf"(?P<lunar{which}>农历[正冬腊]?{_HAN_UPTO_12}?月{_LUNAR_DAY}|[正冬腊]月{_LUNAR_DAY}"
        rf"|{_HAN_UPTO_12}月初[一二三四五六七八九十]|[正冬腊]月{'|初[一二三四五六七八九十]' * (which == '2')})"
    )
    first = rf"(?P<first{which}>前(?:1[01]|[1-9]|[一二两三四五六七八九十]|十一)个月)"
    week = (
        rf"(?P<turn{which}>[上本这下])?个?(?P<weekday{which}>{_words('time.weekday')})"
        rf"|(?P<week{which}>{_words('time.week')})"
    )
    day = rf"(?:{lunar}|{month}|{lone}|{words}|{first}|{_festival(which)}|{week}|{season})"
    clock = (
        rf"(?:(?P<hour{which}>{_HOUR})[时点](?!间|代|候|评|赞|名|对点)(?:(?P<minute{which}>{_MINUTE})分|(?P<rest{which}>半|一刻|整)|[多来]钟?|钟(?!头))?"
        rf"|(?P<colon{which}>[0-2]?[0-9]):(?P<seconds{which}>[0-5][0-9]))"
    )
    part = rf"(?P<part{which}>{_words('time.part')}|(?:{_words('when.part')})(?!{_WORD_OF_PART}))"
    return rf"(?:{_year(which)})?{day}?(?:{part})?{clock}?(?P<about{which}>许|左右)?"


def _festival(which: str) -> str:
    """Return the pattern of a festival, counted, quoted or with its date before it."""
    count = r"(?:第[0-9一二三四五六七八九十]+[个届])?"
    sign = r"(?:“?[0-9]{1,2}[·.][0-9]{1,2}”?)?"
    tail = r"(?:“?[双两]节”?(?:假期)?|(?:国际)?(?:劳动|儿童|妇女|青年|建党|建军)?(?:节|佳节)|假期|小长假|长假|黄金周)"
    name = _words("time.festival")
    # 国庆、中秋假期, but “五一”国际劳动节 is one
    two = rf"(?:“?(?P<twin{which}>国庆|中秋|元旦|春节|清明|端午|五一(?=[”节]*、))”?节?(?:假期)?、?(?=“?{name}))?"
    return rf"{two}{count}{sign}“?(?P<festival{which}>{name})”?(?P<holiday{which}>{tail})?(?:假期|小长假|长假)?"


@functools.cache
def _events() -> re.Pattern[str]:
    return re.compile(rf"(?:{_choice('when.event')})(?={_EVENT_DAY})")


def _words(*classes: str) -> str:
    """Return the alternation of the terms of some classes behind a look at their first signs."""
    signs = sorted({term[0] for klass in classes for term in lexicon().terms(klass)})
    return f"(?=[{''.join(signs)}])(?:{_choice(*classes)})"


def _choice(*classes: str) -> str:
    """Return the pattern of the terms of some classes, longest first."""
    return alternation(term for klass in classes for term in lexicon().terms(klass))
