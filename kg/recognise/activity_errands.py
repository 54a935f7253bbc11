"""Deeds that an actor does somewhere or in some manner: 挨家|走访, 在锦江路|巡逻, 就地|调解了一桩纠纷."""

import functools
import re
from collections.abc import Iterator, Set
from typing import Final

from kg.language.activity_signs import TAILS, openings, pattern
from kg.language.lexicon import Mark, lexicon
from kg.language.scan import Scan

_STOP: Final = r"[^，。；：！？\n“”]"
_PLACE: Final = r"[^，。；：！？\n“”前后搞了把将被次]"
# Where an actor is or goes: 在锦江路|巡逻, 深入农户家中|走访.
_WHERE: Final = (
    r"(?:在|到|赴|深入|走进|前往|来到|进入|沿|沿着|赶赴|对|[牵带骑顶冒踩打扛背提拄举拉]着)"
    rf"(?:{_PLACE}{{1,16}}|[一每][次趟])|围绕[^，。；、！？\n“”]{{1,14}}"
)
_WHERE_SIGNS: Final = "在到赴深走前来进沿赶对牵带骑顶冒踩打扛背提拄举拉围"
_LINK: Final = r"(?:地|开始|进行|展开|的)?"
# What follows a deed that is told as such: its end, its course, or a short object without a count.
_COURSE: Final = r"(?:时(?![间代])|中(?![心小])|途中|过程中|期间|之际|的路上|[两三四五六七八九十0-9]+余?[圈遍趟次])"
_RUNS: Final = re.compile(_COURSE)
_OBJECT: Final = (
    r"(?:了)?(?![^，。；\n]{0,14}[0-9一二两三四五六七八九十百千])[一-鿿]{2,12}(?=[，。；时])"
)
_ENDS: Final = re.compile(rf"[，。；、！\n]|{_COURSE}|{_OBJECT}")
# Whom a deed is done to: 走访慰问|孤寡老人63户, no 慰问|金; 民警走访|农户140余户, no 累计走访 and no list of results
_CONSOLED: Final = re.compile(r"了?(?![金品信物团活演组工结时中过期等和后])[一-鿿0-9]{2}")
_VISITED: Final = re.compile(r"了?[一-鿿]{0,8}[0-9一二两三四五六七八九十]+余?[户家个名](?!次)")
_SETTLED: Final = re.compile(r"了(?:一[桩起件宗]|[两三四五六七八几]回)")  # 就地|调解了一桩…纠纷
_RESULTS: Final = re.compile(r"(?:[，。；、\n的]|累计|[共已曾能可要想请并会将再至]|该[局所])$")
_PASSIVE: Final = re.compile(rf"[被由经已]{_STOP}{{0,12}}$")
_REACH: Final = 22
_FAR: Final = 60
_OPENS: Final = ("，", "。", "；", "\n", "")
# 联合某局、某公司|检查…; 为老人|义诊; |调解不到一小时; 徒步巡线|12公里.
_WITH: Final = re.compile(r"(?:联合|[会协联携偕连]同|携手|联手|配合)[^，。；！？\n]*$")
_FOR_SOMEBODY: Final = frozenset({"service", "mediation"})
_SERVED: Final = re.compile(rf"[为给替]{_STOP}{{1,12}}$")
_LASTED: Final = re.compile(
    r"(?:了|不到|近|整整|持续)*[0-9一二两三四五六七八九十半]+(?:多?个?|个多)(?:分钟|小时|钟头|天|夜|昼夜)|了大?半[天夜日]"
)
_BY_ITSELF: Final = re.compile(
    r"上门|登门|入户|徒步|骑[行马]|进山|上山|下水|登[船临检]|联合|蹲守|设卡|视频|观摩|跟班|踏边|夜间"
)
_COUNT: Final = re.compile(r"(?:了)?[0-9]+余?(?:次|场|场次|人次|户|家|公里|余|万|航次|趟)")
_PARTED: Final = frozenset(" ：\n")  # between the parts of a title
# 界江边的|四小时营救
_SPENT: Final = re.compile(r"(?<=的)[0-9一二两三四五六七八九十半]+(?:小时|分钟|昼夜|天)$")
_SPENT_REACH: Final = 6
# 先|劝阻、后办理
_BEFORE: Final = re.compile(r"[、，]?[再后]")
# 与陈家沟煤矿党支部|结对共建，
_PAIRED: Final = re.compile(rf"[与同和]{_STOP}{{2,21}}$")
# 经民警多次|调解，
_AFTER_EFFORT: Final = re.compile(
    rf"经(?:过|历)?{_STOP}{{0,12}}?(?P<deed>循线侦查|循线追踪|调解|调处|劝解|劝阻|救援|搜救|营救|搜寻|抢救|侦查|研判|走访)(?=[，。])"
)
# 上了一堂|禁毒防艾课，
_LESSON: Final = re.compile(
    r"(?:[一这首几]|第[一二三两0-9]+)[堂节](?:生动|精彩|特殊|特别|难忘|别开生面|形象|鲜活)*的?"
    r"(?P<name>[一-鿿]{2,10}课)(?=[，。；：！？、\n]|上[，]|$)"
)
# Who visits, how, or where: before 走访, so that it tells of visits.
_VISITING: Final = re.compile(
    r"(?:[一每]次[一-鿿]{0,3}的?|第[一二三四五六七八九十]+次|挨[家户]|逐[一-鿿]|带队|组织民警|[^一-鿿])\Z"
    r"|民警[^，。未不没若要将]{0,4}\Z|[所队局]里?(?:已经?|先后|对口)?\Z|下[一-鿿]{1,3}点\Z"
    r"|(?:去|到|来到|前往)[^，。；：]{2,24}\Z|(?:提前|对口|分组|跟进|忙着|入[企户湖村]|家中|已经?|先后)\Z"
)
_VISITING_REACH: Final = 28
_NO_VISIT: Final = re.compile(
    r"[的”本、不了记]|，是|工作|活动|任务|服务|制度|机制|同|困难|调查|时收|[^，。；]{1,14}[0-9]"
)


