"""Width, quotes, script: one spelling for matching, with every offset kept; sentences."""

import functools
import re
from collections.abc import Iterator
from typing import Final

from kg.gazetteer import gazetteer
from kg.language.name_tables import is_sound
from kg.records import record

_PUNCTUATION: Final = dict(zip(",():;!?", "，（）：；！？", strict=True))
_WIDE: Final = {
    **{code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)},  # ０-９
    **{code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)},  # Ａ-Ｚ
    **{code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)},  # ａ-ｚ
    **{ord(half): wide for half, wide in _PUNCTUATION.items()},
    **dict.fromkeys((0x3000, 0xA0, 0x09, 0x2002, 0x2003, 0x2009), " "),
    0xFF0E: ".",
    0xFF0F: "/",
    ord("「"): "“",
    ord("」"): "”",
    ord("『"): "“",
    ord("』"): "”",
    ord("＂"): '"',
    0xFF3B: "[",
    0xFF3D: "]",
    ord("丨"): "｜",  # a stroke that looks like a bar
    ord("•"): "·",
    ord("・"): "·",
}
# Between digits a comma or colon belongs to the number (3,000, 22:40).
_IN_NUMBER: Final = re.compile(r"[，：](?<=[0-9].)(?=[0-9])")
_NARROW: Final = {"，": ",", "：": ":"}
# A dot behind a word and before a blank, a bracket or the end is a stop: not in 3.5, 一. or 库尔班.艾山.
_DOT: Final = re.compile(r"\.(?<=[㐀-鿿”’）%].)(?<![一二三四五六七八九十].)(?=[ \n（“‘”’）]|$)")
_DOT_INSIDE: Final = re.compile(
    r"(?<=([㐀-鿿0-9][㐀-鿿]))(?<![一二三四五六七八九十])\.(?=([㐀-鿿]{2}))"
)
# Before a day it is a stop in any text: 在外打工.5月4日
_DOT_BEFORE_DAY: Final = re.compile(r"(?<=[㐀-鿿]{2})\.(?=[0-9]{1,2}月|(?:19|20)[0-9]{2}年)")
_DOT_BEFORE_NUMBER: Final = re.compile(
    r"(?<=[㐀-鿿0-9][㐀-鿿])(?<![一二三四五六七八九十])\.(?=[0-9]+[㐀-鿿])"
)
# A box for a sign that was lost: inside a word it is read as the sign that looks like it.
_LOST: Final = re.compile("(?<=[㐀-鿿])[□\ufffd](?=[㐀-鿿])")
_BOX: Final = "囗"
# Share of characters that exist in traditional script only, above which a text is folded: a
# simplified page holds at most a stray one (偵查), a traditional one above 15 %.
TRADITIONAL_SHARE: Final = 0.03
# Simplified text writes these too, in names above all: 乾县, 濛江镇, 瞭望, 慰藉. They tell nothing.
_KEPT: Final = frozenset(
    "昇陞龢迺甦邨祕峯濬崑乾塚於氾洩濛瀂瓅磑礐篢蔄輋鮀鮜鴜鷺瞭藉著徵鍾夥甯麽覆唸璿陳"
)

# It begins with a class of signs: the search then passes over all others at once.
_SENTENCE_END: Final = re.compile(r"[。！？!?…\n](?:(?<=\n)\n*|(?<!\n)[。！？!?…]*[”’」』）]*)")
_FOLDABLE: Final = re.compile(f"[{re.escape(''.join(map(chr, _WIDE)))}]")
_HAN: Final = re.compile("[一-鿿]+")
_LONGEST_KEPT: Final = 5  # characters of a place name in which such a sign is looked for


@record
class Span:
    """A half-open range of offsets."""

    start: int
    end: int


def fold(text: str) -> str:
    """Return ``text`` with one spelling per sign and simplified script; same length, same offsets.

    Punctuation becomes full-width, a dot that ends a sentence too, digits and Latin letters ASCII,
    corner quotes and straight quotes “ ”, every blank a space; a comma or colon inside a number
    stays ASCII. A lost sign becomes one that words can hold.
    """
    folded = _FOLDABLE.sub(_plain, text)
    folded = _IN_NUMBER.sub(lambda match: _NARROW[match[0]], folded)
    folded = _pair_quotes(folded)
    if "." in folded:
        folded = _stopped(folded)
    if "□" in folded or "\ufffd" in folded:
        folded = _LOST.sub(_BOX, folded)
    return simplify(folded)


