"""Blanks inside a sentence that say nothing: around numbers and signs, or between a verb and its object."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.words import tagged
from kg.split.vocabulary import terms

_WINDOW: Final = 8  # characters on each side of a blank in which words are looked for
_LEAD: Final = 24  # characters before a blank in which a reporter is named
_HAN: Final = "㐀-鿿"
_BLANK: Final = re.compile(r"(?<=\S) +(?=\S)")
# 6 月 1 日, 检查农机 56 台, but 本报讯 6月1日: there the blank ends the dateline
_BESIDE_NUMBER: Final = re.compile(
    rf"(?<=[0-9%]) +(?=[{_HAN}])|(?<=[{_HAN}])(?<![讯电]) +(?=[0-9])"
)
_REPORTER: Final = re.compile(r"(?:记者|通讯员|作者|实习生)[^，。；：）]{2,16}$")  # 记者李明 6月1日
_BESIDE_SIGN: Final = re.compile(r" +(?=[，。；：、！？])|(?<=[，、；：]) +")
_WITHIN_UNIT: Final = re.compile(
    rf"(?<=[局队]) +(?=[{_HAN}]{{1,12}}(?:派出所|[大中支]队|看守所|警务室|中心))"
)
_WITHIN_DATE: Final = re.compile(r"(?<=[日天]) +(?=[上下中]午|凌晨|清晨|早上|傍晚|晚上|深夜)")
_SET_WIDE: Final = re.compile(
    rf"(?<![{_HAN}][{_HAN}])(?<=[{_HAN}]) +(?=[{_HAN}](?![{_HAN}]))"
)  # 张　伟
_NUMBERED: Final = re.compile(
    r"[0-9]{1,2}(?::[0-9]{2})? +(?![年月日时点])"
)  # a point, a diary's hour
_OPENING: Final = dict(zip("“‘（《【[", "”’）》】]", strict=True))


def idle_blanks(text: str) -> list[tuple[int, int]]:
    """Return where a folded line of running text holds blanks that say nothing, in order.

    Those in quotes and brackets stay: they part what a slogan says, and the names of a byline.
    """
    if " " not in text:
        return []
    held = _held(text)
    point = _NUMBERED.match(text)
    return [
        match.span()
        for match in _BLANK.finditer(text)
        if not held[match.start()]
        and not (point and match.end() == point.end())
        and _is_idle(text, *match.span())
    ]


def _is_idle(text: str, start: int, end: int) -> bool:
    if _REPORTER.search(text, max(0, start - _LEAD), start):
        return False
    patterns = (_BESIDE_NUMBER, _BESIDE_SIGN, _WITHIN_UNIT, _WITHIN_DATE, _SET_WIDE)
    if any((found := pattern.match(text, start)) and found.end() == end for pattern in patterns):
        return True
    return goes_on(text[max(0, start - _WINDOW) : start], text[end:])


def goes_on(before: str, after: str) -> bool:
    """Return whether a clause goes on behind a blank or break: 检查|农机 needs another word."""
    after = after[:_WINDOW]
    if not re.match(f"[{_HAN}]", after) or not re.search(f"[{_HAN}]$", before):
        return False
    last, tag = tagged(before)[-1]
    if len(last) == 1:
        return last in terms("layout.joint") and tag[0] in "pcuv"
    return last in _needing() and tagged(after)[0][1] != "v"


@functools.cache
def _needing() -> frozenset[str]:
    """Return the verbs behind which an object or a place comes."""
    classes = ("act.trigger", "rel.result", "rel.enter", "rel.come")
    return frozenset(term for klass in classes for term in lexicon().terms(klass))


def _held(text: str) -> list[bool]:
    """Return for each sign whether quotes or brackets hold it that are closed again."""
    held = [False] * len(text)
    for start, end in _pairs(text):
        held[start:end] = [True] * (end - start)
    return held


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    opened: list[tuple[int, str]] = []
    for place, sign in enumerate(text):
        if sign in _OPENING:
            opened.append((place, _OPENING[sign]))
        elif opened and sign == opened[-1][1]:
            yield opened.pop()[0], place
