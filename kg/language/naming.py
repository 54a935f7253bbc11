"""Personal names: how a name can be read from one place of a text, and how likely each reading is.

Han names are a surname and one or two signs; Mongol, Tibetan and Turkic names are strings of known
elements or of signs that write foreign sounds. No dictionary holds all persons, so a reading is
weighed: what the signs are used for, where words end, and what follows the name.
"""

import functools
import re
from typing import Final

from kg.language import name_context as context
from kg.language.lexicon import lexicon
from kg.language.name_elements import DOT, LONGEST, STUMP, Found, elements, sounds
from kg.language.name_tables import AMBIGUOUS, CONJUNCTION, PEOPLES, tables
from kg.records import record

_SURNAME: Final = {"1": 1.0, "2": 0.6, "3": 0.0, "4": -0.6, "yi": 0.8, "dai": 0.8}
_COMMON, _USED, _STRANGE = 0.5, 0.2, -0.8  # a sign of a given name
_THREE, _DOUBLE = 0.3, -0.4  # names of three signs are the rule, two surnames the exception
_SPOKEN: Final = -1.2  # a surname that is a preposition, before a plain word: 向|群众
_PLAIN: Final = -0.5  # the given name is a plain word: 郭|超凡, but also 向|群众
_NO_NAME: Final = -9.0
_SIGHT: Final = 26  # signs that the readings of a name can depend on, what follows included
_NUMERALS: Final = frozenset("一二两三四五六七八九十")
_COUNTED: Final = ("人", "名", "位", "个", "岁", "年")
_SOFT_FINE: Final = -0.9
_TWO_READ: Final = -2.0
_SOFT: Final = frozenset("再都才又更亦镇")  # words that stand inside names too: 杨再勇, 李镇华
_LEAST: Final = -0.5  # what each of glued names must be worth more than
_SHORTEST_PAIR: Final = 4  # signs of two names
_NEXT_NAME: Final = 1.8  # what a further name costs in a string of glued names
_GOING_ON: Final = (*PEOPLES, "sound")  # kinds of names that a shorter reading cuts


@record
class Reading:
    """One way to read a name: where it ends, how likely it is, and what kind of name it is."""

    end: int
    score: float
    kind: str


# 向|高中生讲解: who is told something stands behind the preposition, not a Mr Xiang.
_TOWARDS: Final = re.compile(
    r"向[^，。；！？“”向]{2,12}?(?:[宣讲]讲|讲[解述授]|介绍|解释|解读|普及|演示|展示|说明|传授|发放|赠送|捐赠|推荐"
    r"|推销|宣传|通报|汇报|反映|求助|请教|询问|了解|打听|征[求集]|承诺|致[敬意辞]|敬礼|表示|提[供出醒]|派发|分发)"
)


def readings(text: str, start: int) -> list[Reading]:
    """Return the names that may begin at ``start``, the likeliest first, what follows included."""
    found = _readings(text[start : start + _SIGHT]) if may_begin(text, start) else ()
    return [Reading(start + size, score, kind) for size, score, kind in found]


@functools.lru_cache(maxsize=8192)
def _readings(window: str) -> tuple[tuple[int, float, str], ...]:
    """Return size, score and kind of the names with which a stretch of text may begin."""
    forms = _forms(window, 0)
    if not forms:
        return ()
    paired = "边" in window and context.is_paired(window)
    if paired or (window[0] == "向" and _TOWARDS.match(window)):
        return ()
    if tables().surnames.get(window[0]) == CONJUNCTION:
        forms = {end: form for end, form in forms.items() if not _is_joined(window, end)}
    told = context.ends(window, max(forms, default=0))
    longest = whole = 0
    for end, (_, kind) in forms.items():
        if kind in _GOING_ON:
            longest = max(longest, end)
            whole = max(whole, end) if kind != "sound" else whole
    weighed = []
    for end, (score, kind) in forms.items():
        if window[end : end + 1] == DOT or context.is_paired(window, end - 1):
            continue
        after = context.follow(window, end)
        # 平措|旺堆: no Han name ends inside the last of the known elements
        stump = end < longest and (kind in PEOPLES or after < 0 or end == whole - 1)
        around = after + told.get(end, 0.0) + context.possesses(window, end)
        if window[end - 1] in _NUMERALS and window[end : end + 1] in _COUNTED:  # 陆路|三人
            around += _TWO_READ
        cut = 2.0 if end < whole and kind in PEOPLES else 1.0  # 孟根|其其格: all of it is known
        weighed.append((end, score + around + (cut * STUMP if stump else 0.0), kind))
    if len(weighed) > 1:
        weighed.sort(key=_by_worth)
    return tuple(weighed)


