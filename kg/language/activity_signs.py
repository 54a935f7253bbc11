"""The signs and words that open, join, close and break the name of an activity."""

import functools
import itertools
import re
import sys
from typing import Final

from kg.language.alternation import alternation
from kg.language.lexicon import lexicon

# What ends in a full stop is speech, not a formula.
CLOSED: Final = re.compile(
    r"“(?:[^“”\n]{1,60}+|[^“”\n]{1,40}+\n[^“”\n]{0,20}+)(?<![。！？，])”|《[^《》\n]{1,40}+》"
)
END: Final = "，。；：！？\n（）…—【】■▲△□●◆★※▶►｜| "
# One sign each, so not worth a mark: they end a phrase or swallow the head before them.
_BREAKS: Final = (
    r"过(?!往)|[得并也搞将均曾给是因如我你他她它该此其各每由又已让]|(?<![目党])的(?!士)|(?<![实当各两属产场基])地(?![质震区方铁下])|(?<![除为])了(?!解)"
    r"|着(?!力|眼)|再(?!就)|正(?![能常式义确规])|就(?!业)|便(?![民利企])|(?<!人)才(?!艺)|(?<![实小临战及适平即同])时(?!代|速)"
    r"|(?<!集)中(?![小心学国华队考药医])|(?<!酒)后(?![续勤备])|(?<!面)前(?![往期沿置哨])|从(?![业优])|(?<![各独亲来出源擅])自(?![身我己主行动愿觉治然强助燃救驾学律查纠由发信费备带建述评荐首杀残卫贡制来从])|(?<![面定相])向(?!日)"
    r"|(?<![一应])对(?![口抗])|被(?![害盗骗])|(?<!火)把(?!关|脉)|使(?!用)|(?<![^举进施推]行)为(?![民老企警群])|于|(?<!存)在(?![线校押])|到(?![户家岗])|(?<![使应信费通专日运利引作启采雇])用(?![警枪户药电火气水])"
    r"|(?<!过)往(?!来)|跟(?!踪|进)|(?<!平)等(?!级)|有(?![组奖害限])|(?<![脚基资成根剧样])本(?![地土领])|以(?!案)|[作做](?=专题|报告|讲座|宣讲|动员|辅导)|即(?![将日时])"
)
TAILS: Final = frozenset(
    "场台室站点员队组车所岗单册页品栏片稿牌语箱证法网圈链卡码权率量科处股局厅院馆者人型师团"
)
SUFFIX: Final = re.compile(r"会(?![议同上后商员展场见师])|课(?![堂程题件后间时本桌外余上])")
AND: Final = "和与及"
_NUMBER: Final = r"[0-9一二两三四五六七八九十百几多数]+(?:余|多|来)?"
_CLASSIFIER: Final = r"(?:场次|场|次|轮|期|堂|项(?!规定|纪律)|趟|批|系列|个|波|番|部|节|出|局)"
_COUNT: Final = rf"(?:首次|首场|首趟|首个|首期|[这那][场堂次节期]|第?{_NUMBER}{_CLASSIFIER}次?)"
_SPELL: Final = rf"(?![0-9]{{4}}年)(?:近|约|长达)?(?:{_NUMBER}(?:分钟|天|个月|个小时|小时|昼夜|年)|半个多?月|半个多?小时|大?半[天年])的?(?:缜密|连续|深入|艰苦|细致|不懈)?"
_PRELUDE: Final = re.compile(
    r"(?:了|过(?!往)|着|起了|起|出(?![入境海警勤行]|租车)|开(?![放学班年训工业幕庭渔展心斋春门盘关源拓发山封车户赛讲]))?(?:今年|本年度|今春|今冬|今夏|年内)?"
    rf"(?:{_SPELL}|{_COUNT}|多种形式|多形式|多场次|系列|逐[一户家项台个店])?的?(?:相关|有关)?(?:详细|细致|耐心)?"
)
_PRELUDE_SIGNS: Final = frozenset(
    "了过着起出开今本年首第系逐多的相有半大0123456789一二两三四五六七八九十百几数"
)
COUNT_BEFORE: Final = re.compile(rf"(?:今年|今春|今冬)?{_COUNT}$")
COUNT_ENDS: Final = frozenset("次场轮期堂项趟批列个波部节出局")  # the last sign of such a count
# A formula in the first place after the verb that stands for a name (开展“…”, not 启动“…”机制).
AFTER_NAME: Final = re.compile(r"[，。；！？、\n“）]|$|[0-9]|等|和|工作|共|以来")
# The head that a list shares: 缉枪治爆、禁毒铲毒|等专项行动.
SHARED: Final = re.compile(r"等[^，。、；]{0,6}?(服务|行动|活动|整治|演练|训练|培训)")
# What the police are trained and tested in (辅警|技能大比武).
POLICE_SKILLS: Final = ("察", "技能", "体能", "业务技能", "岗位", "职业技能", "心理健康")
# What stands behind words that end a phrase elsewhere, by their last sign.
_COURSES: Final = (
    "全员",
    "培训班",
    "轮训班",
    "集训班",
    "研修班",
    "训练营",
    "轮训第",
    "培训第",
    "集训第",
)
GOES_ON: Final = {
    "报": ("讲评", "暨", "表扬"),
    "警": (*POLICE_SKILLS, *_COURSES),  # 辅警|培训班
    "员": _COURSES,
    "干": _COURSES,
}
IN_STAGES: Final = ("轮训", "培训", "集训", "讲堂", "研修")  # 全员轮训|第一期|培训班 is one name
SPOKEN: Final = re.compile(r"[。！？]")
# Kinds of deeds that a formula may name by itself (“雪鹰”巡防), and formulas that only describe.
NAMED_DEEDS: Final = frozenset(
    {"publicity", "patrol", "inspection", "campaign", "visit", "training", "drill", "rescue"}
)
FIGURE: Final = re.compile(r"[式型化性]$|^[零一][距容死站揽]|[+＋]")
ENDED: Final = re.compile(
    r"[，。；：！？、\n）]|$|[0-9]|等|和|时|中|工作|取得|启动|拉开|落下|在|已|将|是|以来|走进|进行|开展|最先|率先|点燃|赢得|引得|吸引"
)
_LONGEST_TERM: Final = 8
_BLANK: Final = re.compile(r" (?<=” )(?=[一-鿿])")
# A line this long was broken by the column, not by its writer.
_COLUMN: Final = 40


