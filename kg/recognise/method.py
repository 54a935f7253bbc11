"""Methods: named ways of working, mechanisms, models and brands (GUIDE, METHOD).

A method is a quoted formula with its head noun (“…”工作法), a formula that ends in one (“…说事点”), a
formula that a verb of practice introduces (实行“四班三运转”), or a name known far and wide.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.alternation import alternation
from kg.language.lexicon import apart, lexicon
from kg.language.scan import Scan
from kg.recognise.candidate import CERTAIN, LIKELY, POSSIBLE, Candidate

_FORMULA: Final = re.compile(r"“[^“”\n。！？]{2,40}”")
# Signs that no noun runs over between a formula and its head: “…”|全链条|工作法.
_BREAKS: Final = "[在把将为与和等开是向对了已从让使到给有被的]"
_NUMERAL: Final = "一二三四五六七八九十两双多全零百千0-9NnXx"
# “1+2+N”, “三随时”, “四班三运转”, “日通报、周会商”: shapes that only a way of working has.
_SHAPE: Final = re.compile(
    rf"[+＋]|^[^、]{{2,6}}(?:、[^、]{{2,8}})+$|^(?:[{_NUMERAL}][^{_NUMERAL}，。]{{1,3}}){{2,}}$"
)
_TEAM: Final = re.compile(r"[队警员人者嫂哥姐侠兵]$")
# Titles that are awarded: “最美|警务品牌”.
_AWARD: Final = ("最美", "十佳", "优秀", "先进", "金牌")
# 为“警企会客厅”|揭牌 names a brand, “…”揭牌仪式 an event.
_UNVEILED: Final = re.compile(r"[正式]{0,2}(?:揭牌|授牌|挂牌|启用|亮相|揭幕)(?!仪式|活动|大会)")
# “瓜棚小课”|是该所推出的普法品牌
_CALLED: Final = re.compile(
    r"[，]?(?:正)?是[^，。；：“”]{2,20}(?:品牌|工作法|机制|做法|模式|名片)(?=[，。])"
)
_STEPS: Final = r"[一二三四五六七八九十][步招诀字环](?:走|法|曲|诀|经|工作法)"
_RULE: Final = r"[一-鿿]{0,2}制(?![度造作定止服品约裁售假贩毒黄枪爆])"  # “…”|双长制
_WAY: Final = r"[一-鿿]{2,4}(?<![办看想执司普守违非合立用释懂学送讲手无说书宪刑])法(?![律规院庭治官人制学])"  # “…”|警情分级法
_NOT_HEAD: Final = "化员者人长费率证"
_LISTED: Final = re.compile(r"(?:“[^“”\n。！？]{2,40}”[、和与及]?)+$")
_FIGURE: Final = re.compile(r"(?:开启|进入|切换|切换至|启动|打开)了?$")  # 开启“守护模式”
# 他被牧民称为“草原保尔”; 这一做法被称为… names a method.
_NICKNAME: Final = re.compile(
    r"(?:(?<![法式制验施举])被[^，。；]{0,10}"
    r"|[把将管称](?:[他她我您]|民警|辅警|警察|所长|队长|[老小][一-鿿])[^，。；]{0,4})(?:称|誉|唤|叫)?[为作做]?了?$"
)
_JOIN: Final = re.compile(r"[、和与及的]?")
_NEW_ERA: Final = r"(?:(?:新时代|新时期|新形势下|公安|具有[一-鿿]{1,6}的|[一-鿿]{2,4}特色)的?)?"
_ARTICLE: Final = r"(?:[了出起]|[一两三][个项套种])?"
_AFTER: Final = re.compile(
    r"[，。；、！？：\n）“]|$|[和与及等]|提档|升级|理念|落地|走深|推动|开展|进行|的?方式|形式|向|在"
)
# 设立|“红星护学岗”|86个, 依托|“船老大说事”|，: what a unit founds and then works by.
_FOUNDED: Final = re.compile(r"(?:设立|设起|建起|建立|创设|推出|依托|摆起)了?$")
_COMPLETE: Final = re.compile(r"[，。；0-9]|开展")
_CAMPAIGN: Final = re.compile(
    r"[0-9]$|(?:行动|活动|计划|工程|仪式|攻势|课堂?|讲堂|夜校|服务|[赛展])$"
)
# 停车场成了旅客歇脚的|“会客厅”: so it is only called.
_BECAME: Final = re.compile(r"(?:成为|成了|变成|变为|当作|化作)[^，。；“”]{0,14}$")
_WAYS: Final = ("工作法", "调解法", "盘查法")  # what a method without quotes ends in
_CLAUSE: Final = 24
_REACH: Final = 15  # signs behind a formula in which the first one of its head stands
_UNQUOTED: Final = r"[^，。；、：！？\n“”《》（）的了把将在]{2,10}?"


def recognise(scan: Scan, found: Sequence[Candidate]) -> list[Candidate]:
    """Return the methods of an article; ``found`` keeps documents' names out."""
    readings = [*_quoted(scan.text), *_bare(scan)]
    if not readings:
        return []
    docs = [(c.start, c.end) for c in found if c.type in ("DOC", "UNIT")]
    taken: dict[tuple[int, int], Candidate] = {}
    for start, end, rule, weight in readings:
        inside = any(left <= start and end <= right for left, right in docs)
        if not inside and not any(a < end and start < b for a, b in taken):
            taken[start, end] = Candidate("METHOD", start, end, f"method.{rule}", weight)
    return sorted([*taken.values(), *_repeats(scan.text, taken)], key=lambda c: c.start)


