"""The words of a whole text, by place: where one begins, where one ends, what it is."""

import bisect
import functools
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

import rjieba

from kg.language.words import known, tagged
from kg.records import record

# 会同县 is in the dictionary, 会同 + 县 (某局) in the news: where such a word is cut.
_JOINED: Final = {"会同县": 2, "村村": 1}  # 花坪村|村民
# Signs that are words of their own, whatever stands around them.
_SIGNS: Final = "，。；：、！？“”（）《》 "
_END: Final = "\n"
# What is known of an offset: nothing, a word begins there, a word goes on.
_BEGINS: Final = 1
_GOES_ON: Final = b"\2"


@record
class Word:
    """A word of a text, or the part of it that stands in a window."""

    start: int
    end: int
    text: str
    tag: str


class Tokens:
    """The words of one folded text; no word reaches over one of the ``breaks``.

    What stands between two signs is cut when it is first asked for: most of a text never is.
    """

    def __init__(self, text: str, breaks: Iterable[int] = ()) -> None:
        self._text = text
        self._breaks = sorted(breaks)
        self._runs = text
        for sign in _SIGNS:
            self._runs = self._runs.replace(sign, _END)
        self._shape = bytearray(len(text) + 1)
        self._made: dict[int, Word] = {}

    def is_edge(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``."""
        if not self._shape[offset]:
            self._cut(offset)
        return self._shape[offset] == _BEGINS

    def at(self, offset: int) -> Word:
        """Return the word that covers ``offset``."""
        shape = self._shape
        if not shape[offset]:
            self._cut(offset)
        start = shape.rfind(_BEGINS, 0, offset + 1)
        return self._made.get(start) or self._word(start)

    def before(self, end: int, floor: int) -> Word | None:
        """Return the word that ends at ``end``, None at ``floor``; one that crosses them is clipped."""
        if end <= floor:
            return None
        word = self.at(end - 1)
        return word if word.start >= floor and word.end <= end else _clipped(word, floor, end)

    def between(self, start: int, end: int) -> list[Word]:
        """Return the words from ``start`` to ``end``; those that cross an end are clipped."""
        found: list[Word] = []
        at = start
        while at < end:
            word = self.at(at)
            at = word.end
            found.append(word if word.start >= start and at <= end else _clipped(word, start, end))
        return found

    def _cut(self, offset: int) -> None:
        """Find the words between the signs around ``offset``."""
        text, shape, breaks = self._text, self._shape, self._breaks
        at = self._runs.rfind(_END, 0, offset) + 1
        end = self._runs.find(_END, offset)
        end = len(text) if end < 0 else end
        inner = breaks[bisect.bisect_right(breaks, at) : bisect.bisect_left(breaks, end)]
        shape[at:end] = _GOES_ON * (end - at)
        for edge in (*inner, end):
            words = rjieba.cut(text[at:edge])
            for begin in accumulate(map(len, words), initial=at):
                shape[begin] = _BEGINS
            if not _JOINED.keys().isdisjoint(words):
                self._part(words, at)
            at = edge

    def _part(self, words: Iterable[str], at: int) -> None:
        """Cut the words that are two in the news; the first begins at ``at``."""
        for word in words:
            if word in _JOINED:
                self._shape[at + _JOINED[word]] = _BEGINS
            at += len(word)

    def _word(self, start: int) -> Word:
        sign = self._runs.startswith(_END, start)
        end = start + 1 if sign else self._shape.find(_BEGINS, start + 1)
        text = self._text[start:end]
        word = self._made[start] = Word(start, end, text, tag_of(text))
        return word


def _clipped(word: Word, start: int, end: int) -> Word:
    left, right = max(word.start, start), min(word.end, end)
    return Word(left, right, word.text[left - word.start : right - word.start], word.tag)


@functools.lru_cache(maxsize=65536)
def tag_of(word: str) -> str:
    """Return the part of speech of one word; ``new`` for one that the segmenter guessed."""
    if not known(word):
        return "new" if any("一" <= char <= "鿿" for char in word) else "x"
    tags = tagged(word)
    return tags[0][1] if len(tags) == 1 else "new"