_OF_ONESELF: Final = ("对照", "个人", "自我")  # 作对照|检查


def errands(scan: Scan, names: Set[int]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each deed that an actor does somewhere or in some manner.

    ``names`` holds the ends of the names of those who act.
    """
    last = 0
    for mark in scan.marks("act.errand"):
        told = _is_told(scan.text, mark, joint=mark.start in names) or _is_done_to(scan.text, mark)
        told = told or _is_visit(scan.text, mark)
        if scan.text.endswith(_OF_ONESELF, 0, mark.start):
            continue
        titled = mark.end <= scan.title_end and scan.text[mark.end : mark.end + 1] in _PARTED
        if mark.start < last or not (told or titled):
            continue
        if titled and _is_column(scan.text, mark):
            continue
        last = mark.end
        spent = _SPENT.search(scan.text, max(0, mark.start - _SPENT_REACH), mark.start)
        start = spent.start() if spent and titled else mark.start
        yield start, mark.end, mark.entry.value
    for match in _AFTER_EFFORT.finditer(scan.text):
        yield (*match.span("deed"), "")
    for match in _LESSON.finditer(scan.text):
        yield (*match.span("name"), "publicity")


def _is_column(text: str, mark: Mark) -> bool:
    """Return whether a part of a title is only the name of a column: 收到假币怎么办 |以案说法."""
    whole = mark.start == 0 or text[mark.start - 1] in _PARTED
    return whole and mark.entry.term in lexicon().terms("layout.section")


def _is_told(text: str, mark: Mark, *, joint: bool) -> bool:
    start, end = mark.start, mark.end
    ordered = text[start - 1 : start] == "先" and _BEFORE.match(text, end)
    if text[end : end + 1] in TAILS or ordered:
        return False
    if text[start - 1 : start] == "在":
        return _RUNS.match(text, end) is not None
    near = max(0, start - _REACH)
    if joint and _WITH.search(text, max(0, start - _FAR), start):
        return text[end : end + 1] != "的"
    lasted = _LASTED.match(text, end) or text.startswith("途中", end)
    if text[start - 1 : start] in _OPENS and lasted:
        return True
    if _BY_ITSELF.match(text, start):
        told = _ENDS.match(text, end) or _COUNT.match(text, end) or _LASTED.match(text, end)
        return told is not None
    lasts = _ENDS.match(text, end) or _LASTED.match(text, end)
    paired = lasts and mark.entry.value == "party" and _PAIRED.search(text, near, start)
    served = mark.entry.value in _FOR_SOMEBODY and (lasts or _COUNT.match(text, end))
    served = served and _SERVED.search(text, near, start)
    return bool(paired or served or (lasts and _led().search(text, near, start)))


def _is_visit(text: str, mark: Mark) -> bool:
    """Return whether 走访 tells of visits: 挨家走访橙农, 线索来自一次走访.

    With a number (走访渔民430户) it may be what another deed brought.
    """
    start, end = mark.start, mark.end
    if not mark.entry.term.endswith("走访") or _NO_VISIT.match(text, end):
        return False
    return _VISITING.search(text, max(0, start - _VISITING_REACH), start) is not None


def _is_done_to(text: str, mark: Mark) -> bool:
    """Return whether a deed has the object, or the end, that tells of one that was done."""
    start, end, kind = mark.start, mark.end, mark.entry.value
    if kind == "investigation":  # 该队|立案侦查，
        passive = _PASSIVE.search(text, max(0, start - _REACH), start)
        return text.startswith(("，", "。", "；"), end) and not passive
    if mark.entry.term.endswith("慰问"):
        before = text[start - 1 : start]
        bare = mark.entry.term == "慰问" and before != "，" and text[end : end + 1] != "了"
        return not bare and before not in ("的", "、") and _CONSOLED.match(text, end) is not None
    if kind == "mediation":
        return _SETTLED.match(text, end) is not None
    results = _RESULTS.search(text, max(0, start - 2), start)
    return kind == "visit" and not results and _VISITED.match(text, end) is not None


@functools.cache
def _led() -> re.Pattern[str]:
    signs = "".join(sorted(openings("name.act-manner")))
    return re.compile(
        rf"(?=[{signs}{_WHERE_SIGNS}])(?:{pattern('name.act-manner').pattern}|{_WHERE}){_LINK}(?<![展行织了过的])$"
    )
