"""Names of peoples other than the Han: strings of known elements, names with a dot, foreign sounds.

Mongol, Tibetan and Turkic names are made of elements that the lexicon lists; what it does not list
is told by the dot between two parts, or by the signs that write foreign sounds.
"""

from typing import Final

from kg.language import name_context as context
from kg.language.lexicon import lexicon
from kg.language.name_tables import is_sound, tables
from kg.language.words import known

DOT: Final = "·"
LONGEST: Final = 9
STUMP: Final = -0.8  # known elements go on behind this end: 次仁|央宗
_WHOLE, _JOINED = 1.6, 0.2  # a name with an entry; less for each element it is joined from
_HALF: Final = 0.7  # a name of four signs whose second half only is known
_JOINED_LONGEST: Final = 7
_UNUSUAL: Final = -0.4  # a sign of a name with a dot that is none of those for foreign sounds
_BREAKING: Final = frozenset("和与及的地得了着说")
_SOUND: Final = 0.6
_SOUNDS: Final = 7  # longest string of foreign sounds without a dot

Found = dict[int, tuple[float, str]]  # how likely names are and their kinds, by their ends


def is_long(text: str, start: int) -> bool:
    """Return whether a name of known elements or with a dot may begin here, of three signs at least."""
    if text.find(DOT, start, start + LONGEST) >= 0:
        return True
    for people in tables().openers.get(text[start : start + 1], ()):
        if any(end - start > 2 for end in _element_ends(text, start, people)):
            return True
    return False


def may_go_on(text: str, start: int) -> bool:
    """Return whether a name of more than four signs may begin here: no Han name has more."""
    lists = tables()
    return (
        text[start : start + 1] in lists.sounds
        or not lists.firsts.keys().isdisjoint(text[start : start + 3])  # 陈|萨茹拉
        or text.find(DOT, start, start + LONGEST) >= 0
    )


def is_element(text: str, start: int, end: int) -> bool:
    """Return whether a stretch is a Mongol, Tibetan or Turkic name, all of known elements."""
    for people in tables().openers.get(text[start : start + 1], ()):
        if end in _element_ends(text, start, people):
            return True
    return False


def elements(text: str, start: int) -> Found:
    """Return the names at ``start`` that are strings of known elements (乌云|巴根, 扎西|东智)."""
    found = _joined(text, start)
    half, rest = text[start : start + 2], text[start + 2 : start + 4]
    if rest in tables().elements["tibetan"] and len(rest) == 2 and _may_lead(half):
        found.setdefault(start + 4, (_HALF, "tibetan"))  # 丁则|多吉
    if text.find(DOT, start, start + LONGEST) > start:
        found.update(_dotted(text, start, found))
    return found


def _joined(text: str, start: int) -> Found:
    found: Found = {}
    for people in tables().firsts.get(text[start : start + 1], ()):
        for end, count in _element_ends(text, start, people).items():
            score = _WHOLE - _JOINED * (count - 1) * max(end - start - 3, 1)
            if end not in found or found[end][0] < score:
                found[end] = (score, people)
    return found


def _may_lead(half: str) -> bool:
    """Return whether two signs can be the unknown first half of a Tibetan name."""
    lists = tables()
    signs = all("一" <= sign <= "鿿" and sign not in lists.never for sign in half)
    return len(half) == 2 and signs and half not in lists.words and not known(half)


def _element_ends(text: str, start: int, people: str) -> dict[int, int]:
    """Return the ends that up to three elements reach, with the number of elements."""
    lists = tables()
    sizes, table = lists.sizes[people], lists.elements[people]
    reached: dict[int, int] = {}
    frontier = [(start, 0)]
    while frontier:
        at, count = frontier.pop()
        room = LONGEST if not count else _JOINED_LONGEST - (at - start)
        for size in sizes.get(text[at : at + 1], ()):
            if size > room or at + size > len(text):
                break
            value = table.get(text[at : at + size])
            if value is None or (value == "part" and not count):
                continue
            if reached.get(at + size, 9) > count + 1:
                reached[at + size] = count + 1
                if count < 2:
                    frontier.append((at + size, count + 1))
    return {end: count for end, count in reached.items() if end - start > 1}


def _dotted(text: str, start: int, heads: Found) -> Found:
    """Return the names with a dot (阿依古丽·买买提), whatever signs its parts are of."""
    dot = text.find(DOT, start, start + LONGEST)
    if not _all_han(text[start:dot]) or _BREAKING & set(text[start:dot]):
        return {}
    if dot == start + 1 and not is_sound(text[start]):  # “警察|节·民族情”
        return {}
    if text[start : start + 2] in lexicon().terms("group.head"):  # 牧民|赛力克·木拉提
        return {}
    head = heads[dot][0] if dot in heads else 1.0 + _foreign(text[start:dot])
    tails = {end: score for end, (score, _) in _joined(text, dot + 1).items()}
    for end in range(dot + 2, min(dot + _SOUNDS, len(text)) + 1):
        if not _all_han(text[dot + 1 : end]) or text[end - 1] in _BREAKING:
            break
        score = 0.1 * (end - dot) + _foreign(text[dot + 1 : end])
        tails[end] = max(score, tails.get(end, score))
    sure = dot in heads or not _foreign(text[start:dot])
    return {
        end: (head + 0.5 + score, "dotted" if sure and score > 0 else "dotted?")
        for end, score in tails.items()
    }


def _foreign(part: str) -> float:
    """Return the fine for signs that are not used to write foreign sounds."""
    follows = tables().follow
    odd = [sign for sign in part if not is_sound(sign)]
    return _UNUSUAL * len(odd) - sum(sign in follows for sign in odd)


def _all_han(part: str) -> bool:
    return all("一" <= sign <= "鿿" for sign in part)


def sounds(text: str, start: int) -> Found:
    """Return the names that are written with the signs for foreign sounds only."""
    end, signs = start, tables().sounds
    while end < len(text) and end - start < _SOUNDS and text[end] in signs:
        end += 1
    if end - start < 2:
        return {}
    found: Found = {}
    first = context.first_word(text, start)
    for stop in range(start + 2, end + 1):
        size, cut = stop - start, STUMP if stop < end else 0.0
        found[stop] = (0.2 * size - _SOUND + cut + context.word(first, size), "sound")
    return found
