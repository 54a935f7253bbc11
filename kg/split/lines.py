"""The lines of a page and what shape they have: running text, headline, byline."""

import functools
import re
from dataclasses import dataclass
from typing import Final

from kg.language.imprint import is_credit, is_name
from kg.language.lexicon import lexicon
from kg.language.text import fold
from kg.model import Page

HEADLINE: Final = 40  # characters of the longest headline line
_STOPS: Final = "。！？!?…；"
_CLOSERS: Final = "”’」』）》】"
_ENDED: Final = re.compile(rf"[{_STOPS}][{_CLOSERS}]*$|：$")
_SENTENCE: Final = re.compile(rf"[{_STOPS}][{_CLOSERS}]*.|。")
# 一、 （一） 1. 01 ① ·01· 第一： open a point of a list or a chapter of a longer text
_POINT: Final = re.compile(
    r"·?(?:第?[一二三四五六七八九十]{1,3}[、：.是]|（[一二三四五六七八九十0-9]{1,3}）"
    r"|[0-9]{1,2}(?:[、．]|\.(?![0-9])|[ 　])|[①-⑳]|[0-9]{1,2}·?$)"
)
_CLOCK: Final = re.compile(r"[0-2]?[0-9]:[0-5][0-9]")
_SUBTITLE: Final = re.compile(r"(?:—|―|–|─|--)+")
_SPEECH: Final = re.compile(r"[“‘].*[，。！？…].*[”’]")
_BRACKET: Final = re.compile(r"（(?P<credit>[^（）]{2,60})）\s*(?P<after>.{0,30})$")
_PHOTO: Final = re.compile(r"(?P<credit>[^，。；：！？“”]{2,24}?(?:摄影报道|摄影|供图|摄))\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page without the blanks around it; ``text`` is folded, with the same offsets.

    ``gap`` tells that a blank line stands before it, ``indent`` that it is set in.
    """

    start: int
    text: str
    gap: bool = False
    indent: bool = False

    @property
    def end(self) -> int:
        """Return the offset behind the last character."""
        return self.start + len(self.text)


def lines_of(page: Page) -> list[Line]:
    """Return the lines of a page that hold anything."""
    found: list[Line] = []
    start, gap = 0, True
    for raw in fold(page.text).split("\n"):
        text = raw.strip(BLANKS)
        if text:
            lead = len(raw) - len(raw.lstrip(BLANKS))
            found.append(Line(start + lead, text, gap, lead > 0))
        gap = not text
        start += len(raw) + 1
    return found


# everything that str.isspace() calls a blank, and signs without width
BLANKS: Final = "".join(
    chr(code) for code in range(0x3001) if chr(code).isspace()
) + "\u200b\u200c\u200d\u2060\ufeff"


def is_ended(text: str) -> bool:
    """Return whether running text ends like a sentence."""
    return bool(_ENDED.search(text))


def is_running(text: str) -> bool:
    """Return whether a line is running text rather than a headline or small print."""
    if is_byline(text) or is_point(text):
        return False
    if _SPEECH.match(text) or _SENTENCE.search(text):
        return True
    return len(text) > HEADLINE or ("，" in text and (len(text) > 24 or is_ended(text)))


def is_headline(text: str) -> bool:
    """Return whether a line has the shape of a headline."""
    return (
        2 <= len(text) <= HEADLINE
        and text[-1] not in "，、；：。—"
        and text[0] not in "，。、；：！？）”’》"
        and not text.isdigit()
        and bool(re.search(r"[㐀-鿿A-Za-z]", text))
        and not is_running(text)
        and not is_byline(text)
        and not is_subtitle(text)
        and not _PAPER(text)
    )


def _PAPER(text: str) -> bool:  # noqa: N802
    return text.startswith(tuple(lexicon().terms("layout.paper")))


def is_point(text: str) -> bool:
    """Return whether a line opens a point or a chapter by a sign, a number or a clock time."""
    return text[0] in _signs() or bool(_POINT.match(text) or _CLOCK.match(text))


@functools.cache
def _signs() -> frozenset[str]:
    return frozenset(lexicon().terms("layout.mark"))


def is_subtitle(text: str) -> bool:
    """Return whether a line is the second title, which a dash opens."""
    return bool(_SUBTITLE.match(text))


def is_byline(text: str) -> bool:
    """Return whether a line is nothing but a byline: （李炜）, 林茵 摄, 编辑：甲 审核：乙."""
    if match := _BRACKET.match(text):
        return _names(match)
    if len(text) > 60 or re.search(r"[。！？，“]", text):
        return False
    return is_credit(text)


def closing_credit(text: str) -> str:
    """Return the byline that closes a line of running text, or is the line; else nothing."""
    if match := _BRACKET.search(text):
        before = text[: match.start()].rstrip()
        closed = not before or before[-1] in _STOPS + _CLOSERS
        if closed and _names(match):
            return f"{match['credit']} {match['after']}".strip()
    if is_byline(text):
        return text
    tail = re.split(rf"[{_STOPS}][{_CLOSERS}]*", text)[-1].strip()
    if tail != text and (match := _PHOTO.fullmatch(tail)) and is_credit(tail):
        return tail
    return ""


def _names(match: re.Match[str]) -> bool:
    """Return whether the words in brackets are names, with or without what they did."""
    after = match["after"].strip()
    inside = match["credit"]
    if after and not is_credit(after):
        return False
    return is_credit(inside, bare=True) and all(
        is_name(word) or len(word) > 3 for word in inside.split() if len(word) > 1
    )
