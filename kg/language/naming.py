"""Personal names: how a name can be read from one place of a text, and how likely each reading is.

Han names are a surname and one or two signs; Mongol, Tibetan and Turkic names are strings of known
elements or of signs that write foreign sounds. No dictionary holds all persons, so a reading is
weighed: what the signs are used for, where words end, and what follows the name.
"""

import functools
from dataclasses import dataclass
from typing import Final

from kg.language.lexicon import lexicon
from kg.language.words import known, tagged

_DOT: Final = "·"
_DOTTED_MORE: Final = frozenset("地里外不")  # write sounds too, but only a dot tells
_LONGEST: Final = 9
_WINDOW: Final = 10
_SURNAME: Final = {"1": 1.0, "2": 0.6, "3": 0.0, "4": -0.6, "yi": 0.8, "dai": 0.8}
_AMBIGUOUS: Final = frozenset("34")  # surnames that are plain words, conjunctions too: 于, 和
_COMMON, _USED, _STRANGE = 0.5, 0.2, -0.8  # a sign of a given name
_THREE, _DOUBLE = 0.3, -0.4  # names of three signs are the rule, two surnames the exception
_SPOKEN: Final = -1.2  # a surname that is a preposition, before a plain word: 向|群众
_CUT_WORD: Final = -0.8  # the name ends inside a word: 李明正|在
_CUT_NOUN: Final = (
    -0.3
)  # … a rare one perhaps, where the sign behind begins the sentence: 包金花|被
_HAS, _SOME = -1.0, frozenset("一二两三四五六七八九十几个些着了过不")  # 辛玥|有一只
# The name begins as a plain word does: 高度|重视, 周旋|两小时, 高原|在
_LISTED_WORD, _SAID_WORD, _NAMED_WORD = -4.0, -2.6, -1.0
_PLAIN: Final = -0.5  # the given name is a plain word: 郭|超凡, but also 向|群众
_WHOLE, _JOINED = 1.6, 0.2  # a name with an entry; less for each element it is joined from
_HALF: Final = 0.7  # a name of four signs whose second half only is known
_JOINED_LONGEST: Final = 7
_SOUND: Final = 0.6
_SOUNDS: Final = 7  # longest string of foreign sounds without a dot
_STUMP: Final = -0.8  # known elements go on behind this end: 次仁|央宗
_NEXT_NAME: Final = 1.8  # what a further name costs in a string of glued names
_END, _PHRASE, _SIGN, _VERB, _NOUN, _ODD = 2.0, 1.5, 0.7, 0.8, -0.3, -0.6  # what follows it
_LONE_VERB: Final = -0.1
_ASPECT: Final = frozenset("了着过")
_FIGURES: Final = frozenset("0123456789")
_OPENING: Final = frozenset("“《")
_VERBAL: Final = ("v", "d", "p", "c", "r", "t", "m", "u", "f")
_PEOPLES: Final = ("mongol", "tibetan", "turkic")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: where it ends, how likely it is, and what kind of name it is."""

    end: int
    score: float
    kind: str


_Found = dict[int, tuple[float, str]]


@dataclass(frozen=True)
class _Tables:
    """The lexicon's tables, held together: they are asked for some hundred times an article."""

    surnames: dict[str, str]
    used: dict[str, str]
    never: dict[str, str]
    follow: dict[str, str]
    words: dict[str, str]
    sounds: dict[str, str]
    elements: dict[str, dict[str, str]]
    firsts: frozenset[str]  # signs that elements begin with
    families: frozenset[str]  # signs that surnames begin with


@functools.cache
def _tables() -> _Tables:
    terms = lexicon().terms
    whole = {people: terms(f"per.{people}") for people in _PEOPLES}
    return _Tables(
        terms("name.surname"),
        terms("name.given"),
        terms("name.never"),
        terms("name.follow"),
        terms("name.word"),
        terms("name.sound"),
        {people: {**whole[people], **terms(f"name.{people}-end")} for people in _PEOPLES},
        frozenset(term[0] for table in whole.values() for term in table),
        frozenset(term[0] for term in terms("name.surname")),
    )


def may_begin(sign: str) -> bool:
    """Return whether any name begins with a sign."""
    tables = _tables()
    return sign in tables.families or sign in tables.sounds or sign in tables.firsts


def readings(text: str, start: int) -> list[Reading]:
    """Return the names that may begin at ``start``, the likeliest first, what follows included."""
    forms = _forms(text, start)
    if not forms:
        return []
    fines = _cuts(text[start : start + _WINDOW])
    longest = max((end for end, (_, kind) in forms.items() if kind in _PEOPLES), default=0)
    weighed = [
        Reading(
            end,
            score
            + follow(text, end)
            + fines.get(end - start, 0.0)
            + (_HAS if text[end - 1] == "有" and text[end : end + 1] in _SOME else 0.0)
            + (_STUMP if end < longest and kind != "dotted" else 0.0),
            kind,
        )
        for end, (score, kind) in forms.items()
        if text[end : end + 1] != _DOT
    ]
    return sorted(weighed, key=lambda reading: (-reading.score, -reading.end))