def _quoted(text: str) -> Iterator[tuple[int, int, str, float]]:
    """Yield start, end, rule and weight of each formula that is a method."""
    waiting: list[tuple[int, int]] = []
    for match in _FORMULA.finditer(text):
        start, end = match.span()
        if waiting and not _JOIN.fullmatch(text, waiting[-1][1], start):
            waiting = []
        reading = _read(text, start, end)
        if reading is None or _is_others(text, start, end):
            waiting.append((start, end))
            continue
        if waiting and reading[2] == "inner" and text[waiting[-1][1] : start] == "的":
            reading = (waiting.pop()[0], *reading[1:])
        elif waiting and reading[2] == "head" and text[start - 1] != "的":
            yield from ((left, right, "shared-head", POSSIBLE) for left, right in waiting)
        waiting = []
        yield reading


def _read(text: str, start: int, end: int) -> tuple[int, int, str, float] | None:
    inner = text[start + 1 : end - 1]
    if inner in lexicon().terms("name.method-not"):
        return None
    near = text[end : end + _REACH]
    behind = None if _head_signs().isdisjoint(near) else _head().match(text, end)
    if behind and not text.startswith(tuple(_NOT_HEAD), behind.end()):
        return start, behind.end(), "head", CERTAIN
    if inner.removeprefix("新时代") in lexicon().terms("name.method-known"):
        return start, end, "known", LIKELY
    if _is_team(inner) or (_act_behind().match(text, end) and not _goes_on(text, end, inner)):
        return None
    return _by_shape(text, start, end)


def _goes_on(text: str, end: int, inner: str) -> bool:
    """Return whether a brand is unveiled, or what is done by it told: 依托“茶桌连心桥”|开展调解."""
    unveiled = _UNVEILED.match(text, end) and _inner().search(inner)
    return bool(unveiled) or text.startswith("开展", end)


def _is_others(text: str, start: int, end: int) -> bool:
    """Return whether swindlers have what the formula names (骗子搭建|“…”平台)."""
    begin = max(0, start - _CLAUSE)
    if _others().search(text, begin, end) is None:
        return False
    begin = max(begin, *(text.rfind(sign, begin, start) for sign in "，。；！？\n"))
    return _others().search(text, begin, end) is not None


def _by_shape(text: str, start: int, end: int) -> tuple[int, int, str, float] | None:
    inner = text[start + 1 : end - 1]
    figure = bool(_FIGURE.search(text, max(0, start - 4), start)) and inner.endswith("模式")
    figure = figure or _BECAME.search(text, max(0, start - 20), start) is not None
    if _inner().search(inner) and not figure:
        return start, end, "inner", CERTAIN
    if _is_formula(inner) and _practised(text, start, end):
        return start, end, "practised", POSSIBLE
    naming = _naming().search(text, max(0, start - 6), start)
    if naming and not _NICKNAME.search(text, max(0, start - 16), start):
        return start, end, "named", POSSIBLE
    if _FOUNDED.search(text, max(0, start - 4), start) and _COMPLETE.match(text, end):
        return None if _CAMPAIGN.search(inner) else (start, end, "founded", CERTAIN)
    return (start, end, "called", POSSIBLE) if _CALLED.match(text, end) else None


def _is_team(inner: str) -> bool:
    titled = inner.startswith(_AWARD) or _TEAM.search(inner) is not None
    return titled or inner.endswith(_ends("name.method-team"))


def _is_formula(inner: str) -> bool:
    return bool(_SHAPE.search(inner)) or inner.endswith(_ends("name.method-formula"))


