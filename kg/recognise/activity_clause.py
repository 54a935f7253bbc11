"""Activities that a clause shows by its form rather than by a verb that introduces them.

An act as subject (…清查|拉开序幕), an act as framework (以…为载体), parts of an event (在“…”环节),
formulas that share a later head (“…”“…”等专项行动).
"""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kg.language.activities import Phrase
from kg.language.activity_signs import openings, pattern, suffixes
from kg.language.alternation import alternation
from kg.language.lexicon import Mark, lexicon
from kg.language.regions import tuple_of

_ACTOR: Final = re.compile(r"(?:全[国省市县区旗州]|上级|各级)?公安(?:机关|系统|部门)|警方")
_TOWNS: Final = ("镇", "乡", "村", "街道", "社区")
_SHORT_NAME: Final = 3
_FULL_NAME: Final = 3
_MEANS: Final = frozenset({"结合", "通过", "利用", "借助"})
_GOES_ON: Final = re.compile(r"(?!等|活动|工作|行动)[一-鿿]{2}|《")
_STOP: Final = r"[^，。；：！？\n“”]"
_FORMULA: Final = r"“[^“”\n。！？]{2,30}”"
# A purpose is not an act: 为切实加强|治安管控，
_PURPOSE: Final = re.compile(
    r"(?:^|[，。；\n讯）])(?:为|为了|以)(?:进一步|切实|不断|深入|有效|全面|更好地?|着力|持续|大力|积极|扎实)*$"
)
_PURPOSE_REACH: Final = 12
_PUSHED: Final = re.compile(
    r"[把将](?P<list>[^，。；！？\n“”把将]{4,40}?)"
    r"(?:同(?:部署|推进|研究|谋划|检查|考核|落实)|(?:同步|一体|一并|统筹)(?:部署|推进|谋划)|有机结合|结合起来|融为一体)"
)
# 三个小时的|联合调解|过后，
_OVER: Final = re.compile(
    r"(?:[0-9一二两三四五六七八九十半]+(?:多?个?|个多)(?:分钟|小时|钟头|天|夜|周|月)|一[场次番轮])的?"
    r"(?P<name>[一-鿿]{4,10}?)(?:过后|之后|结束后|后|下来)(?=，)"
)
# 把|禁毒宣传|搬上牛背
_HELD: Final = re.compile(r"[把将][^，。；！？\n“”]{0,6}$")
_INTENDED: Final = ("将把", "要把", "会把", "拟把", "想把", "再把")
_HELD_REACH: Final = 8
_MOVED: Final = re.compile(r"“?[搬送办开摆延唱]|融入|做[到进实成]|贯穿")
# 禁毒宣传|进茶山, in a title
_GOES: Final = re.compile(r"(?:[搬开走送办][进入到]|进)(?!一步|行|展|位|度|期)[一-鿿]{2}")
_TAKEN_TO: Final = re.compile(r"“?[搬开摆办讲送带]”?[到进上]")
_BEFORE_ONE: Final = frozenset("次场把将")
_ONCE: Final = re.compile(r"[的在][一1][次场]$")
_AS: Final = re.compile(
    r"以(?P<name>[^，。；！？\n]{2,44}?)为(?:抓手|载体|契机|牵引|主线|平台|依托|引领|切入点|统领|龙头|突破口|支点|总抓手|重要载体|重要抓手|有力抓手)"
)
# The part's own noun belongs to its name, what only says that it is a part does not.
_PART: Final = re.compile(
    rf"(?P<name>{_FORMULA}(?!等)(?:[一-鿿]{{0,4}}(?:体验区|互动区|展示区|展区|体验|展台|课堂|小课堂|剧场|科目|课目))?)"
    r"(?:(?:环节|板块|篇章)(?=[更又还也让将把成引由，。])|(?:环节|板块|单元|部分|篇章)?(?=[上中里内，]))"
)
_STORY: Final = re.compile(
    r"(?:讲述了?|回忆了?|回顾了?|分享了|讲了)(?P<told>[^。；！？\n“”]{4,60}?)"
    r"的[^，。；、“”]{0,6}(?:故事|经历|往事|点滴|事迹|瞬间|历程)"
)
_SEEN: Final = ("参观", "参观了", "看了", "观看", "观看了")
_STAGE: Final = re.compile(r"(?:环节|板块|单元|部分|篇章|区|展台|课堂|剧场|科目|课目)$")
_POOL: Final = re.compile(  # what stands behind the list is looked at before its kinds
    rf"(?={_FORMULA}(?:[、和与及]?{_FORMULA})*[等0-9两三四五六七八九十多专统集行战攻])(?:(?P<list>{_FORMULA}(?:[、和与及]?{_FORMULA})*)等(?:一系列|系列|各类|各项|多项|多个|重点|[0-9一二两三四五六七八九十]+[项个])?"
    r"(?:专项|统一|集中|主题|整治|打击|安保)*(?:行动|活动|工程|战役)"
    rf"|(?P<stages>{_FORMULA}(?:[、和与及]?{_FORMULA})+)等(?:互动|体验|趣味|特色|精彩|沉浸式)*(?:环节|板块|科目|篇章|体验区|互动区)"
    rf"|(?P<parts>{_FORMULA}(?:[、和与及]?{_FORMULA})+)等?[0-9两三四五六七八九十多]+[个大项](?:部分|环节|板块|单元|项目|科目|课目|篇章|活动)"
    # “护航2024”、|“断流”行动
    rf"|(?P<pairs>{_FORMULA}(?:[、和与及]?{_FORMULA})*)(?=[、和与及]?{_FORMULA}(?:专项|统一|集中|攻坚)*(?:行动(?!不便)|整治|战役|会战)))"
)
_QUOTED: Final = re.compile(_FORMULA)
# 来自一次|社区走访。这场|反诈宣传一直唱到…
_ONE_OF: Final = re.compile(r"(?:[这那]|(?<!第)一)[次场](?:[^，。；：、“”]{2,12}的)?$|这样的$")
_ONE_REACH: Final = 15
_OFTEN: Final = re.compile(r"[每各]|至少|不少于")  # 每周|一次
_TOLD_ON: Final = re.compile(
    r"[，。；：]|[已让还]|有惊|结束|一直|不只|画上|落幕|正在|圆满|中[，发了得]|过后|之后"
)
_ATTEND: Final = re.compile(r"(?:出席|参加|见证|观摩|主持)了?$")


