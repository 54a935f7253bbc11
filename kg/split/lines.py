"""The lines of a page and what shape they have: running text, headline, byline, point of a list."""

import functools
import re
from dataclasses import dataclass
from typing import Final

from kg.language.imprint import credits_in, is_credit
from kg.language.naming import bare_score
from kg.language.text import fold
from kg.language.words import known
from kg.model import Page
from kg.split.lead import dateline
from kg.split.vocabulary import terms

HEADLINE: Final = 40  # characters of the longest headline line
_LONG: Final = 24  # characters from which a comma makes running text
_LONGEST: Final = 48  # characters of the longest headline that has a comma
_BYLINE: Final = 60
_SIGNERS: Final = 4  # names behind a sign
_LIKELY: Final = 0.5  # how likely each has to be
_SURE: Final = 2.0  # and if it is a word too: 向阳
_END: Final = 160  # characters at the end of a paragraph in which its byline stands
# all that str.isspace() calls a blank, and signs without width
BLANKS: Final = (
    "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
    + "\u200b\u200c\u200d\u2060\ufeff"
)
STOPS: Final = "。！？!?…；"
CLOSERS: Final = "”’」』）》】"
_ENDED: Final = re.compile(rf"[{STOPS}][{CLOSERS}]*$|：$")
_SENTENCE: Final = re.compile(rf"[{STOPS}][{CLOSERS}]*.|。")
# how no headline begins: 6月1日晚，… (but 6月1日起，… is one)
_DATED: Final = re.compile(
    r"(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日"
    r"(?:凌晨|清晨|早晨|上午|中午|午后|下午|傍晚|晚上|夜间|深夜|[早晚夜])?，"
)
_NO_SENTENCE: Final = re.compile(r"[。！？，“]")
# 一、 （一） 1. 01 ① ·01· 第一： open a point of a list or a chapter of a longer text
_NUMERAL: Final = r"[一二三四五六七八九十]{1,3}"
_POINT: Final = re.compile(
    rf"·?(?:第{_NUMERAL}[、：.是，]|{_NUMERAL}[、.]\s*|（(?:{_NUMERAL}|[0-9]{{1,2}})）"
    r"|[0-9]{1,2}(?:、|\.(?![0-9])| (?![0-9]))|[①-⑳]|[0-9]{1,2}·?$)"
)
# of a diary or of a day: 7:40, 6月1日 晴, 上午9时
_MOMENT: Final = re.compile(
    r"[0-2]?[0-9]:[0-5][0-9]|[0-9]{1,2}月[0-9]{1,2}日(?:[ ：]|$)"
    r"|(?:凌晨|清晨|早晨|早上|上午|中午|午后|下午|傍晚|晚上|夜里|夜间|深夜|晚)?"
    r"(?:[0-2]?[0-9]|[一二三四五六七八九十]{1,2})[时点](?:[0-9]{1,2}分|[半许整])?(?:[ ：]|$)"
)
_SUBTITLE: Final = re.compile(r"(?:—|―|–|─|--)+")
_PAUSE: Final = re.compile(r"[，。！？…]")
_BRACKET: Final = re.compile(
    r"[（\[【](?P<credit>[^（）\[\]【】]{2,60})[）\]】]\s*(?P<after>.{0,30})$"
)
_NEXT: Final = re.compile(r"[\]】]\s*[\[【]")  # 【编辑：甲】【审核：乙】
_SQUARE: Final = re.compile(r"[\[【]")  # names alone stand in round brackets
_SIGN: Final = re.compile(r"^(?:[■□●○◆◇◎▲△★☆※☉·•]|[A-Z](?=本报|记者|通讯员))\s*")  # opens a byline
_CONTINUED: Final = re.compile(r"（(?:下转|上接)[^（）]{1,10}）$")
_GIVEN: Final = re.compile(
    r"（?(?:本组|本文|本版|文中)?(?:图片|照片|图)由(?P<who>[^（），。]{2,20})(?:提供|拍摄)）?$"
)
_ARCHIVE: Final = re.compile(r"（(?:资料|视频|监控)?(?:图片|照片|截图|图)）$")
_PHOTO: Final = re.compile(r"[^，。；：！？“”]{2,24}?(?:摄影报道|摄影|供图|摄)")


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

    def cut(self, size: int) -> tuple["Line", "Line"]:
        """Return the first ``size`` characters and the rest as lines."""
        rest = self.text[size:].lstrip(BLANKS)
        return (
            Line(self.start, self.text[:size], self.gap, self.indent),
            Line(self.end - len(rest), rest),
        )


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


def is_ended(text: str) -> bool:
    """Return whether running text ends like a sentence."""
    return bool(_ENDED.search(text))


@functools.lru_cache(maxsize=4096)
def is_running(text: str) -> bool:
    """Return whether a line is running text rather than a headline or small print."""
    if _SENTENCE.search(text) or _speaks(text):
        return not is_byline(text)
    if len(text) > HEADLINE or ("，" in text and (len(text) > _LONG or is_ended(text))):
        return not is_byline(text)
    return begins_dated(text) or text.startswith(terms("layout.paper"))  # a caption: 图为…