def _practised(text: str, start: int, end: int) -> bool:
    begin = _LISTED.search(text, max(0, start - 80), start)
    start = begin.start() if begin else start
    before = _practice().search(text, max(0, start - 20), start)
    if "、" in text[start:end] and text.startswith("的", end):  # 采取“抽点名单、随机警情”的方式
        return False
    return before is not None and _AFTER.match(text, end) is not None


def _bare(scan: Scan) -> Iterator[tuple[int, int, str, float]]:
    """Yield the methods that stand without quotes: known names, 推行…工作法."""
    text = scan.text
    known = (mark for mark in scan.marks("name.method-known") if mark.entry.value == "bare")
    for mark in apart(known):
        yield mark.start, mark.end, "known", LIKELY
    for match in _introduced().finditer(text) if any(way in text for way in _WAYS) else ():
        yield match.start("name"), match.end("name"), "introduced", POSSIBLE


def _repeats(text: str, taken: dict[tuple[int, int], Candidate]) -> list[Candidate]:
    """Return further occurrences of the formulas that were found with their context."""
    names = {m[0] for a, b in taken if (m := _FORMULA.match(text, a, b))}
    again = []
    for name in sorted(names):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            free = text[start - 1 : start] != "抹" and not any(
                a < end and start < b for a, b in taken
            )
            if free and not _act_behind().match(text, end):
                again.append(Candidate("METHOD", start, end, "method.repeat", POSSIBLE))
            start = text.find(name, end)
    return again


@functools.cache
def _any(*classes: str) -> str:
    return alternation(term for klass in classes for term in lexicon().terms(klass))


def _ahead(*classes: str) -> str:
    """Return the pattern that looks for a first sign, so that not every word need be tried."""
    return f"(?=[{''.join(sorted(_openings(*classes)))}])"


@functools.cache
def _ends(klass: str) -> tuple[str, ...]:
    return tuple(lexicon().terms(klass))


@functools.cache
def _head_signs() -> frozenset[str]:
    """Return the signs of which one stands in every head: what it begins with, 制, 法 or the 诀 of 四字诀."""
    return _openings("name.method-head", "name.method-purpose") | {*"制法诀"}


@functools.cache
def _openings(*classes: str) -> frozenset[str]:
    return frozenset(term[0] for klass in classes for term in lexicon().terms(klass))


@functools.cache
def _head() -> re.Pattern[str]:
    breaks = ("name.method-break", "name.act-restart")
    gap = rf"(?:(?!{_ahead(*breaks)}(?:{_any(*breaks)}))(?!{_BREAKS})[一-鿿]){{0,9}}?"
    named = rf"{_ahead('name.method-head')}(?:{_any('name.method-head')})"
    heads = rf"(?:{named}|{_room()}|{_STEPS}|{_RULE}|{_WAY})(?:{_any('name.method-head')}|工作)*"
    return re.compile(rf"(?:的(?=[一-鿿]{{0,8}}(?:模式|法|机制|体系)))?{gap}{heads}")


@functools.cache
def _room() -> str:
    """Return the pattern of a brand's place by its purpose (说事|屋, 解忧|小院)."""
    purpose = rf"{_ahead('name.method-purpose')}(?:{_any('name.method-purpose')})"
    return rf"{purpose}(?:{_any('name.method-room')})"


@functools.cache
def _inner() -> re.Pattern[str]:
    named = rf"{_ahead('name.method-inner')}(?:{_any('name.method-inner')})"
    return re.compile(rf"(?:{named}|{_room()}|{_STEPS})$")


@functools.cache
def _act_behind() -> re.Pattern[str]:
    """Return the pattern of what makes a formula an activity or a title instead."""
    acts = _any("act.head", "act.deed")
    begins = "".join(sorted(_openings("act.head", "act.deed")))
    return re.compile(
        rf"(?![的里中上搬])[一-鿿]{{0,6}}?(?=[{begins}])(?:{acts})|称号|荣誉|[，、]?[一-鿿]{{0,4}}(?:队|志愿者|义警)"
    )


@functools.cache
def _practice() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('name.method-verb')}){_ARTICLE}{_NEW_ERA}$")


@functools.cache
def _naming() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('name.method-naming')})了?$")


@functools.cache
def _others() -> re.Pattern[str]:
    return re.compile(_any("name.method-other"))


@functools.cache
def _introduced() -> re.Pattern[str]:
    heads = [term for term in lexicon().terms("name.method-head") if term.endswith(_WAYS)]
    named = rf"{_UNQUOTED}(?:{'|'.join(sorted(heads))})"
    return re.compile(rf"(?:{_any('name.method-verb')}){_ARTICLE}{_NEW_ERA}(?P<name>{named})")
