"""What stands around a personal name: where words end, and whether a name may end there.

Every answer is a number that the reading of a name is weighed with, positive where it helps.
"""

import functools
import re
from typing import Final

from kg.language.name_tables import tables
from kg.language.words import known, tagged

BEST_END: Final = 2.0  # the most that what follows a name says for it
_END, _PHRASE, _SIGN, _VERB, _NOUN, _ODD = BEST_END, 1.5, 0.7, 0.8, -0.3, -0.6
_LONE_VERB: Final = -0.1
_IDIOM: Final = 4
_ASPECT: Final = frozenset("了着过")
_PAIRED: Final = re.compile(r"边[一-鿿]{1,4}边")  # 吴桐|边说边…: what is done at once
_FIGURES: Final = frozenset("0123456789")
_OPENING: Final = frozenset("“《")
_VERBAL: Final = ("v", "d", "p", "c", "r", "t", "m", "u", "f")
# The name begins as a plain word does: 高度|重视, 周旋|两小时, 高原|在
_LISTED_WORD, _SAID_WORD, _NAMED_WORD = -4.0, -2.6, -1.0
_WHOLE_WORD: Final = -0.6  # … and ends as it does
_CUT_WORD: Final = -0.8  # the name ends inside a word: 李明正|在
# … a rare noun perhaps, where the sign behind begins the sentence: 包金花|被
_CUT_NOUN: Final = -0.3
_HAS, _SOME = -1.0, frozenset("一二两三四五六七八九十几个些着了过不")  # 辛玥|有一只
GUESSED: Final = 0.5  # the segmenter takes it for a name too
_WINDOW: Final = 10
_NEXT: Final = 6  # signs behind a name, or from its first one, in which a word is looked for

FirstWord = tuple[int, float]

_BRAND: Final = re.compile(
    r"式?(?:的)?(?:调解|工作|警务|办案|帮教|普法|谈心|说事|反诈|服务|先锋){1,2}(?:法|室|站|队|岗|热线|品牌|团队)|[法室]”"
)
_BRAND_SIGNS: Final = frozenset("式的调工警办帮普谈说服反先法室")  # with which one begins
_BRAND_ROOM: Final = re.compile(r"”(?:[一-鿿]{0,4}(?:室|法|站|热线|岗|队))")  # “老郭”|调解室
_SLOGAN: Final = re.compile(r"[一-鿿]{1,3}”")
_BRAND_QUOTED: Final = re.compile(r"[一-鿿]{1,8}”")


def follow(text: str, end: int) -> float:
    """Return how well a name may end at ``end``, from what stands behind it."""
    return _follow(text[end : end + _NEXT])


@functools.lru_cache(maxsize=16384)
def _follow(after: str) -> float:
    """Return how well a name may end before these signs."""
    sign = after[:1]
    if sign in _OPENING:
        return 0.0
    if sign in _FIGURES:
        return _SIGN
    if not "一" <= sign <= "鿿":
        return _END
    words = tables().follow
    if is_paired(after):
        return _PHRASE
    if after[:4] in words or after[:3] in words or after[:2] in words:
        return _PHRASE
    return _followed(after, known_sign=sign in words)


def _followed(after: str, *, known_sign: bool) -> float:
    """Return how well a name may end before a word that no list holds."""
    word, tag = tagged(after)[0]
    if known_sign:
        return _SIGN if len(word) == 1 or not known(word) else _VERB if tag[0] in _VERBAL else 0.0
    if after[1:2] in _ASPECT:  # 种了, 喊着
        return _VERB
    if len(word) == 1:
        return _LONE_VERB if tag == "v" else _ODD
    idiom = tag[0] in "il" and len(word) == _IDIOM  # 单立伟|开门见山
    return _VERB if idiom or tag.startswith(_VERBAL) else _NOUN


def is_paired(text: str, start: int = 0) -> bool:
    """Return whether 边 at ``start`` is the first of two that pair verbs: 边|说边比划."""
    return text.startswith("边", start) and _PAIRED.match(text, start) is not None


def possesses(text: str, end: int) -> float:
    """Return the fine for an end in 有 where 有 is the verb of the sentence."""
    return _HAS if text[end - 1] == "有" and text[end : end + 1] in _SOME else 0.0


def word(first: FirstWord, size: int) -> float:
    """Return the fine for a name that begins as a plain word does (高度, 成功, 安全)."""
    return _LISTED_WORD if first[0] > size else first[1]  # the word goes on behind the name


def whole(first: FirstWord, size: int) -> float:
    """Return the further fine for a Han name that is a plain noun as it stands (呼声)."""
    return _WHOLE_WORD if first == (size, _NAMED_WORD) else 0.0


def first_word(text: str, start: int) -> FirstWord:
    """Return the size of the plain word at ``start`` (0 if of no matter), and its fine."""
    signs = text[start : start + _NEXT]
    listed = tables().words
    if signs[:2] in listed or signs[:3] in listed:
        return 0, _LISTED_WORD
    first, tag = tagged(signs)[0]
    if len(first) == 1 or not known(first) or tag.startswith("nr") or first in tables().rare:
        return 0, 0.0
    return len(first), _NAMED_WORD if tag[0] in "nzt" else _SAID_WORD


@functools.lru_cache(maxsize=8192)
def is_nameword(word: str) -> bool:
    """Return whether the segmenter's dictionary takes a word for a name."""
    if word in tables().words:
        return False
    return tagged(word)[0][1].startswith(("nr", "nz", "x"))


def ends(text: str, last: int) -> dict[int, float]:
    """Return what the words of a text say for and against an end up to ``last``, by its place."""
    found: dict[int, float] = {}
    at = 0
    for part, tag in tagged(text[:_WINDOW]):
        size = len(part)
        if not at:
            if tag.startswith("nr"):
                found[size] = GUESSED
        elif size > 1 and known(part):
            fine = _CUT_NOUN if tag[0] == "n" else _CUT_WORD
            for end in range(at + 1, at + size):
                found[end] = fine
        at += size
        if at >= last:
            break
    return found


def is_plain(signs: str) -> bool:
    """Return whether two signs are an everyday word rather than a given name."""
    return known(signs) and not is_nameword(signs) and signs not in tables().rare


def is_brand(text: str, start: int, end: int) -> bool:
    """Return whether a name only names a method or a room: “布和调解法”."""
    opened = text[start - 1 : start] == "“"
    if text.startswith("”", end) and "·" in text[start:end] and not opened:  # “警察节·民族情”
        return "“" in text[max(0, start - _NEXT) : start]
    if "·" in text[start:end] and _SLOGAN.match(text, end):  # “我|爱路·平|安行”
        lead = text[max(0, start - _NEXT) : start]
        return "“" in lead[:-1] and "”" not in lead
    quoted = opened and (_BRAND_QUOTED.match(text, end) or _BRAND_ROOM.match(text, end))
    return bool(quoted or (text[end : end + 1] in _BRAND_SIGNS and _BRAND.match(text, end)))