def follow(text: str, end: int) -> float:
    """Return how well a name may end at ``end``, from what stands behind it."""
    sign = text[end : end + 1]
    if sign in _OPENING:
        return 0.0
    if sign in _FIGURES:
        return _SIGN
    if not "一" <= sign <= "鿿":
        return _END
    words = _tables().follow
    if any(text[end : end + size] in words for size in (4, 3, 2)):
        return _PHRASE
    return _followed(text, end, known_sign=sign in words)


def _followed(text: str, end: int, *, known_sign: bool) -> float:
    """Return how well a name may end before a word that no list holds."""
    word, tag = tagged(text[end : end + 6])[0]
    if known_sign:
        return _SIGN if len(word) == 1 or not known(word) else _VERB if tag[0] in _VERBAL else 0.0
    if text[end + 1 : end + 2] in _ASPECT:  # 种了, 喊着
        return _VERB
    if len(word) == 1:
        return _LONE_VERB if tag == "v" else _ODD
    return _VERB if tag.startswith(_VERBAL) else _NOUN


@functools.lru_cache(maxsize=8192)
def bare_score(name: str) -> float:
    """Return how likely a string is a whole name, nothing known of what stands around it."""
    return _forms(name, 0, alone=True).get(len(name), (-9.0, ""))[0]


def split_names(text: str) -> list[tuple[int, int]]:
    """Return the names that a string of glued names (徐勇刘彩玲) is made of, or nothing."""
    best: list[tuple[float, list[tuple[int, int]]] | None] = [(0.0, [])]
    for end in range(1, len(text) + 1):
        choices = [
            (before[0] + score - _NEXT_NAME, [*before[1], (start, end)])
            for start in range(max(0, end - _LONGEST), end - 1)
            if (before := best[start]) and (score := bare_score(text[start:end])) > -0.5
        ]
        best.append(max(choices, key=lambda choice: choice[0]) if choices else None)
    last = best[-1]
    return last[1] if last else []


def is_plain(signs: str) -> bool:
    """Return whether two signs are an everyday word rather than a given name."""
    return known(signs) and not _is_nameword(signs)