def _by_worth(reading: tuple[int, float, str]) -> tuple[float, int]:
    """Return what readings are sorted by: the likeliest first, of those alike the longest."""
    return -round(reading[1], 6), -reading[0]


def _is_joined(window: str, end: int) -> bool:
    """Return whether a name that begins with 和 is rather 和 and the next name: 民警|和|朱启明."""
    usual = tables().surnames.get(window[1:2]) == "1"
    return usual and any(1 + size > end and score > 1 for size, score, _ in _readings(window[1:]))


@functools.lru_cache(maxsize=8192)
def bare_score(name: str) -> float:
    """Return how likely a string is a whole name, nothing known of what stands around it."""
    if not may_begin(name, 0):
        return _NO_NAME
    return _forms(name, 0, alone=True).get(len(name), (_NO_NAME, ""))[0]


def split_names(text: str) -> list[tuple[int, int]]:
    """Return the names that a string of glued names (徐勇刘彩玲) is made of, or nothing."""
    size = len(text)
    if size < _SHORTEST_PAIR:
        return [(0, size)] if size > 1 and bare_score(text) > _LEAST else []
    best: list[tuple[float, list[tuple[int, int]]] | None] = [(0.0, [])]
    for end in range(1, size + 1):
        chosen = None
        first = max(0, end - LONGEST) if end != size - 1 else end  # no name has one sign
        for start in range(first, end - 1):
            before = best[start]
            if before is None or (score := bare_score(text[start:end])) <= _LEAST:
                continue
            worth = before[0] + score - _NEXT_NAME
            if chosen is None or worth > chosen[0]:
                chosen = (worth, [*before[1], (start, end)])
        best.append(chosen)
    last = best[-1]
    return last[1] if last else []


@functools.lru_cache(maxsize=8192)
def han_limits(signs: str) -> tuple[float, float]:
    """Return the most that a Han name of two signs, and a longer one, can score by its signs alone.

    ``signs`` are the four with which it may begin, a usual surname first. What follows the name is
    left out, and nothing is segmented: where this is too little, ``readings`` need not be asked.
    """
    surnames, never = tables().surnames, tables().never
    worth = [_NO_NAME if sign in never else _sign(sign) for sign in f"{signs:4}"]
    one, two = surnames.get(signs[:1]), surnames.get(signs[:2])
    short = long = _NO_NAME
    if one is not None:
        short = _SURNAME[one] + worth[1]
        long = short + _THREE + worth[2]
        if surnames.get(signs[1:2]) == "1":
            long = max(long, _SURNAME[one] + worth[2] + worth[3] + _DOUBLE)
    if two is not None:
        long = max(long, _SURNAME[two] + _THREE + worth[2] + max(worth[3], 0.0))
    return short + context.GUESSED, long + context.GUESSED


def may_begin(text: str, start: int) -> bool:
    """Return whether the signs at ``start`` can begin a name of any kind."""
    lists = tables()
    return (
        text[start : start + 1] in lists.begin
        or text[start + 2 : start + 4] in lists.elements["tibetan"]  # 丁则|多吉
        or text.find(DOT, start, start + LONGEST) >= 0
    )


# -- kinds of names -----------------------------------------------------------------------------


def _forms(text: str, start: int, *, alone: bool = False) -> Found:
    """Return all names at ``start`` by their end, each as the kind of name that it is likeliest.

    ``alone`` tells that no sentence goes on around it: 于 is then a surname like another. Of Han
    names only the one that is all of the text is asked for then.
    """
    found = _han(text, start, alone=alone)
    for forms in (elements(text, start), sounds(text, start)):
        for end, form in forms.items():
            if end not in found or found[end][0] < form[0]:
                found[end] = form
    return found