def _stopped(folded: str) -> str:
    """Return a text with stops for the dots that end sentences.

    Where one that surely ends a sentence shows that its writer takes dots for stops, this is every dot
    between words, but not one inside a name.
    """
    folded = _DOT_BEFORE_DAY.sub("。", folded)
    if not _DOT.search(folded):
        return folded
    inside = _DOT_INSIDE.sub(lambda m: "." if all(map(is_sound, m[1] + m[2])) else "。", folded)
    return _DOT.sub("。", _DOT_BEFORE_NUMBER.sub("。", inside))


def is_lost(text: str) -> bool:
    """Return whether folded text holds a sign that was lost."""
    return _BOX in text


def shown(name: str) -> str:
    """Return a name from folded text as people see it, with a box for a sign that was lost."""
    return name.replace(_BOX, "□")


def simplify(text: str) -> str:
    """Return ``text`` in simplified script if it is written in traditional; same length."""
    strange = _strange().findall(text)
    if not strange:
        return text
    han = sum(map(len, _HAN.findall(text)))
    telling = sum(sign not in _KEPT for sign in strange)
    if telling <= TRADITIONAL_SHARE * max(han, 1):
        return text.translate(_stray())
    return _with_names(text, text.translate(_traditional()))


def _with_names(text: str, plain: str) -> str:
    """Return ``plain`` with the signs put back that ``text`` has in names of places: 乾縣 is 乾县."""
    signs = list(plain)
    for place, sign in enumerate(text):
        if sign in _KEPT and sign != plain[place]:
            before = plain[max(0, place - _LONGEST_KEPT + 1) : place]
            after = plain[place + 1 : place + _LONGEST_KEPT]
            if _names_place(before, sign, after):
                signs[place] = sign
    return "".join(signs)


def _names_place(before: str, sign: str, after: str) -> bool:
    """Return whether a sign stands in the name of a region, with what is around it."""
    return any(
        gazetteer().is_name(before[len(before) - left :] + sign + after[:right])
        for left in range(len(before) + 1)
        for right in range(len(after) + 1)
        if 1 < left + 1 + right <= _LONGEST_KEPT
    )


def sentences(folded: str) -> list[Span]:
    """Return the sentences of a folded text; a line break always ends one."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(folded):
        end = match.end()
        if not folded[start:end].isspace():
            spans.append(Span(start, end))
        start = end
    if folded[start:].strip():
        spans.append(Span(start, len(folded)))
    return spans


def places_of(name: str, text: str) -> Iterator[int]:
    """Yield where a name stands in a text, none over another."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def squeeze(text: str) -> str:
    """Return ``text`` without any white space."""
    return "".join(text.split())


def _plain(match: re.Match[str]) -> str:
    char = _WIDE[ord(match[0])]
    return char if isinstance(char, str) else chr(char)


def _pair_quotes(text: str) -> str:
    if '"' not in text:
        return text
    opening = True
    out = []
    for char in text:
        if char == '"':
            out.append("“" if opening else "”")
            opening = not opening
            continue
        if char in "\n”":
            opening = True
        elif char == "“":  # “甲": opened with one sign, closed with another
            opening = False
        out.append(char)
    return "".join(out)


@functools.cache
def _strange() -> re.Pattern[str]:
    """Return the pattern of a character that only traditional script has."""
    return re.compile(f"[{''.join(map(chr, _traditional()))}]")


@functools.cache
def _stray() -> dict[int, str]:
    """Return what a simplified text never holds on purpose (刑事偵查), names and words apart."""
    return {code: new for code, new in _traditional().items() if chr(code) not in _KEPT}


@functools.cache
def _traditional() -> dict[int, str]:
    """Return each character that only traditional script has, with its simplified form."""
    from opencc import OpenCC

    every = "".join(chr(code) for code in range(0x4E00, 0x9FA6))
    plain = OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {
        ord(old): new for old, new in zip(every, plain, strict=True) if old != new and len(new) == 1
    }