def is_element(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is a Mongol, Tibetan or Turkic name, all of known elements."""
    return any(end in _element_ends(text, start, people) for people in _PEOPLES)


# -- kinds of names -----------------------------------------------------------------------------


def _forms(text: str, start: int, *, alone: bool = False) -> _Found:
    """Return all names at ``start`` by their end, each as the kind of name that it is likeliest.

    ``alone`` tells that no sentence goes on around it: 于 is then a surname like another.
    """
    found = _han(text, start, alone=alone)
    for forms in (_elements(text, start), _sounds(text, start)):
        for end, form in forms.items():
            if end not in found or found[end][0] < form[0]:
                found[end] = form
    return found


def _han(text: str, start: int, *, alone: bool) -> _Found:
    """Return the Han names at ``start`` by their end."""
    found: _Found = {}
    surnames = _tables().surnames
    for size in (2, 1):
        rank = surnames.get(text[start : start + size])
        if rank is None or len(text) < start + size:
            continue
        spoken = rank in _AMBIGUOUS and not alone
        base = _SURNAME["2" if rank in _AMBIGUOUS and alone else rank]
        for given in (1, 2):
            end = start + size + given
            score = _given(text[start + size : end], given, spoken=spoken, alone=alone)
            if rank == "dai" and score is None and given == 1 and text[end - 1 : end].strip():
                score = 0.0  # 岩叫, 岩说: any sign will do
            if score is not None:
                score += _THREE if given == 2 or size == 2 else 0.0
                fine = _word(text, start, end) if size == 1 else 0.0
                found.setdefault(end, (base + score + (fine / 2 if alone else fine), "han"))
        found.update(_mixed(text, start + size, base, found))
        if size == 1 and rank == "1":
            found.update(_doubled(text, start, base, found))
    return found


def _doubled(text: str, start: int, base: float, taken: _Found) -> _Found:
    """Return a name of two surnames: 张|王|子涵."""
    second = _tables().surnames.get(text[start + 1 : start + 2])
    score = _given(text[start + 2 : start + 4], 2, spoken=False, alone=False)
    if second != "1" or score is None or start + 4 in taken:
        return {}
    return {start + 4: (base + score + _DOUBLE + _word(text, start, start + 4), "han")}


def _mixed(text: str, start: int, base: float, taken: _Found) -> _Found:
    """Return Han surnames with a Mongol or Turkic name: 陈萨茹拉, 白宝音."""
    if text[start : start + 1] not in _tables().firsts:
        return {}
    return {
        end: (base + 0.5, "mixed")
        for end, (score, kind) in _elements(text, start).items()
        if end - start > 1 and end not in taken and score > 0 and kind != "dotted"
    }


def _given(signs: str, size: int, *, spoken: bool, alone: bool) -> float | None:
    """Return how likely signs are a given name, None if they cannot be one."""
    used, never = _tables().used, {} if alone else _tables().never
    if len(signs) < size or not all("一" <= sign <= "鿿" and sign not in never for sign in signs):
        return None
    worth = [_sign(sign, used) for sign in signs]
    # 向|群众: a word of everyday use is a given name only if names are made of its signs (文明)
    usual = min(worth) >= _COMMON and not spoken
    plain = size == 2 and not usual and is_plain(signs)
    fine = (_SPOKEN if spoken else _PLAIN) if plain else 0.0
    return sum(worth) + fine


def _sign(sign: str, used: dict[str, str]) -> float:
    """Return how likely a sign is in a given name; one that often follows names needs to be common."""
    if used.get(sign):
        return _COMMON
    strange = sign not in used or sign in _tables().follow
    return _STRANGE if strange else _USED


def _elements(text: str, start: int) -> _Found:
    """Return the names at ``start`` that are strings of known elements (乌云|巴根, 扎西|东智)."""
    found: _Found = {}
    begins = text[start : start + 1] in _tables().firsts
    for people in _PEOPLES if begins else ():
        for end, count in _element_ends(text, start, people).items():
            score = _WHOLE - _JOINED * (count - 1) * max(end - start - 3, 1)
            if end not in found or found[end][0] < score:
                found[end] = (score, people)
    half, rest = text[start : start + 2], text[start + 2 : start + 4]
    if len(rest) == 2 and rest in _tables().elements["tibetan"] and _may_lead(half):
        found.setdefault(start + 4, (_HALF, "tibetan"))  # 丁则|多吉
    found.update(_dotted(text, start, found))
    return found


def _may_lead(half: str) -> bool:
    """Return whether two signs can be the unknown first half of a Tibetan name."""
    tables = _tables()
    signs = all("一" <= sign <= "鿿" and sign not in tables.never for sign in half)
    return len(half) == 2 and signs and half not in tables.words and not known(half)


def _element_ends(text: str, start: int, people: str) -> dict[int, int]:
    """Return the ends that up to three elements reach, with the number of elements."""
    table = _tables().elements[people]
    reached: dict[int, int] = {}
    frontier = [(start, 0)]
    while frontier:
        at, count = frontier.pop()
        room = _LONGEST if not count else _JOINED_LONGEST - (at - start)
        for size in range(1, min(room, len(text) - at) + 1):
            value = table.get(text[at : at + size])
            if value is None or (value == "part" and not count):
                continue
            if reached.get(at + size, 9) > count + 1:
                reached[at + size] = count + 1
                if count < 2:
                    frontier.append((at + size, count + 1))
    return {end: count for end, count in reached.items() if end - start > 1}


def _dotted(text: str, start: int, heads: _Found) -> _Found:
    """Return the names with a dot (阿依古丽·买买提), whatever signs its parts are of."""
    dot = text.find(_DOT, start, start + _LONGEST)
    if dot < start + 1 or not all(is_sound(sign) for sign in text[start:dot]):
        return {}
    score = heads[dot][0] if dot in heads else 1.0
    tails = {**_sounds(text, dot + 1), **_elements(text, dot + 1)}
    return {end: (score + 0.5 + value, "dotted") for end, (value, _) in tails.items()}


def _sounds(text: str, start: int) -> _Found:
    """Return the names that are written with the signs for foreign sounds only."""
    end, sounds = start, _tables().sounds
    while end < len(text) and end - start < _SOUNDS and text[end] in sounds:
        end += 1
    if end - start < 2:
        return {}
    found: _Found = {}
    for stop in range(start + 2, end + 1):
        cut = _STUMP if stop < end else 0.0
        found[stop] = (0.2 * (stop - start) - _SOUND + cut + _word(text, start, stop), "sound")
    return found


def is_sound(sign: str) -> bool:
    """Return whether a sign is used to write foreign sounds in a name of two parts."""
    return sign in _tables().sounds or sign in _DOTTED_MORE


# -- words around -------------------------------------------------------------------------------


def _word(text: str, start: int, end: int) -> float:
    """Return the fine for a name that begins as a plain word does (高度, 成功, 安全)."""
    listed = _tables().words
    if text[start : start + 2] in listed or text[start : start + 3] in listed:
        return _LISTED_WORD
    word, tag = tagged(text[start : start + 6])[0]
    if len(word) == 1 or not known(word) or tag.startswith("nr"):
        return 0.0
    if start + len(word) > end:  # the word goes on behind the name
        return _LISTED_WORD
    return _NAMED_WORD if tag[0] in "nzt" else _SAID_WORD


@functools.lru_cache(maxsize=8192)
def _is_nameword(word: str) -> bool:
    """Return whether the segmenter's dictionary takes a word for a name."""
    if word in _tables().words:
        return False
    return tagged(word)[0][1].startswith(("nr", "nz", "x"))


@functools.lru_cache(maxsize=8192)
def _cuts(window: str) -> dict[int, float]:
    """Return the fines for ends that cut a word in two (李明正|在), by their place in the window."""
    fines: dict[int, float] = {}
    at = 0
    for word, tag in tagged(window):
        if len(word) > 1 and known(word):
            fine = _CUT_NOUN if tag[0] == "n" else _CUT_WORD
            fines.update((at + inside, fine) for inside in range(1, len(word)) if at)
        at += len(word)
    return fines
