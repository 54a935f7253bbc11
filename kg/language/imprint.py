"""What the small print says: the day of publication, and who wrote, photographed and edited."""

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.naming import bare_score, split_names
from kg.language.words import known, tagged
from kg.model import Credit

_HAN_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})"
_SEPARATOR: Final = r"\s?(?:年|[-/.])\s?"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY: Final = (
    r"(?P<day>3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_PARTED: Final = rf"{_YEAR}{_SEPARATOR}{_MONTH}\s?(?:月|[-/.])\s?{_DAY}(?![0-9])\s?日?"
_SOLID: Final = r"(?<![0-9])(?P<y8>20[0-9]{2})(?P<m8>[01][0-9])(?P<d8>[0-3][0-9])(?![0-9])"
DATE: Final = re.compile(f"{_PARTED}|{_SOLID}")
_CLOCK: Final = r"[01]?[0-9]|2[0-3]"
# what may follow a date in the small print: weekday, clock, lunar date
AFTER_DATE: Final = re.compile(
    rf"\s*[T,，]?\s*(?:（?(?:星期|周)[一二三四五六日天]）?)?\s*"
    rf"(?:(?:{_CLOCK})[:：][0-5][0-9](?:[:：][0-5][0-9](?:\.[0-9]+)?)?(?:Z|[+-][0-9]{{2}}[:：]?[0-9]{{2}})?)?"
    r"\s*(?:（?(?:农历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[^\s）]{2,8}）?)?"
)
_BETWEEN: Final = re.compile(r"([\s、，,／/:：;；|｜&]+)")
_SPACED: Final = re.compile(r"(?<![㐀-鿿])([㐀-鿿])[ 　]{1,4}([㐀-鿿])(?![㐀-鿿])")  # 王　丽
# 新华社记者 甲, 经济日报-中国经济网记者 乙, 某日报·某某云全媒体记者 丙
_PAPER: Final = re.compile(
    r"(?:[㐀-鿿]{1,8}?(?:社|报|网|台|在线|客户端|新闻|频道|云|融媒体中心|融媒体?)[-—·]?|央视|央广)+"
    r"(?=(?:全媒体|融媒体?)?(?:记者|通讯员))"
)
# … and set apart: 中国西藏网 记者/甲
_PAPER_APART: Final = re.compile(
    r"(?<![㐀-鿿])[㐀-鿿]{2,10}(?:社|报|网|台|在线|客户端|新闻|融媒体?|融媒体中心)\s+(?=记者|通讯员)"
)
_BINDING: Final = frozenset("/／:：")
_BAR: Final = re.compile(
    r"\s*[|｜]\s*"
)  # binds as a colon does where a role opens the line: 文｜甲
_NAME: Final = re.compile(
    r"[㐀-鿿]{2,9}|[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}|[A-Za-z][A-Za-z0-9 .]{2,20}"
)
# what shows that words beside a role are meant as names
_SIGNED: Final = re.compile(
    r"[:：/／]|记者|通讯员|作者|实习生|(?:摄|供图|报道|供稿|整理|[ ](?:文|图))\s*$"
)
_LIKELY: Final = 0.5  # how likely a name has to be that stands before the first role: 甲 通讯员 乙
_MANY: Final = 8  # names of the longest byline
_PICTURES: Final = frozenset("图摄")
_SHORT_ROLES: Final = frozenset("文图摄")
# roles that stand behind the names even where another role stood before them: 记者 甲 文/图
_CLOSING: Final = _SHORT_ROLES | {
    "文图",
    "图文",
    "摄影报道",
    "报道",
    "摄影",
    "供图",
    "供稿",
    "整理",
}
_PERSONS: Final = ("记者", "通讯员", "作者", "实习生")  # roles that stand before a name
_BODY_ENDS: Final = frozenset("局队所站厅委办部社室院处科会校网报台心")


def iso_date(text: str) -> str:
    """Return the first full date of ``text`` as ISO 8601, or nothing."""
    for match in DATE.finditer(text):
        if found := date_of(match):
            return found
    return ""


def date_of(match: re.Match[str]) -> str:
    """Return the date that a match of DATE stands for, or nothing if there is no such day."""
    parts = [
        match["year"] or match["y8"],
        match["month"] or match["m8"],
        match["day"] or match["d8"],
    ]
    try:
        year = int(parts[0].translate(_HAN_DIGITS))
        return datetime.date(year, _number(parts[1]), _number(parts[2])).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    """Return the value of one or two digits, or of a Chinese numeral below a hundred."""
    if "十" not in text:
        return int(text.translate(_HAN_DIGITS))
    tens, _, ones = text.translate(_HAN_DIGITS).partition("十")
    return int(tens or 1) * 10 + int(ones or 0)


@dataclass
class _Group:
    """Names that share their roles: the roles stand before them or behind them."""

    roles: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def credits_in(text: str) -> tuple[Credit, ...]:
    """Return the credits of a byline: ``记者 甲 通讯员 乙``, ``甲 文 乙 摄``, ``文/甲 图/乙``, ``甲 乙``."""
    groups = _groups(text)
    found = (
        Credit(role, name)
        for group in groups
        for role in group.roles or ["author"]
        for name in _persons(group.names, role)
    )
    return tuple(dict.fromkeys(found))


def is_credit(text: str, *, bare: bool = False) -> bool:
    """Return whether ``text`` is a byline; if ``bare``, names alone are one."""
    if not bare and not _tells_role(text):
        return False
    groups = _groups(text)
    text = _unbarred(text)
    if not groups or not all(_fits(name, text) for group in groups for name in group.names):
        return False
    if bare and sum(len(group.names) for group in groups) <= _MANY:
        return True
    listed = len(groups) > 1 and bool(roles(_BETWEEN.split(text.strip())[0]))  # 撰文 甲 摄影 乙
    first = bool(groups[0].roles) or all(bare_score(name) > _LIKELY for name in groups[0].names)
    rest = all(group.roles for group in groups[1:]) and any(group.roles for group in groups)
    return first and rest and (listed or bool(_SIGNED.search(text)))


def _tells_role(text: str) -> bool:
    """Return whether the name of a role stands in a text, set wide or not."""
    signs = "".join(text.split())
    return not _SHORT_ROLES.isdisjoint(signs) or _role_pattern().search(signs) is not None


def _fits(word: str, text: str) -> bool:
    """Return whether a word can be a name here; an office is one beside a colon, dash or blank."""
    return is_name(word) or (_is_body(word) and bool(re.search(r"[:：/ ]", text)))


def is_name(word: str) -> bool:
    """Return whether a word can be a person's name, or some written without a blank between."""
    if (
        word in lexicon().terms("layout.no_name")
        or not _NAME.fullmatch(word)
        or word[0] in "的们了"
    ):
        return False
    return len(word) < 4 or "·" in word or not _is_phrase(word)


def _is_phrase(word: str) -> bool:
    """Return whether the segmenter knows a long word as ordinary words: 探访反诈中心."""
    parts = tagged(word)
    if any(tag.startswith("nr") for _, tag in parts):
        return False
    tags = [tag for part, tag in parts if len(part) > 1 and known(part)]
    return len(word) > 6 or any(tag[0] in "vra" for tag in tags) or tags.count("n") > 1


def roles(word: str) -> list[str]:
    """Return the roles that a word stands for: 文图 is two of them."""
    value = lexicon().terms("layout.role").get(word, "")
    return value.split("+") if value else []


@functools.lru_cache(maxsize=512)
def _groups(text: str) -> tuple[_Group, ...]:
    words = list(_words(_unbarred(text)))
    led = bool(words) and bool(roles(words[0][0])) and not roles(words[-1][0])  # 文 甲 图 乙
    groups = [_Group()]
    leading = False  # 记者 甲: the role comes first; 甲 摄: it comes last
    for place, (word, opens) in enumerate(words):
        here = roles(word)
        last = groups[-1]
        if not here:
            if last.names and last.roles and not leading:
                groups.append(_Group())
            groups[-1].names.append(word)
        elif not last.names:
            leading = True
            last.roles += here
        elif opens or _leads(words, place, led, leading or bool(last.roles)):
            leading = True
            groups.append(_Group(roles=here))
        else:
            last.roles += here
            leading = False
    return tuple(group for group in groups if group.names)


def _leads(words: list[tuple[str, bool]], place: int, led: bool, begun: bool) -> bool:
    """Return whether the role at ``place`` belongs to the names behind it, not to those before."""
    named = place + 1 < len(words) and not roles(words[place + 1][0])
    if words[place][0] in _CLOSING:
        return led and begun and named
    return begun or (named and words[place][0].endswith(_PERSONS))


def _unbarred(text: str) -> str:
    """Return a byline with colons for the bars behind its roles, if it has them for colons."""
    first = _BAR.split(text.strip(), maxsplit=1)
    return _BAR.sub("：", text) if len(first) > 1 and roles(first[0]) else text


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield names and roles, a role with whether a sign binds it to what follows (文/甲, 编辑：乙).

    记者甲通讯员乙 is parted at its roles, 甲摄 before its last sign.
    """
    text = _PAPER_APART.sub("", text.strip())
    pieces = _BETWEEN.split(_SPACED.sub(r"\1\2", text))
    leads = len(pieces) > 1 and bool(roles(pieces[0])) and bool(set(pieces[1]) & _BINDING)
    for place in range(0, len(pieces), 2):
        after = pieces[place + 1] if place + 1 < len(pieces) else ""
        before = pieces[place - 1] if place else ""
        slash = "：" not in after and place + 2 < len(pieces)
        joint = roles(pieces[place + 2]) if slash else []  # 甲 文/图
        binds = bool(set(after) & _BINDING) and not joint and not set(before) & _BINDING
        for word in _role_pattern().split(_PAPER.sub("", pieces[place])):
            wrote = word[-1:] == "文" and slash and pieces[place + 2][-1:] in _PICTURES
            if wrote and len(word) > 2:  # 白雪松文 高岩摄
                yield from ((word[:-1], False), ("文", False))
            elif len(word) > 2 and word[-1] == "摄" and word[-2] not in "拍航":
                yield from ((word[:-1], False), ("摄", False))
            elif leads and set(after) & _BINDING and len(word) > 2 and word[-1] in _SHORT_ROLES:
                yield from ((word[:-1], False), (word[-1], True))  # 文：鲍丕英|图：孟广林
            elif word:
                yield word, binds


@functools.cache
def _role_pattern() -> re.Pattern[str]:
    terms = (term for term in lexicon().terms("layout.role") if term not in _SHORT_ROLES)
    return re.compile(f"({'|'.join(sorted(terms, key=lambda term: (-len(term), term)))})")


def _persons(names: list[str], role: str) -> list[str]:
    """Return the names, glued ones parted; an office beside a person is only where they work."""
    if role == "source":
        return names
    persons = [name for name in names if not _is_body(name)] or names
    nobody = lexicon().terms("name.nobody")  # 编辑同志：
    return [part for name in persons for part in parted(name) if part not in nobody]


def _is_body(word: str) -> bool:
    return len(word) > 3 and word[-1] in _BODY_ENDS


def parted(name: str) -> list[str]:
    """Return names that were written without a blank between: 徐勇刘彩玲 → 徐勇, 刘彩玲."""
    if len(name) < 5 or "·" in name:
        return [name]
    return [name[start:end] for start, end in split_names(name)] or [name]
