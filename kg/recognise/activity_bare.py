"""The main act of an article that names none: the verb phrase that states it (GUIDE, Activities, 3).

将嫌疑人赵某、钱某抓获 · 抓获嫌疑人 · 查获违规捕捞的渔船4艘 · 帮助牧民转场. Beside a named activity such a
phrase is a step.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final

from kg.language.activity_signs import pattern
from kg.language.alternation import alternation
from kg.language.lexicon import lexicon
from kg.language.scan import Scan

_SIGN: Final = r"[^，。；：！？\n“”、]"
_WANTED: Final = r"(?:嫌疑人|嫌犯|逃犯|在逃人员)"
# Who is caught: somebody, no thing and no fire.
_WHO: Final = rf"(?=[^，。；：！？\n“”]{{0,36}}?(?:{_WANTED}|[男女]子|[某其]|[0-9两三四五六七八九十]+余?[名人]|二人))"
_MANNER: Final = r"(?:成功|当场|全部|一举|悉数|顺利|全数|依法|迅速|先后|同时)*"
_CAUGHT: Final = re.compile(
    rf"[将把]{_WHO}[^，。；：！？\n“”将把]{{1,36}}?{_MANNER}(?:抓获归案|抓捕归案|缉拿归案|捉拿归案|缉捕归案|抓获|擒获)"
    rf"(?=[，。；！\n]|$)"
)
_FOUND: Final = re.compile(rf"(?:抓获|擒获)了?{_SIGN}{{0,10}}?{_WANTED}(?=[，。；（(\n]|$)")
_BACK: Final = (
    r"(?:救[上起下出回]|[拉拽拖托抬背][上回下])[来到至]?(?:了?(?:岸|船|家|安全地带|山|来))?"
)
# What is news of itself where the lead names nothing else:
# 集中销毁一批渔具 · 悬赏缉捕一名在逃人员 · 一名网上逃犯落网 · 护送产妇就医
_NEWS: Final = (
    (
        rf"(?:集中|统一|公开)销毁(?!活动|仪式|行动|大会|现场|工作|的){_SIGN}{{3,24}}(?=[，。；！\n]|$)",
        "campaign",
    ),
    (
        rf"悬赏(?:缉捕|通缉|捉拿|征集)(?!通告|令|公告|的){_SIGN}{{3,30}}(?=[，。；！\n]|$)",
        "investigation",
    ),
    (
        rf"[一两二三]名(?!犯罪分子)(?:(?![在于已]){_SIGN}){{2,16}}落网(?=[，。；！\n]|$)",
        "investigation",
    ),
    (
        rf"护送(?:(?![我你您咱]){_SIGN}){{2,10}}?(?:就医|就诊|到院|回家|返家|到家|下山)(?=[，。；！\n]|$)",
        "rescue",
    ),
)
_GOODS: Final = r"查获了?(?:涉嫌|非法|假冒|走私|违规|违法|冒牌|伪劣)"
# Not done, or not by whom it is told of: 要将…抓获, 协助该局抓获嫌疑人, 一旦抓获
_OPEN: Final = re.compile(
    r"(?:[要会想能请可被]|争取|力争|尽快|协助|配合|一旦|如果|如何|为了)[^，。；：、]{0,8}\Z"
)
_BEFORE: Final = 12
_SETTING: Final = re.compile(r"的?(?:过程中|途中|时(?![间代])|期间|中(?=[，发]))")


# What is the main act itself, or has the arrest as a step or as a thing told of.
OWN_ACT: Final = frozenset({"investigation", "rescue", "meeting", "ceremony"})


def pattern_of(klass: str, value: str) -> str:
    """Return the pattern of the terms of a lexicon class that have a value."""
    return alternation(term for term, kind in lexicon().terms(klass).items() if kind == value)


def bare_deeds(scan: Scan, lead: int, *, alone: bool) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each phrase that may state what an article tells of.

    Beside any other activity only 将…抓获 may; the others must stand before ``lead``.
    """
    text = scan.text
    found = [(m.span(), "investigation") for m in _CAUGHT.finditer(text)]
    if alone:
        found += [(m.span(), "investigation") for m in _FOUND.finditer(text, 0, lead)]
        found += [(m.span(), "investigation") for m in _goods().finditer(text, 0, lead)]
        found += [(m.span(), "rescue") for m in _saved().finditer(text)]
        found += [(m.span("deed"), "service") for m in _chore().finditer(text, 0, lead)]
    for (start, end), kind in sorted(found):
        if not _OPEN.search(text, max(0, start - _BEFORE), start):
            yield start, end, kind


def news(scan: Scan, lead: int) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of each deed that a lead may tell of without naming an activity."""
    for wording, kind in _NEWS:
        for match in re.finditer(wording, scan.text[:lead]):
            if not _OPEN.search(scan.text, max(0, match.start() - _BEFORE), match.start()):
                yield match.start(), match.end(), kind


def is_free(covered: bytearray, persons: Mapping[int, int], start: int, end: int) -> bool:
    """Return whether nothing but persons is named between two places; ``persons`` by their ends."""
    names = {begin: stop for stop, begin in persons.items()}
    at = covered.find(1, start, end)
    while at in names:
        at = covered.find(1, names[at], end)
    return at < 0


def is_setting(text: str, end: int) -> bool:
    """Return whether the act that ends here is only what something else happens in (巡逻时，…)."""
    return _SETTING.match(text, end) is not None


@functools.cache
def _saved() -> re.Pattern[str]:
    """Return the pattern of who is brought out of danger: 女子被成功救上岸, 将老人背下山."""
    terms = pattern_of("name.act-result", "rescue")
    return re.compile(
        rf"(?:[将把]{_SIGN}{{0,8}}?{terms}{_SIGN}{{0,8}}?|{terms}被){_MANNER}(?:安全)?{_BACK}(?=[，。；！\n]|$)"
    )


@functools.cache
def _goods() -> re.Pattern[str]:
    units = pattern("num.unit").pattern
    return re.compile(rf"{_GOODS}{_SIGN}{{1,24}}?[0-9.]+余?万?(?:{units})")


@functools.cache
def _chore() -> re.Pattern[str]:
    chores = pattern("name.act-chore").pattern
    who = rf"(?:(?![我你您咱0-9]){_SIGN}){{1,10}}?"
    return re.compile(rf"(?P<deed>帮助?{who}(?:{chores}){_SIGN}{{0,6}})(?=[，。；！？、\n]|$)")