def stories(text: str) -> Iterator[tuple[int, int]]:
    """Yield what is only told of: 讲述了自己参与缉毒、走访群众的故事."""
    for match in _STORY.finditer(text):
        yield match.span("told")


def frameworks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the names between 以 and 为载体, without a verb before them."""
    for match in _AS.finditer(text):
        verb = _opening().match(match["name"])
        start = match.start("name") + (verb.end() if verb else 0)
        yield start, match.end("name")


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the quoted parts of an event (在“…”环节, “…”体验区里)."""
    for match in _PART.finditer(text):
        seen = text.endswith(_SEEN, 0, match.start())  # 参观了“…”展区
        if _STAGE.search(match[0]) and not seen:
            yield match.span("name")


def pooled(text: str) -> Iterator[tuple[int, int]]:
    """Yield the formulas that share the head behind their list (“…”“…”等专项行动)."""
    start = text.find("“")
    while start >= 0:
        match = _POOL.match(text, start)
        if match is not None:
            for formula in _QUOTED.finditer(text, *match.span(match.lastgroup or 0)):
                yield formula.span()
        start = text.find("“", match.end() if match else start + 1)


def is_one_of(text: str, start: int, end: int) -> bool:
    """Return whether a phrase is told of as one deed (来自一次|社区走访。)."""
    one = _ONE_OF.search(text, max(0, start - _ONE_REACH), start)
    often = one and _OFTEN.search(text, max(0, start - 8), start)
    return one is not None and not often and _TOLD_ON.match(text, end) is not None


def is_taken_along(text: str, start: int, end: int) -> bool:
    """Return whether a phrase is what somebody brings somewhere (把|反职务侵占培训|办进车间)."""
    if not text.endswith(("把", "将"), 0, start) or text.endswith(_INTENDED, 0, start):
        return False
    return _MOVED.match(text, end) is not None


def is_carried_far(text: str, start: int, end: int) -> bool:
    """Return whether a deed stands near behind 把 and is brought somewhere (把|禁毒宣传|搬上牛背)."""
    held = _HELD.search(text, max(0, start - _HELD_REACH), start)
    return held is not None and _MOVED.match(text, end) is not None


def goes_somewhere(text: str, end: int) -> bool:
    """Return whether what ends at ``end`` of a title goes to a place (禁毒宣传|进茶山)."""
    return _GOES.match(text, end) is not None


def without_town(text: str, places: Mapping[int, int], phrase: Phrase) -> Phrase:
    """Return a phrase without the town that it opens with (加强|扎木镇|街面巡逻); ends by start."""
    end = places.get(phrase.start, phrase.start)
    town = text.endswith(_TOWNS, phrase.start, end) and phrase.end - end > _SHORT_NAME
    return replace(phrase, start=end) if town and not phrase.quoted else phrase


def without_actor(text: str, places: Mapping[int, int], phrase: Phrase, head: int) -> Phrase:
    """Return a phrase without the place or body that it opens with (某市公安机关|表彰大会)."""
    start = phrase.start
    while start in places:
        start = places[start]
    actor = _ACTOR.match(text, start)
    start = actor.end() if actor else start
    return replace(phrase, start=start) if phrase.start < start <= head else phrase


