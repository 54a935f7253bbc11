"""What the police impose, offer or call the public to: a control of traffic, a service, a search."""

import re
from collections.abc import Iterator
from typing import Final

from kg.language.activity_heads import Phrase, measures
from kg.language.lexicon import Mark

_TOLD: Final = frozenset({"publicity", "patrol"})
_DOING: Final = frozenset({"做", "做了", "做起"})
# 办理车辆注册登记|326辆: how much a counter did
_HANDLES: Final = "办理"
_HANDLED: Final = re.compile(r"业?务?[0-9]+余?(?:[辆件笔张本份证]|人次)|(?<=登记)[，。；、]")
_ADOPTS: Final = re.compile(r"(?:采[取用]|(?:^|[，。；])以)[^，。；：]*\Z")
_MANNER: Final = re.compile(r"[^，。；：]{0,24}?的?(?:方式|形式|方法)")
_AMONG_MEASURES: Final = re.compile(
    r"(?:、[^，。；、：]{2,10}){1,8}等(?:[0-9一二三四五六七八九十多]+[项个条])?(?:便民|惠民|利企|服务|管理|创新)*(?:举措|措施|办法|政策)"
)
_MANNER_REACH: Final = 40
_WAYS: Final = re.compile(r"“[一二三四五六七八九十两][个项]?[一-鿿]{1,2}”")
_CHARGE: Final = "安保工作"
_TOLD_IN: Final = ("综述", "侧记", "纪实", "掠影", "小记", "回眸")
_DISCHARGED: Final = re.compile(r"(?:完成|投入|承担|担负)[了到起]?\s?$")
_OFFERS: Final = ("服务", "服务”")
_CALLS: Final = (
    (
        "investigation",
        r"公开征集[^，。；：、“《》\n]{0,18}?线索|公开悬赏(?:缉捕|通缉)(?:犯罪嫌疑人|在逃人员|逃犯)?[一-鿿·]{0,4}",
    ),
    (
        "service",
        r"公开(?:招聘|招录|选聘|招考)(?:[^，。；：“《》（\n0-9]{2,10}?(?:人员|辅警|民警|队员|文员))?",
    ),
    (
        "investigation",
        r"敦促[^，。；：、“《》\n]{0,20}?(?:在逃|涉黑|涉恶|涉案)[^，。；：、“《》\n]{0,12}?投案自首",
    ),
    ("study", r"公开征求意见(?!稿)"),
    ("ceremony", r"(?<=予以)通报(?:表扬|表彰)"),
)
_TITLED: Final = re.compile(
    r"(?:期间|路段|道路|假期|夜间|周边)(?:实[行施])?"
    r"(?P<control>临时交通管[制理]|临时管制|交通管制|(?<!期间)交通管理)"
    r"(?=[ \u3000\n，。！]|的?(?:通告|公告|提示|提醒|通知)|\Z)"
)
_DECIDED: Final = 120  # signs from a decision to the honour that it gives
_SAID: Final = re.compile("公开|通报表|敦促")
# What is demanded, not done: 要加强学习教育.
_DEMAND: Final = re.compile(
    r"(?<![需主重必])要(?![求点素道害闻件])|必须|务必|应(?:当|该|落实|加强|做好|严格|开展|及时)|(?:会议|会上|他|长|队)[^，。]{0,8}(?:要求|强调)"
    r"|提出[^，。]{0,8}(?:要求|意见|建议|希望)"
)
# 1.强化|宣传引导。 · 强化|路面管控。: the heading of what follows
_HEADING: Final = re.compile(
    r"(?:(?:^|[\n，。；])\s*(?:（?[0-9一二三四五六七八九十]{1,2}[.、）])|[一二三四五六七八九]是|(?:^|[\n。])\s*)\s*"
    r"(?:强化|加强|突出|狠抓|抓好|抓实|抓牢|做好|做实|注重|深化|聚焦|落实|落细|严格|优化|坚持|筑牢|夯实|压实)[^，。；\n]{0,4}\Z"
)
_HEADING_REACH: Final = 14
_SCENES: Final = re.compile("等[^，。；、]{0,6}?(?:现场|场所|场地|地点)")
_CALLED: Final = re.compile("|".join(f"({pattern})" for _, pattern in _CALLS))