def _han(text: str, start: int, *, alone: bool) -> Found:
    """Return the Han names at ``start`` by their end."""
    found: Found = {}
    first: context.FirstWord | None = None
    surnames = tables().surnames
    for size in (2, 1):
        rank = surnames.get(text[start : start + size])
        if rank is None or len(text) < start + size:
            continue
        spoken = rank in AMBIGUOUS and not alone
        base = _SURNAME["2" if rank in AMBIGUOUS and alone else rank]
        for given in (1, 2):
            end = start + size + given
            if alone and end != len(text):
                continue
            score = _given(text[start + size : end], given, spoken, alone)
            if rank == "dai" and score is None:
                score = _dai(text[start + size : end], given)
            if score is not None:
                score += _THREE if given == 2 or size == 2 else 0.0
                fine = 0.0
                if size == 1:
                    first = first or context.first_word(text, start)
                    fine = context.word(first, 1 + given)
                    fine += 0.0 if alone else context.whole(first, 1 + given)
                found.setdefault(end, (base + score + (fine / 2 if alone else fine), "han"))
        found.update(_mixed(text, start + size, base, found))
        if size == 1 and rank == "1":
            found.update(_doubled(text, start, base, found))
    return found


def _dai(signs: str, size: int) -> float | None:
    """Return how likely signs that no Han name has are a Dai given name, None if they cannot be one.

    Any sign alone will do (岩叫, 岩说); two are such as Dai names are made of (罕|应叫).
    """
    if size == 1:
        return 0.0 if signs.strip() else None
    own = lexicon().terms("name.dai-sign")
    return _USED * 2 if len(signs) == 2 and all(sign in own for sign in signs) else None


def _doubled(text: str, start: int, base: float, taken: Found) -> Found:
    """Return a name of two surnames: 张|王|子涵."""
    if tables().surnames.get(text[start + 1 : start + 2]) != "1" or start + 4 in taken:
        return {}
    score = _given(text[start + 2 : start + 4], 2, False, False)
    if score is None:
        return {}
    return {
        start + 4: (
            base + score + _DOUBLE + context.word(context.first_word(text, start), 4),
            "han",
        )
    }


def _mixed(text: str, start: int, base: float, taken: Found) -> Found:
    """Return Han surnames with a Mongol or Turkic name: 陈萨茹拉, 白宝音."""
    if text[start : start + 1] not in tables().firsts:
        return {}
    return {
        end: (base + 0.5, "mixed")
        for end, (score, kind) in elements(text, start).items()
        if end - start > 1 and end not in taken and score > 0 and kind != "dotted"
    }


@functools.lru_cache(maxsize=8192)
def _given(signs: str, size: int, spoken: bool, alone: bool) -> float | None:
    """Return how likely signs are a given name, None if they cannot be one."""
    if len(signs) < size:
        return None
    never = {} if alone else tables().never
    inside = size == 2 and signs[0] in _SOFT and signs[0] in never
    for sign in signs[1:] if inside else signs:
        if sign in never or not "一" <= sign <= "鿿":
            return None
    if inside:
        return _SOFT_FINE + _sign(signs[1])
    if spoken and signs in lexicon().terms("group.head"):  # 向|学生
        return None
    worth = [_sign(sign) for sign in signs]
    if signs[0] in tables().prefixes:  # 励|阿根: no name ends in it, and any sign may follow it
        if size == 1:
            return None
        worth[1] = max(worth[1], _USED)
    # 向|群众: a word of everyday use is a given name only if names are made of its signs (文明)
    usual = min(worth) >= _COMMON and not spoken
    plain = size == 2 and not usual and context.is_plain(signs)
    fine = (_SPOKEN if spoken else _PLAIN) if plain else 0.0
    return sum(worth) + fine


def _sign(sign: str) -> float:
    """Return how likely a sign is in a given name; one that often follows names needs to be common."""
    return _worths().get(sign, _STRANGE)


@functools.cache
def _worths() -> dict[str, float]:
    """Return how likely the signs are in a given name that are not strange there."""
    lists = tables()
    foreign = lists.sounds.keys() - {"图"}  # 图: of the photograph, in a byline
    usual = dict.fromkeys((lists.used.keys() | foreign) - lists.follow.keys(), _USED)
    return usual | {sign: _COMMON for sign, common in lists.used.items() if common}