def begins_dated(text: str) -> bool:
    """Return whether a line begins with the day of what it tells, as leads do: 近日，某局."""
    lead = next((word for word in terms("layout.lead") if text.startswith(word)), "")
    return bool(_DATED.match(text)) or (bool(lead) and text.startswith("，", len(lead)))


def _speaks(text: str) -> bool:
    """Return whether a line begins with what somebody says: a quote with a pause in it."""
    return text[0] in "“‘" and bool(
        _PAUSE.search(text, 1, max(text.rfind("”"), text.rfind("’"), 1))
    )


@functools.lru_cache(maxsize=4096)
def is_headline(text: str) -> bool:
    """Return whether a line has the shape of a headline."""
    return (
        2 <= len(text) <= HEADLINE
        and text[-1] not in "，、；：。—"
        and text[0] not in "，。、；：！？）”’》"
        and bool(re.search(r"[㐀-鿿A-Za-z]", text))
        and not is_running(text)
        and not is_byline(text)
        and not is_subtitle(text)
    )


def is_long_title(text: str) -> bool:
    """Return whether a line with a comma may be a headline where one is due."""
    if "，" not in text or len(text) > _LONGEST or text[-1] in "，、：—":
        return False
    begun = begins_dated(text) or bool(dateline(text))
    return not begun and not is_ended(text) and not _SENTENCE.search(text)


def is_point(text: str) -> bool:
    """Return whether a line opens a point or a chapter by a sign, a number or a clock time."""
    return bool(point_of(text)) or is_moment(text)


def is_moment(text: str) -> bool:
    """Return whether a line opens a chapter by the day or the hour that it is about."""
    return bool(_MOMENT.match(text))


def point_of(text: str) -> str:
    """Return the sign or number that opens a point: ■, 一、, （二）, 3."""
    match = _POINT.match(text)
    return match[0] if match else next((s for s in terms("layout.mark") if text.startswith(s)), "")


def is_subtitle(text: str) -> bool:
    """Return whether a line is the second title, which a dash opens."""
    return bool(_SUBTITLE.match(text))


@functools.lru_cache(maxsize=4096)
def is_byline(text: str) -> bool:
    """Return whether a line is nothing but a byline: （李炜）, 林茵 摄, 编辑：甲 审核：乙."""
    if match := _BRACKET.match(_NEXT.sub(" ", text)):
        return _names(match)
    if len(text) > _BYLINE or _NO_SENTENCE.search(text):
        return False
    if _GIVEN.fullmatch(text):
        return True
    return is_credit(_SIGN.sub("", text)) or bool(_signed_names(text))


def _signed_names(text: str) -> str:
    """Return the names that a sign marks as those of the authors: □王洁 李明华, but ■守护."""
    rest = _SIGN.sub("", text)
    words = rest.split()
    if rest == text or not 0 < len(words) <= _SIGNERS:
        return ""
    return rest if all(map(_is_signer, words)) else ""


def _is_signer(word: str) -> bool:
    """Return whether a word is rather a name than what a chapter is called."""
    likely = bare_score(word)
    return likely > _LIKELY and not (len(word) == 2 and known(word) and likely < _SURE)


@functools.lru_cache(maxsize=4096)
def closing_credit(text: str) -> str:
    """Return the byline that closes a line of running text, or is the line; else nothing."""
    text = _NEXT.sub(" ", text)
    text = _CONTINUED.sub("", text if len(text) <= _END else "。" + text[-_END + 1 :])
    if match := _GIVEN.search(text):
        return f"图：{match['who']}"
    if match := _BRACKET.search(text):
        before = text[: match.start()].rstrip()
        if (not before or before[-1] in STOPS + CLOSERS) and _names(match):
            return f"{match['credit']} {match['after']}".strip()
    if is_byline(text):
        return _SIGN.sub("", text)
    tail = re.split(rf"[{STOPS}][{CLOSERS}]*", text)[-1].strip()
    credit = _SIGN.sub("", tail)
    signed = credit != tail or _PHOTO.fullmatch(credit)
    return credit if tail != text and signed and is_credit(credit) else ""


def is_photo_credit(credit: str) -> bool:
    """Return whether a byline names only who took a picture, which may stand inside an article."""
    if _PHOTO.fullmatch(credit):
        return "文" not in credit and "报道" not in credit
    return {said.role for said in credits_in(credit)} == {"photo"}


def is_caption(text: str) -> bool:
    """Return whether a line tells what a picture shows: 图为…, … 林茵 摄, …（资料图片）."""
    credit = closing_credit(text)
    shown = text.startswith(terms("layout.paper")) or bool(_ARCHIVE.search(text))
    return shown or (bool(credit) and is_photo_credit(credit))


def _names(match: re.Match[str]) -> bool:
    """Return whether the words in brackets are names, with or without what they did."""
    after = match["after"].strip()
    bare = not _SQUARE.match(match[0])
    return is_credit(match["credit"], bare=bare) and (not after or is_credit(after))