@functools.cache
def pattern(*classes: str) -> re.Pattern[str]:
    """Return a pattern that finds the terms of the given lexicon classes, longest first."""
    terms = (term for klass in classes for term in lexicon().terms(klass))
    return re.compile(alternation(terms))


@functools.cache
def openings(*classes: str) -> frozenset[str]:
    """Return the signs that the terms of the given lexicon classes begin with."""
    return frozenset(term[0] for klass in classes for term in lexicon().terms(klass))


@functools.cache
def stops() -> re.Pattern[str]:
    """Return the pattern of words and signs that end a phrase."""
    classes = ("name.act-stop", "name.act-restart")
    signs = "".join(sorted(openings(*classes) | break_signs()))
    # The signs first: where none of them stands, none of the many words need be tried.
    return re.compile(
        rf"(?=[{signs}0-9])(?!(?<=人)民警察)(?:{pattern(*classes).pattern}|{_BREAKS}|[0-9]+[个名起次余])"
    )


@functools.cache
def sign() -> re.Pattern[str]:
    """Return the pattern of single signs that end a phrase."""
    return re.compile(_BREAKS)


@functools.cache
def break_signs() -> frozenset[str]:
    """Return the signs that ``sign`` may match, so that the others need not be tried."""
    return frozenset(re.sub(r"\(\?<?[!=][^()]*\)|[\[\]|]", "", _BREAKS))


def behind_prelude(text: str, start: int, end: int = sys.maxsize) -> int:
    """Return where a phrase begins behind what counts or dates it (了两次|巡逻)."""
    if text[start : start + 1] not in _PRELUDE_SIGNS:
        return start
    prelude = _PRELUDE.match(text, start, end)
    return prelude.end() if prelude else start


def suffixes(text: str, klass: str) -> list[str]:
    """Return the terms of a lexicon class that ``text`` ends in, longest first."""
    if text[-1:] not in _closings(klass):
        return []
    terms = lexicon().terms(klass)
    return [
        end
        for size in range(min(_LONGEST_TERM, len(text)), 0, -1)
        if (end := text[-size:]) in terms
    ]


@functools.cache
def _closings(klass: str) -> frozenset[str]:
    return frozenset(term[-1] for term in lexicon().terms(klass))


# …600多份。符敏 摄: the line of a picture ends with who took it
_CREDITED: Final = re.compile("[。 \x00][一-鿿]{2,4}[ \x00]?(?:摄影?|供图|文/图)$")


def rejoin(text: str) -> str:
    """Return ``text`` with breaks amid a phrase made passable: of long lines, blanks behind quotes."""
    lines = _BLANK.sub("\x00", text).split("\n")
    out = [lines[0]]
    for before, line in itertools.pairwise(lines):
        cut = len(before) >= _COLUMN and before[-1:] not in END + "”）" and line[:1] not in END
        cut = cut and not _CREDITED.search(before)
        out.append(("\x00" if cut and line else "\n") + line)
    return "".join(out)


@functools.cache
def stop_words() -> frozenset[str]:
    """Return the words that end a phrase when it is read backwards."""
    terms = {*lexicon().terms("name.act-stop"), *lexicon().terms("act.trigger")}
    return frozenset(term for term in terms if 2 <= len(term) <= 4)


@functools.cache
def stop_ends() -> frozenset[str]:
    """Return the signs that stop words end in."""
    return frozenset(term[-1] for term in stop_words())