def is_measure(text: str, phrase: Phrase, verb: str) -> bool:
    """Return whether 采取, 推行 introduce an act: 临时交通管制, “周六不打烊”服务; no 联防方式."""
    offered = phrase.quoted and text.endswith(_OFFERS, phrase.start, phrase.end)
    offered = offered or (verb in _DOING and phrase.kind in _TOLD)  # 做|反诈宣传
    return offered or text.endswith(measures(), phrase.start, phrase.end)


def is_count_of_ways(text: str, start: int, end: int) -> bool:
    """Return whether a formula only counts how something is done: “三个强化”|织密防护网."""
    return _WAYS.fullmatch(text, start, end) is not None


def is_tally(text: str, phrase: Phrase, verb: str) -> bool:
    """Return whether what is counted is the business of a counter: 办理|车辆注册登记|326辆."""
    bare = verb == _HANDLES and not phrase.noun and not phrase.quoted
    return bare and _HANDLED.match(text, phrase.end) is not None


def is_manner(text: str, start: int, end: int) -> bool:
    """Return whether a deed only says how an event is held: 采取集中授课、|实战演练|相结合的方式.

    Nor is it an event where it heads a list of measures: 推出|预约办|、延时办、上门办等五项举措.
    """
    if _AMONG_MEASURES.match(text, end):
        return True
    if _MANNER.match(text, end) is None:
        return False
    return _ADOPTS.search(text, max(0, start - _MANNER_REACH), start) is not None


def is_charge(text: str, phrase: Phrase) -> bool:
    """Return whether 庙会安保工作 is only a field of work, not one that was gone through (完成了…)."""
    work = text.endswith(_CHARGE, phrase.start, phrase.end)
    work = work and not text.startswith(_TOLD_IN, phrase.end)
    return work and _DISCHARGED.search(text, max(0, phrase.start - 5), phrase.start) is None


def is_task(mark: Mark) -> bool:
    """Return whether a measure is only one of somebody's tasks: 负责交通管制, 、交通管制、."""
    term = mark.entry.term
    return term.endswith(measures()) and not term.startswith("临时")


def titled(text: str, title_end: int) -> Iterator[tuple[int, int]]:
    """Yield the control of roads that a title tells of without a verb: 这些路段|临时管制."""
    for match in _TITLED.finditer(text, 0, title_end) if "管" in text[:title_end] else ():
        yield match.span("control")


def called(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield what a notice calls the public to, or honours: 公开征集…线索, 敦促…投案自首, 予以|通报表扬."""
    for match in _CALLED.finditer(text) if _SAID.search(text) else ():
        kind = _CALLS[(match.lastindex or 1) - 1][0]
        if text.endswith(("不得", "禁止", "严禁", "不"), 0, match.start()):
            continue
        if text.rfind("《", 0, match.start()) > text.rfind("》", 0, match.start()):
            continue
        near = text[max(0, match.start() - _DECIDED) : match.end() + len("的决定")]
        if kind != "ceremony" or "决定" in near:
            yield *match.span(), kind


def is_place(text: str, end: int) -> bool:
    """Return whether an event only says where something is done: 在庙会、|灯会|等活动现场巡逻."""
    return _SCENES.match(text, end) is not None


def is_demanded(text: str, start: int, end: int) -> bool:
    """Return whether the words before ``end`` say that what follows is to be done."""
    return _DEMAND.search(text, start, end) is not None


def is_heading(text: str, start: int, end: int) -> bool:
    """Return whether a slogan, numbered or a sentence of its own, ends at ``end``: it heads what follows."""
    if text[end : end + 1] not in ("。", "\n", ""):
        return False
    return _HEADING.search(text, max(0, start - _HEADING_REACH), start) is not None