def is_purpose(text: str, end: int) -> bool:
    """Return whether the words before ``end`` say that what follows is meant to be, not done."""
    near = max(0, end - _PURPOSE_REACH)
    said = text.find("为", near, end) >= 0 or text.find("以", near, end) >= 0
    return said and _PURPOSE.search(text, near, end) is not None


def is_means(text: str, trigger: str, phrase: Phrase) -> bool:
    """Return whether a deed behind 结合, 通过 goes on with its object (结合模型讲解|毒品的种类)."""
    bare = trigger in _MEANS and not phrase.noun and not phrase.quoted
    return bare and _GOES_ON.match(text, phrase.end) is not None


def happens_at(text: str, end: int) -> bool:
    """Return whether what ends at ``end`` is the subject of a verb like 拉开序幕, 在…举行."""
    return text[end : end + 1] in _happen_signs() and _happens().match(text, end) is not None


def pushed(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lists of what is pushed forward together (把|政治轮训、业务培训|同部署), and what is over."""
    for match in _PUSHED.finditer(text):
        yield match.span("list")
    for match in _OVER.finditer(text) if "后，" in text or "下来，" in text else ():
        yield match.span("name")


def is_event(text: str, start: int, end: int) -> bool:
    """Return whether a formula is told of as an event: it begins, or is taken somewhere."""
    return happens_at(text, end) or _is_moved(text, start, end)


def _is_moved(text: str, start: int, end: int) -> bool:
    # 把|“蒙古包普法”|搬到牧场
    if not text.endswith(("把", "将"), 0, start) or not _TAKEN_TO.match(text, end):
        return False
    inner = text[start + 1 : end - 1]
    return bool(suffixes(inner, "act.deed") or suffixes(inner, "act.head"))


def is_one_deed(text: str, mark: Mark) -> bool:
    """Return whether a deed is told of as something that was done: once, or taken to a place."""
    if text[mark.start - 1 : mark.start] not in _BEFORE_ONE:
        return False
    return _is_once(text, mark) or _is_carried(text, mark)


def _is_once(text: str, mark: Mark) -> bool:
    """Return whether a deed is told of as something that happened once (上个月的一次|调解：)."""
    once = text.endswith(("次", "场"), 0, mark.start)
    told = once and _ONCE.search(text, max(0, mark.start - 3), mark.start)
    return bool(told) and text[mark.end : mark.end + 1] in "，：。；、中"


def _is_carried(text: str, mark: Mark) -> bool:
    """Return whether a deed is what somebody takes to a place: 把|调解|搬到田埂上, no 课堂."""
    if not text.startswith("搬", mark.end) or not text.endswith(("把", "将"), 0, mark.start):
        return False
    return mark.entry.klass == "act.deed" and not mark.entry.term.endswith("课堂")


def stands_alone(head: str) -> bool:
    """Return whether a head names an activity without any modifier (专题党课, 座谈会)."""
    pointing = lexicon().terms("act.nominal").get(head, "named")
    return len(head) >= _FULL_NAME and pointing == "named"


def outermost(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks, in order of place, without the inner ones; of two that cross, the later."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
        elif mark.entry.term == "展开" and kept[-1].entry.term.endswith("开展"):
            continue  # 开展|开学第一课
        elif kept[-1].start < mark.start and kept[-1].end < mark.end:  # 沿街商铺|开展, not 铺开
            kept[-1] = mark
    return kept


@functools.cache
def _happen_signs() -> frozenset[str]:
    """Return the signs that what _happens finds begins with."""
    return openings("name.act-happens") | {*"在于正如顺隆成圆同就一共总累"}


@functools.cache
def _happens() -> re.Pattern[str]:
    where = rf"(?:(?:在|于){_STOP}{{1,20}}?)?(?:正式|如期|顺利|隆重|成功|圆满|同步|就此)?"
    summed = r"(?:一共|共计|总共|累计)[0-9]"
    return re.compile(rf"{where}(?:{pattern('name.act-happens').pattern}|{summed})")


@functools.cache
def _opening() -> re.Pattern[str]:
    terms = lexicon().terms("act.trigger")
    return re.compile(alternation(term for term, value in terms.items() if value == "strong"))


def is_honour(text: str, end: int) -> bool:
    """Return whether the quoted name that ends here is a title awarded: “执法示范单位”."""
    return text.startswith("”", end - 1) and text.endswith(tuple_of("act.honour"), 0, end - 1)


def is_attended(text: str, mark: Mark) -> bool:
    """Return whether someone attends the event that was told of before (出席|仪式。)."""
    verb = _ATTEND.search(text, max(0, mark.start - 3), mark.start)
    return bool(verb) and text[mark.end : mark.end + 1] in "，。；、\n并"
